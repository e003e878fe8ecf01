/* Posting lists as `packed.py` packs them, read from the first posting to the last or passed over eight at a time. */

#ifndef PINCITE_LISTS
#define PINCITE_LISTS

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdlib.h>

#include "_kernel_bits.h"

#if defined(__GNUC__)
#define ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE inline
#endif

#define ONES 65536 /* occurrences of a term at one place of a text; a list of ones that says more has no bytes to show */
#define CHUNK 9     /* buffers kept together, as many as a posting list has; one must not be moved while it is held */
#define LISTS "indexer.engines.postings" /* the name of the capsules that `hold` makes */
#define WORTHS "indexer.engines.worths"  /* and that of those that `weigh` makes */

typedef struct {
    const uint8_t *bytes;
    const uint32_t *wide_at, *wide;
    Py_ssize_t start, at, count, aside, asides;
    int width;
} Numbers;

typedef struct Held Held;
typedef struct Kept Kept;       /* see `_kernel_kept.h`, */
typedef struct Impacts Impacts; /* and `_kernel_impacts.h` */

static void forget_kept(Kept *kept);

/* One posting list, or documents and counts as they are, and what a term is worth in each document. */
typedef struct {
    Held *held;        /* NULL when documents and counts are as they are */
    PyObject *weighed; /* the capsule of what the term is worth */
    Impacts *impacts;  /* NULL until they are found */
    Numbers gaps, frequencies, positions;
    const int64_t *docs;
    const uint32_t *counts;
    const uint16_t *lengths; /* for each document, which of the worths is its own */
    const double *worths;
    Py_ssize_t left; /* postings after the one that the list is at */
    int64_t doc;     /* the document that the list is at; past the last, the number of documents */
    uint32_t frequency;
} List;

typedef struct Chunk {
    struct Chunk *before;
    int count;
    Py_buffer held[CHUNK];
} Chunk;

typedef struct {
    Chunk *last;
} Buffers;

/* What the capsules hold. */
struct Held {
    Buffers buffers;
    Numbers gaps, frequencies, positions;
    Kept *impacts, *masks; /* NULL until they are found, or when they are kept no more */
};

typedef struct {
    Buffers buffers;
    const uint16_t *lengths;
    const double *worths;
    Py_ssize_t documents;
    size_t kinds; /* of lengths that there are */
    uint8_t *few; /* NULL until it is found for a number, see `_kernel_impacts.h` */
    double k1;
} Worths;

static double nothing; /* what an array without items points to */

static void release(Buffers *buffers) {
    while (buffers->last) {
        Chunk *chunk = buffers->last;
        while (chunk->count > 0) PyBuffer_Release(&chunk->held[--chunk->count]);
        buffers->last = chunk->before;
        free(chunk);
    }
}

/* The items of an array, each of so many bytes, and how many there are; held until `release`. */
static void *borrow(Buffers *buffers, PyObject *object, int flags, Py_ssize_t item, Py_ssize_t *length) {
    Chunk *chunk = buffers->last;
    if (!chunk || chunk->count == CHUNK) {
        if (!(chunk = malloc(sizeof *chunk))) {
            PyErr_NoMemory();
            return NULL;
        }
        chunk->before = buffers->last;
        chunk->count = 0;
        buffers->last = chunk;
    }
    Py_buffer *view = &chunk->held[chunk->count];
    if (PyObject_GetBuffer(object, view, flags) < 0) return NULL;
    chunk->count++;
    *length = view->len / item;
    if (((uintptr_t)view->buf) % (uintptr_t)item) {
        PyErr_SetString(PyExc_ValueError, "an array begins where none may");
        return NULL;
    }
    return view->buf ? view->buf : &nothing;
}

/* Borrow the arrays that a tuple holds, with items of so many bytes each, or of eight: 1; 0 when it holds another number
   of them, -1 with an exception. */
