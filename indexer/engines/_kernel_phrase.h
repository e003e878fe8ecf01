/* Where posting lists follow one another. */

#ifndef PINCITE_PHRASE
#define PINCITE_PHRASE

#include "_kernel_masks.h"

#define TOGETHER 64 /* documents whose positions are on the way before the first are read: half of the time */

/* A word of the phrase, and its positions in the documents that are looked into. */
typedef struct {
    List list;
    Masks *masks;                   /* NULL for a list whose postings are gone through */
    Numbers frequencies, positions; /* of the posting that was looked into last, and those after it */
    Py_ssize_t posting;             /* that of the document */
    Py_ssize_t begins[TOGETHER], sizes[TOGETHER]; /* of the positions in each of the documents */
    int64_t *places;
    Py_ssize_t room;
} Term;

/* Begin with a list, until `end_term`: 0, -1 when it is broken, -2 without the memory, -3 when an error is told already. */
static int begin_term(Term *term, PyObject *capsule, int64_t documents) {
    if (read_held(capsule, documents, &term->list) < 0) return -3;
    term->frequencies = term->list.frequencies, term->positions = term->list.positions;
    term->frequencies.at = term->frequencies.start;
    return find_masks(&term->list, documents, &term->masks);
}

static void end_term(Term *term) {
    leave((Kept *)term->masks);
    free(term->places);
}

/* Go to the posting of a document that is not before the last one: whether there is one, -1 when the list is broken. */
static ALWAYS_INLINE int is_held(Term *term, int64_t doc, int64_t documents) {
    List *list = &term->list;
    if (!term->masks) {
        if (go_to(list, doc, documents) < 0) return -1;
        term->posting = list->gaps.at - list->gaps.start - 1;
        return list->doc == doc;
    }
    const Mask *mask = &term->masks->masks[doc / (BLOCK * BESIDE)];
    int64_t block = doc / BLOCK % BESIDE;
    uint64_t bit = (uint64_t)1 << doc % BLOCK;
    if (!(mask->held[block] & bit)) return 0;
    Py_ssize_t first = term->frequencies.start + mask->postings;
    if (first > term->frequencies.at)
        term->frequencies.at = first, term->positions.at = term->positions.start + mask->occurrences;
    term->posting = mask->postings + bits_of(mask->held[block] & (bit - 1));
    while (block > 0) term->posting += bits_of(mask->held[--block]);
    return 1;
}

/* The sum of numbers of one byte from a place up to another; -1 when it is not told so quickly. */
static inline int64_t sum_between(const uint8_t *bytes, Py_ssize_t at, Py_ssize_t end) {
    int64_t sum = 0;
    uint64_t eight, aside = 0;
    if (end < 8) return -1;
    for (; end - at >= 8; at += 8) {
        aside |= has_aside(eight = eight_at(bytes + at));
        sum += sum_of(eight);
    }
    if (end > at) {
        aside |= has_aside(eight = last_of(eight_at(bytes + end - 8), (int)(end - at)));
        sum += sum_of(eight);
    }
    return aside ? -1 : sum;
}

/* Step over the positions of the postings before its own; -1 when the list is broken. */
static int pass(Term *term) {
    Numbers *n = &term->frequencies;
    Py_ssize_t end = n->start + term->posting;
    int64_t passed = n->width == 0 ? end - n->at : n->width == 1 ? sum_between(n->bytes, n->at, end) : -1;
    for (passed = passed < 0 ? 0 : (n->at = end, passed); n->at < end;) {
        int64_t frequency = number_at(n, n->width, n->at++);
        if (frequency <= 0) return -1;
        passed += frequency;
    }
    if (passed > term->positions.start + term->positions.count - term->positions.at) return -1;
    term->positions.at += passed;
    return 0;
}

/* Note where the positions of the posting stand, as those of one of the documents; -1 when they are broken. */
static int locate(Term *term, Py_ssize_t at) {
    Numbers *n = &term->positions;
    if (pass(term) < 0) return -1;
    Py_ssize_t size = (Py_ssize_t)number_at(&term->frequencies, term->frequencies.width, term->frequencies.at);
    if (size <= 0 || size > n->start + n->count - n->at) return -1;
    if (!n->width && size > ONES) return -1;
    if (n->width) FETCH(n->bytes + n->at * n->width);
    term->begins[at] = n->at, term->sizes[at] = size;
    return 0;
}

