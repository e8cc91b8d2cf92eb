#include "talk.h"

#include <string.h>

#include "level.h"

void talk_forget(talk *self) {
  memset(self, 0, sizeof *self);
}

static int share_of_talk(const talk *self) {
  if (self->count <= TALK_LATEST_PIECES) return 0;
  const uint32_t first = self->count < TALK_KEPT ? 0 : self->count - TALK_KEPT;
  int quietest = 0;
  for (uint32_t i = first; i != self->count; i++) {
    if (self->levels[i % TALK_KEPT] < quietest) quietest = self->levels[i % TALK_KEPT];
  }
  int loud = 0;
  for (uint32_t i = first; i != self->count - TALK_LATEST_PIECES; i++) {
    if (self->levels[i % TALK_KEPT] >= quietest + TALK_DB) loud++;
  }
  return loud * 256 / TALK_PIECES;
}

void talk_add(talk *self, int level) {
  self->power += level_power(level);
  if (++self->frames < TALK_PIECE_FRAMES) return;
  self->levels[self->count++ % TALK_KEPT] = (int8_t)level_of_power(self->power / TALK_PIECE_FRAMES);
  self->power = 0;
  self->frames = 0;
  self->share = share_of_talk(self);
}

int talk_share(const talk *self) {
  return self->share;
}
