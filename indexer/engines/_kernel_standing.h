/* Where clauses stand, as `standing.py` finds it in numpy: what is to be done is said in steps, by the last first. */

#ifndef PINCITE_STANDING
#define PINCITE_STANDING

#include "_kernel_lists.h"

#define POSITION_BITS 32

enum { TERM, ANY, IN_A_ROW, CLOSE_BY, STEP = 3 }; /* what a step does; each has a number of rows, or a row's, and a width */

/* Places in order, none twice. */
typedef struct {
    const int64_t *places;
    int64_t *own; /* NULL when they are another's */
    Py_ssize_t count;
} Row;

/* The rows that wait to be taken by a step, the last on top; what is left at the end is a row for each clause. */
typedef struct {
    Row *rows;
    Py_ssize_t count;
} Rows;

static void drop_rows(Rows *rows, Py_ssize_t left) {
    while (rows->count > left) free(rows->rows[--rows->count].own);
}

static void end_rows(Rows *rows) {
    drop_rows(rows, 0);
    free(rows->rows);
}

/* Put places that ascend on top, each once, if they are such as a passage below `most` has: 0, -1 when they are not, -2
   without the memory. */
static int put_term(Rows *rows, const int64_t *places, Py_ssize_t count, int64_t most) {
    Row row = {places, NULL, count};
    Py_ssize_t kept = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (places[i] < (i ? places[i - 1] : 0) || places[i] >= most) return -1;
        kept += !i || places[i] > places[i - 1];
    }
    if (kept < count) {
        if (!(row.own = malloc((size_t)kept * sizeof *row.own))) return -2;
        row.places = row.own, row.count = 0;
        for (Py_ssize_t i = 0; i < count; i++)
            if (!i || places[i] > places[i - 1]) row.own[row.count++] = places[i];
    }
    rows->rows[rows->count++] = row;
    return 0;
}

/* The places of any of some rows; -2 without the memory. */
static int merge(const Row *rows, Py_ssize_t count, Row *merged) {
    Py_ssize_t all = 0;
    for (Py_ssize_t i = 0; i < count; i++) all += rows[i].count;
    int64_t *made = malloc(((size_t)all * 2 + 1) * sizeof *made), *spare = made + all;
    if (!made) return -2;
    *merged = (Row){made, made, 0};
    for (Py_ssize_t i = 0; i < count; i++) { /* one row after another: they are few */
        const int64_t *more = rows[i].places, *end = more + rows[i].count;
        const int64_t *before = memcpy(spare, made, (size_t)merged->count * sizeof *made), *last = spare + merged->count;
        for (merged->count = 0; before < last || more < end; merged->count++) {
            int64_t place = before == last || (more < end && *more < *before) ? *more : *before;
            before += before < last && *before == place, more += more < end && *more == place;
            made[merged->count] = place;
        }
    }
    return 0;
}

/* Leave in the row those of its places at which another stands so many further on. */
static void keep_followed(Row *row, const Row *next, int64_t step) {
    Py_ssize_t kept = 0, at = 0;
    for (Py_ssize_t i = 0; i < row->count; i++) {
        while (at < next->count && next->places[at] < row->own[i] + step) at++;
        if (at < next->count && next->places[at] == row->own[i] + step) row->own[kept++] = row->own[i];
    }
    row->count = kept;
}

/* Leave in the row those of its places from which another stands within so many words. */
static void keep_close(Row *row, const Row *other, int64_t width) {
    Py_ssize_t kept = 0, at = 0;
    for (Py_ssize_t i = 0; i < row->count; i++) {
        while (at < other->count && other->places[at] < row->own[i]) at++;
        if (at < other->count && other->places[at] - row->own[i] < width) row->own[kept++] = row->own[i];
    }
    row->count = kept;
}

