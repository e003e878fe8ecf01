/* The indexed form of a word of small letters of ASCII. */

#ifndef PINCITE_WORDS_FORM
#define PINCITE_WORDS_FORM

#include "_words_stem.h"

/* As `analyse.py` has them: words whose stem no rule gives, each with it; a function that gives the stem of words that
   end as irregular plurals do. */
typedef struct {
    PyObject *stems, *other;
} Stemming;

/* Take both from a tuple; 0 with an exception. */
static int take_stemming(PyObject *given, void *taken) {
    int is_sound = PyTuple_Check(given) && PyTuple_Size(given) == 2 && PyDict_Check(PyTuple_GetItem(given, 0));
    if (!is_sound) return PyErr_SetString(PyExc_TypeError, "stems are listed, or a function gives them"), 0;
    *(Stemming *)taken = (Stemming){PyTuple_GetItem(given, 0), PyTuple_GetItem(given, 1)};
    return 1;
}

static int may_be_plural(const Word *w) {
    return has_end(w, "ses") || has_end(w, "ves") || has_end(w, "ata") || has_end(w, "ae");
}

/* The stem of a word whose letters are known. */
static PyObject *stem_of_letters(const Stemming *s, Word *w, PyObject *word) {
    PyObject *listed = PyDict_GetItemWithError(s->stems, word);
    if (listed || PyErr_Occurred()) return Py_XNewRef(listed);
    if (may_be_plural(w)) return PyObject_CallFunctionObjArgs(s->other, word, NULL);
    to_stem(w);
    return PyUnicode_FromStringAndSize(w->text, w->size);
}

/* The stem of some small letters, 64 at most. */
static PyObject *stem_of(const Stemming *s, const char *letters, int size) {
    Word w = {.size = size};
    memcpy(w.text, letters, (size_t)size);
    PyObject *word = PyUnicode_FromStringAndSize(letters, size);
    PyObject *stem = word ? stem_of_letters(s, &w, word) : NULL;
    Py_XDECREF(word);
    return stem;
}

/* The indexed form of a word in lower case, 64 signs at most: its stem where none of them is another than a letter. */
static PyObject *form_of(const Stemming *s, const char *lower, int size, int others) {
    return others ? PyUnicode_FromStringAndSize(lower, size) : stem_of(s, lower, size);
}

/* stem(word, stemming) -> its stem; a word of small letters. */
static PyObject *stem(PyObject *self, PyObject *args) {
    (void)self;
    Stemming stemming;
    PyObject *word;
    Py_UCS4 letters[LONGEST];
    if (!PyArg_ParseTuple(args, "UO&", &word, take_stemming, &stemming)) return NULL;
    Word w = {.size = 0};
    Py_ssize_t size = PyUnicode_GetLength(word);
    int is_sound = size >= 0 && size <= LONGEST;
    if (is_sound && size && !PyUnicode_AsUCS4(word, letters, LONGEST, 0)) return NULL;
    for (; is_sound && w.size < size; w.size++) {
        is_sound = letters[w.size] >= 'a' && letters[w.size] <= 'z', w.text[w.size] = (char)letters[w.size];
    }
    if (!is_sound) return PyErr_SetString(PyExc_ValueError, "a word has small letters, 64 at most"), NULL;
    return stem_of_letters(&stemming, &w, word);
}

#endif
