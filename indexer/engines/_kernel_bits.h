/* Bits and bytes, many at once. */

#ifndef PINCITE_BITS
#define PINCITE_BITS

#include <stdint.h>
#include <string.h>

#define BLOCK 64 /* documents, one for each bit of a number; with half as many bounds take as long, with twice as many a
                    tenth longer */

#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) (void)(address)
#endif

static inline uint32_t bits_of(uint64_t bits) {
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    return (uint32_t)(((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

/* The place of the lowest bit. */
static inline uint32_t lowest(uint64_t bits) {
#if defined(__GNUC__)
    return (uint32_t)__builtin_ctzll(bits);
#else
    return bits_of((bits & (0 - bits)) - 1);
#endif
}

/* Eight bytes of a list, their sum, and whether one of them says that its number stands aside. */
static inline uint64_t eight_at(const uint8_t *bytes) {
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    return eight;
}

/* The last of them, 1 to 8, and zeros. */
static inline uint64_t last_of(uint64_t eight, int count) {
    const uint16_t one = 1;
    uint8_t first;
    memcpy(&first, &one, 1);
    return first ? eight >> 8 * (8 - count) : eight << 8 * (8 - count);
}

static inline int64_t sum_of(uint64_t eight) {
    uint64_t pairs = (eight & 0x00FF00FF00FF00FFu) + (eight >> 8 & 0x00FF00FF00FF00FFu);
    return (int64_t)(pairs * 0x0001000100010001u >> 48);
}

static inline int has_aside(uint64_t eight) {
    return (((eight & 0x7F7F7F7F7F7F7F7Fu) + 0x0101010101010101u) & eight & 0x8080808080808080u) != 0;
}

#endif
