/* The inner loops: int8 products summed in int32_t, and the way from four sums to four int8 outputs. Once for
 * WebAssembly's 128-bit vectors and once in plain C, which compilers vectorise for other machines. Integer
 * sums do not depend on their order, so both give the same bits. */
#ifndef EARSHOT_INTERPRETER_DOT_H
#define EARSHOT_INTERPRETER_DOT_H

#include <string.h>

#include "fixed_point.h"
#include "quantization.h"

static inline int32_t dot_one(const int8_t *values, const int8_t *weights, int32_t depth) {
  int32_t sum = 0;
  for (int32_t i = 0; i < depth; i++) sum += (int16_t)values[i] * (int16_t)weights[i];
  return sum;
}

static inline int8_t scale_one(int32_t sum, const channel_scaling *scaling, int32_t channel) {
  uint32_t with_bias = (uint32_t)sum + (uint32_t)scaling->bias[channel];
  int32_t shifted = (int32_t)(with_bias * (uint32_t)scaling->left[channel]);
  int64_t high = ((int64_t)shifted * scaling->multiplier[channel] + ((int64_t)1 << 30)) >> 31;
  int64_t nudge = high < 0 ? -1 : 0; /* halves away from zero */
  int64_t right = scaling->right[channel];
  int64_t scaled = right == 0 ? (high + ((int64_t)1 << 30) + nudge) >> 31
                              : (high * right + ((int64_t)1 << 29) + nudge) >> 30;
  return (int8_t)fixed_clamp(fixed_add((int32_t)scaled, scaling->zero_point), scaling->low, scaling->high);
}

#ifdef __wasm_simd128__
#include <wasm_simd128.h>

typedef v128_t four_sums;

static inline v128_t dot_eight(v128_t sum, v128_t values, const int8_t *weights) {
  return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(values, wasm_i16x8_load8x8(weights)));
}

/* One row of values against four rows of weights, `depth` apart. */
static inline four_sums dot_four(const int8_t *values, const int8_t *weights, int32_t depth) {
  const int8_t *w0 = weights, *w1 = w0 + depth, *w2 = w1 + depth, *w3 = w2 + depth;
  v128_t a = wasm_i32x4_const_splat(0), b = a, c = a, d = a;
  int32_t i = 0;
  for (; i + 8 <= depth; i += 8) {
    v128_t x = wasm_i16x8_load8x8(values + i);
    a = dot_eight(a, x, w0 + i);
    b = dot_eight(b, x, w1 + i);
    c = dot_eight(c, x, w2 + i);
    d = dot_eight(d, x, w3 + i);
  }
  v128_t ab = wasm_i32x4_add(wasm_i32x4_shuffle(a, b, 0, 1, 4, 5), wasm_i32x4_shuffle(a, b, 2, 3, 6, 7));
  v128_t cd = wasm_i32x4_add(wasm_i32x4_shuffle(c, d, 0, 1, 4, 5), wasm_i32x4_shuffle(c, d, 2, 3, 6, 7));
  v128_t sums =
      wasm_i32x4_add(wasm_i32x4_shuffle(ab, cd, 0, 2, 4, 6), wasm_i32x4_shuffle(ab, cd, 1, 3, 5, 7));
  for (; i < depth; i++) {
    v128_t x = wasm_i32x4_splat(values[i]);
    sums = wasm_i32x4_add(sums, wasm_i32x4_mul(x, wasm_i32x4_make(w0[i], w1[i], w2[i], w3[i])));
  }
  return sums;
}

/* Eight neighbouring channels, each over its own taps: values[tap][channel] times its weight in row `tap`. */
static inline void dot_taps(const int8_t *const *values, const int8_t *weights, int32_t taps,
                            int32_t channels, int32_t channel, four_sums sums[2]) {
  v128_t low = wasm_i32x4_const_splat(0), high = low;
  for (int32_t tap = 0; tap < taps; tap++) {
    v128_t x = wasm_i16x8_load8x8(values[tap] + channel);
    v128_t product =
        wasm_i16x8_mul(x, wasm_i16x8_load8x8(weights + (size_t)tap * (size_t)channels + channel));
    low = wasm_i32x4_add(low, wasm_i32x4_extend_low_i16x8(product));
    high = wasm_i32x4_add(high, wasm_i32x4_extend_high_i16x8(product));
  }
  sums[0] = low;
  sums[1] = high;
}

