/* The ear's object. Private to ear.c, which hears with it, to ear_setup.c, which gives it what it hears with,
 * and to ear_names.c. */
#ifndef EARSHOT_EAR_OBJECT_H
#define EARSHOT_EAR_OBJECT_H

#include "ear.h"

#include "../decoder/row.h"
#include "event_queue.h"
#include "level.h"
#include "mic_health.h"
#include "past.h"
#include "phone_input.h"
#include "talk.h"
#include "wake_word.h"

struct ear {
  features *front_end;
  uint64_t samples; /* the sample clock: everything heard or kept out since ear_init */
  int muted;
  level level; /* of the frame under way */
  mic_health microphone;
  past past;
  talk talk; /* of others: not with the speaker, nor its own */
  wake_word wake_words[EAR_MAX_WAKE_WORDS];
  int wake_word_count;
  ear_sensitivity sensitivity;
  ear_guard guard;
  int guard_frames;    /* until it ends by itself */
  embedding embedding; /* at rest while no word verifier wants it */
  stream phones;       /* unused while commands is NULL, at rest while nobody listens or looks */
  phone_input phone_input;
  row_scale look_scale;
  int look_ahead_frames;
  decoder *commands;
  int listening;
  uint32_t listening_from;       /* rows up to this frame are not for the decoder */
  double heard_somewhere_before; /* the sample at which a wake word was heard of which nobody knows its end */
  int speech_heard;              /* since listening began */
  int partial_tokens;            /* how many the last partial event had */
  event_queue events;
  int (*breathe)(void *context); /* or NULL */
  void *breathe_context;
  int gives_up; /* a mute came in the middle of a call */
};

/* "low", "normal" or "high". */
const char *ear_sensitivity_name(ear_sensitivity sensitivity);

/* Ends all second looks without a word about them. */
void ear_drop_looks(ear *self);

#endif
