/* The inner loops of searching: posting lists unpacked, scored and ranked without an array in between.

   Everything here has a twin in numpy, `kernel_numpy.py`, which gives the same numbers to the last bit: additions and
   multiplications come in the same order, and the compiler is told not to fuse them. Nothing is believed of the lists:
   a document number, a place or a number that stands aside is compared with the size of what it points into. What is
   given stands in tuples, which cannot change while they are read. `python -m tests.fuzz kernel` tries to break it. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW 2048 /* documents scored at once: their scores, 16 kB, stay in the first cache */
#if defined(__GNUC__)
#define ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE inline
#endif

#define ONES 65536  /* occurrences of a term at one place of a text; a list of ones that says more has no bytes to show */
#define CHUNK 64    /* buffers kept together; one must not be moved while it is held */

/* Numbers packed as `packed.py` does it, read from the first to the last. */
typedef struct {
    const uint8_t *bytes;
    const uint32_t *wide_at, *wide;
    Py_ssize_t start, at, count, aside, asides;
    int width;
} Numbers;

/* One posting list, or documents and counts as they are, and what a term is worth in each document. */
typedef struct {
    Numbers gaps, frequencies, positions;
    const int64_t *docs;
    const uint32_t *counts;
    const double *worths;
    Py_ssize_t left;
    int64_t doc;
    uint32_t frequency;
} List;

typedef struct {
    double value; /* inverse document frequency, or a share of it */
    Py_ssize_t first, last;
} Part;

typedef struct Chunk {
    struct Chunk *before;
    int count;
    Py_buffer held[CHUNK];
} Chunk;

typedef struct {
    Chunk *last;
} Buffers;

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

/* The number that stands aside for the place `at`; -1 when it is missing. */
static int64_t number_aside(Numbers *n, Py_ssize_t at) {
    if (n->aside >= n->asides || (Py_ssize_t)n->wide_at[n->aside] != at) return -1;
    return n->wide[n->aside++];
}

/* The number at a place; every place is asked for in turn. A constant width makes of it a load and a comparison. */
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

static inline int64_t next_number(Numbers *n) {
    Py_ssize_t at = n->at++;
    return number_at(n, n->width, at);
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
    Py_ssize_t low = 0, high = n->asides;
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if ((Py_ssize_t)n->wide_at[middle] < n->start) low = middle + 1;
        else high = middle;
    }
    n->aside = low;
    return 0;
broken:
    PyErr_SetString(PyExc_ValueError, "a posting list reaches out of its array");
    return -1;
}

/* The next posting into `doc` and `frequency`; -1 when there can be no such one, 0 when there is none left. */
static inline int next_posting(List *list, int64_t documents) {
    if (list->left-- <= 0) {
        list->doc = documents;
        return 0;
    }
    if (list->docs) {
        int64_t doc = *list->docs++;
        if (doc <= list->doc || doc >= documents) return -1;
        list->doc = doc;
        list->frequency = *list->counts++;
        return list->frequency ? 1 : -1;
    }
    int64_t gap = next_number(&list->gaps), frequency = next_number(&list->frequencies);
    if (gap <= 0 || frequency <= 0 || (list->doc += gap) >= documents) return -1;
    list->frequency = (uint32_t)frequency;
    return 1;
}

