/* CRC-32 as in zlib and PNG: polynomial 0xEDB88320, reflected. It notices every change of one byte, and of up to 32
 * neighbouring bits. */
#ifndef EARSHOT_CRC32_H
#define EARSHOT_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* Of what came before, 0 at first, and of these bytes after it. */
uint32_t crc32_of(uint32_t before, const uint8_t *bytes, size_t byte_length);

#endif
