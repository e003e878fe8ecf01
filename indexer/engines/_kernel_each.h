/* Where each of some terms stands in each of some passages, and what stands there under flags, as `standing.py` and
   `layout.py` tell it in Python. */

#ifndef PINCITE_EACH
#define PINCITE_EACH

#include "_kernel_standing.h"

/* The first place that is not before another. */
static Py_ssize_t first_from(const Row *row, int64_t place) {
    Py_ssize_t low = 0, high = row->count;
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (row->places[middle] < place) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Note at which positions of a passage a term stands, if it stands there at all; -1 with an exception. */
static int note_positions(PyObject *noted, PyObject *term, const Row *row, int64_t passage) {
    Py_ssize_t first = first_from(row, passage << POSITION_BITS), end = first;
    while (end < row->count && row->places[end] >> POSITION_BITS == passage) end++;
    if (first == end) return 0;
    PyObject *positions = PyList_New(end - first);
    for (Py_ssize_t i = first; positions && i < end; i++) {
        PyObject *position = PyLong_FromLongLong(row->places[i] & (((int64_t)1 << POSITION_BITS) - 1));
        if (!position || PyList_SetItem(positions, i - first, position) < 0) Py_CLEAR(positions);
    }
    int state = positions ? PyDict_SetItem(noted, term, positions) : -1;
    Py_XDECREF(positions);
    return state;
}

/* Of each passage, term -> positions; NULL with an exception. */
static PyObject *note_each(PyObject *terms, const Row *rows, Py_ssize_t all, const int64_t *passages, Py_ssize_t count) {
    PyObject *told = PyList_New(count);
    for (Py_ssize_t i = 0; told && i < count; i++) {
        PyObject *noted = PyDict_New();
        int state = noted ? PyList_SetItem(told, i, noted) : -1;
        if (!state && (passages[i] < 0 || passages[i] > INT32_MAX)) {
            PyErr_SetString(PyExc_ValueError, "there is no passage of that number");
            state = -1;
        }
        for (Py_ssize_t j = 0; j < all && !state; j++) state = note_positions(noted, PyTuple_GetItem(terms, j), &rows[j], passages[i]);
        if (state < 0) Py_CLEAR(told);
    }
    return told;
}

/* each(terms, rows, passages) -> of each passage a dictionary, term -> the positions at which it stands, of those that do. */
static PyObject *each(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *terms, *places, *wanted, *told = NULL;
    if (!PyArg_ParseTuple(args, "OOO", &terms, &places, &wanted) || !is_tuple(terms)) return NULL;
    Buffers buffers = {NULL};
    Py_ssize_t all, count;
    Row *rows = borrow_rows(&buffers, places, &all);
    const int64_t *passages = rows ? borrow(&buffers, wanted, PyBUF_SIMPLE, 8, &count) : NULL;
    if (passages && PyTuple_Size(terms) != all) PyErr_SetString(PyExc_ValueError, "there are not as many terms as there should be");
    else if (passages) told = note_each(terms, rows, all, passages, count);
    release(&buffers);
    free(rows);
    return told;
}

/* Note the flag of each word of some stretches; -1 with an exception. */
static int note_flags(PyObject *noted, const int64_t *stretches, int64_t count, PyObject *names) {
    for (int64_t i = 0; i < count; i++, stretches += 2) {
        if (stretches[0] < 0 || stretches[0] > UINT16_MAX || stretches[1] < 0 || stretches[1] > UINT16_MAX) {
            PyErr_SetString(PyExc_ValueError, "there is no word so far on in a passage");
            return -1;
        }
        for (int64_t at = stretches[0], end = at + (stretches[1] >> 2); at < end; at++) {
            PyObject *position = PyLong_FromLongLong(at), *name = PyTuple_GetItem(names, (Py_ssize_t)(stretches[1] & 3));
            int state = position && name ? PyDict_SetItem(noted, position, name) : -1;
            Py_XDECREF(position);
            if (state < 0) return -1;
        }
    }
    return 0;
}

/* The first of the stretches of a passage, all of which are among so many; -1 when they are not. */
static int64_t first_stretch(const int64_t *cues, Py_ssize_t passages, int64_t passage, int64_t count) {
    int64_t first = 0;
    if (passage < 0 || passage >= passages) return -1;
    for (int64_t at = 0;; first += cues[at++]) {
        if (cues[at] < 0 || cues[at] > count - first) return -1;
        if (at == passage) return first;
    }
}

/* flags(cues, stretches, passages, names) -> of each passage a dictionary, position -> the flag that its word stands under. */
static PyObject *flags(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *counts, *held, *wanted, *names, *told = NULL;
    if (!PyArg_ParseTuple(args, "OOOO", &counts, &held, &wanted, &names) || !is_tuple(names)) return NULL;
    Buffers buffers = {NULL};
    Py_ssize_t passages, size, count;
    const int64_t *cues, *stretches, *which;
    if (!(cues = borrow(&buffers, counts, PyBUF_SIMPLE, 8, &passages))) goto done;
    if (!(stretches = borrow(&buffers, held, PyBUF_SIMPLE, 8, &size))) goto done;
    if (!(which = borrow(&buffers, wanted, PyBUF_SIMPLE, 8, &count))) goto done;
    told = PyList_New(count);
    for (Py_ssize_t i = 0; told && i < count; i++) {
        int64_t first = first_stretch(cues, passages, which[i], size / 2);
        PyObject *noted = PyDict_New();
        int state = noted ? PyList_SetItem(told, i, noted) : -1;
        if (first < 0) PyErr_SetString(PyExc_ValueError, "there is no passage of that number");
        else if (!state) state = note_flags(noted, stretches + 2 * first, cues[which[i]], names);
        if (state < 0 || first < 0) Py_CLEAR(told);
    }
done:
    release(&buffers);
    return told;
}

#endif
