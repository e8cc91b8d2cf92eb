/* What `new Ear(options)` and `new Loudspeaker(options)` are given, read out of JavaScript. See ear.d.ts and loudspeaker.d.ts. */
#ifndef EARSHOT_EAR_OPTIONS_H
#define EARSHOT_EAR_OPTIONS_H

#include "../natives/mic/mic_samples.h"
#include "mute_pin.h"
#include "options_line.h"
#include "sound_bus.h"

/* How long the switch must read off before the ear opens: no contact bounces as long. */
#define CALM_MS 50

typedef struct {
  sound_bus microphone;
  int gain_bits;
  int has_loudspeaker;
  sound_bus loudspeaker;
  mute_pin mute;
  int in_steps; /* the clip's pace */
} ear_options;

/* Reads all but the clip out of xsArg(0). Needs three variables of the caller's, from xsVar(0) on. */
void ear_options_read(xsMachine *the, ear_options *self);

/* Reads a loudspeaker's options. */
void loudspeaker_options_read(const options *given, sound_bus *self);

#endif
