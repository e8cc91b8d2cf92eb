/* What a processor needs most of its time for when it learns a phone model, besides the products of matrices: depthwise
 * convolution, normalisation over the batch, and connectionist temporal classification, forward and back.
 *
 * Activations are [rows, steps, channels], float; what goes into products and comes out of them is bfloat16. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "phone_level.h"

#define MOST_CHANNELS 2048
#define LEAST_CHANCE 1e-30 /* of a label, so that a path can always go on */
#define LOST 1e-200        /* below, no path is left */

typedef uint16_t bfloat16;

static inline float widened(bfloat16 value) {
  union {
    uint32_t bits;
    float real;
  } out = {(uint32_t)value << 16};
  return out.real;
}

static inline bfloat16 rounded(float value) {
  union {
    float real;
    uint32_t bits;
  } in = {value};
  return (bfloat16)((in.bits + 0x7FFF + ((in.bits >> 16) & 1)) >> 16);
}

/* Causal: step t of y is made of steps t - taps + 1 to t of x; weights [taps, channels], the newest tap last. */
void depthwise_forward(const float *restrict x, const float *restrict weights, float *restrict y, int rows,
                       int steps, int channels, int taps) {
  memset(y, 0, sizeof(float) * (size_t)rows * steps * channels);
  for (int row = 0; row < rows; row++)
    for (int step = 0; step < steps; step++) {
      float *restrict out = y + (size_t)(row * steps + step) * channels;
      for (int tap = step < taps - 1 ? taps - 1 - step : 0; tap < taps; tap++) {
        const float *restrict in = x + (size_t)(row * steps + step - taps + 1 + tap) * channels;
        const float *restrict weight = weights + (size_t)tap * channels;
        for (int c = 0; c < channels; c++) out[c] += in[c] * weight[c];
      }
    }
}

void depthwise_back(const float *restrict x, const float *restrict weights, const float *restrict dy,
                    float *restrict dx, float *restrict dweights, int rows, int steps, int channels,
                    int taps) {
  memset(dx, 0, sizeof(float) * (size_t)rows * steps * channels);
  memset(dweights, 0, sizeof(float) * (size_t)taps * channels);
  for (int row = 0; row < rows; row++)
    for (int step = 0; step < steps; step++) {
      const float *restrict in = x + (size_t)(row * steps + step) * channels;
      float *restrict din = dx + (size_t)(row * steps + step) * channels;
      for (int tap = taps - 1; tap >= 0 && step + taps - 1 - tap < steps; tap--) {
        const float *restrict dout = dy + (size_t)(row * steps + step + taps - 1 - tap) * channels;
        const float *restrict weight = weights + (size_t)tap * channels;
        float *restrict dweight = dweights + (size_t)tap * channels;
        for (int c = 0; c < channels; c++) {
          din[c] += dout[c] * weight[c];
          dweight[c] += dout[c] * in[c];
        }
      }
    }
}

/* Of `count` vectors: mean, variance, and the reciprocal of the deviation. */
typedef struct {
  float *mean, *variance, *inverse;
} moments;

static void finish(moments out, int count, int channels) {
  for (int c = 0; c < channels; c++) {
    out.mean[c] /= (float)count;
    float variance = out.variance[c] / (float)count - out.mean[c] * out.mean[c];
    out.variance[c] = variance > 0 ? variance : 0;
    out.inverse[c] = 1 / sqrtf(out.variance[c] + 1e-5f);
  }
}

/* y = relu(normalised x) */
void normalised_forward(const float *restrict x, const float *gain, const float *shift, bfloat16 *restrict y,
                        float *mean, float *variance, float *inverse, int count, int channels) {
  memset(mean, 0, sizeof(float) * channels);
  memset(variance, 0, sizeof(float) * channels);
  for (int i = 0; i < count; i++) {
    const float *restrict in = x + (size_t)i * channels;
    for (int c = 0; c < channels; c++) {
      mean[c] += in[c];
      variance[c] += in[c] * in[c];
    }
  }
  finish((moments){mean, variance, inverse}, count, channels);
  float slope[MOST_CHANNELS], offset[MOST_CHANNELS];
  for (int c = 0; c < channels; c++) {
    slope[c] = gain[c] * inverse[c];
    offset[c] = shift[c] - mean[c] * slope[c];
  }
  for (int i = 0; i < count; i++) {
    const float *restrict in = x + (size_t)i * channels;
    bfloat16 *restrict out = y + (size_t)i * channels;
    for (int c = 0; c < channels; c++) {
      float value = in[c] * slope[c] + offset[c];
      out[c] = rounded(value > 0 ? value : 0);
    }
  }
}

/* What of a gradient gets past the normalisation: slope * (d - mean of d - (x - mean) * share). */
typedef struct {
  float slope[MOST_CHANNELS], of_all[MOST_CHANNELS], share[MOST_CHANNELS];
} passing;

