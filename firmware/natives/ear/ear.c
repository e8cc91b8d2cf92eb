#include "ear.h"

#include <string.h>

#include "../decoder/row.h"
#include "event_queue.h"
#include "level.h"
#include "mic_health.h"
#include "past.h"
#include "phone_input.h"
#include "reports.h"
#include "talk.h"
#include "wake_word.h"

/* What the phone model hears before its rows count, so that its state has settled. */
#define LISTEN_WARM_UP_FRAMES 60
#define LOOK_WARM_UP_FRAMES 30
/* How far back the second look begins. */
#define LOOK_BACK_FRAMES ALIGNMENT_MAX_FRAMES
/* Over which the loudness of a near miss is taken. */
#define NEAR_MISS_FRAMES 150

#define GUARD_TAIL_FRAMES 30
#define GUARD_MAX_FRAMES 200

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
  embedding embedding; /* at rest while no verifier wants it */
  stream phones;       /* unused while commands is NULL, at rest while nobody listens or looks */
  phone_input phone_input;
  row_scale look_scale;
  int look_ahead_frames;
  decoder *commands;
  int listening;
  uint32_t listening_from; /* rows up to this frame are not for the decoder */
  int speech_heard;        /* since listening began */
  int partial_tokens;      /* how many the last partial event had */
  event_queue events;
  int (*breathe)(void *context); /* or NULL */
  void *breathe_context;
  int gives_up; /* a mute came in the middle of a call */
};

const char *ear_status_text(ear_status status) {
  switch (status) {
  case EAR_OK:
    return "fine";
  case EAR_TOO_MANY_WAKE_WORDS:
    return "one ear takes at most 4 wake words";
  case EAR_BAD_WAKE_WORD:
    return "needs a name of 1 to 31 bytes, cutoffs of 0 to 1, a sliding window of 1 to 32 and a loss within "
           "10 nats";
  case EAR_BAD_MODEL:
    return "not a streaming model of this kind: wants int8 [1, stride, 40] in, one result out";
  case EAR_BAD_LOGITS:
    return "output scale must be above 0 and at most 8, the blank penalty within 50 nats, the look-ahead "
           "within 2 s";
  case EAR_NO_SUCH_WAKE_WORD:
    return "no wake word of this number, or no such sensitivity";
  case EAR_BAD_PRONUNCIATIONS:
    return "at most 4 pronunciations of 1 to 24 phones, each of 1 to 39";
  case EAR_BAD_EMBEDDING:
    return "not a speech embedding: wants int8 [1, 8, 32, 1] in, in steps of 1/16 from -128 on, int8 [1, 96] "
           "out";
  case EAR_NO_EMBEDDING:
    return "a verifier listens to a speech embedding, and there is none";
  case EAR_BAD_VERIFIER:
    return "not a verifier over this speech embedding: wants int8 [1, 1 to 16, 96] in the embedding's own "
           "scale in, one int8 logit out";
  case EAR_BAD_PHONE_FEATURES:
    return "a phone model of plain features has an input in steps of 1/32 from -128 on";
  }
  return "unknown status";
}

static int number_of_name(const char *const *names, int count, const char *name) {
  for (int number = 0; number < count; number++) {
    const size_t length = strlen(names[number]);
    if (strlen(name) == length && memcmp(name, names[number], length) == 0) return number;
  }
  return -1;
}

int ear_sensitivity_of_name(const char *name) {
  static const char *const names[] = {"low", "normal", "high"};
  return number_of_name(names, EAR_SENSITIVITIES, name);
}

int ear_guard_of_name(const char *name) {
  static const char *const names[] = {"unguarded", "guarded", "closed"};
  return number_of_name(names, 3, name);
}

int ear_phone_features_of_name(const char *name) {
  static const char *const names[] = {"noise-reduced", "plain"};
  return number_of_name(names, 2, name);
}

size_t ear_bytes(void) {
  return sizeof(ear);
}

void ear_init(ear *self, features *front_end) {
  memset(self, 0, sizeof *self);
  self->front_end = front_end;
  self->sensitivity = EAR_NORMAL_SENSITIVITY;
  features_reset(front_end);
  event_queue_clear(&self->events);
}

