/* The tokens of a text, one after another, not kept in a table. */

#ifndef PINCITE_WORDS_WALK
#define PINCITE_WORDS_WALK

#include "_words_cut.h"

typedef struct {
    const uint8_t *classes; /* by code, the last for all beyond */
    Py_ssize_t known;       /* of these there are so many */
    Py_UCS4 *codes;         /* of the text */
    Py_ssize_t size, at, start, end; /* the last two of the token */
} Walk;

/* Take a text and its classes; -1 with an exception. Its codes must be freed. */
static int take_walk(Walk *walk, PyObject *text) {
    if (walk->known < 128) return PyErr_SetString(PyExc_ValueError, "there is no class for each character of ASCII"), -1;
    walk->at = 0, walk->size = PyUnicode_GetLength(text), walk->codes = PyUnicode_AsUCS4Copy(text);
    return walk->codes ? 0 : -1;
}

static int class_here(const Walk *walk) {
    Py_UCS4 code = walk->codes[walk->at];
    return walk->classes[code < (Py_UCS4)walk->known ? (Py_ssize_t)code : walk->known - 1];
}

/* Go to the next token; 0 when there is none. */
static int next_token(Walk *walk) {
    int class = PARTS;
    while (walk->at < walk->size && (class = class_here(walk)) <= STRIPPED) walk->at++;
    walk->start = walk->end = walk->at;
    for (; walk->at < walk->size && (class = class_here(walk)) != PARTS; walk->at++) {
        if (class != STRIPPED) walk->end = walk->at + 1;
    }
    return walk->end > walk->start;
}

#endif