static void take_passing(passing *out, const float *gain, const float *inverse, float *dgain,
                         const float *dshift, int count, int channels) {
  for (int c = 0; c < channels; c++) {
    dgain[c] *= inverse[c];
    out->slope[c] = gain[c] * inverse[c];
    out->of_all[c] = dshift[c] / (float)count;
    out->share[c] = dgain[c] * inverse[c] / (float)count;
  }
}

void normalised_back(const float *restrict x, const bfloat16 *restrict y, const bfloat16 *restrict dy,
                     const float *gain, const float *mean, const float *inverse, float *restrict dx,
                     float *restrict dgain, float *restrict dshift, int count, int channels) {
  memset(dgain, 0, sizeof(float) * channels);
  memset(dshift, 0, sizeof(float) * channels);
  for (int i = 0; i < count; i++) {
    const size_t at = (size_t)i * channels;
    for (int c = 0; c < channels; c++) {
      float d = y[at + c] ? widened(dy[at + c]) : 0;
      dshift[c] += d;
      dgain[c] += d * (x[at + c] - mean[c]);
    }
  }
  passing past;
  take_passing(&past, gain, inverse, dgain, dshift, count, channels);
  for (int i = 0; i < count; i++) {
    const size_t at = (size_t)i * channels;
    for (int c = 0; c < channels; c++) {
      float d = y[at + c] ? widened(dy[at + c]) : 0;
      dx[at + c] = past.slope[c] * (d - past.of_all[c] - (x[at + c] - mean[c]) * past.share[c]);
    }
  }
}

/* out = relu(what came in `late` steps ago + normalised y); `before` may be NULL. */
void joined_forward(const bfloat16 *restrict y, const float *restrict before, const float *gain,
                    const float *shift, float *restrict out, float *mean, float *variance, float *inverse,
                    int rows, int steps, int channels, int late) {
  const int count = rows * steps;
  memset(mean, 0, sizeof(float) * channels);
  memset(variance, 0, sizeof(float) * channels);
  for (int i = 0; i < count; i++) {
    const bfloat16 *restrict in = y + (size_t)i * channels;
    for (int c = 0; c < channels; c++) {
      float value = widened(in[c]);
      mean[c] += value;
      variance[c] += value * value;
    }
  }
  finish((moments){mean, variance, inverse}, count, channels);
  float slope[MOST_CHANNELS], offset[MOST_CHANNELS];
  for (int c = 0; c < channels; c++) {
    slope[c] = gain[c] * inverse[c];
    offset[c] = shift[c] - mean[c] * slope[c];
  }
  static const float nothing[MOST_CHANNELS];
  for (int i = 0; i < count; i++) {
    const size_t at = (size_t)i * channels;
    const float *restrict earlier =
        before != NULL && i % steps >= late ? before + at - (size_t)late * channels : nothing;
    for (int c = 0; c < channels; c++) {
      float value = earlier[c] + widened(y[at + c]) * slope[c] + offset[c];
      out[at + c] = value > 0 ? value : 0;
    }
  }
}

void joined_back(const bfloat16 *restrict y, const float *restrict out, const float *restrict dout,
                 const float *gain, const float *mean, const float *inverse, bfloat16 *restrict dy,
                 float *restrict dbefore, float *restrict dgain, float *restrict dshift, int rows, int steps,
                 int channels, int late) {
  const int count = rows * steps;
  memset(dgain, 0, sizeof(float) * channels);
  memset(dshift, 0, sizeof(float) * channels);
  for (int i = 0; i < count; i++) {
    const size_t at = (size_t)i * channels;
    for (int c = 0; c < channels; c++) {
      float d = out[at + c] > 0 ? dout[at + c] : 0;
      dshift[c] += d;
      dgain[c] += d * (widened(y[at + c]) - mean[c]);
    }
  }
  passing past;
  take_passing(&past, gain, inverse, dgain, dshift, count, channels);
  for (int i = 0; i < count; i++) {
    const size_t at = (size_t)i * channels, later = at + (size_t)late * channels;
    for (int c = 0; c < channels; c++) {
      float d = out[at + c] > 0 ? dout[at + c] : 0;
      dy[at + c] =
          rounded(past.slope[c] * (d - past.of_all[c] - (widened(y[at + c]) - mean[c]) * past.share[c]));
    }
    if (dbefore == NULL) continue;
    if (i % steps + late >= steps)
      memset(dbefore + at, 0, sizeof(float) * channels);
    else
      for (int c = 0; c < channels; c++) dbefore[at + c] = out[later + c] > 0 ? dout[later + c] : 0;
  }
}

/* One row of CTC: chances [steps, labels] of which the blank is the first, `said` [count] of the other labels. */
typedef struct {
  const float *chances;
  const int *said;
  int labels, steps, states;
} ctc_row;

static inline int label_of(const ctc_row *row, int state) {
  return state % 2 ? row->said[state / 2] : 0;
}

static inline int may_skip(const ctc_row *row, int state) {
  return state % 2 && state > 1 && row->said[state / 2] != row->said[state / 2 - 1];
}

/* Shares of the states at each step, scaled to add up to 1; returns the logarithm of all paths' chance, or 0 if none fits.
 */
