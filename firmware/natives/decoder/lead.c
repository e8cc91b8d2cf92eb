#include "lead.h"

void lead_start(lead *self, uint16_t tail_rows) {
  const lead fresh = {.tail_rows = tail_rows};
  *self = fresh;
}

int lead_hear(lead *self, int best_class, int32_t blank_loss) {
  const int is_new_phone = best_class != 0 && best_class != self->before;
  if (best_class == 0) {
    if (++self->blank_rows >= LEAD_PAUSE_ROWS) self->spoken = 0;
  } else {
    self->blank_rows = 0;
  }
  if (is_new_phone) {
    self->phones++;
    self->loss += LEAD_PHONE_LOSS;
    if (self->rows >= self->tail_rows) self->spoken += LEAD_SPOKEN_LOSS;
    if (self->rows >= LEAD_ROWS) self->late_phones++;
  }
  if (self->rows >= self->tail_rows) self->spoken += blank_loss;
  self->before = (uint8_t)best_class;
  self->rows++;
  return is_new_phone;
}

void lead_begin_again(lead *self) {
  lead again = {.rows = self->rows, .tail_rows = self->tail_rows, .has_murmured = 1};
  *self = again;
}

int lead_is_open(const lead *self) {
  return self->phones <= LEAD_MAX_PHONES;
}

int lead_heard_speech(const lead *self) {
  return self->phones > LEAD_MAX_PHONES || self->late_phones >= LEAD_SPEECH_PHONES;
}
