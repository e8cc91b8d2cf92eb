/* SHA-256 (FIPS 180-4), for what must not be altered unseen. */
#ifndef EARSHOT_SHA256_H
#define EARSHOT_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_BYTES 32

void sha256_of(const uint8_t *bytes, size_t byte_length, uint8_t digest[SHA256_BYTES]);

#endif
