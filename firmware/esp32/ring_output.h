/* The wire of a ring of LEDs: sends rendered pictures (see ring_wire.h) without waiting. */
#ifndef EARSHOT_RING_OUTPUT_H
#define EARSHOT_RING_OUTPUT_H

#include "ring_rmt.h"
#include "ring_spi.h"

typedef struct {
  int uses_spi; /* else the remote control peripheral */
  ring_rmt rmt;
  ring_spi spi;
} ring_output;

/* One wire, 800,000 bits a second: WS2812 and SK6812. */
esp_err_t ring_output_open_rmt(ring_output *self, int pin);

/* Data and clock, 8 MHz: APA102. */
esp_err_t ring_output_open_spi(ring_output *self, int data_pin, int clock_pin, size_t most_bytes);

int ring_output_is_open(const ring_output *self);

/* Whether the last picture is out, waiting for up to `wait_ms`. Its bytes are the output's until then. */
int ring_output_is_free(ring_output *self, int wait_ms);

/* Begins to send; the output is free. The bytes are in internal RAM. */
esp_err_t ring_output_send(ring_output *self, const void *wire, size_t byte_length);

/* Lets go of the pins, open or half open. */
void ring_output_close(ring_output *self);

#endif
