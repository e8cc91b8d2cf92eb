#include <string.h>

#include "ear_object.h"

/* What is wrong is what of whose, at which sensitivity. NULL where there is no such thing. */
typedef struct {
  const char *what;
  const char *name;
  const char *sensitivity;
} hearing_item;

static const char *text_of(ear_status status) {
  switch (status) {
  case EAR_OK:
    return "fine";
  case EAR_TOO_MANY_WAKE_WORDS:
    return "one ear takes at most 4";
  case EAR_BAD_NAME:
    return "needs a name of 1 to 31 bytes";
  case EAR_BAD_POINT:
    return "needs cutoffs of 0 to 1, a sliding window of 1 to 32, a loss within 10 nats and an unsure loss "
           "of at "
           "most 4.5";
  case EAR_BAD_MODEL:
    return "not a streaming model of this kind: wants int8 [1, stride, 40] in, one result out";
  case EAR_BAD_PRONUNCIATIONS:
    return "at most 4 pronunciations of 1 to 24 phones, each of 1 to 39";
  case EAR_BAD_EMBEDDING:
    return "not a speech embedding: wants int8 [1, 8, 32, 1] in, in steps of 1/16 from -128 on, int8 [1, 96] "
           "out";
  case EAR_NO_EMBEDDING:
    return "a word verifier listens to a speech embedding, and there is none";
  case EAR_BAD_WORD_VERIFIER:
    return "not a word verifier over this speech embedding: wants int8 [1, 1 to 16, 96] in the embedding's "
           "own "
           "scale in, one int8 logit out";
  case EAR_BAD_LOGITS:
    return "output scale must be above 0 and at most 8, the blank penalty within 50 nats, the look-ahead "
           "within 2 s";
  case EAR_BAD_PHONE_FEATURES:
    return "one of plain features has an input in steps of 1/32 from -128 on";
  }
  return "unknown status";
}

/* What does not fit is cut off. */
static void append(ear_error *error, const char *text) {
  const size_t used = strlen(error->detail), room = EAR_DETAIL_BYTES - 1 - used, wanted = strlen(text);
  const size_t length = wanted < room ? wanted : room;
  memcpy(error->detail + used, text, length);
  error->detail[used + length] = 0;
}

