/* How much of a question stands in some sentences and around them, as `coverage.py` says it in numpy. */

#ifndef PINCITE_COVERAGE
#define PINCITE_COVERAGE

#include "_kernel_lists.h"

enum { GIVEN = 21, AHEAD = 5, BEHIND = 2, RINGS = 7 }; /* arrays; sentences before, after; what stands around, near first */
enum { /* what is said, in the order of the record `Coverage` */
    HELD_ALL, HELD_PARTS, HELD_EARLY, AHEAD_ONE, AHEAD_ALL, TITLE, FORMS, SPELLED, ALIKE, TOLD, LOWER, OWN, AROUND, CLOSE, COVERS
};

/* What is given, as the record `Ground` has it, and how many there are. */
typedef struct {
    const uint8_t *held, *titled, *headed, *under, *forms, *spelled, *alike, *lower;
    const int64_t *rows, *before, *after, *ranks, *bounds, *positions, *steps;
    const double *parts, *specific, *rarity, *wholes, *fading, *around;
    Py_ssize_t clauses, candidates, sentences, passages, places, fades;
} Ground;

/* What a candidate has around it: a truth for each clause each. */
typedef struct {
    const uint8_t *own, *ahead[AHEAD], *behind[BEHIND], *titled, *headed, *under;
} Beside;

/* The truths of a sentence; those of the last where there is none, NULL where there cannot be one. */
static const uint8_t *truths(const Ground *g, int64_t row) {
    if (row < -1 || row >= g->sentences) return NULL;
    return g->held + (row < 0 ? g->sentences - 1 : (Py_ssize_t)row) * g->clauses;
}

/* Find what stands around a candidate; 0 when it is not there. */
static int find_beside(const Ground *g, Py_ssize_t at, Beside *b) {
    int64_t rank = g->ranks[at];
    if (rank < 0 || rank >= g->passages || g->rows[at] < 0 || !(b->own = truths(g, g->rows[at]))) return 0;
    for (int i = 0; i < AHEAD; i++)
        if (!(b->ahead[i] = truths(g, g->before[at * AHEAD + i]))) return 0;
    for (int i = 0; i < BEHIND; i++)
        if (!(b->behind[i] = truths(g, g->after[at * BEHIND + i]))) return 0;
    b->titled = g->titled + (Py_ssize_t)rank * g->clauses;
    b->headed = g->headed + (Py_ssize_t)rank * g->clauses;
    b->under = g->under + (Py_ssize_t)rank * g->clauses;
    return 1;
}

/* Add what a clause is worth to the sums of all in which it is held. */
static void add_clause(const Ground *g, const Beside *b, Py_ssize_t at, Py_ssize_t clause, double *sums, double *near) {
    Py_ssize_t cell = at * g->clauses + clause;
    double worth = g->specific[clause];
    int own = b->own[clause], headed = b->headed[clause], titled = b->titled[clause], held = own || b->under[clause];
    int forms = g->forms[cell], spelled = g->spelled[cell], alike = g->alike[cell];
    int is_in[] = {own, headed, b->ahead[0][clause], b->behind[0][clause],
                   b->ahead[1][clause], b->ahead[2][clause], b->behind[1][clause]};
    int before = headed, otherwise = forms || spelled || alike, beside = is_in[2] || is_in[3] || is_in[4];
    for (int i = 0; i < AHEAD; i++) before |= b->ahead[i][clause];
    if (held) sums[HELD_ALL] += worth;
    if (held && g->lower[clause]) sums[LOWER] += worth;
    if (own) sums[OWN] += g->rarity[clause];
    if (!own && !otherwise) sums[HELD_PARTS] += g->parts[cell] * worth;
    if (!own && is_in[2]) sums[AHEAD_ONE] += worth;
    if (!own && before) sums[AHEAD_ALL] += worth;
    if (!own && (headed || titled)) sums[TITLE] += worth;
    if (!own && forms) sums[FORMS] += worth;
    if (!own && spelled) sums[SPELLED] += worth;
    if (!own && alike && !forms && !spelled) sums[ALIKE] += worth;
    if (own || headed || titled || beside || otherwise) sums[TOLD] += worth;
    for (int i = 0; i < RINGS; i++)
        if (is_in[i]) {
            near[i] += worth;
            break;
        }
}

