/* The words of a text as typed. */

#ifndef PINCITE_WORDS_TYPED
#define PINCITE_WORDS_TYPED

#include "_words_walk.h"
#include "_words_word.h"

typedef struct {
    PyObject *idle, *other, *found; /* terms that are none; by token what tells its terms; those that are found */
} Typed;

/* Add a term, whose reference it takes; -1 with an exception. */
static int add_typed(const Typed *p, PyObject *term) {
    int is_idle = term ? PySet_Contains(p->idle, term) : -1;
    int is_added = is_idle ? -(is_idle < 0) : PySet_Add(p->found, term);
    Py_XDECREF(term);
    return is_added;
}

/* Add what a part is as typed, and with the first of a compound what this is; -1 with an exception. */
static int add_typed_part(const Typed *p, const Token *t, int at) {
    const Part *part = &t->part[at];
    int start = part->start, size = part->end - start, is_first = !at || part[-1].is_last;
    int is_number = part->others == size && !memchr(t->text + start, '.', (size_t)size);
    if (!is_number && add_typed(p, typed_of(t, start, part->end)) < 0) return -1;
    if (!is_first || part->is_last) return 0;
    while (!part->is_last) part++;
    return add_typed(p, typed_of(t, start, part->end));
}

/* Add the terms of a token that is looked up; -1 with an exception. */
static int add_other(const Typed *p, PyObject *token) {
    PyObject *terms = token ? PyObject_GetItem(p->other, token) : NULL;
    int is_added = terms ? 0 : -1;
    if (terms && !PyTuple_Check(terms)) is_added = (PyErr_SetString(PyExc_TypeError, "a token has no terms"), -1);
    for (Py_ssize_t i = 0; is_added == 0 && i < PyTuple_Size(terms); i++) {
        is_added = PySet_Add(p->found, PyTuple_GetItem(terms, i));
    }
    Py_XDECREF(token), Py_XDECREF(terms);
    return is_added;
}

/* typed(text, classes, idle, other) -> the words of a text as typed, in a set.

   Classes are those of `table`; idle are words as typed that have no such term; `other` has those of tokens that are not
   letters, digits and what joins them. */
static PyObject *typed(PyObject *self, PyObject *args) {
    (void)self;
    Walk walk;
    Typed p;
    PyObject *text;
    if (!PyArg_ParseTuple(args, "Uy#OO", &text, &walk.classes, &walk.known, &p.idle, &p.other)) return NULL;
    if (take_walk(&walk, text) < 0) return NULL;
    p.found = PySet_New(NULL);
    int is_added = p.found ? 0 : -1;
    while (is_added == 0 && next_token(&walk)) {
        Token t;
        if (!cut_codes(&t, walk.codes + walk.start, walk.end - walk.start)) {
            is_added = add_other(&p, PyUnicode_Substring(text, walk.start, walk.end));
            continue;
        }
        for (int at = 0; is_added == 0 && at < t.parts; at++) is_added = add_typed_part(&p, &t, at);
    }
    if (is_added < 0) Py_CLEAR(p.found);
    PyMem_Free(walk.codes);
    return p.found;
}

#endif
