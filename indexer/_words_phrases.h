/* Which texts hold any of some words and phrases, as the pattern of `phrases.py` finds them. */

#ifndef PINCITE_WORDS_PHRASES
#define PINCITE_WORDS_PHRASES

#include "_words_cut.h"

enum { PHRASES = 250, HEADS = 256 }; /* that are looked for at once, one byte each; what their first two letters tell */
enum { IS_NOT_HELD, IS_HELD, IS_NOT_TOLD };
enum { FOREIGN = 128 };

typedef struct {
    const char *text;
    Py_ssize_t size;
    char ending; /* '*' or '+' where any letters, or one at least, may follow; 0 where none may */
} Phrase;

typedef struct {
    uint8_t lower[256]; /* what each byte is in lower case, FOREIGN where it is of no letter of ASCII, 0 where of no word */
    Phrase held[PHRASES];
    uint8_t first[HEADS], next[PHRASES]; /* the number, from 1, of a phrase with such a head, and of another one */
} Phrases;

static unsigned char lowered(char letter) {
    return (unsigned char)(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
}

static void fill_letters(Phrases *p) {
    memset(p->lower, 0, FOREIGN);
    memset(p->lower + FOREIGN, FOREIGN, FOREIGN);
    p->lower['_'] = '_';
    for (int letter = '0'; letter <= '9'; letter++) p->lower[letter] = (uint8_t)letter;
    for (int letter = 'a'; letter <= 'z'; letter++) p->lower[letter] = p->lower[letter - 32] = (uint8_t)letter;
}

/* A number below HEADS, which few words share that are looked for together. */
static int head_of(const char *two) { return (lowered(two[0]) * 31 + lowered(two[1])) & (HEADS - 1); }

/* Take phrases apart, one a line; 0 when they are too many, or one is shorter than two letters. */
static int read_phrases(Phrases *p, const char *lines, Py_ssize_t size) {
    fill_letters(p);
    memset(p->first, 0, sizeof p->first);
    for (Py_ssize_t start = 0, count = 0; start < size; count++) {
        const char *line = lines + start, *end = memchr(line, '\n', (size_t)(size - start));
        Py_ssize_t length = end ? end - line : size - start;
        start += length + 1;
        char last = length ? line[length - 1] : 0, ending = last == '*' || last == '+' ? last : 0;
        length -= ending != 0;
        if (count == PHRASES || length < 2) return 0;
        int head = head_of(line);
        p->held[count] = (Phrase){line, length, ending};
        p->next[count] = p->first[head];
        p->first[head] = (uint8_t)(count + 1);
    }
    return 1;
}

/* Whether a phrase stands where a word begins; IS_NOT_TOLD when what follows is no letter of ASCII. */
static int stands(const Phrases *p, const Phrase *one, const char *text, Py_ssize_t left) {
    if (one->size > left) return IS_NOT_HELD;
    for (Py_ssize_t i = 0; i < one->size; i++)
        if (lowered(text[i]) != (unsigned char)one->text[i]) return IS_NOT_HELD;
    if (one->ending == '*') return IS_HELD;
    uint8_t next = left > one->size ? p->lower[(uint8_t)text[one->size]] : 0;
    return next == FOREIGN ? IS_NOT_TOLD : (next != 0) == (one->ending == '+');
}

/* Whether a text holds any of the phrases; IS_NOT_TOLD where other letters than those of ASCII come before one. */
static int has_phrase(const Phrases *p, const char *text, Py_ssize_t size) {
    for (Py_ssize_t i = 0; i < size; i++) {
        if (p->lower[(uint8_t)text[i]] == FOREIGN) return IS_NOT_TOLD;
        if (!p->lower[(uint8_t)text[i]] || i + 1 == size) continue;
        for (int at = p->first[head_of(text + i)]; at; at = p->next[at - 1]) {
            int found = stands(p, &p->held[at - 1], text + i, size - i);
            if (found) return found;
        }
        while (i + 1 < size && p->lower[(uint8_t)text[i + 1]] % FOREIGN) i++; /* to the end of the word */
    }
    return IS_NOT_HELD;
}

/* phrases(texts, lines) -> for each text a byte: 1 where it holds any of the phrases, 2 where that is not told. */
static PyObject *phrases(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *texts, *result = NULL;
    Py_buffer lines;
    Phrases known;
    if (!PyArg_ParseTuple(args, "Oy*", &texts, &lines)) return NULL;
    if (!PyTuple_Check(texts) || !read_phrases(&known, lines.buf, lines.len)) {
        PyErr_SetString(PyExc_ValueError, "texts are no tuple, or phrases too many or too short");
        goto done;
    }
    Py_ssize_t count = PyTuple_Size(texts);
    result = PyBytes_FromStringAndSize(NULL, count);
    for (Py_ssize_t i = 0; result && i < count; i++) {
        PyObject *one = PyTuple_GetItem(texts, i);
        Py_ssize_t size;
        const char *text = PyUnicode_Check(one) ? PyUnicode_AsUTF8AndSize(one, &size) : NULL;
        if (!text && PyUnicode_Check(one)) PyErr_Clear(); /* half of a letter, which is none of ASCII */
        else if (!text) PyErr_SetString(PyExc_TypeError, "a text is none");
        if (!text && PyErr_Occurred()) Py_CLEAR(result);
        else PyBytes_AsString(result)[i] = (char)(text ? has_phrase(&known, text, size) : IS_NOT_TOLD);
    }
done:
    PyBuffer_Release(&lines);
    return result;
}

#endif
