/* Opens a file of clips cut at each length, and with each byte of its table changed and the checksum made right again, in
 * memory of just its size; says all clips of those that open. Built with the address and undefined-behaviour sanitisers.
 *
 *     voice_fuzz FILE      prints how many opened and how many were refused */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../firmware/natives/checksum/crc32.h"
#include "../../../firmware/natives/voice/voice.h"
#include "read_file.h"

static int opened, refused;

static void try_one(const uint8_t *bytes, size_t byte_length) {
  uint8_t *exact = malloc(byte_length ? byte_length : 1);
  memcpy(exact, bytes, byte_length);
  voice_pack pack;
  if (voice_pack_open(&pack, exact, byte_length)) {
    int16_t samples[7];
    voice *player = malloc(voice_bytes());
    voice_begin(player, &pack, "a\nbc\nb\nbcd", 44100, 100);
    while (voice_render(player, samples, 7) > 0) continue;
    free(player);
    opened++;
  } else
    refused++;
  free(exact);
}

static void put_checksum(uint8_t *bytes, size_t table_bytes) {
  const uint32_t sum = crc32_of(crc32_of(0, bytes, 28), bytes + 32, table_bytes);
  for (int i = 0; i < 4; i++) bytes[28 + i] = (uint8_t)(sum >> 8 * i);
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  size_t byte_length;
  uint8_t *bytes = read_file(argv[1], &byte_length);
  const size_t table_bytes = bytes[10] * 16u + bytes[20];
  for (size_t cut = 0; cut < byte_length; cut++) try_one(bytes, cut);
  for (size_t at = 8; at < 32 + table_bytes; at++)
    for (int change = 1; change < 256; change++) {
      bytes[at] ^= (uint8_t)change;
      put_checksum(bytes, table_bytes);
      try_one(bytes, byte_length);
      bytes[at] ^= (uint8_t)change;
    }
  free(bytes);
  printf("%d %d\n", opened, refused);
  return 0;
}
