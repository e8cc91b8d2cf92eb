#include "sound_bus.h"

#include <stddef.h>

#include "driver/i2s_pdm.h"
#include "driver/i2s_std.h"

/* PDM microphones work on the first controller only; a shared one must be the same for both. */
#define INPUT_PORT I2S_NUM_0
#define OUTPUT_PORT I2S_NUM_1

/* The loudspeaker's half of a shared controller, and the clock pin by which it is known. */
static i2s_chan_handle_t shared_output;
static int shared_clock = -1;

static i2s_chan_config_t channel_config(int port, const sound_bus *bus) {
  return (i2s_chan_config_t){
      .id = port,
      .role = bus->primary ? I2S_ROLE_MASTER : I2S_ROLE_SLAVE,
      .dma_desc_num = SOUND_BUS_DMA_BUFFERS,
      .dma_frame_num = (uint32_t)(bus->sample_rate * SOUND_BUS_BUFFER_MS / 1000),
      .auto_clear_after_cb = true, /* silence when nothing is played */
  };
}

static i2s_std_slot_mask_t slot_mask(sound_bus_channel channel) {
  if (channel == SOUND_BUS_BOTH) return I2S_STD_SLOT_BOTH;
  return channel == SOUND_BUS_LEFT ? I2S_STD_SLOT_LEFT : I2S_STD_SLOT_RIGHT;
}

/* A pin that is not named is left alone. */
static gpio_num_t pin(int number) {
  return number < 0 ? I2S_GPIO_UNUSED : (gpio_num_t)number;
}

static i2s_std_config_t standard_config(const sound_bus *bus, int data_bits, i2s_slot_mode_t mode) {
  i2s_std_config_t config = {
      .clk_cfg = I2S_STD_CLK_DEFAULT_CONFIG((uint32_t)bus->sample_rate),
      .slot_cfg = I2S_STD_PHILIPS_SLOT_DEFAULT_CONFIG((i2s_data_bit_width_t)data_bits, mode),
      .gpio_cfg = {.mclk = pin(bus->master_clock),
                   .bclk = pin(bus->clock),
                   .ws = pin(bus->select),
                   .dout = I2S_GPIO_UNUSED,
                   .din = I2S_GPIO_UNUSED},
  };
  config.slot_cfg.slot_bit_width = (i2s_slot_bit_width_t)bus->slot_bits;
  config.slot_cfg.slot_mask = slot_mask(bus->channel);
  config.slot_cfg.ws_width = (uint32_t)bus->slot_bits;
  return config;
}

static esp_err_t init_output(const sound_bus *loudspeaker, i2s_chan_handle_t output) {
  i2s_std_config_t config = standard_config(loudspeaker, I2S_DATA_BIT_WIDTH_16BIT, I2S_SLOT_MODE_MONO);
  config.gpio_cfg.dout = pin(loudspeaker->data);
  const esp_err_t status = i2s_channel_init_std_mode(output, &config);
  return status == ESP_OK ? i2s_channel_enable(output) : status;
}

static i2s_slot_mode_t input_mode(const sound_bus *microphone) {
  return microphone->channel == SOUND_BUS_BOTH ? I2S_SLOT_MODE_STEREO : I2S_SLOT_MODE_MONO;
}

static esp_err_t init_standard_input(const sound_bus *microphone, i2s_chan_handle_t input) {
  i2s_std_config_t config = standard_config(microphone, microphone->slot_bits, input_mode(microphone));
  config.gpio_cfg.din = pin(microphone->data);
  return i2s_channel_init_std_mode(input, &config);
}

static esp_err_t init_pdm_input(const sound_bus *microphone, i2s_chan_handle_t input) {
  i2s_pdm_rx_config_t config = {
      .clk_cfg = I2S_PDM_RX_CLK_DEFAULT_CONFIG((uint32_t)microphone->sample_rate),
      .slot_cfg = I2S_PDM_RX_SLOT_PCM_FMT_DEFAULT_CONFIG(I2S_DATA_BIT_WIDTH_16BIT, input_mode(microphone)),
      .gpio_cfg = {.clk = pin(microphone->clock), .din = pin(microphone->data)},
  };
  if (microphone->channel == SOUND_BUS_RIGHT) config.slot_cfg.slot_mask = I2S_PDM_SLOT_RIGHT;
  return i2s_channel_init_pdm_rx_mode(input, &config);
}

static esp_err_t new_channels(const sound_bus *microphone, const sound_bus *loudspeaker,
                              i2s_chan_handle_t *input) {
  const i2s_chan_config_t config = channel_config(INPUT_PORT, microphone);
  if (!loudspeaker || loudspeaker->clock != microphone->clock) return i2s_new_channel(&config, NULL, input);
  esp_err_t status = i2s_new_channel(&config, &shared_output, input);
  if (status != ESP_OK) return status;
  shared_clock = loudspeaker->clock;
  return init_output(loudspeaker, shared_output); /* first: the one that comes second follows its clock */
}

esp_err_t sound_bus_open_input(const sound_bus *microphone, const sound_bus *loudspeaker,
                               i2s_chan_handle_t *input) {
  *input = NULL;
  esp_err_t status = new_channels(microphone, loudspeaker, input);
  if (status == ESP_OK)
    status = microphone->pdm ? init_pdm_input(microphone, *input) : init_standard_input(microphone, *input);
  if (status == ESP_OK) return ESP_OK;
  sound_bus_close(*input);
  sound_bus_close(shared_output);
  *input = NULL;
  return status;
}

esp_err_t sound_bus_open_output(const sound_bus *loudspeaker, i2s_chan_handle_t *output) {
  *output = shared_output;
  if (shared_output) return shared_clock == loudspeaker->clock ? ESP_OK : ESP_ERR_INVALID_STATE;
  const i2s_chan_config_t config = channel_config(OUTPUT_PORT, loudspeaker);
  esp_err_t status = i2s_new_channel(&config, output, NULL);
  if (status == ESP_OK) status = init_output(loudspeaker, *output);
  if (status == ESP_OK) return ESP_OK;
  sound_bus_close(*output);
  *output = NULL;
  return status;
}

void sound_bus_close(i2s_chan_handle_t channel) {
  if (!channel) return;
  if (channel == shared_output) shared_output = NULL;
  i2s_channel_disable(channel); /* refuses, and does nothing, when it is not enabled */
  i2s_del_channel(channel);
}
