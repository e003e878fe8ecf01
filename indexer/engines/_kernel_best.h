/* The best documents of some segments: by blocks where few are wanted, else a window of documents at a time.

   Where few of many need be in order, or many are wanted, all are scored and the best chosen from them: a heap of
   10,000 takes ten times as long. */

#include "_kernel_blocks.h"

/* A search in one segment after another. */
typedef struct {
    Best best;
    double k1;
    Py_ssize_t counted, total; /* documents that are to be scored at least, and those that were */
    Scratch *scratch;          /* NULL until it is needed, as the next */
    Blocks *blocks;
} Search;

/* Offer the documents of a window that are among the best, each once. */
static int offer_window(const Window *w, Best *best, int64_t first) {
    const Places *scored = &w->scratch->scored;
    for (Py_ssize_t i = 0; i < kept(scored); i++) {
        double score = w->scores[scored->at[i]];
        w->scores[scored->at[i]] = 0;
        if (score >= best->least && offer(best, first + w->base + scored->at[i], score) < 0) return -2;
    }
    return 0;
}

/* Find the best of a segment: once enough are counted, by blocks where that can be. */
static int search(Search *s, const Asked *asked, int by_blocks) {
    Window *w = asked->window;
    for (w->base = 0; w->base < w->documents; w->base = w->end) {
        if (by_blocks && s->total >= s->counted) {
            Py_ssize_t scored = search_blocks(s->blocks, asked);
            s->total += scored;
            return scored < 0 ? (int)scored : 0;
        }
        w->end = w->base + WINDOW < w->documents ? w->base + WINDOW : w->documents;
        int state = 0;
        for (Py_ssize_t i = 0; i < asked->count && state >= 0; i++)
            state = add_part(&asked->parts[i], asked->lists, w);
        if (w->scratch->scored.count && state >= 0)
            state = s->best.heap ? offer_window(w, &s->best, asked->first) : note(w, &s->best, asked->first);
        if (state < 0) return state;
        s->total += w->scratch->scored.count;
        forget(w);
    }
    return 0;
}

/* Make ready what a search of the segment writes to; whether that can be by blocks, -1 when a list is broken, -2
   without the memory. */
static int prepare(Search *s, const Asked *asked) {
    int64_t documents = asked->window->documents;
    int by_blocks = s->best.heap && s->counted < s->total + documents && are_many(asked) && has_bounds(asked);
    for (Py_ssize_t i = 0; by_blocks > 0 && i < asked->size; i++)
        by_blocks = find_impacts(&asked->lists[i], s->k1, documents);
    if (by_blocks < 0) return by_blocks;
    if (by_blocks && !s->blocks && !(s->blocks = malloc(sizeof *s->blocks))) return -2;
    int by_windows = !by_blocks || s->total < s->counted;
    return by_windows && !s->scratch && !(s->scratch = calloc(1, sizeof *s->scratch)) ? -2 : by_blocks;
}

/* Search (number of its first document, documents, among, parts); -1 when a list is broken, -2 without the memory, -3
   when an error is told already. */
static int search_segment(Search *s, PyObject *segment) {
    PyObject *mask, *object;
    long long first, documents;
    Buffers buffers = {NULL};
    Part *parts = NULL;
    List *lists = NULL;
    Window w = {.k1 = s->k1};
    Asked asked = {.window = &w, .best = &s->best};
    int state = -3;
    if (is_tuple(segment) && PyArg_ParseTuple(segment, "LLOO", &first, &documents, &mask, &object) && is_size(first) &&
        is_size(documents) && read_among(&buffers, mask, documents, &w.among) == 0 &&
        read_parts(&buffers, object, documents, &parts, &lists, &asked.count) == 0) {
        asked.parts = parts, asked.lists = lists, asked.size = asked.count ? parts[asked.count - 1].last : 0;
        asked.first = first, w.documents = documents;
        if ((state = prepare(s, &asked)) >= 0) {
            Py_BEGIN_ALLOW_THREADS
            w.scratch = s->scratch, w.scores = s->scratch ? s->scratch->scores : NULL;
            state = search(s, &asked, state);
            Py_END_ALLOW_THREADS
        }
    }
    for (Py_ssize_t i = 0; i < asked.size; i++) leave((Kept *)lists[i].impacts);
    release(&buffers);
    free(parts), free(lists);
    return state;
}

/* best(segments, k1, limit, least, counted, ordered) -> (total, numbers, scores, how many of these are in order): at
   least `limit` of the best; as many as are to be ordered, and their equals, in order, the others behind them by number.

   A segment is (number of its first document, documents, among, parts). Matches beyond `counted` may not be counted. */
static PyObject *best(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *segments, *result = NULL;
    Py_ssize_t ordered;
    int state = 0;
    Search s = {0};
    Best *found = &s.best;
    if (!PyArg_ParseTuple(args, "Odndnn", &segments, &s.k1, &found->limit, &found->least, &s.counted, &ordered) ||
        !is_tuple(segments))
        return NULL;
    if (found->limit < 1 || found->limit > UINT32_MAX || ordered < 1) {
        PyErr_SetString(PyExc_ValueError, "nobody looks at so many");
        return NULL;
    }
    if (!(found->least > 0)) found->least = DBL_TRUE_MIN; /* what adds up to nothing is not found */
    int is_heap = ordered >= found->limit && found->limit <= WANTED;
    found->room = 4 * found->limit + 1024;
    if (is_heap) found->heap = malloc((size_t)found->limit * sizeof *found->heap);
    found->scored = malloc((size_t)found->room * sizeof *found->scored);
    if ((is_heap && !found->heap) || !found->scored) state = -2;
    for (Py_ssize_t i = 0; i < PyTuple_Size(segments) && state >= 0; i++)
        state = search_segment(&s, PyTuple_GetItem(segments, i));
    if (state >= 0 && is_heap) {
        compact(found);
        qsort(found->scored, (size_t)(ordered = found->count), sizeof *found->scored, in_order);
    } else if (state >= 0) {
        Py_BEGIN_ALLOW_THREADS
        if ((ordered = settle(found, ordered)) < 0) state = -2;
        Py_END_ALLOW_THREADS
    }
    if (state == -2) PyErr_NoMemory();
    else if (state == -1) broken_list();
    else if (state >= 0) result = ranked(s.total, found->scored, found->count, ordered);
    free(s.scratch), free(s.blocks), free(found->heap), free(found->scored);
    return result;
}
