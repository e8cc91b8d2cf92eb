#include "options.h"

#include <string.h>

#include "mc.xs.h"

#define MOST_PIN 48 /* of an ESP32-S3 */

int options_has(const options *self, option wanted) {
  xsMachine *the = self->the;
  xsmcGet(*self->value, *self->object, wanted.id);
  return xsmcTypeOf(*self->value) != xsUndefinedType;
}

void options_need(const options *self, option wanted) {
  xsMachine *the = self->the;
  if (!options_has(self, wanted)) xsTypeError("%s: %s is missing", self->of, wanted.name);
}

int options_integer(const options *self, option wanted, int least, int most) {
  xsMachine *the = self->the;
  options_need(self, wanted);
  const double number = xsmcToNumber(*self->value);
  if (!(number >= least && number <= most) || number != (double)(int)number)
    xsRangeError("%s: %s must be a whole number, %d to %d", self->of, wanted.name, least, most);
  return (int)number;
}

int options_integer_or(const options *self, option wanted, int least, int most, int otherwise) {
  return options_has(self, wanted) ? options_integer(self, wanted, least, most) : otherwise;
}

double options_number(const options *self, option wanted) {
  xsMachine *the = self->the;
  options_need(self, wanted);
  return xsmcToNumber(*self->value);
}

const void *options_bytes(const options *self, option wanted, size_t *byte_length) {
  xsMachine *the = self->the;
  void *bytes;
  xsUnsignedValue length;
  options_need(self, wanted);
  xsmcGetBufferReadable(*self->value, &bytes, &length);
  *byte_length = length;
  return bytes;
}

int options_pin(const options *self, option wanted) {
  return options_integer(self, wanted, 0, MOST_PIN);
}

int options_pin_or(const options *self, option wanted, int otherwise) {
  return options_has(self, wanted) ? options_pin(self, wanted) : otherwise;
}

int options_choice(const options *self, option wanted, const char *words) {
  xsMachine *the = self->the;
  options_need(self, wanted);
  const char *said = xsmcToString(*self->value);
  const size_t length = strlen(said);
  int number = 0;
  for (const char *word = words;; number++) {
    const char *end = strchr(word, '|');
    const size_t word_length = end ? (size_t)(end - word) : strlen(word);
    if (word_length == length && memcmp(word, said, length) == 0) return number;
    if (!end) break;
    word = end + 1;
  }
  xsRangeError("%s: %s must be %s", self->of, wanted.name, words);
  return 0;
}

int options_choice_or(const options *self, option wanted, const char *words, int otherwise) {
  return options_has(self, wanted) ? options_choice(self, wanted, words) : otherwise;
}
