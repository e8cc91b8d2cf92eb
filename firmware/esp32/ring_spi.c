#include "ring_spi.h"

#include <string.h>

#include "freertos/FreeRTOS.h"

#define HOST SPI3_HOST /* the other one, SPI2, is the usual one for displays */
#define CLOCK_HZ (8 * 1000 * 1000)

esp_err_t ring_spi_open(ring_spi *self, int data_pin, int clock_pin, size_t most_bytes) {
  const spi_bus_config_t bus = {
      .mosi_io_num = data_pin,
      .miso_io_num = -1,
      .sclk_io_num = clock_pin,
      .quadwp_io_num = -1,
      .quadhd_io_num = -1,
      .max_transfer_sz = (int)most_bytes,
  };
  esp_err_t status = spi_bus_initialize(HOST, &bus, SPI_DMA_CH_AUTO);
  if (status != ESP_OK) return status;
  self->is_open = 1;
  const spi_device_interface_config_t device = {
      .clock_speed_hz = CLOCK_HZ, .spics_io_num = -1, .queue_size = 1, .flags = SPI_DEVICE_NO_DUMMY};
  status = spi_bus_add_device(HOST, &device, &self->device);
  if (status != ESP_OK) ring_spi_close(self);
  return status;
}

int ring_spi_is_free(ring_spi *self, int wait_ms) {
  spi_transaction_t *done;
  if (self->is_sending && spi_device_get_trans_result(self->device, &done, pdMS_TO_TICKS(wait_ms)) == ESP_OK)
    self->is_sending = 0;
  return !self->is_sending;
}

esp_err_t ring_spi_send(ring_spi *self, const void *wire, size_t byte_length) {
  if (self->is_sending) return ESP_ERR_INVALID_STATE;
  memset(&self->transaction, 0, sizeof self->transaction);
  self->transaction.length = 8 * byte_length;
  self->transaction.tx_buffer = wire;
  const esp_err_t status = spi_device_queue_trans(self->device, &self->transaction, 0);
  self->is_sending = status == ESP_OK;
  return status;
}

void ring_spi_close(ring_spi *self) {
  if (self->device) spi_bus_remove_device(self->device);
  if (self->is_open) spi_bus_free(HOST);
  memset(self, 0, sizeof *self);
}
