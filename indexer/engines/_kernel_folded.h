/* Which passages tell most of an answer, as `by_answer.py` says it in Python, and which repeat another, as `fold.py`. */

#ifndef PINCITE_FOLDED
#define PINCITE_FOLDED

#include "_kernel_lists.h"

enum { TURNS = 8, FOLDS = 7 }; /* arrays that are given */
enum { OF_SENTENCES = 5 };     /* the first that has an item for each sentence */

/* Passages in an order, by place, and what is known of sentences: where they begin, of which document, and their worth. */
typedef struct {
    const int64_t *order, *documents, *starts, *ends, *begins, *of, *at;
    const double *worths;
    Py_ssize_t passages, sentences;
} Telling;

static PyObject *do_not_fit(void) {
    PyErr_SetString(PyExc_ValueError, "passages and what they tell do not fit together");
    return NULL;
}

static int holds_sentence(const Telling *t, int64_t place, Py_ssize_t sentence) {
    return t->of[sentence] == t->documents[place] && t->starts[place] <= t->at[sentence] &&
           t->at[sentence] < t->ends[place];
}

/* What a passage is worth beside the sentences that were told. */
static double adds(const Telling *t, int64_t place, const uint8_t *told) {
    double worth = 0;
    for (Py_ssize_t i = 0; i < t->sentences; i++)
        if (!told[i] && holds_sentence(t, place, i)) worth += t->worths[i];
    return worth;
}

/* Find the first and the last sentence of each passage; of one that holds none, what is its best. Say which hold some. */
static void find_sentences(const Telling *t, int64_t *firsts, int64_t *lasts, uint8_t *held) {
    for (Py_ssize_t place = 0; place < t->passages; place++) {
        firsts[place] = lasts[place] = t->begins[place];
        held[place] = 0;
        for (Py_ssize_t i = 0; i < t->sentences; i++) {
            if (!holds_sentence(t, place, i)) continue;
            if (!held[place] || t->at[i] < firsts[place]) firsts[place] = t->at[i];
            if (!held[place] || t->at[i] > lasts[place]) lasts[place] = t->at[i];
            held[place] = 1;
        }
    }
}

/* Put first what adds most to those before, of equals the first, and what holds no sentence last. */
static void put_in_turn(const Telling *t, double *worth, uint8_t *told, uint8_t *waits, int64_t *turns) {
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; i < t->passages; i++)
        if (waits[i]) worth[i] = adds(t, t->order[i], told);
    for (;;) {
        Py_ssize_t best = -1;
        for (Py_ssize_t i = 0; i < t->passages; i++)
            if (waits[i] && (best < 0 || worth[i] > worth[best])) best = i;
        if (best < 0) break;
        int64_t place = turns[count++] = t->order[best];
        waits[best] = 0;
        for (Py_ssize_t i = 0; i < t->sentences; i++) told[i] |= (uint8_t)holds_sentence(t, place, i);
        for (Py_ssize_t i = 0; i < t->passages; i++)
            if (waits[i] && t->documents[t->order[i]] == t->documents[place]) worth[i] = adds(t, t->order[i], told);
    }
}

/* The turns of passages, and where the first and the last sentence of each begins, one behind the other. */
static PyObject *turns_of(const Telling *t) {
    size_t passages = (size_t)t->passages;
    double *worth = calloc(passages + 1, sizeof *worth);
    uint8_t *told = calloc((size_t)t->sentences + 2 * passages + 1, 1);
    PyObject *result = worth && told ? PyBytes_FromStringAndSize(NULL, 3 * t->passages * 8) : PyErr_NoMemory();
    if (result) {
        int64_t *turns = (int64_t *)PyBytes_AsString(result);
        uint8_t *held = told + t->sentences, *waits = held + passages;
        find_sentences(t, turns + passages, turns + 2 * passages, held);
        Py_ssize_t last = t->passages;
        for (Py_ssize_t i = t->passages; i-- > 0;)
            if (!(waits[i] = held[t->order[i]])) turns[--last] = t->order[i];
        put_in_turn(t, worth, told, waits, turns);
    }
    free(worth), free(told);
    return result;
}

/* in_turn(order, documents, starts, ends, begins, of, at, worths) -> places, firsts and lasts, as bytes. */
static PyObject *in_turn(PyObject *self, PyObject *args) {
    (void)self;
    const void *a[TURNS];
    Py_ssize_t sizes[TURNS];
    Buffers buffers = {NULL};
    PyObject *result = NULL;
    int fits = borrow_all(&buffers, args, TURNS, NULL, a, sizes);
    if (fits < 0) goto done;
    for (int i = 0; fits && i < TURNS; i++) fits = sizes[i] == sizes[i < OF_SENTENCES ? 0 : OF_SENTENCES];
    if (fits && are_places(a[0], sizes[0], sizes[0])) {
        Telling t = {a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], sizes[0], sizes[OF_SENTENCES]};
        result = turns_of(&t);
    } else do_not_fit();
done:
    release(&buffers);
    return result;
}

/* The place of the passage that one repeats, of those before it that overlap it; -1 when there is none. */
static int64_t repeated(const void **a, const int64_t *beside, const uint8_t *before, int64_t place) {
    const int64_t *starts = a[3], *ends = a[4], *firsts = a[5], *lasts = a[6];
    for (int i = 0; i < 2; i++) {
        int64_t head = beside[2 * place + i];
        if (head < 0 || !before[head]) continue;
        if (firsts[place] < 0 || (starts[head] <= firsts[place] && lasts[place] < ends[head])) return head;
    }
    return -1;
}

/* What each passage of an order repeats. */
static PyObject *heads_of(const void **a, const Py_ssize_t *sizes, Py_ssize_t passages) {
    const int64_t *order = a[0], *lefts = a[1], *rights = a[2];
    uint8_t *before = calloc((size_t)passages + 1, 1);
    int64_t *beside = malloc(2 * (size_t)passages * sizeof *beside + 1);
    PyObject *result = before && beside ? PyBytes_FromStringAndSize(NULL, sizes[0] * 8) : PyErr_NoMemory();
    if (result) {
        int64_t *heads = (int64_t *)PyBytes_AsString(result);
        for (Py_ssize_t i = 0; i < 2 * passages; i++) beside[i] = -1;
        for (Py_ssize_t i = 0; i < sizes[1]; i++) beside[2 * rights[i]] = lefts[i], beside[2 * lefts[i] + 1] = rights[i];
        for (Py_ssize_t i = 0; i < sizes[0]; i++) {
            heads[i] = repeated(a, beside, before, order[i]);
            before[order[i]] = heads[i] < 0;
        }
    }
    free(before), free(beside);
    return result;
}

/* heads(order, lefts, rights, starts, ends, firsts, lasts) -> the place of what each repeats, -1 for none, as bytes. */
static PyObject *heads(PyObject *self, PyObject *args) {
    (void)self;
    const void *a[FOLDS];
    Py_ssize_t sizes[FOLDS];
    Buffers buffers = {NULL};
    PyObject *result = NULL;
    int fits = borrow_all(&buffers, args, FOLDS, NULL, a, sizes);
    if (fits < 0) goto done;
    fits = fits && sizes[1] == sizes[2];
    for (int i = 4; fits && i < FOLDS; i++) fits = sizes[i] == sizes[3];
    for (int i = 0; fits && i < 3; i++) fits = are_places(a[i], sizes[i], sizes[3]);
    result = fits ? heads_of(a, sizes, sizes[3]) : do_not_fit();
done:
    release(&buffers);
    return result;
}

#endif
