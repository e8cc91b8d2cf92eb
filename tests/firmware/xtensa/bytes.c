/* What the natives use of <string.h>, for machines without a C library. */
#include <stdint.h>
#include <string.h>

static int is_aligned(const void *a, const void *b) {
  return (((uintptr_t)a | (uintptr_t)b) & 3) == 0;
}

/* Words where both sides allow, as the chip's own does, so that instruction counts mean something. */
void *memcpy(void *to, const void *from, size_t byte_length) {
  uint8_t *target = to;
  const uint8_t *source = from;
  if (is_aligned(to, from))
    for (; byte_length >= 4; byte_length -= 4, target += 4, source += 4)
      *(uint32_t *)(void *)target = *(const uint32_t *)(const void *)source;
  while (byte_length-- > 0) *target++ = *source++;
  return to;
}

void *memmove(void *to, const void *from, size_t byte_length) {
  uint8_t *target = to;
  const uint8_t *source = from;
  if (target <= source) return memcpy(to, from, byte_length);
  while (byte_length-- > 0) target[byte_length] = source[byte_length];
  return to;
}

void *memset(void *to, int byte, size_t byte_length) {
  uint8_t *target = to;
  if (is_aligned(to, NULL))
    for (; byte_length >= 4; byte_length -= 4, target += 4)
      *(uint32_t *)(void *)target = (uint8_t)byte * 0x01010101u;
  while (byte_length-- > 0) *target++ = (uint8_t)byte;
  return to;
}

int memcmp(const void *a, const void *b, size_t byte_length) {
  const uint8_t *left = a, *right = b;
  for (size_t i = 0; i < byte_length; i++)
    if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
  return 0;
}

size_t strlen(const char *text) {
  size_t length = 0;
  while (text[length]) length++;
  return length;
}
