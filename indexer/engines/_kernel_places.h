/* Where terms stand in some documents. */

#include "_kernel_phrase.h"

typedef struct {
    int64_t doc;
    Py_ssize_t at; /* which of those asked for it is */
} Seeking;

/* The documents in order of their numbers, and where the places of a term in each begin and how many they are. */
typedef struct {
    Seeking *asked;
    Py_ssize_t *begins, *sizes;
    Py_ssize_t count, found, room;
    int64_t *places;
} Found;

static int compare_asked(const void *left, const void *right) {
    const Seeking *one = left, *other = right;
    if (one->doc != other->doc) return one->doc < other->doc ? -1 : 1;
    return one->at < other->at ? -1 : one->at > other->at;
}

/* Read the places in the next document, which ascend: how many, -1 when the list is broken, -2 without the memory. */
static Py_ssize_t read_next(Term *term, int64_t doc, int64_t documents, Found *found) {
    int state = doc < 0 || doc >= documents ? -1 : is_held(term, doc, documents);
    if (state <= 0) return state;
    Py_ssize_t size = locate(term, 0) < 0 ? -1 : read_places(term, 0);
    for (Py_ssize_t i = 1; i < size; i++)
        if (term->places[i] < term->places[i - 1]) return -1;
    if (size > found->room - found->found) {
        Py_ssize_t room = 2 * (found->found + size) + 256;
        int64_t *places = realloc(found->places, (size_t)room * sizeof *places);
        if (!places) return -2;
        found->places = places, found->room = room;
    }
    if (size > 0) memcpy(found->places + found->found, term->places, (size_t)size * sizeof *found->places);
    return size;
}

/* Look for the term in all documents: how many places there are, -1 when its list is broken, -2 without the memory. */
static Py_ssize_t look_for(Term *term, int64_t documents, Found *found) {
    Py_ssize_t all = found->found = 0;
    for (Py_ssize_t i = 0; i < found->count; i++) {
        const Seeking *one = found->asked + i;
        int is_new = !i || one->doc != one[-1].doc; /* one may be asked for more than once */
        Py_ssize_t size = is_new ? read_next(term, one->doc, documents, found) : found->sizes[one[-1].at];
        if (size < 0) return size;
        found->begins[one->at] = is_new ? found->found : found->begins[one[-1].at];
        found->sizes[one->at] = size;
        if (is_new) found->found += size;
        all += size;
    }
    return all;
}

/* Where the term stands in the documents as they were asked for, each place with what the base of its own says added. */
static PyObject *tell_places(const Found *found, const int64_t *bases, Py_ssize_t all) {
    PyObject *told = PyBytes_FromStringAndSize(NULL, all * (Py_ssize_t)sizeof *found->places);
    if (!told) return NULL;
    int64_t *out = (int64_t *)PyBytes_AsString(told);
    for (Py_ssize_t i = 0; i < found->count; i++)
        for (Py_ssize_t j = 0; j < found->sizes[i]; j++)
            *out++ = (int64_t)((uint64_t)bases[i] + (uint64_t)found->places[found->begins[i] + j]);
    return told;
}

/* The places of one list, as bytes; NULL with an exception. */
static PyObject *places_of(PyObject *list, int64_t documents, const int64_t *bases, Found *found) {
    Term term = {0};
    PyObject *told = NULL;
    Py_ssize_t all = begin_term(&term, list, documents);
    if (all >= 0) {
        Py_BEGIN_ALLOW_THREADS
        all = look_for(&term, documents, found);
        Py_END_ALLOW_THREADS
    }
    if (all >= 0) told = tell_places(found, bases, all);
    else if (all == -2) PyErr_NoMemory();
    else if (all == -1) broken_list();
    end_term(&term);
    return told;
}

/* Put the documents in order, and make room for what is found; 0 without the memory. */
static int begin_found(Found *found, const int64_t *docs) {
    size_t room = (size_t)found->count + 1;
    found->asked = malloc(room * sizeof *found->asked);
    found->begins = malloc(room * sizeof *found->begins), found->sizes = malloc(room * sizeof *found->sizes);
    if (!found->asked || !found->begins || !found->sizes) {
        PyErr_NoMemory();
        return 0;
    }
    for (Py_ssize_t i = 0; i < found->count; i++) found->asked[i] = (Seeking){docs[i], i};
    qsort(found->asked, (size_t)found->count, sizeof *found->asked, compare_asked);
    return 1;
}

/* places(documents, (list, ...), docs, bases) -> of each list its positions in the documents, each with what its
   document's base says added. */
static PyObject *places(PyObject *self, PyObject *args) {
    (void)self;
    long long documents;
    PyObject *lists, *wanted, *added, *result = NULL;
    if (!PyArg_ParseTuple(args, "LOOO", &documents, &lists, &wanted, &added)) return NULL;
    if (!is_size(documents) || !is_tuple(lists)) return NULL;
    Py_ssize_t more;
    Buffers buffers = {NULL};
    Found found = {NULL};
    const int64_t *docs = borrow(&buffers, wanted, PyBUF_SIMPLE, 8, &found.count);
    const int64_t *bases = docs ? borrow(&buffers, added, PyBUF_SIMPLE, 8, &more) : NULL;
    if (bases && more != found.count) PyErr_SetString(PyExc_ValueError, "there are not as many documents as there should be");
    else if (bases && begin_found(&found, docs)) result = PyTuple_New(PyTuple_Size(lists));
    for (Py_ssize_t i = 0; result && i < PyTuple_Size(lists); i++) {
        PyObject *told = places_of(PyTuple_GetItem(lists, i), documents, bases, &found);
        if (!told || PyTuple_SetItem(result, i, told) < 0) Py_CLEAR(result);
    }
    release(&buffers);
    free(found.asked), free(found.begins), free(found.sizes), free(found.places);
    return result;
}
