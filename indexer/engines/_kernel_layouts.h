/* Layouts of passages, as `layout.py` writes them, read into columns. */

#ifndef PINCITE_LAYOUTS
#define PINCITE_LAYOUTS

#include "_kernel_lists.h"

#define LAYOUT_HEAD 16 /* bytes before the units */
#define LAYOUT_UNIT 8  /* of each unit, in columns of two */
enum { STARTS, ENDS, FLAGS, WORDS, UNITS, BASES, CUES, COLUMNS };

typedef struct {
    Py_ssize_t units, stretches, bits; /* of one layout, or of all */
} Parts;

static uint32_t two_bytes(const uint8_t *at) { return at[0] | (uint32_t)at[1] << 8; }

static uint32_t four_bytes(const uint8_t *at) { return two_bytes(at) | two_bytes(at + 2) << 16; }

static Parts parts_of(const uint8_t *layout) {
    return (Parts){two_bytes(layout + 2), two_bytes(layout + 6), ((Py_ssize_t)two_bytes(layout) + 7) / 8 * 8};
}

/* What is given: the layouts where they stand in the content, and how many flags there are. */
typedef struct {
    const uint8_t *bytes;
    const int64_t *starts, *ends;
    Py_ssize_t size, count;
    long long flags;
} Heads;

/* What all layouts have together; what is wrong with one, or NULL. */
static const char *add_up(const Heads *h, Parts *all) {
    for (Py_ssize_t i = 0; i < h->count; i++) {
        int64_t start = h->starts[i], end = h->ends[i];
        if (start < 0 || end < LAYOUT_HEAD || start > end - LAYOUT_HEAD || end > h->size) return "a layout is cut short";
        Parts one = parts_of(h->bytes + start);
        if (end - start != LAYOUT_HEAD + LAYOUT_UNIT * one.units + 4 * one.stretches + one.bits / 8)
            return "a layout is not as long as it should be";
        all->units += one.units, all->stretches += one.stretches, all->bits += one.bits;
    }
    return NULL;
}

/* Write behind a number what it comes to with each bit of a byte, the lowest first. */
static void count_bits(uint8_t byte, int32_t *steps) {
    uint64_t each = byte * 0x0101010101010101u & 0x8040201008040201u; /* a bit in each of eight bytes, */
    each = ((each + 0x00406070787c7e7fu) >> 7 & 0x0101010101010101u) * 0x0101010101010101u; /* and those up to there */
    int32_t before = steps[0];
    for (int i = 0; i < 8; i++) steps[i + 1] = before + (int32_t)(each >> 8 * i & 0xff);
}

/* Read the layouts, which are as long as they should be; what comes before the first bit is 0 words. What is wrong with
   one, or NULL. */
static const char *read_layouts(const Heads *h, Parts all, int64_t *rows, int64_t *units, int32_t *steps, int64_t *stretches) {
    int64_t base = 0;
    *steps = 0;
    for (Py_ssize_t i = 0; i < h->count; i++) {
        const uint8_t *at = h->bytes + h->starts[i];
        Parts one = parts_of(at);
        int64_t row[COLUMNS] = {four_bytes(at + 8), four_bytes(at + 12), two_bytes(at + 4), two_bytes(at),
                                one.units, base, one.stretches};
        for (int column = 0; column < COLUMNS; column++) rows[column * h->count + i] = row[column];
        at += LAYOUT_HEAD;
        for (int column = 0; column < LAYOUT_UNIT / 2; column++)
            for (Py_ssize_t j = 0; j < one.units; j++, at += 2) units[column * all.units + j] = two_bytes(at);
        units += one.units;
        for (Py_ssize_t j = 0; j < one.stretches; j++, at += 4, stretches += 2) {
            stretches[0] = two_bytes(at), stretches[1] = two_bytes(at + 2);
            if ((stretches[1] & 3) >= h->flags) return "a layout has a flag that there is not";
        }
        for (Py_ssize_t j = 0; j < one.bits / 8; j++, steps += 8) count_bits(at[j], steps);
        base += one.bits;
    }
    return NULL;
}

/* The columns of the layouts: one for each row of the tuple that `layout.py` makes of them in numpy. */
static PyObject *columns_of(const Heads *h) {
    Parts all = {0, 0, 0};
    const char *wrong = add_up(h, &all);
    Py_ssize_t items[4] = {8 * COLUMNS * h->count, 8 * 4 * all.units, 4 * (all.bits + 1), 8 * 2 * all.stretches};
    void *rooms[4];
    PyObject *result = wrong ? NULL : PyTuple_New(4);
    for (int i = 0; result && i < 4; i++) {
        PyObject *bytes = PyBytes_FromStringAndSize(NULL, items[i]);
        if (!bytes || PyTuple_SetItem(result, i, bytes) < 0) Py_CLEAR(result);
        else rooms[i] = PyBytes_AsString(bytes);
    }
    if (result) wrong = read_layouts(h, all, rooms[0], rooms[1], rooms[2], rooms[3]);
    if (!wrong) return result;
    PyErr_SetString(PyExc_ValueError, wrong);
    Py_XDECREF(result);
    return NULL;
}

/* layouts(content, starts, ends, flags) -> the columns of the layouts that stand there in the content. */
static PyObject *layouts(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *content, *starts, *ends, *result = NULL;
    Heads h;
    if (!PyArg_ParseTuple(args, "OOOL", &content, &starts, &ends, &h.flags)) return NULL;
    Buffers buffers = {NULL};
    Py_ssize_t more;
    if (!(h.bytes = borrow(&buffers, content, PyBUF_SIMPLE, 1, &h.size))) goto done;
    if (!(h.starts = borrow(&buffers, starts, PyBUF_SIMPLE, 8, &h.count))) goto done;
    if (!(h.ends = borrow(&buffers, ends, PyBUF_SIMPLE, 8, &more))) goto done;
    if (more == h.count) result = columns_of(&h);
    else PyErr_SetString(PyExc_ValueError, "there are not as many layouts as there should be");
done:
    release(&buffers);
    return result;
}

#endif
