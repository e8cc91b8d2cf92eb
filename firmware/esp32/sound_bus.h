/* Microphones and loudspeakers on I2S: opens their channels. Where both have the same clock pin, they share a
 * controller, and the loudspeaker's half runs all the time, because it gives the clock. */
#ifndef EARSHOT_SOUND_BUS_H
#define EARSHOT_SOUND_BUS_H

#include "driver/i2s_common.h"

#define SOUND_BUS_DMA_BUFFERS 10 /* longer than a model's longest step, in which nobody reads */
#define SOUND_BUS_BUFFER_MS 10
#define SOUND_BUS_INPUT_RATE 16000

typedef enum { SOUND_BUS_LEFT = 0, SOUND_BUS_RIGHT, SOUND_BUS_BOTH } sound_bus_channel;

typedef struct {
  int pdm;    /* a PDM microphone: clock and data alone count, and the channel */
  int clock;  /* pins; -1: none */
  int select; /* word select */
  int data;
  int master_clock;
  int primary; /* this chip gives the clock */
  int slot_bits;
  int sample_rate;
  sound_bus_channel channel;
} sound_bus;

/* Opens a microphone's channel, not yet enabled: 16 or 32 bits a sample, one channel or, of both, two. `loudspeaker` is the
 * board's loudspeaker, or NULL. */
esp_err_t sound_bus_open_input(const sound_bus *microphone, const sound_bus *loudspeaker,
                               i2s_chan_handle_t *input);

/* Opens a loudspeaker's channel, enabled, silent: 16 bits a sample, one channel. Where it shares a controller that
 * is the one which sound_bus_open_input has opened. */
esp_err_t sound_bus_open_output(const sound_bus *loudspeaker, i2s_chan_handle_t *output);

/* Frees a channel, enabled or not. NULL does no harm. */
void sound_bus_close(i2s_chan_handle_t channel);

#endif
