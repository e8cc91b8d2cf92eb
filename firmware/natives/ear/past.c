#include "past.h"

#include <string.h>

#include "level.h"

void past_clear(past *self) {
  memset(self, 0, sizeof *self);
}

void past_add(past *self, const uint16_t frame[FEATURES_CHANNELS], const int8_t *mel, int level) {
  self->levels[self->count % PAST_LEVELS] = (int8_t)level;
  const uint32_t at = self->count++ % PAST_FRAMES;
  memcpy(self->frames[at], frame, sizeof self->frames[0]);
  if (!mel) {
    self->mel_count = 0;
    return;
  }
  memcpy(self->mels[at], mel, sizeof self->mels[0]);
  if (self->mel_count < PAST_FRAMES) self->mel_count++;
}

uint32_t past_oldest(const past *self) {
  return self->count < PAST_FRAMES ? 0 : self->count - PAST_FRAMES;
}

const uint16_t *past_frame(const past *self, uint32_t index) {
  return self->frames[index % PAST_FRAMES];
}

const int8_t *past_mel(const past *self, uint32_t index) {
  return self->mels[index % PAST_FRAMES];
}

uint32_t past_oldest_level(const past *self) {
  return self->count < PAST_LEVELS ? 0 : self->count - PAST_LEVELS;
}

int past_level_at(const past *self, uint32_t index) {
  return self->levels[index % PAST_LEVELS];
}

int past_level(const past *self, uint32_t frames) {
  const uint32_t kept = self->count - past_oldest(self);
  int loudest = LEVEL_SILENCE;
  for (uint32_t i = self->count - (frames < kept ? frames : kept); i != self->count; i++) {
    const int level = past_level_at(self, i);
    if (level > loudest) loudest = level;
  }
  return loudest;
}
