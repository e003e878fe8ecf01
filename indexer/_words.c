/* The inner loops of cleaning and analysis: a text cut to tokens, each looked up in a table of all that were met or
   told by a number, an aligned text edited, the terms of tokens, which stand in tables, made, put in place and looked
   for, phrases and groups of letters found, and stems.

   Their twins are in Python, `cut.py`, `hashed.py`, `aligned.py`, `tokens.py`, `terms.py`, `traits.py`,
   `token_traits.py`, `letters.py`, `acronyms.py`, `typed.py`, `phrases.py`, `marks.py`, `analyse.py` and NLTK. What parts
   tokens is no business of C: a class for each character is given. Nothing is read beyond what is given, whatever it
   holds; `python -m tests.fuzz words` tries to break it. */

#include "_words_cut.h"
#include "_words_edit.h"
#include "_words_form.h"
#include "_words_groups.h"
#include "_words_hash.h"
#include "_words_held.h"
#include "_words_parentheses.h"
#include "_words_phrases.h"
#include "_words_place.h"
#include "_words_stand.h"
#include "_words_token.h"
#include "_words_traits.h"
#include "_words_typed.h"
#include "_words_word.h"

static PyMethodDef methods[] = {
    {"table", table, METH_VARARGS, "An empty table of tokens."},
    {"place", place, METH_VARARGS, "The terms of tokens, text by text."},
    {"cut", cut_text, METH_VARARGS, "The tokens of a text, by number."},
    {"hashes", hash_text, METH_VARARGS, "The tokens of a text, each as a number that its letters give."},
    {"word", word, METH_VARARGS, "The terms of a word or a compound."},
    {"stem", stem, METH_VARARGS, "The stem of an English word."},
    {"told", told, METH_VARARGS, "What a question sees of tokens."},
    {"traits", traits, METH_VARARGS, "What is told of the terms of texts, in columns."},
    {"counts", counts, METH_VARARGS, "How many numbers texts have."},
    {"follow", follow, METH_VARARGS, "Which pairs of numbers stand in which texts."},
    {"held", held, METH_VARARGS, "Which numbers stand in which texts."},
    {"parentheses", parentheses, METH_O, "The parentheses of texts that may define a short form."},
    {"phrases", phrases, METH_VARARGS, "Which texts hold any of some words and phrases."},
    {"groups", groups, METH_VARARGS, "How much of some words stands in texts."},
    {"stand", stand, METH_VARARGS, "The terms of a text that stand where it is said."},
    {"typed", typed, METH_VARARGS, "How many words texts have as typed."},
    {"edit", edit_text, METH_VARARGS, "An aligned text after edits."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_words", "The inner loops of cleaning and analysis.", -1, methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__words(void) {
    fill_crcs();
    PyObject *made = PyModule_Create(&module);
    if (made && PyModule_AddIntConstant(made, "API", 16) < 0) Py_CLEAR(made); /* `native.py` asks for this number */
    return made;
}
