/* From pixels to the bytes that a ring's LEDs want on their wire: gamma, brightness limit, current limit, white,
 * colour order, framing. A function of its arguments alone, in integers. */
#ifndef EARSHOT_RING_WIRE_H
#define EARSHOT_RING_WIRE_H

#include <stddef.h>
#include <stdint.h>

#define RING_WIRE_MAX_PIXELS 1024
#define RING_WIRE_MAX_CURRENT_UA 16000000

typedef enum {
  RING_WS2812 = 0,  /* 3 bytes a pixel */
  RING_SK6812_RGBW, /* 4 bytes a pixel: the three colours in their order, then white */
  RING_APA102       /* 4 bytes a pixel (full global brightness first), between a start and an end frame */
} ring_led;

typedef enum { RING_RGB = 0, RING_RBG, RING_GRB, RING_GBR, RING_BRG, RING_BGR } ring_order;

typedef struct {
  ring_led led;
  ring_order order;         /* WS2812 and SK6812 mostly RING_GRB, APA102 mostly RING_BGR */
  int pixels;               /* 1 … RING_WIRE_MAX_PIXELS */
  int first;                /* where on the wire pixel 0 lies, 0 … pixels - 1 */
  int gamma;                /* 0: values are light. 1: values are as the eye sees them, light = value ^ 2.2 */
  int brightness_percent;   /* 0 … 100, of every channel */
  int32_t current_limit_ua; /* of the whole ring, 0 … 16 A; 0: no limit. It dims the picture as a whole */
  int32_t channel_current_ua; /* of one LED of a pixel at full light, 1 … 100000; WS2812B: 12000 */
  int32_t idle_current_ua;    /* of one dark pixel, 0 … 100000; WS2812B: 600 */
} ring_wire;

/* NULL when all is in range, else which setting is not, for people. */
const char *ring_wire_problem(const ring_wire *self);

/* Bytes of one picture on the wire; 0 when a setting is out of range. */
size_t ring_wire_bytes(const ring_wire *self);

/* rgb: 3 * pixels bytes, pixel 0 first. wire: ring_wire_bytes() bytes. Settings out of range: nothing is written.
 *
 * What is lit stays lit: a value above 0 is at least 1 after gamma and brightness (unless that is 0 %). Only the
 * current limit may turn it off. */
void ring_wire_render(const ring_wire *self, const uint8_t *rgb, uint8_t *wire);

#endif
