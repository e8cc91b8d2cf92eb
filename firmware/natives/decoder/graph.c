#include "graph.h"

#include <string.h>

#include "../checksum/crc32.h"

#define MAGIC 0x4d524745u /* "EGRM" */
#define HEADER_BYTES 46
#define CRC_FROM 12

static decoder_status report(decoder_error *error, decoder_status status, const char *detail) {
  size_t length = 0;
  if (!error) return status;
  error->status = status;
  while (detail[length] && length < sizeof error->detail - 1) length++;
  memcpy(error->detail, detail, length);
  error->detail[length] = 0;
  return status;
}

static uint32_t read_u32(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static int all_below(const uint8_t *table, uint32_t count, uint32_t limit) {
  for (uint32_t i = 0; i < count; i++) {
    if (graph_u16(table, i) >= limit) return 0;
  }
  return 1;
}

/* count + 1 numbers that never fall, from 0 to the end. */
static int is_ranges(const uint8_t *table, uint32_t count, uint32_t end) {
  uint32_t before = 0;
  if (graph_u16(table, 0) != 0) return 0;
  for (uint32_t i = 1; i <= count; i++) {
    uint32_t next = graph_u16(table, i);
    if (next < before) return 0;
    before = next;
  }
  return before == end;
}

static int are_items(const uint8_t *items, uint32_t count, uint32_t string_count) {
  for (uint32_t i = 0; i < count; i++) {
    if (graph_u16(items, i) >= string_count) return 0;
  }
  return 1;
}

static int are_phones(const uint8_t *phones, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (phones[i] == 0 || phones[i] >= DECODER_CLASSES) return 0;
  }
  return 1;
}

static int are_endings(const uint8_t *endings, uint32_t count, uint32_t ending_count) {
  for (uint32_t i = 0; i < count; i++) {
    if (endings[i] >= ending_count) return 0;
  }
  return 1;
}

static int are_strings(const uint8_t *bytes, uint32_t byte_length, uint32_t count) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < byte_length; i++) found += bytes[i] == 0;
  return found == count && (count == 0 || bytes[byte_length - 1] == 0);
}

static void read_header(graph *self, const uint8_t *bytes) {
  uint16_t *const counts[] = {&self->state_count,  &self->ranged_count, &self->ending_state_count,
                              &self->node_count,   &self->arc_count,    &self->speaking_count,
                              &self->output_count, &self->item_count,   &self->string_count,
                              &self->ending_count, &self->root_state,   &self->root_output};
  for (uint32_t i = 0; i < sizeof counts / sizeof *counts; i++) *counts[i] = graph_u16(bytes + 16, i);
  self->string_bytes = read_u32(bytes + 40);
  self->first_single_node = graph_u16(bytes + 44, 0);
}

/* Places the tables one after the other; returns how many bytes they take with the header. */
static uint64_t place_tables(graph *self, const uint8_t *bytes) {
  const struct {
    const uint8_t **table;
    uint32_t count, entry_bytes;
  } tables[] = {
      {&self->node_targets, self->node_count, 2},       {&self->speaking_outputs, self->speaking_count, 2},
      {&self->first_arcs, self->ranged_count + 1u, 2},  {&self->arcs, self->arc_count, 2},
      {&self->first_items, self->output_count + 1u, 2}, {&self->items, self->item_count, 2},
      {&self->ending_outputs, self->ending_count, 2},   {&self->ending_follows, self->ending_count, 1},
      {&self->node_phones, self->node_count, 1},        {&self->state_endings, self->ending_state_count, 1},
      {&self->strings, self->string_bytes, 1},
  };
  uint64_t used = HEADER_BYTES;
  for (uint32_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    *tables[i].table = bytes + (size_t)used;
    used += (uint64_t)tables[i].count * tables[i].entry_bytes;
  }
  return used;
}

static const char *contradiction(const graph *self) {
  if (self->root_state >= self->state_count) return "the root is no state";
  if (self->root_output >= self->output_count) return "the root's output does not exist";
  if (self->ranged_count > self->state_count || self->ending_state_count > self->ranged_count)
    return "states are missing";
  uint32_t single_count = (uint32_t)self->state_count - self->ranged_count;
  if (self->first_single_node + single_count > self->node_count) return "a single arc leads to no node";
  if (self->speaking_count > self->node_count) return "more speaking nodes than nodes";
  if (!all_below(self->node_targets, self->node_count, self->state_count)) return "a node leads to no state";
  if (!all_below(self->speaking_outputs, self->speaking_count, self->output_count))
    return "a node's output is missing";
  if (!is_ranges(self->first_arcs, self->ranged_count, self->arc_count))
    return "the states' arcs are out of order";
  if (!all_below(self->arcs, self->arc_count, self->node_count)) return "an arc leads to no node";
  if (!is_ranges(self->first_items, self->output_count, self->item_count))
    return "the outputs' items are out of order";
  if (!are_items(self->items, self->item_count, self->string_count))
    return "an output has a string that is missing";
  if (!all_below(self->ending_outputs, self->ending_count, self->output_count))
    return "an ending's output is missing";
  if (!are_phones(self->node_phones, self->node_count)) return "a node's phone is none of the phones";
  if (!are_endings(self->state_endings, self->ending_state_count, self->ending_count))
    return "a state's ending is missing";
  if (!are_strings(self->strings, self->string_bytes, self->string_count)) return "the strings are cut";
  return NULL;
}

static decoder_status read_checked(graph *self, const uint8_t *bytes, size_t byte_length,
                                   decoder_error *error) {
  if (!bytes || byte_length < HEADER_BYTES || read_u32(bytes) != MAGIC) {
    return report(error, DECODER_NOT_A_GRAPH, "not a compiled grammar: it does not begin with EGRM");
  }
  if (graph_u16(bytes, 2) != 2)
    return report(error, DECODER_WRONG_VERSION, "a version of the format other than 2");
  if (graph_u16(bytes, 3) != DECODER_CLASSES - 1)
    return report(error, DECODER_WRONG_VERSION, "not made for 39 phones");
  if (read_u32(bytes + 12) != byte_length)
    return report(error, DECODER_CORRUPT, "shorter or longer than its header says");
  if (crc32_of(0, bytes + CRC_FROM, byte_length - CRC_FROM) != read_u32(bytes + 8)) {
    return report(error, DECODER_CORRUPT, "its checksum is wrong");
  }
  read_header(self, bytes);
  if (self->node_count > DECODER_MAX_NODES)
    return report(error, DECODER_TOO_LARGE, "more phone nodes than there is room for");
  if (self->state_count > DECODER_MAX_STATES)
    return report(error, DECODER_TOO_LARGE, "more states than there is room for");
  if (place_tables(self, bytes) != byte_length)
    return report(error, DECODER_CORRUPT, "its tables do not fill the file");
  const char *wrong = contradiction(self);
  if (wrong) return report(error, DECODER_CORRUPT, wrong);
  return report(error, DECODER_OK, "");
}

decoder_status graph_read(graph *self, const uint8_t *bytes, size_t byte_length, decoder_error *error) {
  memset(self, 0, sizeof *self);
  decoder_status status = read_checked(self, bytes, byte_length, error);
  if (status != DECODER_OK) memset(self, 0, sizeof *self);
  return status;
}

const char *graph_string(const graph *self, uint16_t item) {
  const uint8_t *at = self->strings;
  for (uint16_t index = item; index > 0; at++) index -= *at == 0;
  return (const char *)at;
}
