/* For programs that are fed broken files. */
#ifndef EARSHOT_READ_FILE_H
#define EARSHOT_READ_FILE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* The first megabyte of a file, to be freed. Without a file the program ends with 2. */
static uint8_t *read_file(const char *path, size_t *byte_length) {
  FILE *file = fopen(path, "rb");
  if (!file) exit(2);
  uint8_t *bytes = malloc(1 << 20);
  *byte_length = fread(bytes, 1, 1 << 20, file);
  fclose(file);
  return bytes;
}

#endif
