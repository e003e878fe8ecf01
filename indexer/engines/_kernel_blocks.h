/* The best documents of a segment by blocks of documents: those alone are scored that may be among the best.

   The most that any document of a block reaches is a sum of bytes, one of each list, and so is what each document
   reaches. Some of the best blocks tell first what the best reach; of the others those are gone through in which one
   may reach as much (block-max: Ding and Suel 2011; by ranges of documents: Mallia, Siedlaczek and Suel 2021). */

#include "_kernel_runs.h"
#include "_kernel_scores.h"
#include "_kernel_top.h"

#define CHOSEN 512        /* blocks that are gone through together: their sums stay in a near cache; 256 take as long */
#define FIRST 32          /* blocks that are gone through first, besides two for each document that is wanted; with 8 a
                             query takes a tenth longer */
#define WANTED 400        /* documents, at most, that are looked for so: 300 in half of the time of scoring all, 600 in
                             twice as much */
#define BATCH 128         /* documents that are scored together */
#define STEPS 32000       /* that all lists add at most: sums are kept in two bytes */
#define MOST_LISTS 256    /* each may add one more by rounding */
#define BINS 512          /* of sums, to find the one of a rank */
#define SURELY (1 - 1e-9) /* of a score that is not reached: more than a sum of thousands is off by */

/* What is asked of a segment. */
typedef struct {
    Window *window;
    const Part *parts;
    List *lists;
    Py_ssize_t count, size; /* parts, and lists */
    int64_t first;    /* the number of its first document among those of all segments */
    Best *best;
} Asked;

typedef struct {
    double scale;           /* steps for one of a score */
    int16_t steps[IMPACTS]; /* what each impact in the lists of a part adds at most */
    Py_ssize_t blocks, chosen, noted;
    int16_t *bounds;              /* of each block: what a document of it reaches at most; 0 once it is gone through */
    uint32_t block[CHOSEN];       /* those that are chosen, ascending */
    uint16_t open[CHOSEN];        /* places of those of the chosen in which a document may still reach enough */
    Py_ssize_t opened;
    int16_t rest[CHOSEN];         /* what the lists that are to come add at most to a document of each */
    int16_t sums[CHOSEN * BLOCK]; /* what each document of these reaches at most */
    int64_t docs[BATCH];          /* those that are noted, to be scored */
    double scores[BATCH], weights[BATCH];
} Blocks;

/* What all lists add to a score at most. */
static double most_added(const Asked *asked) {
    double most = 0;
    for (const Part *part = asked->parts; part < asked->parts + asked->count; part++)
        most += part->value * (asked->window->k1 + 1) * (double)(part->last - part->first);
    return most;
}

/* Whether there is more than a posting for each block: fewer are added up sooner. */
static int are_many(const Asked *asked) {
    int64_t postings = 0;
    for (Py_ssize_t i = 0; i < asked->size; i++) postings += asked->lists[i].left + 1;
    return postings > asked->window->documents / BLOCK;
}

/* Whether sums of steps say something of scores. */
static int has_bounds(const Asked *asked) {
    double most = most_added(asked);
    for (Py_ssize_t i = 0; i < asked->count; i++)
        if (!(asked->parts[i].value >= 0)) return 0;
    return asked->window->k1 > 0 && most > DBL_MIN * STEPS && most <= DBL_MAX && asked->size <= MOST_LISTS;
}

/* The steps that a score takes at least, from 1. */
static int16_t steps_for(const Blocks *b, double score) {
    double steps = score * SURELY * b->scale;
    return steps >= 1 ? steps < INT16_MAX ? (int16_t)steps : INT16_MAX : 1;
}

static void find_steps(Blocks *b, double value, double k1) {
    double step = value * (k1 + 1) / (IMPACTS - 1) * b->scale;
    for (int i = 0; i < IMPACTS; i++) b->steps[i] = (int16_t)(i * step + 1);
}

/* About the sum of that rank, from 1, from the top: no more than it is; 1 when there is none. */
static int16_t nth_sum(const int16_t *sums, Py_ssize_t count, Py_ssize_t rank) {
    uint32_t bins[4][BINS] = {{0}}; /* where many sums are alike, each would wait for the one before in a single row */
    Py_ssize_t bin = BINS, width = (INT16_MAX + 1) / BINS;
    for (Py_ssize_t i = 0; i < count; i++) bins[i % 4][sums[i] / width]++;
    while (rank > 0 && --bin > 0) rank -= (Py_ssize_t)bins[0][bin] + bins[1][bin] + bins[2][bin] + bins[3][bin];
    return bin > 0 ? (int16_t)(bin * width) : 1;
}

static int16_t highest_of(const int16_t *sums) {
    int16_t highest = 0;
    for (int place = 0; place < BLOCK; place++) highest = sums[place] > highest ? sums[place] : highest;
    return highest;
}

