/* Where posting lists follow one another. */

#ifndef PINCITE_PHRASE
#define PINCITE_PHRASE

#include "_kernel_windows.h"

#define SPARSE 32 /* documents of a window that are looked up one by one: so many cost no more than unpacking it */

/* A word of the phrase: where its list has got to in the window, and its positions in the documents looked into. */
typedef struct {
    List list;
    Numbers frequencies, positions; /* of the posting that was looked into last, and those after it */
    Py_ssize_t first;               /* the first posting in the window */
    uint16_t *postings;             /* for the chosen documents of the window, see `find` */
    int64_t *places;
    Py_ssize_t room;
} Term;

/* Step over the positions of the postings before one; -1 when the list is broken. */
static int pass(Term *term, Py_ssize_t posting) {
    Numbers *n = &term->frequencies;
    Py_ssize_t at = n->at, end = n->start + posting;
    int64_t passed = 0;
    while (at < end) {
        if (n->width == 0) {
            passed += end - at;
            break;
        }
        if (n->width == 1 && end - at >= 8) {
            uint64_t eight = eight_at(n->bytes + at);
            if (!has_aside(eight)) {
                passed += sum_of(eight);
                at += 8;
                continue;
            }
        }
        int64_t frequency = number_at(n, n->width, at++);
        if (frequency <= 0) return -1;
        passed += frequency;
    }
    n->at = end;
    if (passed > term->positions.start + term->positions.count - term->positions.at) return -1;
    term->positions.at += passed;
    return 0;
}

/* How many positions there are in a posting, which are put into `places`; -1 when they are broken, -2 without the memory. */
static Py_ssize_t read_places(Term *term, Py_ssize_t posting) {
    Numbers *n = &term->positions;
    if (pass(term, posting) < 0) return -1;
    Py_ssize_t size = (Py_ssize_t)number_at(&term->frequencies, term->frequencies.width, term->frequencies.at);
    if (size <= 0 || size > n->start + n->count - n->at) return -1;
    if (!n->width && size > ONES) return -1;
    if (size > term->room) {
        int64_t *more = realloc(term->places, (size_t)size * 2 * sizeof *more);
        if (!more) return -2;
        term->places = more;
        term->room = size * 2;
    }
    for (Py_ssize_t i = 0; i < size; i++)
        if ((term->places[i] = number_at(n, n->width, n->at + i)) < 0) return -1;
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

/* The posting that a list is at, from 0. */
static inline Py_ssize_t posting_of(const List *list) { return list->gaps.at - list->gaps.start - 1; }

/* Choose the documents of the window that a word stands in. */
static int choose_all(Term *term, const Window *w, Places *chosen) {
    List *list = &term->list;
    term->first = posting_of(list);
    return list->gaps.width == 1 ? find_packed(list, w, term->postings, chosen, 1)
                                 : find_packed(list, w, term->postings, chosen, list->gaps.width);
}

/* Leave those of the chosen documents, which ascend, that another word stands in too. */
static int choose_shared(Term *term, const Window *w, Places *chosen) {
    List *list = &term->list;
    Py_ssize_t left = 0, count = chosen->count;
    if (go_to(list, w->base, w->documents) < 0) return -1;
    term->first = posting_of(list);
    if (count > SPARSE && find(list, w, term->postings) < 0) return -1;
    for (Py_ssize_t i = 0; i < count; i++) {
        uint16_t at = chosen->at[i];
        chosen->at[left] = at;
        if (count > SPARSE) left += term->postings[at] != 0;
        else if (go_to(list, w->base + at, w->documents) < 0) return -1;
        else if (list->doc == w->base + at) {
            term->postings[at] = (uint16_t)(posting_of(list) - term->first + 1);
            left++;
        }
    }
    chosen->count = left;
    return 0;
}

/* Where the phrase stands. */
typedef struct {
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

/* Look for the phrase in a document of the window that holds all of its words. */
static int look_into(Phrase *p, Term *terms, Py_ssize_t size, const Window *w, uint16_t at) {
    Py_ssize_t here = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        Py_ssize_t more = read_places(&terms[i], terms[i].first + terms[i].postings[at] - 1);
        if (more < 0) return (int)more;
        here = i ? followed(terms[0].places, here, terms[i].places, more, i) : more;
        if (!here) return 0;
    }
    return note_document(p, w->base + at, here);
}

/* Look for it in all documents, window by window: first those that hold all the words are chosen, rare words first. */
static int look_everywhere(Phrase *p, Term *terms, const Py_ssize_t *order, Py_ssize_t size, Window *w,
                           Places *chosen) {
    for (w->base = 0; w->base < w->documents; w->base = w->end) {
        w->end = w->base + WINDOW < w->documents ? w->base + WINDOW : w->documents;
        if (terms[order[0]].list.doc >= w->end) continue;
        if (choose_all(&terms[order[0]], w, chosen) < 0) return -1;
        for (Py_ssize_t i = 1; i < size && chosen->count; i++)
            if (choose_shared(&terms[order[i]], w, chosen) < 0) return -1;
        for (Py_ssize_t i = 0; i < chosen->count; i++) {
            int state = look_into(p, terms, size, w, chosen->at[i]);
            if (state < 0) return state;
        }
    }
    return 0;
}

/* phrase(documents, (list, ...)) -> (docs, counts): where the lists follow one another. */
static PyObject *phrase(PyObject *self, PyObject *args) {
    (void)self;
    long long documents;
    PyObject *object, *result = NULL;
    if (!PyArg_ParseTuple(args, "LO", &documents, &object)) return NULL;
    if (!is_size(documents) || !is_tuple(object)) return NULL;
    Py_ssize_t size = PyTuple_Size(object);
    Phrase p = {0};
    Term *terms = calloc((size_t)(size + 1), sizeof *terms);
    uint16_t *postings = malloc((size_t)(size + 1) * WINDOW * sizeof *postings);
    Py_ssize_t *order = malloc((size_t)(size + 1) * sizeof *order); /* the rarest first: it leaves most to pass over */
    Places *chosen = malloc(sizeof *chosen);
    int state = 0;
    if (!terms || !postings || !order || !chosen) {
        PyErr_NoMemory();
        goto done;
    }
    for (Py_ssize_t i = 0; i < size; i++) {
        Term *term = &terms[i];
        if (read_held(PyTuple_GetItem(object, i), documents, &term->list) < 0) goto done;
        term->frequencies = term->list.frequencies, term->positions = term->list.positions;
        term->frequencies.at = term->frequencies.start;
        term->postings = postings + i * WINDOW;
        Py_ssize_t at = i;
        for (; at > 0 && terms[order[at - 1]].list.left > term->list.left; at--) order[at] = order[at - 1];
        order[at] = i;
    }
    Py_BEGIN_ALLOW_THREADS
    Window w = {.documents = documents};
    if (size) state = look_everywhere(&p, terms, order, size, &w, chosen);
    Py_END_ALLOW_THREADS
    if (state == -2) PyErr_NoMemory();
    else if (state < 0) broken_list();
    else
        result = Py_BuildValue("y#y#", p.docs ? (char *)p.docs : "", p.found * (Py_ssize_t)sizeof *p.docs,
                               p.counts ? (char *)p.counts : "", p.found * (Py_ssize_t)sizeof *p.counts);
done:
    if (terms)
        for (Py_ssize_t i = 0; i < size; i++) free(terms[i].places);
    free(terms), free(postings), free(order), free(chosen), free(p.docs), free(p.counts);
    return result;
}

#endif
