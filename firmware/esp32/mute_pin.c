#include "mute_pin.h"

#include "esp_attr.h"
#include "soc/gpio_reg.h"
#include "soc/soc.h"

/* All pins' interrupts are served on the core that first asked for it, until the next reset. */
static int served_on_this_core;

static esp_err_t serve_pins(void) {
  if (served_on_this_core) return ESP_OK;
  const esp_err_t status = gpio_install_isr_service(0);
  served_on_this_core = status == ESP_OK;
  return status;
}

esp_err_t mute_pin_open(mute_pin *self) {
  self->watched = NULL;
  esp_err_t status = line_open(&self->power);
  if (status != ESP_OK || self->pin < 0) return status;
  const gpio_config_t config = {
      .pin_bit_mask = 1ULL << self->pin,
      .mode = GPIO_MODE_INPUT,
      .pull_up_en = self->pull_up ? GPIO_PULLUP_ENABLE : GPIO_PULLUP_DISABLE,
      .pull_down_en = self->pull_down ? GPIO_PULLDOWN_ENABLE : GPIO_PULLDOWN_DISABLE,
      .intr_type = GPIO_INTR_DISABLE,
  };
  return gpio_config(&config);
}

int mute_pin_reads_on(const mute_pin *self) {
  return self->pin >= 0 && !gpio_get_level((gpio_num_t)self->pin) == !self->active_high;
}

/* Whether the pin's interrupt has yet to run: the switch may have been on and off again since it was last heard of. */
static int edge_waits(const mute_pin *self) {
  if (self->pin < 0) return 0;
  const uint32_t waiting = self->pin < 32 ? REG_READ(GPIO_STATUS_REG) : REG_READ(GPIO_STATUS1_REG);
  return waiting >> (self->pin & 31) & 1;
}

static int asks(void *context) {
  return mute_pin_reads_on(context) || edge_waits(context);
}

static void IRAM_ATTR cut(void *context, int off) {
  const mute_pin *self = context;
  line_set(&self->power, !off);
}

mute_hardware mute_pin_hardware(mute_pin *self) {
  return (mute_hardware){asks, cut, self};
}

static void IRAM_ATTR on_edge(void *context) {
  const mute_pin *self = context;
  mute_edge(self->watched);
}

esp_err_t mute_pin_watch(mute_pin *self, mute *watched) {
  if (self->pin < 0) return ESP_OK;
  self->watched = watched;
  esp_err_t status = serve_pins();
  if (status == ESP_OK) status = gpio_set_intr_type((gpio_num_t)self->pin, GPIO_INTR_ANYEDGE);
  if (status == ESP_OK) status = gpio_isr_handler_add((gpio_num_t)self->pin, on_edge, self);
  if (status != ESP_OK) self->watched = NULL;
  return status;
}

void mute_pin_close(mute_pin *self) {
  line_close(&self->power);
  if (!self->watched) return;
  gpio_isr_handler_remove((gpio_num_t)self->pin);
  gpio_set_intr_type((gpio_num_t)self->pin, GPIO_INTR_DISABLE);
  self->watched = NULL;
}
