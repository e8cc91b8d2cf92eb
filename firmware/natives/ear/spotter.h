/* What a wake model thinks, smoothed: the mean of its last probabilities. */
#ifndef EARSHOT_SPOTTER_H
#define EARSHOT_SPOTTER_H

#include "stream.h"

#define SPOTTER_MAX_WINDOW 32

/* A model that was just switched on says anything: it is not asked before it has heard as much as the shortest wake
 * word lasts, as nothing that it says until then can be about one. */
#define SPOTTER_WARM_UP_FRAMES 40

typedef struct {
  stream stream;
  uint8_t probabilities[SPOTTER_MAX_WINDOW];
  int next;         /* where the next probability goes */
  int filled;       /* how many are there, up to SPOTTER_MAX_WINDOW */
  int heard_frames; /* since the model was reset, up to SPOTTER_WARM_UP_FRAMES */
} spotter;

/* 0 when the model is no wake model. */
int spotter_init(spotter *self, model *net);

void spotter_reset(spotter *self);

/* Forgets the probabilities, but not the model's state. */
void spotter_begin_anew(spotter *self);

/* Returns 1 when this frame gave a new probability; none does while the model warms up. */
int spotter_frame(spotter *self, const uint16_t frame[FEATURES_CHANNELS]);

/* The mean of the last `window` (1 … SPOTTER_MAX_WINDOW) probabilities in 65536ths; 0 while there are fewer. */
int spotter_mean(const spotter *self, int window);

#endif
