#include "ring_wire.h"

#include <string.h>

#define APA102_START_BYTES 4
#define APA102_FULL_BRIGHTNESS 0xff

/* 255 * (value / 255) ^ 2.2, in 256ths: what the eye takes for even steps. */
static const uint16_t gamma_light[256] = {
    0,     0,     2,     4,     7,     11,    17,    24,    32,    42,    53,    65,    78,    94,    110,
    128,   148,   169,   191,   216,   241,   269,   298,   328,   360,   394,   430,   467,   506,   547,
    589,   633,   679,   726,   776,   827,   880,   934,   991,   1049,  1109,  1171,  1235,  1300,  1368,
    1437,  1508,  1581,  1656,  1733,  1812,  1893,  1975,  2060,  2146,  2235,  2325,  2417,  2512,  2608,
    2706,  2806,  2908,  3013,  3119,  3227,  3337,  3450,  3564,  3680,  3798,  3919,  4041,  4166,  4292,
    4421,  4552,  4685,  4819,  4956,  5096,  5237,  5380,  5525,  5673,  5823,  5974,  6128,  6284,  6442,
    6603,  6765,  6930,  7097,  7266,  7437,  7610,  7786,  7963,  8143,  8325,  8509,  8696,  8885,  9075,
    9268,  9464,  9661,  9861,  10063, 10267, 10474, 10682, 10893, 11107, 11322, 11540, 11760, 11982, 12207,
    12433, 12663, 12894, 13128, 13363, 13602, 13842, 14085, 14330, 14578, 14827, 15080, 15334, 15591, 15850,
    16111, 16375, 16641, 16909, 17180, 17453, 17729, 18006, 18287, 18569, 18854, 19141, 19431, 19723, 20017,
    20314, 20613, 20915, 21218, 21525, 21833, 22144, 22458, 22774, 23092, 23413, 23736, 24062, 24390, 24720,
    25053, 25388, 25726, 26066, 26408, 26753, 27101, 27451, 27803, 28158, 28515, 28875, 29237, 29602, 29969,
    30338, 30710, 31085, 31462, 31841, 32223, 32608, 32995, 33384, 33776, 34170, 34567, 34967, 35369, 35773,
    36180, 36589, 37001, 37416, 37833, 38252, 38674, 39099, 39526, 39956, 40388, 40823, 41260, 41700, 42142,
    42587, 43034, 43484, 43937, 44392, 44849, 45310, 45772, 46238, 46706, 47176, 47649, 48125, 48603, 49084,
    49567, 50053, 50542, 51033, 51526, 52023, 52522, 53023, 53527, 54034, 54543, 55055, 55570, 56087, 56607,
    57129, 57654, 58182, 58712, 59245, 59780, 60318, 60859, 61402, 61948, 62497, 63048, 63602, 64159, 64718,
    65280,
};

/* Where red, green and blue go within a pixel, by ring_order. */
static const uint8_t channel_places[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {2, 0, 1}, {1, 2, 0}, {2, 1, 0}};

static int is_within(int32_t value, int32_t least, int32_t most) {
  return value >= least && value <= most;
}

const char *ring_wire_problem(const ring_wire *self) {
  if (!is_within((int32_t)self->led, RING_WS2812, RING_APA102)) return "no such LED";
  if (!is_within((int32_t)self->order, RING_RGB, RING_BGR)) return "no such colour order";
  if (!is_within(self->pixels, 1, RING_WIRE_MAX_PIXELS)) return "pixels must be 1 to 1024";
  if (!is_within(self->first, 0, self->pixels - 1)) return "first must be 0 to pixels - 1";
  if (!is_within(self->brightness_percent, 0, 100)) return "brightness must be 0 to 100 percent";
  if (!is_within(self->current_limit_ua, 0, RING_WIRE_MAX_CURRENT_UA))
    return "the current limit must be 0 to 16 A";
  if (!is_within(self->channel_current_ua, 1, 100000)) return "a channel's current must be 1 uA to 100 mA";
  if (!is_within(self->idle_current_ua, 0, 100000)) return "a pixel's idle current must be 0 to 100 mA";
  return NULL;
}

