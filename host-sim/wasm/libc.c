/* The one function of the C library that WebAssembly without a library lacks; copying and filling are
 * instructions. */
#include <stddef.h>

size_t strlen(const char *text) {
  size_t length = 0;
  while (text[length]) length++;
  return length;
}
