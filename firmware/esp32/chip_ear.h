/* The object behind JavaScript's `Ear`. Private to chip_ear_xs.c, which runs it, and chip_ear_setup_xs.c, which gives it
 * its models before it starts. */
#ifndef EARSHOT_CHIP_EAR_H
#define EARSHOT_CHIP_EAR_H

#include "ear_setup_xs.h"
#include "ear_memory.h"
#include "ear_task.h"
#include "microphone.h"
#include "xsmc.h"

typedef struct {
  ear_task task;
  microphone microphone;
  clip_player clip;
  int has_clip;
  ear_memory memory;
  ear_setup setup;
  xsMachine *the;
  xsSlot object;
  uint32_t told; /* a message to JavaScript is under way */
  int closed;
  char text[EAR_EVENT_BYTES];
} chip_ear;

/* The object behind `this`; throws when it is closed. */
chip_ear *chip_ear_of_this(xsMachine *the);

/* The same; throws, too, when it has started: from then on its ear belongs to the task. */
chip_ear *chip_ear_before_start(xsMachine *the);

/* Makes the ear in its memory, and readies it for models. */
void chip_ear_set_up(xsMachine *the, chip_ear *self);

#endif
