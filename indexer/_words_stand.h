/* Where the words of some terms stand in a text, of which the index says at which positions they do. */

#ifndef PINCITE_WORDS_STAND
#define PINCITE_WORDS_STAND

#include "_words_records.h"
#include "_words_walk.h"
#include "_words_word.h"

typedef struct {
    Py_ssize_t start, end; /* of a token */
    int64_t place;         /* the position of its first word */
} Placed;

/* Sizes, stems and typed are given as `marks.py` has them: how many positions a token takes, its stems and its words as
   typed, by token. */
typedef struct {
    PyObject *text, *where, *sizes, *stems, *typed;
    Stemming stemming;
    Records records;
    Walk walk;
    Placed *tokens; /* those that take a position */
    Py_ssize_t count;
    int has_long; /* a token is longer than what is held of words */
    PyObject *found;
} Standing;

static int is_letter_code(Py_UCS4 code) { return (code | 32) >= 'a' && (code | 32) <= 'z'; }

static int is_digit_code(Py_UCS4 code) { return code >= '0' && code <= '9'; }

#define LONGEST 64 /* characters of a word that is held, as in `lexicon.py` */

/* How many words of letters and digits there are, with a sign or more between two that joins them or parts them; -1
   where more has to be looked at. Of digits a point or a comma before another joins. */
static Py_ssize_t words_in(const Py_UCS4 *codes, Py_ssize_t size) {
    Py_ssize_t count = 0, at = 0;
    int has_x = 0, has_digit = 0;
    while (at < size) {
        Py_UCS4 code = codes[at];
        if (code == '-' || code == '_' || code == '/' || code == '.' || code == ',') {
            at++;
            continue;
        }
        Py_ssize_t start = at;
        for (int is_number = 1; at < size; at++) {
            code = codes[at];
            int is_digit = is_digit_code(code), joins = (code == '.' || code == ',') && is_number && at > start;
            if (is_digit || is_letter_code(code)) {
                is_number &= is_digit, has_digit |= is_digit, has_x |= (code | 32) == 'x';
            } else if (!joins || at + 1 == size || !is_digit_code(codes[at + 1])) {
                break;
            }
        }
        if (at == start) return -1;
        count++;
    }
    return has_x && has_digit ? -1 : count;
}

/* How many positions a token takes; -1 with an exception. */
static Py_ssize_t positions_of(const Standing *s, Py_ssize_t start, Py_ssize_t end) {
    Py_ssize_t size = words_in(s->walk.codes + start, end - start);
    if (size >= 0) return size;
    PyObject *token = PyUnicode_Substring(s->text, start, end);
    PyObject *told = token ? PyObject_GetItem(s->sizes, token) : NULL;
    Py_XDECREF(token);
    size = told ? PyLong_AsSsize_t(told) : -1;
    Py_XDECREF(told);
    if (size >= 0 && size <= end - start) return size;
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "a token takes no such number of positions");
    return -1;
}

/* Note the tokens of the text; -1 with an exception. */
static int place_tokens(Standing *s) {
    int64_t place = 0;
    while (next_token(&s->walk)) {
        Py_ssize_t start = s->walk.start, end = s->walk.end, takes = positions_of(s, start, end);
        if (takes < 0) return -1;
        if (takes) s->tokens[s->count++] = (Placed){start, end, place};
        s->has_long |= takes > 1 && end - start > LONGEST;
        place += takes;
    }
    return 0;
}

/* The token in which a position is; NULL when the text has none. */
static const Placed *token_of(const Standing *s, long long position) {
    Py_ssize_t low = 0, high = s->count;
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (s->tokens[middle].place <= position) low = middle + 1;
        else high = middle;
    }
    return low ? &s->tokens[low - 1] : NULL;
}

/* Note a term that stands in a token from one sign to another; -1 with an exception. */
static int note_term(const Standing *s, const Placed *token, PyObject *text, Py_ssize_t first, Py_ssize_t last,
                     PyObject *position) {
    PyObject *made = term_of(&s->records, text, token->start + first, token->start + last, position);
    int is_kept = made ? PyList_Append(s->found, made) : -1;
    Py_XDECREF(made);
    return is_kept;
}

/* Note a term of which a form says from where to where it stands; -1 with an exception. */
static int note_form(const Standing *s, const Placed *token, PyObject *text, PyObject *form, PyObject *position) {
    Py_ssize_t first = PyLong_AsSsize_t(PyTuple_GetItem(form, 1)), last = PyLong_AsSsize_t(PyTuple_GetItem(form, 2));
    if (!PyErr_Occurred() && (first < 0 || first > last || last > token->end - token->start)) {
        PyErr_SetString(PyExc_ValueError, "a form does not lie in its token");
    }
    return PyErr_Occurred() ? -1 : note_term(s, token, text, first, last, position);
}

/* Note where a term stands among what a token gives; -1 with an exception. */
static int note_in(const Standing *s, const Placed *token, PyObject *text, PyObject *forms, PyObject *position) {
    if (!PyTuple_Check(forms)) return PyErr_SetString(PyExc_TypeError, "a token gives no forms"), -1;
    for (Py_ssize_t i = 0; i < PyTuple_Size(forms); i++) {
        PyObject *form = PyTuple_GetItem(forms, i);
        if (!PyTuple_Check(form) || PyTuple_Size(form) != 4 || !PyUnicode_Check(PyTuple_GetItem(form, 0))) {
            return PyErr_SetString(PyExc_TypeError, "a form is not what it should be"), -1;
        }
        if (PyUnicode_Compare(PyTuple_GetItem(form, 0), text)) continue;
        long long part = PyLong_AsLongLong(PyTuple_GetItem(form, 3)), wanted = PyLong_AsLongLong(position);
        if (PyErr_Occurred()) return -1;
        if (part >= 0 && wanted - token->place == part && note_form(s, token, text, form, position) < 0) return -1;
    }
    return 0;
}

