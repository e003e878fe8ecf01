/* How much of some words stands in texts: which of their groups of four letters in a row, whatever their case. */

#ifndef PINCITE_WORDS_GROUPS
#define PINCITE_WORDS_GROUPS

#include "_words_phrases.h"

enum { GROUP = 4, GROUP_HEADS = 2048 }; /* letters; what the letters of a group tell, which few groups share */

typedef struct {
    Py_ssize_t at, word; /* where its letters stand; whose it is */
    Py_ssize_t text;     /* the number, from 1, of the last text that holds it */
    uint32_t next;       /* the number, from 1, of another group with the same head */
} Group;

typedef struct {
    Py_UCS4 *letters; /* in lower case: those of all words, and behind them those of a text */
    Py_ssize_t size, room;
    Group *groups;
    Py_ssize_t count;
    uint32_t first[GROUP_HEADS]; /* the number, from 1, of a group with such a head */
} Groups;

/* A number that the last four letters tell, once there are four. */
static uint32_t with_letter(uint32_t number, Py_UCS4 letter) { return number << 8 ^ letter; }

static uint32_t head_of_group(uint32_t number) { return number * 0x9E3779B1u >> 21; }

/* Put so many letters behind those that stay; NULL with an exception. */
static Py_UCS4 *more_letters(Groups *g, Py_ssize_t size) {
    if (size > g->room - g->size) {
        Py_ssize_t room = 2 * g->room + size;
        Py_UCS4 *letters = room < (Py_ssize_t)MOST ? realloc(g->letters, (size_t)room * sizeof *letters) : NULL;
        if (!letters) return (Py_UCS4 *)PyErr_NoMemory();
        g->letters = letters, g->room = room;
    }
    return g->letters + g->size;
}

/* Read a word or a text in lower case behind the letters that stay: how many letters it has; -1 with an exception. */
static Py_ssize_t read_lower(Groups *g, PyObject *given) {
    if (!PyUnicode_Check(given)) return PyErr_SetString(PyExc_TypeError, "a text is none"), -1;
    Py_ssize_t bytes = -1, size = PyUnicode_GetLength(given);
    const char *text = PyUnicode_AsUTF8AndSize(given, &bytes);
    if (!text) PyErr_Clear(); /* half of a letter */
    if (text && bytes == size) {
        Py_UCS4 *to = more_letters(g, size + 1);
        for (Py_ssize_t i = 0; to && i < size; i++) to[i] = lowered(text[i]);
        return to ? size : -1;
    }
    PyObject *lower = PyObject_CallMethod(given, "lower", NULL);
    size = lower ? PyUnicode_GetLength(lower) : -1;
    Py_UCS4 *to = size < 0 ? NULL : more_letters(g, size + 1);
    if (to && !PyUnicode_AsUCS4(lower, to, size + 1, 1)) to = NULL;
    Py_XDECREF(lower);
    return to ? size : -1;
}

/* Add the groups of a word: how many; -1 with an exception. */
static Py_ssize_t add_word(Groups *g, PyObject *word, Py_ssize_t number) {
    Py_ssize_t size = read_lower(g, word), held = size < GROUP ? 0 : size - GROUP + 1;
    Group *groups = size < 0 ? NULL : realloc(g->groups, (size_t)(g->count + held + 1) * sizeof *groups);
    if (!groups) return size < 0 ? -1 : (PyErr_NoMemory(), -1);
    g->groups = groups;
    uint32_t told = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        told = with_letter(told, g->letters[g->size + i]);
        if (i + 1 < GROUP) continue;
        uint32_t *first = &g->first[head_of_group(told)];
        groups[g->count] = (Group){g->size + i - GROUP + 1, number, 0, *first};
        *first = (uint32_t)++g->count;
    }
    g->size += size;
    return held;
}

/* Count the groups of each word that a text holds; -1 with an exception. */
static int count_groups(Groups *g, PyObject *text, Py_ssize_t number, double *counts) {
    Py_ssize_t size = read_lower(g, text);
    uint32_t told = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        told = with_letter(told, g->letters[g->size + i]);
        uint32_t at = i + 1 < GROUP ? 0 : g->first[head_of_group(told)];
        for (const Py_UCS4 *end = g->letters + g->size + i + 1; at; at = g->groups[at - 1].next) {
            Group *one = &g->groups[at - 1];
            if (one->text == number || memcmp(g->letters + one->at, end - GROUP, GROUP * sizeof *end)) continue;
            one->text = number, counts[one->word]++;
        }
    }
    return size < 0 ? -1 : 0;
}

/* groups(texts, words) -> for each text, a row, and each word, a column, the part of its groups that the text holds. */
static PyObject *groups(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *texts, *words, *result = NULL;
    if (!PyArg_ParseTuple(args, "O!O!", &PyTuple_Type, &texts, &PyTuple_Type, &words)) return NULL;
    Py_ssize_t rows = PyTuple_Size(texts), width = PyTuple_Size(words), text = 0;
    Groups g = {.size = 0};
    double *sizes = width < (Py_ssize_t)MOST ? calloc((size_t)width + 1, sizeof *sizes) : NULL, *out = NULL;
    if (!sizes) PyErr_NoMemory();
    for (Py_ssize_t i = 0; sizes && i < width; i++) {
        Py_ssize_t held = add_word(&g, PyTuple_GetItem(words, i), i);
        if (held < 0) goto done;
        sizes[i] = held ? (double)held : 1.0;
    }
    if (!sizes || rows > PY_SSIZE_T_MAX / 16 / (width + 1)) goto done;
    if (!(result = PyBytes_FromStringAndSize(NULL, rows * width * 8))) goto done;
    out = memset(PyBytes_AsString(result), 0, (size_t)(rows * width * 8));
    for (; text < rows && count_groups(&g, PyTuple_GetItem(texts, text), text + 1, out) == 0; text++) {
        for (Py_ssize_t i = 0; i < width; i++) *out++ /= sizes[i];
    }
    if (text < rows) Py_CLEAR(result);
done:
    free(sizes), free(g.letters), free(g.groups);
    return result;
}

#endif
