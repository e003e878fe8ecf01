/* What each posting of a list adds to a score at most, in a byte, and the most of every block of documents.

   That is found when the best documents are first asked for, and kept with the list: two bytes for each posting and
   five for each block that has one. */

#ifndef PINCITE_IMPACTS
#define PINCITE_IMPACTS

#include "_kernel_kept.h"

#define GROUP 64 /* blocks: one for each bit of a number */
#define IMPACTS 256

/* Which blocks hold a document of the list, and how many such there are before them. */
typedef struct {
    uint64_t held;
    uint32_t before;
} Group;

struct Impacts {
    Kept kept;
    PyObject *worths; /* the capsule of what an occurrence is worth, */
    double k1;        /* the number */
    int64_t documents; /* and the size of the segment that they were found for */
    const uint32_t *counts; /* how often each document holds the term; NULL when the list says so */
    Group *groups;
    uint32_t *starts;  /* of each block that is held the first posting; and how many there are in all */
    uint8_t *most;     /* of each block that is held the highest impact */
    uint8_t *postings; /* of each block that is held the places of its documents there, then their impacts */
};

static inline int64_t groups_of(int64_t documents) { return documents / (BLOCK * GROUP) + 1; }

/* Whether a list holds documents of a block; the place of the block among those that it holds, or of the next. */
static ALWAYS_INLINE int holds_block(const Impacts *list, uint32_t block, uint32_t *place) {
    Group group = list->groups[block / GROUP];
    uint64_t bit = (uint64_t)1 << block % GROUP;
    *place = group.before + bits_of(group.held & (bit - 1));
    return (group.held & bit) != 0;
}

/* What a weight comes to, rounded up to 255ths of what one without end comes to; 0 when it is no weight. */
static inline uint8_t impact_of(double weight, double k1) {
    double share = weight / (k1 + weight) * (IMPACTS - 1);
    if (!(share >= 0 && share <= IMPACTS - 1)) return 0;
    return share < IMPACTS - 2 ? (uint8_t)(share + 1) : IMPACTS - 1;
}

static void free_impacts(Kept *kept) {
    Impacts *impacts = (Impacts *)kept;
    Py_XDECREF(impacts->worths);
    free(impacts->groups), free(impacts->starts), free(impacts->most), free(impacts->postings);
    free(impacts);
}

/* Room for the impacts of so many postings, and one who looks into them; NULL without the memory. */
static Impacts *new_impacts(Py_ssize_t postings, int64_t documents) {
    size_t all = (size_t)postings, blocks = (size_t)(documents / BLOCK + 1), groups = (size_t)groups_of(documents);
    blocks = blocks < all ? blocks : all;
    Impacts *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    made->documents = documents;
    made->groups = calloc(groups, sizeof *made->groups);
    made->starts = calloc(blocks + 2, sizeof *made->starts); /* one is read behind the last */
    made->most = malloc(blocks + 1);
    made->postings = malloc(2 * all + 1);
    made->kept.free = free_impacts, made->kept.users = 1;
    made->kept.bytes = sizeof *made + groups * sizeof *made->groups + blocks * (1 + sizeof *made->starts) + 2 * all;
    if (made->groups && made->starts && made->most && made->postings) return made;
    free_impacts(&made->kept);
    return NULL;
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
        made->starts[count] = posting, made->most[count] = most;
        posting += held;
    }
    made->starts[count] = posting;
    for (int64_t i = 1; i < groups_of(documents); i++)
        made->groups[i].before = made->groups[i - 1].before + bits_of(made->groups[i - 1].held);
    return state < 0 ? -1 : 1;
}

/* Look into the impacts of a list that is at its first posting, until `leave`: 1 when there are any, 0 when there can be
   none, -1 when the list is broken, -2 without the memory. */
static int find_impacts(List *list, double k1, int64_t documents) {
    Impacts *made = list->impacts = use(list->held ? list->held->impacts : NULL);
    if (made) return made->worths == list->weighed && made->k1 == k1 && made->documents == documents;
    Py_ssize_t postings = list->doc < documents ? list->left + 1 : 0;
    if (postings > documents) return -1;
    if (!(made = list->impacts = new_impacts(postings, documents))) return -2;
    made->worths = Py_NewRef(list->weighed), made->k1 = k1;
    if (list->docs) made->counts = list->counts - 1; /* the list is behind its first posting */
    int state;
    Py_BEGIN_ALLOW_THREADS
    state = read_impacts(*list, made);
    Py_END_ALLOW_THREADS
    if (state > 0 && list->held) keep(&list->held->impacts, &made->kept);
    return state;
}

#endif