ear_status ear_add_wake_word(ear *self, const char *name, model *net, int cutoff, int window) {
  const ear_point point = {cutoff, window, cutoff, 0, WAKE_WORD_MOST_LOSS};
  if (self->wake_word_count == EAR_MAX_WAKE_WORDS) return EAR_TOO_MANY_WAKE_WORDS;
  const size_t name_length = strlen(name);
  if (name_length == 0 || name_length >= EAR_NAME_BYTES) return EAR_BAD_WAKE_WORD;
  if (!wake_word_accepts(&point)) return EAR_BAD_WAKE_WORD;
  if (!wake_word_init(&self->wake_words[self->wake_word_count], name, net, &point)) return EAR_BAD_MODEL;
  self->wake_word_count++;
  return EAR_OK;
}

ear_status ear_set_point(ear *self, int wake_word, ear_sensitivity sensitivity, const ear_point *point) {
  if (wake_word < 0 || wake_word >= self->wake_word_count) return EAR_NO_SUCH_WAKE_WORD;
  if ((int)sensitivity < 0 || (int)sensitivity >= EAR_SENSITIVITIES) return EAR_NO_SUCH_WAKE_WORD;
  if (!wake_word_accepts(point)) return EAR_BAD_WAKE_WORD;
  self->wake_words[wake_word].points[sensitivity] = *point;
  return EAR_OK;
}

ear_status ear_set_pronunciations(ear *self, int wake_word, const uint8_t *pronunciations,
                                  size_t byte_length) {
  if (wake_word < 0 || wake_word >= self->wake_word_count) return EAR_NO_SUCH_WAKE_WORD;
  wake_word_drop_look(&self->wake_words[wake_word]);
  if (!alignment_set(&self->wake_words[wake_word].said, pronunciations, byte_length))
    return EAR_BAD_PRONUNCIATIONS;
  return EAR_OK;
}

ear_status ear_set_embedding(ear *self, model *net) {
  for (int i = 0; i < self->wake_word_count; i++) ear_set_verifier(self, i, NULL);
  self->embedding.net = NULL;
  if (!net) return EAR_OK;
  return embedding_init(&self->embedding, net) ? EAR_OK : EAR_BAD_EMBEDDING;
}

ear_status ear_set_verifier(ear *self, int wake_word, model *net) {
  if (wake_word < 0 || wake_word >= self->wake_word_count) return EAR_NO_SUCH_WAKE_WORD;
  verifier *judge = &self->wake_words[wake_word].verifier;
  wake_word_drop_look(&self->wake_words[wake_word]);
  judge->net = NULL;
  if (!net) return EAR_OK;
  if (!self->embedding.net) return EAR_NO_EMBEDDING;
  return verifier_init(judge, net, &self->embedding) ? EAR_OK : EAR_BAD_VERIFIER;
}

static void drop_looks(ear *self) {
  for (int i = 0; i < self->wake_word_count; i++) wake_word_drop_look(&self->wake_words[i]);
}

static ear_status open_phones(ear *self, model *phones, ear_phone_features heard) {
  const ear_phone_features heard_so_far = self->phone_input.kind;
  const model_tensor input_so_far = self->phones.input;
  if (!stream_init(&self->phones, phones)) return EAR_BAD_MODEL;
  const model_tensor *input = &self->phones.input;
  if (heard != heard_so_far || input->scale != input_so_far.scale ||
      input->zero_point != input_so_far.zero_point) {
    past_forget_phones(&self->past); /* what is kept is of use only to a model that hears the same */
    phone_input_init(&self->phone_input, heard);
  }
  return phone_input_fits(&self->phone_input, input) ? EAR_OK : EAR_BAD_PHONE_FEATURES;
}

