/* Scores: the parts that they are sums of, a window of documents at a time, and the best of all windows.

   Once there are as many documents as are wanted, a part that could not lift any other document among them by itself
   is not added up any more: it is only looked up for documents that have nearly enough without it (MaxScore: Turtle and
   Flood 1995). Over 100,000 passages, an eighth of the postings of a query is scored; the rest is passed over. Where few
   of many need be in order, all are scored and the best chosen from them: a heap of 10,000 takes ten times as long. */

#include "_kernel_windows.h"

#define FEW (WINDOW / 8) /* scores that are set back one by one; to set back all takes as long as a few hundred */
#define PARTS 2048 /* of a range of scores: so many counters stay in the nearest cache */
#define SURELY (1 - 1e-9) /* of a score that is not reached: more than a sum of thousands is off by */

typedef struct {
    double value; /* inverse document frequency, or a share of it */
    double rest;  /* the most that this part and those after it add to a score */
    Py_ssize_t first, last; /* lists */
} Part;

/* Add to a number, and note its place when it was 0. */
static ALWAYS_INLINE void add_noted(double *numbers, uint16_t *places, Py_ssize_t *count, int64_t at, double more) {
    double before = numbers[at];
    numbers[at] = before + more;
    places[*count < WINDOW ? *count : WINDOW] = (uint16_t)at;
    *count += before == 0;
}

/* What a part adds to a score; the same operations in the same order as in numpy. */
static ALWAYS_INLINE double worth(double value, double k1, double weight) {
    return value * ((k1 + 1) * weight / (k1 + weight));
}

/* Add to the scores of a window what a packed list is worth, or its weights to the weights: `next_posting` over and
   over, with nothing put away between two postings and the widths known to the compiler. */
static ALWAYS_INLINE int add_packed(List *list, double value, Window *w, int is_whole, int gap_width,
                                    int frequency_width) {
    const double *worths = list->worths;
    const uint16_t *lengths = list->lengths;
    const double k1 = w->k1;
    const uint8_t *among = w->among;
    const int64_t base = w->base, end = w->end, documents = w->documents;
    int64_t doc = list->doc, frequency = list->frequency;
    Py_ssize_t left = list->left, gap_at = list->gaps.at, frequency_at = list->frequencies.at;
    Places *places = is_whole ? &w->scratch->scored : &w->scratch->weighed;
    double *numbers = is_whole ? w->scores : w->scratch->weights;
    Py_ssize_t count = places->count;
    while (doc < end) {
        if (!among || among[doc]) {
            double weight = (double)frequency * worths[lengths[doc]];
            add_noted(numbers, places->at, &count, doc - base, is_whole ? worth(value, k1, weight) : weight);
        }
        if (left-- <= 0) {
            doc = documents;
            break;
        }
        int64_t gap = number_at(&list->gaps, gap_width, gap_at++);
        frequency = number_at(&list->frequencies, frequency_width, frequency_at++);
        if (gap <= 0 || frequency <= 0 || (doc += gap) >= documents) return -1;
    }
    places->count = count;
    list->doc = doc, list->frequency = (uint32_t)frequency;
    list->left = left, list->gaps.at = gap_at, list->frequencies.at = frequency_at;
    return 0;
}

/* The same of documents and counts as they are. */
static ALWAYS_INLINE int add_listed(List *list, double value, Window *w, int is_whole) {
    Places *places = is_whole ? &w->scratch->scored : &w->scratch->weighed;
    double *numbers = is_whole ? w->scores : w->scratch->weights;
    int state = 0;
    while (list->doc < w->end && state >= 0) {
        int64_t doc = list->doc;
        if (!w->among || w->among[doc]) {
            double weight = weight_in(list, doc, list->frequency);
            add_noted(numbers, places->at, &places->count, doc - w->base, is_whole ? worth(value, w->k1, weight) : weight);
        }
        state = next_posting(list, w->documents);
    }
    return state < 0 ? -1 : 0;
}

static ALWAYS_INLINE int add_list(List *list, double value, Window *w, int is_whole) {
    if (list->doc >= w->end) return 0;
    if (list->docs) return add_listed(list, value, w, is_whole);
    switch (list->gaps.width * 8 + list->frequencies.width) {
    case 8 + 0: return add_packed(list, value, w, is_whole, 1, 0);
    case 8 + 1: return add_packed(list, value, w, is_whole, 1, 1);
    case 16 + 0: return add_packed(list, value, w, is_whole, 2, 0);
    case 16 + 1: return add_packed(list, value, w, is_whole, 2, 1);
    default: return add_packed(list, value, w, is_whole, list->gaps.width, list->frequencies.width);
    }
}