/* Choose blocks with at least so much, from one on, as many as are gone through together; the first behind them. */
static Py_ssize_t choose_blocks(Blocks *b, Py_ssize_t from, int16_t least) {
    Py_ssize_t chosen = 0;
    for (; from < b->blocks && chosen < CHOSEN; from++) { /* no branch: which are chosen cannot be foretold */
        b->block[chosen] = (uint32_t)from;
        chosen += b->bounds[from] >= least;
    }
    b->chosen = chosen;
    return from;
}

/* Add up what a list adds at most to the documents of each block. */
static void add_bounds(Blocks *b, const Impacts *known) {
    const uint8_t *most = known->most;
    for (int64_t i = 0; i < groups_of(known->documents); i++) {
        int16_t *bounds = b->bounds + i * GROUP;
        for (uint64_t held = known->groups[i].held; held; held &= held - 1) bounds[lowest(held)] += b->steps[*most++];
    }
}

/* Add up what a list adds at most to each document of the chosen blocks; -1 when it is broken: first those blocks are
   picked that it holds, so that nothing has to be foretold, and the postings of all, and the lengths of documents, are on
   the way when the first are added up. */
static ALWAYS_INLINE int add_runs(Blocks *b, const List *list, int gap_width, int frequency_width) {
    struct {
        Run run;
        uint32_t at;
    } picked[CHOSEN + 1];
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; i < b->opened; i++) {
        const uint16_t at = b->open[i];
        int is_held = holds_block(list->impacts, b->block[at], &picked[count].run);
        Py_ssize_t first = picked[count].run.first;
        picked[count].at = at;
        FETCH(list->lengths + (int64_t)b->block[at] * BLOCK);
        if (gap_width > 0) FETCH(list->gaps.bytes + (list->gaps.start + first) * gap_width);
        if (frequency_width > 0) FETCH(list->frequencies.bytes + (list->frequencies.start + first) * frequency_width);
        count += is_held;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        int64_t base = (int64_t)b->block[picked[i].at] * BLOCK;
        int16_t *sums = b->sums + picked[i].at * BLOCK;
        b->rest[picked[i].at] -= b->steps[picked[i].run.most];
        if (add_run(list, b->steps, picked[i].run, base, sums, gap_width, frequency_width) < 0) return -1;
    }
    return 0;
}

static int add_impacts(Blocks *b, const List *list) {
    if (list->docs) return add_runs(b, list, LISTED, LISTED);
    if (list->gaps.width == 1 && list->frequencies.width == 1) return add_runs(b, list, 1, 1);
    if (list->gaps.width == 1 && list->frequencies.width == 0) return add_runs(b, list, 1, 0);
    return add_runs(b, list, list->gaps.width, list->frequencies.width);
}

/* Add up what all lists add at most to the documents of each block. */
static void sum_up(Blocks *b, const Asked *asked) {
    for (const Part *part = asked->parts; part < asked->parts + asked->count; part++) {
        find_steps(b, part->value, asked->window->k1);
        for (Py_ssize_t i = part->first; i < part->last; i++) add_bounds(b, asked->lists[i].impacts);
    }
}

/* Leave out of the chosen blocks those in which no document reaches so much, whatever lists are to come. */
static void close_blocks(Blocks *b, int16_t least) {
    Py_ssize_t left = 0;
    for (Py_ssize_t i = 0; i < b->opened; i++) { /* no branch, as in `choose_blocks` */
        const uint16_t at = b->open[i];
        b->open[left] = at;
        left += highest_of(b->sums + at * BLOCK) + b->rest[at] >= least;
    }
    b->opened = left;
}

/* Choose blocks as `choose_blocks` does, and add up what their documents reach at most, as long as one may be among the
   best; -1 when a list is broken. Common words are the last lists, and add least: queries of such take two thirds of the
   time. */
static Py_ssize_t take_blocks(Blocks *b, const Asked *asked, Py_ssize_t from, int16_t chosen) {
    const int16_t least = steps_for(b, asked->best->least);
    from = choose_blocks(b, from, chosen);
    memset(b->sums, 0, (size_t)b->chosen * BLOCK * sizeof *b->sums);
    for (Py_ssize_t i = 0; i < b->chosen; i++) b->open[i] = (uint16_t)i, b->rest[i] = b->bounds[b->block[i]];
    b->opened = b->chosen;
    for (const Part *part = asked->parts; part < asked->parts + asked->count; part++) {
        find_steps(b, part->value, asked->window->k1);
        for (Py_ssize_t i = part->first; i < part->last; i++) {
            if (i) close_blocks(b, least);
            if (add_impacts(b, &asked->lists[i]) < 0) return -1;
        }
    }
    return from;
}