/* Add how early each clause stands, and say how close together all do; 0 when a place is not there. */
static int add_places(const Ground *g, Py_ssize_t at, double *early, double *close) {
    int64_t first = INT64_MAX, last = -1, held = 0;
    for (Py_ssize_t clause = 0; clause < g->clauses; clause++) {
        const int64_t *bounds = g->bounds + clause * g->candidates + at;
        if (bounds[0] >= bounds[1]) continue;
        if (bounds[0] < 0 || bounds[0] >= g->places) return 0;
        int64_t place = g->positions[bounds[0]], step = g->steps[bounds[0]];
        place = place < 0 ? 0 : place < g->fades ? place : g->fades - 1;
        *early += g->fading[place] * g->specific[clause];
        first = step < first ? step : first;
        last = step > last ? step : last;
        held++;
    }
    int64_t wide = (int64_t)((uint64_t)last - (uint64_t)first + 1);
    *close = held > 1 ? (double)held / (double)(wide > held ? wide : held) : 0;
    return 1;
}

/* Say all of a candidate; 0 when something of it is not there. */
static int cover(const Ground *g, Py_ssize_t at, double *out) {
    Beside beside;
    double sums[COVERS] = {0}, near[RINGS] = {0};
    if (!find_beside(g, at, &beside) || !add_places(g, at, &sums[HELD_EARLY], &sums[CLOSE])) return 0;
    for (Py_ssize_t clause = 0; clause < g->clauses; clause++) add_clause(g, &beside, at, clause, sums, near);
    for (int i = 0; i < OWN; i++) sums[i] /= g->wholes[0];
    sums[OWN] /= g->wholes[1];
    for (int i = 0; i < RINGS; i++) sums[AROUND] += g->around[i] * (near[i] / g->wholes[0]);
    for (int i = 0; i < COVERS; i++) out[i * g->candidates + at] = sums[i];
    return 1;
}

/* True when there are so many rows of so many items each. */
static int is_of(Py_ssize_t items, Py_ssize_t rows, Py_ssize_t width) {
    return items % width == 0 && items / width == rows;
}

/* Count what there is of each; 0 when sizes, which come in the order of what is given, do not fit together. */
static int measure(Ground *g, const Py_ssize_t *sizes) {
    g->candidates = sizes[1], g->clauses = sizes[16], g->places = sizes[13], g->fades = sizes[19];
    if (!g->clauses || sizes[0] % g->clauses) return 0;
    g->sentences = sizes[0] / g->clauses, g->passages = sizes[5] / g->clauses;
    int fits = is_of(sizes[2], g->candidates, AHEAD) && is_of(sizes[3], g->candidates, BEHIND);
    for (int i = 5; i < 8; i++) fits &= is_of(sizes[i], g->passages, g->clauses);
    for (int i = 8; i < 12; i++) fits &= is_of(sizes[i], g->candidates, g->clauses);
    return fits && sizes[4] == g->candidates && sizes[12] && is_of(sizes[12] - 1, g->candidates, g->clauses) &&
           sizes[14] == g->places && sizes[15] == g->clauses && sizes[17] == g->clauses && sizes[18] == 2 &&
           g->fades && sizes[20] == RINGS;
}

/* coverage(*ground, fading, around) -> the arrays of the record of that name, one behind the other, as bytes. */
static PyObject *coverage(PyObject *self, PyObject *args) {
    (void)self;
    static const Py_ssize_t items[GIVEN] = {1, 8, 8, 8, 8, 1, 1, 1, 1, 1, 1, 8, 8, 8, 8, 1, 8, 8, 8, 8, 8};
    const void *a[GIVEN];
    Py_ssize_t sizes[GIVEN];
    Buffers buffers = {NULL};
    PyObject *result = NULL;
    int fits = borrow_all(&buffers, args, GIVEN, items, a, sizes);
    if (fits < 0) goto done;
    if (fits) {
        Ground g = {.held = a[0], .rows = a[1], .before = a[2], .after = a[3], .ranks = a[4], .titled = a[5],
                    .headed = a[6], .under = a[7], .forms = a[8], .spelled = a[9], .alike = a[10], .parts = a[11],
                    .bounds = a[12], .positions = a[13], .steps = a[14], .lower = a[15], .specific = a[16],
                    .rarity = a[17], .wholes = a[18], .fading = a[19], .around = a[20]};
        fits = measure(&g, sizes);
        if (fits && !(result = PyBytes_FromStringAndSize(NULL, COVERS * g.candidates * 8))) goto done;
        for (Py_ssize_t i = 0; fits && i < g.candidates; i++) fits = cover(&g, i, (double *)PyBytes_AsString(result));
    }
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "candidates and what is around them do not fit together");
        Py_CLEAR(result);
    }
done:
    release(&buffers);
    return result;
}

#endif
