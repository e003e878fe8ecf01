/* How many different words texts have as typed, and how many of them are known. */

#ifndef PINCITE_WORDS_TYPED
#define PINCITE_WORDS_TYPED

#include "_words_walk.h"
#include "_words_word.h"

typedef struct {
    Table terms;         /* those met, as bytes: first the idle, which are none, then the known ones */
    uint32_t idle, known; /* how many there are, of the last with the first */
    uint32_t *met;       /* of each term the last text it was met in, from 1; so many as there are slots */
    PyObject *other;     /* tells the terms of tokens, by token */
    int64_t *counts, *held;
    uint32_t text; /* from 1 */
} Typed;

/* The number of a term; -1 without the memory. */
static int64_t number_typed(Typed *p, const char *bytes, size_t size) {
    Table *terms = &p->terms;
    uint64_t sum = 0;
    for (size_t i = 0; i < size; i++) sum = (sum ^ (uint8_t)bytes[i]) * 0x9E3779B97F4A7C15u;
    uint32_t hash = (uint32_t)(sum >> 32);
    size_t mask = (size_t)terms->room - 1, at = hash & mask;
    const Slot *slot;
    for (; (slot = &terms->slots[at])->size; at = (at + 1) & mask) {
        if (slot->hash == hash && slot->size == size && !memcmp(terms->bytes + slot->start, bytes, size)) return slot->number;
    }
    int64_t number = terms->count;
    if (keep(terms, &terms->slots[at], (const uint8_t *)bytes, size, hash) < 0) return -1;
    if (2 * terms->count <= terms->room) return number;
    if (grow(terms) < 0) return -1;
    uint32_t *met = realloc(p->met, (size_t)terms->room * sizeof *met);
    if (!met) return -1;
    memset(met + terms->room / 2, 0, (size_t)terms->room / 2 * sizeof *met);
    p->met = met;
    return number;
}

/* Count a term of the text; -1 with an exception. */
static int meet(Typed *p, const char *bytes, size_t size) {
    int64_t number = number_typed(p, bytes, size);
    if (number < 0) return PyErr_NoMemory(), -1;
    if (number < p->idle || p->met[number] == p->text) return 0;
    p->met[number] = p->text;
    p->counts[p->text - 1]++, p->held[p->text - 1] += number < p->known;
    return 0;
}

/* Count a part as typed, and with the first of a compound all of this; -1 with an exception. */
static int meet_part(Typed *p, const Token *t, int at) {
    const Part *part = &t->part[at];
    char bytes[LONGEST_TYPED];
    int start = part->start, size = part->end - start, is_first = !at || part[-1].is_last;
    int is_number = part->others == size && !memchr(t->text + start, '.', (size_t)size);
    if (!is_number && meet(p, bytes, (size_t)spell_typed(t, start, part->end, bytes)) < 0) return -1;
    if (!is_first || part->is_last) return 0;
    while (!part->is_last) part++;
    return meet(p, bytes, (size_t)spell_typed(t, start, part->end, bytes));
}

/* Do with the bytes of a term what is said, or with its number alone; -1 with an exception. */
static int with_term(Typed *p, PyObject *term, int is_met) {
    PyObject *encoded = PyUnicode_Check(term) ? PyUnicode_AsEncodedString(term, "utf-8", "surrogatepass") : NULL;
    char *bytes;
    Py_ssize_t size;
    int is_done = encoded ? PyBytes_AsStringAndSize(encoded, &bytes, &size) : -1;
    if (!encoded && !PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "a term is a text");
    if (is_done == 0 && size && is_met) is_done = meet(p, bytes, (size_t)size);
    else if (is_done == 0 && size && number_typed(p, bytes, (size_t)size) < 0) is_done = (PyErr_NoMemory(), -1);
    Py_XDECREF(encoded);
    return is_done;
}

/* The same of all terms of a tuple. */
static int with_terms(Typed *p, PyObject *terms, int is_met) {
    if (!PyTuple_Check(terms)) return PyErr_SetString(PyExc_TypeError, "terms stand in a tuple"), -1;
    for (Py_ssize_t i = 0; i < PyTuple_Size(terms); i++) {
        if (with_term(p, PyTuple_GetItem(terms, i), is_met) < 0) return -1;
    }
    return 0;
}

/* Count the terms of a token that is looked up; -1 with an exception. */
static int meet_other(Typed *p, PyObject *token) {
    PyObject *terms = token ? PyObject_GetItem(p->other, token) : NULL;
    int is_done = terms ? with_terms(p, terms, 1) : -1;
    Py_XDECREF(token), Py_XDECREF(terms);
    return is_done;
}

/* Count the terms of a text; -1 with an exception. */
static int meet_text(Typed *p, PyObject *text, Walk *walk) {
    if (!PyUnicode_Check(text)) return PyErr_SetString(PyExc_TypeError, "a text is none"), -1;
    if (take_walk(walk, text) < 0) return -1;
    int is_done = 0;
    while (is_done == 0 && next_token(walk)) {
        Token t;
        if (!cut_codes(&t, walk->codes + walk->start, walk->end - walk->start)) {
            is_done = meet_other(p, PyUnicode_Substring(text, walk->start, walk->end));
            continue;
        }
        for (int at = 0; is_done == 0 && at < t.parts; at++) is_done = meet_part(p, &t, at);
    }
    PyMem_Free(walk->codes);
    return is_done;
}

/* typed(texts, classes, idle, other, known) -> how many different words each text has as typed, and how many of the known.

   Texts, idle and known stand in tuples; classes are those of `table`; idle are words as typed that have no such term;
   `other` has the terms of tokens that are not letters, digits and what joins them. */
static PyObject *typed(PyObject *self, PyObject *args) {
    (void)self;
    Walk walk;
    Typed p = {.terms = {.room = LEAST}};
    PyObject *texts, *idle, *known, *result = NULL;
    if (!PyArg_ParseTuple(args, "O!y#OOO", &PyTuple_Type, &texts, &walk.classes, &walk.known, &idle, &p.other, &known))
        return NULL;
    size_t size = (size_t)PyTuple_Size(texts);
    p.terms.slots = calloc(LEAST, sizeof *p.terms.slots), p.met = calloc(LEAST, sizeof *p.met);
    p.counts = calloc(2 * size + 1, sizeof *p.counts), p.held = p.counts + size;
    int is_done = p.terms.slots && p.met && p.counts ? 0 : (PyErr_NoMemory(), -1);
    if (is_done == 0) is_done = with_terms(&p, idle, 0), p.idle = (uint32_t)p.terms.count;
    if (is_done == 0) is_done = with_terms(&p, known, 0), p.known = (uint32_t)p.terms.count;
    for (size_t i = 0; is_done == 0 && i < size; i++) {
        p.text = (uint32_t)i + 1;
        is_done = meet_text(&p, PyTuple_GetItem(texts, (Py_ssize_t)i), &walk);
    }
    if (is_done == 0) result = PyBytes_FromStringAndSize((const char *)p.counts, (Py_ssize_t)(16 * size));
    free(p.terms.slots), free(p.terms.bytes), free(p.met), free(p.counts);
    return result;
}

#endif
