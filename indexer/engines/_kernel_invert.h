/* Terms by document -> documents by term: the occurrences of a segment counted, then put where they belong. */

#ifndef PINCITE_INVERT
#define PINCITE_INVERT

#include "_kernel_lists.h"

/* What comes by document: which term, in which document, and where. */
typedef struct {
    const uint32_t *places, *numbers, *docs, *counts, *positions; /* places: of the terms in their order, by number */
    Py_ssize_t terms, occurrences, documents;
} Collected;

/* How many occurrences each term has, added up; -1 when a number is that of no term. */
static int count_terms(const Collected *from, uint32_t *ends) {
    for (Py_ssize_t i = 0; i < from->terms; i++) {
        if (from->places[i] >= from->terms) return -1;
    }
    for (Py_ssize_t i = 0; i < from->occurrences; i++) {
        if (from->numbers[i] >= from->terms) return -1;
        ends[from->places[from->numbers[i]]]++;
    }
    for (Py_ssize_t i = 1; i < from->terms; i++) ends[i] += ends[i - 1];
    return 0;
}

/* Put each occurrence behind those of its term, from the last to the first; `ends` become where terms begin. */
static void put(const Collected *from, uint32_t *ends, uint32_t *docs, uint32_t *positions) {
    Py_ssize_t at = from->occurrences;
    for (Py_ssize_t document = from->documents - 1; document >= 0; document--) {
        for (uint32_t left = from->counts[document]; left > 0; left--) {
            uint32_t place = --ends[from->places[from->numbers[--at]]];
            docs[place] = from->docs[document];
            if (positions) positions[place] = from->positions[at];
        }
    }
}

/* The postings of each term, where `firsts` says that its occurrences begin, and how many they are; `docs` hold the
   document of each occurrence, then that of each posting. -2 when the positions of one do not ascend. */
static Py_ssize_t make_postings(const Collected *from, const uint32_t *firsts, uint32_t *counts, uint32_t *docs,
                                uint32_t *frequencies, const uint32_t *positions) {
    Py_ssize_t postings = 0, at = 0;
    for (Py_ssize_t term = 0; term < from->terms; term++) {
        Py_ssize_t end = term + 1 < from->terms ? (Py_ssize_t)firsts[term + 1] : from->occurrences;
        Py_ssize_t before = postings;
        for (Py_ssize_t first; at < end; frequencies[postings++] = (uint32_t)(at - first)) {
            docs[postings] = docs[first = at];
            while (++at < end && docs[at] == docs[postings]) {
                if (positions && positions[at] < positions[at - 1]) return -2;
            }
        }
        counts[term] = (uint32_t)(postings - before);
    }
    return postings;
}

static int is_collected(const Collected *from, Py_ssize_t counts, Py_ssize_t positions) {
    uint64_t sum = 0;
    for (Py_ssize_t i = 0; counts == from->documents && i < counts; i++) sum += from->counts[i];
    if (counts == from->documents && sum == (uint64_t)from->occurrences && sum < UINT32_MAX &&
        (!from->positions || positions == from->occurrences)) return 1;
    PyErr_SetString(PyExc_ValueError, "there are not as many terms or positions as there should be");
    return 0;
}

/* Numbers in bytes of Python's own, to be written. */
static PyObject *room_for(Py_ssize_t count, uint32_t **numbers) {
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, count * (Py_ssize_t)sizeof **numbers);
    *numbers = bytes ? (uint32_t *)PyBytes_AsString(bytes) : NULL;
    return bytes;
}

/* invert(places, numbers, docs, counts, positions) -> how many postings there are, and of terms in their order: postings
   of each; document and frequency of each posting, with room behind the last; position of each occurrence, if given.
   Documents come with how many terms each has, ascending. None where positions of a term in a document do not ascend,
   which is rare and left to numpy. */
static PyObject *invert(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *asked[5], *result = NULL, *made[4] = {NULL};
    if (!PyArg_ParseTuple(args, "OOOOO", &asked[0], &asked[1], &asked[2], &asked[3], &asked[4])) return NULL;
    Buffers buffers = {NULL};
    Collected from = {NULL};
    Py_ssize_t sizes[5] = {0};
    const uint32_t *held[5] = {NULL};
    uint32_t *firsts = NULL, *counts, *docs, *frequencies, *positions = NULL;
    for (int i = 0; i < 5; i++) {
        if (i == 4 && asked[i] == Py_None) break;
        if (!(held[i] = borrow(&buffers, asked[i], PyBUF_SIMPLE, sizeof **held, &sizes[i]))) goto done;
    }
    from = (Collected){held[0], held[1], held[2], held[3], held[4], sizes[0], sizes[1], sizes[2]};
    if (!is_collected(&from, sizes[3], sizes[4])) goto done;
    if (!(made[0] = room_for(from.terms, &counts)) || !(made[1] = room_for(from.occurrences, &docs))) goto done;
    if (!(made[2] = room_for(from.occurrences, &frequencies))) goto done;
    if (held[4] && !(made[3] = room_for(from.occurrences, &positions))) goto done;
    firsts = calloc((size_t)from.terms + 1, sizeof *firsts);
    if (!firsts) {
        PyErr_NoMemory();
        goto done;
    }
    Py_ssize_t postings = -1;
    Py_BEGIN_ALLOW_THREADS
    if (count_terms(&from, firsts) == 0) {
        put(&from, firsts, docs, positions);
        postings = make_postings(&from, firsts, counts, docs, frequencies, positions);
    }
    Py_END_ALLOW_THREADS
    if (postings == -1) PyErr_SetString(PyExc_ValueError, "a number is that of no term");
    else if (postings < 0) result = Py_NewRef(Py_None);
    else result = Py_BuildValue("nOOOO", postings, made[0], made[1], made[2], made[3] ? made[3] : Py_None);
done:
    release(&buffers);
    for (int i = 0; i < 4; i++) Py_XDECREF(made[i]);
    free(firsts);
    return result;
}

#endif
