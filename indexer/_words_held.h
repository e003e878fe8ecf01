/* Which numbers stand in texts, one by one or behind each other, and how many of them. */

#ifndef PINCITE_WORDS_HELD
#define PINCITE_WORDS_HELD

#include "_words_traits.h"

enum { HELD_TEXTS, HELD_NUMBERS, HELD_WANTED, HELD_GIVEN };
#define SLOT(number, mask) (((uint64_t)(number) * 0x9E3779B97F4A7C15u) >> 32 & (mask))

/* Numbers, each with its text; those that are wanted, and a table of these. */
typedef struct {
    Py_buffer given[HELD_GIVEN];
    Py_ssize_t size, count, width; /* texts, numbers, and how many are wanted */
    const int64_t *texts, *numbers, *wanted;
    uint32_t *slots; /* columns, from 1; few are taken, so that most numbers meet none */
    size_t mask;
} Holding;

/* The column of a number that is wanted, from 1, or 0. */
static uint32_t column_of(const Holding *h, int64_t number) {
    size_t slot = SLOT(number, h->mask);
    while (h->slots[slot] && h->wanted[h->slots[slot] - 1] != number) slot = (slot + 1) & h->mask;
    return h->slots[slot];
}

static void drop_holding(Holding *h) {
    for (int i = 0; i < HELD_GIVEN; i++) PyBuffer_Release(&h->given[i]);
    free(h->slots);
}

/* Take numbers and make the table; -1 with an exception. */
static int take_holding(Holding *h, PyObject *args) {
    static const Py_ssize_t items[HELD_GIVEN] = {8, 8, 8};
    Py_buffer *given = h->given;
    if (!PyArg_ParseTuple(args, "y*y*y*n", &given[0], &given[1], &given[2], &h->size)) return -1;
    h->texts = given[HELD_TEXTS].buf, h->numbers = given[HELD_NUMBERS].buf, h->wanted = given[HELD_WANTED].buf;
    h->count = given[HELD_TEXTS].len / 8, h->width = given[HELD_WANTED].len / 8, h->slots = NULL;
    if (!buffers_fit(given, items, HELD_GIVEN) || given[HELD_NUMBERS].len != given[HELD_TEXTS].len || h->size < 0 ||
        h->count > (Py_ssize_t)MOST / 8 || h->width > (Py_ssize_t)MOST / 32 || (h->width && h->size > PY_SSIZE_T_MAX / 2 / h->width)) {
        PyErr_SetString(PyExc_ValueError, "numbers and their texts do not fit together");
        return drop_holding(h), -1;
    }
    size_t room = 8;
    while (room < 16 * (size_t)h->width) room *= 2;
    if (!(h->slots = calloc(room, sizeof *h->slots))) return PyErr_NoMemory(), drop_holding(h), -1;
    h->mask = room - 1;
    for (Py_ssize_t i = 0; i < h->width; i++) {
        size_t slot = SLOT(h->wanted[i], h->mask);
        if (!h->wanted[i]) continue; /* which stands for none */
        while (h->slots[slot] && h->wanted[h->slots[slot] - 1] != h->wanted[i]) slot = (slot + 1) & h->mask;
        h->slots[slot] = (uint32_t)i + 1;
    }
    return 0;
}

/* Zeros, a row for each text and a column for each number that is wanted; NULL with an exception. */
static PyObject *rows_of(const Holding *h) {
    PyObject *rows = PyBytes_FromStringAndSize(NULL, h->size * h->width);
    if (rows) memset(PyBytes_AsString(rows), 0, (size_t)(h->size * h->width));
    return rows;
}

/* Note that a number stands in the text of another. */
static void hold(const Holding *h, Py_ssize_t at, int64_t number, uint8_t *rows) {
    uint32_t column = column_of(h, number);
    if (column && h->texts[at] >= 0 && h->texts[at] < h->size) rows[h->texts[at] * h->width + column - 1] = 1;
}

/* held(texts, numbers, wanted, size) -> for each text, a row, and each wanted number, a column, 1 where it stands.

   Of each number the text is given. 0 is none; of numbers that are wanted twice the last is looked for. */
static PyObject *held(PyObject *self, PyObject *args) {
    (void)self;
    Holding h;
    if (take_holding(&h, args) < 0) return NULL;
    PyObject *rows = rows_of(&h);
    uint8_t *out = rows ? (uint8_t *)PyBytes_AsString(rows) : NULL;
    for (Py_ssize_t i = 0; out && i < h.count; i++) hold(&h, i, h.numbers[i], out);
    drop_holding(&h);
    return rows;
}

/* follow(texts, numbers, wanted, size) -> the same of pairs, numbers of 31 bits one before the other in a text, 0 apart. */
static PyObject *follow(PyObject *self, PyObject *args) {
    (void)self;
    Holding h;
    if (take_holding(&h, args) < 0) return NULL;
    PyObject *rows = rows_of(&h);
    uint8_t *out = rows ? (uint8_t *)PyBytes_AsString(rows) : NULL;
    Py_ssize_t before = -1;
    for (Py_ssize_t i = 0; out && i < h.count; i++) {
        if (h.numbers[i] <= 0) continue;
        if (before >= 0 && h.texts[before] == h.texts[i]) {
            hold(&h, i, (int64_t)((uint64_t)h.numbers[before] << 31 | (uint64_t)h.numbers[i]), out);
        }
        before = i;
    }
    drop_holding(&h);
    return rows;
}

/* Count the numbers of each text, none twice, and those of them that are wanted; -1 without the memory. */
static int count_each(const Holding *h, int64_t *counts, int64_t *wanted) {
    size_t room = 16;
    while (room < 2 * (size_t)h->count) room *= 2;
    uint32_t *met = calloc(room, sizeof *met); /* where in the numbers, from 1 */
    if (!met) return -1;
    for (Py_ssize_t i = 0; i < h->count; i++) {
        int64_t number = h->numbers[i], text = h->texts[i];
        if (number <= 0 || text < 0 || text >= h->size) continue;
        size_t slot = SLOT((uint64_t)text << 40 ^ (uint64_t)number, room - 1);
        while (met[slot] && (h->numbers[met[slot] - 1] != number || h->texts[met[slot] - 1] != text)) {
            slot = (slot + 1) & (room - 1);
        }
        if (met[slot]) continue;
        met[slot] = (uint32_t)i + 1;
        counts[text]++, wanted[text] += column_of(h, number) > 0;
    }
    free(met);
    return 0;
}

/* counts(texts, numbers, wanted, size) -> how many different numbers each text has, and how many of those wanted. */
static PyObject *counts(PyObject *self, PyObject *args) {
    (void)self;
    Holding h;
    if (take_holding(&h, args) < 0) return NULL;
    PyObject *rows = h.size <= PY_SSIZE_T_MAX / 16 ? PyBytes_FromStringAndSize(NULL, 16 * h.size) : PyErr_NoMemory();
    int64_t *out = rows ? (int64_t *)PyBytes_AsString(rows) : NULL;
    if (out) memset(out, 0, 16 * (size_t)h.size);
    if (out && count_each(&h, out, out + h.size) < 0) {
        PyErr_NoMemory();
        Py_CLEAR(rows);
    }
    drop_holding(&h);
    return rows;
}

#undef SLOT

#endif
