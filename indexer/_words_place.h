/* The terms of tokens put in place, and behind those of each text the flags of what stands under a cue. */

#ifndef PINCITE_WORDS_PLACE
#define PINCITE_WORDS_PLACE

#include "_words_cut.h"

/* What `place` is given, as `tokens.py` and `terms.py` have it: rows of tokens and of terms; tokens of some texts by
   row, where each begins, and where the tokens of each text begin; stretches under a cue and the terms that say so. */
enum { ROWS, TERMS, TOKENS, STARTS, EDGES, SCOPES, FLAGS, GIVEN };
enum { FIRST, COUNT, FIRST_WORD, SIZE, SIGNS, BEGINS, SHIFT, LENGTH, ROW }; /* columns of a row */
enum { NUMBER, PART, START, END, TERM };                                    /* and of a term */

typedef struct {
    Py_buffer held[GIVEN];
    Py_ssize_t sizes[GIVEN];
    const uint32_t *rows, *terms, *flags;
    const int64_t *tokens, *starts, *edges, *scopes;
    int64_t *places;           /* of each token: the position of its first word in all texts; and one more */
    uint8_t *under;            /* of each position: the flag that it stands under */
    Py_ssize_t count, flagged; /* terms in all, without flags; positions under a flag */
} Placing;

static const uint32_t *row_of(const Placing *p, Py_ssize_t token) { return p->rows + p->tokens[token] * ROW; }

static const uint32_t *terms_of(const Placing *p, const uint32_t *row) { return p->terms + (size_t)row[FIRST] * TERM; }

static const uint32_t *behind(const Placing *p, const uint32_t *row) {
    return terms_of(p, row) + (size_t)row[COUNT] * TERM;
}

/* Whether all rows and edges are there; counts terms and gives the tokens their places. */
static int is_sound(Placing *p) {
    int64_t place = 0;
    for (Py_ssize_t i = 0; i < p->sizes[TOKENS]; i++) {
        if (p->tokens[i] < 0 || p->tokens[i] >= p->sizes[ROWS]) return 0;
        const uint32_t *row = row_of(p, i);
        if (row[FIRST] > p->sizes[TERMS] || row[COUNT] > p->sizes[TERMS] - row[FIRST]) return 0;
        for (const uint32_t *term = terms_of(p, row); term < behind(p, row); term += TERM) {
            if (term[PART] >= row[SIZE]) return 0;
        }
        p->places[i] = place;
        place += row[SIZE], p->count += row[COUNT];
    }
    p->places[p->sizes[TOKENS]] = place;
    int64_t before = 0;
    for (Py_ssize_t i = 0; i < p->sizes[EDGES]; before = p->edges[i++]) {
        if (p->edges[i] < before || p->edges[i] > p->sizes[TOKENS] || (i == 0 && p->edges[i])) return 0;
    }
    return p->sizes[EDGES] > 0 && before == p->sizes[TOKENS];
}

