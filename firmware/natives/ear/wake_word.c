#include "wake_word.h"

#include <string.h>

#include "../decoder/row.h"
#include "pause.h"

static int is_share(int cutoff) {
  return cutoff >= 0 && cutoff <= 65536;
}

static int is_loss(int32_t loss) {
  return loss >= -ROW_MAX_LOSS && loss <= ROW_MAX_LOSS;
}

int wake_word_accepts(const ear_point *point) {
  return is_share(point->cutoff) && is_share(point->look_cutoff) && point->window >= 1 &&
         point->window <= SPOTTER_MAX_WINDOW && is_loss(point->look_loss) && is_loss(point->unsure_loss) &&
         point->unsure_loss <= WAKE_WORD_MOST_LOSS;
}

static void enter(wake_word *self, wake_word_phase phase, int peak) {
  self->phase = phase;
  self->peak = peak;
  self->found.loss_per_phone = ALIGNMENT_NO_FIT;
  self->best_logit = WORD_VERIFIER_NO_LOGIT;
  self->patience_frames = WAKE_WORD_PATIENCE_FRAMES;
  self->phase_frames = 0;
}

int wake_word_init(wake_word *self, const char *name, model *net, const ear_point points[EAR_SENSITIVITIES]) {
  memset(self, 0, sizeof *self);
  if (!spotter_init(&self->spotter, net)) return 0;
  memcpy(self->name, name, strlen(name) + 1);
  alignment_reset(&self->said);
  self->best_logit = WORD_VERIFIER_NO_LOGIT;
  memcpy(self->points, points, sizeof self->points);
  return 1;
}

void wake_word_reset(wake_word *self) {
  spotter_reset(&self->spotter);
  alignment_reset(&self->said);
  word_verifier_reset(&self->word_verifier);
  self->refractory_frames = 0;
  enter(self, WAKE_WORD_CALM, 0);
}

void wake_word_drop_look(wake_word *self) {
  if (self->phase == WAKE_WORD_LOOKING) enter(self, WAKE_WORD_CALM, 0);
  alignment_reset(&self->said);
}

static int looks(const wake_word *self, wake_word_rule rule) {
  return rule.can_look && self->said.pronunciation_count > 0;
}

static wake_word_news wake(wake_word *self, int peak) {
  self->phase = WAKE_WORD_CALM;
  self->peak = peak;
  self->refractory_frames = WAKE_WORD_REFRACTORY_FRAMES;
  spotter_begin_anew(&self->spotter);
  return WAKE_WORD_HEARD;
}

/* Something is up: the mean is above a level that keeps the phase going. */
static void rise(wake_word *self, int mean) {
  if (mean > self->peak) self->peak = mean;
  self->patience_frames = WAKE_WORD_PATIENCE_FRAMES;
}

static wake_word_news hear_mean(wake_word *self, int mean, const ear_point *point, wake_word_rule rule) {
  const int may_look = looks(self, rule);
  const int cutoff = may_look ? point->look_cutoff : point->cutoff;
  if (self->phase == WAKE_WORD_LOOKING) {
    if (mean > cutoff) rise(self, mean);
    return WAKE_WORD_NOTHING;
  }
  if (mean > cutoff) {
    if (!may_look) return wake(self, mean);
    enter(self, WAKE_WORD_LOOKING, mean);
    self->talk = rule.talk;
    return WAKE_WORD_LOOK_BEGAN;
  }
  if (!may_look && mean > cutoff / 2) {
    if (self->phase == WAKE_WORD_CALM) enter(self, WAKE_WORD_NEAR, mean);
    rise(self, mean);
  }
  return WAKE_WORD_NOTHING;
}

/* Time passes; a phase that nothing keeps up ends. */
static wake_word_news wait(wake_word *self) {
  if (self->phase == WAKE_WORD_CALM) return WAKE_WORD_NOTHING;
  self->phase_frames++;
  if (--self->patience_frames > 0 && self->phase_frames < WAKE_WORD_MAX_LOOK_FRAMES) return WAKE_WORD_NOTHING;
  const wake_word_news news = self->phase == WAKE_WORD_LOOKING ? WAKE_WORD_VETOED : WAKE_WORD_MISSED;
  self->phase = WAKE_WORD_CALM;
  return news;
}

wake_word_news wake_word_frame(wake_word *self, const uint16_t frame[FEATURES_CHANNELS],
                               wake_word_rule rule) {
  const int is_new = spotter_frame(&self->spotter, frame);
  if (self->refractory_frames > 0) self->refractory_frames--;
  if (rule.is_closed || self->refractory_frames > 0) {
    enter(self, WAKE_WORD_CALM, 0);
    return WAKE_WORD_NOTHING;
  }
  const ear_point *point = &self->points[rule.sensitivity];
  const wake_word_news ended = wait(self);
  if (ended != WAKE_WORD_NOTHING || !is_new) return ended;
  return hear_mean(self, spotter_mean(&self->spotter, point->window), point, rule);
}

int wake_word_is_verifying(const wake_word *self) {
  return self->phase == WAKE_WORD_LOOKING && self->word_verifier.net != NULL;
}

void wake_word_verify(wake_word *self, const embedding *heard) {
  if (!wake_word_is_verifying(self)) return;
  const int32_t logit = word_verifier_logit(&self->word_verifier, heard);
  if (logit > self->best_logit) self->best_logit = logit;
}

static int32_t unpaused_loss(const past *heard, const alignment_end *said) {
  const int32_t loss = pause_missing(heard, said->began, said->frame) * WAKE_WORD_UNPAUSED_LOSS;
  return loss < 0 ? 0 : loss < WAKE_WORD_MOST_UNPAUSED_LOSS ? loss : WAKE_WORD_MOST_UNPAUSED_LOSS;
}

wake_word_news wake_word_look(wake_word *self, wake_word_rule rule, const past *heard) {
  if (self->phase != WAKE_WORD_LOOKING) return WAKE_WORD_NOTHING;
  alignment_end latest;
  alignment_best(&self->said, &latest);
  if (latest.loss_per_phone != ALIGNMENT_NO_FIT) latest.loss_per_phone += unpaused_loss(heard, &latest);
  if (latest.loss_per_phone <= self->found.loss_per_phone) self->found = latest;
  const ear_point *point = &self->points[rule.sensitivity];
  const int32_t logit = self->word_verifier.net ? self->best_logit : 0;
  if (!second_look_finds(self->peak, self->found.loss_per_phone, logit, self->talk, point->look_loss,
                         point->unsure_loss))
    return WAKE_WORD_NOTHING;
  /* while the fit still gets better the word has not ended */
  return self->found.frame == alignment_newest_frame(&self->said) ? WAKE_WORD_NOTHING
                                                                  : wake(self, self->peak);
}
