/* Scores of a window of documents: the parts that they are sums of, added up. */

#ifndef PINCITE_SCORES
#define PINCITE_SCORES

#include "_kernel_windows.h"

#define FEW (WINDOW / 8) /* scores that are set back one by one; to set back all takes as long as a few hundred */

typedef struct {
    double value; /* inverse document frequency, or a share of it */
    Py_ssize_t first, last; /* lists */
} Part;

/* Add to a number, and note its place when it is 0 no more. */
static ALWAYS_INLINE void add_noted(double *numbers, uint16_t *places, Py_ssize_t *count, int64_t at, double more) {
    double before = numbers[at], after = before + more;
    numbers[at] = after;
    places[*count < WINDOW ? *count : WINDOW] = (uint16_t)at;
    *count += (before == 0) & (after != 0);
}

/* What a part adds to a score; the same operations in the same order as in numpy. */
static ALWAYS_INLINE double worth(double value, double k1, double weight) {
    return value * ((k1 + 1) * weight / (k1 + weight));
}

/* Add to the scores of a window what a packed list is worth, or its weights to the weights: `next_posting` over and
   over, with nothing put away between two postings and the widths known to the compiler. */
static ALWAYS_INLINE int add_packed(List *list, double value, Window *w, int is_whole, int gap_width,
                                    int frequency_width) {
    const double *worths = list->worths;
    const uint16_t *lengths = list->lengths;
    const double k1 = w->k1;
    const uint8_t *among = w->among;
    const int64_t base = w->base, end = w->end, documents = w->documents;
    int64_t doc = list->doc, frequency = list->frequency;
    Py_ssize_t left = list->left, gap_at = list->gaps.at, frequency_at = list->frequencies.at;
    Places *places = is_whole ? &w->scratch->scored : &w->scratch->weighed;
    double *numbers = is_whole ? w->scores : w->scratch->weights;
    Py_ssize_t count = places->count;
    while (doc < end) {
        if (!among || among[doc]) {
            double weight = (double)frequency * worths[lengths[doc]];
            add_noted(numbers, places->at, &count, doc - base, is_whole ? worth(value, k1, weight) : weight);
        }
        if (left-- <= 0) {
            doc = documents;
            break;
        }
        int64_t gap = number_at(&list->gaps, gap_width, gap_at++);
        frequency = number_at(&list->frequencies, frequency_width, frequency_at++);
        if (gap <= 0 || frequency <= 0 || (doc += gap) >= documents) return -1;
    }
    places->count = count;
    list->doc = doc, list->frequency = (uint32_t)frequency;
    list->left = left, list->gaps.at = gap_at, list->frequencies.at = frequency_at;
    return 0;
}

/* The same of documents and counts as they are. */
static ALWAYS_INLINE int add_listed(List *list, double value, Window *w, int is_whole) {
    Places *places = is_whole ? &w->scratch->scored : &w->scratch->weighed;
    double *numbers = is_whole ? w->scores : w->scratch->weights;
    int state = 0;
    while (list->doc < w->end && state >= 0) {
        int64_t doc = list->doc;
        if (!w->among || w->among[doc]) {
            double weight = weight_in(list, doc, list->frequency);
            add_noted(numbers, places->at, &places->count, doc - w->base, is_whole ? worth(value, w->k1, weight) : weight);
        }
        state = next_posting(list, w->documents);
    }
    return state < 0 ? -1 : 0;
}

static ALWAYS_INLINE int add_list(List *list, double value, Window *w, int is_whole) {
    if (list->doc >= w->end) return 0;
    if (list->docs) return add_listed(list, value, w, is_whole);
    switch (list->gaps.width * 8 + list->frequencies.width) {
    case 8 + 0: return add_packed(list, value, w, is_whole, 1, 0);
    case 8 + 1: return add_packed(list, value, w, is_whole, 1, 1);
    case 16 + 0: return add_packed(list, value, w, is_whole, 2, 0);
    case 16 + 1: return add_packed(list, value, w, is_whole, 2, 1);
    default: return add_packed(list, value, w, is_whole, list->gaps.width, list->frequencies.width);
    }
}

/* Add to the scores of a window what a part is worth; -1 when a list is broken. */
static int add_part(const Part *part, List *lists, Window *w) {
    Py_ssize_t there = 0, last = 0; /* the lists that have documents in the window: of the fields of most words one */
    for (Py_ssize_t i = part->first; i < part->last; i++)
        if (lists[i].doc < w->end) there++, last = i;
    if (there <= 1) return there ? add_list(&lists[last], part->value, w, 1) : 0;
    Scratch *scratch = w->scratch;
    Places *scored = &scratch->scored, *weighed = &scratch->weighed;
    for (Py_ssize_t i = part->first; i < part->last; i++)
        if (add_list(&lists[i], 1, w, 0) < 0) return -1;
    for (Py_ssize_t i = 0; i < kept(weighed); i++) {
        int64_t at = weighed->at[i];
        add_noted(w->scores, scored->at, &scored->count, at, worth(part->value, w->k1, scratch->weights[at]));
        scratch->weights[at] = 0;
    }
    weighed->count = 0;
    return 0;
}

/* Make the scores of a window ready for the next. */
static void forget(Window *w) {
    Places *scored = &w->scratch->scored;
    if (scored->count > FEW) memset(w->scores, 0, WINDOW * sizeof *w->scores);
    else
        for (Py_ssize_t i = 0; i < scored->count; i++) w->scores[scored->at[i]] = 0;
    scored->count = 0;
}

/* Parts of a score: a tuple of (value, (list, ...)). */
static int read_parts(Buffers *buffers, PyObject *object, int64_t documents, Part **parts, List **lists,
                      Py_ssize_t *count) {
    Py_ssize_t all = 0, at = 0;
    if (!is_tuple(object)) return -1;
    *count = PyTuple_Size(object);
    *parts = malloc((size_t)(*count + 1) * sizeof **parts);
    if (!*parts) goto memory;
    for (Py_ssize_t i = 0; i < *count; i++) {
        PyObject *part = PyTuple_GetItem(object, i), *sources;
        if (!is_tuple(part) || !PyArg_ParseTuple(part, "dO", &(*parts)[i].value, &sources)) return -1;
        if (!is_tuple(sources)) return -1;
        (*parts)[i].first = all;
        (*parts)[i].last = all += PyTuple_Size(sources);
    }
    *lists = calloc((size_t)(all + 1), sizeof **lists);
    if (!*lists) goto memory;
    for (Py_ssize_t i = 0; i < *count; i++) {
        PyObject *sources = PyTuple_GetItem(PyTuple_GetItem(object, i), 1);
        for (Py_ssize_t j = 0; j < PyTuple_Size(sources); j++)
            if (read_list(buffers, PyTuple_GetItem(sources, j), documents, &(*lists)[at++]) < 0) return -1;
    }
    return 0;
memory:
    PyErr_NoMemory();
    return -1;
}

static int read_among(Buffers *buffers, PyObject *object, int64_t documents, const uint8_t **among) {
    Py_ssize_t length;
    *among = NULL;
    if (object == Py_None) return 0;
    if (!(*among = borrow(buffers, object, PyBUF_SIMPLE, 1, &length))) return -1;
    if (length >= documents) return 0;
    PyErr_SetString(PyExc_ValueError, "too few documents are said to be allowed or not");
    return -1;
}

#endif
