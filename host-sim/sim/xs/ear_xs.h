/* The ear as a JavaScript class under XS in the simulator, which hands it samples; the chip's, whose task fetches its
 * own, is esp32/chip_ear_xs.c. What both can is said in esp32/ear.d.ts; host-sim/sim/xs/native-ear.ts says what this
 * one can.
 *
 * Models and networks are host buffers that never move or end: files that the simulator keeps. What the natives refuse is
 * thrown, with the reason. */
#ifndef EARSHOT_EAR_XS_H
#define EARSHOT_EAR_XS_H

#include "../../../firmware/natives/ear/ear.h"
#include "xsmc.h"

void xs_ear_destructor(void *data);
void xs_ear(xsMachine *the);
void xs_ear_configure(xsMachine *the);
void xs_ear_set_sensitivity(xsMachine *the);
void xs_ear_set_guard(xsMachine *the);
void xs_ear_listen(xsMachine *the);
void xs_ear_stop_listening(xsMachine *the);
void xs_ear_set_muted(xsMachine *the);
void xs_ear_take_event(xsMachine *the);

/* Bytes that the ear has been handed, models' arenas included. */
void xs_ear_memory_bytes(xsMachine *the);

/* The ear behind `this`, for what feeds it samples. */
ear *xs_ear_of_this(xsMachine *the);

#endif
