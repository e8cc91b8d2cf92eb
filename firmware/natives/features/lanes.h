/* 16-bit numbers side by side: eight under WebAssembly, one elsewhere. Compilers make good vectors of the
 * plain loops for other machines, but for WebAssembly they miss its rounded product and its product of pairs.
 * Sums and casts wrap. Private to this folder. */
#ifndef EARSHOT_FEATURES_LANES_H
#define EARSHOT_FEATURES_LANES_H

#include <stdint.h>

#ifdef __wasm_simd128__

#include <wasm_simd128.h>

#define LANES 8
typedef v128_t lanes;

static inline lanes lanes_load(const int16_t *from) {
  return wasm_v128_load(from);
}

static inline void lanes_store(int16_t *to, lanes a) {
  wasm_v128_store(to, a);
}

static inline lanes lanes_all(int16_t value) {
  return wasm_i16x8_splat(value);
}

static inline lanes lanes_add(lanes a, lanes b) {
  return wasm_i16x8_add(a, b);
}

static inline lanes lanes_subtract(lanes a, lanes b) {
  return wasm_i16x8_sub(a, b);
}

/* (a + b) / 2 and (a - b) / 2, rounded down, the sum not wrapped. */
static inline lanes lanes_half_sum(lanes a, lanes b) {
  return wasm_i16x8_add(wasm_v128_and(a, b), wasm_i16x8_shr(wasm_v128_xor(a, b), 1));
}

static inline lanes lanes_half_difference(lanes a, lanes b) {
  return wasm_i16x8_sub(wasm_i16x8_shr(wasm_v128_xor(a, b), 1), wasm_v128_andnot(b, a));
}

/* a * weight with 15 fraction bits, rounded; weight is not -32768. */
static inline lanes lanes_scale(lanes a, int16_t weight) {
  return wasm_i16x8_q15mulr_sat(a, wasm_i16x8_splat(weight));
}

static inline lanes lanes_pair_low(lanes a, lanes b) {
  return wasm_i16x8_shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

static inline lanes lanes_pair_high(lanes a, lanes b) {
  return wasm_i16x8_shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/* a * b + c * d with 15 fraction bits, rounded once. */
static inline lanes lanes_two_products(lanes a, lanes b, lanes c, lanes d) {
  v128_t low = wasm_i32x4_dot_i16x8(lanes_pair_low(a, c), lanes_pair_low(b, d));
  v128_t high = wasm_i32x4_dot_i16x8(lanes_pair_high(a, c), lanes_pair_high(b, d));
  v128_t half = wasm_i32x4_splat(1 << 14);
  low = wasm_i32x4_shr(wasm_i32x4_add(low, half), 15);
  high = wasm_i32x4_shr(wasm_i32x4_add(high, half), 15);
  return wasm_i16x8_shuffle(low, high, 0, 2, 4, 6, 8, 10, 12, 14);
}

static inline void lanes_store_squares(uint32_t *to, lanes re, lanes im) {
  v128_t low = lanes_pair_low(re, im), high = lanes_pair_high(re, im);
  wasm_v128_store(to, wasm_i32x4_dot_i16x8(low, low));
  wasm_v128_store(to + 4, wasm_i32x4_dot_i16x8(high, high));
}

#else

#define LANES 1
typedef int16_t lanes;

static inline lanes lanes_load(const int16_t *from) {
  return *from;
}

static inline void lanes_store(int16_t *to, lanes a) {
  *to = a;
}

static inline lanes lanes_all(int16_t value) {
  return value;
}

static inline lanes lanes_add(lanes a, lanes b) {
  return (int16_t)(a + b);
}

static inline lanes lanes_subtract(lanes a, lanes b) {
  return (int16_t)(a - b);
}

static inline lanes lanes_half_sum(lanes a, lanes b) {
  return (int16_t)((a + b) >> 1);
}

static inline lanes lanes_half_difference(lanes a, lanes b) {
  return (int16_t)((a - b) >> 1);
}

static inline lanes lanes_scale(lanes a, int16_t weight) {
  return (int16_t)((a * weight + (1 << 14)) >> 15);
}

static inline lanes lanes_two_products(lanes a, lanes b, lanes c, lanes d) {
  return (int16_t)((a * b + c * d + (1 << 14)) >> 15);
}

static inline void lanes_store_squares(uint32_t *to, lanes re, lanes im) {
  *to = (uint32_t)(re * re) + (uint32_t)(im * im);
}

#endif

#endif
