/* Every document of a segment: its score, or whether it counts. */

#include "_kernel_scores.h"

/* add(scores, parts, k1, among): add what the parts are worth to an array of scores, one for each document. */
static PyObject *add(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *target, *object, *mask, *result = NULL;
    double k1, *scores;
    Py_ssize_t count = 0, documents;
    if (!PyArg_ParseTuple(args, "OOdO", &target, &object, &k1, &mask)) return NULL;
    Buffers buffers = {NULL};
    Part *parts = NULL;
    List *lists = NULL;
    const uint8_t *among;
    int state = 0;
    Scratch *scratch = calloc(1, sizeof *scratch);
    if (!scratch) {
        PyErr_NoMemory();
        goto done;
    }
    if (!(scores = borrow(&buffers, target, PyBUF_WRITABLE, sizeof *scores, &documents))) goto done;
    if (read_among(&buffers, mask, documents, &among) < 0) goto done;
    if (read_parts(&buffers, object, documents, &parts, &lists, &count) < 0) goto done;
    Py_BEGIN_ALLOW_THREADS
    Window w = {.documents = documents, .among = among, .k1 = k1, .scratch = scratch};
    for (w.base = 0; w.base < documents && state >= 0; w.base = w.end) {
        w.end = w.base + WINDOW < documents ? w.base + WINDOW : documents;
        w.scores = scores + w.base;
        for (Py_ssize_t i = 0; i < count && state >= 0; i++) state = add_part(&parts[i], lists, &w);
    }
    Py_END_ALLOW_THREADS
    if (state < 0) broken_list();
    else result = Py_NewRef(Py_None);
done:
    release(&buffers);
    free(parts), free(lists), free(scratch);
    return result;
}

/* mark(documents, (list, ...)) -> for each document whether it is in one of the lists, in a byte that may be changed. */
static PyObject *mark(PyObject *self, PyObject *args) {
    (void)self;
    long long documents;
    PyObject *object, *result = NULL;
    if (!PyArg_ParseTuple(args, "LO", &documents, &object)) return NULL;
    if (!is_size(documents) || !is_tuple(object)) return NULL;
    Py_ssize_t size = PyTuple_Size(object);
    List *lists = malloc((size_t)(size + 1) * sizeof *lists);
    int state = 0;
    if (!lists) return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < size; i++)
        if (read_held(PyTuple_GetItem(object, i), documents, &lists[i]) < 0) goto done;
    if (!(result = PyByteArray_FromStringAndSize(NULL, (Py_ssize_t)documents))) goto done;
    char *marked = memset(PyByteArray_AsString(result), 0, (size_t)documents);
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < size && state >= 0; i++)
        while (lists[i].doc < documents && state >= 0) {
            marked[lists[i].doc] = 1;
            state = next_posting(&lists[i], documents);
        }
    Py_END_ALLOW_THREADS
    if (state < 0) {
        broken_list();
        Py_CLEAR(result);
    }
done:
    free(lists);
    return result;
}

/* count(documents, (list, ...), among) -> the number of documents that are in one of the lists. */
static PyObject *count(PyObject *self, PyObject *args) {
    (void)self;
    long long documents;
    PyObject *object, *mask, *result = NULL;
    if (!PyArg_ParseTuple(args, "LOO", &documents, &object, &mask)) return NULL;
    if (!is_size(documents) || !is_tuple(object)) return NULL;
    Py_ssize_t size = PyTuple_Size(object), total = 0;
    Buffers buffers = {NULL};
    List *lists = malloc((size_t)(size + 1) * sizeof *lists);
    const uint8_t *among;
    int state = 0;
    if (!lists) {
        PyErr_NoMemory();
        goto done;
    }
    if (read_among(&buffers, mask, documents, &among) < 0) goto done;
    for (Py_ssize_t i = 0; i < size; i++)
        if (read_list(&buffers, PyTuple_GetItem(object, i), documents, &lists[i]) < 0) goto done;
    if (!size) documents = 0;
    Py_BEGIN_ALLOW_THREADS
    uint8_t seen[WINDOW];
    for (int64_t base = 0; base < documents && state >= 0; base += WINDOW) {
        int64_t end = base + WINDOW < documents ? base + WINDOW : documents;
        memset(seen, 0, sizeof seen);
        for (Py_ssize_t i = 0; i < size && state >= 0; i++)
            while (lists[i].doc < end && state >= 0) {
                int64_t doc = lists[i].doc;
                if ((!among || among[doc]) && !seen[doc - base]) {
                    seen[doc - base] = 1;
                    total++;
                }
                state = next_posting(&lists[i], documents);
            }
    }
    Py_END_ALLOW_THREADS
    result = state < 0 ? broken_list() : PyLong_FromSsize_t(total);
done:
    release(&buffers);
    free(lists);
    return result;
}
