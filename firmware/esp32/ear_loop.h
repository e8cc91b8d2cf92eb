/* What the ear task does over and over: requests in, one buffer of samples through the mute's gate into the ear,
 * events out. No driver and no operating system in here: those are handed in, so that tests can stand in for them.
 *
 * The task calls ear_loop_step; the functions of the other half are JavaScript's. The two share queues and the mute,
 * and no lock. */
#ifndef EARSHOT_EAR_LOOP_H
#define EARSHOT_EAR_LOOP_H

#include "../natives/ear/ear.h"
#include "../natives/ear/level.h"
#include "../natives/mic/mic_backlog.h"
#include "../natives/mic/mic_samples.h"
#include "../natives/mute/mute.h"
#include "../natives/queue/queue.h"

#define EAR_LOOP_SAMPLES FEATURES_HOP_SAMPLES /* one buffer */
#define EAR_LOOP_STEP_MS 10
#define EAR_LOOP_PATIENCE_MS 100
#define EAR_LOOP_MAX_BUFFER_BYTES (EAR_LOOP_SAMPLES * 8) /* two channels of 32 bits */
#define EAR_LOOP_EVENT_QUEUE_BYTES 8192
#define EAR_LOOP_REQUEST_QUEUE_BYTES 512
#define EAR_LOOP_BACKLOG_BUFFERS 200 /* 2 s: longer than a second look and listening replay the past */
#define EAR_LOOP_BACKLOG_BYTES 64000 /* of that many buffers of 16-bit samples */
#define EAR_LOOP_STAMP_BYTES 8       /* before each event's text */
#define EAR_LOOP_LEVEL_SAMPLES 16000 /* a level is that of a second: no word can be read from it */
#define EAR_LOOP_NO_LEVEL 1

/* Where samples come from. */
typedef struct {
  /* Begins to deliver; returns 0 when it cannot. The samples of before a start never come after it. */
  int (*start)(void *context);
  void (*stop)(void *context);
  /* Waits for the next EAR_LOOP_SAMPLES frames; returns their bytes, or 0 after `patience_ms` without them. A source
   * that waits for its reader may have none for a reader without patience. */
  size_t (*read)(void *context, void *bus, uint32_t patience_ms);
  /* Samples of one channel that have been lost since the last call because nobody read them. */
  uint32_t (*take_lost)(void *context);
  /* Lets EAR_LOOP_STEP_MS pass while nothing is read. */
  void (*pause)(void *context);
  void *context;
  mic_format format;
} ear_source;

typedef struct {
  ear *ear;
  mute mute;
  ear_source source;
  mic_samples samples;
  mic_backlog backlog; /* admitted and not yet heard */
  queue requests, events;
  uint8_t request_memory[EAR_LOOP_REQUEST_QUEUE_BYTES], event_memory[EAR_LOOP_EVENT_QUEUE_BYTES];
  uint32_t powered;           /* 0 from when the mute cuts until it gives back; interrupt and task write */
  uint32_t buffers;           /* the clock, in EAR_LOOP_SAMPLES; the task writes, JavaScript reads */
  uint32_t behind_samples;    /* lost ones that make no whole buffer yet */
  uint32_t forgotten_buffers; /* of the backlog; the ear's clock still has to pass them */
  level loudness;             /* of what was heard since the last whole second; the task's */
  int32_t level_db;           /* of that second, or EAR_LOOP_NO_LEVEL; the task writes, JavaScript reads */
  uint32_t silent_ms;         /* for how long the source should have given something and did not */
  int running;                /* the source delivers */
  int has_news;               /* since the last step's end */
  int (*board_asks)(void *context); /* the switch, or NULL */
  void (*board_cut)(void *context, int off);
  void *board_context;
  uint32_t bus[EAR_LOOP_MAX_BUFFER_BYTES / 4];
  int16_t heard[EAR_LOOP_SAMPLES];
  uint8_t message[EAR_LOOP_STAMP_BYTES + EAR_EVENT_BYTES]; /* being sent; the task's */
  uint8_t taken[EAR_LOOP_STAMP_BYTES + EAR_EVENT_BYTES];   /* being taken; JavaScript's */
} ear_loop;

/* The ear, not yet muted; where samples come from, its format without problem; what the board can do for the mute;
 * EAR_LOOP_BACKLOG_BYTES for the backlog, which may be slow. The loop's own memory must be internal RAM. The microphone is
 * cut until the loop runs. */
void ear_loop_init(ear_loop *self, ear *listener, const ear_source *source, const mute_hardware *hardware,
                   int16_t *backlog, uint32_t calm_ms, uint32_t stale_buffers);

/* For a source that waits for its reader: opens the gate before the first sample, unless somebody asks for a mute. */
void ear_loop_open_at_once(ear_loop *self);

/* The task: 10 ms. Returns 1 when JavaScript has something to look at: events, or a mute that began or ended. */
int ear_loop_step(ear_loop *self);

/* The task, at its end: leaves the microphone cut. */
void ear_loop_end(ear_loop *self);

/* What JavaScript can ask of the ear, and the number that belongs to it. */
typedef enum {
  EAR_LOOP_LISTEN = 1, /* since which sample */
  EAR_LOOP_STOP_LISTENING,
  EAR_LOOP_SET_SENSITIVITY, /* an ear_sensitivity */
  EAR_LOOP_SET_GUARD        /* an ear_guard */
} ear_loop_request;

/* JavaScript: done before the next buffer. Returns 0 when the task has not taken requests for too long. */
int ear_loop_ask(ear_loop *self, ear_loop_request request, double number);

/* JavaScript: copies the oldest event that no mute has made void to text (EAR_EVENT_BYTES), NUL-terminated; returns
 * its length, 0 when there is none. */
size_t ear_loop_take_event(ear_loop *self, char *text);

/* JavaScript: samples since the start at 16 kHz, muted and lost ones included. */
double ear_loop_elapsed_samples(const ear_loop *self);

/* JavaScript: how loud the last whole second was that the ear heard, in dB as level.h has them. EAR_LOOP_NO_LEVEL while
 * muted, and until a second has been heard since. */
int ear_loop_level_db(const ear_loop *self);

#endif
