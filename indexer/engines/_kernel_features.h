/* What tells sentences that answer from their neighbours by numbers alone, as `numeric.py` says it in numpy. */

#ifndef PINCITE_FEATURES
#define PINCITE_FEATURES

#include <math.h>

#include "_kernel_coverage.h"
#include "_kernel_rank.h"

enum { KNOWN = 17 }; /* arrays */
enum { TOP, IDEAL, IN_LOWER_CASE, OF_COUNTS, OF_LENGTH, AVERAGE, STOP_WORD, COVERED, FEW_NEW, SCALES };
enum { /* what is said, in the order of `numeric.NAMES` */
    BEST_PASSAGE, PASSAGE_Z, PASSAGE_PAIRS, COVERED_SPECIFIC, IN_PARTS, EARLY, BEFORE_ONE, BEFORE_FIVE, IN_TITLE, IN_FORMS,
    ACRONYMS, SYNONYMS, NEARBY, AROUND_BEST, LOWER_CASE, TIGHT, SPELLED_WORDS, WORDS_BEST, WORD_PAIRS, BEST_OF_DOCUMENT,
    NEW_SHARE, FEW_ARE_NEW, FEATURES
};

/* What is known, as the record `Known` has it, and how many there are. */
typedef struct {
    const double *coverage, *scores, *pairs, *idf, *rarities, *scale;
    const int64_t *ranks, *documents, *rows, *counts, *words, *terms, *asked;
    const uint8_t *spelled, *above, *idle, *follow;
    Py_ssize_t candidates, passages, sentences, clauses, spellings, follows;
    double *out, *room; /* room for a number of each passage, clause, spelling or pair */
} Known;

static double *feature_of(const Known *k, int feature) { return k->out + feature * k->candidates; }

/* The values of a row as parts of the greatest. */
static void say_to_best(const Known *k, const double *from, double *to) {
    double most = 0;
    for (Py_ssize_t i = 0; i < k->candidates; i++) most = from[i] > most ? from[i] : most;
    for (Py_ssize_t i = 0; i < k->candidates; i++) to[i] = from[i] / (most != 0 ? most : 1);
}

static void say_passages(const Known *k) {
    double count = (double)k->passages, mean = sum_of_row(k->scores, k->passages) / count;
    for (Py_ssize_t i = 0; i < k->passages; i++) k->room[i] = (k->scores[i] - mean) * (k->scores[i] - mean);
    double spread = sqrt(sum_of_row(k->room, k->passages) / count) + 1e-6;
    for (Py_ssize_t i = 0; i < k->candidates; i++) {
        double score = k->scores[k->ranks[i]];
        feature_of(k, BEST_PASSAGE)[i] = score / k->scale[TOP];
        feature_of(k, PASSAGE_Z)[i] = (score - mean) / spread;
        feature_of(k, PASSAGE_PAIRS)[i] = k->pairs[k->ranks[i]] / k->scale[IDEAL];
    }
}

static void say_coverage(const Known *k) {
    static const int same[][2] = {{COVERED_SPECIFIC, HELD_ALL}, {IN_PARTS, HELD_PARTS}, {BEFORE_ONE, AHEAD_ONE},
                                  {BEFORE_FIVE, AHEAD_ALL}, {IN_TITLE, TITLE}, {IN_FORMS, FORMS}, {ACRONYMS, SPELLED},
                                  {SYNONYMS, ALIKE}, {NEARBY, TOLD}};
    const double *found = k->coverage, lower = k->scale[IN_LOWER_CASE];
    Py_ssize_t count = k->candidates;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        memcpy(feature_of(k, same[i][0]), found + same[i][1] * count, (size_t)count * sizeof *found);
    say_to_best(k, found + AROUND * count, feature_of(k, AROUND_BEST));
    for (Py_ssize_t i = 0; i < count; i++) {
        feature_of(k, EARLY)[i] = sqrt(found[HELD_EARLY * count + i] * (double)k->clauses) / 2;
        feature_of(k, LOWER_CASE)[i] = lower != 0 ? found[LOWER * count + i] / lower : 0.5;
        feature_of(k, TIGHT)[i] = found[OWN * count + i] * found[CLOSE * count + i];
    }
}

/* True when a candidate holds a word as it is spelled, or what names its passage most closely does. */
static int is_spelled(const Known *k, Py_ssize_t candidate, Py_ssize_t word) {
    return k->spelled[candidate * k->spellings + word] || k->above[k->ranks[candidate] * k->spellings + word];
}

static int is_pair(const Known *k, Py_ssize_t candidate, Py_ssize_t pair) {
    return k->follow[candidate * k->follows + pair] != 0; /* they are counted */
}

typedef int (*Holds)(const Known *, Py_ssize_t, Py_ssize_t);

/* Of so many things the part that each candidate holds, each thing by its rarity among candidates; of idle ones by a
   part of the rarest at most. */
static void say_held(const Known *k, Holds holds, const uint8_t *idle, Py_ssize_t things, double *to) {
    double *worth = k->room, *parts = worth + things, most = 0, whole = 0;
    for (Py_ssize_t j = 0; j < things; j++) {
        Py_ssize_t count = 0;
        for (Py_ssize_t i = 0; i < k->candidates; i++) count += holds(k, i, j);
        worth[j] = k->rarities[count];
        if (!(idle && idle[j]) && worth[j] > most) most = worth[j];
    }
    most *= k->scale[STOP_WORD];
    for (Py_ssize_t j = 0; j < things; j++) {
        if (idle && idle[j] && worth[j] > most) worth[j] = most;
        whole += worth[j];
    }
    for (Py_ssize_t i = 0; i < k->candidates; i++) {
        for (Py_ssize_t j = 0; j < things; j++) parts[j] = holds(k, i, j) ? worth[j] : 0;
        to[i] = sum_of_row(parts, things) / (whole != 0 ? whole : 1);
    }
}

