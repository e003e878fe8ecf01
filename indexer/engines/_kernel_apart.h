/* Which of the passages that were found overlap none that is better, as `apart.py` tells it in numpy. */

#ifndef PINCITE_APART
#define PINCITE_APART

#include "_kernel_lists.h"

enum { ORDER, NUMBERS, SCORES, FIRST, FOLLOWED, COLUMNS_GIVEN };
enum { LEFT = 1, RIGHT = 2 }; /* the sides on which a passage has a better neighbour */

typedef struct {
    const int64_t *order, *numbers; /* the places of the passages by number, and the number of each */
    const double *scores;
    const uint8_t *first, *followed; /* whether each stays, and whether the passage with the next number overlaps it */
    Py_ssize_t count;
} Passages;

/* From the left: the sides of each, by its place in the order, and whether it stays for what stands left of it. None is
   better than the first, and of neighbours that are as good the left one is. Without a branch: whether two overlap
   cannot be foretold. */
static void from_the_left(const Passages p, uint8_t *restrict sides, uint8_t *restrict stays) {
    int left = 0, beside = 0, first = p.count && p.first[p.order[0]];
    for (Py_ssize_t i = 0; i < p.count; i++) {
        int64_t one = p.order[i], other = p.order[i + 1 < p.count ? i + 1 : i];
        int overlap = p.followed[one] & (p.numbers[other] == (int64_t)((uint64_t)p.numbers[one] + 1));
        int second = p.first[other], falls = p.scores[other] <= p.scores[one];
        sides[i] = (uint8_t)(left | RIGHT * (overlap & !first & (second | !falls)));
        stays[i] = (uint8_t)(beside = (sides[i] != LEFT) | !beside);
        left = LEFT * (overlap & !second & (first | falls));
        first = second;
    }
}

/* From the right: what is better than its neighbours stays, and from there every other one does; a valley where neither
   side does. What is told is by place, and not of the first. */
static void from_the_right(const Passages p, const uint8_t *restrict sides, const uint8_t *restrict stays,
                           uint8_t *restrict told) {
    int beside = 0;
    for (Py_ssize_t i = p.count; i-- > 0;) {
        int before = sides[i] & LEFT ? stays[i - 1] : 0;
        beside = sides[i] & RIGHT ? !(beside | before) : stays[i];
        told[p.order[i]] = (uint8_t)(beside & !p.first[p.order[i]]);
    }
}

/* What each of the passages is told, or NULL and an error. */
static PyObject *told_apart(const Passages p) {
    for (Py_ssize_t i = 0; i < p.count; i++) {
        if (p.order[i] >= 0 && p.order[i] < p.count) continue;
        PyErr_SetString(PyExc_ValueError, "an order names places that are not there");
        return NULL;
    }
    uint8_t *room = malloc(2 * (size_t)p.count + 1);
    if (!room) return PyErr_NoMemory();
    PyObject *result = PyBytes_FromStringAndSize(NULL, p.count);
    if (result) {
        uint8_t *told = (uint8_t *)PyBytes_AsString(result);
        memset(told, 0, (size_t)p.count); /* the order may leave places out */
        from_the_left(p, room, room + p.count);
        from_the_right(p, room, room + p.count, told);
    }
    free(room);
    return result;
}

/* apart(order, numbers, scores, first, followed) -> for each passage whether it stays; not for the first. */
static PyObject *apart(PyObject *self, PyObject *args) {
    (void)self;
    static const Py_ssize_t items[COLUMNS_GIVEN] = {8, 8, 8, 1, 1};
    PyObject *given[COLUMNS_GIVEN], *result = NULL;
    if (!PyArg_ParseTuple(args, "OOOOO", &given[0], &given[1], &given[2], &given[3], &given[4])) return NULL;
    Buffers buffers = {NULL};
    const void *held[COLUMNS_GIVEN];
    Py_ssize_t count = 0, size;
    for (int i = 0; i < COLUMNS_GIVEN; count = size, i++) {
        if (!(held[i] = borrow(&buffers, given[i], PyBUF_SIMPLE, items[i], &size))) goto done;
        if (!i || size == count) continue;
        PyErr_SetString(PyExc_ValueError, "the columns of passages are not of one length");
        goto done;
    }
    result = told_apart((Passages){held[ORDER], held[NUMBERS], held[SCORES], held[FIRST], held[FOLLOWED], count});
done:
    release(&buffers);
    return result;
}

#endif
