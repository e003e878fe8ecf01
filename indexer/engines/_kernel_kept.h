/* What was found of posting lists and is kept with them, as long as all of it takes no more bytes than it may: what was
   used longest ago goes first. All this is done under the interpreter's lock. */

#ifndef PINCITE_KEPT
#define PINCITE_KEPT

#include "_kernel_lists.h"

/* What is kept begins so. */
struct Kept {
    Kept *before, *after; /* those used right before and after it */
    Kept **place;         /* where its list has it; NULL when it is not kept, or no more */
    void (*free)(Kept *);
    size_t bytes;
    int users; /* that look into it: it stays until they leave it */
};

static Kept *oldest, *newest;
static size_t all_kept, most_kept = 80000000; /* bytes, see `keep_most` */

static void put_last(Kept *kept) {
    kept->before = newest, kept->after = NULL;
    if (newest) newest->after = kept;
    else oldest = kept;
    newest = kept;
}

static void take_out(Kept *kept) {
    if (kept->before) kept->before->after = kept->after;
    else oldest = kept->after;
    if (kept->after) kept->after->before = kept->before;
    else newest = kept->before;
}

/* Keep it no more. */
static void forget_kept(Kept *kept) {
    if (!kept) return;
    take_out(kept);
    all_kept -= kept->bytes;
    *kept->place = NULL, kept->place = NULL;
    if (!kept->users) kept->free(kept);
}

/* Look into what is kept at a place, until `leave`; NULL when nothing is. */
static void *use(Kept *kept) {
    if (!kept) return NULL;
    kept->users++;
    take_out(kept);
    put_last(kept);
    return kept;
}

static void leave(Kept *kept) {
    if (kept && --kept->users == 0 && !kept->place) kept->free(kept);
}

static void forget_the_oldest(void) {
    while (all_kept > most_kept) forget_kept(oldest);
}

/* Keep what its maker looks into, unless another thread has kept the same meanwhile. */
static void keep(Kept **place, Kept *made) {
    if (*place) return;
    *place = made, made->place = place;
    all_kept += made->bytes;
    put_last(made);
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
    return PyLong_FromSize_t(all_kept);
}

#endif