/* BM25 of a sentence, as `rank.py` has it. */
static double sentence_score(const Known *k, Py_ssize_t candidate) {
    const int64_t *counts = k->counts + k->rows[candidate] * k->clauses;
    const double *s = k->scale, words = (double)k->words[k->rows[candidate]];
    double base = s[OF_COUNTS] * (1 - s[OF_LENGTH] + s[OF_LENGTH] * words / s[AVERAGE]);
    for (Py_ssize_t i = 0; i < k->clauses; i++)
        k->room[i] = (double)counts[i] * k->idf[i] * (s[OF_COUNTS] + 1) / ((double)counts[i] + base);
    return sum_of_row(k->room, k->clauses);
}

/* Of each candidate the best score of its document. */
static void say_scores(const Known *k, double *scores) {
    for (Py_ssize_t i = 0; i < k->candidates; i++) scores[i] = sentence_score(k, i);
    for (Py_ssize_t i = 0; i < k->candidates; i++) {
        double best = 0;
        for (Py_ssize_t j = 0; j < k->candidates; j++)
            if (k->documents[j] == k->documents[i] && scores[j] > best) best = scores[j];
        feature_of(k, BEST_OF_DOCUMENT)[i] = best / k->scale[IDEAL];
    }
}

static void say_terms(const Known *k) {
    for (Py_ssize_t i = 0; i < k->candidates; i++) {
        int64_t terms = k->terms[i], news = (int64_t)((uint64_t)terms - (uint64_t)k->asked[i]);
        double own = k->coverage[OWN * k->candidates + i];
        feature_of(k, NEW_SHARE)[i] = (double)news / (double)(terms > 1 ? terms : 1);
        feature_of(k, FEW_ARE_NEW)[i] = own > k->scale[COVERED] && (double)news < k->scale[FEW_NEW];
    }
}

/* Say all of the candidates; -1 without the memory. */
static int say_features(Known *k) {
    size_t most = (size_t)(2 * (k->spellings + k->follows) + k->passages + k->clauses + 1);
    double *scores = malloc(((size_t)k->candidates + 1) * sizeof *scores);
    k->room = malloc(most * sizeof *k->room);
    if (k->room && scores) {
        say_passages(k);
        say_coverage(k);
        say_held(k, is_spelled, k->idle, k->spellings, feature_of(k, SPELLED_WORDS));
        say_to_best(k, feature_of(k, SPELLED_WORDS), feature_of(k, WORDS_BEST));
        say_held(k, is_pair, NULL, k->follows, feature_of(k, WORD_PAIRS));
        say_scores(k, scores);
        say_terms(k);
    }
    int done = k->room && scores ? 0 : -1;
    free(k->room), free(scores);
    return done;
}

/* Count what there is of each; 0 when sizes, which come in the order of what is given, do not fit together. */
static int count_known(Known *k, const Py_ssize_t *sizes) {
    k->candidates = sizes[1], k->passages = sizes[3], k->sentences = sizes[10], k->clauses = sizes[11];
    k->spellings = sizes[7], k->follows = k->candidates ? sizes[8] / k->candidates : 0;
    int fits = is_of(sizes[0], COVERS, k->candidates ? k->candidates : 1) && sizes[2] == k->candidates;
    fits &= sizes[4] == k->passages && sizes[13] == k->candidates && sizes[14] == k->candidates;
    fits &= sizes[12] == k->candidates && sizes[15] == k->candidates + 1 && sizes[16] == SCALES;
    if (!fits || !k->candidates || !k->passages) return 0;
    fits = k->spellings ? is_of(sizes[5], k->candidates, k->spellings) && is_of(sizes[6], k->passages, k->spellings)
                        : !sizes[5] && !sizes[6];
    fits &= sizes[8] % k->candidates == 0;
    fits &= k->clauses ? is_of(sizes[9], k->sentences, k->clauses) : !sizes[9];
    return fits && are_places(k->ranks, k->candidates, k->passages) && are_places(k->rows, k->candidates, k->sentences);
}

/* features(*known) -> a row for each name of `numeric.NAMES`, one behind the other, as bytes. */
static PyObject *features(PyObject *self, PyObject *args) {
    (void)self;
    static const Py_ssize_t items[KNOWN] = {8, 8, 8, 8, 8, 1, 1, 1, 1, 8, 8, 8, 8, 8, 8, 8, 8};
    const void *a[KNOWN];
    Py_ssize_t sizes[KNOWN];
    Buffers buffers = {NULL};
    PyObject *result = NULL;
    int fits = borrow_all(&buffers, args, KNOWN, items, a, sizes);
    if (fits < 0) goto done;
    if (fits) {
        Known k = {.coverage = a[0], .ranks = a[1], .documents = a[2], .scores = a[3], .pairs = a[4], .spelled = a[5],
                   .above = a[6], .idle = a[7], .follow = a[8], .counts = a[9], .words = a[10], .idf = a[11],
                   .rows = a[12], .terms = a[13], .asked = a[14], .rarities = a[15], .scale = a[16]};
        fits = count_known(&k, sizes);
        if (fits && !(result = PyBytes_FromStringAndSize(NULL, FEATURES * k.candidates * 8))) goto done;
        if (fits) k.out = (double *)PyBytes_AsString(result);
        if (fits && say_features(&k) < 0) {
            Py_CLEAR(result);
            PyErr_NoMemory();
        }
    }
    if (!fits) PyErr_SetString(PyExc_ValueError, "candidates and what is known of them do not fit together");
done:
    release(&buffers);
    return result;
}

#endif
