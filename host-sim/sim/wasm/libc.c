/* The functions of the C library that WebAssembly without a library lacks; copying and filling are instructions. */
#include <stddef.h>

size_t strlen(const char *text) {
  size_t length = 0;
  while (text[length]) length++;
  return length;
}

int memcmp(const void *one, const void *other, size_t count) {
  const unsigned char *left = one;
  const unsigned char *right = other;
  for (size_t i = 0; i < count; i++) {
    if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
  }
  return 0;
}
