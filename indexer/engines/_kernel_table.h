/* The sentences of passages by document and place, each once, as `sentence_table.py` says it in numpy. */

#ifndef PINCITE_TABLE
#define PINCITE_TABLE

#include "_kernel_together.h"

enum { OF_PASSAGES = 6, OF_ALL_UNITS = 4, HIGHEST = 1 << 30 }; /* arrays of layouts; documents are fewer */
enum { DOCUMENT, PASSAGE, UNIT, BEGIN, END, LONG, TABLED }; /* columns of the table */

/* What is given: how passages are laid out, where clauses stand in them, and which sentences are wanted. */
typedef struct {
    Laid laid;
    Row *terms;
    const int64_t *steps;
    Py_ssize_t all_terms, all_steps;
    const int64_t *starts, *cues, *documents, *chars, *stops, *takes, *stretches, *in_documents, *begins;
    Py_ssize_t all_stretches, wanted;
    int64_t gap;
} Wanted;

typedef struct {
    int64_t place, end;
    Py_ssize_t unit;
} Sentence;

/* What is worked out of it. */
typedef struct {
    int64_t *of, *behind, *cues;  /* the passage of each unit; of each passage the unit and the stretch behind its own */
    int64_t *from;                /* of each clause, for each unit and behind all: its first place from there on */
    Sentence *order;              /* by document and place, each once */
    int64_t *inside;              /* the places of terms, each with the number of its unit for that of its passage */
    Rows rows;                    /* such places of the clauses */
    Py_ssize_t kept, places;
} Worked;

/* True when all numbers are such as can be added up, and layouts fit together. */
static int is_sound(const Wanted *w) {
    const Laid *l = &w->laid;
    const int64_t most = (int64_t)1 << POSITION_BITS, *units[] = {w->chars, w->stops, w->takes};
    for (int i = 0; i < OF_ALL_UNITS - 1; i++)
        if (!are_below(units[i], l->all_units, most)) return 0;
    return is_laid_out(l) && are_below(w->starts, l->passages, most) && are_below(w->cues, l->passages, most) &&
           are_below(w->documents, l->passages, HIGHEST) && are_below(w->in_documents, w->wanted, HIGHEST) &&
           are_below(w->begins, w->wanted, 2 * most) && are_below(w->stretches, 2 * w->all_stretches, most) &&
           (l->all_units || !w->wanted);
}

/* Note where the units and stretches of each passage end; 0 when these are not as many as they should be. */
static int part(const Wanted *w, Worked *k) {
    int64_t unit = 0, stretch = 0;
    for (Py_ssize_t i = 0; i < w->laid.passages; i++) {
        for (int64_t end = unit + w->laid.units[i]; unit < end; unit++) {
            k->of[unit] = i;
            if (w->takes[unit] > w->laid.all_units - unit) return 0;
        }
        stretch += w->cues[i];
        k->behind[i] = unit, k->cues[i] = stretch;
        if (stretch > w->all_stretches) return 0;
    }
    return 1;
}

/* The places of a term in units, one that comes before all of them left out: how many, -1 when units are in no order. */
static Py_ssize_t place_in_units(const Wanted *w, const Worked *k, const Row *term, int64_t *out) {
    const Laid *l = &w->laid;
    Py_ssize_t unit = -1, kept = 0;
    int64_t bound = 0, next = l->all_units ? (k->of[0] << POSITION_BITS) + l->firsts[0] : INT64_MAX;
    for (Py_ssize_t i = 0; i < term->count; i++) {
        while (next <= term->places[i] && unit + 1 < l->all_units) {
            bound = next;
            next = ++unit + 1 < l->all_units ? (k->of[unit + 1] << POSITION_BITS) + l->firsts[unit + 1] : INT64_MAX;
            if (next < bound) return -1;
        }
        if (unit >= 0) out[kept++] = (int64_t)(((uint64_t)unit << POSITION_BITS) + (uint64_t)term->places[i] - (uint64_t)bound);
    }
    return kept;
}

