/* The inner loops of searching: posting lists unpacked, scored and ranked without an array in between; and of writing:
   terms counted, put in order and packed.

   Everything here has a twin in numpy, `kernel_numpy.py` or beside what asks for it, which gives the same numbers to the
   last bit: additions and multiplications come in the same order, and the compiler is told not to fuse them. Nothing is
   believed of the lists: a document number, a place or a number that stands aside is compared with the size of what it
   points into. What is given stands in tuples, which cannot change while they are read. `python -m tests.fuzz kernel`
   tries to break it. */

#include "_kernel_apart.h"
#include "_kernel_best.h"
#include "_kernel_coverage.h"
#include "_kernel_each.h"
#include "_kernel_every.h"
#include "_kernel_features.h"
#include "_kernel_folded.h"
#include "_kernel_invert.h"
#include "_kernel_layouts.h"
#include "_kernel_lists.h"
#include "_kernel_pack.h"
#include "_kernel_phrase.h"
#include "_kernel_places.h"
#include "_kernel_rank.h"
#include "_kernel_sentences.h"
#include "_kernel_terms.h"

static PyMethodDef methods[] = {
    {"hold", hold, METH_VARARGS, "A posting list, checked."},
    {"keep_most", keep_most, METH_VARARGS, "How many bytes are kept of what was found of lists."},
    {"weigh", weigh, METH_VARARGS, "What an occurrence is worth in each document, checked."},
    {"best", best, METH_VARARGS, "The best documents of some segments."},
    {"add", add, METH_VARARGS, "Scores of all documents of a segment."},
    {"mark", mark, METH_VARARGS, "Which documents are in any of some lists."},
    {"count", count, METH_VARARGS, "The number of documents in any of some lists."},
    {"phrase", phrase, METH_VARARGS, "Where lists follow one another."},
    {"lower", lower, METH_VARARGS, "Where a term stands among all."},
    {"invert", invert, METH_VARARGS, "Terms by document as documents by term."},
    {"pack", pack, METH_VARARGS, "Lists of numbers in few bytes."},
    {"apart", apart, METH_VARARGS, "Which passages overlap none that is better."},
    {"layouts", layouts, METH_VARARGS, "Layouts of passages, in columns."},
    {"places", places, METH_VARARGS, "Where lists stand in some documents."},
    {"each", each, METH_VARARGS, "Where terms stand in each of some passages."},
    {"flags", flags, METH_VARARGS, "Which words stand under flags in each of some passages."},
    {"rank", rank, METH_VARARGS, "What passages and their sentences are worth to clauses."},
    {"coverage", coverage, METH_VARARGS, "How much of a question stands in sentences and around them."},
    {"features", features, METH_VARARGS, "What tells sentences that answer by numbers."},
    {"holding", holding, METH_VARARGS, "Which clauses stand in which passages."},
    {"in_turn", in_turn, METH_VARARGS, "Passages, the one that adds most to those before always next."},
    {"heads", heads, METH_VARARGS, "Which passages repeat one before them."},
    {"sentences", sentences, METH_VARARGS, "Sentences of passages, and what stands in and around some."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_kernel", "The inner loops of searching and writing.", -1, methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__kernel(void) {
    PyObject *made = PyModule_Create(&module);
    if (made && PyModule_AddIntConstant(made, "API", 22) < 0) Py_CLEAR(made); /* `native.py` asks for this number */
    return made;
}
