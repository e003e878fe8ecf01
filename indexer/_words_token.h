/* What a question sees of a token that is nothing but letters, digits, "-", "_", "/" and "." of ASCII. */

#ifndef PINCITE_WORDS_TOKEN
#define PINCITE_WORDS_TOKEN

#include "_words_traits.h"
#include "_words_word.h"

enum { IS_NUMBER = 1, IS_DATE = 2, IS_NAME = 4 }; /* as `traits.py` has them, and so: */
#define BEGINNING 5 /* letters that two forms of a word have in common */

typedef struct {
    Token token;
    PyObject *known; /* words that are numbers or dates, each with its kind */
    uint32_t *rows, *terms;
    size_t count, room; /* numbers in `terms` */
} Telling;

/* The number of some letters of a word in lower case; -1 with an exception. */
static int64_t number_of_letters(const Token *t, int start, int size) {
    return number_of(t, PyUnicode_FromStringAndSize(t->lower + start, size));
}

static int is_year(const char *text, int size) {
    if (size == 5 && text[4] == 's') size--;
    return size == 4 && (text[0] == '1' || text[0] == '2') && is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]);
}

/* What a part or a compound is by how it is written; -1 with an exception. */
static int kinds_of(const Telling *p, int start, int end, int is_letters) {
    const Token *t = &p->token;
    const char *text = t->text + start;
    int kinds = 0, size = end - start, has_digit = 0;
    if (is_digit(*text)) return IS_NUMBER | (is_year(text, size) ? IS_DATE : 0);
    for (int at = 0; !is_letters && at < size; at++) has_digit |= is_digit(text[at]);
    if (is_letters) {
        PyObject *word = PyUnicode_FromStringAndSize(t->lower + start, size);
        PyObject *kind = word ? PyDict_GetItemWithError(p->known, word) : NULL;
        Py_XDECREF(word);
        if (kind) kinds = (int)PyLong_AsUnsignedLong(kind) & (IS_NUMBER | IS_DATE);
        if (PyErr_Occurred()) return -1;
    }
    if (size == 3 && !memcmp(text, "May", 3)) kinds |= IS_DATE;
    return kinds | (*text >= 'A' && *text <= 'Z' && !has_digit ? IS_NAME : 0);
}

/* Add a term, whose reference it takes: its number, that of its beginning, and what else is told; -1 with an exception. */
static int tell(Telling *p, PyObject *term, int64_t spelled, int at, int kinds) {
    Py_ssize_t size = term ? PyUnicode_GetLength(term) : -1;
    PyObject *beginning = size > BEGINNING ? PyUnicode_Substring(term, 0, BEGINNING) : NULL;
    int64_t begins = beginning ? number_of(&p->token, beginning) : 0;
    int64_t number = size < 0 || PyErr_Occurred() ? (Py_XDECREF(term), -1) : number_of(&p->token, term);
    if (number < 0 || begins < 0 || spelled < 0 || kinds < 0) return -1;
    if (size <= BEGINNING) begins = number;
    const uint32_t row[TRAITS] = {
        (uint32_t)number, (uint32_t)begins, (uint32_t)spelled, (uint32_t)at, size ? (uint32_t)kinds : 0,
    };
    memcpy(p->terms + p->count, row, sizeof row);
    p->count += TRAITS;
    return 0;
}

/* The number of a part without the ending of a regular plural. */
static int64_t unpluralled(const Token *t, int start, int size) {
    const char *last = t->lower + start + size - 1;
    return number_of_letters(t, start, size - (size > 3 && *last == 's' && last[-1] != 's'));
}

/* Add the terms of one of the parts of a word, and behind the first that of the compound; -1 with an exception. */
static int tell_part(Telling *p, int at, int first, int last) {
    const Token *t = &p->token;
    const Part *part = &t->part[at];
    int start = part->start, size = part->end - start, end = t->part[last].end;
    PyObject *form = form_of(&t->stemming, t->lower + start, size, part->others);
    if (tell(p, form, unpluralled(t, start, size), at, kinds_of(p, start, part->end, !part->others)) < 0) return -1;
    if (at > first || first == last) return 0;
    return tell(p, joined_form(t, start, end), number_of_letters(t, 0, 0), at, kinds_of(p, start, end, 0));
}

/* Room for the terms of another token; -1 with an exception. */
static int make_room(Telling *p) {
    size_t most = 2 * TRAITS * MOST_PARTS;
    if (p->room - p->count >= most) return 0;
    uint32_t *terms = realloc(p->terms, (2 * p->room + most) * sizeof *terms);
    if (!terms) return PyErr_NoMemory(), -1;
    p->terms = terms, p->room = 2 * p->room + most;
    return 0;
}

/* Tell the terms of a token: how many words it has, 0 where it is left to Python; -1 with an exception. */
static int tell_token(Telling *p, PyObject *token) {
    Token *t = &p->token;
    t->parts = 0;
    int told = take_token(t, token);
    if (told > 0) told = cut_token(t);
    if (told <= 0 || make_room(p) < 0) return PyErr_Occurred() ? -1 : 0;
    for (int first = 0, last; first < t->parts; first = last + 1) {
        for (last = first; !t->part[last].is_last;) last++;
        for (int at = first; at <= last; at++) {
            if (tell_part(p, at, first, last) < 0) return -1;
        }
    }
    return t->parts;
}

/* told(tokens, vocabulary, texts, known, stemming, first) -> a row for each token and its terms as the tables of `traits.py`
   have them, behind so many terms; of a token that is left to Python the row has no terms. */
static PyObject *told(PyObject *self, PyObject *args) {
    (void)self;
    Telling p = {.count = 0};
    PyObject *tokens, *result = NULL;
    unsigned int first;
    if (!PyArg_ParseTuple(args, "O!O!O!O!O&I", &PyList_Type, &tokens, &PyDict_Type, &p.token.vocabulary, &PyList_Type,
                          &p.token.texts, &PyDict_Type, &p.known, take_stemming, &p.token.stemming, &first))
        return NULL;
    Py_ssize_t size = PyList_Size(tokens);
    if (!(p.rows = calloc((size_t)size + 1, 4 * ROW_OF_TRAITS))) return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < size; i++) {
        uint32_t *row = p.rows + i * ROW_OF_TRAITS, before = (uint32_t)p.count;
        PyObject *token = PyList_GetItem(tokens, i); /* NULL where it was taken away meanwhile */
        Py_XINCREF(token);
        int parts = token ? tell_token(&p, token) : -1;
        Py_XDECREF(token);
        if (parts < 0) goto done;
        row[ROW_FIRST] = first + before / TRAITS, row[ROW_COUNT] = ((uint32_t)p.count - before) / TRAITS;
        row[ROW_SIZE] = (uint32_t)parts;
    }
    result = Py_BuildValue("NN", bytes_of(p.rows, size * ROW_OF_TRAITS), bytes_of(p.terms, (Py_ssize_t)p.count));
done:
    free(p.rows), free(p.terms);
    return result;
}

#endif