static ear_status refuse(ear_error *error, ear_status status, hearing_item item) {
  error->status = status;
  error->detail[0] = 0;
  append(error, item.what);
  if (item.name) append(error, " ");
  if (item.name) append(error, item.name);
  if (item.sensitivity) append(error, ", ");
  if (item.sensitivity) append(error, item.sensitivity);
  append(error, item.sensitivity ? " sensitivity: " : ": ");
  append(error, text_of(status));
  return status;
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

/* Nothing of what was heard stays behind in models that are let go. */
static void let_go_of_wake_words(ear *self) {
  for (int i = 0; i < self->wake_word_count; i++) wake_word_reset(&self->wake_words[i]);
  if (self->embedding.net) embedding_reset(&self->embedding);
  self->wake_word_count = 0;
  self->embedding.net = NULL;
}

static void let_go_of_commands(ear *self) {
  ear_drop_looks(self);
  self->listening = 0;
  if (!self->commands) return;
  stream_reset(&self->phones);
  decoder_start(self->commands);
  self->commands = NULL;
}

static ear_status take_word_verifier(ear *self, wake_word *word, model *net) {
  if (!net) return EAR_OK;
  if (!self->embedding.net) return EAR_NO_EMBEDDING;
  return word_verifier_init(&word->word_verifier, net, &self->embedding) ? EAR_OK : EAR_BAD_WORD_VERIFIER;
}

static ear_status take_wake_word(ear *self, const ear_wake_word *given, ear_error *error) {
  wake_word *word = &self->wake_words[self->wake_word_count];
  const size_t name_length = given->name ? strlen(given->name) : 0;
  const hearing_item item = {"wake word", given->name, NULL};
  if (name_length == 0 || name_length >= EAR_NAME_BYTES) return refuse(error, EAR_BAD_NAME, item);
  for (int i = 0; i < EAR_SENSITIVITIES; i++) {
    const hearing_item point = {item.what, item.name, ear_sensitivity_name((ear_sensitivity)i)};
    if (!wake_word_accepts(&given->points[i])) return refuse(error, EAR_BAD_POINT, point);
  }
  if (!given->net || !wake_word_init(word, given->name, given->net, given->points))
    return refuse(error, EAR_BAD_MODEL, item);
  if ((!given->pronunciations && given->pronunciations_bytes > 0) ||
      !alignment_set(&word->said, given->pronunciations, given->pronunciations_bytes))
    return refuse(error, EAR_BAD_PRONUNCIATIONS, (hearing_item){"pronunciations of", given->name, NULL});
  const ear_status status = take_word_verifier(self, word, given->word_verifier);
  if (status != EAR_OK) return refuse(error, status, (hearing_item){"word verifier of", given->name, NULL});
  self->wake_word_count++;
  return EAR_OK;
}

static ear_status take_wake_words(ear *self, const ear_wake_words *given, ear_error *error) {
  let_go_of_wake_words(self);
  if (given->count < 0 || given->count > EAR_MAX_WAKE_WORDS || (given->count > 0 && !given->words))
    return refuse(error, EAR_TOO_MANY_WAKE_WORDS, (hearing_item){"wake words", NULL, NULL});
  if (given->embedding && !embedding_init(&self->embedding, given->embedding))
    return refuse(error, EAR_BAD_EMBEDDING, (hearing_item){"speech embedding", NULL, NULL});
  for (int i = 0; i < given->count; i++) {
    const ear_status status = take_wake_word(self, &given->words[i], error);
    if (status == EAR_OK) continue;
    let_go_of_wake_words(self);
    return status;
  }
  return EAR_OK;
}

static ear_status open_phones(ear *self, model *net, ear_phone_features features) {
  const model_tensor input_so_far = self->phones.input;
  if (!net || !stream_init(&self->phones, net)) return EAR_BAD_MODEL;
  const model_tensor *input = &self->phones.input, *output = &self->phones.output;
  if (features != self->phone_input.kind || input->scale != input_so_far.scale ||
      input->zero_point != input_so_far.zero_point) {
    past_forget_phones(&self->past); /* what is kept is of use only to a model that hears the same */
    phone_input_init(&self->phone_input, features);
  }
  if (output->type != MODEL_INT8 || output->byte_length % DECODER_CLASSES != 0) return EAR_BAD_MODEL;
  return phone_input_fits(&self->phone_input, input) ? EAR_OK : EAR_BAD_PHONE_FEATURES;
}

static ear_status take_commands(ear *self, const ear_commands *given, ear_error *error) {
  const hearing_item item = {"phone model", NULL, NULL};
  let_go_of_commands(self);
  if (!given->phones && !given->decoder) return EAR_OK;
  if (!given->decoder) return refuse(error, EAR_BAD_MODEL, item);
  const ear_status opened = open_phones(self, given->phones, given->features);
  if (opened != EAR_OK) return refuse(error, opened, item);
  const float scale = self->phones.output.scale, penalty = given->blank_penalty_nats;
  if (given->look_ahead_ms < 0 || given->look_ahead_ms > EAR_MAX_LOOK_AHEAD_MS ||
      !decoder_set_logit_scale(given->decoder, scale, penalty) ||
      /* a single word has fewer phones to lose than a sentence: half the penalty vetoed best */
      !row_scale_set(&self->look_scale, scale, penalty / 2))
    return refuse(error, EAR_BAD_LOGITS, item);
  self->look_ahead_frames = given->look_ahead_ms * (FEATURES_SAMPLE_RATE / 1000) / FEATURES_HOP_SAMPLES;
  self->commands = given->decoder;
  return EAR_OK;
}

ear_status ear_configure(ear *self, const ear_hearing *hearing, ear_error *error) {
  ear_status status = EAR_OK;
  *error = (ear_error){EAR_OK, ""};
  if (hearing->wake_words) status = take_wake_words(self, hearing->wake_words, error);
  if (status == EAR_OK && hearing->commands) status = take_commands(self, hearing->commands, error);
  return status;
}
