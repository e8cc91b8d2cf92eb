#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/i2s_pdm.h"
#include "driver/i2s_std.h"
#include "driver/rmt_tx.h"
#include "driver/spi_master.h"
#include "esp_heap_caps.h"
#include "fakes.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "soc/gpio_reg.h"
#include "soc/soc.h"

enum { PINS = 49, MOST_DMA_BUFFERS = 16, MOST_BUFFER_BYTES = 4092, MOST_PLAYED = 1 << 20 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char i2s_calls[4096], wire_calls[4096];

__attribute__((format(printf, 2, 3))) static void note(char *calls, const char *format, ...) {
  const size_t used = strlen(calls);
  va_list values;
  va_start(values, format);
  if (used < 3500) vsnprintf(calls + used, 500, format, values);
  va_end(values);
}

/* Pins */

static struct {
  int level;
  int is_output;
  int watches;
  gpio_isr_t handler;
  void *context;
} pins[PINS];
static int service_core = -1, is_served_elsewhere, are_interrupts_held;
static uint64_t waiting_edges;

void fake_gpio_serve_elsewhere(void) {
  is_served_elsewhere = 1;
}

int fake_gpio_core(void) {
  return service_core;
}

void fake_gpio_input(int pin, int level) {
  const int is_edge = pins[pin].level != level;
  __atomic_store_n(&pins[pin].level, level, __ATOMIC_SEQ_CST);
  if (!is_edge || !pins[pin].watches || !pins[pin].handler) return;
  if (__atomic_load_n(&are_interrupts_held, __ATOMIC_SEQ_CST))
    __atomic_or_fetch(&waiting_edges, 1ull << pin, __ATOMIC_SEQ_CST);
  else
    pins[pin].handler(pins[pin].context);
}

void fake_gpio_hold_interrupts(int are_held) {
  __atomic_store_n(&are_interrupts_held, are_held, __ATOMIC_SEQ_CST);
  if (are_held) return;
  const uint64_t waited = __atomic_load_n(&waiting_edges, __ATOMIC_SEQ_CST);
  for (int pin = 0; pin < PINS; pin++)
    if (waited >> pin & 1) pins[pin].handler(pins[pin].context);
  __atomic_store_n(&waiting_edges, 0, __ATOMIC_SEQ_CST);
}

uint32_t fake_register(uint32_t address) {
  const uint64_t waiting = __atomic_load_n(&waiting_edges, __ATOMIC_SEQ_CST);
  return (uint32_t)(address == GPIO_STATUS1_REG ? waiting >> 32 : waiting);
}

int fake_gpio_output(int pin) {
  return pins[pin].is_output ? pins[pin].level : -1;
}

esp_err_t gpio_config(const gpio_config_t *config) {
  for (int pin = 0; pin < PINS; pin++)
    if (config->pin_bit_mask >> pin & 1) pins[pin].is_output = config->mode == GPIO_MODE_OUTPUT;
  return config->pin_bit_mask >> PINS ? ESP_ERR_INVALID_ARG : ESP_OK;
}

esp_err_t gpio_set_level(gpio_num_t pin, uint32_t level) {
  __atomic_store_n(&pins[pin].level, (int)level, __ATOMIC_SEQ_CST);
  return ESP_OK;
}

int gpio_get_level(gpio_num_t pin) {
  return __atomic_load_n(&pins[pin].level, __ATOMIC_SEQ_CST);
}

esp_err_t gpio_set_intr_type(gpio_num_t pin, gpio_int_type_t type) {
  pins[pin].watches = type == GPIO_INTR_ANYEDGE;
  return ESP_OK;
}

esp_err_t gpio_install_isr_service(int flags) {
  (void)flags;
  if (is_served_elsewhere) return ESP_ERR_INVALID_STATE;
  service_core = fake_task_core();
  return ESP_OK;
}

esp_err_t gpio_isr_handler_add(gpio_num_t pin, gpio_isr_t handler, void *context) {
  pins[pin].context = context;
  pins[pin].handler = handler;
  return ESP_OK;
}

esp_err_t gpio_isr_handler_remove(gpio_num_t pin) {
  pins[pin].handler = NULL;
  return ESP_OK;
}

/* Sound */

struct i2s_channel_obj_t {
  int is_input, is_ready, is_enabled;
  uint32_t buffer_count;
  i2s_event_callbacks_t callbacks;
  void *context;
  int waiting;
  size_t byte_lengths[MOST_DMA_BUFFERS];
  uint8_t buffers[MOST_DMA_BUFFERS][MOST_BUFFER_BYTES];
};

static struct i2s_channel_obj_t *input;
static int16_t played[MOST_PLAYED];
static size_t played_count;

const char *fake_i2s_calls(void) {
  return i2s_calls;
}

static struct i2s_channel_obj_t *new_channel(const i2s_chan_config_t *config, int is_input) {
  struct i2s_channel_obj_t *self = calloc(1, sizeof *self);
  self->is_input = is_input;
  self->buffer_count = config->dma_desc_num;
  if (is_input) input = self;
  return self;
}

esp_err_t i2s_new_channel(const i2s_chan_config_t *config, i2s_chan_handle_t *output, i2s_chan_handle_t *in) {
  note(i2s_calls, "new %s%s port %d %s\n", output ? "out" : "", in ? "in" : "", config->id,
       config->role == I2S_ROLE_MASTER ? "primary" : "secondary");
  if (output) *output = new_channel(config, 0);
  if (in) *in = new_channel(config, 1);
  return ESP_OK;
}

esp_err_t i2s_del_channel(i2s_chan_handle_t self) {
  note(i2s_calls, "delete %s\n", self->is_input ? "in" : "out");
  if (self->is_enabled) return ESP_ERR_INVALID_STATE;
  if (self == input) input = NULL;
  free(self);
  return ESP_OK;
}

esp_err_t i2s_channel_init_std_mode(i2s_chan_handle_t self, const i2s_std_config_t *config) {
  const i2s_std_slot_config_t *slots = &config->slot_cfg;
  const i2s_std_gpio_config_t *lines = &config->gpio_cfg;
  note(i2s_calls, "standard %s %d of %d bits mode %d mask %d ws %d rate %d pins %d %d %d %d %d\n",
       self->is_input ? "in" : "out", (int)slots->data_bit_width, (int)slots->slot_bit_width,
       (int)slots->slot_mode, (int)slots->slot_mask, (int)slots->ws_width,
       (int)config->clk_cfg.sample_rate_hz, (int)lines->mclk, (int)lines->bclk, (int)lines->ws,
       (int)lines->dout, (int)lines->din);
  self->is_ready = 1;
  return ESP_OK;
}

esp_err_t i2s_channel_init_pdm_rx_mode(i2s_chan_handle_t self, const i2s_pdm_rx_config_t *config) {
  note(i2s_calls, "pdm %d bits mode %d mask %d rate %d pins %d %d\n", (int)config->slot_cfg.data_bit_width,
       (int)config->slot_cfg.slot_mode, (int)config->slot_cfg.slot_mask, (int)config->clk_cfg.sample_rate_hz,
       (int)config->gpio_cfg.clk, (int)config->gpio_cfg.din);
  self->is_ready = 1;
  return ESP_OK;
}

esp_err_t i2s_channel_register_event_callback(i2s_chan_handle_t self, const i2s_event_callbacks_t *callbacks,
                                              void *context) {
  self->callbacks = *callbacks;
  self->context = context;
  return ESP_OK;
}

static esp_err_t set_enabled(i2s_chan_handle_t self, int on) {
  pthread_mutex_lock(&mutex);
  const int is_right = self->is_ready && self->is_enabled != on;
  if (is_right) self->is_enabled = on;
  if (is_right) self->waiting = 0;
  if (is_right) note(i2s_calls, "%s %s\n", on ? "enable" : "disable", self->is_input ? "in" : "out");
  pthread_mutex_unlock(&mutex);
  return is_right ? ESP_OK : ESP_ERR_INVALID_STATE;
}

esp_err_t i2s_channel_enable(i2s_chan_handle_t self) {
  return set_enabled(self, 1);
}

esp_err_t i2s_channel_disable(i2s_chan_handle_t self) {
  return set_enabled(self, 0);
}

static void drop_oldest(struct i2s_channel_obj_t *self) {
  self->waiting--;
  memmove(self->buffers[0], self->buffers[1], sizeof self->buffers[0] * (size_t)self->waiting);
  memmove(self->byte_lengths, self->byte_lengths + 1, sizeof self->byte_lengths[0] * (size_t)self->waiting);
}

int fake_i2s_deliver(const void *bytes, size_t byte_length) {
  pthread_mutex_lock(&mutex);
  struct i2s_channel_obj_t *self = input;
  const int is_heard = self && self->is_enabled;
  if (is_heard) {
    if (self->waiting == (int)self->buffer_count) {
      drop_oldest(self);
      i2s_event_data_t event = {NULL, byte_length};
      if (self->callbacks.on_recv_q_ovf) self->callbacks.on_recv_q_ovf(self, &event, self->context);
    }
    memcpy(self->buffers[self->waiting], bytes, byte_length);
    self->byte_lengths[self->waiting++] = byte_length;
  }
  pthread_mutex_unlock(&mutex);
  return is_heard;
}

int fake_i2s_waiting(void) {
  pthread_mutex_lock(&mutex);
  const int waiting = input ? input->waiting : 0;
  pthread_mutex_unlock(&mutex);
  return waiting;
}

int fake_i2s_is_enabled(void) {
  pthread_mutex_lock(&mutex);
  const int is_enabled = input && input->is_enabled;
  pthread_mutex_unlock(&mutex);
  return is_enabled;
}

esp_err_t i2s_channel_read(i2s_chan_handle_t self, void *to, size_t byte_length, size_t *read,
                           uint32_t timeout_ms) {
  *read = 0;
  for (uint32_t waited_ms = 0; waited_ms <= timeout_ms; waited_ms++) {
    pthread_mutex_lock(&mutex);
    if (self->waiting > 0) {
      *read = self->byte_lengths[0] < byte_length ? self->byte_lengths[0] : byte_length;
      memcpy(to, self->buffers[0], *read);
      drop_oldest(self);
    }
    pthread_mutex_unlock(&mutex);
    if (*read > 0) return ESP_OK;
    vTaskDelay(1);
  }
  return ESP_ERR_TIMEOUT;
}

esp_err_t i2s_channel_write(i2s_chan_handle_t self, const void *from, size_t byte_length, size_t *written,
                            uint32_t timeout_ms) {
  (void)timeout_ms;
  if (!self->is_enabled) return ESP_ERR_INVALID_STATE;
  pthread_mutex_lock(&mutex);
  const size_t count = byte_length / sizeof played[0];
  for (size_t i = 0; i < count && played_count < MOST_PLAYED; i++)
    played[played_count++] = ((const int16_t *)from)[i];
  pthread_mutex_unlock(&mutex);
  *written = byte_length;
  return ESP_OK;
}

size_t fake_i2s_played(int16_t *samples, size_t most) {
  pthread_mutex_lock(&mutex);
  const size_t count = played_count;
  memcpy(samples, played, (count < most ? count : most) * sizeof played[0]);
  pthread_mutex_unlock(&mutex);
  return count;
}

/* The ring's wire */

static uint8_t wire[8192];
static size_t wire_length;
static int spi_is_busy, is_dma_taken;

void fake_rmt_take_dma(void) {
  is_dma_taken = 1;
}

size_t fake_wire_bytes(uint8_t *bytes, size_t most) {
  memcpy(bytes, wire, wire_length < most ? wire_length : most);
  return wire_length;
}

const char *fake_wire_calls(void) {
  return wire_calls;
}

esp_err_t rmt_new_tx_channel(const rmt_tx_channel_config_t *config, rmt_channel_handle_t *made) {
  note(wire_calls, "rmt pin %d at %u Hz, %d symbols%s\n", (int)config->gpio_num,
       (unsigned)config->resolution_hz, (int)config->mem_block_symbols,
       config->flags.with_dma ? " with DMA" : "");
  if (config->flags.with_dma && is_dma_taken) return ESP_ERR_INVALID_STATE;
  *made = (rmt_channel_handle_t)(uintptr_t)1;
  return ESP_OK;
}

esp_err_t rmt_new_bytes_encoder(const rmt_bytes_encoder_config_t *config, rmt_encoder_handle_t *made) {
  note(wire_calls, "bits %d/%d %d/%d msb %d\n", config->bit0.duration0, config->bit0.duration1,
       config->bit1.duration0, config->bit1.duration1, config->flags.msb_first);
  *made = (rmt_encoder_handle_t)(uintptr_t)2;
  return ESP_OK;
}

esp_err_t rmt_del_encoder(rmt_encoder_handle_t encoder) {
  (void)encoder;
  note(wire_calls, "delete encoder\n");
  return ESP_OK;
}

esp_err_t rmt_del_channel(rmt_channel_handle_t channel) {
  (void)channel;
  note(wire_calls, "delete channel\n");
  return ESP_OK;
}

esp_err_t rmt_enable(rmt_channel_handle_t channel) {
  (void)channel;
  return ESP_OK;
}

esp_err_t rmt_disable(rmt_channel_handle_t channel) {
  (void)channel;
  return ESP_OK;
}

static void send(const void *bytes, size_t byte_length) {
  wire_length = byte_length < sizeof wire ? byte_length : sizeof wire;
  memcpy(wire, bytes, wire_length);
}

esp_err_t rmt_transmit(rmt_channel_handle_t channel, rmt_encoder_handle_t encoder, const void *bytes,
                       size_t byte_length, const rmt_transmit_config_t *config) {
  (void)channel;
  (void)encoder;
  (void)config;
  send(bytes, byte_length);
  return ESP_OK;
}

esp_err_t rmt_tx_wait_all_done(rmt_channel_handle_t channel, int timeout_ms) {
  (void)channel;
  (void)timeout_ms;
  return ESP_OK;
}

esp_err_t spi_bus_initialize(spi_host_device_t host, const spi_bus_config_t *bus, spi_dma_chan_t dma) {
  (void)dma;
  note(wire_calls, "spi %d pins %d %d\n", (int)host, bus->mosi_io_num, bus->sclk_io_num);
  return ESP_OK;
}

esp_err_t spi_bus_free(spi_host_device_t host) {
  note(wire_calls, "free spi %d\n", (int)host);
  return ESP_OK;
}

esp_err_t spi_bus_add_device(spi_host_device_t host, const spi_device_interface_config_t *device,
                             spi_device_handle_t *made) {
  (void)host;
  note(wire_calls, "device at %d Hz\n", device->clock_speed_hz);
  *made = (spi_device_handle_t)(uintptr_t)3;
  return ESP_OK;
}

esp_err_t spi_bus_remove_device(spi_device_handle_t device) {
  (void)device;
  note(wire_calls, "remove device\n");
  return ESP_OK;
}

esp_err_t spi_device_queue_trans(spi_device_handle_t device, spi_transaction_t *transaction, uint32_t ticks) {
  (void)device;
  (void)ticks;
  if (spi_is_busy) return ESP_ERR_TIMEOUT;
  spi_is_busy = 1;
  send(transaction->tx_buffer, transaction->length / 8);
  return ESP_OK;
}

esp_err_t spi_device_get_trans_result(spi_device_handle_t device, spi_transaction_t **done, uint32_t ticks) {
  (void)device;
  (void)done;
  (void)ticks;
  if (!spi_is_busy) return ESP_ERR_TIMEOUT;
  spi_is_busy = 0;
  return ESP_OK;
}

/* Memory */

void *heap_caps_aligned_calloc(size_t alignment, size_t count, size_t size, uint32_t capabilities) {
  (void)capabilities;
  void *made = aligned_alloc(alignment, (count * size + alignment - 1) / alignment * alignment);
  return made ? memset(made, 0, count * size) : NULL;
}

void *heap_caps_calloc(size_t count, size_t size, uint32_t capabilities) {
  (void)capabilities;
  return calloc(count, size);
}

void heap_caps_free(void *memory) {
  free(memory);
}

static size_t psram_free = 4 << 20;

void fake_psram(size_t free_bytes) {
  psram_free = free_bytes;
}

size_t heap_caps_get_largest_free_block(uint32_t capabilities) {
  return capabilities & MALLOC_CAP_SPIRAM ? psram_free : 64 << 10;
}
