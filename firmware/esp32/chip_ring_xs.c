/* The class `Ring` of an ESP32-S3; ring.d.ts says what it does. */
#include <string.h>

#include "../natives/ring/ring_wire.h"
#include "esp_heap_caps.h"
#include "mc.xs.h"
#include "options_line.h"
#include "ring_output.h"

/* Of a WS2812B by its data sheet; the others take no more. */
#define CHANNEL_UA 12000
#define IDLE_UA 600

#define LONGEST_PICTURE_MS 50 /* 1024 pixels of 32 bits at 800 kHz take 41 */

typedef struct {
  ring_wire wire;
  ring_output output;
  line power;
  size_t byte_length;
  uint8_t *bytes; /* being sent, and behind them a picture without light */
} chip_ring;

static void show(chip_ring *self, const uint8_t *rgb) {
  ring_wire_render(&self->wire, rgb, self->bytes);
  ring_output_send(&self->output, self->bytes, self->byte_length);
}

static void show_nothing(chip_ring *self) {
  show(self, self->bytes + self->byte_length);
}

void xs_chip_ring_destructor(void *data) {
  chip_ring *self = data;
  if (!self) return;
  const int is_open = ring_output_is_open(&self->output);
  if (is_open && ring_output_is_free(&self->output, LONGEST_PICTURE_MS)) {
    show_nothing(self);
    ring_output_is_free(&self->output, LONGEST_PICTURE_MS);
  }
  if (is_open) ring_output_close(&self->output);
  line_close(&self->power);
  heap_caps_free(self->bytes);
  heap_caps_free(self);
}

static void read_options(const options *given, ring_wire *wire) {
  wire->led = (ring_led)options_choice(given, OPTION(xsID_led), "ws2812|sk6812-rgbw|apa102");
  wire->order = (ring_order)options_choice(given, OPTION(xsID_order), "RGB|RBG|GRB|GBR|BRG|BGR");
  wire->pixels = options_integer(given, OPTION(xsID_pixels), 1, RING_WIRE_MAX_PIXELS);
  wire->first = options_integer(given, OPTION(xsID_first), 0, wire->pixels - 1);
  wire->gamma = options_choice_or(given, OPTION(xsID_gamma), "false|true", 1);
  wire->brightness_percent = options_integer(given, OPTION(xsID_brightnessLimitPercent), 0, 100);
  wire->current_limit_ua = 1000 * options_integer_or(given, OPTION(xsID_currentLimitMilliamps), 1,
                                                     RING_WIRE_MAX_CURRENT_UA / 1000, 0);
  wire->channel_current_ua = CHANNEL_UA;
  wire->idle_current_ua = IDLE_UA;
}

static esp_err_t open_output(chip_ring *self, int pin, int clock_pin) {
  esp_err_t status = line_open(&self->power);
  line_set(&self->power, 1);
  if (status != ESP_OK) return status;
  return self->wire.led == RING_APA102
             ? ring_output_open_spi(&self->output, pin, clock_pin, self->byte_length)
             : ring_output_open_rmt(&self->output, pin);
}

void xs_chip_ring(xsMachine *the) {
  if (xsmcArgc < 1) xsTypeError("1 argument is needed");
  xsmcVars(2);
  const options given = {the, &xsArg(0), &xsVar(0), "ring"};
  ring_wire wire;
  read_options(&given, &wire);
  const int pin = options_pin(&given, OPTION(xsID_pin));
  const int clock_pin = wire.led == RING_APA102 ? options_pin(&given, OPTION(xsID_clock)) : -1;
  const line power = options_line(&given, OPTION(xsID_power), &xsVar(1));
  chip_ring *self = heap_caps_calloc(1, sizeof *self, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
  if (!self) xsUnknownError("no memory for the ring");
  xsmcSetHostData(xsThis, self);
  self->wire = wire;
  self->power = power;
  self->byte_length = ring_wire_bytes(&wire);
  self->bytes =
      heap_caps_calloc(1, self->byte_length + 3 * (size_t)wire.pixels, MALLOC_CAP_INTERNAL | MALLOC_CAP_DMA);
  if (!self->bytes) xsUnknownError("no memory for the ring's pictures");
  if (open_output(self, pin, clock_pin) != ESP_OK) xsUnknownError("the driver refuses the ring");
  show_nothing(self);
}

static chip_ring *object_of_this(xsMachine *the) {
  chip_ring *self = xsmcGetHostDataValidate(xsThis, (void *)xs_chip_ring_destructor);
  if (!self) xsUnknownError("the ring is closed");
  return self;
}

void xs_chip_ring_close(xsMachine *the) {
  chip_ring *self = xsmcGetHostDataValidate(xsThis, (void *)xs_chip_ring_destructor);
  xsmcSetHostData(xsThis, NULL);
  xs_chip_ring_destructor(self);
}

void xs_chip_ring_pixel_count(xsMachine *the) {
  xsmcSetInteger(xsResult, object_of_this(the)->wire.pixels);
}

void xs_chip_ring_show(xsMachine *the) {
  chip_ring *self = object_of_this(the);
  if (xsmcArgc < 1) xsTypeError("1 argument is needed");
  void *rgb;
  xsUnsignedValue byte_length;
  xsmcGetBufferReadable(xsArg(0), &rgb, &byte_length);
  if (byte_length != (xsUnsignedValue)(3 * self->wire.pixels))
    xsRangeError("a picture of this ring has %d bytes", 3 * self->wire.pixels);
  const int is_free = ring_output_is_free(&self->output, 0);
  if (is_free) show(self, rgb);
  xsmcSetBoolean(xsResult, is_free);
}
