/* What passages and their sentences are worth to the clauses of a query, as `rank.py` works it out in numpy. */

#ifndef PINCITE_RANK
#define PINCITE_RANK

#include "_kernel_together.h"

enum { RANK_SCORES, BEST_BEGINS, PAIRS, HOLDS, SENTENCE_OF, SENTENCE_BEGINS, SENTENCE_LENGTHS, SENTENCE_SCORES, RANKED };
enum { K1, B, PASSAGE_WORDS, UNIT_WORDS, ADJACENT, NEAR_BY, SATURATION, SENTENCE_SHARE, REFERENCE_SHARE, WEIGHTS };
enum { RANKED_PASSAGES = 5, RANKED_UNITS = 2 }; /* arrays of layouts */

/* What is given: how passages are laid out, what they are worth so far, and what the clauses say. */
typedef struct {
    Laid laid;
    Standing *rows;
    const int64_t *starts, *flags, *chars;
    const double *scores, *values, *lost, *weights;
    long long window, references; /* words that are near; the flag of a list of references */
} Ranked;

/* What is worked out of it. */
typedef struct {
    int64_t *counted[COUNTED];
    double *parts; /* room for what each clause is worth */
    double *scores, *pairs, *unit_scores;
    int64_t *begins, *unit_begins;
    uint8_t *holds;
} Ranking;

/* The sum of numbers in the order in which numpy adds up a row. */
static double sum_of_row(const double *parts, Py_ssize_t count) {
    double sum = 0, eight[8];
    Py_ssize_t i = 8, half = count / 2 - count / 2 % 8;
    if (count > 128) return sum_of_row(parts, half) + sum_of_row(parts + half, count - half);
    if (count < 8) {
        for (i = 0; i < count; i++) sum += parts[i];
        return sum;
    }
    memcpy(eight, parts, sizeof eight);
    for (; i < count - count % 8; i++) eight[i % 8] += parts[i];
    sum = ((eight[0] + eight[1]) + (eight[2] + eight[3])) + ((eight[4] + eight[5]) + (eight[6] + eight[7]));
    for (; i < count; i++) sum += parts[i];
    return sum;
}

/* The score of a stretch of so many words that holds each clause so many times. */
static double bm25_of(const Ranked *r, const int64_t *counts, const double *values, int64_t words, double average, double *parts) {
    const double *w = r->weights, base = w[K1] * (1 - w[B] + w[B] * (double)words / average);
    for (Py_ssize_t i = 0; i < r->laid.clauses; i++) {
        double count = (double)counts[i];
        parts[i] = counts[i] ? count * values[i] * (w[K1] + 1) / (count + base) : 0;
    }
    return sum_of_row(parts, r->laid.clauses);
}

static double saturated(const Ranked *r, int64_t count) {
    double more = r->weights[SATURATION];
    return count ? (double)count * (more + 1) / ((double)count + more) : 0;
}

/* How much neighbouring clauses stand together in a passage. */
static double pairs_in(const Ranked *r, const Ranking *k, Py_ssize_t passage) {
    double sum = 0;
    for (Py_ssize_t i = 0; i + 1 < r->laid.clauses; i++) {
        double worth = r->values[i] < r->values[i + 1] ? r->values[i] : r->values[i + 1];
        Py_ssize_t at = i * r->laid.passages + passage;
        sum += worth * (r->weights[ADJACENT] * saturated(r, k->counted[SIDE][at]) +
                        r->weights[NEAR_BY] * saturated(r, k->counted[NEAR][at]));
    }
    return sum;
}

/* The score of the best of the passage's sentences, the first of equals, whose beginning is noted. */
static double score_sentences(const Ranked *r, Ranking *k, Py_ssize_t passage, Py_ssize_t unit) {
    double best = 0;
    k->begins[passage] = -1;
    for (Py_ssize_t end = unit + (Py_ssize_t)r->laid.units[passage]; unit < end; unit++) {
        const int64_t *counts = k->counted[INSIDE] + unit * r->laid.clauses;
        double score = bm25_of(r, counts, r->values, k->counted[LENGTHS][unit], r->weights[UNIT_WORDS], k->parts);
        k->unit_scores[unit] = score;
        k->unit_begins[unit] = r->starts[passage] + r->chars[unit];
        if (k->begins[passage] < 0 || score > best) best = score, k->begins[passage] = k->unit_begins[unit];
    }
    return best;
}

static void score_all(const Ranked *r, Ranking *k) {
    const Laid *l = &r->laid;
    for (Py_ssize_t passage = 0, unit = 0; passage < l->passages; unit += (Py_ssize_t)l->units[passage++]) {
        const int64_t *counts = k->counted[COUNTS] + passage * l->clauses;
        double best = score_sentences(r, k, passage, unit), pairs = k->pairs[passage] = pairs_in(r, k, passage);
        double plain = bm25_of(r, counts, r->lost, l->words[passage], r->weights[PASSAGE_WORDS], k->parts);
        double score = r->scores[passage] - plain + pairs + r->weights[SENTENCE_SHARE] * best;
        k->scores[passage] = r->flags[passage] & r->references ? score * r->weights[REFERENCE_SHARE] : score;
        for (Py_ssize_t i = 0; i < l->clauses; i++) k->holds[passage * l->clauses + i] = counts[i] > 0;
    }
}

/* Arrays of so many bytes each, none of them filled, in a tuple; NULL with an exception. */
static PyObject *arrays_of(const Py_ssize_t *sizes, int count, void ***into) {
    PyObject *made = PyTuple_New(count);
    for (int i = 0; made && i < count; i++) {
        PyObject *bytes = PyBytes_FromStringAndSize(NULL, sizes[i]);
        if (!bytes || PyTuple_SetItem(made, i, bytes) < 0) Py_CLEAR(made);
        else *into[i] = PyBytes_AsString(bytes);
    }
    return made;
}

