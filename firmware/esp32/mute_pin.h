/* The mute switch of a board and the line that it cuts: what mute.h wants of hardware. */
#ifndef EARSHOT_MUTE_PIN_H
#define EARSHOT_MUTE_PIN_H

#include "../natives/mute/mute.h"
#include "line.h"

typedef struct {
  int pin; /* -1: the board has no switch */
  int active_high;
  int pull_up, pull_down;
  line power; /* the microphone's */
  mute *watched;
} mute_pin;

/* Takes the pins; the microphone's power is off from here on. The object must stay, in internal RAM. */
esp_err_t mute_pin_open(mute_pin *self);

/* For mute_init and ear_loop_init; the context is the mute_pin. */
mute_hardware mute_pin_hardware(mute_pin *self);

int mute_pin_reads_on(const mute_pin *self);

/* Tells `watched` of every edge from here on, in an interrupt of the core that this is called on: it must be the ear
 * task's, called by it, so that an interrupt is over before the task looks at the switch (see mute.h). Interrupts of
 * pins must not be served elsewhere already: ESP_ERR_INVALID_STATE. Without a switch nothing happens. */
esp_err_t mute_pin_watch(mute_pin *self, mute *watched);

/* The interrupt comes no more; the power stays off. */
void mute_pin_close(mute_pin *self);

#endif
