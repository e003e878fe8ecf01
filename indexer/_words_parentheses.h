/* The parentheses of texts that may hold a short form, or stand behind one, by how it is written. */

#ifndef PINCITE_WORDS_PARENTHESES
#define PINCITE_WORDS_PARENTHESES

#include "_words_phrases.h"
#include "_words_word.h"

enum { SHORT_FORM = 10 }; /* letters at most */

static int is_gap(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r') || (byte >= 0x1C && byte <= 0x1F); }

/* Whether a byte may stand in a word that is a short form. */
static int joins_short(char byte) {
    return is_letter(byte) || is_digit(byte) || (uint8_t)byte >= FOREIGN || (byte && strchr("_/&+-", byte));
}

/* How many letters some bytes hold: all but those that go on with one. */
static Py_ssize_t letters_in(const char *text, Py_ssize_t size) {
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; i < size; i++) count += ((uint8_t)text[i] & 0xC0) != 0x80;
    return count;
}

/* Whether some bytes may be a short form: it has two capitals, a digit, a capital beside a single letter, or other
   letters than those of ASCII. */
static int may_be_short(const char *text, Py_ssize_t size) {
    int capitals = 0, digits = 0, letters = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        if ((uint8_t)text[i] >= FOREIGN) return 1;
        capitals += text[i] >= 'A' && text[i] <= 'Z';
        letters += is_letter(text[i]);
        digits += is_digit(text[i]);
    }
    return size <= SHORT_FORM && (capitals > 1 || digits || (capitals && letters == 2));
}

/* Whether what stands in a parenthesis, up to a comma or all of it, may be a short form. */
static int may_begin_short(const char *text, Py_ssize_t size) {
    Py_ssize_t first = 0;
    while (size && is_gap(*text)) text++, size--;
    while (size && is_gap(text[size - 1])) size--;
    while (first < size && first <= SHORT_FORM && text[first] != ',' && text[first] != ';') first++;
    while (first && is_gap(text[first - 1])) first--; /* behind it a gap that is none of ASCII may follow */
    return may_be_short(text, first);
}

/* Whether the last word before a parenthesis may be a short form, or end with one. */
static int may_end_short(const char *text, Py_ssize_t size) {
    Py_ssize_t last = 0;
    while (size && is_gap(text[size - 1])) size--;
    while (last < size && last < SHORT_FORM && joins_short(text[size - last - 1])) last++;
    return may_be_short(text + size - last, last);
}

/* Add the innermost parentheses of a text; -1 with an exception. */
static int add_parentheses(PyObject *found, const char *text, Py_ssize_t size, Py_ssize_t number) {
    const char *end = text + size, *open = memchr(text, '(', (size_t)size), *counted = text;
    Py_ssize_t start = 0; /* letters up to `counted` */
    for (const char *next; open; open = next) {
        next = memchr(open + 1, '(', (size_t)(end - open - 1));
        const char *close = memchr(open + 1, ')', (size_t)((next ? next : end) - open - 1));
        Py_ssize_t inside = close ? close - open - 1 : 0;
        int has_more = inside && memchr(open + 1, ' ', (size_t)inside);
        if (!inside || !(may_begin_short(open + 1, inside) || (has_more && may_end_short(text, open - text)))) continue;
        start += letters_in(counted, open - counted), counted = open;
        PyObject *row = Py_BuildValue("nnn", number, start, start + letters_in(open, close + 1 - open));
        int state = row ? PyList_Append(found, row) : -1;
        Py_XDECREF(row);
        if (state < 0) return -1;
    }
    return 0;
}

/* parentheses(texts) -> of each that may hold a short form, or follow one, the number of its text, where it begins there
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
