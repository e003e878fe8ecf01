/* The best scores of all windows: the least of them in a heap, or all that are noted and the best chosen at the end. */

#include "_kernel_windows.h"
#include <float.h>

#define PARTS 2048 /* of a range of scores: so many counters stay in the nearest cache */

/* The best scores so far: a heap with the least of them on top, and the documents that may be among the best. */
typedef struct {
    double score;
    int64_t number; /* of the document, in all segments */
} Scored;

typedef struct {
    double *heap; /* NULL when the best are chosen at the end */
    Scored *scored;
    Py_ssize_t limit, filled, count, room;
    double least; /* a document with less is not among the best; more than 0 */
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
    for (Py_ssize_t i = 0; i < best->count; i++) { /* no branch: which are kept cannot be foretold */
        Scored one = best->scored[i];
        best->scored[kept] = one;
        kept += one.score >= best->least;
    }
    best->count = kept;
}

static int offer(Best *best, int64_t number, double score) {
    if (best->count == best->room) compact(best);
    if (best->count * 2 > best->room) { /* equals by the thousand */
        Scored *scored = realloc(best->scored, (size_t)best->room * 4 * sizeof *scored);
        if (!scored) return -2;
        best->scored = scored;
        best->room *= 4;
    }
    best->scored[best->count++] = (Scored){score, number};
    if (best->filled < best->limit) {
        best->heap[best->filled++] = score;
        if (best->filled == best->limit)
            for (Py_ssize_t i = best->limit / 2; i-- > 0;) sift(best->heap, best->limit, i);
    } else if (score > best->heap[0]) {
        best->heap[0] = score;
        sift(best->heap, best->limit, 0);
    }
    if (best->filled == best->limit && best->heap[0] > best->least) best->least = best->heap[0];
    return 0;
}

/* Note the documents of a window that may be among the best; all that there are, by number. */
static int note(const Window *w, Best *best, int64_t first) {
    Py_ssize_t size = (Py_ssize_t)(w->end - w->base), count = best->count;
    if (best->room - count <= size) {
        Scored *scored = realloc(best->scored, ((size_t)best->room * 2 + WINDOW) * sizeof *scored);
        if (!scored) return -2;
        best->scored = scored;
        best->room = best->room * 2 + WINDOW;
    }
    Scored *scored = best->scored;
    const double *scores = w->scores, least = best->least;
    const int64_t base = first + w->base;
    for (Py_ssize_t at = 0; at < size; at++) { /* the last may be written where none is kept */
        scored[count] = (Scored){scores[at], base + at};
        count += scores[at] >= least;
    }
    best->count = count;
    return 0;
}

/* The `rank`th score, from 1, from the top: of bits of numbers above 0, which are in their order, those are left again and
   again that share a part of the range with it. */
static double nth(const Best *best, uint64_t *bits, Py_ssize_t rank) {
    Py_ssize_t count = best->count;
    double found;
    uint64_t low = UINT64_MAX, high = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        uint64_t one;
        memcpy(&one, &best->scored[i].score, sizeof one);
        bits[i] = one;
        low = one < low ? one : low;
        high = one > high ? one : high;
    }
    while (low != high) {
        int shift = 0;
        while ((high - low) >> shift >= PARTS) shift++;
        Py_ssize_t sizes[PARTS] = {0}, left = 0;
        uint64_t part = (high - low) >> shift;
        for (Py_ssize_t i = 0; i < count; i++) sizes[(bits[i] - low) >> shift]++;
        while (rank > sizes[part]) rank -= sizes[part--];
        for (Py_ssize_t i = 0; i < count; i++) {
            uint64_t one = bits[i];
            bits[left] = one;
            left += (one - low) >> shift == part;
        }
        count = left;
        low = high = bits[0];
        for (Py_ssize_t i = 1; i < count; i++) {
            low = bits[i] < low ? bits[i] : low;
            high = bits[i] > high ? bits[i] : high;
        }
    }
    memcpy(&found, bits, sizeof found);
    return found;
}

/* The best first; equals by number. */
static int in_order(const void *one, const void *other) {
    const Scored *a = one, *b = other;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* Leave the best of what was noted, the first of them and their equals in order, the others behind them by number; how
   many are in order, -2 without the memory. */
static Py_ssize_t settle(Best *best, Py_ssize_t ordered) {
    Py_ssize_t first = 0, rest = 0;
    uint64_t *bits = malloc(((size_t)best->count + 1) * sizeof *bits);
    Scored *chosen = malloc(((size_t)best->count + 1) * sizeof *chosen);
    if (bits && chosen) {
        if (best->count > best->limit) best->least = nth(best, bits, best->limit);
        compact(best);
        double bound = best->count > ordered ? nth(best, bits, ordered) : best->least;
        for (Py_ssize_t i = 0; i < best->count; i++) {
            Scored one = best->scored[i];
            if (one.score >= bound) chosen[first++] = one;
            else best->scored[rest++] = one;
        }
        memmove(best->scored + first, best->scored, (size_t)rest * sizeof *chosen);
        memcpy(best->scored, chosen, (size_t)first * sizeof *chosen);
        qsort(best->scored, (size_t)first, sizeof *chosen, in_order);
    } else first = -2;
    free(bits), free(chosen);
    return first;
}

/* (total, numbers, scores, how many are in order) */
static PyObject *ranked(Py_ssize_t total, const Scored *scored, Py_ssize_t count, Py_ssize_t ordered) {
    PyObject *result = NULL;
    int64_t *numbers = malloc((size_t)(count + 1) * sizeof *numbers);
    double *scores = malloc((size_t)(count + 1) * sizeof *scores);
    if (numbers && scores) {
        for (Py_ssize_t i = 0; i < count; i++) numbers[i] = scored[i].number, scores[i] = scored[i].score;
        result = Py_BuildValue("ny#y#n", total, (char *)numbers, count * (Py_ssize_t)sizeof *numbers,
                               (char *)scores, count * (Py_ssize_t)sizeof *scores, ordered);
    } else PyErr_NoMemory();
    free(numbers), free(scores);
    return result;
}
