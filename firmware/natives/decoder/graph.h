/* A compiled grammar as host-sim/grammar writes it: an acyclic graph of phones. All numbers little-endian.
 *
 *   offset  0  "EGRM"            u32
 *           4  version           u16, 2
 *           6  phones            u16, 39: the phone model's classes without blank
 *           8  CRC-32            u32, of all bytes from offset 12 on
 *          12  byte length       u32, of the whole file
 *          16  counts            u16 each: states, ranged states, ending states, nodes, arcs, speaking nodes,
 *                                outputs, output items, strings, endings
 *          36  root state        u16
 *          38  root output       u16, holds for every sentence
 *          40  string bytes      u32
 *          44  first single node u16: the other states have one arc each, to this node and those after it
 *          46  node targets      u16 a node: the state after its phone
 *              speaking outputs  u16 for each of the first nodes, the speaking ones
 *              first arcs        u16 for each of the first states, the ranged ones, and one more: where its arcs
 *                                begin
 *              arcs              u16 each: the node it leads to
 *              first items       u16 an output and one more; output 0 is empty
 *              output items      u16 each: a string's number
 *              ending outputs    u16 an ending: what goes out when the sentence ends there
 *              ending follows    u8 an ending: whether a longer sentence with another meaning begins alike: 0 no,
 *                                1 the word may go on ("seven", "seventeen"), 2 words may follow, 3 what follows belongs to it,
 *                                whatever it is
 *              node phones       u8 a node, 1 to 39
 *              state endings     u8 for each of the first states, those where a sentence may end: the ending
 *              strings           UTF-8, each with a NUL
 */
#ifndef EARSHOT_DECODER_GRAPH_H
#define EARSHOT_DECODER_GRAPH_H

#include "decoder.h"

#define GRAPH_THE_WORD_GOES_ON 1
#define GRAPH_WORDS_FOLLOW 2
#define GRAPH_ANYTHING_FOLLOWS 3

typedef struct {
  uint16_t state_count, ranged_count, ending_state_count, node_count, arc_count, speaking_count;
  uint16_t output_count, item_count, string_count, ending_count;
  uint16_t root_state, root_output, first_single_node;
  uint32_t string_bytes;
  const uint8_t *node_targets, *speaking_outputs, *first_arcs, *arcs, *first_items, *items, *ending_outputs;
  const uint8_t *ending_follows, *node_phones, *state_endings, *strings;
} graph;

/* Checks every byte that the decoder will trust. After a failure there are no states. */
decoder_status graph_read(graph *self, const uint8_t *bytes, size_t byte_length, decoder_error *error);

/* The string of an output's item, NUL-terminated. */
const char *graph_string(const graph *self, uint16_t item);

static inline uint16_t graph_u16(const uint8_t *table, uint32_t index) {
  const uint8_t *at = table + 2 * index;
  return (uint16_t)(at[0] | at[1] << 8);
}

/* The state's arcs are those from the first on, before the end. Behind the arcs that are written down come the single
 * ones of the other states. */
static inline uint32_t graph_first_arc(const graph *self, uint32_t state) {
  if (state <= self->ranged_count) return graph_u16(self->first_arcs, state);
  return self->arc_count + (state - self->ranged_count);
}

/* The node that an arc leads to. */
static inline uint16_t graph_arc_node(const graph *self, uint32_t arc) {
  if (arc < self->arc_count) return graph_u16(self->arcs, arc);
  return (uint16_t)(self->first_single_node + (arc - self->arc_count));
}

/* What may follow where a sentence may end; 0 elsewhere. */
static inline int graph_follows(const graph *self, uint16_t state) {
  return state < self->ending_state_count ? self->ending_follows[self->state_endings[state]] : 0;
}

/* The output of a node: 0 is the empty one. */
static inline uint16_t graph_node_output(const graph *self, uint16_t node) {
  return node < self->speaking_count ? graph_u16(self->speaking_outputs, node) : 0;
}

#endif