/* Count and score all; NULL with an exception. */
static PyObject *work_out(Ranked *r, const Rows *rows) {
    const Laid *l = &r->laid;
    Py_ssize_t pairs = l->clauses > 1 ? l->clauses - 1 : 0, places = 0;
    for (Py_ssize_t i = 0; i < l->clauses; i++) places += rows->rows[i].count;
    Py_ssize_t rooms[] = {l->passages * l->clauses, l->all_units * l->clauses, pairs * l->passages, pairs * l->passages, places};
    Py_ssize_t room = rooms[0] + rooms[1] + rooms[2] + rooms[3] + rooms[4];
    Py_ssize_t passages = 8 * l->passages, units = 8 * l->all_units;
    Py_ssize_t sizes[RANKED] = {passages, passages, passages, l->passages * l->clauses, units, units, units, units};
    Ranking k;
    void **made[RANKED] = {(void **)&k.scores, (void **)&k.begins, (void **)&k.pairs, (void **)&k.holds,
                           (void **)&k.counted[OF_UNITS], (void **)&k.unit_begins, (void **)&k.counted[LENGTHS],
                           (void **)&k.unit_scores};
    int64_t *counted = calloc((size_t)room + 1, sizeof *counted), *keys = counted;
    k.parts = malloc(((size_t)l->clauses + 1) * sizeof *k.parts), r->rows = calloc((size_t)l->clauses + 1, sizeof *r->rows);
    PyObject *told = counted && k.parts && r->rows ? arrays_of(sizes, RANKED, made) : PyErr_NoMemory();
    if (told) {
        for (int i = COUNTS; i <= NEAR; keys += rooms[i++]) k.counted[i] = keys;
        for (Py_ssize_t i = 0; i < l->clauses; keys += rows->rows[i++].count)
            r->rows[i] = (Standing){rows->rows[i].places, keys, rows->rows[i].count};
        const int64_t most = (int64_t)1 << POSITION_BITS;
        int are_sound = are_below(r->starts, l->passages, most) && are_below(r->chars, l->all_units, most);
        const char *wrong = are_sound ? count_all(l, r->rows, r->window, k.counted) : "a sentence begins where none may";
        if (!wrong) score_all(r, &k);
        else {
            PyErr_SetString(PyExc_ValueError, wrong);
            Py_CLEAR(told);
        }
    }
    free(counted), free(k.parts), free(r->rows);
    return told;
}

/* What stands where clauses stand, worked out; NULL with an exception. */
static PyObject *stand_and_rank(Ranked *r, const int64_t *steps, Py_ssize_t count, const Row *terms, Py_ssize_t all) {
    Rows rows = {NULL};
    PyObject *told = NULL;
    int state = take_steps(steps, count, terms, all, (int64_t)r->laid.passages << POSITION_BITS, &rows);
    if (state == -2) PyErr_NoMemory();
    else if (state < 0) PyErr_SetString(PyExc_ValueError, "a clause stands where no passage is");
    else if (rows.count != r->laid.clauses) PyErr_SetString(PyExc_ValueError, "there are not as many clauses as there should be");
    else told = work_out(r, &rows);
    end_rows(&rows);
    return told;
}

/* rank(terms, steps, passages, units, bits, scores, (values, lost, weights), (window, references)) -> the arrays of the
   record `Ranking`, as bytes. */
static PyObject *rank(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *terms, *steps, *passages, *units, *bits, *scores, *values, *lost, *weights, *told = NULL;
    Ranked r = {.rows = NULL};
    Laid *l = &r.laid;
    if (!PyArg_ParseTuple(args, "OOOOOO(OOO)(LL)", &terms, &steps, &passages, &units, &bits, &scores, &values, &lost, &weights,
                          &r.window, &r.references))
        return NULL;
    const int64_t **of_passages[] = {&l->units, &l->words, &l->bases, &r.starts, &r.flags};
    const int64_t **of_units[] = {&l->firsts, &r.chars}, *taken;
    Buffers buffers = {NULL};
    Py_ssize_t all, count, sizes[3];
    Row *rows = borrow_rows(&buffers, terms, &all);
    if (!rows || !(taken = borrow(&buffers, steps, PyBUF_SIMPLE, 8, &count))) goto done;
    if (!borrow_alike(&buffers, passages, RANKED_PASSAGES, of_passages, &l->passages)) goto done;
    if (!borrow_alike(&buffers, units, RANKED_UNITS, of_units, &l->all_units)) goto done;
    if (!(l->bits = borrow(&buffers, bits, PyBUF_SIMPLE, 4, &l->all_bits))) goto done;
    if (!(r.scores = borrow(&buffers, scores, PyBUF_SIMPLE, 8, &sizes[0]))) goto done;
    if (!(r.values = borrow(&buffers, values, PyBUF_SIMPLE, 8, &l->clauses))) goto done;
    if (!(r.lost = borrow(&buffers, lost, PyBUF_SIMPLE, 8, &sizes[1]))) goto done;
    if (!(r.weights = borrow(&buffers, weights, PyBUF_SIMPLE, 8, &sizes[2]))) goto done;
    if (sizes[0] != l->passages || sizes[1] != l->clauses || sizes[2] != WEIGHTS || count % STEP)
        PyErr_SetString(PyExc_ValueError, "columns are not of the same length");
    else told = stand_and_rank(&r, taken, count / STEP, rows, all);
done:
    release(&buffers);
    free(rows);
    return told;
}

#endif
