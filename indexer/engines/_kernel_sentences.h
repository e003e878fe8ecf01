/* What stands in and around the sentences that may answer, as `sentence_table.py` says it in numpy. */

#ifndef PINCITE_SENTENCES
#define PINCITE_SENTENCES

#include "_kernel_coverage.h"
#include "_kernel_table.h"

enum { TABLE, LINKED, HELD_COUNTS, HELD_TRUTHS, SOUGHT, STANDS, EDGES, CUED, SAID }; /* what is said, an array each */

static Py_ssize_t row_of(const Worked *k, int64_t place) {
    Py_ssize_t low = 0, high = k->kept;
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (k->order[middle].place < place) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Write the row of each wanted sentence, those of the sentences before it and of those after it. */
static void seek(const Wanted *w, const Worked *k, const uint8_t *linked, int64_t *rows) {
    int64_t *before = rows + w->wanted, *after = before + AHEAD * w->wanted;
    for (Py_ssize_t i = 0; i < w->wanted; i++) {
        Py_ssize_t row = rows[i] = row_of(k, (w->in_documents[i] << POSITION_BITS) + w->begins[i]);
        int goes_on = 1;
        for (int step = 0; step < AHEAD; step++) {
            goes_on = goes_on && row - step > 0 && linked[row - step];
            before[i * AHEAD + step] = goes_on ? row - step - 1 : -1;
        }
        goes_on = 1;
        for (int step = 1; step <= BEHIND; step++) {
            goes_on = goes_on && row + step < k->kept && linked[row + step];
            after[i * BEHIND + step - 1] = goes_on ? row + step : -1;
        }
    }
}

static Py_ssize_t unit_of(const Worked *k, int64_t row) { return row < k->kept ? k->order[row].unit : 0; }

/* Note where the places of each clause in each wanted sentence begin, and the end of all. */
static void count_places(const Wanted *w, Worked *k, const int64_t *rows, int64_t *edges) {
    *edges = 0;
    for (Py_ssize_t clause = 0; clause < w->laid.clauses; clause++)
        for (Py_ssize_t i = 0; i < w->wanted; i++, edges++) {
            const int64_t *from = k->from + clause * (w->laid.all_units + 1);
            Py_ssize_t unit = unit_of(k, rows[i]);
            edges[1] = edges[0] + from[unit + w->takes[unit]] - from[unit];
        }
    k->places = (Py_ssize_t)*edges;
}

static int stands_under_cue(const Wanted *w, const Worked *k, int64_t passage, int64_t position) {
    int64_t first = -1, size = 0; /* of the last stretch that begins before the position */
    for (int64_t i = passage ? k->cues[passage - 1] : 0; i < k->cues[passage]; i++)
        if (w->stretches[2 * i] <= position && w->stretches[2 * i] > first)
            first = w->stretches[2 * i], size = w->stretches[2 * i + 1] >> 2;
    return first >= 0 && position < first + size;
}

/* Write where one clause stands in one wanted sentence; return whether all that stands there stands under a cue. */
static int write_places(const Wanted *w, const Worked *k, Py_ssize_t clause, Py_ssize_t sentence, int64_t row, int64_t *out) {
    const Laid *l = &w->laid;
    const int64_t *from = k->from + clause * (l->all_units + 1);
    Py_ssize_t unit = unit_of(k, row), end = (Py_ssize_t)from[unit + w->takes[unit]], all = k->places;
    int64_t passage = row < k->kept ? k->of[unit] : 0;
    int under = end > from[unit];
    for (Py_ssize_t i = (Py_ssize_t)from[unit]; i < end; i++, out++) {
        int64_t place = k->rows.rows[clause].places[i], here = place >> POSITION_BITS;
        int64_t position = l->firsts[here] + (place & (((int64_t)1 << POSITION_BITS) - 1)), of = k->of[here];
        const int32_t *bits = l->bits + l->bases[of];
        out[0] = clause, out[all] = sentence, out[2 * all] = position - l->firsts[unit];
        out[3 * all] = (int64_t)bits[position < l->words[of] ? position : l->words[of]] - *bits;
        under = under && stands_under_cue(w, k, passage, position);
    }
    return under;
}

static void write_stands(const Wanted *w, const Worked *k, const int64_t *rows, const int64_t *edges, int64_t *stands,
                         uint8_t *cued) {
    for (Py_ssize_t clause = 0; clause < w->laid.clauses; clause++)
        for (Py_ssize_t i = 0; i < w->wanted; i++, edges++)
            cued[i * w->laid.clauses + clause] = (uint8_t)write_places(w, k, clause, i, rows[i], stands + *edges);
}

/* An array of so many bytes, all 0, as one of those that are said; NULL with an exception. */
static void *array_of(PyObject *said, int at, Py_ssize_t size) {
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, size);
    if (!bytes || PyTuple_SetItem(said, at, bytes) < 0) return NULL;
    return memset(PyBytes_AsString(bytes), 0, (size_t)size);
}