/* (gaps, frequencies, worths), or (docs, counts, worths) */
static int read_list(Buffers *buffers, PyObject *tuple, int64_t documents, List *list) {
    PyObject *first, *second, *worths;
    Py_ssize_t length;
    memset(list, 0, sizeof *list);
    list->doc = -1;
    if (!is_tuple(tuple) || !PyArg_ParseTuple(tuple, "OOO", &first, &second, &worths)) return -1;
    if (!(list->worths = borrow(buffers, worths, PyBUF_SIMPLE, 8, &length))) return -1;
    if (length < documents) goto broken;
    if (PyTuple_Check(first)) {
        if (read_numbers(buffers, first, &list->gaps) < 0) return -1;
        if (read_numbers(buffers, second, &list->frequencies) < 0) return -1;
        if (list->gaps.count != list->frequencies.count) goto broken;
        list->left = list->gaps.count;
    } else {
        if (!(list->docs = borrow(buffers, first, PyBUF_SIMPLE, 8, &list->left))) return -1;
        if (!(list->counts = borrow(buffers, second, PyBUF_SIMPLE, 4, &length))) return -1;
        if (length != list->left) goto broken;
    }
    if (next_posting(list, documents) < 0) goto broken;
    return 0;
broken:
    PyErr_SetString(PyExc_ValueError, "a posting list names documents that are not there");
    return -1;
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
    *lists = malloc((size_t)(all + 1) * sizeof **lists);
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

/* A window of documents, and what is known of them so far. */
typedef struct {
    int64_t documents, base, end; /* all documents of the segment, the first of the window, the first after it */
    const uint8_t *among;         /* for each document, whether it may be found; NULL when each may */
    double k1, *scores, *weights;
    int32_t *touched;             /* places in `weights` that something was added to */
    uint8_t *is_touched;          /* the same for each place: what was added may have been 0 */
    double least;                 /* a document with less is not among the best */
    Py_ssize_t total, count;      /* documents with a score; places with at least `least` */
    int32_t *good;                /* those places */
    uint8_t *is_good;
} Window;

/* Add to the score of a document of the window, and note it when it may be among the best. Looking through all scores
   of a window afterwards costs as much as adding twenty thousand postings. */
static ALWAYS_INLINE void add_score(Window *w, double *scores, double least, int64_t at, double more) {
    double before = scores[at], score = before + more;
    scores[at] = score;
    w->total += before == 0;
    if (score >= least && !w->is_good[at]) {
        w->is_good[at] = 1;
        w->good[w->count++] = (int32_t)at;
    }
}

/* Add to the scores of a window what a packed list is worth: `next_posting` over and over, with nothing put away
   between two postings and the widths known to the compiler. */
static ALWAYS_INLINE int add_packed(List *list, double value, Window *w, int gap_width, int frequency_width) {
    const double *worths = list->worths;
    const double k1 = w->k1, least = w->least;
    const uint8_t *among = w->among;
    double *scores = w->scores;
    const int64_t end = w->end;
    int64_t doc = list->doc, frequency = list->frequency;
    Py_ssize_t left = list->left, gap_at = list->gaps.at, frequency_at = list->frequencies.at;
    while (doc < end) {
        if (!among || among[doc]) {
            double weight = (double)frequency * worths[doc];
            add_score(w, scores, least, doc - w->base, value * ((k1 + 1) * weight / (k1 + weight)));
        }
        if (left-- <= 0) {
            doc = w->documents;
            break;
        }
        int64_t gap = number_at(&list->gaps, gap_width, gap_at++);
        frequency = number_at(&list->frequencies, frequency_width, frequency_at++);
        if (gap <= 0 || frequency <= 0 || (doc += gap) >= w->documents) return -1;
    }
    list->doc = doc, list->frequency = (uint32_t)frequency;
    list->left = left, list->gaps.at = gap_at, list->frequencies.at = frequency_at;
    return 0;
}

/* What a part that is one list adds to the scores of a window; -1 when the list is broken. */
static int add_list(List *list, double value, Window *w) {
    if (!list->docs) {
        switch (list->gaps.width * 8 + list->frequencies.width) {
        case 8 + 0: return add_packed(list, value, w, 1, 0);
        case 8 + 1: return add_packed(list, value, w, 1, 1);
        case 16 + 0: return add_packed(list, value, w, 2, 0);
        case 16 + 1: return add_packed(list, value, w, 2, 1);
        default: return add_packed(list, value, w, list->gaps.width, list->frequencies.width);
        }
    }
    while (list->doc < w->end) {
        int64_t doc = list->doc;
        if (!w->among || w->among[doc]) {
            double weight = (double)list->frequency * list->worths[doc];
            double more = value * ((w->k1 + 1) * weight / (w->k1 + weight));
            add_score(w, w->scores, w->least, doc - w->base, more);
        }
        if (next_posting(list, w->documents) < 0) return -1;
    }
    return 0;
}

/* What a part adds to the scores of a window; -1 when a list is broken. */
static int add_part(const Part *part, List *lists, Window *w) {
    if (part->last - part->first == 1) return add_list(&lists[part->first], part->value, w);
    Py_ssize_t count = 0;
    for (Py_ssize_t i = part->first; i < part->last; i++) {
        List *list = &lists[i];
        while (list->doc < w->end) {
            int64_t doc = list->doc, at = doc - w->base;
            if (!w->among || w->among[doc]) {
                double weight = (double)list->frequency * list->worths[doc];
                if (!w->is_touched[at]) w->touched[count++] = (int32_t)at;
                w->is_touched[at] = 1;
                w->weights[at] += weight;
            }
            if (next_posting(list, w->documents) < 0) return -1;
        }
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        double weight = w->weights[w->touched[i]];
        double more = part->value * ((w->k1 + 1) * weight / (w->k1 + weight));
        add_score(w, w->scores, w->least, w->touched[i], more);
        w->weights[w->touched[i]] = 0;
        w->is_touched[w->touched[i]] = 0;
    }
    return 0;
}

/* The best scores so far: a heap with the least of them on top, and the documents that may be among the best. */
typedef struct {
    double *heap, *scores;
    int64_t *docs;
    Py_ssize_t limit, filled, count, room;
    double least; /* a document with less is not among the best */
} Best;

static void sift(double *heap, Py_ssize_t size, Py_ssize_t at) {
    double moved = heap[at];
    for (;;) {
        Py_ssize_t child = 2 * at + 1;
        if (child >= size) break;
        if (child + 1 < size && heap[child + 1] < heap[child]) child++;
        if (heap[child] >= moved) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moved;
}

static void compact(Best *best) {
    Py_ssize_t kept = 0;
    for (Py_ssize_t i = 0; i < best->count; i++)
        if (best->scores[i] >= best->least) {
            best->scores[kept] = best->scores[i];
            best->docs[kept++] = best->docs[i];
        }
    best->count = kept;
}

static int offer(Best *best, int64_t doc, double score) {
    if (best->count == best->room) compact(best);
    if (best->count * 2 > best->room) { /* equals by the thousand */
        double *scores = realloc(best->scores, (size_t)best->room * 4 * sizeof *scores);
        if (!scores) return -1;
        best->scores = scores;
        int64_t *docs = realloc(best->docs, (size_t)best->room * 4 * sizeof *docs);
        if (!docs) return -1;
        best->docs = docs;
        best->room *= 4;
    }
    best->scores[best->count] = score;
    best->docs[best->count++] = doc;
    if (best->filled < best->limit) {
        best->heap[best->filled++] = score;
        if (best->filled == best->limit) {
            for (Py_ssize_t i = best->limit / 2; i-- > 0;) sift(best->heap, best->limit, i);
            if (best->heap[0] > best->least) best->least = best->heap[0];
        }
    } else if (score > best->heap[0]) {
        best->heap[0] = score;
        sift(best->heap, best->limit, 0);
        if (best->heap[0] > best->least) best->least = best->heap[0];
    }
    return 0;
}

/* Offer the documents of a window that may be among the best, and make the window ready for the next. */
static int take(Window *w, Best *best) {
    int state = 0;
    for (Py_ssize_t i = 0; i < w->count; i++) {
        int32_t at = w->good[i];
        w->is_good[at] = 0;
        if (w->scores[at] >= best->least && offer(best, w->base + at, w->scores[at]) < 0) state = -2;
    }
    w->count = 0;
    w->least = best->least;
    memset(w->scores, 0, WINDOW * sizeof *w->scores);
    return state;
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

static PyObject *broken_list(void) {
    PyErr_SetString(PyExc_ValueError, "a posting list is not as it was written");
    return NULL;
}

/* best(documents, parts, k1, among, limit, least) -> (total, docs, scores): at least `limit` best, in no order. */
static PyObject *best(PyObject *self, PyObject *args) {
    (void)self;
    long long documents;
    PyObject *object, *mask, *result = NULL;
    double k1, least;
    Py_ssize_t limit, count = 0, total = 0;
    if (!PyArg_ParseTuple(args, "LOdOnd", &documents, &object, &k1, &mask, &limit, &least)) return NULL;
    if (!is_size(documents)) return NULL;
    if (limit < 1) {
        PyErr_SetString(PyExc_ValueError, "there is nothing to rank");
        return NULL;
    }
    if (limit > documents) limit = documents ? (Py_ssize_t)documents : 1;
    Buffers buffers = {NULL};
    Part *parts = NULL;
    List *lists = NULL;
    const uint8_t *among;
    Best found = {.limit = limit, .least = least, .room = 4 * limit + 1024};
    double *scores = malloc(2 * WINDOW * sizeof *scores);
    int32_t *touched = malloc(2 * WINDOW * sizeof *touched);
    uint8_t *is_good = calloc(2 * WINDOW, 1);
    found.heap = malloc((size_t)limit * sizeof *found.heap);
    found.scores = malloc((size_t)found.room * sizeof *found.scores);
    found.docs = malloc((size_t)found.room * sizeof *found.docs);
    int state = 0;
    if (!scores || !touched || !is_good || !found.heap || !found.scores || !found.docs) {
        PyErr_NoMemory();
        goto done;
    }
    if (read_among(&buffers, mask, documents, &among) < 0) goto done;
    if (read_parts(&buffers, object, documents, &parts, &lists, &count) < 0) goto done;
    if (!count) documents = 0;
    Py_BEGIN_ALLOW_THREADS
    memset(scores, 0, 2 * WINDOW * sizeof *scores);
    Window w = {.documents = documents, .among = among, .k1 = k1, .scores = scores, .weights = scores + WINDOW,
                .touched = touched, .is_touched = is_good + WINDOW, .least = least, .good = touched + WINDOW,
                .is_good = is_good};
    for (int64_t base = 0; base < documents && state >= 0; base += WINDOW) {
        int64_t end = base + WINDOW < documents ? base + WINDOW : documents;
        w.base = base, w.end = end;
        int any = 0;
        for (Py_ssize_t i = 0; i < count && state >= 0; i++) {
            for (Py_ssize_t j = parts[i].first; j < parts[i].last; j++) any |= lists[j].doc < end;
            state = add_part(&parts[i], lists, &w);
        }
        if (any && state >= 0) state = take(&w, &found);
    }
    total = w.total;
    Py_END_ALLOW_THREADS
    if (state == -2) PyErr_NoMemory();
    else if (state < 0) broken_list();
    else {
        compact(&found);
        result = Py_BuildValue("ny#y#", total, (char *)found.docs, found.count * (Py_ssize_t)sizeof *found.docs,
                               (char *)found.scores, found.count * (Py_ssize_t)sizeof *found.scores);
    }
done:
    release(&buffers);
    free(parts), free(lists), free(scores), free(touched), free(is_good);
    free(found.heap), free(found.scores), free(found.docs);
    return result;
}

/* add(scores, parts, k1, among): add what the parts are worth to an array of scores, one for each document. */
static PyObject *add(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *target, *object, *mask, *result = NULL;
    double k1;
    Py_ssize_t count = 0, documents;
    if (!PyArg_ParseTuple(args, "OOdO", &target, &object, &k1, &mask)) return NULL;
    Buffers buffers = {NULL};
    Part *parts = NULL;
    List *lists = NULL;
    const uint8_t *among;
    double *weights = calloc(WINDOW, sizeof *weights);
    int32_t *touched = malloc(WINDOW * sizeof *touched);
    uint8_t *is_touched = calloc(WINDOW, 1);
    double *scores;
    int state = 0;
    if (!weights || !touched || !is_touched) {
        PyErr_NoMemory();
        goto done;
    }
    if (!(scores = borrow(&buffers, target, PyBUF_WRITABLE, sizeof *scores, &documents))) goto done;
    if (read_among(&buffers, mask, documents, &among) < 0) goto done;
    if (read_parts(&buffers, object, documents, &parts, &lists, &count) < 0) goto done;
    Py_BEGIN_ALLOW_THREADS
    Window w = {.documents = documents, .among = among, .k1 = k1, .weights = weights, .touched = touched,
                .is_touched = is_touched, .least = NAN}; /* no score is at least that, and none is noted */
    for (int64_t base = 0; base < documents && state >= 0; base += WINDOW) {
        w.base = base, w.end = base + WINDOW < documents ? base + WINDOW : documents;
        w.scores = scores + base;
        for (Py_ssize_t i = 0; i < count && state >= 0; i++) state = add_part(&parts[i], lists, &w);
    }
    Py_END_ALLOW_THREADS
    if (state < 0) broken_list();
    else result = Py_NewRef(Py_None);
done:
    release(&buffers);
    free(parts), free(lists), free(weights), free(touched), free(is_touched);
    return result;
}

/* count(documents, lists, among) -> the number of documents that are in one of the lists. */
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

/* The positions of the posting that a list is at, with room made for them; -1 when they are broken, -2 without the memory. */
static Py_ssize_t places(List *list, int64_t **held, Py_ssize_t *room) {
    Py_ssize_t size = list->frequency;
    if (size > list->positions.start + list->positions.count - list->positions.at) return -1;
    if (!list->positions.width && size > ONES) return -1;
    if (size > *room) {
        int64_t *more = realloc(*held, (size_t)size * 2 * sizeof *more);
        if (!more) return -2;
        *held = more;
        *room = size * 2;
    }
    for (Py_ssize_t i = 0; i < size; i++)
        if (((*held)[i] = next_number(&list->positions)) < 0) return -1;
    return size;
}

/* Go to the first posting whose document is not before `target`; `next_posting` over and over, with nothing put away
   between two postings and the widths known to the compiler. The positions passed are stepped over. */
static ALWAYS_INLINE int go_to_packed(List *list, int64_t target, int64_t documents, int gap_width,
                                      int frequency_width) {
    int64_t doc = list->doc, frequency = list->frequency, passed = 0;
    Py_ssize_t left = list->left, gap_at = list->gaps.at, frequency_at = list->frequencies.at;
    while (doc < target) {
        passed += frequency;
        if (left-- <= 0) {
            doc = documents;
            break;
        }
        int64_t gap = number_at(&list->gaps, gap_width, gap_at++);
        frequency = number_at(&list->frequencies, frequency_width, frequency_at++);
        if (gap <= 0 || frequency <= 0 || (doc += gap) >= documents) return -1;
    }
    list->doc = doc, list->frequency = (uint32_t)frequency;
    list->left = left, list->gaps.at = gap_at, list->frequencies.at = frequency_at;
    Numbers *n = &list->positions;
    if (passed > n->start + n->count - n->at) return -1;
    n->at += passed;
    while (n->width && n->aside < n->asides && (Py_ssize_t)n->wide_at[n->aside] < n->at) n->aside++;
    return 0;
}

static int go_to(List *list, int64_t target, int64_t documents) {
    switch (list->gaps.width * 8 + list->frequencies.width) {
    case 8 + 0: return go_to_packed(list, target, documents, 1, 0);
    case 8 + 1: return go_to_packed(list, target, documents, 1, 1);
    case 16 + 0: return go_to_packed(list, target, documents, 2, 0);
    case 16 + 1: return go_to_packed(list, target, documents, 2, 1);
    default: return go_to_packed(list, target, documents, list->gaps.width, list->frequencies.width);
    }
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

/* phrase(documents, ((gaps, frequencies, positions), ...)) -> (docs, counts): where the lists follow one another. */
static PyObject *phrase(PyObject *self, PyObject *args) {
    (void)self;
    long long documents;
    PyObject *object, *result = NULL;
    if (!PyArg_ParseTuple(args, "LO", &documents, &object)) return NULL;
    if (!is_size(documents) || !is_tuple(object)) return NULL;
    Py_ssize_t size = PyTuple_Size(object), found = 0, room = 256, start_room = 64, next_room = 64;
    Buffers buffers = {NULL};
    List *lists = calloc((size_t)(size + 1), sizeof *lists);
    int64_t *docs = malloc((size_t)room * sizeof *docs), *starts = malloc((size_t)start_room * sizeof *starts),
            *next = malloc((size_t)next_room * sizeof *next);
    uint32_t *counts = malloc((size_t)room * sizeof *counts);
    int state = 1;
    if (!lists || !docs || !starts || !next || !counts) {
        PyErr_NoMemory();
        goto done;
    }
    for (Py_ssize_t i = 0; i < size; i++) {
        PyObject *gaps, *frequencies, *positions;
        List *list = &lists[i];
        PyObject *tuple = PyTuple_GetItem(object, i);
        if (!is_tuple(tuple) || !PyArg_ParseTuple(tuple, "OOO", &gaps, &frequencies, &positions)) goto done;
        if (read_numbers(&buffers, gaps, &list->gaps) < 0) goto done;
        if (read_numbers(&buffers, frequencies, &list->frequencies) < 0) goto done;
        if (read_numbers(&buffers, positions, &list->positions) < 0) goto done;
        list->doc = -1;
        list->left = list->gaps.count;
        if (list->left != list->frequencies.count || next_posting(list, documents) < 0) {
            broken_list();
            goto done;
        }
    }
    Py_BEGIN_ALLOW_THREADS
    while (size && state > 0) {
        int64_t furthest = 0;
        int together = 1;
        for (Py_ssize_t i = 0; i < size; i++) furthest = lists[i].doc > furthest ? lists[i].doc : furthest;
        if (furthest >= documents) break;
        for (Py_ssize_t i = 0; i < size && state >= 0; i++) {
            if (lists[i].doc < furthest && go_to(&lists[i], furthest, documents) < 0) state = -1;
            together &= lists[i].doc == furthest;
        }
        if (state < 0 || !together) continue;
        Py_ssize_t here = places(&lists[0], &starts, &start_room);
        if (here < 0) state = (int)here;
        for (Py_ssize_t i = 1; i < size && state >= 0; i++) {
            Py_ssize_t more = places(&lists[i], &next, &next_room);
            if (more < 0) state = (int)more;
            else here = followed(starts, here, next, more, i);
        }
        if (state >= 0 && here) {
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
            docs[found] = furthest;
            counts[found++] = (uint32_t)here;
        }
        for (Py_ssize_t i = 0; i < size && state >= 0; i++)
            if (next_posting(&lists[i], documents) < 0) state = -1;
    }
    Py_END_ALLOW_THREADS
    if (state == -2) PyErr_NoMemory();
    else if (state < 0) broken_list();
    else
        result = Py_BuildValue("y#y#", (char *)docs, found * (Py_ssize_t)sizeof *docs, (char *)counts,
                               found * (Py_ssize_t)sizeof *counts);
done:
    release(&buffers);
    free(lists), free(docs), free(starts), free(next), free(counts);
    return result;
}

static PyMethodDef methods[] = {
    {"best", best, METH_VARARGS, "The best documents of a segment."},
    {"add", add, METH_VARARGS, "Scores of all documents of a segment."},
    {"count", count, METH_VARARGS, "The number of documents in any of some lists."},
    {"phrase", phrase, METH_VARARGS, "Where lists follow one another."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_kernel", "The inner loops of searching.", -1, methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__kernel(void) {
    PyObject *made = PyModule_Create(&module);
    if (made && PyModule_AddIntConstant(made, "API", 2) < 0) Py_CLEAR(made); /* `kernel.py` asks for this number */
    return made;
}
