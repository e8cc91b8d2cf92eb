/* An ear that keeps what it hears, so that a test can see which samples came through. Behind ear.h, in place of the
 * real one. It tells of every sample that is TOLD, and looks back at one that is LOOKS: that takes as many steps as the
 * test says, with a breath after each. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "../../../../firmware/natives/ear/ear.h"

enum { TOLD = 7777, LOOKS = 8888, MOST = 1 << 20 };

struct ear {
  int muted;
  uint64_t samples;
  size_t told;
  int (*breathe)(void *context);
  void *breathe_context;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int16_t heard[MOST];
static size_t heard_count;
static char asked[4096];
static void (*during_look)(int step);
static int look_steps, looks_over;

size_t fake_ear_heard(int16_t *samples, size_t most) {
  pthread_mutex_lock(&mutex);
  const size_t count = heard_count;
  memcpy(samples, heard, (count < most ? count : most) * sizeof heard[0]);
  pthread_mutex_unlock(&mutex);
  return count;
}

const char *fake_ear_asked(void) {
  return asked;
}

void fake_ear_look(int steps, void (*during)(int step)) {
  look_steps = steps;
  during_look = during;
}

int fake_ear_looks_over(void) {
  return __atomic_load_n(&looks_over, __ATOMIC_SEQ_CST);
}

static void note(const char *what, double number) {
  const size_t used = strlen(asked);
  snprintf(asked + used, sizeof asked - used, "%s %.0f\n", what, number);
}

size_t ear_bytes(void) {
  return sizeof(ear);
}

void ear_init(ear *self, features *front_end) {
  (void)front_end;
  memset(self, 0, sizeof *self);
}

void ear_set_muted(ear *self, int muted) {
  if (self->muted == muted) return;
  self->muted = muted;
  self->told = 0;
  note("muted", muted);
}

void ear_set_breather(ear *self, int (*breathe)(void *context), void *context) {
  self->breathe = breathe;
  self->breathe_context = context;
}

static void look_back(ear *self) {
  for (int step = 0; step < look_steps; step++) {
    during_look(step);
    if (!self->breathe(self->breathe_context)) continue;
    ear_set_muted(self, 1);
    break;
  }
  __atomic_add_fetch(&looks_over, 1, __ATOMIC_SEQ_CST);
}

void ear_hear(ear *self, const int16_t *samples, size_t count) {
  self->samples += count;
  if (self->muted) return;
  if (samples[0] == LOOKS) look_back(self);
  if (self->muted) return;
  pthread_mutex_lock(&mutex);
  for (size_t i = 0; i < count; i++) {
    self->told += samples[i] == TOLD;
    if (heard_count < MOST) heard[heard_count++] = samples[i];
  }
  pthread_mutex_unlock(&mutex);
}

void ear_listen(ear *self, double since_sample) {
  (void)self;
  note("listen", since_sample);
}

void ear_stop_listening(ear *self) {
  (void)self;
  note("stop", 0);
}

void ear_set_sensitivity(ear *self, ear_sensitivity sensitivity) {
  (void)self;
  note("sensitivity", sensitivity);
}

void ear_set_guard(ear *self, ear_guard guard) {
  (void)self;
  note("guard", guard);
}

size_t ear_take_event(ear *self, char *text) {
  if (self->told == 0) return 0;
  self->told--;
  return (size_t)snprintf(text, EAR_EVENT_BYTES, "{\"type\":\"told\",\"sample\":%u}",
                          (unsigned)self->samples);
}
