#include "interpreter.h"

/* A message being written: where the next character goes. */
typedef struct {
  model_error *error;
  size_t at;
} message;

/* Always leaves room for the final NUL. */
static void append(message *out, const char *text) {
  while (*text != 0 && out->at + 1 < sizeof out->error->detail) out->error->detail[out->at++] = *text++;
  out->error->detail[out->at] = 0;
}

static void append_number(message *out, int64_t number) {
  char digits[24];
  int at = (int)sizeof digits;
  uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  digits[--at] = 0;
  do {
    digits[--at] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (number < 0) digits[--at] = '-';
  append(out, digits + at);
}

/* Names come from the file: what does not print is replaced, and long ones are cut. */
static void append_name(interpreter_builder *builder, message *out, fb_vector name) {
  char text[41];
  uint32_t length = name.count < 40 ? name.count : 40;
  for (uint32_t i = 0; i < length; i++) {
    uint8_t byte = builder->file.bytes[name.position + i];
    text[i] = byte >= 0x20 && byte < 0x7f ? (char)byte : '?';
  }
  text[length] = 0;
  append(out, text);
}

static message begin(interpreter_builder *builder, model_status status, const char *what) {
  message out = {builder->error, 0};
  builder->error->status = status;
  builder->error->detail[0] = 0;
  if (builder->operator_name != NULL) {
    append(&out, builder->operator_name);
    append(&out, builder->in_main ? " (operator " : " (initialiser's operator ");
    append_number(&out, builder->operator_index);
    append(&out, "): ");
  }
  append(&out, what);
  return out;
}

model_status interpreter_fail(interpreter_builder *builder, model_status status, const char *what) {
  begin(builder, status, what);
  return status;
}

model_status interpreter_fail_tensor(interpreter_builder *builder, model_status status,
                                     const interpreter_tensor *tensor, const char *what) {
  message out = begin(builder, status, what);
  append(&out, ": tensor ");
  append_number(&out, tensor->index);
  append(&out, " ");
  append_name(builder, &out, tensor->name);
  return status;
}

model_status interpreter_fail_number(interpreter_builder *builder, model_status status, const char *what,
                                     int64_t number) {
  message out = begin(builder, status, what);
  append(&out, " ");
  append_number(&out, number);
  return status;
}

model_status interpreter_fail_named(interpreter_builder *builder, model_status status, const char *what,
                                    fb_vector name) {
  message out = begin(builder, status, what);
  append(&out, " ");
  append_name(builder, &out, name);
  return status;
}