/* Add to the weights of the noted documents what a list is worth to them; -1 when it is broken. */
static int weigh_noted(Blocks *b, const List *list) {
    const Impacts *known = list->impacts;
    for (Py_ssize_t i = 0; i < b->noted; i++) {
        int64_t doc = b->docs[i], frequency;
        Run run;
        if (!holds_block(known, (uint32_t)(doc / BLOCK), &run)) continue;
        Py_ssize_t posting = posting_of(list, known, run, doc);
        if (posting < 0) continue;
        if (known->counts) frequency = known->counts[posting];
        else frequency = any_number(&list->frequencies, list->frequencies.start + posting);
        if (frequency <= 0) return -1;
        b->weights[i] += weight_in(list, doc, frequency);
    }
    return 0;
}

/* Score the noted documents, and offer them; how many have a score, -1 when a list is broken, -2 without the memory. */
static Py_ssize_t score_noted(Blocks *b, const Asked *asked) {
    Py_ssize_t noted = b->noted, scored = 0;
    memset(b->scores, 0, sizeof b->scores);
    for (const Part *part = asked->parts; part < asked->parts + asked->count; part++) {
        memset(b->weights, 0, sizeof b->weights);
        for (Py_ssize_t i = part->first; i < part->last; i++)
            if (weigh_noted(b, &asked->lists[i]) < 0) return -1;
        for (Py_ssize_t i = 0; i < noted; i++) b->scores[i] += worth(part->value, asked->window->k1, b->weights[i]);
    }
    Best *best = asked->best;
    for (Py_ssize_t i = 0; i < noted; i++) {
        scored += b->scores[i] > 0;
        if (b->scores[i] >= best->least && offer(best, asked->first + b->docs[i], b->scores[i]) < 0) return -2;
    }
    b->noted = 0;
    return scored;
}

/* Score the documents of the chosen blocks that reach at least so much, and less than something at most. */
static Py_ssize_t take_documents(Blocks *b, const Asked *asked, int16_t least, int16_t below) {
    const uint8_t *among = asked->window->among;
    Py_ssize_t scored = 0, more;
    for (Py_ssize_t i = 0; i < b->chosen; i++) {
        const int16_t *sums = b->sums + i * BLOCK;
        int64_t base = (int64_t)b->block[i] * BLOCK;
        if (highest_of(sums) < least) continue;
        for (int place = 0; place < BLOCK; place++)
            if (sums[place] >= least && sums[place] < below && (!among || among[base + place]))
                b->docs[b->noted++] = base + place;
        if (b->noted <= BATCH - BLOCK) continue;
        if ((more = score_noted(b, asked)) < 0) return more;
        scored += more;
    }
    return (more = score_noted(b, asked)) < 0 ? more : scored + more;
}

/* Go through some of the best blocks: first the documents that reach most are scored, which tells what others must. */
static Py_ssize_t take_first(Blocks *b, const Asked *asked) {
    int16_t highest[CHOSEN];
    Py_ssize_t scored, more;
    Py_ssize_t rank = FIRST + 2 * asked->best->limit;
    if (take_blocks(b, asked, 0, nth_sum(b->bounds, b->blocks, rank < CHOSEN ? rank : CHOSEN)) < 0) return -1;
    for (Py_ssize_t i = 0; i < b->chosen; i++) highest[i] = highest_of(b->sums + i * BLOCK);
    int16_t bound = nth_sum(highest, b->chosen, asked->best->limit);
    if ((scored = take_documents(b, asked, bound, INT16_MAX)) < 0) return scored;
    if ((more = take_documents(b, asked, steps_for(b, asked->best->least), bound)) < 0) return more;
    for (Py_ssize_t i = 0; i < b->chosen; i++) b->bounds[b->block[i]] = 0;
    return scored + more;
}

/* Offer the documents from the window's first on that may be among the best; how many were scored, -1 when a list is
   broken, -2 without the memory. */
static Py_ssize_t search_blocks(Blocks *b, const Asked *asked) {
    Py_ssize_t scored = 0, more = 0, from = 0;
    b->scale = STEPS / most_added(asked);
    b->noted = 0;
    b->blocks = (Py_ssize_t)groups_of(asked->window->documents) * GROUP;
    if (!(b->bounds = calloc((size_t)b->blocks, sizeof *b->bounds))) return -2;
    sum_up(b, asked);
    memset(b->bounds, 0, (size_t)(asked->window->base / BLOCK) * sizeof *b->bounds);
    if (asked->best->filled < asked->best->limit) scored = more = take_first(b, asked);
    for (; more >= 0 && from < b->blocks; scored += more) {
        int16_t least = steps_for(b, asked->best->least);
        if ((from = take_blocks(b, asked, from, least)) < 0) more = -1;
        else more = take_documents(b, asked, least, INT16_MAX);
    }
    free(b->bounds);
    return more < 0 ? more : scored;
}
