/* The stem of an English word, after Snowball (Porter 2), as NLTK has it: the twin, which takes ten times as long. */

#ifndef PINCITE_WORDS_STEM
#define PINCITE_WORDS_STEM

#include "_words_cut.h"

#define LONGEST 64 /* letters of a word */
#define COUNT_OF(rules) ((int)(sizeof(rules) / sizeof *(rules)))

typedef struct {
    char text[LONGEST + 8];
    int size, r1, r2; /* letters; of the regions at its end that suffixes may be taken from */
} Word;

typedef struct {
    const char *suffix;
    int cut;            /* letters of it that go */
    const char *added;  /* instead of these */
    const char *before; /* one of which stands before it, if any are named */
    int inner, leaves;  /* whether it must lie in the second region; whether one letter of this is left when it does not */
} Rule;

static const Rule second[] = {
    {"ization", 7, "ize"},   {"ational", 7, "ate", .leaves = 1}, {"fulness", 4, ""}, {"ousness", 7, "ous"},
    {"iveness", 7, "ive", .leaves = 1}, {"tional", 2, ""},       {"biliti", 6, "ble"}, {"lessli", 2, ""},
    {"entli", 2, ""},        {"ation", 5, "ate", .leaves = 1},   {"alism", 5, "al"}, {"aliti", 5, "al"},
    {"ousli", 5, "ous"},     {"iviti", 5, "ive", .leaves = 1},   {"fulli", 2, ""},   {"enci", 1, "e"},
    {"anci", 1, "e"},        {"abli", 1, "e"},                   {"izer", 4, "ize"}, {"ator", 4, "ate", .leaves = 1},
    {"alli", 4, "al"},       {"bli", 3, "ble"},                  {"ogi", 1, "", "l"}, {"li", 2, "", "cdeghkmnrt"},
};
static const Rule third[] = {
    {"ational", 7, "ate"}, {"tional", 2, ""}, {"alize", 3, ""}, {"icate", 5, "ic"}, {"iciti", 5, "ic"},
    {"ative", 5, "", .inner = 1}, {"ical", 4, "ic"}, {"ness", 4, ""}, {"ful", 3, ""},
};
static const Rule fourth[] = {
    {"ement", 5, "", .inner = 1}, {"ance", 4, "", .inner = 1}, {"ence", 4, "", .inner = 1},
    {"able", 4, "", .inner = 1},  {"ible", 4, "", .inner = 1}, {"ment", 4, "", .inner = 1},
    {"ant", 3, "", .inner = 1},   {"ent", 3, "", .inner = 1},  {"ism", 3, "", .inner = 1},
    {"ate", 3, "", .inner = 1},   {"iti", 3, "", .inner = 1},  {"ous", 3, "", .inner = 1},
    {"ive", 3, "", .inner = 1},   {"ize", 3, "", .inner = 1},  {"ion", 3, "", "st", .inner = 1},
    {"al", 2, "", .inner = 1},    {"er", 2, "", .inner = 1},   {"ic", 2, "", .inner = 1},
};

/* Whether a letter is one of some. */
static int is_of(char letter, const char *letters) { return memchr(letters, letter, strlen(letters)) != NULL; }

/* Y is the y that is no vowel. */
static int is_vowel(char letter) { return is_of(letter, "aeiouy"); }

static char from_end(const Word *w, int at) { return w->text[w->size - at]; }

static int has_end(const Word *w, const char *suffix) {
    int size = (int)strlen(suffix);
    return size <= w->size && !memcmp(w->text + w->size - size, suffix, (size_t)size);
}

static int has_vowel(const Word *w, int size) {
    for (int i = 0; i < size; i++) {
        if (is_vowel(w->text[i])) return 1;
    }
    return 0;
}

/* Take letters from the end and put others there; a region that does not hold all of the former is empty from then on. */
static void end_with(Word *w, int cut, const char *added) {
    int size = (int)strlen(added);
    memcpy(w->text + w->size - cut, added, (size_t)size);
    w->size += size - cut;
    w->r1 = w->r1 >= cut ? w->r1 - cut + size : 0;
    w->r2 = w->r2 >= cut ? w->r2 - cut + size : 0;
}

