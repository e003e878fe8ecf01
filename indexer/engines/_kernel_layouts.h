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

/* What all layouts have together; what is wrong with one, or NULL. */
static const char *add_up(const uint8_t *at, Py_ssize_t left, const int64_t *lengths, Py_ssize_t count, Parts *all) {
    for (Py_ssize_t i = 0; i < count; left -= (Py_ssize_t)lengths[i], at += lengths[i++]) {
        if (lengths[i] < LAYOUT_HEAD || lengths[i] > left) return "a layout is cut short";
        Parts one = parts_of(at);
        if (lengths[i] != LAYOUT_HEAD + LAYOUT_UNIT * one.units + 4 * one.stretches + one.bits / 8)
            return "a layout is not as long as it should be";
        all->units += one.units, all->stretches += one.stretches, all->bits += one.bits;
    }
    return NULL;
}

/* Read the layouts, which are as long as they should be; what comes before the first bit is 0 words. */
static void read_layouts(const uint8_t *at, Py_ssize_t count, Parts all, int64_t *rows, int64_t *units, int32_t *steps,
                         int64_t *stretches) {
    int64_t base = 0;
    *steps = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        Parts one = parts_of(at);
        int64_t row[COLUMNS] = {four_bytes(at + 8), four_bytes(at + 12), two_bytes(at + 4), two_bytes(at),
                                one.units, base, one.stretches};
        for (int column = 0; column < COLUMNS; column++) rows[column * count + i] = row[column];
        at += LAYOUT_HEAD;
        for (int column = 0; column < LAYOUT_UNIT / 2; column++)
            for (Py_ssize_t j = 0; j < one.units; j++, at += 2) units[column * all.units + j] = two_bytes(at);
        units += one.units;
        for (Py_ssize_t j = 0; j < 2 * one.stretches; j++, at += 2) *stretches++ = two_bytes(at);
        for (Py_ssize_t j = 0; j < one.bits; j++, steps++) steps[1] = steps[0] + (at[j / 8] >> j % 8 & 1);
        at += one.bits / 8;
        base += one.bits;
    }
}

/* layouts(content, lengths) -> the columns of layouts that stand one behind the other: one for each row of the tuple
   that `layout.py` makes of them in numpy. */
static PyObject *layouts(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *content, *sizes, *made[4] = {NULL}, *result = NULL;
    if (!PyArg_ParseTuple(args, "OO", &content, &sizes)) return NULL;
    Buffers buffers = {NULL};
    Py_ssize_t size, count;
    const uint8_t *bytes = borrow(&buffers, content, PyBUF_SIMPLE, 1, &size);
    const int64_t *lengths = bytes ? borrow(&buffers, sizes, PyBUF_SIMPLE, sizeof *lengths, &count) : NULL;
    if (lengths) {
        Parts all = {0, 0, 0};
        const char *wrong = add_up(bytes, size, lengths, count, &all);
        if (wrong) PyErr_SetString(PyExc_ValueError, wrong);
        else {
            Py_ssize_t items[4] = {8 * COLUMNS * count, 8 * 4 * all.units, 4 * (all.bits + 1), 8 * 2 * all.stretches};
            void *rooms[4];
            int is_room = 1;
            for (int i = 0; i < 4 && is_room; i++) {
                is_room = (made[i] = PyBytes_FromStringAndSize(NULL, items[i])) != NULL;
                if (is_room) rooms[i] = PyBytes_AsString(made[i]);
            }
            if (is_room) {
                read_layouts(bytes, count, all, rooms[0], rooms[1], rooms[2], rooms[3]);
                result = PyTuple_Pack(4, made[0], made[1], made[2], made[3]);
            }
            for (int i = 0; i < 4; i++) Py_XDECREF(made[i]);
        }
    }
    release(&buffers);
    return result;
}

#endif