static size_t pixel_bytes(const ring_wire *self) {
  return self->led == RING_WS2812 ? 3 : 4;
}

/* A half clock more for every pixel pushes the last ones' colours through; 32 more suit the SK9822 too. */
static size_t apa102_end_bytes(const ring_wire *self) {
  return 4 + (size_t)(self->pixels + 15) / 16;
}

size_t ring_wire_bytes(const ring_wire *self) {
  if (ring_wire_problem(self)) return 0;
  const size_t pixels = (size_t)self->pixels * pixel_bytes(self);
  return self->led == RING_APA102 ? APA102_START_BYTES + pixels + apa102_end_bytes(self) : pixels;
}

static uint8_t light_of(const ring_wire *self, uint8_t value) {
  const uint32_t full = self->gamma ? gamma_light[value] : (uint32_t)value << 8;
  const uint32_t limited = full * (uint32_t)self->brightness_percent / 100;
  const uint32_t rounded = (limited + 128) >> 8;
  return (uint8_t)(rounded == 0 && value > 0 && self->brightness_percent > 0 ? 1 : rounded);
}

static uint8_t least(uint8_t a, uint8_t b, uint8_t c) {
  const uint8_t ab = a < b ? a : b;
  return ab < c ? ab : c;
}

/* Writes one pixel's bytes and returns their sum, the APA102's brightness byte apart. */
static uint32_t write_pixel(const ring_wire *self, const uint8_t rgb[3], uint8_t *to) {
  uint8_t light[3];
  for (int channel = 0; channel < 3; channel++) light[channel] = light_of(self, rgb[channel]);
  const uint8_t white = self->led == RING_SK6812_RGBW ? least(light[0], light[1], light[2]) : 0;
  if (self->led == RING_SK6812_RGBW) to[3] = white;
  if (self->led == RING_APA102) *to++ = APA102_FULL_BRIGHTNESS;
  uint32_t sum = white;
  for (int channel = 0; channel < 3; channel++) {
    const uint8_t left = (uint8_t)(light[channel] - white);
    to[channel_places[self->order][channel]] = left;
    sum += left;
  }
  return sum;
}

/* What all channels' bytes together may amount to. The product stays below 2^32: RING_WIRE_MAX_CURRENT_UA. */
static uint32_t greatest_sum(const ring_wire *self) {
  const uint32_t idle_ua = (uint32_t)(self->pixels * self->idle_current_ua);
  const uint32_t limit_ua = (uint32_t)self->current_limit_ua;
  return limit_ua > idle_ua ? (limit_ua - idle_ua) * 255 / (uint32_t)self->channel_current_ua : 0;
}

static void dim(const ring_wire *self, uint8_t *pixels, uint32_t sum, uint32_t allowed) {
  const size_t stride = pixel_bytes(self);
  const size_t framing = self->led == RING_APA102 ? 1 : 0;
  for (size_t pixel = 0; pixel < (size_t)self->pixels; pixel++) {
    uint8_t *channels = pixels + pixel * stride;
    for (size_t i = framing; i < stride; i++) channels[i] = (uint8_t)(channels[i] * allowed / sum);
  }
}

void ring_wire_render(const ring_wire *self, const uint8_t *rgb, uint8_t *wire) {
  if (ring_wire_problem(self)) return;
  const size_t stride = pixel_bytes(self);
  uint8_t *pixels = wire;
  if (self->led == RING_APA102) {
    memset(wire, 0, ring_wire_bytes(self)); /* start and end frames */
    pixels += APA102_START_BYTES;
  }
  uint32_t sum = 0;
  for (int pixel = 0; pixel < self->pixels; pixel++) {
    const size_t place = (size_t)((self->first + pixel) % self->pixels);
    sum += write_pixel(self, rgb + 3 * pixel, pixels + place * stride);
  }
  const uint32_t allowed = greatest_sum(self);
  if (self->current_limit_ua > 0 && sum > allowed) dim(self, pixels, sum, allowed);
}
