/* Lists of numbers packed as `packed.py` says, in two passes: how each list is packed, and its numbers. */

#include "_kernel_invert.h"

#define ASIDE 8 /* bytes of a number that stands aside */
#define CLASSES 3

static const int widths_of[CLASSES] = {1, 2, 4};
static const uint32_t most_of[CLASSES] = {UINT8_MAX, UINT16_MAX, UINT32_MAX}; /* this number or more stands aside */

/* Lists one behind the other; of documents, what is packed is how far each is from the one before. */
typedef struct {
    const uint32_t *numbers, *counts;
    Py_ssize_t size, lists;
    int are_docs;
} Unpacked;

/* All lists of a width, being packed. */
typedef struct {
    PyObject *held[3];
    uint8_t *numbers;
    uint32_t *wide_at, *wide;
    Py_ssize_t size, asides;
} Packing;

static ALWAYS_INLINE uint32_t to_pack(const Unpacked *from, Py_ssize_t first, Py_ssize_t at) {
    if (!from->are_docs) return from->numbers[at];
    return from->numbers[at] - (at > first ? from->numbers[at - 1] : UINT32_MAX);
}

/* The class in which a list takes the fewest bytes; CLASSES for a list of ones, which takes none. */
static int class_of(const Unpacked *from, Py_ssize_t first, Py_ssize_t count, Py_ssize_t *asides) {
    Py_ssize_t aside[CLASSES] = {0};
    int are_ones = 1, best = 0;
    for (Py_ssize_t at = first; at < first + count; at++) {
        uint32_t number = to_pack(from, first, at);
        are_ones &= number == 1, aside[0] += number >= most_of[0], aside[1] += number >= most_of[1];
    }
    if (are_ones) return CLASSES;
    for (int i = 1; i < CLASSES; i++) {
        if (widths_of[i] * count + ASIDE * aside[i] < widths_of[best] * count + ASIDE * aside[best]) best = i;
    }
    *asides = aside[best];
    return best;
}

/* How each list is packed, and how many numbers that makes; -1 when the lists are not as long as they should be. */
static int choose_widths(const Unpacked *from, uint8_t *widths, Packing *packing) {
    Py_ssize_t first = 0;
    for (Py_ssize_t list = 0; list < from->lists; first += from->counts[list++]) {
        Py_ssize_t count = from->counts[list], asides = 0;
        if (count > from->size - first) return -1;
        int class = class_of(from, first, count, &asides);
        widths[list] = class < CLASSES ? (uint8_t)widths_of[class] : 0;
        if (class < CLASSES) packing[class].size += count, packing[class].asides += asides;
    }
    return first == from->size ? 0 : -1;
}

/* Put the numbers of all lists where `choose_widths` made room. */
static void fill(const Unpacked *from, const uint8_t *widths, Packing *packing) {
    Py_ssize_t first = 0, at[CLASSES] = {0}, aside[CLASSES] = {0};
    for (Py_ssize_t list = 0; list < from->lists; list++) {
        Py_ssize_t end = first + from->counts[list];
        int class = widths[list] / 2;
        Packing *to = &packing[class];
        for (Py_ssize_t i = first; widths[list] && i < end; i++) {
            uint32_t number = to_pack(from, first, i), most = most_of[class];
            if (class < 2 && number >= most) {
                to->wide_at[aside[class]] = (uint32_t)at[class], to->wide[aside[class]++] = number;
                number = most;
            }
            if (class == 0) to->numbers[at[0]++] = (uint8_t)number;
            else if (class == 1) ((uint16_t *)to->numbers)[at[1]++] = (uint16_t)number;
            else ((uint32_t *)to->numbers)[at[2]++] = number;
        }
        first = end;
    }
}

/* Room for what `choose_widths` counted, in bytes of Python's own; -1 without the memory. */
static int make_room(Packing *packing) {
    for (int i = 0; i < CLASSES; i++) {
        Packing *to = &packing[i];
        Py_ssize_t asides = i < 2 ? to->asides : 0;
        to->held[0] = PyBytes_FromStringAndSize(NULL, to->size * widths_of[i]);
        if (!to->held[0] || !(to->held[1] = room_for(asides, &to->wide_at))) return -1;
        if (!(to->held[2] = room_for(asides, &to->wide))) return -1;
        to->numbers = (uint8_t *)PyBytes_AsString(to->held[0]);
    }
    return 0;
}

/* pack(numbers, counts, are_docs) -> the width of each list; of each width the numbers, the places of those that stand
   aside, and these. */
static PyObject *pack(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *numbers, *counts, *widths = NULL, *result = NULL;
    Unpacked from;
    if (!PyArg_ParseTuple(args, "OOp", &numbers, &counts, &from.are_docs)) return NULL;
    Buffers buffers = {NULL};
    Packing packing[CLASSES] = {{{NULL}, NULL, NULL, NULL, 0, 0}};
    if (!(from.numbers = borrow(&buffers, numbers, PyBUF_SIMPLE, sizeof *from.numbers, &from.size))) goto done;
    if (!(from.counts = borrow(&buffers, counts, PyBUF_SIMPLE, sizeof *from.counts, &from.lists))) goto done;
    if (!(widths = PyBytes_FromStringAndSize(NULL, from.lists))) goto done;
    uint8_t *chosen = (uint8_t *)PyBytes_AsString(widths);
    int state;
    Py_BEGIN_ALLOW_THREADS
    state = choose_widths(&from, chosen, packing);
    Py_END_ALLOW_THREADS
    if (state < 0) {
        PyErr_SetString(PyExc_ValueError, "lists are not as long as they should be");
        goto done;
    }
    if (make_room(packing) < 0) goto done;
    Py_BEGIN_ALLOW_THREADS
    fill(&from, chosen, packing);
    Py_END_ALLOW_THREADS
    PyObject **one = packing[0].held, **two = packing[1].held, **four = packing[2].held;
    result = Py_BuildValue("O(OOO)(OOO)(OOO)", widths, one[0], one[1], one[2], two[0], two[1], two[2], four[0], four[1],
                           four[2]);
done:
    release(&buffers);
    Py_XDECREF(widths);
    for (int i = 0; i < 3 * CLASSES; i++) Py_XDECREF(packing[i / 3].held[i % 3]);
    return result;
}
