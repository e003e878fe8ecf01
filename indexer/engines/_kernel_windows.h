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

#endif