/* Put one row on top in place of so many: 0, -2 without the memory. */
static int combine(Rows *rows, int64_t what, Py_ssize_t count, int64_t width) {
    Row *parts = rows->rows + rows->count - count, made;
    if (merge(parts, what == IN_A_ROW && count ? 1 : count, &made) < 0) return -2;
    for (Py_ssize_t i = what == IN_A_ROW; i < count && what != ANY; i++)
        what == IN_A_ROW ? keep_followed(&made, &parts[i], i) : keep_close(&made, &parts[i], width);
    drop_rows(rows, rows->count - count);
    rows->rows[rows->count++] = made;
    return 0;
}

/* Take all steps: 0, -1 when they or the places are not as they should be, -2 without the memory. */
static int take_steps(const int64_t *steps, Py_ssize_t count, const Row *terms, Py_ssize_t all, int64_t most, Rows *rows) {
    if (!(rows->rows = malloc(((size_t)count + 1) * sizeof *rows->rows))) return -2;
    for (Py_ssize_t i = 0; i < count; i++, steps += STEP) {
        int state = -1;
        if (steps[0] == TERM && steps[1] >= 0 && steps[1] < all)
            state = put_term(rows, terms[steps[1]].places, terms[steps[1]].count, most);
        else if (steps[0] > TERM && steps[0] <= CLOSE_BY && steps[1] >= 0 && steps[1] <= rows->count)
            state = combine(rows, steps[0], (Py_ssize_t)steps[1], steps[2]);
        if (state < 0) return state;
    }
    return 0;
}

/* Borrow the places of some terms; NULL with an exception. */
static Row *borrow_rows(Buffers *buffers, PyObject *tuple, Py_ssize_t *count) {
    if (!is_tuple(tuple)) return NULL;
    *count = PyTuple_Size(tuple);
    Row *rows = calloc((size_t)*count + 1, sizeof *rows);
    if (!rows) PyErr_NoMemory();
    for (Py_ssize_t i = 0; rows && i < *count; i++)
        if (!(rows[i].places = borrow(buffers, PyTuple_GetItem(tuple, i), PyBUF_SIMPLE, 8, &rows[i].count))) {
            free(rows);
            rows = NULL;
        }
    return rows;
}

/* Say of passages, a row each, whether each clause stands in it; NULL with an exception. */
static PyObject *tell_held(const Rows *rows, Py_ssize_t passages) {
    if (rows->count && passages > PY_SSIZE_T_MAX / rows->count) return PyErr_NoMemory();
    PyObject *told = PyBytes_FromStringAndSize(NULL, passages * rows->count);
    if (!told) return NULL;
    uint8_t *held = memset(PyBytes_AsString(told), 0, (size_t)(passages * rows->count));
    for (Py_ssize_t clause = 0; clause < rows->count; clause++)
        for (Py_ssize_t i = 0; i < rows->rows[clause].count; i++)
            held[(rows->rows[clause].places[i] >> POSITION_BITS) * rows->count + clause] = 1;
    return told;
}

/* holding((places, ...), steps, passages) -> a truth for each passage, a row, and each clause that is left. */
static PyObject *holding(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *terms, *steps, *told = NULL;
    Py_ssize_t passages, all, count;
    const int64_t *taken;
    if (!PyArg_ParseTuple(args, "OOn", &terms, &steps, &passages)) return NULL;
    Buffers buffers = {NULL};
    Rows rows = {NULL};
    Row *places = borrow_rows(&buffers, terms, &all);
    if (places && (taken = borrow(&buffers, steps, PyBUF_SIMPLE, 8, &count))) {
        int fits = passages >= 0 && passages <= INT32_MAX && count % STEP == 0;
        int state = fits ? take_steps(taken, count / STEP, places, all, (int64_t)passages << POSITION_BITS, &rows) : -1;
        if (state == -2) PyErr_NoMemory();
        else if (state < 0) PyErr_SetString(PyExc_ValueError, "a clause stands where no passage is");
        else told = tell_held(&rows, passages);
    }
    end_rows(&rows);
    release(&buffers);
    free(places);
    return told;
}

#endif
