#include "ring_output.h"

#include <string.h>

esp_err_t ring_output_open_rmt(ring_output *self, int pin) {
  memset(self, 0, sizeof *self);
  return ring_rmt_open(&self->rmt, pin);
}

esp_err_t ring_output_open_spi(ring_output *self, int data_pin, int clock_pin, size_t most_bytes) {
  memset(self, 0, sizeof *self);
  self->uses_spi = 1;
  return ring_spi_open(&self->spi, data_pin, clock_pin, most_bytes);
}

int ring_output_is_open(const ring_output *self) {
  return self->spi.is_open || self->rmt.channel != NULL;
}

int ring_output_is_free(ring_output *self, int wait_ms) {
  return self->uses_spi ? ring_spi_is_free(&self->spi, wait_ms) : ring_rmt_is_free(&self->rmt, wait_ms);
}

esp_err_t ring_output_send(ring_output *self, const void *wire, size_t byte_length) {
  return self->uses_spi ? ring_spi_send(&self->spi, wire, byte_length)
                        : ring_rmt_send(&self->rmt, wire, byte_length);
}

void ring_output_close(ring_output *self) {
  if (self->uses_spi)
    ring_spi_close(&self->spi);
  else
    ring_rmt_close(&self->rmt);
  memset(self, 0, sizeof *self);
}
