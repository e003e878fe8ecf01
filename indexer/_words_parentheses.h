/* The parentheses of texts that may define a short form or a long one, by how it is written and by the word before. */

#ifndef PINCITE_WORDS_PARENTHESES
#define PINCITE_WORDS_PARENTHESES

#include "_words_phrases.h"
#include "_words_word.h"

enum { SHORT_FORM = 10, SMALL_WORD = 4, LAST_WORD = 64 }; /* letters at most; of the last those that are looked at */
enum { IS_NO_SHORT, IS_SHORT, IS_FOREIGN };

static int is_gap(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r') || (byte >= 0x1C && byte <= 0x1F); }

static int is_joined(char byte) { return is_letter(byte) || is_digit(byte); }

/* Whether a byte may stand in a word that is a short form. */
static int joins_short(char byte) {
    return is_joined(byte) || (uint8_t)byte >= FOREIGN || (byte && strchr("_/&+-", byte));
}

/* How many letters some bytes hold: all but those that go on with one. */
static Py_ssize_t letters_in(const char *text, Py_ssize_t size) {
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; i < size; i++) count += ((uint8_t)text[i] & 0xC0) != 0x80;
    return count;
}

/* Whether some bytes may be a short form: it has two capitals, a digit, or a capital beside a single letter. Of other
   letters than those of ASCII that is not told. */
static int may_be_short(const char *text, Py_ssize_t size) {
    int capitals = 0, digits = 0, letters = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        if ((uint8_t)text[i] >= FOREIGN) return IS_FOREIGN;
        capitals += text[i] >= 'A' && text[i] <= 'Z';
        letters += is_letter(text[i]);
        digits += is_digit(text[i]);
    }
    return size <= SHORT_FORM && (capitals > 1 || digits || (capitals && letters == 2)) ? IS_SHORT : IS_NO_SHORT;
}

/* Whether the words before a parenthesis may spell out what ends with a letter: the last holds it, or may be small. */
static int may_spell(const char *text, Py_ssize_t size, char letter) {
    Py_ssize_t run = 0; /* the last letters and digits of the word */
    int holds = 0, is_last = 1;
    while (size && is_gap(text[size - 1])) size--;
    for (Py_ssize_t at = size; at && !is_gap(text[at - 1]); at--) {
        char byte = text[at - 1];
        if ((uint8_t)byte >= FOREIGN || byte == ']' || size - at == LAST_WORD) return 1; /* what is cited is no word */
        if (is_joined(byte)) run += is_last;
        else if (run) is_last = 0;
        holds |= lowered(byte) == lowered(letter);
    }
    return holds || run <= SMALL_WORD;
}

/* Whether what stands in a parenthesis, up to a comma or all of it, may be a short form of the text before. */
static int may_begin_short(const char *inside, Py_ssize_t size, const char *text, Py_ssize_t before) {
    Py_ssize_t first = 0;
    while (first < size && first <= SHORT_FORM && inside[first] != ',' && inside[first] != ';') first++;
    while (first && is_gap(inside[first - 1])) first--; /* behind it a gap that is none of ASCII may follow */
    int kind = may_be_short(inside, first);
    while (first && !is_joined(inside[first - 1])) first--;
    return kind == IS_FOREIGN || (kind && first && may_spell(text, before, inside[first - 1]));
}

/* Whether the last word before a parenthesis may be a short form, or end with one, that begins with a letter. */
static int may_end_short(const char *text, Py_ssize_t size, char letter) {
    Py_ssize_t last = 0;
    while (size && is_gap(text[size - 1])) size--;
    while (last < size && last < SHORT_FORM && joins_short(text[size - last - 1])) last++;
    int kind = may_be_short(text + size - last, last);
    while (last && !is_joined(text[size - last])) last--;
    if (kind == IS_FOREIGN || (uint8_t)letter >= FOREIGN) return kind != IS_NO_SHORT;
    return kind && last && lowered(text[size - last]) == lowered(letter);
}

/* Whether a parenthesis may define something, or be defined. */
static int may_define(const char *text, const char *open, const char *close) {
    const char *inside = open + 1;
    while (inside < close && is_gap(*inside)) inside++;
    while (inside < close && is_gap(close[-1])) close--;
    if (inside == close) return 0;
    return may_begin_short(inside, close - inside, text, open - text) ||
           (memchr(inside, ' ', (size_t)(close - inside)) && may_end_short(text, open - text, *inside));
}

/* Add the innermost parentheses of a text; -1 with an exception. */
static int add_parentheses(PyObject *found, const char *text, Py_ssize_t size, Py_ssize_t number) {
    const char *end = text + size, *open = memchr(text, '(', (size_t)size), *counted = text;
    Py_ssize_t start = 0; /* letters up to `counted` */
    for (const char *next; open; open = next) {
        next = memchr(open + 1, '(', (size_t)(end - open - 1));
        const char *close = memchr(open + 1, ')', (size_t)((next ? next : end) - open - 1));
        if (!close || !may_define(text, open, close)) continue;
        start += letters_in(counted, open - counted), counted = open;
        PyObject *row = Py_BuildValue("nnn", number, start, start + letters_in(open, close + 1 - open));
        int state = row ? PyList_Append(found, row) : -1;
        Py_XDECREF(row);
        if (state < 0) return -1;
    }
    return 0;
}

/* parentheses(texts) -> of each that may define something, or be defined, the number of its text, where it begins there
   and where it ends. */
static PyObject *parentheses(PyObject *self, PyObject *texts) {
    (void)self;
    if (!PyTuple_Check(texts)) return PyErr_SetString(PyExc_TypeError, "texts are no tuple"), NULL;
    PyObject *found = PyList_New(0);
    for (Py_ssize_t i = 0; found && i < PyTuple_Size(texts); i++) {
        PyObject *one = PyTuple_GetItem(texts, i), *bytes = NULL;
        Py_ssize_t size;
        const char *text = PyUnicode_Check(one) ? PyUnicode_AsUTF8AndSize(one, &size) : NULL;
        if (!text && PyUnicode_Check(one)) { /* half of a letter stands there */
            PyErr_Clear();
            bytes = PyUnicode_AsEncodedString(one, "utf-8", "surrogatepass");
            if (bytes) text = PyBytes_AsString(bytes), size = PyBytes_Size(bytes);
        } else if (!text) PyErr_SetString(PyExc_TypeError, "a text is none");
        if (!text || add_parentheses(found, text, size, i) < 0) Py_CLEAR(found);
        Py_XDECREF(bytes);
    }
    return found;
}

#endif
