/* What the speaker can say: clips by their text, in one file that is read where it lies, in memory-mapped flash on the chip.
 * Written by models/train/voice. All numbers little-endian.
 *
 *   offset  0  "EARSHOTV"
 *           8  format       u16, 1
 *          10  clips        u16, at least 1
 *          12  byte length  u32, of the whole file
 *          16  sample rate  u32, VOICE_PACK_RATE
 *          20  text bytes   u32
 *          24  reserved     u32, 0
 *          28  checksum     CRC-32 of the 28 bytes before it, the table and the texts
 *          32  table        16 bytes a clip, in the order of the texts' bytes:
 *                 0  where its text begins   u32; ASCII, ends with a NUL
 *                 4  where its sound begins  u32
 *                 8  samples                 u32, at least 1
 *                12  checksum                CRC-32 of its sound
 *              texts, then sounds: IMA ADPCM (adpcm.h), each from its beginning */
#ifndef EARSHOT_VOICE_PACK_H
#define EARSHOT_VOICE_PACK_H

#include <stddef.h>
#include <stdint.h>

#define VOICE_PACK_RATE 16000u

/* A file whose table has been checked. The bytes stay the caller's and must not change. */
typedef struct {
  const uint8_t *bytes;
  uint32_t byte_length, clip_count;
} voice_pack;

typedef struct {
  const uint8_t *sound;
  uint32_t samples;
} voice_clip;

/* Opens the file that begins here, in a place of so many bytes. Returns 0, and there is no clip, when it is none, is cut, or
 * its table is damaged. Sounds are not checked yet. */
int voice_pack_open(voice_pack *self, const uint8_t *bytes, size_t place_bytes);

/* The index of the clip with this text of so many bytes, or -1. */
int voice_pack_find(const voice_pack *self, const char *text, size_t length);

/* Returns 0 when there is no such clip or its sound is damaged: a byte of it in some 15 instructions. */
int voice_pack_clip(const voice_pack *self, int index, voice_clip *clip);

#endif