ear_status ear_set_commands(ear *self, model *phones, decoder *commands, float blank_penalty,
                            int look_ahead_ms, ear_phone_features heard) {
  drop_looks(self);
  self->listening = 0;
  self->commands = NULL;
  if (!phones || !commands) return EAR_OK;
  const ear_status opened = open_phones(self, phones, heard);
  if (opened != EAR_OK) return opened;
  const model_tensor *output = &self->phones.output;
  if (output->type != MODEL_INT8 || output->byte_length % DECODER_CLASSES != 0) return EAR_BAD_MODEL;
  if (look_ahead_ms < 0 || look_ahead_ms > EAR_MAX_LOOK_AHEAD_MS) return EAR_BAD_LOGITS;
  if (!decoder_set_logit_scale(commands, output->scale, blank_penalty)) return EAR_BAD_LOGITS;
  /* a single word has fewer phones to lose than a sentence: half the penalty vetoed best */
  if (!row_scale_set(&self->look_scale, output->scale, blank_penalty / 2)) return EAR_BAD_LOGITS;
  self->look_ahead_frames = look_ahead_ms * (FEATURES_SAMPLE_RATE / 1000) / FEATURES_HOP_SAMPLES;
  self->commands = commands;
  return EAR_OK;
}

void ear_set_sensitivity(ear *self, ear_sensitivity sensitivity) {
  const int is_known = (int)sensitivity >= 0 && (int)sensitivity < EAR_SENSITIVITIES;
  self->sensitivity = is_known ? sensitivity : EAR_NORMAL_SENSITIVITY;
}

void ear_set_guard(ear *self, ear_guard guard) {
  if (guard == EAR_GUARDED || guard == EAR_CLOSED) {
    self->guard = guard;
    self->guard_frames = GUARD_MAX_FRAMES;
  } else if (self->guard_frames > GUARD_TAIL_FRAMES) {
    self->guard_frames = GUARD_TAIL_FRAMES;
  }
}

static void forget_everything(ear *self) {
  features_reset(self->front_end);
  level_take(&self->level);
  mic_health_reset(&self->microphone);
  past_clear(&self->past);
  phone_input_reset(&self->phone_input);
  talk_forget(&self->talk);
  for (int i = 0; i < self->wake_word_count; i++) wake_word_reset(&self->wake_words[i]);
  if (self->embedding.net) embedding_reset(&self->embedding);
  if (self->commands) {
    stream_reset(&self->phones);
    decoder_start(self->commands);
  }
  self->listening = 0;
  event_queue_clear(&self->events);
}

void ear_set_muted(ear *self, int muted) {
  if (!self->muted == !muted) return;
  self->muted = muted != 0;
  forget_everything(self);
}

void ear_set_breather(ear *self, int (*breathe)(void *context), void *context) {
  self->breathe = breathe;
  self->breathe_context = context;
}

static void take_breath(ear *self) {
  if (self->breathe && !self->gives_up) self->gives_up = self->breathe(self->breathe_context);
}

static void mute_if_given_up(ear *self) {
  if (self->gives_up) ear_set_muted(self, 1);
  self->gives_up = 0;
}

static void conclude(ear *self, decoder_state state) {
  self->listening = 0;
  if (state == DECODER_FOUND)
    report_command(&self->events, self->samples, self->commands);
  else
    report_speech_ended(&self->events, self->samples, state == DECODER_SILENCE ? "silence" : "notUnderstood");
}

static void report_progress(ear *self) {
  if (!self->speech_heard && decoder_speech_heard(self->commands)) {
    report_speech_started(&self->events, self->samples);
    self->speech_heard = 1;
  }
  const int tokens = decoder_token_count(self->commands);
  if (tokens > self->partial_tokens) report_partial(&self->events, self->samples, self->commands);
  self->partial_tokens = tokens;
}

static void decode_row(ear *self, const int8_t *logits) {
  const decoder_state state = decoder_step(self->commands, logits);
  if (state == DECODER_SEARCHING)
    report_progress(self);
  else
    conclude(self, state);
}

static void align_row(ear *self, const int8_t *logits, uint32_t frame_count) {
  int32_t losses[DECODER_CLASSES];
  row_losses(&self->look_scale, logits, losses);
  alignment_weigh(losses);
  for (int i = 0; i < self->wake_word_count; i++)
    alignment_row(&self->wake_words[i].said, losses, frame_count);
}

static void take_rows(ear *self, uint32_t frame_count) {
  const int8_t *logits = self->phones.output.data;
  const int rows = self->phones.output.byte_length / DECODER_CLASSES;
  for (int row = 0; row < rows; row++) {
    align_row(self, logits + row * DECODER_CLASSES, frame_count);
    if (self->listening && (int32_t)(frame_count - self->listening_from) > 0)
      decode_row(self, logits + row * DECODER_CLASSES);
  }
}

