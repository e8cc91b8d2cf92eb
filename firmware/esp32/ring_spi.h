/* The half of ring_output.h for LEDs with a clock. Private to ring_rmt.c. */
#ifndef EARSHOT_RING_SPI_H
#define EARSHOT_RING_SPI_H

#include "ring_output.h"

int ring_spi_is_free(ring_output *self, int wait_ms);
esp_err_t ring_spi_send(ring_output *self, const void *wire, size_t byte_length);
void ring_spi_close(ring_output *self);

#endif
