/* What a question sees of a token that is nothing but letters, digits, "-", "_", "/" and "." of ASCII. */

#ifndef PINCITE_WORDS_TOKEN
#define PINCITE_WORDS_TOKEN

#include "_words_hash.h"
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

/* The hash of the first letters of a term, as `hashed.py` has it. */
static uint32_t beginning_of(const char *letters, Py_ssize_t size) {
    uint32_t crc = UINT32_MAX;
    for (Py_ssize_t at = 0; at < size && at < BEGINNING; at++) crc = with_byte(crc, (uint8_t)letters[at]);
    return ~crc;
}

/* Letters of a word. */
typedef struct {
    const char *letters;
    int size;
} Stretch;

/* The number of some letters, which is known where they are those of a term; -1 with an exception. */
static int64_t number_spelled(const Token *t, Stretch spelled, Stretch term, int64_t number) {
    if (!spelled.size) return 0; /* which stands for none */
    if (spelled.size == term.size && !memcmp(spelled.letters, term.letters, (size_t)term.size)) return number;
    return number_of(t, PyUnicode_FromStringAndSize(spelled.letters, spelled.size));
}

/* Add a term, whose reference it takes: its number, its beginning, and what else is told; -1 with an exception. */
static int tell(Telling *p, PyObject *term, Stretch spelled, int at, int kinds) {
    Py_ssize_t size;
    const char *letters = term && kinds >= 0 ? PyUnicode_AsUTF8AndSize(term, &size) : NULL;
    int64_t number = letters ? number_of(&p->token, Py_NewRef(term)) : -1;
    int64_t other = number < 0 ? -1 : number_spelled(&p->token, spelled, (Stretch){letters, (int)size}, number);
    if (other >= 0) {
        const uint32_t row[TRAITS] = {
            (uint32_t)number, beginning_of(letters, size), (uint32_t)other, (uint32_t)at, size ? (uint32_t)kinds : 0,
        };
        memcpy(p->terms + p->count, row, sizeof row);
        p->count += TRAITS;
    }
    Py_XDECREF(term);
    return other < 0 ? -1 : 0;
}

/* A part without the ending of a regular plural. */
static Stretch unpluralled(const char *letters, int size) {
    const char *last = letters + size - 1;
    return (Stretch){letters, size - (size > 3 && *last == 's' && last[-1] != 's')};
}

/* Add the terms of one of the parts of a word, and behind the first that of the compound; -1 with an exception. */
static int tell_part(Telling *p, int at, int first, int last) {
    const Token *t = &p->token;
    const Part *part = &t->part[at];
    int start = part->start, size = part->end - start, end = t->part[last].end;
    Stretch spelled = unpluralled(t->lower + start, size);
    PyObject *form = form_of(&t->stemming, t->lower + start, size, part->others);
    if (tell(p, form, spelled, at, kinds_of(p, start, part->end, !part->others)) < 0) return -1;
    if (at > first || first == last) return 0;
    return tell(p, joined_form(t, start, end), (Stretch){NULL, 0}, at, kinds_of(p, start, end, 0));
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

/* Take apostrophes between letters out of a token, and an "'s" at its end; 0 where it is left to Python. */
static int without_apostrophes(Token *t) {
    int size = 0, first = 0, last = 0;
    if (!memchr(t->text, '\'', (size_t)t->size)) return 1;
    for (int at = 0; at < t->size; at++) {
        if (is_letter(t->text[at])) continue;
        if (t->text[at] != '\'' || at == last || at + 1 == t->size) return 0;
        first = first ? first : at, last = at + 1;
    }
    if (first < 2 || (first == 2 && (t->text[0] | 32) == 'q')) return 0; /* which may be an article */
    if (t->size == last + 1 && (t->text[last] | 32) == 's') t->size = last;
    for (int at = 0; at < t->size; at++) {
        if (t->text[at] != '\'') t->text[size++] = t->text[at];
    }
    t->size = size;
    return size != 3 || memcmp(t->text, "May", 3); /* "May's" is no month */
}

/* Tell the terms of a token: how many words it has, 0 where it is left to Python; -1 with an exception. */
static int tell_token(Telling *p, PyObject *token) {
    Token *t = &p->token;
    t->parts = 0;
    int told = take_token(t, token);
    if (told > 0) told = without_apostrophes(t) && cut_token(t);
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
