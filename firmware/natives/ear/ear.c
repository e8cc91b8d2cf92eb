#include "ear_object.h"
#include "reports.h"

/* What the phone model hears before its rows count, so that its state has settled. */
#define LISTEN_WARM_UP_FRAMES 60
#define LOOK_WARM_UP_FRAMES 30
/* How far back the second look begins. */
#define LOOK_BACK_FRAMES ALIGNMENT_MAX_FRAMES
/* Over which the loudness of a near miss is taken. */
#define NEAR_MISS_FRAMES 150

/* How far the last phone of a wake word may reach behind the end that the second look found. */
#define WORD_TAIL_ROWS 5

#define GUARD_TAIL_FRAMES 30
#define GUARD_MAX_FRAMES 200

void ear_drop_looks(ear *self) {
  for (int i = 0; i < self->wake_word_count; i++) wake_word_drop_look(&self->wake_words[i]);
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
  if (state == DECODER_FOUND || state == DECODER_DOUBTED)
    report_command(&self->events, self->samples, self->commands, state == DECODER_DOUBTED);
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
  ear_drop_looks(self);
  if (since_sample < self->heard_somewhere_before)
    decoder_start(self->commands);
  else
    decoder_start_after(self->commands, WORD_TAIL_ROWS);
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
  if (news == WAKE_WORD_HEARD && word->found.loss_per_phone == ALIGNMENT_NO_FIT)
    self->heard_somewhere_before = (double)self->samples;
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

/* Of the embedding, for any word verifier: one that joins later finds its rows as well. */
static int most_rows(const ear *self) {
  int most = 0;
  for (int i = 0; i < self->wake_word_count; i++) {
    const word_verifier *judge = &self->wake_words[i].word_verifier;
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

/* The embedding runs from when a first word verifier is asked until none is any more. */
static void ask_word_verifiers(ear *self, int was_verifying) {
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
  ask_word_verifiers(self, was_verifying);
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
