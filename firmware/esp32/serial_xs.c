#include "xsmc.h"

#include "xsHost.h" /* which needs the one above */

#define MOST 32 /* at a time; the driver keeps the rest */

#ifndef mxDebug
static size_t take(char *text) {
  size_t count = 0;
  for (int c = ESP_getc(); c >= 0; c = ESP_getc()) {
    if ((c >= ' ' && c <= '~') || c == '\n' || c == '\r') text[count++] = (char)c;
    if (count == MOST) break;
  }
  text[count] = 0;
  return count;
}
#endif

void xs_serial_read(xsMachine *the) {
#ifdef mxDebug
  (void)the;
#else
  char text[MOST + 1];
  if (take(text) > 0) xsmcSetString(xsResult, text);
#endif
}
