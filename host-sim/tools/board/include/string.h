/* What the natives use of the C library, which Debian's compiler for Xtensa comes without. */
#ifndef EARSHOT_CHIP_STRING_H
#define EARSHOT_CHIP_STRING_H

#include <stddef.h>

void *memcpy(void *to, const void *from, size_t byte_length);
void *memmove(void *to, const void *from, size_t byte_length);
void *memset(void *to, int byte, size_t byte_length);
int memcmp(const void *a, const void *b, size_t byte_length);
size_t strlen(const char *text);

#endif
