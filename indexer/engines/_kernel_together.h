/* Where the clauses of a query stand together in some passages, as `together.py` counts it in numpy. */

#ifndef PINCITE_TOGETHER
#define PINCITE_TOGETHER

#include "_kernel_standing.h"

enum { COUNTS, INSIDE, SIDE, NEAR, OF_UNITS, LENGTHS, COUNTED }; /* what is counted, an array each */

/* How passages are laid out, and what their units' and clauses' numbers go up to. */
typedef struct {
    const int64_t *units, *firsts, *words, *bases;
    const int32_t *bits;
    Py_ssize_t passages, all_units, all_bits, clauses;
} Laid;

typedef struct {
    const int64_t *places;
    int64_t *keys; /* the same with those words counted that are no stop words */
    Py_ssize_t count;
} Standing;

static int are_below(const int64_t *numbers, Py_ssize_t count, int64_t most) {
    for (Py_ssize_t i = 0; i < count; i++)
        if (numbers[i] < 0 || numbers[i] >= most) return 0;
    return 1;
}

static int is_laid_out(const Laid *l) {
    Py_ssize_t left = l->all_units;
    for (Py_ssize_t i = 0; i < l->passages; i++) {
        if (l->units[i] < 0 || l->units[i] > left || l->words[i] < 0 || l->bases[i] < 0) return 0;
        if (l->words[i] >= l->all_bits || l->bases[i] >= l->all_bits - l->words[i]) return 0;
        left -= (Py_ssize_t)l->units[i];
    }
    return left == 0 && are_below(l->firsts, l->all_units, (int64_t)1 << POSITION_BITS);
}

/* Count the places of a clause in passages and units; 0 when they or their keys are out of order or of no passage. */
static int count_clause(const Laid *l, Standing *row, Py_ssize_t clause, int64_t *counts, int64_t *inside) {
    Py_ssize_t passage = 0, first = 0, unit = 0; /* the first unit of the passage, and the first behind the place */
    int64_t before = 0, key = 0;
    for (Py_ssize_t i = 0; i < row->count; i++) {
        int64_t place = row->places[i], position = place & (((int64_t)1 << POSITION_BITS) - 1);
        if (place < before || place >> POSITION_BITS >= l->passages) return 0;
        before = place;
        while (passage < place >> POSITION_BITS) unit = first += (Py_ssize_t)l->units[passage++];
        while (unit < first + l->units[passage] && l->firsts[unit] <= position) unit++;
        if (unit > first) inside[(unit - 1) * l->clauses + clause]++;
        counts[passage * l->clauses + clause]++;
        const int32_t *bits = l->bits + l->bases[passage];
        int64_t word = position < l->words[passage] ? position : l->words[passage];
        int64_t step = (int64_t)bits[word] - *bits, last = key;
        key = ((int64_t)passage << POSITION_BITS) + step;
        if (step < 0 || key < last) return 0; /* a pair would be counted in another passage */
        row->keys[i] = key;
    }
    return 1;
}

/* Count for each passage the places of one clause at which another follows at once, or stands near. */
static void count_pairs(const Standing *left, const Standing *right, int64_t window, int64_t *side, int64_t *near) {
    Py_ssize_t from = 0, behind = 0; /* the first of the right that stands where the left does, and behind it */
    for (Py_ssize_t i = 0; i < left->count; i++) {
        int64_t key = left->keys[i];
        while (from < right->count && right->keys[from] < key) from++;
        while (behind < right->count && right->keys[behind] <= key) behind++;
        int64_t after = behind < right->count ? right->keys[behind] - key : INT64_MAX;
        side[key >> POSITION_BITS] += after == 1;
        near[key >> POSITION_BITS] += after <= window || (from > 0 && key - right->keys[from - 1] <= window);
    }
}

/* Say of each unit in which passage it stands, and how many words it has. */
static void measure_units(const Laid *l, int64_t *of, int64_t *lengths) {
    Py_ssize_t unit = 0;
    for (Py_ssize_t passage = 0; passage < l->passages; passage++)
        for (Py_ssize_t end = unit + (Py_ssize_t)l->units[passage]; unit < end; unit++) {
            of[unit] = passage;
            lengths[unit] = (unit + 1 < end ? l->firsts[unit + 1] : l->words[passage]) - l->firsts[unit];
        }
}

/* Count all; what is wrong with what was given, or NULL. */
static const char *count_all(const Laid *l, Standing *rows, int64_t window, int64_t **made) {
    if (!is_laid_out(l)) return "the layouts of passages do not fit together";
    for (Py_ssize_t i = 0; i < l->clauses; i++)
        if (!count_clause(l, &rows[i], i, made[COUNTS], made[INSIDE])) return "a clause stands where no passage is";
    for (Py_ssize_t i = 0; i + 1 < l->clauses; i++)
        count_pairs(&rows[i], &rows[i + 1], window, made[SIDE] + i * l->passages, made[NEAR] + i * l->passages);
    measure_units(l, made[OF_UNITS], made[LENGTHS]);
    return NULL;
}

/* Borrow arrays of numbers, which are to be as many as the first of them; 0 with an exception. */
static int borrow_alike(Buffers *buffers, PyObject *given, int count, const int64_t ***into, Py_ssize_t *size) {
    if (!is_tuple(given)) return 0;
    for (int i = 0; i < count; i++) {
        Py_ssize_t length;
        PyObject *one = PyTuple_GetItem(given, i);
        if (!one || !(*into[i] = borrow(buffers, one, PyBUF_SIMPLE, 8, &length))) return 0;
        if (i && length != *size) {
            PyErr_SetString(PyExc_ValueError, "columns are not of the same length");
            return 0;
        }
        *size = length;
    }
    return 1;
}

#endif
