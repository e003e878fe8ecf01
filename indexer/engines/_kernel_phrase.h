/* Where posting lists follow one another. */

#include "_kernel_lists.h"

/* The positions of the posting that a list is at, with room made for them; -1 when they are broken, -2 without the
   memory. */
static Py_ssize_t places(List *list, int64_t **held, Py_ssize_t *room) {
    Numbers *n = &list->positions;
    Py_ssize_t size = list->frequency;
    if (size > n->start + n->count - n->at) return -1;
    if (!n->width && size > ONES) return -1;
    if (size > *room) {
        int64_t *more = realloc(*held, (size_t)size * 2 * sizeof *more);
        if (!more) return -2;
        *held = more;
        *room = size * 2;
    }
    for (Py_ssize_t i = 0; i < size; i++)
        if (((*held)[i] = number_at(n, n->width, n->at++)) < 0) return -1;
    return size;
}

/* Leave in `found` the starts from which the next word follows too. */
static Py_ssize_t followed(int64_t *found, Py_ssize_t count, const int64_t *next, Py_ssize_t size, Py_ssize_t step) {
    Py_ssize_t kept = 0, at = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        while (at < size && next[at] < found[i] + step) at++;
        if (at < size && next[at] == found[i] + step) found[kept++] = found[i];
    }
    return kept;
}

/* Bring all lists to the first document that may hold them all, from the one that the first in `order` is at;
   1 when they are there, 0 when there is no such document, -1 when a list is broken. */
static int meet(List *lists, const Py_ssize_t *order, Py_ssize_t size, int64_t documents) {
    int64_t furthest = lists[order[0]].doc;
    for (Py_ssize_t i = 0; i < size;) {
        List *list = &lists[order[i]];
        if (furthest >= documents) return 0;
        if (go_to(list, furthest, documents, 1) < 0) return -1;
        i = list->doc == furthest ? i + 1 : 0;
        furthest = list->doc;
    }
    return 1;
}

/* phrase(documents, (list, ...)) -> (docs, counts): where the lists follow one another. */
static PyObject *phrase(PyObject *self, PyObject *args) {
    (void)self;
    long long documents;
    PyObject *object, *result = NULL;
    if (!PyArg_ParseTuple(args, "LO", &documents, &object)) return NULL;
    if (!is_size(documents) || !is_tuple(object)) return NULL;
    Py_ssize_t size = PyTuple_Size(object), found = 0, room = 256, start_room = 64, next_room = 64;
    List *lists = malloc((size_t)(size + 1) * sizeof *lists);
    Py_ssize_t *order = malloc((size_t)(size + 1) * sizeof *order); /* the rarest first: it leaves most to pass over */
    int64_t *docs = malloc((size_t)room * sizeof *docs), *starts = malloc((size_t)start_room * sizeof *starts),
            *next = malloc((size_t)next_room * sizeof *next);
    uint32_t *counts = malloc((size_t)room * sizeof *counts);
    int state = 1;
    if (!lists || !order || !docs || !starts || !next || !counts) {
        PyErr_NoMemory();
        goto done;
    }
    for (Py_ssize_t i = 0; i < size; i++) {
        if (read_held(PyTuple_GetItem(object, i), documents, &lists[i]) < 0) goto done;
        Py_ssize_t at = i;
        for (; at > 0 && lists[order[at - 1]].left > lists[i].left; at--) order[at] = order[at - 1];
        order[at] = i;
    }
    Py_BEGIN_ALLOW_THREADS
    while (size && state > 0 && (state = meet(lists, order, size, documents)) > 0) {
        int64_t doc = lists[0].doc;
        Py_ssize_t here = places(&lists[0], &starts, &start_room);
        if (here < 0) state = (int)here;
        for (Py_ssize_t i = 1; i < size && state > 0; i++) {
            Py_ssize_t more = places(&lists[i], &next, &next_room);
            if (more < 0) state = (int)more;
            else here = followed(starts, here, next, more, i);
        }
        if (state > 0 && here) {
            if (found == room) {
                room *= 2;
                int64_t *more_docs = realloc(docs, (size_t)room * sizeof *docs);
                if (more_docs) docs = more_docs;
                uint32_t *more_counts = realloc(counts, (size_t)room * sizeof *counts);
                if (more_counts) counts = more_counts;
                if (!more_docs || !more_counts) {
                    state = -2;
                    break;
                }
            }
            docs[found] = doc;
            counts[found++] = (uint32_t)here;
        }
        for (Py_ssize_t i = 0; i < size && state > 0; i++)
            if (next_posting(&lists[i], documents) < 0) state = -1;
    }
    Py_END_ALLOW_THREADS
    if (state == -2) PyErr_NoMemory();
    else if (state < 0) broken_list();
    else
        result = Py_BuildValue("y#y#", (char *)docs, found * (Py_ssize_t)sizeof *docs, (char *)counts,
                               found * (Py_ssize_t)sizeof *counts);
done:
    free(lists), free(order), free(docs), free(starts), free(next), free(counts);
    return result;
}
