/* A program on Linux for Xtensa without a C library: its start, three system calls, and the bytes of <string.h>. */
#include <string.h>

#include "machine.h"

#define SYSTEM_READ 12
#define SYSTEM_WRITE 13
#define SYSTEM_EXIT 118

int main(void);
void _start(void);

static int32_t system_call(int32_t number, int32_t first, const void *second, size_t third) {
  register int32_t a2 __asm__("a2") = number;
  register int32_t a6 __asm__("a6") = first;
  register const void *a3 __asm__("a3") = second;
  register size_t a4 __asm__("a4") = third;
  __asm__ volatile("syscall" : "+r"(a2) : "r"(a6), "r"(a3), "r"(a4) : "memory");
  return a2;
}

void _start(void) {
  machine_exit(main());
}

void machine_exit(int status) {
  system_call(SYSTEM_EXIT, status, NULL, 0);
  for (;;) continue;
}

size_t machine_read(void *to, size_t byte_length) {
  size_t done = 0;
  for (;;) {
    const int32_t got = system_call(SYSTEM_READ, 0, (char *)to + done, byte_length - done);
    if (got <= 0) return done;
    done += (size_t)got;
  }
}

void machine_write(const void *from, size_t byte_length) {
  while (byte_length > 0) {
    const int32_t put = system_call(SYSTEM_WRITE, 1, from, byte_length);
    if (put <= 0) machine_exit(3);
    from = (const char *)from + put;
    byte_length -= (size_t)put;
  }
}

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