/* One frame of the past for the phone model. */
static void hear_phones(ear *self, uint32_t frame, int is_settled) {
  int8_t heard[FEATURES_CHANNELS];
  phone_input_hear(&self->phone_input, past_phones(&self->past, frame), heard);
  if (!stream_input(&self->phones, heard)) return;
  if (is_settled) take_rows(self, frame + 1);
  take_breath(self);
}

/* Starts the phone model anew and lets it hear the past. Its rows count from that of `first_frame` on. */
static void replay_past(ear *self, uint32_t first_frame, uint32_t warm_up_frames) {
  const past *heard = &self->past;
  const uint32_t oldest = past_oldest(heard);
  const uint32_t stride = (uint32_t)self->phones.stride_frames;
  uint32_t warm_up = first_frame - oldest < warm_up_frames ? first_frame - oldest : warm_up_frames;
  warm_up -= warm_up % stride; /* so that what counts begins with a stride of its own */
  stream_reset(&self->phones);
  for (int i = 0; i < self->wake_word_count; i++) alignment_reset(&self->wake_words[i].said);
  for (uint32_t i = first_frame - warm_up; (int32_t)(heard->count - i) > 0 && !self->gives_up; i++)
    hear_phones(self, i, (int32_t)(i - first_frame) >= 0);
}

void ear_listen(ear *self, double since_sample) {
  if (self->muted || !self->commands) return;
  const past *heard = &self->past;
  const double back = ((double)self->samples - since_sample) / FEATURES_HOP_SAMPLES - self->look_ahead_frames;
  const uint32_t kept = heard->count - past_oldest(heard);
  drop_looks(self);
  decoder_start(self->commands);
  self->listening = 1;
  self->speech_heard = 0;
  self->partial_tokens = 0;
  if (back >= 0.0) {
    self->listening_from = heard->count - (back >= (double)kept ? kept : (uint32_t)back);
    replay_past(self, self->listening_from, LISTEN_WARM_UP_FRAMES);
  } else {
    /* rows of what was said by now are still to come, and not all of them are wanted; NaN: from now on */
    const double ahead = back >= -(double)self->look_ahead_frames ? -back : self->look_ahead_frames;
    self->listening_from = heard->count + (uint32_t)ahead;
    replay_past(self, heard->count, LISTEN_WARM_UP_FRAMES);
  }
  mute_if_given_up(self);
}

void ear_stop_listening(ear *self) {
  self->listening = 0;
}

static int is_looking(const ear *self) {
  for (int i = 0; i < self->wake_word_count; i++) {
    if (self->wake_words[i].phase == WAKE_WORD_LOOKING) return 1;
  }
  return 0;
}

/* The sample up to which the row that came with this frame tells of the sound. */
static uint64_t sample_of_row(const ear *self, uint32_t frame) {
  const uint64_t back = (uint64_t)(self->past.count - frame) + (uint64_t)self->look_ahead_frames;
  const uint64_t back_samples = back * FEATURES_HOP_SAMPLES;
  return back_samples < self->samples ? self->samples - back_samples : 0;
}

static void report_news(ear *self, const wake_word *word, wake_word_news news) {
  if (news == WAKE_WORD_NOTHING || news == WAKE_WORD_LOOK_BEGAN) return;
  const wake_report about = {word->name, word->peak, word->found.loss_per_phone, word->best_logit,
                             word->talk};
  if (news == WAKE_WORD_HEARD)
    report_wake_word(&self->events, self->samples, &about, sample_of_row(self, word->found.frame));
  else
    report_near_miss(&self->events, self->samples, &about,
                     news == WAKE_WORD_VETOED ? "vetoed" : "belowCutoff",
                     past_level(&self->past, NEAR_MISS_FRAMES));
}

static wake_word_rule rule_of(const ear *self) {
  const wake_word_rule rule = {self->guard == EAR_GUARDED ? EAR_LOW_SENSITIVITY : self->sensitivity,
                               self->commands != NULL, self->guard == EAR_CLOSED, talk_share(&self->talk)};
  return rule;
}

