/* Only what firmware/esp32 uses, with the signatures of ESP-IDF 6.0: npm run build:check holds them to that. */
#pragma once

#include "driver/i2s_common.h"

typedef enum { I2S_PDM_SLOT_RIGHT = 1, I2S_PDM_SLOT_LEFT = 2, I2S_PDM_SLOT_BOTH = 3 } i2s_pdm_slot_mask_t;

typedef struct {
  i2s_data_bit_width_t data_bit_width;
  i2s_slot_mode_t slot_mode;
  i2s_pdm_slot_mask_t slot_mask;
} i2s_pdm_rx_slot_config_t;

typedef struct {
  uint32_t sample_rate_hz;
} i2s_pdm_rx_clk_config_t;

typedef struct {
  gpio_num_t clk;
  gpio_num_t din;
} i2s_pdm_rx_gpio_config_t;

typedef struct {
  i2s_pdm_rx_clk_config_t clk_cfg;
  i2s_pdm_rx_slot_config_t slot_cfg;
  i2s_pdm_rx_gpio_config_t gpio_cfg;
} i2s_pdm_rx_config_t;

#define I2S_PDM_RX_CLK_DEFAULT_CONFIG(rate) {.sample_rate_hz = rate}
#define I2S_PDM_RX_SLOT_PCM_FMT_DEFAULT_CONFIG(bits, mode)                                                   \
  {.data_bit_width = bits,                                                                                   \
   .slot_mode = mode,                                                                                        \
   .slot_mask = (mode) == I2S_SLOT_MODE_MONO ? I2S_PDM_SLOT_LEFT : I2S_PDM_SLOT_BOTH}

esp_err_t i2s_channel_init_pdm_rx_mode(i2s_chan_handle_t handle, const i2s_pdm_rx_config_t *pdm_rx_cfg);
