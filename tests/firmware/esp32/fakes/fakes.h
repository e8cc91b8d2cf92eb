/* How a test moves the chip that tests/firmware/esp32/fakes pretend to be. All times are a tenth as long as they say. */
#ifndef EARSHOT_FAKES_H
#define EARSHOT_FAKES_H

#include <stddef.h>
#include <stdint.h>

/* The world moves a pin: its interrupt, when it is watched, has come when this returns. */
void fake_gpio_input(int pin, int level);
/* From 1 to 0 edges wait in the pins' interrupt status instead; at 0 their interrupts come. */
void fake_gpio_hold_interrupts(int are_held);
/* -1 while the pin is no output. */
int fake_gpio_output(int pin);
/* Somebody else serves the interrupts of pins already. */
void fake_gpio_serve_elsewhere(void);
/* The core that asked for the interrupts of pins, or -1. */
int fake_gpio_core(void);

/* One DMA buffer of sound comes in. Returns 0, and it is gone, when nobody has enabled the input. */
int fake_i2s_deliver(const void *bytes, size_t byte_length);
/* Buffers that nobody has read yet. */
int fake_i2s_waiting(void);
int fake_i2s_is_enabled(void);
/* What was played so far: copies up to `most` samples, returns how many there are. */
size_t fake_i2s_played(int16_t *samples, size_t most);
/* The names of the functions that were called, one a line, with what matters of their arguments. */
const char *fake_i2s_calls(void);

/* Adds a partition of data; the bytes are borrowed. */
void fake_partition_add(const char *label, const uint8_t *bytes, size_t byte_length);
/* So many bytes of PSRAM are free, in one piece. */
void fake_psram(size_t free_bytes);
/* How often a sector was erased. */
int fake_partition_erased(void);
/* No more memory is to be mapped, nor flash to be read or written. */
void fake_partition_refuse(void);

/* Runs, on the thread of JavaScript, the messages that other threads have posted to its machine; returns how many. */
int fake_deliver_messages(void *machine);

/* The core of the task that runs, -1 in a thread that is none. */
int fake_task_core(void);

size_t fake_wire_bytes(uint8_t *bytes, size_t most);
const char *fake_wire_calls(void);
/* Somebody else has the remote control channel that can do DMA. */
void fake_rmt_take_dma(void);

#endif
