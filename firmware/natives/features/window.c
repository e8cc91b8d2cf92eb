#include "features_tables.h"
#include "steps.h"

#define WEIGHT_FRACTION_BITS 12

int features_take_window(const int16_t samples[FEATURES_WINDOW_SAMPLES], features_points *points) {
  int16_t weighted[FEATURES_WINDOW_SAMPLES];
  int16_t loudest = 0;
  for (int i = 0; i < FEATURES_WINDOW_SAMPLES; i++) {
    int16_t value = (int16_t)((samples[i] * features_window[i]) >> WEIGHT_FRACTION_BITS);
    /* -32768 has no positive twin and stays the least value here: it then counts as silence, as it does in
     * TFLM. */
    int16_t magnitude = (int16_t)(value < 0 ? -value : value);
    weighted[i] = value;
    loudest = magnitude > loudest ? magnitude : loudest;
  }

  int shift = 15 - features_bit_count((uint32_t)loudest);
  for (int i = 0; i < FEATURES_WINDOW_SAMPLES / 2; i++) {
    points->re[i] = (int16_t)((uint32_t)weighted[2 * i] << shift);
    points->im[i] = (int16_t)((uint32_t)weighted[2 * i + 1] << shift);
  }
  for (int i = FEATURES_WINDOW_SAMPLES / 2; i < FEATURES_POINTS; i++) {
    points->re[i] = 0;
    points->im[i] = 0;
  }
  return shift;
}
