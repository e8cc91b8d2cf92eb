/* For scoring: every probability of a spotter, so that one pass serves all cutoffs. */
#include "../../../firmware/natives/ear/spotter.h"

size_t spotter_glue_bytes(void) {
  return sizeof(spotter);
}

/* 0 when the model is no wake model. */
int spotter_glue_init(spotter *self, model *net) {
  return spotter_init(self, net);
}

/* The probability in 256ths when this frame completes the model's step, else -1. */
int spotter_glue_frame(spotter *self, const uint16_t frame[FEATURES_CHANNELS]) {
  return spotter_frame(self, frame) ? spotter_mean(self, 1) / 256 : -1;
}
