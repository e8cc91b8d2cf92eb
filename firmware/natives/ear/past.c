#include "past.h"

#include <string.h>

#include "level.h"

void past_clear(past *self) {
  memset(self, 0, sizeof *self);
}

/* How many of the last frames are kept, with this one. */
static uint32_t keep(int8_t *place, const int8_t *frame, size_t byte_length, uint32_t kept_so_far) {
  if (!frame) return 0;
  memcpy(place, frame, byte_length);
  return kept_so_far < PAST_FRAMES ? kept_so_far + 1 : PAST_FRAMES;
}

void past_add(past *self, const int8_t *phones, const int8_t *mel, int level) {
  self->levels[self->count % PAST_LEVELS] = (int8_t)level;
  const uint32_t at = self->count++ % PAST_FRAMES;
  self->phone_count = keep(self->phones[at], phones, sizeof self->phones[0], self->phone_count);
  self->mel_count = keep(self->mels[at], mel, sizeof self->mels[0], self->mel_count);
}

void past_forget_phones(past *self) {
  memset(self->phones, 0, sizeof self->phones);
  self->phone_count = 0;
}

uint32_t past_oldest(const past *self) {
  return self->count - self->phone_count;
}

const int8_t *past_phones(const past *self, uint32_t index) {
  return self->phones[index % PAST_FRAMES];
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
  const uint32_t kept = self->count - past_oldest_level(self);
  int loudest = LEVEL_SILENCE;
  for (uint32_t i = self->count - (frames < kept ? frames : kept); i != self->count; i++) {
    const int level = past_level_at(self, i);
    if (level > loudest) loudest = level;
  }
  return loudest;
}
