#include "detail.h"

#include <string.h>

void detail_set(char detail[RESOURCES_DETAIL_BYTES], const char *text) {
  detail[0] = 0;
  detail_add(detail, text);
}

void detail_add(char detail[RESOURCES_DETAIL_BYTES], const char *text) {
  const size_t used = strlen(detail), room = RESOURCES_DETAIL_BYTES - 1 - used, wanted = strlen(text);
  const size_t taken = wanted < room ? wanted : room;
  memcpy(detail + used, text, taken);
  detail[used + taken] = 0;
}

void detail_add_number(char detail[RESOURCES_DETAIL_BYTES], uint32_t number) {
  char text[11];
  size_t at = sizeof text - 1;
  text[at] = 0;
  do text[--at] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  detail_add(detail, text + at);
}
