#include "voice_pack.h"

#include <string.h>

#include "../checksum/crc32.h"

#define FORMAT 1
#define HEADER_BYTES 32u
#define ENTRY_BYTES 16u
#define CHECKSUM_AT 28u

static uint32_t u32_at(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static uint32_t u16_at(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
}

static const uint8_t *entry_at(const voice_pack *self, uint32_t index) {
  return self->bytes + HEADER_BYTES + index * ENTRY_BYTES;
}

/* Texts follow each other from the table on, and sounds from the texts on; so nothing lies outside the file. */
static int is_in_order(const voice_pack *self, uint32_t text_bytes) {
  uint32_t text = HEADER_BYTES + self->clip_count * ENTRY_BYTES;
  const uint32_t texts_end = text + text_bytes;
  uint32_t sound = texts_end;
  for (uint32_t i = 0; i < self->clip_count; i++) {
    const uint8_t *const entry = entry_at(self, i);
    const uint32_t samples = u32_at(entry + 8);
    const uint32_t left = self->byte_length - sound;
    if (u32_at(entry) != text || u32_at(entry + 4) != sound || samples == 0 ||
        samples / 2 + samples % 2 > left)
      return 0;
    while (text < texts_end && self->bytes[text]) text++;
    if (text++ == texts_end) return 0;
    sound += samples / 2 + samples % 2;
  }
  return text == texts_end && sound == self->byte_length;
}

int voice_pack_open(voice_pack *self, const uint8_t *bytes, size_t place_bytes) {
  memset(self, 0, sizeof *self);
  if (place_bytes < HEADER_BYTES || memcmp(bytes, "EARSHOTV", 8) != 0 || u16_at(bytes + 8) != FORMAT)
    return 0;
  const voice_pack read = {bytes, u32_at(bytes + 12), u16_at(bytes + 10)};
  const uint32_t text_bytes = u32_at(bytes + 20);
  const uint32_t table_bytes = read.clip_count * ENTRY_BYTES;
  if (read.byte_length > place_bytes || read.byte_length < HEADER_BYTES + table_bytes ||
      read.clip_count == 0 || text_bytes > read.byte_length - HEADER_BYTES - table_bytes ||
      u32_at(bytes + 16) != VOICE_PACK_RATE)
    return 0;
  const uint32_t sum =
      crc32_of(crc32_of(0, bytes, CHECKSUM_AT), bytes + HEADER_BYTES, table_bytes + text_bytes);
  if (sum != u32_at(bytes + CHECKSUM_AT) || !is_in_order(&read, text_bytes)) return 0;
  *self = read;
  return 1;
}

/* As strcmp, for a text of so many bytes. */
static int compare(const char *text, size_t length, const char *known) {
  for (size_t i = 0; i < length; i++)
    if (text[i] != known[i] || !known[i]) return (uint8_t)text[i] < (uint8_t)known[i] ? -1 : 1;
  return known[length] ? -1 : 0;
}

int voice_pack_find(const voice_pack *self, const char *text, size_t length) {
  uint32_t low = 0, high = self->clip_count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const int order = compare(text, length, (const char *)self->bytes + u32_at(entry_at(self, middle)));
    if (order == 0) return (int)middle;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return -1;
}

int voice_pack_clip(const voice_pack *self, int index, voice_clip *clip) {
  memset(clip, 0, sizeof *clip);
  if (index < 0 || (uint32_t)index >= self->clip_count) return 0;
  const uint8_t *const entry = entry_at(self, (uint32_t)index);
  const uint32_t samples = u32_at(entry + 8);
  const uint8_t *const sound = self->bytes + u32_at(entry + 4);
  if (crc32_of(0, sound, samples / 2 + samples % 2) != u32_at(entry + 12)) return 0;
  clip->sound = sound;
  clip->samples = samples;
  return 1;
}
