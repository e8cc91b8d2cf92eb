/* LEDs on one wire, 800,000 bits a second: WS2812 and SK6812, by the remote control peripheral. Private to ring_output.c. */
#ifndef EARSHOT_RING_RMT_H
#define EARSHOT_RING_RMT_H

#include <stddef.h>

#include "driver/rmt_tx.h"

typedef struct {
  rmt_channel_handle_t channel;
  rmt_encoder_handle_t encoder;
} ring_rmt;

/* All zero before and, when it fails, after. */
esp_err_t ring_rmt_open(ring_rmt *self, int pin);
int ring_rmt_is_free(ring_rmt *self, int wait_ms);
esp_err_t ring_rmt_send(ring_rmt *self, const void *wire, size_t byte_length);
void ring_rmt_close(ring_rmt *self);

#endif
