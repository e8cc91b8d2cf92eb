/* What the ear heard last: 2.56 s of features (20 KiB), of mel spectra where they are wanted (8 KiB), and six seconds of
 * loudness. Long enough for a wake word, the delay of its detection and the way to JavaScript and back. */
#ifndef EARSHOT_PAST_H
#define EARSHOT_PAST_H

#include "../features/features.h"

#define PAST_FRAMES 256
#define PAST_LEVELS 600

typedef struct {
  uint16_t frames[PAST_FRAMES][FEATURES_CHANNELS];
  int8_t mels[PAST_FRAMES][FEATURES_MEL_BANDS];
  int8_t levels[PAST_LEVELS]; /* of each frame's last 10 ms, dB; of frame i at i % PAST_LEVELS */
  uint32_t count;             /* frames since the last reset; frame i lies at i % PAST_FRAMES */
  uint32_t mel_count;         /* how many of the last frames have a mel spectrum, up to PAST_FRAMES */
} past;

void past_clear(past *self);

/* mel: the frame's mel spectrum, or NULL where nobody wants it. */
void past_add(past *self, const uint16_t frame[FEATURES_CHANNELS], const int8_t *mel, int level);

/* The oldest frame that is still there. */
uint32_t past_oldest(const past *self);

const uint16_t *past_frame(const past *self, uint32_t index);

/* Of one of the last mel_count frames. */
const int8_t *past_mel(const past *self, uint32_t index);

/* The oldest frame whose level is still there. */
uint32_t past_oldest_level(const past *self);

/* Of one of the last PAST_LEVELS frames: dB below full scale. */
int past_level_at(const past *self, uint32_t index);

/* The loudest of the last frames, at most `frames` of them: dB below full scale, -96 for silence. */
int past_level(const past *self, uint32_t frames);

#endif
