/* What the ear heard last: 2.56 s of what the phone model hears (10 KiB) and of mel spectra (8 KiB), where they are
 * wanted, and six seconds of loudness. Long enough for a wake word, the delay of its detection and the way to JavaScript
 * and back. */
#ifndef EARSHOT_PAST_H
#define EARSHOT_PAST_H

#include "../features/features.h"
#include "second_look_numbers.h"

#define PAST_FRAMES 256

typedef struct {
  int8_t phones[PAST_FRAMES][FEATURES_CHANNELS]; /* see phone_input.h */
  int8_t mels[PAST_FRAMES][FEATURES_MEL_BANDS];
  int8_t levels[PAST_LEVELS]; /* of each frame's last 10 ms, dB; of frame i at i % PAST_LEVELS */
  uint32_t count;             /* frames since the last reset; frame i lies at i % PAST_FRAMES */
  uint32_t phone_count; /* how many of the last frames are there for the phone model, up to PAST_FRAMES */
  uint32_t mel_count;   /* and how many have a mel spectrum */
} past;

void past_clear(past *self);

/* phones: the frame for the phone model; mel: its mel spectrum. Each is NULL where nobody wants it. */
void past_add(past *self, const int8_t *phones, const int8_t *mel, int level);

/* Forgets the frames for the phone model: another one is to hear. */
void past_forget_phones(past *self);

/* The oldest frame that is still there for the phone model. */
uint32_t past_oldest(const past *self);

/* One of those, as phone_input keeps it. */
const int8_t *past_phones(const past *self, uint32_t index);

/* Of one of the last mel_count frames. */
const int8_t *past_mel(const past *self, uint32_t index);

/* The oldest frame whose level is still there. */
uint32_t past_oldest_level(const past *self);

/* Of one of the last PAST_LEVELS frames: dB below full scale. */
int past_level_at(const past *self, uint32_t index);

/* The loudest of the last frames, at most `frames` of them: dB below full scale, -96 for silence. */
int past_level(const past *self, uint32_t frames);

#endif
