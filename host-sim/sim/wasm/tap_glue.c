/* For the laptop's pages: what an ear thinks at the moment, number by number. No sample is among them, and no binding of the
 * chip knows of these functions. */
#include "../../../firmware/natives/ear/ear_object.h"

/* Of the ear's own history since it was emptied last: one more for each 10 ms heard. */
uint32_t ear_tap_frames(const ear *self) {
  return self->past.count;
}

/* One of the 40 channels that the phone model heard last, -128 to 127; -128 while it hears nothing. */
int ear_tap_feature(const ear *self, int channel) {
  if (self->past.phone_count == 0 || channel < 0 || channel >= FEATURES_CHANNELS) return -128;
  return past_phones(&self->past, self->past.count - 1)[channel];
}

static const wake_word *word_of(const ear *self, int index) {
  return index >= 0 && index < self->wake_word_count ? &self->wake_words[index] : NULL;
}

/* The spotter's mean over the window of the sensitivity that is set, 65536ths. */
int ear_tap_wake_mean(const ear *self, int index) {
  const wake_word *word = word_of(self, index);
  return word ? spotter_mean(&word->spotter, word->points[self->sensitivity].window) : 0;
}

/* Whether a second look is open. */
int ear_tap_is_looking(const ear *self, int index) {
  const wake_word *word = word_of(self, index);
  return word && word->phase == WAKE_WORD_LOOKING;
}

/* What the open look has found, a phone's loss in 256ths of a nat; ALIGNMENT_NO_FIT where nothing. */
int32_t ear_tap_look_loss(const ear *self, int index) {
  const wake_word *word = word_of(self, index);
  return word ? word->found.loss_per_phone : ALIGNMENT_NO_FIT;
}

/* The word verifier's best logit in the open look, 256ths of a nat; WORD_VERIFIER_NO_LOGIT before the first. */
int32_t ear_tap_look_logit(const ear *self, int index) {
  const wake_word *word = word_of(self, index);
  return word ? word->best_logit : WORD_VERIFIER_NO_LOGIT;
}

int ear_tap_is_listening(const ear *self) {
  return self->listening;
}

/* How sure the decoder is of the best whole sentence so far, 0 to 1000. */
int ear_tap_confidence(const ear *self) {
  return self->commands && self->listening ? decoder_confidence(self->commands) : 0;
}