/* The first token that begins at a place of the texts or after it. */
static Py_ssize_t token_at(const Placing *p, int64_t place) {
    Py_ssize_t low = 0, high = p->sizes[TOKENS];
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (p->starts[middle] < place) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Note the positions whose stems lie within a stretch; of two flags at a position the first stands. 0 for no flag. */
static int mark(Placing *p, int64_t flag, int64_t start, int64_t end) {
    if (flag < 0 || flag >= p->sizes[FLAGS]) return 0;
    Py_ssize_t first = start == INT64_MAX ? p->sizes[TOKENS] : token_at(p, start + 1), last = token_at(p, end);
    for (Py_ssize_t i = first ? first - 1 : 0; i < last; i++) { /* the first may reach into the stretch */
        const uint32_t *row = row_of(p, i);
        for (const uint32_t *term = terms_of(p, row); term < behind(p, row); term += TERM) {
            int64_t at = (int64_t)((uint64_t)p->starts[i] + row[SHIFT]);
            uint8_t *under = &p->under[p->places[i] + term[PART]];
            if ((int64_t)((uint64_t)at + term[START]) < start || (int64_t)((uint64_t)at + term[END]) > end) continue;
            p->flagged += *under == UINT8_MAX;
            if (flag < *under) *under = (uint8_t)flag;
        }
    }
    return 1;
}

/* The terms of each text and behind them its flags, by number and position in the text; and where each text ends. */
static void put(const Placing *p, uint32_t *numbers, uint32_t *positions, uint32_t *ends) {
    uint32_t at = 0;
    for (Py_ssize_t text = 0; text + 1 < p->sizes[EDGES]; text++) {
        int64_t first = p->edges[text], last = p->edges[text + 1], base = p->places[first];
        for (int64_t i = first; i < last; i++) {
            const uint32_t *row = row_of(p, i);
            for (const uint32_t *term = terms_of(p, row); term < behind(p, row); term += TERM) {
                numbers[at] = term[NUMBER], positions[at++] = (uint32_t)(p->places[i] - base + term[PART]);
            }
        }
        for (int64_t place = base; place < p->places[last]; place++) {
            if (p->under[place] == UINT8_MAX) continue;
            numbers[at] = p->flags[p->under[place]], positions[at++] = (uint32_t)(place - base);
        }
        ends[text] = at;
    }
}

static PyObject *placed(Placing *p) {
    Py_ssize_t count = p->count + p->flagged, texts = p->sizes[EDGES] - 1;
    PyObject *numbers = PyBytes_FromStringAndSize(NULL, 4 * count), *ends = PyBytes_FromStringAndSize(NULL, 4 * texts);
    PyObject *positions = PyBytes_FromStringAndSize(NULL, 4 * count), *result = NULL;
    PyObject *under = PyBytes_FromStringAndSize((const char *)p->under, (Py_ssize_t)p->places[p->sizes[TOKENS]]);
    if (numbers && positions && ends && under) {
        put(p, (uint32_t *)PyBytes_AsString(numbers), (uint32_t *)PyBytes_AsString(positions),
            (uint32_t *)PyBytes_AsString(ends));
        result = PyTuple_Pack(4, numbers, positions, ends, under);
    }
    Py_XDECREF(numbers), Py_XDECREF(positions), Py_XDECREF(ends), Py_XDECREF(under);
    return result;
}

/* place(rows, terms, tokens, starts, edges, scopes, flags) -> of one text after another number and position of each
   term, and where the terms of each text end. */
static PyObject *place(PyObject *self, PyObject *args) {
    (void)self;
    static const Py_ssize_t items[GIVEN] = {4 * ROW, 4 * TERM, 8, 8, 8, 24, 4};
    Placing p = {.places = NULL};
    Py_buffer *h = p.held;
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*y*y*", &h[0], &h[1], &h[2], &h[3], &h[4], &h[5], &h[6])) return NULL;
    int fits = 1;
    for (int i = 0; i < GIVEN; i++) {
        p.sizes[i] = h[i].len / items[i];
        fits &= !h[i].len || !(h[i].len % items[i] || (uintptr_t)h[i].buf % (i < TOKENS || i == FLAGS ? 4 : 8));
    }
    p.rows = h[ROWS].buf, p.terms = h[TERMS].buf, p.flags = h[FLAGS].buf;
    p.tokens = h[TOKENS].buf, p.starts = h[STARTS].buf, p.edges = h[EDGES].buf, p.scopes = h[SCOPES].buf;
    fits = fits && p.sizes[STARTS] == p.sizes[TOKENS] && p.sizes[FLAGS] < UINT8_MAX;
    if (fits && !(p.places = malloc(((size_t)p.sizes[TOKENS] + 1) * sizeof *p.places))) {
        PyErr_NoMemory();
        goto done;
    }
    fits = fits && is_sound(&p) && p.count + p.places[p.sizes[TOKENS]] < (int64_t)MOST / 8;
    if (fits) {
        size_t positions = (size_t)p.places[p.sizes[TOKENS]];
        if (!(p.under = malloc(positions + 1))) {
            PyErr_NoMemory();
            goto done;
        }
        memset(p.under, UINT8_MAX, positions);
        for (Py_ssize_t i = 0; fits && i < p.sizes[SCOPES]; i++) {
            fits = mark(&p, p.scopes[3 * i], p.scopes[3 * i + 1], p.scopes[3 * i + 2]);
        }
    }
    if (fits) result = placed(&p);
    else PyErr_SetString(PyExc_ValueError, "tokens and their tables do not fit together");
done:
    for (int i = 0; i < GIVEN; i++) PyBuffer_Release(&h[i]);
    free(p.places), free(p.under);
    return result;
}

#endif