/* How many positions there are in one of the documents, which are put into `places`; -1 when they are broken, -2 without
   the memory. */
static Py_ssize_t read_places(Term *term, Py_ssize_t at) {
    Numbers *n = &term->positions;
    Py_ssize_t begin = term->begins[at], size = term->sizes[at];
    if (size > term->room) {
        int64_t *more = realloc(term->places, (size_t)size * 2 * sizeof *more);
        if (!more) return -2;
        term->places = more;
        term->room = size * 2;
    }
    for (Py_ssize_t i = 0; i < size; i++)
        if ((term->places[i] = number_at(n, n->width, begin + i)) < 0) return -1;
    return size;
}

/* Leave in `found` the starts from which the next word follows too. */
static Py_ssize_t followed(int64_t *found, Py_ssize_t count, const int64_t *next, Py_ssize_t size, Py_ssize_t step) {
    Py_ssize_t kept = 0, at = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        while (at < size && next[at] < found[i] + step) at++;
        if (at < size && next[at] == found[i] + step) found[kept++] = found[i];
    }
    return kept;
}

/* Where the phrase stands, and the documents that are looked into next: they hold all its words. */
typedef struct {
    Term *terms;
    const Py_ssize_t *order; /* of the terms: rare ones first */
    Py_ssize_t size;
    int64_t documents;
    int64_t next[TOGETHER];
    Py_ssize_t waiting;
    int64_t *docs;
    uint32_t *counts;
    Py_ssize_t found, room;
} Phrase;

static int note_document(Phrase *p, int64_t doc, Py_ssize_t times) {
    if (p->found == p->room) {
        p->room = p->room * 2 + 256;
        int64_t *docs = realloc(p->docs, (size_t)p->room * sizeof *docs);
        if (docs) p->docs = docs;
        uint32_t *counts = realloc(p->counts, (size_t)p->room * sizeof *counts);
        if (counts) p->counts = counts;
        if (!docs || !counts) return -2;
    }
    p->docs[p->found] = doc;
    p->counts[p->found++] = (uint32_t)times;
    return 0;
}

/* Whether a word may stand right before another in one of the documents: of positions in one byte eight are looked at
   at once. What says that a number stands aside may be followed by such only, and by whatever is no byte. Of more than a
   byte tells apart, as a list has that lies, that would take the square of their number. */
static int may_precede(const Term *one, const Term *other, Py_ssize_t at) {
    const Py_ssize_t size = other->sizes[at], end = other->begins[at] + size;
    if (one->positions.width != 1 || other->positions.width != 1 || end < 8 || one->sizes[at] > UINT8_MAX) return 1;
    const uint8_t *first = one->positions.bytes + one->begins[at], *last = other->positions.bytes + end;
    uint64_t found = 0;
    for (Py_ssize_t left = size; left > 0; left -= 8, last -= 8) {
        if (left < size && end - (size - left) < 8) return 1;
        uint64_t eight = left < 8 ? last_of(eight_at(last - 8), (int)left) : eight_at(last - 8);
        for (Py_ssize_t i = 0; i < one->sizes[at]; i++) {
            uint64_t unlike = eight ^ (first[i] + (first[i] != UINT8_MAX)) * 0x0101010101010101u;
            found |= (unlike - 0x0101010101010101u) & ~unlike & 0x8080808080808080u;
        }
    }
    return found != 0;
}

/* How often the phrase stands in one of the documents; -1 when a list is broken, -2 without the memory. */
static Py_ssize_t times_in(const Phrase *p, Py_ssize_t at) {
    Py_ssize_t here = 0;
    for (Py_ssize_t i = 1; i < p->size; i++)
        if (!may_precede(&p->terms[i - 1], &p->terms[i], at)) return 0;
    for (Py_ssize_t i = 0; i < p->size; i++) {
        Py_ssize_t more = read_places(&p->terms[i], at);
        if (more < 0) return more;
        here = i ? followed(p->terms[0].places, here, p->terms[i].places, more, i) : more;
        if (!here) return 0;
    }
    return here;
}

