#include "flatbuffer.h"

#include <string.h>

static bool inside(fb_file *file, uint32_t position, uint64_t bytes) {
  if ((uint64_t)position + bytes <= file->length) return true;
  file->corrupt = true;
  return false;
}

/* Little endian whatever the machine is, and at any alignment. */
static uint64_t read_unsigned(fb_file *file, uint32_t position, uint32_t bytes) {
  uint64_t value = 0;
  if (!inside(file, position, bytes)) return 0;
  for (uint32_t i = 0; i < bytes; i++) value |= (uint64_t)file->bytes[position + i] << (8 * i);
  return value;
}

static float float_of(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static fb_table table_from(fb_file *file, uint32_t position) {
  fb_table table = {0, 0, 0, 0};
  int64_t vtable = (int64_t)position - (int32_t)read_unsigned(file, position, 4);
  if (file->corrupt || position == 0) return table;
  if (vtable < 0 || vtable > (int64_t)file->length - 4) {
    file->corrupt = true;
    return table;
  }
  table.vtable = (uint32_t)vtable;
  table.vtable_bytes = (uint32_t)read_unsigned(file, table.vtable, 2);
  table.inline_bytes = (uint32_t)read_unsigned(file, table.vtable + 2, 2);
  if (table.vtable_bytes < 4 || table.inline_bytes < 4 || !inside(file, table.vtable, table.vtable_bytes) ||
      !inside(file, position, table.inline_bytes)) {
    file->corrupt = true;
    return table;
  }
  table.position = position;
  return table;
}

/* Where the field's inline bytes are, or 0 when it is absent. */
static uint32_t field_position(fb_file *file, const fb_table *table, int field, uint32_t bytes) {
  uint32_t slot = 4 + 2 * (uint32_t)field;
  if (table->position == 0 || slot + 2 > table->vtable_bytes) return 0;
  uint32_t offset = (uint32_t)read_unsigned(file, table->vtable + slot, 2);
  if (offset == 0) return 0;
  if (offset < 4 || offset + bytes > table->inline_bytes) {
    file->corrupt = true;
    return 0;
  }
  return table->position + offset;
}

/* Follows the forward offset stored at a position; 0 when it leads outside. */
static uint32_t follow(fb_file *file, uint32_t position) {
  uint64_t target = position + read_unsigned(file, position, 4);
  if (file->corrupt || target == position || target >= file->length) {
    file->corrupt = true;
    return 0;
  }
  return (uint32_t)target;
}

fb_table fb_root(fb_file *file) {
  return table_from(file, follow(file, 0));
}

fb_table fb_table_field(fb_file *file, const fb_table *table, int field) {
  fb_table absent = {0, 0, 0, 0};
  uint32_t position = field_position(file, table, field, 4);
  return position == 0 ? absent : table_from(file, follow(file, position));
}

fb_vector fb_vector_field(fb_file *file, const fb_table *table, int field, uint32_t element_bytes) {
  fb_vector vector = {0, 0};
  uint32_t position = field_position(file, table, field, 4);
  if (position == 0) return vector;
  uint32_t start = follow(file, position);
  uint32_t count = (uint32_t)read_unsigned(file, start, 4);
  if (file->corrupt || !inside(file, start + 4, (uint64_t)count * element_bytes)) return vector;
  vector.position = start + 4;
  vector.count = count;
  return vector;
}

bool fb_has_field(fb_file *file, const fb_table *table, int field) {
  return field_position(file, table, field, 1) != 0;
}

int32_t fb_int8(fb_file *file, const fb_table *table, int field, int32_t absent) {
  uint32_t position = field_position(file, table, field, 1);
  return position == 0 ? absent : (int8_t)read_unsigned(file, position, 1);
}

uint32_t fb_uint8(fb_file *file, const fb_table *table, int field, uint32_t absent) {
  uint32_t position = field_position(file, table, field, 1);
  return position == 0 ? absent : (uint32_t)read_unsigned(file, position, 1);
}

int32_t fb_int32(fb_file *file, const fb_table *table, int field, int32_t absent) {
  uint32_t position = field_position(file, table, field, 4);
  return position == 0 ? absent : (int32_t)read_unsigned(file, position, 4);
}

uint32_t fb_uint32(fb_file *file, const fb_table *table, int field, uint32_t absent) {
  uint32_t position = field_position(file, table, field, 4);
  return position == 0 ? absent : (uint32_t)read_unsigned(file, position, 4);
}

uint64_t fb_uint64(fb_file *file, const fb_table *table, int field, uint64_t absent) {
  uint32_t position = field_position(file, table, field, 8);
  return position == 0 ? absent : read_unsigned(file, position, 8);
}

float fb_float(fb_file *file, const fb_table *table, int field, float absent) {
  uint32_t position = field_position(file, table, field, 4);
  return position == 0 ? absent : float_of((uint32_t)read_unsigned(file, position, 4));
}

static uint32_t element_position(fb_file *file, fb_vector vector, uint32_t index, uint32_t bytes) {
  if (index < vector.count) return vector.position + index * bytes;
  file->corrupt = true;
  return 0;
}

fb_table fb_table_at(fb_file *file, fb_vector vector, uint32_t index) {
  fb_table absent = {0, 0, 0, 0};
  uint32_t position = element_position(file, vector, index, 4);
  return position == 0 ? absent : table_from(file, follow(file, position));
}

int32_t fb_int32_at(fb_file *file, fb_vector vector, uint32_t index) {
  return (int32_t)read_unsigned(file, element_position(file, vector, index, 4), 4);
}

int64_t fb_int64_at(fb_file *file, fb_vector vector, uint32_t index) {
  return (int64_t)read_unsigned(file, element_position(file, vector, index, 8), 8);
}

float fb_float_at(fb_file *file, fb_vector vector, uint32_t index) {
  return float_of((uint32_t)read_unsigned(file, element_position(file, vector, index, 4), 4));
}
