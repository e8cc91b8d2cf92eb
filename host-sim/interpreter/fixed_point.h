/* Fixed-point arithmetic of quantised inference, as TensorFlow Lite's reference kernels define it on top of
 * gemmlowp (github.com/google/gemmlowp, fixedpoint.h): results are equal bit for bit, with two roundings per
 * rescaling. A Q number names its integer bits: Q5 is an int32_t with 5 integer and 26 fractional bits. */
#ifndef EARSHOT_INTERPRETER_FIXED_POINT_H
#define EARSHOT_INTERPRETER_FIXED_POINT_H

#include <stdint.h>

/* Sums that may pass the end of the range wrap, as they do in the reference. */
static inline int32_t fixed_add(int32_t a, int32_t b) {
  return (int32_t)((uint32_t)a + (uint32_t)b);
}
static inline int32_t fixed_subtract(int32_t a, int32_t b) {
  return (int32_t)((uint32_t)a - (uint32_t)b);
}

/* a * b / 2^31, rounded half up; only INT32_MIN squared does not fit, and saturates. */
static inline int32_t fixed_multiply(int32_t a, int32_t b) {
  if (a == INT32_MIN && b == INT32_MIN) return INT32_MAX;
  return (int32_t)(((int64_t)a * b + ((int64_t)1 << 30)) >> 31);
}

/* value / 2^exponent, rounded half away from zero, exponent 0..31. */
static inline int32_t fixed_divide_by_power(int32_t value, int exponent) {
  int32_t mask = (int32_t)(((int64_t)1 << exponent) - 1);
  int32_t threshold = (mask >> 1) + (value < 0);
  return (value >> exponent) + ((value & mask) > threshold);
}

/* value * 2^exponent, saturating, exponent 1..30. */
static inline int32_t fixed_multiply_by_power(int32_t value, int exponent) {
  int32_t threshold = (int32_t)(((uint32_t)1 << (31 - exponent)) - 1);
  if (value > threshold) return INT32_MAX;
  if (value < -threshold) return INT32_MIN;
  return (int32_t)((uint32_t)value << exponent);
}

/* A real factor multiplier * 2^(shift - 31): shift -31..30. */
static inline int32_t fixed_scale(int32_t value, int32_t multiplier, int shift) {
  int left = shift > 0 ? shift : 0;
  int right = shift > 0 ? 0 : -shift;
  return fixed_divide_by_power(fixed_multiply((int32_t)((uint32_t)value << left), multiplier), right);
}

static inline int32_t fixed_clamp(int32_t value, int32_t low, int32_t high) {
  return value < low ? low : value > high ? high : value;
}

/* e^x for x in [-1/4, 0), Q0 to Q0: a fourth-order Taylor polynomial around -1/8. */
static inline int32_t fixed_exp_small(int32_t x) {
  const int32_t exp_of_minus_one_eighth = 1895147668, one_third = 715827883;
  int32_t t = fixed_add(x, 1 << 28);
  int32_t t2 = fixed_multiply(t, t);
  int32_t t3 = fixed_multiply(t2, t);
  int32_t t4_over_4 = fixed_divide_by_power(fixed_multiply(t2, t2), 2);
  int32_t tail = fixed_add(fixed_multiply(fixed_add(t4_over_4, t3), one_third), t2);
  int32_t sum = fixed_add(t, fixed_divide_by_power(tail, 1));
  return fixed_add(exp_of_minus_one_eighth, fixed_multiply(exp_of_minus_one_eighth, sum));
}

/* e^x for x <= 0 with up to 5 integer bits, to Q0: the quarter's polynomial, then one factor per bit above
 * it. */
static inline int32_t fixed_exp_negative(int32_t x, int integer_bits) {
  static const int32_t factors[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
  int fraction_bits = 31 - integer_bits;
  int32_t quarter = (int32_t)1 << (fraction_bits - 2);
  int32_t within = (x & (quarter - 1)) - quarter;
  int32_t remainder = fixed_subtract(within, x);
  int32_t result = fixed_exp_small(fixed_multiply_by_power(within, integer_bits));
  if (x == 0) return INT32_MAX;
  for (int exponent = -2; exponent < integer_bits && exponent <= 4; exponent++) {
    if (remainder & (int32_t)((uint32_t)1 << (fraction_bits + exponent)))
      result = fixed_multiply(result, factors[exponent + 2]);
  }
  return result;
}

/* Newton-Raphson for 1 / ((1 + x) / 2), x and the half denominator in Q0, the result in Q2. */
static inline int32_t fixed_reciprocal_of_half(int32_t x) {
  const int32_t forty_eight_seventeenths = 1515870810, minus_thirty_two_seventeenths = -1010580540;
  int32_t half = (int32_t)(((int64_t)x + INT32_MAX + 1) / 2); /* the sum is never negative here */
  int32_t guess = fixed_add(forty_eight_seventeenths, fixed_multiply(half, minus_thirty_two_seventeenths));
  for (int i = 0; i < 3; i++) {
    int32_t error = fixed_subtract((int32_t)1 << 29, fixed_multiply(half, guess));
    guess = fixed_add(guess, fixed_multiply_by_power(fixed_multiply(guess, error), 2));
  }
  return guess;
}

/* 1 / (1 + x), x in [0, 1], Q0 to Q0. */
static inline int32_t fixed_one_over_one_plus(int32_t x) {
  return fixed_multiply_by_power(fixed_reciprocal_of_half(x), 1);
}

/* Q4 to Q0. */
static inline int32_t fixed_logistic(int32_t x) {
  if (x == 0) return (int32_t)1 << 30;
  int32_t positive = fixed_one_over_one_plus(fixed_exp_negative(x > 0 ? -x : x, 4));
  return x > 0 ? positive : INT32_MAX - positive;
}

/* Q4 to Q0. Doubling x is free: the same bits, read as Q5. */
static inline int32_t fixed_tanh(int32_t x) {
  if (x == 0) return 0;
  int32_t guess = fixed_reciprocal_of_half(fixed_exp_negative(x < 0 ? x : -x, 5));
  int32_t magnitude = fixed_multiply_by_power(fixed_subtract(guess, (int32_t)1 << 29), 2);
  return x < 0 ? -magnitude : magnitude;
}

#endif
