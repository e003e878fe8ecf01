/* A text cut to tokens, each looked up in a table of all that were met. */

#ifndef PINCITE_WORDS_CUT
#define PINCITE_WORDS_CUT

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define TABLE "indexer.words" /* the name of the capsules that `table` makes */
#define LEAST 1024            /* slots of a table; at most half of them are taken */
#define MOST UINT32_MAX       /* tokens of a table, and bytes of all of them */

enum { PARTS = 0, STRIPPED = 1 }; /* classes: parts tokens; belongs to none at its ends. Any other belongs to it. */

typedef struct {
    uint32_t hash, number, start, size; /* of the token's bytes; no bytes where no token is */
} Slot;

typedef struct {
    uint8_t *classes; /* by code; of the last are all codes beyond */
    Py_ssize_t codes;
    Slot *slots;
    Py_ssize_t room, count; /* slots, and those taken */
    uint8_t *bytes;         /* of all tokens: of ASCII one for each character, else four and one more */
    size_t held, reserved;
} Table;

typedef struct {
    Table *table;
    const uint8_t *narrow; /* the text, in one byte for each character or */
    const uint32_t *wide;  /* in four */
    Py_ssize_t size;
    uint32_t *numbers, *starts, *fresh; /* fresh: start and end of each token that was not in the table */
    Py_ssize_t found, news;
    uint8_t *scratch; /* a token's bytes */
} Text;

static void drop(PyObject *capsule) {
    Table *table = PyCapsule_GetPointer(capsule, TABLE);
    if (!table) return;
    free(table->classes), free(table->slots), free(table->bytes), free(table);
}

/* table(classes) -> an empty table; classes: a byte for each code, the last for all beyond. */
static PyObject *table(PyObject *self, PyObject *args) {
    (void)self;
    const char *classes;
    Py_ssize_t codes;
    if (!PyArg_ParseTuple(args, "y#", &classes, &codes)) return NULL;
    if (codes < 128) {
        PyErr_SetString(PyExc_ValueError, "there is no class for each character of ASCII");
        return NULL;
    }
    Table *made = calloc(1, sizeof *made);
    if (!made) return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(made, TABLE, drop);
    if (!capsule) {
        free(made);
        return NULL;
    }
    made->classes = malloc((size_t)codes), made->slots = calloc(LEAST, sizeof *made->slots);
    if (!made->classes || !made->slots) {
        Py_DECREF(capsule);
        return PyErr_NoMemory();
    }
    memcpy(made->classes, classes, (size_t)codes);
    made->codes = codes, made->room = LEAST;
    return capsule;
}

static uint32_t code_at(const Text *text, Py_ssize_t at) { return text->narrow ? text->narrow[at] : text->wide[at]; }

static int class_at(const Text *text, Py_ssize_t at) {
    uint32_t code = code_at(text, at);
    const Table *table = text->table;
    return table->classes[code < (uint32_t)table->codes ? (Py_ssize_t)code : table->codes - 1];
}

/* Twice the slots; -1 without the memory. */
static int grow(Table *table) {
    size_t room = 2 * (size_t)table->room;
    Slot *slots = calloc(room, sizeof *slots);
    if (!slots) return -1;
    for (Py_ssize_t i = 0; i < table->room; i++) {
        if (!table->slots[i].size) continue;
        size_t at = table->slots[i].hash & (room - 1);
        while (slots[at].size) at = (at + 1) & (room - 1);
        slots[at] = table->slots[i];
    }
    free(table->slots);
    table->slots = slots, table->room = (Py_ssize_t)room;
    return 0;
}

/* Put a token's bytes behind those of all others; -1 without the memory, or when a table cannot hold them. */
static int keep(Table *table, Slot *slot, const uint8_t *bytes, size_t size, uint32_t hash) {
    if (size > MOST - table->held) return -1;
    if (size > table->reserved - table->held) {
        size_t reserved = 2 * (table->held + size) + LEAST;
        uint8_t *moved = realloc(table->bytes, reserved);
        if (!moved) return -1;
        table->bytes = moved, table->reserved = reserved;
    }
    memcpy(table->bytes + table->held, bytes, size);
    *slot = (Slot){hash, (uint32_t)table->count++, (uint32_t)table->held, (uint32_t)size};
    table->held += size;
    return 0;
}