static int borrow_all(Buffers *buffers, PyObject *args, int count, const Py_ssize_t *items, const void **held,
                      Py_ssize_t *sizes) {
    if (PyTuple_Size(args) != count) return 0;
    for (int i = 0; i < count; i++) {
        Py_ssize_t item = items ? items[i] : 8;
        if (!(held[i] = borrow(buffers, PyTuple_GetItem(args, i), PyBUF_SIMPLE, item, &sizes[i]))) return -1;
    }
    return 1;
}

/* True when all are places of one of so many. */
static int are_places(const int64_t *places, Py_ssize_t count, Py_ssize_t most) {
    for (Py_ssize_t i = 0; i < count; i++)
        if (places[i] < 0 || places[i] >= most) return 0;
    return 1;
}

static PyObject *broken_list(void) {
    PyErr_SetString(PyExc_ValueError, "a posting list is not as it was written");
    return NULL;
}

static int is_tuple(PyObject *object) {
    if (PyTuple_Check(object)) return 1;
    PyErr_SetString(PyExc_TypeError, "what is no array stands in tuples");
    return 0;
}

static int is_size(long long documents) {
    if (documents >= 0 && documents <= UINT32_MAX) return 1;
    PyErr_SetString(PyExc_ValueError, "no segment has so many documents");
    return 0;
}

/* The number that stands aside for the place `at`, which only grows from call to call; -1 when it is missing. */
static int64_t number_aside(Numbers *n, Py_ssize_t at) {
    while (n->aside < n->asides && (Py_ssize_t)n->wide_at[n->aside] < at) n->aside++;
    return n->aside < n->asides && (Py_ssize_t)n->wide_at[n->aside] == at ? (int64_t)n->wide[n->aside] : -1;
}

/* The number at a place. A constant width makes of it a load and a comparison. */
static ALWAYS_INLINE int64_t number_at(Numbers *n, int width, Py_ssize_t at) {
    uint32_t number;
    switch (width) {
    case 0:
        return 1;
    case 1:
        number = n->bytes[at];
        return number != UINT8_MAX ? number : number_aside(n, at);
    case 2:
        number = ((const uint16_t *)n->bytes)[at];
        return number != UINT16_MAX ? number : number_aside(n, at);
    default:
        return ((const uint32_t *)n->bytes)[at];
    }
}

