/* Writes one flat JSON object into a fixed buffer. What does not fit sets `overflowed`; nothing is ever
 * written past the buffer, and the text stays NUL-terminated. */
#ifndef EARSHOT_EVENT_TEXT_H
#define EARSHOT_EVENT_TEXT_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *type;
  char *text;
  size_t capacity;
  size_t length;
  int overflowed;
} event_text;

/* Begins {"type":"…","sample":… */
void event_text_begin(event_text *self, char *buffer, size_t capacity, const char *type, uint64_t sample);
void event_text_string(event_text *self, const char *key, const char *value);
void event_text_integer(event_text *self, const char *key, int64_t value);
/* A number with three decimals, given in thousandths. */
void event_text_thousandths(event_text *self, const char *key, int thousandths);
/* "key":[ then any number of items, then the end. */
void event_text_list_begin(event_text *self, const char *key);
void event_text_list_item(event_text *self, const char *value);
void event_text_list_end(event_text *self);
/* Closes the object; returns its length, 0 when it did not fit. */
size_t event_text_end(event_text *self);

#endif
