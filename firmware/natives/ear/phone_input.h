/* What the phone model hears of each frame, by its kind. First what the past can keep of it, as bytes: channels after
 * noise reduction, as the model's input takes them; or plain ones, whose level is held only when the model hears them,
 * so that a replay is at the level that its end has come to. */
#ifndef EARSHOT_PHONE_INPUT_H
#define EARSHOT_PHONE_INPUT_H

#include "../features/features.h"
#include "ear.h"
#include "phone_level.h"
#include "stream.h"

typedef struct {
  ear_phone_features kind;
  phone_level level; /* of plain channels */
} phone_input;

void phone_input_init(phone_input *self, ear_phone_features kind);

/* Whether a model's input takes this kind: plain channels come in steps of PHONE_LEVEL_SCALE from
 * PHONE_LEVEL_ZERO_POINT on. */
int phone_input_fits(const phone_input *self, const model_tensor *input);

void phone_input_reset(phone_input *self);

/* What to keep of the frame that the front end completed last. Follows its level. */
void phone_input_keep(phone_input *self, const stream *phones, const features *front_end,
                      const uint16_t frame[FEATURES_CHANNELS], int8_t kept[FEATURES_CHANNELS]);

/* What the model hears, now, of what was kept. */
void phone_input_hear(const phone_input *self, const int8_t kept[FEATURES_CHANNELS],
                      int8_t heard[FEATURES_CHANNELS]);

#endif
