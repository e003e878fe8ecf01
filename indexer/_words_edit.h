/* Edits of a text whose characters know where they come from: `AlignedText.edit`, of which the twin is in `aligned.py`. */

#ifndef PINCITE_WORDS_EDIT
#define PINCITE_WORDS_EDIT

#include "_words_cut.h"

typedef struct {
    int64_t size, first, last; /* characters, and start and end in the source: three numbers as `packed` has them */
} Run;

typedef struct {
    const Run *runs; /* of the text before */
    Py_ssize_t count, length;
    Py_ssize_t at, begins, place; /* a run, where it begins in the text, and how much of this has been passed */
    Run *made;                    /* of the text after */
    Py_ssize_t size, room;
} Edited;

static int is_even(Run run) { return run.size == run.last - run.first; }

/* Add a run to those of the text after, joined with the last one where the two are one; -1 without the memory. */
static int add(Edited *e, Run run) {
    Run *before = e->size ? &e->made[e->size - 1] : NULL;
    if (before && before->last == run.first && is_even(*before) && is_even(run)) {
        before->size += run.size, before->last = run.last;
        return 0;
    }
    if (e->size == e->room) {
        Py_ssize_t room = 2 * e->room + 64;
        Run *moved = realloc(e->made, (size_t)room * sizeof *moved);
        if (!moved) return -1;
        e->made = moved, e->room = room;
    }
    e->made[e->size++] = run;
    return 0;
}

/* The run that holds the next character, from this up to `end` at most; it is passed. */
static Run next(Edited *e, Py_ssize_t end) {
    Run run = e->runs[e->at];
    Py_ssize_t skip = e->place - e->begins, take = run.size - skip;
    if (take > end - e->place) take = end - e->place;
    if (take < run.size) run = (Run){take, run.first + skip, run.first + skip + take};
    e->place += take;
    if (e->place - e->begins == e->runs[e->at].size) e->begins = e->place, e->at++;
    return run;
}

/* What a replacement of the text up to `end` stands for, which is passed; -1 with an exception. */
static int stretch(Edited *e, Py_ssize_t end, PyObject *new, Run *found) {
    if (e->place == end) {
        Run none = {0, 0, 0};
        if (e->at < e->count) none.first = e->runs[e->at].first + (e->place - e->begins);
        else if (e->count) none.first = e->runs[e->count - 1].last;
        *found = none, found->last = none.first;
        return 0;
    }
    Run hull = {0, INT64_MAX, 0}, lead = hull, before = hull;
    int pieces = 0, moved = 0, apart = 0; /* those that stand for something */
    while (e->place < end) {
        Run run = next(e, end);
        if (run.first < hull.first) hull.first = run.first;
        if (run.last > hull.last) hull.last = run.last;
        if (run.first == run.last) continue;
        if (!pieces++) lead = run;
        else {
            moved |= run.first < before.last && (run.first != before.first || run.last != before.last);
            apart |= before.last < run.first;
        }
        before = run;
    }
    if (apart && !moved) {
        PyObject *blank = PyObject_CallMethod(new, "isspace", NULL);
        if (!blank) return -1;
        moved = blank == Py_True;
        Py_DECREF(blank);
    }
    *found = moved ? lead : hull;
    return 0;
}

/* The runs of a replacement; -1 with an exception. */
static int replace(Edited *e, Py_ssize_t end, PyObject *new) {
    Run found;
    Py_ssize_t size = PyUnicode_GetLength(new);
    if (stretch(e, end, new, &found) < 0) return -1;
    int is_one = size == found.last - found.first;
    for (Py_ssize_t i = 0; i < size; i += is_one ? size : 1) {
        if (add(e, (Run){is_one ? size : 1, found.first, found.last}) < 0) return PyErr_NoMemory(), -1;
    }
    return 0;
}

/* The runs up to a place, as they are; -1 with an exception. */
static int keep_runs(Edited *e, Py_ssize_t end) {
    while (e->place < end) {
        if (add(e, next(e, end)) < 0) return PyErr_NoMemory(), -1;
    }
    return 0;
}

