#include "phone_input.h"

#include <string.h>

void phone_input_init(phone_input *self, ear_phone_features kind) {
  self->kind = kind;
  phone_input_reset(self);
}

int phone_input_fits(const phone_input *self, const model_tensor *input) {
  if (self->kind == EAR_NOISE_REDUCED) return 1;
  return self->kind == EAR_PLAIN && input->scale == PHONE_LEVEL_SCALE &&
         input->zero_point == PHONE_LEVEL_ZERO_POINT;
}

void phone_input_reset(phone_input *self) {
  phone_level_reset(&self->level);
}

void phone_input_keep(phone_input *self, const stream *phones, const features *front_end,
                      const uint16_t frame[FEATURES_CHANNELS], int8_t kept[FEATURES_CHANNELS]) {
  if (self->kind == EAR_PLAIN) {
    features_take_bands(front_end, kept);
    phone_level_follow(&self->level, kept);
  } else {
    quantizer_apply(&phones->quantizer, frame, FEATURES_CHANNELS, kept);
  }
}

void phone_input_hear(const phone_input *self, const int8_t kept[FEATURES_CHANNELS],
                      int8_t heard[FEATURES_CHANNELS]) {
  if (self->kind == EAR_PLAIN)
    phone_level_apply(&self->level, kept, heard);
  else
    memcpy(heard, kept, FEATURES_CHANNELS);
}
