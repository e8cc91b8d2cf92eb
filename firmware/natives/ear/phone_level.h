/* Holds the level of what the phone model hears, so that loud and quiet speech look alike: all bands of a frame less
 * one number, which follows how loud it is, up in 80 ms and down in 5 s, and stays 10 dB above what is there without
 * a word. Measured as the mean of the bands, for then hum in some of them matters little. */
#ifndef EARSHOT_PHONE_LEVEL_H
#define EARSHOT_PHONE_LEVEL_H

#include "../features/features.h"

/* What one step of the model's input stands for, and which value the least power that it sees, 64 dB below the level. */
#define PHONE_LEVEL_SCALE (1.0f / 32)
#define PHONE_LEVEL_ZERO_POINT (-128)

typedef struct {
  int32_t held; /* sum over the bands, in 1/65536 of their half decibels */
  int is_set;   /* the first frame since the last reset has been heard */
} phone_level;

void phone_level_reset(phone_level *self);

/* Follows one more frame of features_take_bands. */
void phone_level_follow(phone_level *self, const int8_t bands[FEATURES_CHANNELS]);

/* A frame as the phone model hears it at the present level: half decibels above it, from -128 to 127. */
void phone_level_apply(const phone_level *self, const int8_t bands[FEATURES_CHANNELS],
                       int8_t input[FEATURES_CHANNELS]);

#endif