/* The bounds of an edit, and the text that it puts there; -1 with an exception. */
static int edit_of(PyObject *edit, Py_ssize_t *bounds, PyObject **new) {
    if (!PyTuple_Check(edit) || PyTuple_Size(edit) != 3 || !PyUnicode_Check(*new = PyTuple_GetItem(edit, 2))) {
        return PyErr_SetString(PyExc_TypeError, "an edit is a tuple of two places and a text"), -1;
    }
    for (int i = 0; i < 2; i++) {
        bounds[i] = PyLong_AsSsize_t(PyTuple_GetItem(edit, i));
        if (bounds[i] == -1 && PyErr_Occurred()) return -1;
    }
    return 0;
}

/* Add a piece of the text after to a list, which takes it; -1 with an exception. */
static int add_piece(PyObject *pieces, PyObject *piece) {
    int failed = !piece || PyList_Append(pieces, piece) < 0;
    Py_XDECREF(piece);
    return failed ? -1 : 0;
}

/* Make all edits; -1 with an exception. */
static int edit_all(Edited *e, PyObject *text, PyObject *edits, PyObject *pieces) {
    for (Py_ssize_t i = 0; i < PyTuple_Size(edits); i++) {
        PyObject *new;
        Py_ssize_t bounds[2], done = e->place;
        if (edit_of(PyTuple_GetItem(edits, i), bounds, &new) < 0) return -1;
        Py_ssize_t start = bounds[0], end = bounds[1];
        if (start < done || end < start || end > e->length) {
            PyErr_Format(PyExc_ValueError, "edit %zd-%zd overlaps another or lies outside the text", start, end);
            return -1;
        }
        if (keep_runs(e, start) < 0 || replace(e, end, new) < 0) return -1;
        if (add_piece(pieces, PyUnicode_Substring(text, done, start)) < 0 || PyList_Append(pieces, new) < 0) return -1;
    }
    Py_ssize_t done = e->place;
    if (keep_runs(e, e->length) < 0) return -1;
    return add_piece(pieces, PyUnicode_Substring(text, done, e->length));
}

/* Take the runs of the text before; -1 with an exception. */
static int take_runs(Edited *e, PyObject *packed) {
    char *held;
    Py_ssize_t size;
    int64_t left = e->length;
    if (PyBytes_AsStringAndSize(packed, &held, &size) < 0) return -1;
    if (size % (Py_ssize_t)sizeof(Run)) return PyErr_SetString(PyExc_ValueError, "a run is cut short"), -1;
    e->runs = (const Run *)held; /* bytes begin at a multiple of eight */
    e->count = size / (Py_ssize_t)sizeof(Run);
    for (Py_ssize_t i = 0; i < e->count; i++) {
        const Run run = e->runs[i];
        int is_sound = run.size > 0 && run.size <= left && run.first >= 0 && run.last >= run.first;
        if (!is_sound || (run.size > 1 && !is_even(run))) {
            PyErr_SetString(PyExc_ValueError, "a run is one to one or of one character, and lies in the text");
            return -1;
        }
        left -= run.size;
    }
    if (left) return PyErr_SetString(PyExc_ValueError, "the runs do not cover the text"), -1;
    return 0;
}

/* edit(text, packed runs, edits) -> text and packed runs after all edits at once. */
static PyObject *edit_text(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *text, *packed, *edits, *made = NULL;
    if (!PyArg_ParseTuple(args, "USO!", &text, &packed, &PyTuple_Type, &edits)) return NULL;
    Edited e = {.length = PyUnicode_GetLength(text)};
    PyObject *pieces = PyList_New(0), *nothing = PyUnicode_FromString("");
    if (pieces && nothing && take_runs(&e, packed) == 0 && edit_all(&e, text, edits, pieces) == 0) {
        PyObject *after = PyUnicode_Join(nothing, pieces);
        if (after) made = Py_BuildValue(
            "NN", after, PyBytes_FromStringAndSize((const char *)e.made, e.size * (Py_ssize_t)sizeof(Run)));
    }
    Py_XDECREF(pieces), Py_XDECREF(nothing);
    free(e.made);
    return made;
}

#endif
