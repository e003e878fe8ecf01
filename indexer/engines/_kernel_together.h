/* Where the clauses of a query stand together in some passages, as `together.py` counts it in numpy. */

#ifndef PINCITE_TOGETHER
#define PINCITE_TOGETHER

#include "_kernel_lists.h"

#define POSITION_BITS 32
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

static int is_laid_out(const Laid *l) {
    Py_ssize_t left = l->all_units;
    for (Py_ssize_t i = 0; i < l->passages; i++) {
        if (l->units[i] < 0 || l->units[i] > left || l->words[i] < 0 || l->bases[i] < 0) return 0;
        if (l->words[i] >= l->all_bits || l->bases[i] >= l->all_bits - l->words[i]) return 0;
        left -= (Py_ssize_t)l->units[i];
    }
    return left == 0;
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

/* The arrays that are counted, all 0, as bytes in a tuple; NULL with an exception. */
static PyObject *zeros(const Laid *l, int64_t **made) {
    Py_ssize_t pairs = l->clauses > 1 ? l->clauses - 1 : 0;
    Py_ssize_t sizes[COUNTED] = {l->passages * l->clauses, l->all_units * l->clauses, pairs * l->passages,
                                 pairs * l->passages, l->all_units, l->all_units};
    PyObject *result = PyTuple_New(COUNTED);
    for (int i = 0; result && i < COUNTED; i++) {
        PyObject *bytes = PyBytes_FromStringAndSize(NULL, sizes[i] * (Py_ssize_t)sizeof **made);
        if (!bytes || PyTuple_SetItem(result, i, bytes) < 0) Py_CLEAR(result);
        else made[i] = memset(PyBytes_AsString(bytes), 0, (size_t)sizes[i] * sizeof **made);
    }
    return result;
}

/* together(rows, units, firsts, words, bases, bits, window) -> the arrays of the record of that name, as bytes. */
static PyObject *together(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *rows, *given[5], *result = NULL;
    long long window;
    Laid l = {0};
    Buffers buffers = {NULL};
    Standing *held = NULL;
    int64_t *keys = NULL, *made[COUNTED];
    Py_ssize_t sizes[2] = {0}, all = 0;
    if (!PyArg_ParseTuple(args, "OOOOOOL", &rows, &given[0], &given[1], &given[2], &given[3], &given[4], &window) ||
        !is_tuple(rows))
        return NULL;
    l.clauses = PyTuple_Size(rows);
    if (!(l.units = borrow(&buffers, given[0], PyBUF_SIMPLE, 8, &l.passages))) goto done;
    if (!(l.firsts = borrow(&buffers, given[1], PyBUF_SIMPLE, 8, &l.all_units))) goto done;
    if (!(l.words = borrow(&buffers, given[2], PyBUF_SIMPLE, 8, &sizes[0]))) goto done;
    if (!(l.bases = borrow(&buffers, given[3], PyBUF_SIMPLE, 8, &sizes[1]))) goto done;
    if (!(l.bits = borrow(&buffers, given[4], PyBUF_SIMPLE, 4, &l.all_bits))) goto done;
    if (!(held = calloc((size_t)l.clauses + 1, sizeof *held))) goto memory;
    for (Py_ssize_t i = 0; i < l.clauses; all += held[i++].count)
        if (!(held[i].places = borrow(&buffers, PyTuple_GetItem(rows, i), PyBUF_SIMPLE, 8, &held[i].count))) goto done;
    if (!(keys = malloc(((size_t)all + 1) * sizeof *keys))) goto memory;
    for (Py_ssize_t i = 0, at = 0; i < l.clauses; at += held[i++].count) held[i].keys = keys + at;
    if (!(result = zeros(&l, made))) goto done;
    const char *wrong = "there are not as many passages as there should be";
    if (sizes[0] == l.passages && sizes[1] == l.passages) wrong = count_all(&l, held, window, made);
    if (wrong) {
        PyErr_SetString(PyExc_ValueError, wrong);
        Py_CLEAR(result);
    }
    goto done;
memory:
    PyErr_NoMemory();
done:
    release(&buffers);
    free(held), free(keys);
    return result;
}

#endif
