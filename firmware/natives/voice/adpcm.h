/* IMA ADPCM: four bits a sample, the first of a byte in its lower half. */
#ifndef EARSHOT_ADPCM_H
#define EARSHOT_ADPCM_H

#include <stdint.h>

/* Zeros are the state at the beginning: silence, and the finest step. */
typedef struct {
  int32_t value;
  int32_t index;
} adpcm;

/* The sample that these four bits stand for. */
int16_t adpcm_next(adpcm *self, unsigned code);

#endif
