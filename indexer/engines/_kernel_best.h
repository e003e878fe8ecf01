/* The best documents of some segments, a window of documents at a time.

   Once there are as many documents as are wanted, a part that could not lift any other document among them by itself
   is not added up any more: it is only looked up for documents that have nearly enough without it (MaxScore: Turtle and
   Flood 1995). Over 100,000 passages, an eighth of the postings of a query is scored; the rest is passed over. Where few
   of many need be in order, all are scored and the best chosen from them: a heap of 10,000 takes ten times as long. */

#include "_kernel_scores.h"
#include "_kernel_top.h"

#define SURELY (1 - 1e-9) /* of a score that is not reached: more than a sum of thousands is off by */

/* Offer the documents of a window that are among the best, when `summed` parts were added up; the others are looked up
   for the documents that may be. */
static int take(Window *w, Best *best, int64_t first, const Part *parts, List *lists, Py_ssize_t summed,
                Py_ssize_t count) {
    Scratch *scratch = w->scratch;
    Places *chosen = &scratch->chosen;
    double nearly = best->least * SURELY;
    choose(scratch->scored.at, kept(&scratch->scored), w, summed < count ? nearly - parts[summed].rest : best->least);
    for (Py_ssize_t i = summed; i < count && chosen->count; i++) {
        for (Py_ssize_t j = parts[i].first; j < parts[i].last; j++)
            if (look_up(&lists[j], w) < 0) return -1;
        for (Py_ssize_t j = 0; j < chosen->count; j++) {
            double *weight = &scratch->weights[chosen->at[j]];
            w->scores[chosen->at[j]] += worth(parts[i].value, w->k1, *weight);
            *weight = 0;
        }
        choose(chosen->at, chosen->count, w, i + 1 < count ? nearly - parts[i + 1].rest : best->least);
    }
    for (Py_ssize_t i = 0; i < chosen->count; i++) {
        int64_t at = chosen->at[i];
        if (w->scores[at] >= best->least && offer(best, first + w->base + at, w->scores[at]) < 0) return -2;
    }
    return 0;
}

/* Find the best of a segment; the documents that were scored so far. -1 when a list is broken, -2 without the memory. */
static Py_ssize_t search(Window *w, Best *best, int64_t first, const Part *parts, List *lists, Py_ssize_t count,
                         Py_ssize_t total, Py_ssize_t counted) {
    Py_ssize_t summed = count; /* parts that are added up; the others are looked up */
    for (w->base = 0; w->base < w->documents; w->base = w->end) {
        w->end = w->base + WINDOW < w->documents ? w->base + WINDOW : w->documents;
        if (best->heap && total >= counted && w->k1 > 0)
            while (summed > 0 && parts[summed - 1].rest < best->least * SURELY) summed--;
        if (!summed) break;
        int state = 0;
        for (Py_ssize_t i = 0; i < summed && state >= 0; i++) state = add_part(&parts[i], lists, w);
        if (w->scratch->scored.count && state >= 0)
            state = !best->heap ? note(w, best, first) : take(w, best, first, parts, lists, summed, count);
        if (state < 0) return state;
        total += w->scratch->scored.count;
        forget(w);
    }
    return total;
}

/* best(segments, k1, limit, least, counted, ordered) -> (total, numbers, scores, how many of these are in order): at
   least `limit` of the best; as many as are to be ordered, and their equals, in order, the others behind them by number.

   A segment is (number of its first document, documents, among, parts). Matches beyond `counted` may not be counted. */
static PyObject *best(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *segments, *result = NULL;
    double k1;
    Py_ssize_t counted, ordered, total = 0;
    Best found = {0};
    if (!PyArg_ParseTuple(args, "Odndnn", &segments, &k1, &found.limit, &found.least, &counted, &ordered)) return NULL;
    if (!is_tuple(segments)) return NULL;
    if (found.limit < 1 || found.limit > UINT32_MAX || ordered < 1) {
        PyErr_SetString(PyExc_ValueError, "nobody looks at so many");
        return NULL;
    }
    found.room = 4 * found.limit + 1024;
    if (ordered >= found.limit) found.heap = malloc((size_t)found.limit * sizeof *found.heap);
    found.scored = malloc((size_t)found.room * sizeof *found.scored);
    Scratch *scratch = calloc(1, sizeof *scratch);
    if ((ordered >= found.limit && !found.heap) || !found.scored || !scratch) {
        PyErr_NoMemory();
        goto done;
    }
    for (Py_ssize_t i = 0; i < PyTuple_Size(segments) && total >= 0; i++) {
        PyObject *segment = PyTuple_GetItem(segments, i), *mask, *object;
        long long first, documents;
        Py_ssize_t count = 0;
        const uint8_t *among;
        Buffers buffers = {NULL};
        Part *parts = NULL;
        List *lists = NULL;
        int is_read = is_tuple(segment) && PyArg_ParseTuple(segment, "LLOO", &first, &documents, &mask, &object) &&
                      is_size(first) && is_size(documents) && read_among(&buffers, mask, documents, &among) == 0 &&
                      read_parts(&buffers, object, documents, k1, &parts, &lists, &count) == 0;
        if (is_read) {
            Py_BEGIN_ALLOW_THREADS
            Window w = {.documents = documents, .among = among, .k1 = k1, .scores = scratch->scores, .scratch = scratch};
            total = search(&w, &found, first, parts, lists, count, total, counted);
            Py_END_ALLOW_THREADS
        }
        release(&buffers);
        free(parts), free(lists);
        if (!is_read) goto done;
    }
    if (total >= 0 && found.heap) {
        compact(&found);
        qsort(found.scored, (size_t)(ordered = found.count), sizeof *found.scored, in_order);
    } else if (total >= 0) {
        Py_BEGIN_ALLOW_THREADS
        ordered = settle(&found, ordered);
        Py_END_ALLOW_THREADS
    }
    if (total == -2 || ordered == -2) PyErr_NoMemory();
    else if (total < 0) broken_list();
    else result = ranked(total, found.scored, found.count, ordered);
done:
    free(scratch), free(found.heap), free(found.scored);
    return result;
}
