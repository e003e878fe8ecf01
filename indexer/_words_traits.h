/* What a question sees of texts: the terms of their tokens with all that is told of each. */

#ifndef PINCITE_WORDS_TRAITS
#define PINCITE_WORDS_TRAITS

#include "_words_cut.h"

/* As `traits.py` has them: a row of a token has its first term, how many, and of how many words; of a term four things
   are told beside the word of the token at which it stands. */
enum { ROW_FIRST, ROW_COUNT, ROW_SIZE, ROW_OF_TRAITS };
enum { TRAIT_PLACE = 3, TRAITS = 5 };
enum { TRAIT_TEXT, TRAIT_POSITION, TRAIT_COLUMNS = 2 + TRAITS - 1 };

static int buffers_fit(const Py_buffer *held, const Py_ssize_t *items, int count) {
    int fits = 1;
    for (int i = 0; i < count; i++) {
        fits &= !held[i].len || !(held[i].len % items[i] || (uintptr_t)held[i].buf % (size_t)(items[i] % 8 ? 4 : 8));
    }
    return fits;
}

/* How many terms some tokens have; -1 when a row or its terms are not there. */
static Py_ssize_t terms_in_all(const Py_buffer *rows, Py_ssize_t terms, const int64_t *tokens, Py_ssize_t count) {
    Py_ssize_t sum = 0, size = rows->len / 4 / ROW_OF_TRAITS;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (tokens[i] < 0 || tokens[i] >= size) return -1;
        const uint32_t *row = (const uint32_t *)rows->buf + tokens[i] * ROW_OF_TRAITS;
        if (row[ROW_FIRST] > terms || row[ROW_COUNT] > terms - row[ROW_FIRST]) return -1;
        sum += row[ROW_COUNT];
        if (sum > (Py_ssize_t)(MOST / 8 / TRAIT_COLUMNS)) return -1;
    }
    return sum;
}

/* traits(rows, terms, tokens, starts, ends) -> of each term of texts in columns: the number of its text, its position
   there, and what is told of it. Tokens by row; where each begins in the texts as one; where each text ends there. */
static PyObject *traits(PyObject *self, PyObject *args) {
    (void)self;
    static const Py_ssize_t items[] = {4 * ROW_OF_TRAITS, 4 * TRAITS, 8, 8, 8};
    Py_buffer h[5];
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*", &h[0], &h[1], &h[2], &h[3], &h[4])) return NULL;
    const int64_t *tokens = h[2].buf, *starts = h[3].buf, *ends = h[4].buf;
    Py_ssize_t size = h[2].len / 8, texts = h[4].len / 8;
    int fits = buffers_fit(h, items, 5) && h[2].len == h[3].len;
    Py_ssize_t count = fits ? terms_in_all(&h[0], h[1].len / 4 / TRAITS, tokens, size) : -1;
    if (count >= 0 && !(result = PyBytes_FromStringAndSize(NULL, TRAIT_COLUMNS * count * 8))) goto done;
    int64_t *out = result ? (int64_t *)PyBytes_AsString(result) : NULL;
    Py_ssize_t text = 0, at = 0;
    int64_t place = 0;
    for (Py_ssize_t i = 0; result && i < size; i++) {
        for (; text < texts && starts[i] >= ends[text]; text++) place = 0;
        if (text == texts) Py_CLEAR(result);
        if (!result) break;
        const uint32_t *row = (const uint32_t *)h[0].buf + tokens[i] * ROW_OF_TRAITS;
        const uint32_t *term = (const uint32_t *)h[1].buf + (size_t)row[ROW_FIRST] * TRAITS;
        for (uint32_t one = 0; one < row[ROW_COUNT]; one++, at++, term += TRAITS) {
            int64_t *to = out + at;
            *to = text, *(to += count) = place + term[TRAIT_PLACE];
            for (int i = 0; i < TRAITS; i++) {
                if (i != TRAIT_PLACE) *(to += count) = term[i];
            }
        }
        place += row[ROW_SIZE];
    }
    if (!result) PyErr_SetString(PyExc_ValueError, "tokens and their tables do not fit together");
done:
    for (int i = 0; i < 5; i++) PyBuffer_Release(&h[i]);
    return result;
}

#endif