/* (value * factor + rounding) >> bits, on the low and the high halves. Only the low 32 bits are kept: they
 * are the same for an arithmetic and a logical shift, and WebAssembly runtimes do only the latter fast. */
static inline v128_t scale_lanes(v128_t value, v128_t factor, v128_t low_rounding, v128_t high_rounding,
                                 uint32_t bits) {
  v128_t low = wasm_u64x2_shr(wasm_i64x2_add(wasm_i64x2_extmul_low_i32x4(value, factor), low_rounding), bits);
  v128_t high =
      wasm_u64x2_shr(wasm_i64x2_add(wasm_i64x2_extmul_high_i32x4(value, factor), high_rounding), bits);
  return wasm_i32x4_shuffle(low, high, 0, 2, 4, 6);
}

static inline void scale_four(four_sums sums, const channel_scaling *scaling, int32_t channel, int8_t *out) {
  v128_t value = wasm_i32x4_add(sums, wasm_v128_load(scaling->bias + channel));
  value = wasm_i32x4_mul(value, wasm_v128_load(scaling->left + channel));
  v128_t half = wasm_i64x2_const_splat((int64_t)1 << 30);
  value = scale_lanes(value, wasm_v128_load(scaling->multiplier + channel), half, half, 31);
  v128_t sign = wasm_i32x4_shr(value, 31);
  v128_t quarter = wasm_i64x2_const_splat((int64_t)1 << 29);
  v128_t low_rounding = wasm_i64x2_add(quarter, wasm_i64x2_extend_low_i32x4(sign));
  v128_t high_rounding = wasm_i64x2_add(quarter, wasm_i64x2_extend_high_i32x4(sign));
  value = scale_lanes(value, wasm_v128_load(scaling->right + channel), low_rounding, high_rounding, 30);
  value = wasm_i32x4_add(value, wasm_i32x4_splat(scaling->zero_point));
  value =
      wasm_i32x4_min(wasm_i32x4_max(value, wasm_i32x4_splat(scaling->low)), wasm_i32x4_splat(scaling->high));
  value = wasm_i16x8_narrow_i32x4(value, value);
  wasm_v128_store32_lane(out, wasm_i8x16_narrow_i16x8(value, value), 0);
}

static inline int32_t sum_of(four_sums sums, int32_t index) {
  int32_t lanes[4];
  wasm_v128_store(lanes, sums);
  return lanes[index];
}

#else

typedef struct {
  int32_t lanes[4];
} four_sums;

static inline four_sums dot_four(const int8_t *values, const int8_t *weights, int32_t depth) {
  four_sums sums;
  for (int32_t i = 0; i < 4; i++) sums.lanes[i] = dot_one(values, weights + (size_t)i * (size_t)depth, depth);
  return sums;
}

static inline void dot_taps(const int8_t *const *values, const int8_t *weights, int32_t taps,
                            int32_t channels, int32_t channel, four_sums sums[2]) {
  int32_t lanes[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  for (int32_t tap = 0; tap < taps; tap++) {
    const int8_t *x = values[tap] + channel, *w = weights + (size_t)tap * (size_t)channels + channel;
    for (int32_t i = 0; i < 8; i++) lanes[i] += (int16_t)(x[i] * w[i]);
  }
  memcpy(sums, lanes, sizeof lanes);
}

static inline void scale_four(four_sums sums, const channel_scaling *scaling, int32_t channel, int8_t *out) {
  for (int32_t i = 0; i < 4; i++) out[i] = scale_one(sums.lanes[i], scaling, channel + i);
}

static inline int32_t sum_of(four_sums sums, int32_t index) {
  return sums.lanes[index];
}

#endif

/* One row of values against `channels` rows of weights. */
static inline void dot_rows(const int8_t *values, const int8_t *weights, int32_t depth, int32_t channels,
                            const channel_scaling *scaling, int8_t *out) {
  int32_t channel = 0;
  for (; channel + 4 <= channels; channel += 4) {
    four_sums sums = dot_four(values, weights + (size_t)channel * (size_t)depth, depth);
    if (!scaling->has_exponent_31) {
      scale_four(sums, scaling, channel, out + channel);
    } else {
      for (int32_t i = 0; i < 4; i++) out[channel + i] = scale_one(sum_of(sums, i), scaling, channel + i);
    }
  }
  for (; channel < channels; channel++)
    out[channel] =
        scale_one(dot_one(values, weights + (size_t)channel * (size_t)depth, depth), scaling, channel);
}

#endif
