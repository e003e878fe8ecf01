/* Where a term stands in some documents. */

#include "_kernel_phrase.h"

typedef struct {
    int64_t *at;
    Py_ssize_t count, room;
} Found;

static int note_places(Found *found, int64_t base, const int64_t *places, Py_ssize_t size) {
    if (size > found->room - found->count) {
        Py_ssize_t room = 2 * (found->count + size) + 256;
        int64_t *at = realloc(found->at, (size_t)room * sizeof *at);
        if (!at) return -2;
        found->at = at, found->room = room;
    }
    for (Py_ssize_t i = 0; i < size; i++) found->at[found->count++] = (int64_t)((uint64_t)base + (uint64_t)places[i]);
    return 0;
}

/* Look for the term in documents that ascend, one more than once at times; -1 when its list is broken, -2 without the
   memory. */
static int look_for(Term *term, const int64_t *docs, const int64_t *bases, Py_ssize_t count, int64_t documents,
                    Found *found) {
    Py_ssize_t size = 0; /* places in the document */
    for (Py_ssize_t i = 0; i < count; i++) {
        if (docs[i] < 0 || docs[i] >= documents || (i && docs[i] < docs[i - 1])) return -1;
        if (!i || docs[i] > docs[i - 1]) {
            int state = is_held(term, docs[i], documents);
            if (state < 0 || (state && locate(term, 0) < 0)) return -1;
            size = state ? read_places(term, 0) : 0;
        }
        int state = size < 0 ? (int)size : note_places(found, bases[i], term->places, size);
        if (state < 0) return state;
    }
    return 0;
}

/* places(documents, list, docs, bases) -> positions in the documents, which ascend, each with what its base says added. */
static PyObject *places(PyObject *self, PyObject *args) {
    (void)self;
    long long documents;
    PyObject *list, *wanted, *added, *result = NULL;
    if (!PyArg_ParseTuple(args, "LOOO", &documents, &list, &wanted, &added)) return NULL;
    if (!is_size(documents)) return NULL;
    Py_ssize_t count, more;
    const int64_t *docs, *bases;
    Buffers buffers = {NULL};
    Term term = {0};
    Found found = {0};
    int state;
    if (!(docs = borrow(&buffers, wanted, PyBUF_SIMPLE, 8, &count))) goto done;
    if (!(bases = borrow(&buffers, added, PyBUF_SIMPLE, 8, &more))) goto done;
    if (more != count) {
        PyErr_SetString(PyExc_ValueError, "there are not as many documents as there should be");
        goto done;
    }
    if ((state = begin_term(&term, list, documents)) >= 0) {
        Py_BEGIN_ALLOW_THREADS
        state = look_for(&term, docs, bases, count, documents, &found);
        Py_END_ALLOW_THREADS
    }
    if (state == -2) PyErr_NoMemory();
    else if (state == -1) broken_list();
    else if (state >= 0) result = PyBytes_FromStringAndSize(found.at ? (char *)found.at : "", found.count * (Py_ssize_t)sizeof *found.at);
done:
    release(&buffers);
    end_term(&term);
    free(found.at);
    return result;
}
