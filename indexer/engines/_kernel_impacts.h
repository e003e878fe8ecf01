/* The most that a list adds to a score in every block of documents, in a byte, and where the postings of each begin.

   That is found when the best documents are first asked for, and kept with the list: four bytes for each block that has
   a posting. What each posting adds is told from the list itself, in the few blocks that matter. */

#ifndef PINCITE_IMPACTS
#define PINCITE_IMPACTS

#include "_kernel_kept.h"

#define GROUP 64 /* blocks: one for each bit of a number */
#define IMPACTS 256
#define FEW_TIMES 16 /* occurrences in a document; of so many impacts are at hand */

/* Which blocks hold a document of the list, and how many such, and postings, there are before them. */
typedef struct {
    uint64_t held;
    uint32_t before, postings;
} Group;

struct Impacts {
    Kept kept;
    PyObject *worths; /* the capsule of what an occurrence is worth, */
    double k1;        /* the number */
    int64_t documents; /* and the size of the segment that they were found for */
    const uint8_t *few; /* impacts of a few occurrences, see `ready_impacts` */
    const int64_t *docs; /* of a list that is as it is */
    const uint32_t *counts;
    Group *groups;
    uint16_t *starts;  /* of each block that is held the last bits of its first posting; and of how many there are */
    uint8_t *firsts;   /* of each block that is held the place of its first document there */
    uint8_t *most;     /* and the highest impact */
};

/* The postings of a block. */
typedef struct {
    uint32_t first;
    uint16_t size;
    uint8_t place, most; /* of the first document; the highest impact */
} Run;

static inline int64_t groups_of(int64_t documents) { return documents / (BLOCK * GROUP) + 1; }

/* Whether a list holds documents of a block, and its postings; what these are else says nothing. */
static ALWAYS_INLINE int holds_block(const Impacts *list, uint32_t block, Run *run) {
    Group group = list->groups[block / GROUP];
    uint64_t bit = (uint64_t)1 << block % GROUP;
    const uint16_t *starts = list->starts + group.before + bits_of(group.held & (bit - 1));
    run->first = group.postings + (uint16_t)(starts[0] - group.postings);
    run->size = (uint16_t)(starts[1] - starts[0]);
    run->place = list->firsts[starts - list->starts], run->most = list->most[starts - list->starts];
    return (group.held & bit) != 0;
}

/* What a weight comes to, rounded up to 255ths of what one without end comes to; 0 when it is no weight. */
static inline uint8_t impact_of(double weight, double k1) {
    double share = weight / (k1 + weight) * (IMPACTS - 1);
    if (!(share >= 0 && share <= IMPACTS - 1)) return 0;
    return share < IMPACTS - 2 ? (uint8_t)(share + 1) : IMPACTS - 1;
}

/* Have impacts of a few occurrences at hand, for each length: whether they are of that number, -2 without the memory. */
static int ready_impacts(Worths *worths, double k1) {
    if (worths->few) return worths->k1 == k1;
    if (!(worths->few = malloc(worths->kinds * FEW_TIMES))) return -2;
    worths->k1 = k1;
    for (size_t i = 0; i < worths->kinds * FEW_TIMES; i++)
        worths->few[i] = impact_of((double)(i % FEW_TIMES) * worths->worths[i / FEW_TIMES], k1);
    return 1;
}

/* What so many occurrences in a document come to. */
static ALWAYS_INLINE uint8_t impact_in(const List *list, const Impacts *known, int64_t doc, uint32_t frequency) {
    size_t length = list->lengths[doc];
    if (frequency < FEW_TIMES) return known->few[length * FEW_TIMES + frequency];
    return impact_of((double)frequency * list->worths[length], known->k1);
}

static void free_impacts(Kept *kept) {
    Py_XDECREF(((Impacts *)kept)->worths);
    free(kept);
}

/* Room for so many blocks, in one piece, and one who looks into them; NULL without the memory. */
static Impacts *new_impacts(size_t blocks, int64_t documents) {
    size_t groups = (size_t)groups_of(documents) * sizeof(Group);
    size_t starts = (blocks + 2) * sizeof(uint16_t); /* one is read behind the last */
    size_t bytes = sizeof(Impacts) + groups + starts + 2 * (blocks + 1);
    Impacts *made = calloc(1, bytes);
    if (!made) return NULL;
    made->kept.free = free_impacts, made->kept.users = 1, made->kept.bytes = bytes;
    made->documents = documents;
    made->groups = (Group *)(made + 1);
    made->starts = (uint16_t *)((char *)made->groups + groups);
    made->firsts = (uint8_t *)made->starts + starts;
    made->most = made->firsts + blocks + 1;
    return made;
}

