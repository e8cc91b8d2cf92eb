/* LEDs with a wire for data and one for the clock, 8 MHz: APA102. Private to ring_output.c. */
#ifndef EARSHOT_RING_SPI_H
#define EARSHOT_RING_SPI_H

#include <stddef.h>

#include "driver/spi_master.h"

typedef struct {
  int is_open; /* the bus is */
  spi_device_handle_t device;
  spi_transaction_t transaction;
  int is_sending;
} ring_spi;

/* All zero before and, when it fails, after. */
esp_err_t ring_spi_open(ring_spi *self, int data_pin, int clock_pin, size_t most_bytes);
int ring_spi_is_free(ring_spi *self, int wait_ms);
esp_err_t ring_spi_send(ring_spi *self, const void *wire, size_t byte_length);
void ring_spi_close(ring_spi *self);

#endif
