/* A program on Linux for Xtensa without a C library: its start and three system calls. */
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