/* Find where the clauses stand in units: 0, -1 when that does not fit together, -2 without the memory. */
static int find_clauses(const Wanted *w, Worked *k) {
    Py_ssize_t all = 0;
    for (Py_ssize_t i = 0; i < w->all_terms; i++) all += w->terms[i].count;
    int64_t *next = k->inside = malloc(((size_t)all + 1) * sizeof *next);
    Row *terms = malloc(((size_t)w->all_terms + 1) * sizeof *terms);
    int state = next && terms ? 0 : -2;
    for (Py_ssize_t i = 0; i < w->all_terms && !state; next += terms[i++].count) {
        terms[i] = (Row){next, NULL, place_in_units(w, k, &w->terms[i], next)};
        if (terms[i].count < 0) state = -1;
    }
    if (!state) state = take_steps(w->steps, w->all_steps, terms, w->all_terms, (int64_t)w->laid.all_units << POSITION_BITS, &k->rows);
    if (!state && k->rows.count != w->laid.clauses) state = -1;
    free(terms);
    return state;
}

static void find_places(const Wanted *w, Worked *k) {
    for (Py_ssize_t i = 0; i < w->laid.clauses; i++) {
        const Row *row = &k->rows.rows[i];
        int64_t *from = k->from + i * (w->laid.all_units + 1);
        Py_ssize_t at = 0;
        for (Py_ssize_t unit = 0; unit <= w->laid.all_units; from[unit++] = at)
            while (at < row->count && row->places[at] < (int64_t)unit << POSITION_BITS) at++;
    }
}

/* By place, the longer first, of equals the one that comes first. */
static int compare_sentences(const void *left, const void *right) {
    const Sentence *one = left, *other = right;
    if (one->place != other->place) return one->place < other->place ? -1 : 1;
    if (one->end != other->end) return one->end > other->end ? -1 : 1;
    return one->unit < other->unit ? -1 : one->unit > other->unit;
}

static void order_sentences(const Wanted *w, Worked *k) {
    for (Py_ssize_t unit = 0; unit < w->laid.all_units; unit++) {
        int64_t passage = k->of[unit], start = w->starts[passage];
        int64_t place = (w->documents[passage] << POSITION_BITS) + start + w->chars[unit];
        k->order[unit] = (Sentence){place, start + w->stops[unit], unit};
    }
    qsort(k->order, (size_t)w->laid.all_units, sizeof *k->order, compare_sentences);
    for (Py_ssize_t i = 0; i < w->laid.all_units; i++)
        if (!k->kept || k->order[i].place != k->order[k->kept - 1].place) k->order[k->kept++] = k->order[i];
}

static int64_t words_of(const Wanted *w, const Worked *k, Py_ssize_t unit) {
    int64_t behind = unit + w->takes[unit], passage = k->of[unit];
    if (behind == k->behind[passage]) return w->laid.words[passage] - w->laid.firsts[unit];
    return (behind < w->laid.all_units ? w->laid.firsts[behind] : 0) - w->laid.firsts[unit];
}

/* Write the table; its last row, which stands for what is not there, is 0 already. */
static void write_table(const Wanted *w, const Worked *k, int64_t *table, uint8_t *linked, int64_t *counts, uint8_t *held) {
    Py_ssize_t rows = k->kept + 1, clauses = w->laid.clauses;
    for (Py_ssize_t row = 0; row < k->kept; row++) {
        Py_ssize_t unit = k->order[row].unit, behind = unit + (Py_ssize_t)w->takes[unit];
        int64_t passage = k->of[unit], start = w->starts[passage];
        int64_t column[TABLED] = {w->documents[passage], passage, unit, start + w->chars[unit], k->order[row].end,
                                  words_of(w, k, unit)};
        for (int i = 0; i < TABLED; i++) table[i * rows + row] = column[i];
        linked[row] = row && table[row - 1] == column[DOCUMENT] && column[BEGIN] - k->order[row - 1].end <= w->gap;
        for (Py_ssize_t i = 0; i < clauses; i++) {
            const int64_t *from = k->from + i * (w->laid.all_units + 1);
            counts[row * clauses + i] = from[behind] - from[unit];
            held[row * clauses + i] = from[behind] > from[unit];
        }
    }
}

#endif
