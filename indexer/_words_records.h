/* Records of Python made without their __init__, which takes most of the time. */

#ifndef PINCITE_WORDS_RECORDS
#define PINCITE_WORDS_RECORDS

#include "_words_cut.h"

/* As `marks.py` has them: a class with two members, start and end, and a tuple of a text, such a span and a position. */
typedef struct {
    PyObject *span, *start, *end, *term;
} Records;

/* Take them from a tuple; 0 with an exception. */
static int take_records(PyObject *given, void *taken) {
    Records *r = taken;
    int is_sound = PyTuple_Check(given) &&
                   PyArg_ParseTuple(given, "O!O!O!O!", &PyType_Type, &r->span, &PyMemberDescr_Type, &r->start,
                                    &PyMemberDescr_Type, &r->end, &PyType_Type, &r->term);
    if (is_sound && PyType_IsSubtype((PyTypeObject *)r->term, &PyTuple_Type)) return 1;
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "records are a class, two members of it, and a tuple");
    return 0;
}

/* A new object of a class that is one of another's, made as that makes its own. */
static PyObject *new_of(PyObject *type, PyTypeObject *as, PyObject *args) {
    newfunc make = (newfunc)PyType_GetSlot(as, Py_tp_new);
    if (make) return make((PyTypeObject *)type, args, NULL);
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "of this class there are no objects");
    return NULL;
}

static int set_number(PyObject *member, PyObject *object, Py_ssize_t number) {
    descrsetfunc set = (descrsetfunc)PyType_GetSlot(&PyMemberDescr_Type, Py_tp_descr_set);
    PyObject *value = PyLong_FromSsize_t(number);
    int is_set = value ? set(member, object, value) : -1; /* which asks whether the member is one of it */
    Py_XDECREF(value);
    return is_set;
}

static PyObject *span_of(const Records *r, Py_ssize_t start, Py_ssize_t end) {
    PyObject *none = PyTuple_New(0), *span = none ? new_of(r->span, (PyTypeObject *)r->span, none) : NULL;
    Py_XDECREF(none);
    if (span && (set_number(r->start, span, start) < 0 || set_number(r->end, span, end) < 0)) Py_CLEAR(span);
    return span;
}

static PyObject *term_of(const Records *r, PyObject *text, Py_ssize_t start, Py_ssize_t end, PyObject *position) {
    PyObject *span = span_of(r, start, end), *fields = span ? PyTuple_Pack(3, text, span, position) : NULL;
    PyObject *args = fields ? PyTuple_Pack(1, fields) : NULL, *term = args ? new_of(r->term, &PyTuple_Type, args) : NULL;
    Py_XDECREF(span), Py_XDECREF(fields), Py_XDECREF(args);
    return term;
}

#endif