/* Note a term if it is a form, whose reference is taken; -1 with an exception. */
static int note_if(const Standing *s, const Placed *token, PyObject *text, PyObject *form, int start, int end,
                   PyObject *position) {
    int is_one = form && PyUnicode_Check(form) && PyUnicode_Compare(form, text) == 0;
    Py_XDECREF(form);
    if (PyErr_Occurred()) return -1;
    return is_one ? note_term(s, token, text, start, end, position) : 0;
}

/* Note a term that stands at one of the parts of a token, or is the joined form of the compound that begins there; -1
   with an exception. */
static int note_part(const Standing *s, const Token *t, int at, const Placed *token, PyObject *text, PyObject *position) {
    const Part *part = &t->part[at];
    int start = part->start, is_first = !at || part[-1].is_last;
    PyObject *form = form_of(&t->stemming, t->lower + start, part->end - start, part->others);
    if (note_if(s, token, text, form, start, part->end, position) < 0) return -1;
    if (!is_first || part->is_last) return 0;
    while (!part->is_last) part++;
    return note_if(s, token, text, joined_form(t, start, part->end), start, part->end, position);
}

/* Note where a term stands in a token; -1 with an exception. */
static int note_at(const Standing *s, const Placed *token, PyObject *text, PyObject *position, PyObject *lexicon) {
    Token t = {.stemming = s->stemming};
    if (lexicon == s->stems && cut_codes(&t, s->walk.codes + token->start, token->end - token->start)) {
        long long part = PyLong_AsLongLong(position) - token->place;
        return part < t.parts ? note_part(s, &t, (int)part, token, text, position) : 0;
    }
    PyObject *word = PyUnicode_Substring(s->text, token->start, token->end);
    PyObject *forms = word ? PyObject_GetItem(lexicon, word) : NULL;
    int is_noted = forms ? note_in(s, token, text, forms, position) : -1;
    Py_XDECREF(word), Py_XDECREF(forms);
    return is_noted;
}

/* Note where a term stands of those positions, each of which counts once; -1 with an exception. */
static int note_all(const Standing *s, PyObject *text, PyObject *positions) {
    if (!PyUnicode_Check(text) || !PyList_Check(positions)) {
        return PyErr_SetString(PyExc_TypeError, "positions are given as lists, by term"), -1;
    }
    PyObject *lexicon = PyUnicode_GetLength(text) && PyUnicode_ReadChar(text, 0) == '=' ? s->typed : s->stems;
    long long before = -1;
    for (Py_ssize_t i = 0; i < PyList_Size(positions); i++) {
        PyObject *position = PyList_GetItem(positions, i);
        if (!PyLong_Check(position)) return PyErr_SetString(PyExc_TypeError, "a position is no number"), -1;
        long long wanted = PyLong_AsLongLong(position);
        if (PyErr_Occurred()) return -1;
        const Placed *held = wanted > before ? token_of(s, wanted) : NULL;
        if (!held) continue;
        before = wanted;
        Py_INCREF(position);
        int is_noted = note_at(s, held, text, position, lexicon);
        Py_DECREF(position);
        if (is_noted < 0) return -1;
    }
    return 0;
}

/* Note where all terms stand; -1 with an exception. */
static int note_terms(const Standing *s) {
    PyObject *items = PyDict_Items(s->where);
    int is_noted = items ? 0 : -1;
    for (Py_ssize_t i = 0; is_noted == 0 && i < PyList_Size(items); i++) {
        PyObject *item = PyList_GetItem(items, i);
        is_noted = note_all(s, PyTuple_GetItem(item, 0), PyTuple_GetItem(item, 1));
    }
    Py_XDECREF(items);
    return is_noted;
}

/* stand(text, where, classes, sizes, stems, typed, stemming, records) -> the terms that stand where it is said, in a list;
   None where a token of several words is so long that nothing of it is held.

   `where` has the positions of each, in order; classes are those of `table`. */
static PyObject *stand(PyObject *self, PyObject *args) {
    (void)self;
    Standing s = {.count = 0};
    if (!PyArg_ParseTuple(args, "UO!y#OOOO&O&", &s.text, &PyDict_Type, &s.where, &s.walk.classes, &s.walk.known, &s.sizes,
                          &s.stems, &s.typed, take_stemming, &s.stemming, take_records, &s.records))
        return NULL;
    if (take_walk(&s.walk, s.text) < 0) return NULL;
    s.found = PyList_New(0);
    s.tokens = malloc(((size_t)s.walk.size / 2 + 1) * sizeof *s.tokens); /* something parts them */
    if (!s.tokens) PyErr_NoMemory();
    if (!s.found || !s.tokens || place_tokens(&s) < 0 || (!s.has_long && note_terms(&s) < 0)) Py_CLEAR(s.found);
    PyMem_Free(s.walk.codes), free(s.tokens);
    if (!s.found || !s.has_long) return s.found;
    Py_DECREF(s.found);
    Py_RETURN_NONE;
}

#endif
