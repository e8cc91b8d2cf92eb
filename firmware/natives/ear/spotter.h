/* Decides from a wake model's probabilities whether its word was said. */
#ifndef EARSHOT_SPOTTER_H
#define EARSHOT_SPOTTER_H

#include "stream.h"

#define SPOTTER_MAX_WINDOW 32
#define SPOTTER_REFRACTORY_FRAMES 200 /* 2 s: one saying of the word wakes once */

typedef struct {
  stream stream;
  int cutoff; /* a probability in 65536ths */
  int window;
  uint8_t probabilities[SPOTTER_MAX_WINDOW];
  int next;   /* where the next probability goes */
  int filled; /* how many are there, up to window */
  int sum;    /* of those */
  int refractory_frames;
} spotter;

/* Whether a cutoff (0 … 65536) and a window (1 … SPOTTER_MAX_WINDOW) are in range. */
int spotter_accepts(int cutoff, int window);

/* 0 when the model is no wake model. Cutoff and window are in range. */
int spotter_init(spotter *self, model *net, int cutoff, int window);

void spotter_reset(spotter *self);

/* The mean probability in thousandths when the word is heard with this frame, else -1. */
int spotter_frame(spotter *self, const uint16_t frame[FEATURES_CHANNELS]);

#endif
