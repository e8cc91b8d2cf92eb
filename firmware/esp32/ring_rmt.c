#include "ring_rmt.h"

#include <string.h>

#define TICK_HZ 10000000u /* 0.1 us */
#define DMA_SYMBOLS 1024  /* one a bit; longer pictures are refilled half by half, every 0.6 ms */
#define SYMBOLS 64        /* the same without DMA: every 40 us, which other interrupts may be late for */

/* The data sheets of WS2812B and SK6812 agree on 0.3 us high for 0 and at least 0.6 us for 1, 1.2 us in all. The pause
 * that ends a picture is what lies between two of them. */
static const rmt_bytes_encoder_config_t bits = {
    .bit0 = {.level0 = 1, .duration0 = 3, .level1 = 0, .duration1 = 9},
    .bit1 = {.level0 = 1, .duration0 = 8, .level1 = 0, .duration1 = 4},
    .flags = {.msb_first = 1},
};

static esp_err_t new_channel(int pin, int with_dma, rmt_channel_handle_t *made) {
  const rmt_tx_channel_config_t config = {
      .gpio_num = (gpio_num_t)pin,
      .clk_src = RMT_CLK_SRC_DEFAULT,
      .resolution_hz = TICK_HZ,
      .mem_block_symbols = with_dma ? DMA_SYMBOLS : SYMBOLS,
      .trans_queue_depth = 1,
      .flags = {.with_dma = with_dma ? 1 : 0},
  };
  return rmt_new_tx_channel(&config, made);
}

esp_err_t ring_rmt_open(ring_rmt *self, int pin) {
  esp_err_t status = new_channel(pin, 1, &self->channel);
  if (status != ESP_OK)
    status = new_channel(pin, 0, &self->channel); /* somebody else has the channel with DMA */
  if (status == ESP_OK) status = rmt_new_bytes_encoder(&bits, &self->encoder);
  if (status == ESP_OK) status = rmt_enable(self->channel);
  if (status != ESP_OK) ring_rmt_close(self);
  return status;
}

int ring_rmt_is_free(ring_rmt *self, int wait_ms) {
  return rmt_tx_wait_all_done(self->channel, wait_ms) == ESP_OK;
}

esp_err_t ring_rmt_send(ring_rmt *self, const void *wire, size_t byte_length) {
  const rmt_transmit_config_t once = {.loop_count = 0};
  return rmt_transmit(self->channel, self->encoder, wire, byte_length, &once);
}

void ring_rmt_close(ring_rmt *self) {
  if (self->channel) {
    rmt_disable(self->channel); /* refuses, and does nothing, when it is not enabled */
    rmt_del_channel(self->channel);
  }
  if (self->encoder) rmt_del_encoder(self->encoder);
  memset(self, 0, sizeof *self);
}
