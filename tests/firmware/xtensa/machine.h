/* What a driver sees of the machine: a job to read, a place for results. posix.c and start.c make one each. */
#ifndef EARSHOT_TEST_MACHINE_H
#define EARSHOT_TEST_MACHINE_H

#include <stddef.h>
#include <stdint.h>

/* From the standard input; fewer bytes than asked for only at its end. */
size_t machine_read(void *to, size_t byte_length);

/* To the standard output. Each call is also where the instructions are counted (count.c). */
void machine_write(const void *from, size_t byte_length);

void machine_exit(int status) __attribute__((noreturn));

#endif
