/* A window of documents, whose scores stay in the caches that are nearest. */

#ifndef PINCITE_WINDOWS
#define PINCITE_WINDOWS

#include "_kernel_lists.h"

#define WINDOW 4096 /* documents; with half or twice as many a query takes as long, with an eighth of them a tenth longer */

/* Documents of a window, by place. One whose number was 0 again is noted twice; beyond WINDOW none is kept. */
typedef struct {
    uint16_t at[WINDOW + 1]; /* the last is for what is not kept */
    Py_ssize_t count;
} Places;

/* What a search writes to; between two windows scores and weights are 0. */
typedef struct {
    double scores[WINDOW], weights[WINDOW];
    Places scored, weighed; /* whose score is not 0; whose weight is not */
} Scratch;

/* A window of documents. */
typedef struct {
    int64_t documents, base, end; /* all documents of the segment, the first of the window, the first after it */
    const uint8_t *among;         /* for each document, whether it may be found; NULL when each may */
    double k1, *scores;           /* of the window */
    Scratch *scratch;
} Window;

static ALWAYS_INLINE Py_ssize_t kept(const Places *places) { return places->count < WINDOW ? places->count : WINDOW; }

/* Say for each document of a window which of the list's postings there is its own, from 1; 0 when there is none. Its
   documents go to `held` when that is wanted. The list goes on, but for its frequency; -1 when it is broken. */
static ALWAYS_INLINE int find_packed(List *list, const Window *w, uint16_t *postings, Places *held, int gap_width) {
    uint16_t number = 1;
    const int64_t base = w->base, end = w->end;
    int64_t doc = list->doc;
    Py_ssize_t left = list->left, gap_at = list->gaps.at;
    while (doc < end) {
        if (held) held->at[number - 1] = (uint16_t)(doc - base);
        postings[doc - base] = number++;
        if (left-- <= 0) {
            doc = w->documents;
            break;
        }
        int64_t gap = number_at(&list->gaps, gap_width, gap_at++);
        if (gap <= 0 || (doc += gap) >= w->documents) return -1;
    }
    if (held) held->count = number - 1;
    list->frequencies.at += gap_at - list->gaps.at;
    list->doc = doc, list->left = left, list->gaps.at = gap_at;
    return 0;
}

/* The same of any list. */
static int find(List *list, const Window *w, uint16_t *postings) {
    memset(postings, 0, WINDOW * sizeof *postings);
    if (list->docs) {
        int state = 0;
        for (uint16_t number = 1; list->doc < w->end && state >= 0; state = next_posting(list, w->documents))
            postings[list->doc - w->base] = number++;
        return state < 0 ? -1 : 0;
    }
    return list->gaps.width == 1 ? find_packed(list, w, postings, NULL, 1)
                                 : find_packed(list, w, postings, NULL, list->gaps.width);
}

#endif
