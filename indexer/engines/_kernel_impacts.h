/* What each posting of a list adds to a score at most, in a byte, and the most of every block of documents.

   That is found when the best documents are first asked for, and kept with the list: two bytes for each posting and
   three for each block that has one. */

#ifndef PINCITE_IMPACTS
#define PINCITE_IMPACTS

#include "_kernel_kept.h"

#define GROUP 64 /* blocks: one for each bit of a number */
#define IMPACTS 256

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
    const uint32_t *counts; /* how often each document holds the term; NULL when the list says so */
    Group *groups;
    uint16_t *starts;  /* of each block that is held the last bits of its first posting; and of how many there are */
    uint8_t *most;     /* of each block that is held the highest impact */
    uint8_t *postings; /* of each block that is held the places of its documents there, then their impacts */
};

/* The postings of a block. */
typedef struct {
    uint32_t first;
    uint16_t size;
} Run;

static inline int64_t groups_of(int64_t documents) { return documents / (BLOCK * GROUP) + 1; }

/* Whether a list holds documents of a block, and its postings; what these are else says nothing. */
static ALWAYS_INLINE int holds_block(const Impacts *list, uint32_t block, Run *run) {
    Group group = list->groups[block / GROUP];
    uint64_t bit = (uint64_t)1 << block % GROUP;
    const uint16_t *starts = list->starts + group.before + bits_of(group.held & (bit - 1));
    run->first = group.postings + (uint16_t)(starts[0] - group.postings);
    run->size = (uint16_t)(starts[1] - starts[0]);
    return (group.held & bit) != 0;
}

/* What a weight comes to, rounded up to 255ths of what one without end comes to; 0 when it is no weight. */
static inline uint8_t impact_of(double weight, double k1) {
    double share = weight / (k1 + weight) * (IMPACTS - 1);
    if (!(share >= 0 && share <= IMPACTS - 1)) return 0;
    return share < IMPACTS - 2 ? (uint8_t)(share + 1) : IMPACTS - 1;
}

static void free_impacts(Kept *kept) {
    Py_XDECREF(((Impacts *)kept)->worths);
    free(kept);
}

/* Room for so many postings in so many blocks, in one piece, and one who looks into them; NULL without the memory. */
static Impacts *new_impacts(size_t postings, size_t blocks, int64_t documents) {
    size_t groups = (size_t)groups_of(documents) * sizeof(Group);
    size_t starts = (blocks + 2) * sizeof(uint16_t); /* one is read behind the last */
    size_t bytes = sizeof(Impacts) + groups + starts + blocks + 2 * postings;
    Impacts *made = malloc(bytes);
    if (!made) return NULL;
    memset(made, 0, sizeof *made + groups + starts);
    made->kept.free = free_impacts, made->kept.users = 1, made->kept.bytes = bytes;
    made->documents = documents;
    made->groups = (Group *)(made + 1);
    made->starts = (uint16_t *)((char *)made->groups + groups);
    made->most = (uint8_t *)made->starts + starts;
    made->postings = made->most + blocks;
    return made;
}

/* The same in as little room as it takes, most words stand close together; as it is without the memory. */
static Impacts *fitted(Impacts *made, size_t postings) {
    const Group last = made->groups[groups_of(made->documents) - 1];
    size_t blocks = last.before + bits_of(last.held);
    Impacts *kept = new_impacts(postings, blocks, made->documents);
    if (!kept) return made;
    kept->worths = made->worths, kept->k1 = made->k1, kept->counts = made->counts;
    memcpy(kept->groups, made->groups, (size_t)groups_of(made->documents) * sizeof(Group));
    memcpy(kept->starts, made->starts, (blocks + 1) * sizeof *kept->starts);
    memcpy(kept->most, made->most, blocks);
    memcpy(kept->postings, made->postings, 2 * postings);
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

/* Read a list to its end: 1, -1 when it is broken, 0 when something in it is worth what no impact can say. */
static int read_impacts(List list, Impacts *made) {
    const int64_t documents = made->documents;
    uint8_t impacts[BLOCK];
    uint32_t posting = 0, count = 0;
    int state = 1;
    for (; list.doc < documents && state > 0; count++) {
        const int64_t block = list.doc / BLOCK;
        uint8_t *places = made->postings + 2 * (size_t)posting, most = 0;
        uint32_t held = 0;
        do {
            uint8_t impact = impact_of(weight_in(&list, list.doc, list.frequency), made->k1);
            if (!impact) return 0;
            most = most < impact ? impact : most;
            places[held] = (uint8_t)(list.doc % BLOCK);
            impacts[held++] = impact;
            state = next_posting(&list, documents);
        } while (state > 0 && list.doc / BLOCK == block);
        memcpy(places + held, impacts, held);
        made->groups[block / GROUP].held |= (uint64_t)1 << block % GROUP;
        made->starts[count] = (uint16_t)posting, made->most[count] = most;
        posting += held;
        made->groups[block / GROUP].postings += held;
    }
    made->starts[count] = (uint16_t)posting;
    sum_groups(made);
    return state < 0 ? -1 : 1;
}

/* Look into the impacts of a list that is at its first posting, until `leave`: 1 when there are any, 0 when there can be
   none, -1 when the list is broken, -2 without the memory. */
static int find_impacts(List *list, double k1, int64_t documents) {
    Impacts *made = list->impacts = use(list->held ? list->held->impacts : NULL);
    if (made) return made->worths == list->weighed && made->k1 == k1 && made->documents == documents;
    Py_ssize_t postings = list->doc < documents ? list->left + 1 : 0;
    if (postings > documents) return -1;
    Py_ssize_t blocks = (Py_ssize_t)(documents / BLOCK + 1);
    made = new_impacts((size_t)postings, (size_t)(blocks < postings ? blocks : postings), documents);
    if (!(list->impacts = made)) return -2;
    made->worths = Py_NewRef(list->weighed), made->k1 = k1;
    if (list->docs) made->counts = list->counts - 1; /* the list is behind its first posting */
    int state;
    Py_BEGIN_ALLOW_THREADS
    state = read_impacts(*list, made);
    if (state > 0 && list->held) made = list->impacts = fitted(made, (size_t)postings);
    Py_END_ALLOW_THREADS
    if (state > 0 && list->held) keep(&list->held->impacts, &made->kept);
    return state;
}

#endif
