/* How much was talked around the speaker lately: who wants it mostly calls into a room where little is being said,
 * while a conversation or a television goes on and on, and each of its words may be heard as another. */
#ifndef EARSHOT_TALK_H
#define EARSHOT_TALK_H

#include <stdint.h>

#include "second_look_numbers.h"

#define TALK_KEPT (TALK_PIECES + TALK_LATEST_PIECES)

typedef struct {
  int8_t levels[TALK_KEPT]; /* of the last pieces, dB; of piece i at i % TALK_KEPT */
  uint32_t count;           /* pieces since it was last forgotten */
  uint64_t power;           /* of the piece under way */
  int frames;               /* that it has */
  int share;                /* of talk, 256ths */
} talk;

void talk_forget(talk *self);

/* One frame's level, dB. */
void talk_add(talk *self, int level);

/* How much of those ten seconds was talk, in 256ths. What was not heard was none. */
int talk_share(const talk *self);

#endif