/* Add to the scores of a window what a part is worth; -1 when a list is broken. */
static int add_part(const Part *part, List *lists, Window *w) {
    if (part->last - part->first == 1) return add_list(&lists[part->first], part->value, w, 1);
    Scratch *scratch = w->scratch;
    Places *scored = &scratch->scored, *weighed = &scratch->weighed;
    for (Py_ssize_t i = part->first; i < part->last; i++)
        if (add_list(&lists[i], 1, w, 0) < 0) return -1;
    for (Py_ssize_t i = 0; i < kept(weighed); i++) {
        int64_t at = weighed->at[i];
        add_noted(w->scores, scored->at, &scored->count, at, worth(part->value, w->k1, scratch->weights[at]));
        scratch->weights[at] = 0;
    }
    weighed->count = 0;
    return 0;
}

/* Add to the weights of the chosen documents what a list is worth to them. */
static int look_up(List *list, Window *w) {
    Scratch *scratch = w->scratch;
    const Places *chosen = &scratch->chosen;
    if (go_to(list, w->base, w->documents) < 0) return -1;
    if (list->doc >= w->end) return 0;
    Numbers frequencies = list->frequencies; /* the first is that of the document which the list is at */
    const uint32_t *counts = list->counts;
    int state = find(list, w, scratch->postings);
    for (Py_ssize_t i = 0; i < chosen->count && state >= 0; i++) {
        int64_t at = chosen->at[i], frequency = 0;
        Py_ssize_t posting = (Py_ssize_t)scratch->postings[at] - 2; /* -1 is that before the next */
        if (posting < -1) continue;
        if (counts) frequency = counts[posting];
        else if ((frequency = any_number(&frequencies, frequencies.at + posting)) <= 0) state = -1;
        scratch->weights[at] += weight_in(list, w->base + at, frequency);
    }
    return state < 0 ? -1 : 0;
}

/* Leave those of the chosen documents that have at least so much. */
static void choose(const uint16_t *from, Py_ssize_t count, Window *w, double least) {
    Places *chosen = &w->scratch->chosen;
    Py_ssize_t left = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        uint16_t at = from[i];
        chosen->at[left] = at;
        left += w->scores[at] >= least;
    }
    chosen->count = left;
}

/* The best scores so far: a heap with the least of them on top, and the documents that may be among the best. */
typedef struct {
    double score;
    int64_t number; /* of the document, in all segments */
} Scored;

typedef struct {
    double *heap; /* NULL when the best are chosen at the end */
    Scored *scored;
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
    for (Py_ssize_t at = 0; at < size; at++) { /* the last may be written where none is kept */
        best->scored[count] = (Scored){w->scores[at], first + w->base + at};
        count += (w->scores[at] > 0) & (w->scores[at] >= best->least);
    }
    best->count = count;
    return 0;
}

/* The `rank`th score, from 1, from the top: of bits of numbers above 0, which are in their order, those are left again and
   again that share a part of the range with it. */
static double nth(const Best *best, uint64_t *bits, Py_ssize_t rank) {
    Py_ssize_t count = best->count;
    double found;
    for (Py_ssize_t i = 0; i < count; i++) memcpy(&bits[i], &best->scored[i].score, sizeof *bits);
    for (;;) {
        uint64_t low = bits[0], high = bits[0];
        for (Py_ssize_t i = 1; i < count; i++) {
            low = bits[i] < low ? bits[i] : low;
            high = bits[i] > high ? bits[i] : high;
        }
        if (low == high) break;
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

/* Parts of a score: a tuple of (value, (list, ...)). */
static int read_parts(Buffers *buffers, PyObject *object, int64_t documents, double k1, Part **parts, List **lists,
                      Py_ssize_t *count) {
    Py_ssize_t all = 0, at = 0;
    double rest = 0;
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
    for (Py_ssize_t i = *count; i-- > 0;) {
        double most = (*parts)[i].value * (k1 + 1); /* what a weight comes to without end */
        (*parts)[i].rest = rest = most < 0 ? rest : rest + most;
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

static int read_among(Buffers *buffers, PyObject *object, int64_t documents, const uint8_t **among) {
    Py_ssize_t length;
    *among = NULL;
    if (object == Py_None) return 0;
    if (!(*among = borrow(buffers, object, PyBUF_SIMPLE, 1, &length))) return -1;
    if (length >= documents) return 0;
    PyErr_SetString(PyExc_ValueError, "too few documents are said to be allowed or not");
    return -1;
}

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

/* Make the scores of a window ready for the next. */
static void forget(Window *w) {
    Places *scored = &w->scratch->scored;
    if (scored->count > FEW) memset(w->scores, 0, WINDOW * sizeof *w->scores);
    else
        for (Py_ssize_t i = 0; i < scored->count; i++) w->scores[scored->at[i]] = 0;
    scored->count = 0;
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
    if (read_parts(&buffers, object, documents, k1, &parts, &lists, &count) < 0) goto done;
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
