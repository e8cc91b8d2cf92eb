/* An output that switches something on the board: a supply, an amplifier, a microphone's power. */
#ifndef EARSHOT_LINE_H
#define EARSHOT_LINE_H

#include "driver/gpio.h"

typedef struct {
  int pin; /* -1: the board has none */
  int active_high;
} line;

/* Safe in an interrupt. */
static inline void line_set(const line *self, int on) {
  if (self->pin >= 0) gpio_set_level((gpio_num_t)self->pin, !on == !self->active_high);
}

/* Makes the pin an output that is off from the first moment. */
static inline esp_err_t line_open(const line *self) {
  if (self->pin < 0) return ESP_OK;
  line_set(self, 0);
  const gpio_config_t config = {.pin_bit_mask = 1ULL << self->pin, .mode = GPIO_MODE_OUTPUT};
  const esp_err_t status = gpio_config(&config);
  line_set(self, 0);
  return status;
}

/* Leaves it off. */
static inline void line_close(const line *self) {
  line_set(self, 0);
}

#endif
