/* The terms of a token that is nothing but letters, digits, "-", "_", "/" and "." of ASCII. */

#ifndef PINCITE_WORDS_WORD
#define PINCITE_WORDS_WORD

#include "_words_form.h"
#include "_words_place.h"

#define LONGEST_TOKEN 64
#define LONGEST_TYPED (2 * LONGEST_TOKEN + 2) /* characters of a term */
#define MOST_PARTS (LONGEST_TOKEN / 2)
#define NOWHERE (1u << 30) /* the end of what lies in no scope; it begins where the word does */

typedef struct {
    int start, end, others; /* signs of it that are no letters */
    int is_last;            /* of the parts of its word */
} Part;

typedef struct {
    PyObject *vocabulary, *texts, *apart; /* term -> number; terms by number; words for Python, if any */
    Stemming stemming;
    char text[LONGEST_TOKEN], lower[LONGEST_TOKEN];
    int size, parts, count; /* `count`: of the numbers in `terms` */
    int is_edged;           /* whether signs that join stand where they join nothing */
    Part part[MOST_PARTS];
    uint32_t terms[4 * TERM * MOST_PARTS], words[MOST_PARTS];
} Token;

static int is_letter(char sign) { return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z'); }

static int is_digit(char sign) { return sign >= '0' && sign <= '9'; }

static int is_joiner(char sign) { return sign == '-' || sign == '_' || sign == '/'; }

/* Whether a dot stands in a number: behind digits alone, or such with dots between, and before another. */
static int is_inside(const Token *t, int start, int at) {
    for (int before = start; before < at; before++) {
        if (!is_digit(t->text[before]) && t->text[before] != '.') return 0;
    }
    return at > start && at + 1 < t->size && is_digit(t->text[at + 1]);
}

/* Whether a part is left to Python: one with letters that are a word for it, or with an x between digits; -1 with an
   exception. */
static int is_apart(const Token *t, const Part *part) {
    for (int at = part->start + 1; part->others > 1 && at + 1 < part->end; at++) {
        if (t->lower[at] == 'x' && is_digit(t->lower[at - 1]) && is_digit(t->lower[at + 1])) return 1;
    }
    if (!t->apart) return 0;
    for (int at = part->start; at < part->end; at++) {
        int first = at;
        while (at < part->end && is_letter(t->lower[at])) at++;
        if (at == first) continue;
        PyObject *letters = PyUnicode_FromStringAndSize(t->lower + first, at - first);
        int found = letters ? PySet_Contains(t->apart, letters) : -1;
        Py_XDECREF(letters);
        if (found) return found;
    }
    return 0;
}

/* Cut the token to the parts of its words; 0 where it is left to Python, -1 with an exception. What joins no two parts is
   no part of a word. */
static int cut_token(Token *t) {
    int start = 0, others = 0;
    for (int at = 0; at <= t->size; at++) {
        char sign = at < t->size ? t->text[at] : '.';
        if (at < t->size) t->lower[at] = sign >= 'A' && sign <= 'Z' ? (char)(sign + 32) : sign;
        if (is_letter(sign)) continue;
        if (is_digit(sign) || (sign == '.' && is_inside(t, start, at))) {
            others++;
            continue;
        }
        if (!is_joiner(sign) && sign != '.') return 0;
        int joins = is_joiner(sign) && at > start && at + 1 < t->size && (is_letter(t->text[at + 1]) || is_digit(t->text[at + 1]));
        t->is_edged |= at < t->size && !joins && (sign != '.' || at == start);
        if (at > start) {
            Part *part = &t->part[t->parts++];
            *part = (Part){start, at, others, !joins};
            int apart = is_apart(t, part);
            if (apart) return apart < 0 ? -1 : 0;
        }
        start = at + 1, others = 0;
    }
    return t->parts > 0;
}

/* Cut a token that is given by its characters, of which none is left to Python but for an x; 0 where it is. */
static int cut_codes(Token *t, const Py_UCS4 *codes, Py_ssize_t size) {
    if (size > LONGEST_TOKEN) return 0;
    t->parts = t->is_edged = 0, t->size = (int)size, t->apart = NULL;
    for (int at = 0; at < t->size; at++) {
        if (codes[at] >= 128) return 0;
        t->text[at] = (char)codes[at];
    }
    return cut_token(t);
}

/* The number of a term, whose reference it takes: the next one where it has none; -1 with an exception. */
static int64_t number_of(const Token *t, PyObject *term) {
    int64_t number = -1;
    PyObject *known = term ? PyDict_GetItemWithError(t->vocabulary, term) : NULL;
    if (known) number = (int64_t)PyLong_AsUnsignedLong(known);
    else if (!PyErr_Occurred()) {
        Py_ssize_t next = PyList_Size(t->texts);
        PyObject *made = PyLong_FromSsize_t(next);
        if (made && !PyDict_SetItem(t->vocabulary, term, made) && !PyList_Append(t->texts, term)) number = next;
        Py_XDECREF(made);
    }
    Py_XDECREF(term);
    return PyErr_Occurred() ? -1 : number;
}

/* Add a term, whose reference it takes; -1 with an exception. */
static int add_term(Token *t, PyObject *term, int part, int start, uint32_t end) {
    int64_t number = number_of(t, term);
    if (number < 0) return -1;
    const uint32_t row[TERM] = {(uint32_t)number, (uint32_t)part, (uint32_t)start, end};
    memcpy(t->terms + t->count, row, sizeof row);
    t->count += TERM;
    return 0;
}

/* Spell the term of a word as typed, "=us=US", "=spine": how many characters it has. */
static int spell_typed(const Token *t, int start, int end, char *spelled) {
    size_t size = (size_t)(end - start);
    spelled[0] = '=';
    memcpy(spelled + 1, t->lower + start, size);
    if (!memcmp(t->lower + start, t->text + start, size)) return end - start + 1;
    spelled[size + 1] = '=';
    memcpy(spelled + size + 2, t->text + start, size);
    return 2 * (end - start) + 2;
}

/* The same as a text of Python. */
static PyObject *typed_of(const Token *t, int start, int end) {
    char spelled[LONGEST_TYPED];
    return PyUnicode_FromStringAndSize(spelled, spell_typed(t, start, end, spelled));
}

/* The joined form of a compound, numbers kept apart. */
static PyObject *joined_form(const Token *t, int start, int end) {
    char whole[LONGEST_TOKEN];
    int size = 0, others = 0;
    for (int at = start; at < end; at++) {
        char sign = t->lower[at];
        if (is_joiner(sign)) {
            if (!is_digit(t->lower[at - 1]) || !is_digit(t->lower[at + 1])) continue;
            sign = '-';
        }
        whole[size++] = sign, others += !is_letter(sign);
    }
    return form_of(&t->stemming, whole, size, others);
}

/* Add the terms of a compound itself, of the parts from one up to another; -1 with an exception. */
static int add_compound(Token *t, int first, int last) {
    int start = t->part[first].start, end = t->part[last].end;
    if (add_term(t, joined_form(t, start, end), first, start, (uint32_t)end) < 0) return -1;
    return add_term(t, typed_of(t, start, end), first, start, (uint32_t)start + NOWHERE);
}

/* Add the terms of a part; -1 with an exception. */
static int add_part(Token *t, int at) {
    const Part *part = &t->part[at];
    int start = part->start, end = part->end, is_number = part->others == end - start;
    t->words[at] = 2 * (uint32_t)start + 1;
    PyObject *form = form_of(&t->stemming, t->lower + start, end - start, part->others);
    if (add_term(t, form, at, start, (uint32_t)end) < 0) return -1;
    if (is_number && !memchr(t->text + start, '.', (size_t)(end - start))) return 0;
    return add_term(t, typed_of(t, start, end), at, start, (uint32_t)start + NOWHERE);
}

/* Add the terms of all words; -1 with an exception. */
static int add_words(Token *t) {
    for (int first = 0, last; first < t->parts; first = last + 1) {
        for (last = first; !t->part[last].is_last;) last++;
        if (last > first && add_compound(t, first, last) < 0) return -1;
        for (int at = first; at <= last; at++) {
            if (add_part(t, at) < 0) return -1;
        }
    }
    return 0;
}

/* Take a token that may be a word: 1, 0 for one that is left to Python, -1 with an exception. Its characters are copied:
   asked for UTF-8, Python keeps a second copy of each token beyond ASCII as long as it lives. */
static int take_token(Token *t, PyObject *token) {
    Py_UCS4 signs[LONGEST_TOKEN];
    Py_ssize_t size = PyUnicode_GetLength(token);
    if (size < 1 || size > LONGEST_TOKEN) return size < 0 ? -1 : 0;
    if (!PyUnicode_AsUCS4(token, signs, LONGEST_TOKEN, 0)) return -1;
    t->size = (int)size;
    for (int at = 0; at < t->size; at++) {
        if (signs[at] >= 128) return 0;
        t->text[at] = (char)signs[at];
    }
    return 1;
}

/* word(token, vocabulary, texts, apart, stemming, first, first_word) -> its row, terms and words as the tables of tokens
   have them, behind so many terms and words; None for a token that is left to Python. */
static PyObject *word(PyObject *self, PyObject *args) {
    (void)self;
    Token t = {.count = 0};
    PyObject *token;
    unsigned int first, first_word;
    if (!PyArg_ParseTuple(args, "UO!O!OO&II", &token, &PyDict_Type, &t.vocabulary, &PyList_Type, &t.texts, &t.apart,
                          take_stemming, &t.stemming, &first, &first_word))
        return NULL;
    int told = take_token(&t, token);
    if (told > 0) told = cut_token(&t);
    if (told > 0 && t.is_edged) told = 0; /* whose terms stand behind its beginning */
    if (told < 0 || (told && add_words(&t) < 0)) return NULL;
    if (!told) Py_RETURN_NONE;
    const uint32_t row[ROW] = {
        [FIRST] = first,   [COUNT] = (uint32_t)(t.count / TERM), [FIRST_WORD] = first_word,
        [SIZE] = (uint32_t)t.parts, [LENGTH] = (uint32_t)t.size,
    };
    return Py_BuildValue("NNN", bytes_of(row, ROW), bytes_of(t.terms, t.count), bytes_of(t.words, t.parts));
}

#endif
