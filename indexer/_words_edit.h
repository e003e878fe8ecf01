/* Edits of a text whose characters know where they come from: `AlignedText.edit`, of which the twin is in `aligned.py`. */

#ifndef PINCITE_WORDS_EDIT
#define PINCITE_WORDS_EDIT

#include "_words_cut.h"

typedef struct {
    Py_ssize_t size, first, last; /* characters, and start and end in the source */
    PyObject *as;                 /* the same as a tuple, where there is one */
} Run;

typedef struct {
    Run *runs; /* of the text before */
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
        before->size += run.size, before->last = run.last, before->as = NULL;
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
    if (take < run.size) run = (Run){take, run.first + skip, run.first + skip + take, NULL};
    e->place += take;
    if (e->place - e->begins == e->runs[e->at].size) e->begins = e->place, e->at++;
    return run;
}

/* What a replacement of the text up to `end` stands for, which is passed; -1 with an exception. */
static int stretch(Edited *e, Py_ssize_t end, PyObject *new, Run *found) {
    if (e->place == end) {
        Run none = {0, 0, 0, NULL};
        if (e->at < e->count) none.first = e->runs[e->at].first + (e->place - e->begins);
        else if (e->count) none.first = e->runs[e->count - 1].last;
        *found = none, found->last = none.first;
        return 0;
    }
    Run hull = {0, PY_SSIZE_T_MAX, 0, NULL}, lead = hull, before = hull;
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
        if (add(e, (Run){is_one ? size : 1, found.first, found.last, NULL}) < 0) return PyErr_NoMemory(), -1;
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

/* The numbers that a tuple of `size` begins with; -1 with an exception. */
static int numbers_of(PyObject *tuple, Py_ssize_t size, Py_ssize_t *numbers, int count) {
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != size) {
        PyErr_SetString(PyExc_TypeError, "an edit or a run is a tuple of three");
        return -1;
    }
    for (int i = 0; i < count; i++) {
        numbers[i] = PyLong_AsSsize_t(PyTuple_GetItem(tuple, i));
        if (numbers[i] == -1 && PyErr_Occurred()) return -1;
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
        PyObject *edit = PyTuple_GetItem(edits, i);
        Py_ssize_t bounds[2], done = e->place;
        if (numbers_of(edit, 3, bounds, 2) < 0) return -1;
        Py_ssize_t start = bounds[0], end = bounds[1];
        PyObject *new = PyTuple_GetItem(edit, 2);
        if (!PyUnicode_Check(new)) return PyErr_SetString(PyExc_TypeError, "an edit puts a text"), -1;
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
static int take_runs(Edited *e, PyObject *runs) {
    Py_ssize_t left = e->length;
    e->count = PyTuple_Size(runs);
    if (!(e->runs = malloc(((size_t)e->count + 1) * sizeof *e->runs))) return PyErr_NoMemory(), -1;
    for (Py_ssize_t i = 0; i < e->count; i++) {
        Run *run = &e->runs[i];
        run->as = PyTuple_GetItem(runs, i);
        Py_ssize_t numbers[3];
        if (numbers_of(run->as, 3, numbers, 3) < 0) return -1;
        run->size = numbers[0], run->first = numbers[1], run->last = numbers[2];
        int is_sound = run->size > 0 && run->size <= left && run->first >= 0 && run->last >= run->first;
        if (!is_sound || (run->size > 1 && !is_even(*run))) {
            PyErr_SetString(PyExc_ValueError, "a run is one to one or of one character, and lies in the text");
            return -1;
        }
        left -= run->size;
    }
    if (left) return PyErr_SetString(PyExc_ValueError, "the runs do not cover the text"), -1;
    return 0;
}

/* A run as a tuple: `Py_BuildValue` takes twice the time. */
static PyObject *tuple_of(Run run) {
    PyObject *made = PyTuple_New(3);
    const Py_ssize_t numbers[3] = {run.size, run.first, run.last};
    for (int i = 0; made && i < 3; i++) {
        PyObject *number = PyLong_FromSsize_t(numbers[i]);
        if (!number || PyTuple_SetItem(made, i, number) < 0) Py_CLEAR(made);
    }
    return made;
}

/* The runs of the text after, and where each begins, in tuples. */
static PyObject *runs_made(const Edited *e, PyObject *text) {
    PyObject *runs = PyTuple_New(e->size), *starts = PyTuple_New(e->size + 1), *made = NULL;
    Py_ssize_t start = 0;
    if (!text || !runs || !starts) goto done;
    for (Py_ssize_t i = 0; i <= e->size; i++) {
        PyObject *at = PyLong_FromSsize_t(start);
        if (!at || PyTuple_SetItem(starts, i, at) < 0) goto done;
        if (i == e->size) break;
        const Run *run = &e->made[i];
        PyObject *as = run->as ? Py_NewRef(run->as) : tuple_of(*run);
        if (!as || PyTuple_SetItem(runs, i, as) < 0) goto done;
        start += run->size;
    }
    made = PyTuple_Pack(3, text, runs, starts);
done:
    Py_XDECREF(runs), Py_XDECREF(starts);
    return made;
}

/* edit(text, runs, edits) -> text, runs and where each begins, after all edits at once. */
static PyObject *edit_text(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *text, *runs, *edits, *made = NULL;
    if (!PyArg_ParseTuple(args, "UO!O!", &text, &PyTuple_Type, &runs, &PyTuple_Type, &edits)) return NULL;
    Edited e = {.length = PyUnicode_GetLength(text)};
    PyObject *pieces = PyList_New(0), *nothing = PyUnicode_FromString("");
    if (pieces && nothing && take_runs(&e, runs) == 0 && edit_all(&e, text, edits, pieces) == 0) {
        PyObject *after = PyUnicode_Join(nothing, pieces);
        made = runs_made(&e, after);
        Py_XDECREF(after);
    }
    Py_XDECREF(pieces), Py_XDECREF(nothing);
    free(e.runs), free(e.made);
    return made;
}

#endif
