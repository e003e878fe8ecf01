/* The postings of a block, where they stand in a list whose impacts are known. */

#ifndef PINCITE_RUNS
#define PINCITE_RUNS

#include "_kernel_impacts.h"

#define LISTED (-1) /* the width of numbers that are as they are */

/* What stands at a place of a list, but for numbers that stand aside. */
static ALWAYS_INLINE uint32_t near_number(const Numbers *n, int width, Py_ssize_t at) {
    switch (width) {
    case 0: return 1;
    case 1: return n->bytes[at];
    case 2: return ((const uint16_t *)n->bytes)[at];
    default: return ((const uint32_t *)n->bytes)[at];
    }
}

/* Whether it says that the number stands aside. */
static ALWAYS_INLINE int is_aside(int width, uint32_t number) {
    return (width == 1 && number == UINT8_MAX) || (width == 2 && number == UINT16_MAX);
}

/* Add up what a list adds at most to each document of a block, whose sums are given; -1 when it is broken. The widths of
   its numbers may be known to the compiler, and are LISTED for a list that is as it is. */
static ALWAYS_INLINE int add_run(const List *list, const int16_t *steps, Run run, int64_t base, int16_t *sums,
                                 int gap_width, int frequency_width) {
    const Impacts *known = list->impacts;
    const Py_ssize_t gap_at = list->gaps.start + run.first, frequency_at = list->frequencies.start + run.first;
    const int64_t places = known->documents - base < BLOCK ? known->documents - base : BLOCK;
    int64_t place = run.place;
    for (uint32_t i = 0;;) {
        int is_listed = gap_width == LISTED;
        uint32_t frequency = is_listed ? known->counts[run.first + i]
                                       : near_number(&list->frequencies, frequency_width, frequency_at + i);
        uint8_t impact = IMPACTS - 1; /* a number that stands aside is high */
        if (!is_aside(frequency_width, frequency)) impact = impact_in(list, known, base + place, frequency);
        sums[place] += steps[impact];
        if (++i >= run.size) return 0;
        if (is_listed) place = known->docs[run.first + i] - base;
        else place += near_number(&list->gaps, gap_width, gap_at + i);
        if (place < 0 || place >= places) return -1;
    }
}

/* The posting of a document among those of its block; -1 when there is none. */
static Py_ssize_t posting_of(const List *list, const Impacts *known, Run run, int64_t doc) {
    int64_t at = doc / BLOCK * BLOCK + run.place;
    Py_ssize_t posting = run.first, end = posting + run.size;
    if (list->docs) {
        while (posting < end && known->docs[posting] != doc) posting++;
        return posting < end ? posting : -1;
    }
    for (; at < doc; at += any_number(&list->gaps, list->gaps.start + posting))
        if (++posting >= end) return -1;
    return at == doc ? posting : -1;
}

#endif
