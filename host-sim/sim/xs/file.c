#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "platform_exit.h"

static _Noreturn void fail_to_read(const char *path) {
  char detail[512];
  snprintf(detail, sizeof(detail), "%s: %s", path, strerror(errno));
  fail(EX_NOINPUT, "unreadableFile", detail);
}

char *file_read(const char *path, size_t *byte_length) {
  FILE *file = fopen(path, "rb");
  if (!file) fail_to_read(path);
  if (fseek(file, 0, SEEK_END) != 0) fail_to_read(path);
  long length = ftell(file);
  if (length < 0 || fseek(file, 0, SEEK_SET) != 0) fail_to_read(path);
  char *bytes = malloc((size_t)length + 1);
  if (!bytes || fread(bytes, 1, (size_t)length, file) != (size_t)length) fail_to_read(path);
  fclose(file);
  bytes[length] = 0;
  *byte_length = (size_t)length;
  return bytes;
}
