#include "features_tables.h"
#include "steps.h"

#define FRACTION_BITS FEATURES_LOG_FRACTION_BITS
#define SEGMENT_BITS 9 /* of the fraction, within one of the table's 128 segments */

int32_t features_log2(uint64_t value) {
  int whole = 63 - __builtin_clzll(value);
  uint64_t at_top = value << (63 - whole);
  int32_t part = (int32_t)(at_top >> (63 - FRACTION_BITS)) & ((1 << FRACTION_BITS) - 1);
  int segment = part >> SEGMENT_BITS;
  int32_t bend = features_log2_bends[segment];
  int32_t slope = features_log2_bends[segment + 1] - bend;
  int32_t within = part & ((1 << SEGMENT_BITS) - 1);
  return (whole << FRACTION_BITS) + part + bend + ((slope * within) >> SEGMENT_BITS);
}