/* Apply the rule of the first suffix, if the word has one of some. */
static void apply(Word *w, const Rule *rules, int count) {
    for (const Rule *rule = rules; rule < rules + count; rule++) {
        if (!has_end(w, rule->suffix)) continue;
        int size = (int)strlen(rule->suffix), is_inner = w->r2 >= size;
        if ((rule->inner ? w->r2 : w->r1) < size) return;
        if (rule->before && !is_of(from_end(w, size + 1), rule->before)) return;
        end_with(w, rule->cut, rule->added);
        if (rule->leaves && !is_inner) w->r2 = 1;
        return;
    }
}

/* How many letters stand behind the first that is no vowel and stands behind one, among so many at the end. */
static int region(const Word *w, int size) {
    for (int at = size - 1; at > 0; at--) {
        if (is_vowel(from_end(w, at + 1)) && !is_vowel(from_end(w, at))) return at - 1;
    }
    return 0;
}

static void find_regions(Word *w) {
    static const char *known[] = {"gener", "arsen", "commun"};
    w->r1 = region(w, w->size);
    for (int i = 0; i < COUNT_OF(known); i++) {
        int size = (int)strlen(known[i]);
        if (w->size >= size && !memcmp(w->text, known[i], (size_t)size)) w->r1 = w->size - size;
    }
    w->r2 = region(w, w->r1);
}

/* Plurals: sses, ied, ies, s. */
static void end_plural(Word *w) {
    if (has_end(w, "sses")) end_with(w, 2, "");
    else if (has_end(w, "ied") || has_end(w, "ies")) end_with(w, w->size > 4 ? 2 : 1, "");
    else if (has_end(w, "s") && !has_end(w, "us") && !has_end(w, "ss") && has_vowel(w, w->size - 2)) end_with(w, 1, "");
}

/* Whether a word without ed or ing is so short that it had an e. */
static int is_short(const Word *w) {
    if (w->r1 || w->size < 2 || is_vowel(from_end(w, 1)) || !is_vowel(from_end(w, 2))) return 0;
    return w->size == 2 || (!is_of(from_end(w, 1), "wxY") && !is_vowel(from_end(w, 3)));
}

/* Forms of verbs: eed, ed, ing, and with ly. */
static void end_verb(Word *w) {
    static const char *suffixes[] = {"eedly", "ingly", "edly", "eed", "ing", "ed"};
    for (int i = 0; i < COUNT_OF(suffixes); i++) {
        int size = (int)strlen(suffixes[i]);
        if (!has_end(w, suffixes[i])) continue;
        if (suffixes[i][1] == 'e') {
            if (w->r1 >= size) end_with(w, size, "ee");
            return;
        }
        if (!has_vowel(w, w->size - size)) return;
        end_with(w, size, "");
        if (has_end(w, "at") || has_end(w, "bl") || has_end(w, "iz")) {
            end_with(w, 0, "e");
            if (w->size <= 5 && w->r1 < 3) w->r2 = 0;
        } else if (w->size > 1 && from_end(w, 1) == from_end(w, 2) && is_of(from_end(w, 1), "bdfgmnprt")) {
            end_with(w, 1, "");
        } else if (is_short(w)) {
            end_with(w, 0, "e");
            w->r1 = w->r2 = 0;
        }
        return;
    }
}

/* The e or the second l at the end. */
static void end_last(Word *w) {
    char last = w->size ? from_end(w, 1) : 0;
    if (w->r2 && (last == 'e' || (last == 'l' && from_end(w, 2) == 'l'))) w->size--;
    else if (w->r1 && last == 'e' && w->size >= 4) {
        int is_long = is_vowel(from_end(w, 2)) || is_of(from_end(w, 2), "wxY") || !is_vowel(from_end(w, 3)) ||
                      is_vowel(from_end(w, 4));
        w->size -= is_long;
    }
}

/* Make a word of small letters its stem, one that Snowball does not list; of two letters at most it is one. */
static void to_stem(Word *w) {
    if (w->size <= 2) return;
    for (int i = 0; i < w->size; i++) {
        if (w->text[i] == 'y' && (!i || is_vowel(w->text[i - 1]))) w->text[i] = 'Y';
    }
    find_regions(w);
    end_plural(w);
    end_verb(w);
    if (w->size > 2 && is_of(from_end(w, 1), "yY") && !is_vowel(from_end(w, 2))) w->text[w->size - 1] = 'i';
    apply(w, second, COUNT_OF(second));
    apply(w, third, COUNT_OF(third));
    apply(w, fourth, COUNT_OF(fourth));
    end_last(w);
    for (int i = 0; i < w->size; i++) {
        if (w->text[i] == 'Y') w->text[i] = 'y';
    }
}

#endif
