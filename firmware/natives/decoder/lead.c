#include "lead.h"

void lead_hear(lead *self, int best_class) {
  if (best_class == 0) {
    self->blank_rows++;
  } else {
    self->blank_rows = 0;
    if (best_class != self->before) {
      self->phones++;
      self->loss += LEAD_PHONE_LOSS;
      if (self->rows >= LEAD_ROWS) self->late_phones++;
    }
  }
  self->before = (uint8_t)best_class;
  self->rows++;
}

void lead_begin_again(lead *self) {
  lead again = {.rows = self->rows, .has_murmured = 1};
  *self = again;
}

int lead_is_open(const lead *self) {
  return self->phones <= LEAD_MAX_PHONES;
}

int lead_heard_speech(const lead *self) {
  return self->phones > LEAD_MAX_PHONES || self->late_phones >= LEAD_SPEECH_PHONES;
}