/* Look into the documents that are waiting. */
static int look_into(Phrase *p) {
    for (Py_ssize_t at = 0; at < p->waiting; at++) {
        Py_ssize_t times = times_in(p, at);
        if (times < 0) return (int)times;
        if (times && note_document(p, p->next[at], times) < 0) return -2;
    }
    p->waiting = 0;
    return 0;
}

/* Have a document looked into if it holds all the words. */
static ALWAYS_INLINE int take_document(Phrase *p, int64_t doc) {
    for (Py_ssize_t i = 0; i < p->size; i++) {
        int state = is_held(&p->terms[p->order[i]], doc, p->documents);
        if (state <= 0) return state;
    }
    for (Py_ssize_t i = 0; i < p->size; i++)
        if (locate(&p->terms[i], p->waiting) < 0) return -1;
    p->next[p->waiting++] = doc;
    return p->waiting == TOGETHER ? look_into(p) : 0;
}

/* Look for it in each document of the rarest word. */
static int look_where_one_stands(Phrase *p) {
    List *rarest = &p->terms[p->order[0]].list;
    int state = 0;
    while (rarest->doc < p->documents && state >= 0) {
        state = take_document(p, rarest->doc);
        if (state >= 0) state = next_posting(rarest, p->documents) < 0 ? -1 : 0;
    }
    return state < 0 ? state : look_into(p);
}

/* Look for it in all documents that the masks have in common. */
static int look_where_all_stand(Phrase *p) {
    for (int64_t block = 0; block <= p->documents / BLOCK; block++) {
        uint64_t shared = held_in(p->terms[p->order[0]].masks, block);
        for (Py_ssize_t i = 1; i < p->size && shared; i++) shared &= held_in(p->terms[p->order[i]].masks, block);
        for (; shared; shared &= shared - 1) {
            int state = take_document(p, block * BLOCK + lowest(shared));
            if (state < 0) return state;
        }
    }
    return look_into(p);
}

/* The places of the words, the rarest first: it leaves least to look into. */
static void put_in_order(const Term *terms, Py_ssize_t *order, Py_ssize_t size) {
    for (Py_ssize_t i = 0; i < size; i++) {
        Py_ssize_t at = i;
        for (; at > 0 && terms[order[at - 1]].list.left > terms[i].list.left; at--) order[at] = order[at - 1];
        order[at] = i;
    }
}

/* phrase(documents, (list, ...)) -> (docs, counts): where the lists follow one another. */
static PyObject *phrase(PyObject *self, PyObject *args) {
    (void)self;
    long long documents;
    PyObject *object, *result = NULL;
    if (!PyArg_ParseTuple(args, "LO", &documents, &object)) return NULL;
    if (!is_size(documents) || !is_tuple(object)) return NULL;
    Py_ssize_t size = PyTuple_Size(object);
    Term *terms = calloc((size_t)(size + 1), sizeof *terms);
    Py_ssize_t *order = malloc((size_t)(size + 1) * sizeof *order);
    Phrase p = {.terms = terms, .order = order, .size = size, .documents = documents};
    int state = terms && order ? 0 : -2, have_masks = 1;
    for (Py_ssize_t i = 0; i < size && state >= 0; i++) {
        state = begin_term(&terms[i], PyTuple_GetItem(object, i), documents);
        have_masks &= terms[i].masks != NULL;
    }
    if (state >= 0 && size) {
        put_in_order(terms, order, size);
        Py_BEGIN_ALLOW_THREADS
        state = (have_masks ? look_where_all_stand : look_where_one_stands)(&p);
        Py_END_ALLOW_THREADS
    }
    if (state == -2) PyErr_NoMemory();
    else if (state == -1) broken_list();
    else if (state >= 0)
        result = Py_BuildValue("y#y#", p.docs ? (char *)p.docs : "", p.found * (Py_ssize_t)sizeof *p.docs,
                               p.counts ? (char *)p.counts : "", p.found * (Py_ssize_t)sizeof *p.counts);
    for (Py_ssize_t i = 0; terms && i < size; i++) end_term(&terms[i]);
    free(terms), free(order), free(p.docs), free(p.counts);
    return result;
}

#endif
