/* The global class `Ear` of the simulator: the chip's, with `hear(sampleCount)` in the microphone's place. */
#ifndef EARSHOT_EAR_CLASS_H
#define EARSHOT_EAR_CLASS_H

#include <stddef.h>
#include <stdint.h>

#include "xsmc.h"

/* The recording is 16 kHz mono; it is borrowed, and JavaScript never sees it. */
void ear_class_install(xsMachine *the, const int16_t *recording, size_t sample_count);

#endif