/* The bytes of a token by which it is known, in whichever way its text is given. */
static const uint8_t *known_by(Text *text, Py_ssize_t start, Py_ssize_t end, size_t *size) {
    *size = (size_t)(end - start);
    if (text->narrow) return text->narrow + start;
    int is_wide = 0;
    for (Py_ssize_t i = start; i < end; i++) {
        is_wide |= text->wide[i] >= 128;
        text->scratch[i - start] = (uint8_t)text->wide[i];
    }
    if (!is_wide) return text->scratch;
    memcpy(text->scratch, text->wide + start, *size *= sizeof *text->wide);
    text->scratch[(*size)++] = 0xFF; /* which no token of ASCII holds */
    return text->scratch;
}

/* Note a token and its number, which is the next one when it is new; -1 without the memory. */
static int note(Text *text, Py_ssize_t start, Py_ssize_t end, uint32_t hash) {
    Table *table = text->table;
    size_t size;
    const uint8_t *bytes = known_by(text, start, end, &size);
    size_t mask = (size_t)table->room - 1, at = hash & mask;
    Slot *slot;
    while ((slot = &table->slots[at])->size) {
        if (slot->hash == hash && slot->size == size && !memcmp(table->bytes + slot->start, bytes, size)) break;
        at = (at + 1) & mask;
    }
    if (!slot->size) {
        if (keep(table, slot, bytes, size, hash) < 0) return -1;
        text->fresh[text->news++] = (uint32_t)start, text->fresh[text->news++] = (uint32_t)end;
    }
    text->numbers[text->found] = slot->number, text->starts[text->found++] = (uint32_t)start;
    return 2 * table->count > table->room ? grow(table) : 0;
}

/* All tokens of a text; -1 without the memory. */
static int cut(Text *text) {
    Py_ssize_t at = 0, size = text->size;
    while (at < size) {
        int class = 0;
        while (at < size && (class = class_at(text, at)) <= STRIPPED) at++;
        Py_ssize_t start = at, end = at;
        uint64_t sum = 0, hash = 0;
        for (; at < size && (class = class_at(text, at)) != PARTS; at++) {
            sum = (sum ^ code_at(text, at)) * 0x9E3779B97F4A7C15u;
            if (class != STRIPPED) end = at + 1, hash = sum;
        }
        if (end > start && note(text, start, end, (uint32_t)(hash >> 32)) < 0) return -1;
    }
    return 0;
}

static PyObject *bytes_of(const uint32_t *numbers, Py_ssize_t count) {
    return PyBytes_FromStringAndSize((const char *)numbers, count * (Py_ssize_t)sizeof *numbers);
}

/* Take a table, a text and its width: one byte for each character, all of ASCII, or four; -1 with an exception, and
   nothing to be released. */
static int take_text(PyObject *args, Text *text, Py_buffer *given) {
    PyObject *capsule;
    int width;
    if (!PyArg_ParseTuple(args, "Oy*i", &capsule, given, &width)) return -1;
    *text = (Text){PyCapsule_GetPointer(capsule, TABLE), NULL, NULL, given->len / (width == 4 ? 4 : 1)};
    int is_even = (width == 1 || width == 4) && given->len == text->size * width;
    if (text->table && (!is_even || (uintptr_t)given->buf % (size_t)width)) {
        PyErr_SetString(PyExc_ValueError, "a text has one byte or four for each character");
    } else if (text->table && text->size >= (Py_ssize_t)MOST / 8) {
        PyErr_SetString(PyExc_OverflowError, "a text is too long");
    }
    if (PyErr_Occurred()) return PyBuffer_Release(given), -1;
    if (width == 1) text->narrow = given->buf;
    else text->wide = given->buf;
    return 0;
}

/* cut(table, text, width) -> of each token its number in the table and where it begins; start and end of each new one.

   New tokens have the next numbers. */
static PyObject *cut_text(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *result = NULL;
    Py_buffer given;
    Text text;
    if (take_text(args, &text, &given) < 0) return NULL;
    size_t most = (size_t)text.size / 2 + 1; /* tokens: something parts them */
    text.numbers = malloc(most * 4), text.starts = malloc(most * 4), text.fresh = malloc(most * 8);
    text.scratch = text.wide ? malloc((size_t)text.size * 4 + 1) : NULL;
    int is_short = !text.numbers || !text.starts || !text.fresh || (text.wide && !text.scratch);
    if (is_short || cut(&text) < 0) {
        PyErr_NoMemory();
        goto done;
    }
    result = Py_BuildValue("NNN", bytes_of(text.numbers, text.found), bytes_of(text.starts, text.found),
                           bytes_of(text.fresh, text.news));
done:
    PyBuffer_Release(&given);
    free(text.numbers), free(text.starts), free(text.fresh), free(text.scratch);
    return result;
}

#endif
