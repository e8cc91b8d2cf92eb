/* The ear as a JavaScript class under XS in the simulator, which hands it samples; the chip's, whose task
 * fetches its own, is natives/esp32/chip_ear_xs.c:
 *
 *     new Ear()
 *     addWakeWord(name, model, probabilityCutoff, window)   cutoff from 0 to 1, window in outputs, see ear.h
 *     setPoint(wakeWord, sensitivity, probabilityCutoff, window, lookCutoff, lookLossNats)
 *                                                           wakeWord from 0 in the order of adding; see ear_point
 *     setPronunciations(wakeWord, bytes)                    an ArrayBuffer as alignment.h reads it
 *     setCommands(phones, network, blankPenalty, lookAheadMs)
 *                                                           model, compiled grammar, nats off the blank
 *     setSensitivity('low' | 'normal' | 'high')  setGuard('unguarded' | 'guarded' | 'closed')
 *     listen(sinceSample)  stopListening()  setMuted(muted)  takeEvent(): string | undefined
 *
 * Models and networks are host buffers that never move or end: files that the simulator keeps. What the
 * natives refuse is thrown, with the reason. */
#ifndef EARSHOT_EAR_XS_H
#define EARSHOT_EAR_XS_H

#include "ear.h"
#include "xsmc.h"

void xs_ear_destructor(void *data);
void xs_ear(xsMachine *the);
void xs_ear_add_wake_word(xsMachine *the);
void xs_ear_set_point(xsMachine *the);
void xs_ear_set_pronunciations(xsMachine *the);
void xs_ear_set_commands(xsMachine *the);
void xs_ear_set_sensitivity(xsMachine *the);
void xs_ear_set_guard(xsMachine *the);
void xs_ear_listen(xsMachine *the);
void xs_ear_stop_listening(xsMachine *the);
void xs_ear_set_muted(xsMachine *the);
void xs_ear_take_event(xsMachine *the);

/* The ear behind `this`, for what feeds it samples. */
ear *xs_ear_of_this(xsMachine *the);

#endif
