/* Reads FlatBuffers tables (https://flatbuffers.dev/internals) out of bytes that nobody has checked. Every
 * access is bounded by the file's length; what leads outside marks the file corrupt and reads as absent or
 * zero, so a caller may read a whole table and ask once. */
#ifndef EARSHOT_INTERPRETER_FLATBUFFER_H
#define EARSHOT_INTERPRETER_FLATBUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  const uint8_t *bytes;
  uint32_t length;
  bool corrupt; /* set by the first access that led outside, never cleared */
} fb_file;

typedef struct {
  uint32_t position; /* 0 when the table is absent: position 0 holds the root offset, never a table */
  uint32_t vtable;
  uint32_t vtable_bytes;
  uint32_t inline_bytes;
} fb_table;

typedef struct {
  uint32_t position; /* of the first element */
  uint32_t count;    /* 0 when absent */
} fb_vector;

fb_table fb_root(fb_file *file);
fb_table fb_table_field(fb_file *file, const fb_table *table, int field);
fb_vector fb_vector_field(fb_file *file, const fb_table *table, int field, uint32_t element_bytes);
bool fb_has_field(fb_file *file, const fb_table *table, int field);

int32_t fb_int8(fb_file *file, const fb_table *table, int field, int32_t absent);
uint32_t fb_uint8(fb_file *file, const fb_table *table, int field, uint32_t absent);
int32_t fb_int32(fb_file *file, const fb_table *table, int field, int32_t absent);
uint32_t fb_uint32(fb_file *file, const fb_table *table, int field, uint32_t absent);
uint64_t fb_uint64(fb_file *file, const fb_table *table, int field, uint64_t absent);
float fb_float(fb_file *file, const fb_table *table, int field, float absent);

/* Elements: an index at or past the count marks the file corrupt. */
fb_table fb_table_at(fb_file *file, fb_vector vector, uint32_t index);
int32_t fb_int32_at(fb_file *file, fb_vector vector, uint32_t index);
int64_t fb_int64_at(fb_file *file, fb_vector vector, uint32_t index);
float fb_float_at(fb_file *file, fb_vector vector, uint32_t index);

#endif
