#include "features_tables.h"
#include "steps.h"

#define LEFT_OUT_BITS 3 /* of the transform's division by 512, less the 6 that the weights' root put in */
#define GAIN_SHIFT 6    /* 21 fraction bits of the gain, less the ratio's 12 and those left out */
#define RATIO_ONE 4096
#define LOG_FRACTION_BITS 16
#define LOG_SEGMENT_BITS 7
#define LOG_OF_2 45426 /* in 1/65536 */
#define OUTPUT_FRACTION_BITS 6

/* The gain for a noise estimate, off a parabola between powers of two. */
static uint32_t gain_for(uint32_t noise) {
  int bits = features_bit_count(noise);
  const int16_t *curve = features_gain_curve + 3 * bits;
  int32_t along = (int32_t)((bits < 11 ? noise << (11 - bits) : noise >> (bits - 11)) & 0x3FF);
  int32_t change = (((curve[2] * along) >> 5) + curve[1] * 32) * along;
  return (uint32_t)(int16_t)(((change + (1 << 14)) >> 15) + curve[0]);
}

/* From a ratio in 1/4096 to one in 1/64: squared / 4 up to 2, minus one above, which meet smoothly. */
static uint32_t shrink(uint32_t ratio) {
  if (ratio < 2 * RATIO_ONE) return (ratio * ratio) >> 20;
  return (ratio >> 6) - 64;
}

void features_apply_gain(const uint32_t noise[FEATURES_CHANNELS], uint32_t channels[FEATURES_CHANNELS]) {
  for (int i = 0; i < FEATURES_CHANNELS; i++)
    channels[i] = shrink((uint32_t)(((uint64_t)channels[i] * gain_for(noise[i])) >> GAIN_SHIFT));
}

/* Base 2 first: the highest bit, then what follows it, bent up between the points of a table. */
static uint32_t natural_logarithm(uint32_t value) {
  int whole = features_bit_count(value) - 1;
  uint32_t past = value - ((uint32_t)1 << whole);
  uint32_t part =
      whole < LOG_FRACTION_BITS ? past << (LOG_FRACTION_BITS - whole) : past >> (whole - LOG_FRACTION_BITS);
  uint32_t segment = part >> (LOG_FRACTION_BITS - LOG_SEGMENT_BITS);
  int32_t within = (int32_t)(part - (segment << (LOG_FRACTION_BITS - LOG_SEGMENT_BITS)));
  int32_t bend = features_log2_bends[segment];
  int32_t slope = features_log2_bends[segment + 1] - bend;
  /* TFLM shifts by 16 where the 9 bits of a segment would be right; models are trained with what that gives.
   */
  bend += (slope * within) >> LOG_FRACTION_BITS;
  uint32_t log2 = ((uint32_t)whole << LOG_FRACTION_BITS) + part + (uint32_t)bend;
  uint32_t natural = (uint32_t)(((uint64_t)log2 * LOG_OF_2 + (1 << 15)) >> LOG_FRACTION_BITS);
  return ((natural << OUTPUT_FRACTION_BITS) + (1 << 15)) >> LOG_FRACTION_BITS;
}

void features_take_logarithm(const uint32_t channels[FEATURES_CHANNELS], uint16_t frame[FEATURES_CHANNELS]) {
  for (int i = 0; i < FEATURES_CHANNELS; i++) {
    uint32_t value = channels[i] << LEFT_OUT_BITS;
    frame[i] = (uint16_t)(value > 1 ? natural_logarithm(value) : 0);
  }
}
