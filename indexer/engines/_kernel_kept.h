/* What was found of posting lists and is kept with them, as long as all of it takes no more bytes than it may: what was
   used once goes before what was used again, of either what was used longest ago. Where one list in two is asked for once
   and never again, half of the rest finds what it needs in half of the room. All this is done under the interpreter's
   lock. */

#ifndef PINCITE_KEPT
#define PINCITE_KEPT

#include "_kernel_lists.h"

typedef struct Queue {
    Kept *oldest, *newest;
    size_t bytes;
} Queue;

/* What is kept begins so. */
struct Kept {
    Queue *queue;
    Kept *before, *after; /* those of its queue used right before and after it */
    Kept **place;         /* where its list has it; NULL when it is not kept, or no more */
    void (*free)(Kept *);
    size_t bytes;
    int users; /* that look into it: it stays until they leave it */
};

static Queue once, again; /* used once; used again, which may take three quarters */
static size_t most_kept;  /* bytes, see `keep_most` */

static void put_last(Queue *queue, Kept *kept) {
    kept->queue = queue;
    kept->before = queue->newest, kept->after = NULL;
    if (queue->newest) queue->newest->after = kept;
    else queue->oldest = kept;
    queue->newest = kept;
    queue->bytes += kept->bytes;
}

static void take_out(Kept *kept) {
    Queue *queue = kept->queue;
    if (kept->before) kept->before->after = kept->after;
    else queue->oldest = kept->after;
    if (kept->after) kept->after->before = kept->before;
    else queue->newest = kept->before;
    queue->bytes -= kept->bytes;
}

/* Keep it no more. */
static void forget_kept(Kept *kept) {
    if (!kept) return;
    take_out(kept);
    *kept->place = NULL, kept->place = NULL;
    if (!kept->users) kept->free(kept);
}

/* Look into what is kept at a place, until `leave`; NULL when nothing is. */
static void *use(Kept *kept) {
    if (!kept) return NULL;
    kept->users++;
    take_out(kept);
    put_last(&again, kept);
    while (again.bytes > most_kept / 4 * 3 && again.oldest != kept) {
        Kept *oldest = again.oldest;
        take_out(oldest);
        put_last(&once, oldest);
    }
    return kept;
}

static void leave(Kept *kept) {
    if (kept && --kept->users == 0 && !kept->place) kept->free(kept);
}

static void forget_the_oldest(void) {
    while (once.bytes + again.bytes > most_kept) forget_kept(once.oldest ? once.oldest : again.oldest);
}

/* Keep what its maker looks into, unless another thread has kept the same meanwhile. */
static void keep(Kept **place, Kept *made) {
    if (*place) return;
    *place = made, made->place = place;
    put_last(&once, made);
    forget_the_oldest();
}

/* keep_most(bytes) -> how many are kept from now on, at most that many. */
static PyObject *keep_most(PyObject *self, PyObject *args) {
    (void)self;
    Py_ssize_t most;
    if (!PyArg_ParseTuple(args, "n", &most)) return NULL;
    if (most < 0) {
        PyErr_SetString(PyExc_ValueError, "nothing takes less than no bytes");
        return NULL;
    }
    most_kept = (size_t)most;
    forget_the_oldest();
    return PyLong_FromSize_t(once.bytes + again.bytes);
}

#endif