/* The first of the numbers that stand aside whose place is not before `at`; how many there are when none is. */
static Py_ssize_t first_aside(const Numbers *n, Py_ssize_t at) {
    Py_ssize_t low = 0, high = n->asides;
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if ((Py_ssize_t)n->wide_at[middle] < at) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* The number at a place, whatever was asked for before. */
static int64_t any_number(const Numbers *n, Py_ssize_t at) {
    if (n->width == 0) return 1;
    if (n->width == 1 && n->bytes[at] != UINT8_MAX) return n->bytes[at];
    Numbers other = *n;
    other.aside = first_aside(n, at);
    return number_at(&other, n->width, at);
}

/* (width, numbers, wide_at, wide, start, count) */
static int read_numbers(Buffers *buffers, PyObject *tuple, Numbers *n) {
    PyObject *numbers, *wide_at, *wide;
    Py_ssize_t length, more;
    if (!is_tuple(tuple)) return -1;
    if (!PyArg_ParseTuple(tuple, "iOOOnn", &n->width, &numbers, &wide_at, &wide, &n->start, &n->count)) return -1;
    if (n->start < 0 || n->count < 0 || n->count > PY_SSIZE_T_MAX - n->start) goto broken;
    n->at = n->start;
    if (n->width == 0) return 0;
    if (n->width != 1 && n->width != 2 && n->width != 4) goto broken;
    if (!(n->bytes = borrow(buffers, numbers, PyBUF_SIMPLE, n->width, &length))) return -1;
    if (n->start > length - n->count) goto broken;
    if (!(n->wide_at = borrow(buffers, wide_at, PyBUF_SIMPLE, 4, &n->asides))) return -1;
    if (!(n->wide = borrow(buffers, wide, PyBUF_SIMPLE, 4, &more))) return -1;
    if (more < n->asides) goto broken;
    n->aside = first_aside(n, n->start);
    return 0;
broken:
    PyErr_SetString(PyExc_ValueError, "a posting list reaches out of its array");
    return -1;
}

static void let_go(PyObject *capsule) {
    Held *held = PyCapsule_GetPointer(capsule, LISTS);
    release(&held->buffers);
    forget_kept(held->impacts), forget_kept(held->masks);
    free(held);
}

/* hold(gaps, frequencies, positions) -> a posting list that is checked, and need not be again. */
static PyObject *hold(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *gaps, *frequencies, *positions, *capsule = NULL;
    if (!PyArg_ParseTuple(args, "OOO", &gaps, &frequencies, &positions)) return NULL;
    Held *held = calloc(1, sizeof *held);
    if (!held) return PyErr_NoMemory();
    if (read_numbers(&held->buffers, gaps, &held->gaps) == 0 &&
        read_numbers(&held->buffers, frequencies, &held->frequencies) == 0 &&
        read_numbers(&held->buffers, positions, &held->positions) == 0) {
        if (held->gaps.count != held->frequencies.count) broken_list();
        else capsule = PyCapsule_New(held, LISTS, let_go);
    }
    if (!capsule) {
        release(&held->buffers);
        free(held);
    }
    return capsule;
}

static void let_go_worths(PyObject *capsule) {
    Worths *worths = PyCapsule_GetPointer(capsule, WORTHS);
    release(&worths->buffers);
    free(worths->few), free(worths);
}

/* weigh(lengths, worths) -> what an occurrence is worth in each document, by the place of its length; checked. */
static PyObject *weigh(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *lengths, *worths, *capsule = NULL;
    Py_ssize_t count;
    if (!PyArg_ParseTuple(args, "OO", &lengths, &worths)) return NULL;
    Worths *made = calloc(1, sizeof *made);
    if (!made) return PyErr_NoMemory();
    made->lengths = borrow(&made->buffers, lengths, PyBUF_SIMPLE, sizeof *made->lengths, &made->documents);
    made->worths = made->lengths ? borrow(&made->buffers, worths, PyBUF_SIMPLE, sizeof *made->worths, &count) : NULL;
    if (made->worths) {
        uint16_t most = 0;
        for (Py_ssize_t i = 0; i < made->documents; i++) most = made->lengths[i] > most ? made->lengths[i] : most;
        made->kinds = made->documents ? (size_t)most + 1 : 0;
        if (most < count || !made->documents) capsule = PyCapsule_New(made, WORTHS, let_go_worths);
        else PyErr_SetString(PyExc_ValueError, "a document is of a length that is not there");
    }
    if (!capsule) {
        release(&made->buffers);
        free(made);
    }
    return capsule;
}

/* The next posting of a packed list, whose widths the compiler may know, into `doc` and `frequency`; -1 when there can be
   no such one, 0 when there is none left. */
static ALWAYS_INLINE int next_packed(List *list, int64_t documents, int gap_width, int frequency_width) {
    if (list->left-- <= 0) {
        list->doc = documents;
        return 0;
    }
    int64_t gap = number_at(&list->gaps, gap_width, list->gaps.at++);
    int64_t frequency = number_at(&list->frequencies, frequency_width, list->frequencies.at++);
    if (gap <= 0 || frequency <= 0 || (list->doc += gap) >= documents) return -1;
    list->frequency = (uint32_t)frequency;
    return 1;
}

/* The same of any list. */
static inline int next_posting(List *list, int64_t documents) {
    if (!list->docs) return next_packed(list, documents, list->gaps.width, list->frequencies.width);
    if (list->left-- <= 0) {
        list->doc = documents;
        return 0;
    }
    int64_t doc = *list->docs++;
    if (doc <= list->doc || doc >= documents) return -1;
    list->doc = doc;
    list->frequency = *list->counts++;
    return list->frequency ? 1 : -1;
}

/* The posting list of a capsule, at its first posting. */
static int read_held(PyObject *capsule, int64_t documents, List *list) {
    Held *held = PyCapsule_GetPointer(capsule, LISTS);
    if (!held) return -1;
    memset(list, 0, sizeof *list);
    list->held = held;
    list->gaps = held->gaps, list->frequencies = held->frequencies, list->positions = held->positions;
    list->left = list->gaps.count;
    list->doc = -1;
    if (next_posting(list, documents) >= 0) return 0;
    broken_list();
    return -1;
}

/* (list, worths), or (docs, counts, worths) */
static int read_list(Buffers *buffers, PyObject *tuple, int64_t documents, List *list) {
    Py_ssize_t length;
    if (!is_tuple(tuple)) return -1;
    Py_ssize_t size = PyTuple_Size(tuple);
    if (size == 2) {
        if (read_held(PyTuple_GetItem(tuple, 0), documents, list) < 0) return -1;
    } else {
        PyObject *docs, *counts, *worths;
        if (!PyArg_ParseTuple(tuple, "OOO", &docs, &counts, &worths)) return -1;
        memset(list, 0, sizeof *list);
        list->doc = -1;
        if (!(list->docs = borrow(buffers, docs, PyBUF_SIMPLE, 8, &list->left))) return -1;
        if (!(list->counts = borrow(buffers, counts, PyBUF_SIMPLE, 4, &length))) return -1;
        if (length != list->left || next_posting(list, documents) < 0) goto broken;
    }
    list->weighed = PyTuple_GetItem(tuple, size - 1);
    const Worths *worths = PyCapsule_GetPointer(list->weighed, WORTHS);
    if (!worths) return -1;
    list->lengths = worths->lengths, list->worths = worths->worths;
    if (worths->documents >= documents) return 0;
broken:
    broken_list();
    return -1;
}

/* What a number of occurrences is worth in a document. */
static ALWAYS_INLINE double weight_in(const List *list, int64_t doc, int64_t frequency) {
    return (double)frequency * list->worths[list->lengths[doc]];
}

/* Go to the first posting whose document is not before `target`, which is at most `documents`; -1 when the list is
   broken. Summing eight bytes at once passes eight postings in the time of one. */
static ALWAYS_INLINE int go_to_packed(List *list, int64_t target, int64_t documents, int gap_width) {
    int64_t doc = list->doc;
    Py_ssize_t left = list->left, gap_at = list->gaps.at;
    while (doc < target) {
        while (gap_width == 1 && left >= 8) {
            uint64_t eight = eight_at(list->gaps.bytes + gap_at);
            int64_t further = doc + sum_of(eight);
            if (further >= target || has_aside(eight)) break;
            doc = further;
            gap_at += 8, left -= 8;
        }
        if (left-- <= 0) {
            doc = documents;
            break;
        }
        int64_t gap = number_at(&list->gaps, gap_width, gap_at++);
        if (gap <= 0 || (doc += gap) >= documents) return -1;
    }
    list->frequencies.at += gap_at - list->gaps.at;
    list->doc = doc, list->left = left, list->gaps.at = gap_at;
    return 0;
}

/* The same of any list; the frequency stays behind. */
static int go_to(List *list, int64_t target, int64_t documents) {
    int state = 1;
    if (list->doc >= target) return 0;
    if (!list->docs)
        return list->gaps.width == 1 ? go_to_packed(list, target, documents, 1)
                                     : go_to_packed(list, target, documents, list->gaps.width);
    while (state > 0 && list->doc < target) state = next_posting(list, documents);
    return state;
}

#endif
