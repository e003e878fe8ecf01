/* The tokens of a text as numbers that depend on their letters alone: the CRC-32 of each in UTF-8, as zlib has it. */

#ifndef PINCITE_WORDS_HASH
#define PINCITE_WORDS_HASH

#include "_words_cut.h"

static uint32_t crcs[256]; /* of each byte on its own */

static void fill_crcs(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
        crcs[byte] = crc;
    }
}

static uint32_t with_byte(uint32_t crc, uint32_t byte) { return crcs[(crc ^ byte) & 0xFF] ^ crc >> 8; }

/* With the last six bits of a code and those that stand `shift` before them. */
static uint32_t with_rest(uint32_t crc, uint32_t code, int shift) {
    for (; shift >= 0; shift -= 6) crc = with_byte(crc, 0x80 | (code >> shift & 0x3F));
    return crc;
}

static uint32_t with_code(uint32_t crc, uint32_t code) {
    if (code < 0x80) return with_byte(crc, code);
    if (code < 0x800) return with_rest(with_byte(crc, 0xC0 | code >> 6), code, 0);
    if (code < 0x10000) return with_rest(with_byte(crc, 0xE0 | code >> 12), code, 6);
    return with_rest(with_byte(crc, 0xF0 | code >> 18), code, 12);
}

/* hashes(table, text, width) -> of each token its number, which is looked up in no table; that of classes is asked. */
static PyObject *hash_text(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *result = NULL;
    Py_buffer given;
    Text text;
    if (take_text(args, &text, &given) < 0) return NULL;
    text.numbers = malloc(((size_t)text.size / 2 + 1) * sizeof *text.numbers); /* something parts them */
    if (text.numbers) {
        for (Py_ssize_t at = 0; at < text.size; at++) {
            uint32_t crc = ~0u;
            Py_ssize_t start = at;
            for (; at < text.size && class_at(&text, at) != PARTS; at++) crc = with_code(crc, code_at(&text, at));
            if (at > start) text.numbers[text.found++] = ~crc;
        }
        result = bytes_of(text.numbers, text.found);
    } else PyErr_NoMemory();
    PyBuffer_Release(&given);
    free(text.numbers);
    return result;
}

#endif