/* The same in as little room as it takes, most words stand close together; as it is without the memory. */
static Impacts *fitted(Impacts *made) {
    const Group last = made->groups[groups_of(made->documents) - 1];
    size_t blocks = last.before + bits_of(last.held);
    Impacts *kept = new_impacts(blocks, made->documents);
    if (!kept) return made;
    kept->worths = made->worths, kept->k1 = made->k1, kept->few = made->few;
    memcpy(kept->groups, made->groups, (size_t)groups_of(made->documents) * sizeof(Group));
    memcpy(kept->starts, made->starts, (blocks + 1) * sizeof *kept->starts);
    memcpy(kept->firsts, made->firsts, blocks);
    memcpy(kept->most, made->most, blocks);
    free(made);
    return kept;
}

/* Of each group what there is before it, from what there is in it. */
static void sum_groups(Impacts *made) {
    uint32_t before = 0, postings = 0;
    for (Group *group = made->groups; group < made->groups + groups_of(made->documents); group++) {
        uint32_t held = group->postings;
        group->before = before, group->postings = postings;
        before += bits_of(group->held), postings += held;
    }
}

/* Read a list to its end: 1, -1 when it is broken, 0 when something in it is worth what no impact can say. The widths of
   its numbers are known to the compiler, or -1. */
static ALWAYS_INLINE int read_impacts_of(List list, Impacts *made, int gap_width, int frequency_width) {
    const int64_t documents = made->documents;
    uint32_t posting = 0, count = 0;
    int state = 1;
    for (; list.doc < documents && state > 0; count++) {
        const int64_t block = list.doc / BLOCK;
        const uint32_t before = posting;
        uint8_t most = 0, least = IMPACTS - 1;
        made->firsts[count] = (uint8_t)(list.doc % BLOCK);
        do {
            uint8_t impact = impact_in(&list, made, list.doc, list.frequency);
            most = most < impact ? impact : most, least = least < impact ? least : impact;
            posting++;
            state = gap_width < 0 ? next_posting(&list, documents)
                                  : next_packed(&list, documents, gap_width, frequency_width);
        } while (state > 0 && list.doc / BLOCK == block);
        if (!least) return 0;
        made->groups[block / GROUP].held |= (uint64_t)1 << block % GROUP;
        made->starts[count] = (uint16_t)before, made->most[count] = most;
        made->groups[block / GROUP].postings += posting - before;
    }
    made->starts[count] = (uint16_t)posting;
    sum_groups(made);
    return state < 0 ? -1 : 1;
}

static int read_impacts(const List *list, Impacts *made) {
    if (list->docs || list->gaps.width != 1 || list->frequencies.width > 1) return read_impacts_of(*list, made, -1, -1);
    return list->frequencies.width ? read_impacts_of(*list, made, 1, 1) : read_impacts_of(*list, made, 1, 0);
}

/* Look into the impacts of a list that is at its first posting, until `leave`: 1 when there are any, 0 when there can be
   none, -1 when the list is broken, -2 without the memory. */
static int find_impacts(List *list, double k1, int64_t documents) {
    Impacts *made = list->impacts = use(list->held ? list->held->impacts : NULL);
    if (made) return made->worths == list->weighed && made->k1 == k1 && made->documents == documents;
    Worths *worths = PyCapsule_GetPointer(list->weighed, WORTHS);
    int state = worths ? ready_impacts(worths, k1) : -3;
    if (state <= 0) return state;
    Py_ssize_t postings = list->doc < documents ? list->left + 1 : 0;
    if (postings > documents) return -1;
    Py_ssize_t blocks = (Py_ssize_t)(documents / BLOCK + 1);
    made = new_impacts((size_t)(blocks < postings ? blocks : postings), documents);
    if (!(list->impacts = made)) return -2;
    made->worths = Py_NewRef(list->weighed), made->k1 = k1, made->few = worths->few;
    if (list->docs) made->docs = list->docs - 1, made->counts = list->counts - 1; /* it is behind its first posting */
    Py_BEGIN_ALLOW_THREADS
    state = read_impacts(list, made);
    if (state > 0 && list->held) made = list->impacts = fitted(made);
    Py_END_ALLOW_THREADS
    if (state > 0 && list->held) keep(&list->held->impacts, &made->kept);
    return state;
}

#endif
