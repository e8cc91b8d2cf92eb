/* The stream of a speech embedding: mel spectra in, every 80 ms a row of numbers that says what was spoken in the last
 * 760 ms. It runs only while a word verifier wants to know; the rows that one may ask for are kept. */
#ifndef EARSHOT_EMBEDDING_H
#define EARSHOT_EMBEDDING_H

#include "../features/features.h"
#include "../model/model.h"
#include "past.h"

#define EMBEDDING_NUMBERS 96      /* in a row */
#define EMBEDDING_MAX_ROWS 16     /* that are kept: 1.28 s */
#define EMBEDDING_STRIDE_FRAMES 8 /* between rows */
#define EMBEDDING_REACH_FRAMES 76 /* that a row tells of */

typedef struct {
  model *net; /* NULL: there is none */
  model_tensor input;
  model_tensor output;
  int collected_frames;
  int8_t rows[EMBEDDING_MAX_ROWS][EMBEDDING_NUMBERS];
  int next;
  int is_fresh; /* no row since the last reset */
} embedding;

/* 0 when the model is no embedding: int8 [1, 8, 32, 1] in, in steps of 1/16 from -128 on, and int8 [1, 96] out. */
int embedding_init(embedding *self, model *net);

/* Forgets collected spectra, rows and the model's state. */
void embedding_reset(embedding *self);

/* Returns 1 when this frame completed a row. */
int embedding_frame(embedding *self, const int8_t mel[FEATURES_MEL_BANDS]);

/* Copies the last `count` rows, the oldest first. What lies before the first row is taken to have been like it. */
void embedding_latest(const embedding *self, int count, int8_t *rows);

/* Starts anew. Returns how many of the last frames of the past are to be heard for `count` rows: whole strides, so that
 * the last row is of the newest frame. */
uint32_t embedding_begin(embedding *self, const past *heard, int count);

#endif
