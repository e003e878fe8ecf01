/* Which documents a list holds, in a bit for each, and what stands before them: a document's posting is told at once.

   That is found when a list that holds many is first asked where it stands, and kept with it. */

#ifndef PINCITE_MASKS
#define PINCITE_MASKS

#include "_kernel_kept.h"

#define OFTEN 16 /* one of so many documents: of a list that holds fewer, all postings are gone through; with 64 bits take
                    the room of bounds, and a phrase over a million passages takes a seventh longer */

#define BESIDE 4 /* blocks: with one alone bits take half as much again, with eight a phrase over a million takes longer */

/* Of some blocks of documents those that the list holds, and what it has before them. */
typedef struct {
    uint64_t held[BESIDE];
    uint32_t postings, occurrences;
} Mask;

typedef struct {
    Kept kept;
    int64_t documents; /* of the segment */
    Mask masks[];
} Masks;

static void free_masks(Kept *kept) { free(kept); }

static inline uint64_t held_in(const Masks *masks, int64_t block) {
    return masks->masks[block / BESIDE].held[block % BESIDE];
}

/* Read a list to its end; -1 when it is broken. The widths of its numbers may be known to the compiler. */
static ALWAYS_INLINE int read_masks_of(List list, Masks *made, int gap_width, int frequency_width) {
    uint64_t occurrences = 0;
    uint32_t postings = 0;
    int state = 1;
    while (list.doc < made->documents && state > 0) {
        const int64_t few = list.doc / (BLOCK * BESIDE);
        Mask *mask = &made->masks[few];
        mask->postings = postings, mask->occurrences = (uint32_t)occurrences;
        do {
            mask->held[list.doc / BLOCK % BESIDE] |= (uint64_t)1 << list.doc % BLOCK;
            postings++, occurrences += list.frequency;
            state = next_packed(&list, made->documents, gap_width, frequency_width);
        } while (state > 0 && list.doc / (BLOCK * BESIDE) == few);
    }
    return state < 0 || occurrences > (uint64_t)list.positions.count || occurrences > UINT32_MAX ? -1 : 0;
}

static int read_masks(const List *list, Masks *made) {
    int gap_width = list->gaps.width, frequency_width = list->frequencies.width;
    if (gap_width == 1 && frequency_width == 1) return read_masks_of(*list, made, 1, 1);
    return read_masks_of(*list, made, gap_width, frequency_width);
}

/* Look into the masks of a list that is at its first posting, until `leave`: 0, also when it has none, -1 when it is
   broken, -2 without the memory. */
static int find_masks(List *list, int64_t documents, Masks **masks) {
    *masks = use(list->held->masks);
    if (*masks && (*masks)->documents == documents) return 0;
    leave((Kept *)*masks);
    Masks *made = *masks = NULL;
    if (list->gaps.count <= documents / OFTEN || list->gaps.count > documents) return 0;
    size_t bytes = sizeof *made + (size_t)(documents / (BLOCK * BESIDE) + 1) * sizeof *made->masks;
    if (!(made = calloc(1, bytes))) return -2;
    made->kept.free = free_masks, made->kept.bytes = bytes, made->kept.users = 1;
    made->documents = documents;
    int state;
    Py_BEGIN_ALLOW_THREADS
    state = read_masks(list, made);
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
