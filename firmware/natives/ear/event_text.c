#include "event_text.h"

static void put(event_text *self, char character) {
  if (self->length + 1 >= self->capacity) {
    self->overflowed = 1;
    return;
  }
  self->text[self->length++] = character;
  self->text[self->length] = '\0';
}

static void put_raw(event_text *self, const char *text) {
  while (*text) put(self, *text++);
}

static void put_quoted(event_text *self, const char *text) {
  static const char hex[] = "0123456789abcdef";
  put(self, '"');
  for (; *text; text++) {
    const unsigned char byte = (unsigned char)*text;
    if (byte == '"' || byte == '\\') {
      put(self, '\\');
      put(self, *text);
    } else if (byte < 0x20) {
      put_raw(self, "\\u00");
      put(self, hex[byte >> 4]);
      put(self, hex[byte & 15]);
    } else {
      put(self, *text); /* UTF-8 goes through as it is */
    }
  }
  put(self, '"');
}

static void put_integer(event_text *self, int64_t signed_value) {
  char digits[20];
  int count = 0;
  uint64_t value = signed_value < 0 ? -(uint64_t)signed_value : (uint64_t)signed_value;
  if (signed_value < 0) put(self, '-');
  do {
    digits[count++] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  while (count) put(self, digits[--count]);
}

static void put_key(event_text *self, const char *key) {
  put(self, ',');
  put_quoted(self, key);
  put(self, ':');
}

void event_text_begin(event_text *self, char *buffer, size_t capacity, const char *type, uint64_t sample) {
  self->type = type;
  self->text = buffer;
  self->capacity = capacity;
  self->length = 0;
  self->overflowed = 0;
  put_raw(self, "{\"type\":");
  put_quoted(self, type);
  event_text_integer(self, "sample", (int64_t)sample);
}

void event_text_string(event_text *self, const char *key, const char *value) {
  put_key(self, key);
  put_quoted(self, value);
}

void event_text_integer(event_text *self, const char *key, int64_t value) {
  put_key(self, key);
  put_integer(self, value);
}

void event_text_thousandths(event_text *self, const char *key, int thousandths) {
  const int size = thousandths < 0 ? -thousandths : thousandths;
  put_key(self, key);
  if (thousandths < 0) put(self, '-');
  put_integer(self, size / 1000);
  put(self, '.');
  put(self, (char)('0' + size / 100 % 10));
  put(self, (char)('0' + size / 10 % 10));
  put(self, (char)('0' + size % 10));
}

void event_text_list_begin(event_text *self, const char *key) {
  put_key(self, key);
  put(self, '[');
}

void event_text_list_item(event_text *self, const char *value) {
  if (self->length && self->text[self->length - 1] != '[') put(self, ',');
  put_quoted(self, value);
}

void event_text_list_end(event_text *self) {
  put(self, ']');
}

size_t event_text_end(event_text *self) {
  put(self, '}');
  return self->overflowed ? 0 : self->length;
}
