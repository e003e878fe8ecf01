/* Which documents a list holds, in a bit for each, and what stands before them: a document's posting is told at once.

   That is found when a list that holds many is first asked where it stands, and kept with it. */

#ifndef PINCITE_MASKS
#define PINCITE_MASKS

#include "_kernel_kept.h"

#define OFTEN 16 /* one of so many documents: of a list that holds fewer, all postings are gone through; with 64 bits take
                    the room of bounds, and a phrase over a million passages takes a seventh longer */

/* Of a block of documents those that the list holds, and what it has before them. */
typedef struct {
    uint64_t held;
    uint32_t postings, occurrences;
} Mask;

typedef struct {
    Kept kept;
    int64_t documents; /* of the segment */
    Mask masks[];
} Masks;

static void free_masks(Kept *kept) { free(kept); }

/* Read a list to its end; -1 when it is broken. */
static int read_masks(List list, Masks *made) {
    uint64_t occurrences = 0;
    uint32_t postings = 0;
    int state = 1;
    while (list.doc < made->documents && state > 0) {
        Mask *mask = &made->masks[list.doc / BLOCK];
        if (!mask->held) mask->postings = postings, mask->occurrences = (uint32_t)occurrences;
        mask->held |= (uint64_t)1 << list.doc % BLOCK;
        postings++, occurrences += list.frequency;
        state = next_posting(&list, made->documents);
    }
    return state < 0 || occurrences > (uint64_t)list.positions.count || occurrences > UINT32_MAX ? -1 : 0;
}

/* Look into the masks of a list that is at its first posting, until `leave`: 0, also when it has none, -1 when it is
   broken, -2 without the memory. */
static int find_masks(List *list, int64_t documents, Masks **masks) {
    *masks = use(list->held->masks);
    if (*masks && (*masks)->documents == documents) return 0;
    leave((Kept *)*masks);
    Masks *made = *masks = NULL;
    if (list->gaps.count <= documents / OFTEN || list->gaps.count > documents) return 0;
    size_t bytes = sizeof *made + (size_t)(documents / BLOCK + 1) * sizeof *made->masks;
    if (!(made = calloc(1, bytes))) return -2;
    made->kept.free = free_masks, made->kept.bytes = bytes, made->kept.users = 1;
    made->documents = documents;
    int state;
    Py_BEGIN_ALLOW_THREADS
    state = read_masks(*list, made);
    Py_END_ALLOW_THREADS
    if (state < 0) {
        free(made);
        return state;
    }
    keep(&list->held->masks, &made->kept);
    *masks = made;
    return 0;
}

#endif
