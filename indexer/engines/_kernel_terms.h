/* Where a term stands among all terms of a field. */

#ifndef PINCITE_TERMS
#define PINCITE_TERMS

#include "_kernel_lists.h"

/* lower(terms, ends, term) -> the first place whose term is not less; terms stand in order, one behind the other. */
static PyObject *lower(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *all, *edges, *wanted;
    Py_ssize_t length, count, size;
    if (!PyArg_ParseTuple(args, "OOO", &all, &edges, &wanted)) return NULL;
    Buffers buffers = {NULL};
    const uint8_t *terms = borrow(&buffers, all, PyBUF_SIMPLE, 1, &length), *term = NULL;
    const uint32_t *ends = terms ? borrow(&buffers, edges, PyBUF_SIMPLE, sizeof *ends, &count) : NULL;
    if (ends) term = borrow(&buffers, wanted, PyBUF_SIMPLE, 1, &size);
    Py_ssize_t low = 0, high = term ? count : 0;
    int is_broken = 0;
    while (low < high && !is_broken) {
        Py_ssize_t middle = low + (high - low) / 2, start = middle ? ends[middle - 1] : 0, end = ends[middle];
        if ((is_broken = start > end || end > length)) break;
        int order = memcmp(terms + start, term, (size_t)(end - start < size ? end - start : size));
        if (order < 0 || (order == 0 && end - start < size)) low = middle + 1;
        else high = middle;
    }
    release(&buffers);
    if (!term) return NULL;
    if (!is_broken) return PyLong_FromSsize_t(low);
    PyErr_SetString(PyExc_ValueError, "the terms of a field are not as they were written");
    return NULL;
}

#endif