/* Say all; NULL with an exception. */
static PyObject *say(const Wanted *w, Worked *k) {
    Py_ssize_t rows = k->kept + 1, clauses = w->laid.clauses, cells = clauses * w->wanted;
    Py_ssize_t sizes[SAID] = {8 * TABLED * rows, rows, 8 * rows * clauses, rows * clauses,
                              8 * (1 + AHEAD + BEHIND) * w->wanted, 0, 8 * (cells + 1), cells};
    void *made[SAID];
    PyObject *said = PyTuple_New(SAID);
    if (!said) return NULL;
    for (int i = 0; i < SAID; i++)
        if (i != STANDS && !(made[i] = array_of(said, i, sizes[i]))) goto failed;
    write_table(w, k, made[TABLE], made[LINKED], made[HELD_COUNTS], made[HELD_TRUTHS]);
    seek(w, k, made[LINKED], made[SOUGHT]);
    count_places(w, k, made[SOUGHT], made[EDGES]);
    if (!(made[STANDS] = array_of(said, STANDS, 8 * 4 * k->places))) goto failed;
    write_stands(w, k, made[SOUGHT], made[EDGES], made[STANDS], made[CUED]);
    return said;
failed:
    Py_CLEAR(said);
    return NULL;
}

/* Work all out: 0, -1 when it does not fit together, -2 without the memory. */
static int work_out_sentences(const Wanted *w, Worked *k) {
    int state = is_sound(w) && part(w, k) ? find_clauses(w, k) : -1;
    if (state < 0) return state;
    find_places(w, k);
    order_sentences(w, k);
    return 0;
}

/* Work all out and say it; NULL with an exception. */
static PyObject *tell(const Wanted *w) {
    size_t units = (size_t)w->laid.all_units, passages = (size_t)w->laid.passages;
    size_t numbers = units + 2 * passages + (size_t)w->laid.clauses * (units + 1);
    int64_t *all = malloc((numbers + 1) * sizeof *all);
    Worked k = {.of = all, .order = malloc((units + 1) * sizeof *k.order)};
    PyObject *said = NULL;
    int state = -2;
    if (all && k.order) {
        k.behind = all + units, k.cues = k.behind + passages, k.from = k.cues + passages;
        state = work_out_sentences(w, &k);
    }
    if (!state) said = say(w, &k);
    else if (state == -1) PyErr_SetString(PyExc_ValueError, "the layouts of passages do not fit together");
    else PyErr_NoMemory();
    end_rows(&k.rows);
    free(all), free(k.order), free(k.inside);
    return said;
}

/* sentences(terms, steps, clauses, passages, units, bits, stretches, wanted, gap) -> the arrays of the records `Table` and
   `Sought`, as bytes. */
static PyObject *sentences(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *terms, *steps, *passages, *units, *bits, *stretches, *wanted, *said = NULL;
    Wanted w = {.terms = NULL};
    Laid *l = &w.laid;
    long long gap;
    if (!PyArg_ParseTuple(args, "OOnOOOOOL", &terms, &steps, &l->clauses, &passages, &units, &bits, &stretches, &wanted, &gap))
        return NULL;
    Buffers buffers = {NULL};
    const int64_t **of_passages[] = {&l->units, &l->words, &l->bases, &w.starts, &w.cues, &w.documents};
    const int64_t **of_units[] = {&l->firsts, &w.chars, &w.stops, &w.takes}, **of_wanted[] = {&w.in_documents, &w.begins};
    if (!(w.terms = borrow_rows(&buffers, terms, &w.all_terms))) goto done;
    if (!(w.steps = borrow(&buffers, steps, PyBUF_SIMPLE, 8, &w.all_steps))) goto done;
    if (!borrow_alike(&buffers, passages, OF_PASSAGES, of_passages, &l->passages)) goto done;
    if (!borrow_alike(&buffers, units, OF_ALL_UNITS, of_units, &l->all_units)) goto done;
    if (!borrow_alike(&buffers, wanted, 2, of_wanted, &w.wanted)) goto done;
    if (!(l->bits = borrow(&buffers, bits, PyBUF_SIMPLE, 4, &l->all_bits))) goto done;
    if (!(w.stretches = borrow(&buffers, stretches, PyBUF_SIMPLE, 8, &w.all_stretches))) goto done;
    w.all_stretches /= 2, w.gap = gap;
    if (l->clauses < 0 || w.all_steps % STEP || l->clauses > w.all_steps) PyErr_SetString(PyExc_ValueError, "there are not as many clauses as there should be");
    else {
        w.all_steps /= STEP;
        said = tell(&w);
    }
done:
    release(&buffers);
    free(w.terms);
    return said;
}

#endif