static double ctc_ahead(const ctc_row *row, double *ahead) {
  double log_chance = 0;
  for (int step = 0; step < row->steps; step++) {
    const float *chances = row->chances + (size_t)step * row->labels;
    double *now = ahead + (size_t)step * row->states, sum = 0;
    const double *was = now - row->states;
    for (int s = 0; s < row->states; s++) {
      double share =
          step == 0 ? s < 2 : was[s] + (s > 0 ? was[s - 1] : 0) + (may_skip(row, s) ? was[s - 2] : 0);
      sum += now[s] = share * (chances[label_of(row, s)] + LEAST_CHANCE);
    }
    if (!(sum > LOST)) return 0;
    for (int s = 0; s < row->states; s++) now[s] /= sum;
    log_chance += log(sum);
  }
  const double *last = ahead + (size_t)(row->steps - 1) * row->states;
  double ended = last[row->states - 1] + (row->states > 1 ? last[row->states - 2] : 0);
  return ended > LOST ? log_chance + log(ended) : 0;
}

static void ctc_back(const ctc_row *row, const double *ahead, double *later, float *gradient) {
  double *now = later, *next = later + row->states;
  for (int s = 0; s < row->states; s++) now[s] = s >= row->states - 2;
  for (int step = row->steps - 1; step >= 0; step--) {
    const float *chances = row->chances + (size_t)step * row->labels;
    if (step < row->steps - 1) {
      double *swap = next, most = 0;
      next = now, now = swap;
      for (int s = 0; s < row->states; s++) {
        double share = next[s] * (chances[row->labels + label_of(row, s)] + LEAST_CHANCE);
        if (s + 1 < row->states)
          share += next[s + 1] * (chances[row->labels + label_of(row, s + 1)] + LEAST_CHANCE);
        if (s + 2 < row->states && may_skip(row, s + 2))
          share += next[s + 2] * (chances[row->labels + label_of(row, s + 2)] + LEAST_CHANCE);
        now[s] = share;
        most = share > most ? share : most;
      }
      for (int s = 0; s < row->states; s++) now[s] /= most + 1e-300;
    }
    const double *before = ahead + (size_t)step * row->states;
    double sum = 0;
    for (int s = 0; s < row->states; s++) sum += before[s] * now[s];
    if (!(sum > 0)) continue;
    float *out = gradient + (size_t)step * row->labels;
    memcpy(out, chances, sizeof(float) * row->labels);
    for (int s = 0; s < row->states; s++) out[label_of(row, s)] -= (float)(before[s] * now[s] / sum);
  }
}

/* chances [rows, steps, labels] after a softmax; said [rows, most], counts and lengths [rows]. Losses in nats [rows], and
 * their gradient by what went into the softmax; 0 where what was said does not fit into the steps. Returns 0, or -1 without
 * memory. */
int ctc(const float *chances, const int *lengths, const int *said, const int *counts, int rows, int steps,
        int labels, int most, float *losses, float *gradient) {
  const size_t states = 2 * (size_t)most + 1;
  double *ahead = malloc(sizeof(double) * states * (steps + 2));
  if (ahead == NULL) return -1;
  memset(gradient, 0, sizeof(float) * (size_t)rows * steps * labels);
  for (int r = 0; r < rows; r++) {
    const size_t at = (size_t)r * steps * labels;
    ctc_row row = {chances + at, said + (size_t)r * most, labels, lengths[r], 2 * counts[r] + 1};
    double log_chance = lengths[r] > 0 ? ctc_ahead(&row, ahead) : 0;
    losses[r] = (float)-log_chance;
    if (log_chance != 0) ctc_back(&row, ahead, ahead + states * steps, gradient + at);
  }
  free(ahead);
  return 0;
}

/* Bands [rows, frames, channels] as the phone model hears them. The first `replays` frames of a row are heard at the level of
 * the last of them; `starts` is the level that is held before a row begins, in half decibels, or NULL: none yet. Ends are the
 * levels after the last frame. */
void heard_at_level(const int8_t *bands, const int *replays, const float *starts, int rows, int frames,
                    int8_t *inputs, float *ends) {
  const float one = FEATURES_CHANNELS << 16;
  for (int row = 0; row < rows; row++) {
    const int8_t *in = bands + (size_t)row * frames * FEATURES_CHANNELS;
    int8_t *out = inputs + (size_t)row * frames * FEATURES_CHANNELS;
    phone_level level;
    phone_level_reset(&level);
    if (starts != NULL) {
      level.held = (int32_t)(starts[row] * one);
      level.is_set = 1;
    }
    int heard = 0;
    for (int frame = 0; frame < frames; frame++) {
      phone_level_follow(&level, in + (size_t)frame * FEATURES_CHANNELS);
      if (frame + 1 < replays[row] && frame + 1 < frames) continue;
      for (; heard <= frame; heard++)
        phone_level_apply(&level, in + (size_t)heard * FEATURES_CHANNELS,
                          out + (size_t)heard * FEATURES_CHANNELS);
    }
    ends[row] = (float)level.held / one;
  }
}