static void pass_guard(ear *self) {
  if (self->guard_frames > 0 && --self->guard_frames == 0) self->guard = EAR_UNGUARDED;
}

static void keep_frame(ear *self, const uint16_t frame[FEATURES_CHANNELS]) {
  int8_t phones[FEATURES_CHANNELS], mel[FEATURES_MEL_BANDS];
  if (self->commands) phone_input_keep(&self->phone_input, &self->phones, self->front_end, frame, phones);
  if (self->embedding.net) features_take_mel(self->front_end, mel);
  const int level = level_take(&self->level);
  past_add(&self->past, self->commands ? phones : NULL, self->embedding.net ? mel : NULL, level);
  if (!self->listening && self->guard_frames == 0) talk_add(&self->talk, level);
}

static int is_verifying(const ear *self) {
  for (int i = 0; i < self->wake_word_count; i++) {
    if (wake_word_is_verifying(&self->wake_words[i])) return 1;
  }
  return 0;
}

/* Of the embedding, for any verifier: one that joins later finds its rows as well. */
static int most_rows(const ear *self) {
  int most = 0;
  for (int i = 0; i < self->wake_word_count; i++) {
    const verifier *judge = &self->wake_words[i].verifier;
    if (judge->net && judge->row_count > most) most = judge->row_count;
  }
  return most;
}

/* Returns 1 when there is a new row. */
static int hear_mels(ear *self, uint32_t frames) {
  int has_row = 0;
  for (uint32_t i = self->past.count - frames; i != self->past.count && !self->gives_up; i++) {
    if (!embedding_frame(&self->embedding, past_mel(&self->past, i))) continue;
    has_row = 1;
    take_breath(self);
  }
  return has_row;
}

/* The embedding runs from when a first verifier is asked until none is any more. */
static void ask_verifiers(ear *self, int was_verifying) {
  if (!is_verifying(self)) return;
  const uint32_t frames = was_verifying ? 1 : embedding_begin(&self->embedding, &self->past, most_rows(self));
  if (!hear_mels(self, frames)) return;
  for (int i = 0; i < self->wake_word_count; i++) wake_word_verify(&self->wake_words[i], &self->embedding);
}

static void hear_frame(ear *self, const uint16_t frame[FEATURES_CHANNELS]) {
  keep_frame(self, frame);
  const wake_word_rule rule = rule_of(self);
  const int was_awake = self->listening || is_looking(self);
  const int was_verifying = is_verifying(self);
  for (int i = 0; i < self->wake_word_count; i++)
    report_news(self, &self->wake_words[i], wake_word_frame(&self->wake_words[i], frame, rule));
  const uint32_t count = self->past.count;
  if (was_awake) {
    hear_phones(self, count - 1, 1);
  } else if (is_looking(self)) {
    const uint32_t kept = count - past_oldest(&self->past);
    replay_past(self, count - (kept < LOOK_BACK_FRAMES ? kept : LOOK_BACK_FRAMES), LOOK_WARM_UP_FRAMES);
  }
  ask_verifiers(self, was_verifying);
  for (int i = 0; i < self->wake_word_count; i++)
    report_news(self, &self->wake_words[i], wake_word_look(&self->wake_words[i], rule, &self->past));
  pass_guard(self);
}

void ear_hear(ear *self, const int16_t *samples, size_t count) {
  while (count > 0 && !self->muted) {
    uint16_t frame[FEATURES_CHANNELS];
    int ready = 0;
    const size_t consumed = features_push(self->front_end, samples, count, frame, &ready);
    level_add(&self->level, samples, consumed);
    const mic_health_verdict verdict = mic_health_hear(&self->microphone, samples, consumed);
    self->samples += consumed;
    if (verdict != MIC_HEALTH_FINE) report_fault(&self->events, self->samples, mic_health_text(verdict));
    samples += consumed;
    count -= consumed;
    if (ready) hear_frame(self, frame);
    mute_if_given_up(self);
  }
  self->samples += count; /* the gate: not one sample goes further */
}

size_t ear_take_event(ear *self, char *text) {
  return take_report(&self->events, self->samples, text);
}
