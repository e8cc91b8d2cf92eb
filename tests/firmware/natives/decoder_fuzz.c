/* Feeds the decoder graphs with broken bytes, the checksum made right again, and random rows. Built with
 * the address and undefined-behaviour sanitisers, which end it at the first step out of the memory that it
 * was given.
 *
 *     decoder_fuzz GRAPH ROUNDS SEED      prints how many of the broken graphs were let in */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../firmware/natives/decoder/decoder.h"
#include "read_file.h"

static uint32_t random_state;

static uint32_t random_below(uint32_t limit) {
  random_state = random_state * 1664525u + 1013904223u;
  return (random_state >> 8) % limit;
}

static uint32_t crc32_of(const uint8_t *bytes, size_t byte_length) {
  uint32_t crc = 0xffffffffu;
  for (size_t i = 0; i < byte_length; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = crc & 1u ? crc >> 1 ^ 0xedb88320u : crc >> 1;
  }
  return ~crc;
}

static void write_u32(uint8_t *at, uint32_t value) {
  for (int i = 0; i < 4; i++) at[i] = (uint8_t)(value >> 8 * i);
}

/* Most changes hit the header, whose every number matters; some files are cut. Now and then the checksum
 * stays wrong. */
static size_t break_graph(uint8_t *bytes, size_t byte_length) {
  uint32_t changes = 1 + random_below(4);
  for (uint32_t i = 0; i < changes; i++) {
    size_t at = random_below(2) ? random_below(46) : random_below((uint32_t)byte_length);
    bytes[at] = (uint8_t)random_below(256);
  }
  if (random_below(8) == 0) byte_length = random_below((uint32_t)byte_length + 1);
  if (byte_length >= 46 && random_below(16) != 0) {
    memcpy(bytes, "EGRM\2\0\47\0", 8);
    write_u32(bytes + 12, (uint32_t)byte_length);
    write_u32(bytes + 8, crc32_of(bytes + 12, byte_length - 12));
  }
  return byte_length;
}

static void speak(decoder *self) {
  int8_t row[DECODER_CLASSES];
  decoder_start(self);
  for (int i = 0; i < 60; i++) {
    for (int j = 0; j < DECODER_CLASSES; j++) row[j] = (int8_t)(random_below(256) - 128);
    decoder_step(self, row);
    for (int j = decoder_token_count(self) - 1; j >= 0; j--) (void)strlen(decoder_token(self, j));
    (void)decoder_confidence(self);
  }
  decoder_finish(self);
  for (int j = decoder_token_count(self); j >= -1; j--) (void)strlen(decoder_token(self, j));
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  size_t whole;
  uint8_t *good = read_file(argv[1], &whole);
  decoder *self = malloc(decoder_bytes());
  int let_in = 0;
  random_state = (uint32_t)atoi(argv[3]);
  for (int round = 0; round < atoi(argv[2]); round++) {
    uint8_t *scratch = malloc(whole);
    memcpy(scratch, good, whole);
    size_t byte_length = break_graph(scratch, whole);
    uint8_t *exact = malloc(byte_length + 1); /* malloc(0) may be NULL */
    memcpy(exact, scratch, byte_length);
    exact = realloc(exact, byte_length > 0 ? byte_length : 1);
    decoder_error error;
    if (decoder_load(self, exact, byte_length, &error) == DECODER_OK) {
      let_in++;
      decoder_set_logit_scale(self, 0.02f, 0.0f);
    } else if (error.detail[0] == 0) {
      return 3;
    }
    speak(self);
    free(exact);
    free(scratch);
  }
  printf("%d\n", let_in);
  free(self);
  free(good);
  return 0;
}
