/* IEEE 754 in whole numbers: sum, product and quotient, rounded to nearest, ties to even, subnormals included. A
 * number is unpacked to 64 bits of significand; what falls off its end is kept as one bit that says "and a bit
 * more", which is all that rounding to 24 or 53 bits needs to know. */
#include <string.h>

#include "arithmetic.h"

typedef enum { ZERO, FINITE, INFINITE, NOT_A_NUMBER } kind;

typedef struct {
  kind kind;
  uint32_t negative;
  int32_t exponent;     /* value = significand / 2^63 * 2^exponent */
  uint64_t significand; /* bit 63 set */
} number;

typedef struct {
  int fraction_bits;
  int exponent_bits;
} format;

static const format single_format = {23, 8};
static const format double_format = {52, 11};

static uint64_t shift_right(uint64_t value, int32_t count) {
  if (count <= 0) return value;
  if (count > 63) return value != 0;
  return value >> count | ((value << (64 - count)) != 0);
}

static number normal(kind kind, uint32_t negative, int32_t exponent, uint64_t significand) {
  number result = {kind, negative, exponent, significand};
  if (kind != FINITE) return result;
  if (significand == 0) {
    result.kind = ZERO;
    return result;
  }
  const int zeros = __builtin_clzll(significand);
  result.significand = significand << zeros;
  result.exponent = exponent - zeros;
  return result;
}

static number unpack(uint64_t bits, format format) {
  const int32_t most = (1 << format.exponent_bits) - 1;
  const int32_t bias = most >> 1;
  const uint32_t negative = (uint32_t)(bits >> (format.fraction_bits + format.exponent_bits)) & 1;
  const int32_t stored = (int32_t)(bits >> format.fraction_bits) & most;
  const uint64_t fraction = bits << (63 - format.fraction_bits) & ~((uint64_t)1 << 63);
  if (stored == most) return normal(fraction ? NOT_A_NUMBER : INFINITE, negative, 0, 0);
  if (stored == 0) return normal(FINITE, negative, 1 - bias, fraction);
  return normal(FINITE, negative, stored - bias, fraction | (uint64_t)1 << 63);
}

static uint64_t pack(number value, format format) {
  const int32_t most = (1 << format.exponent_bits) - 1;
  const int32_t bias = most >> 1;
  const uint64_t sign = (uint64_t)value.negative << (format.fraction_bits + format.exponent_bits);
  const uint64_t infinity = (uint64_t)most << format.fraction_bits;
  if (value.kind == NOT_A_NUMBER) return infinity | (uint64_t)1 << (format.fraction_bits - 1);
  if (value.kind == ZERO) return sign;
  if (value.kind == INFINITE) return sign | infinity;
  int32_t stored = value.exponent + bias;
  const int32_t dropped = 63 - format.fraction_bits + (stored < 1 ? 1 - stored : 0);
  const uint64_t kept = dropped > 63 ? 0 : value.significand >> dropped;
  const uint64_t rest = shift_right(value.significand, dropped - 2) & 3; /* the half, and a bit more */
  const uint64_t rounded = kept + (rest == 3 || (rest == 2 && (kept & 1)));
  if (stored < 1) return sign | rounded; /* when it rounds up to the least normal number, that is right too */
  if (stored >= most) return sign | infinity;
  const uint64_t bits = ((uint64_t)(stored - 1) << format.fraction_bits) + rounded;
  return sign | (bits < infinity ? bits : infinity);
}

static number sum(number a, number b) {
  if (a.kind == NOT_A_NUMBER || b.kind == NOT_A_NUMBER) return normal(NOT_A_NUMBER, 0, 0, 0);
  if (a.kind == INFINITE && b.kind == INFINITE && a.negative != b.negative)
    return normal(NOT_A_NUMBER, 0, 0, 0);
  if (a.kind == INFINITE || b.kind == ZERO) {
    if (a.kind == ZERO) a.negative &= b.negative;
    return a;
  }
  if (b.kind == INFINITE || a.kind == ZERO) return b;
  if (b.exponent > a.exponent || (b.exponent == a.exponent && b.significand > a.significand)) {
    const number swapped = a;
    a = b;
    b = swapped;
  }
  const uint64_t large = a.significand >> 1; /* room for the carry; at most 53 bits of 64 are in use */
  const uint64_t small = shift_right(b.significand >> 1, a.exponent - b.exponent);
  if (a.negative == b.negative) return normal(FINITE, a.negative, a.exponent + 1, large + small);
  return normal(FINITE, large == small ? 0 : a.negative, a.exponent + 1, large - small);
}

static uint64_t high_product(uint64_t a, uint64_t b) {
  const uint64_t a_low = (uint32_t)a, a_high = a >> 32, b_low = (uint32_t)b, b_high = b >> 32;
  const uint64_t low = a_low * b_low;
  const uint64_t cross = a_high * b_low + (low >> 32);
  const uint64_t other = a_low * b_high + (uint32_t)cross;
  const uint64_t high = a_high * b_high + (cross >> 32) + (other >> 32);
  return high | ((other << 32 | (uint32_t)low) != 0);
}

static number product(number a, number b) {
  const uint32_t negative = a.negative ^ b.negative;
  if (a.kind == NOT_A_NUMBER || b.kind == NOT_A_NUMBER) return normal(NOT_A_NUMBER, 0, 0, 0);
  if (a.kind == INFINITE || b.kind == INFINITE)
    return normal(a.kind == ZERO || b.kind == ZERO ? NOT_A_NUMBER : INFINITE, negative, 0, 0);
  if (a.kind == ZERO || b.kind == ZERO) return normal(ZERO, negative, 0, 0);
  return normal(FINITE, negative, a.exponent + b.exponent + 1, high_product(a.significand, b.significand));
}

/* 62 bits of a / b, and whether there is more. Both have bit 63 set and at most 53 bits in use. */
static uint64_t quotient_bits(uint64_t a, uint64_t b) {
  uint64_t rest = a >> 1, divisor = b >> 1, bits = 0;
  for (int i = 0; i < 62; i++) {
    bits <<= 1;
    if (rest >= divisor) {
      rest -= divisor;
      bits |= 1;
    }
    rest <<= 1;
  }
  return bits << 1 | (rest != 0);
}

static number quotient(number a, number b) {
  const uint32_t negative = a.negative ^ b.negative;
  if (a.kind == NOT_A_NUMBER || b.kind == NOT_A_NUMBER) return normal(NOT_A_NUMBER, 0, 0, 0);
  if (a.kind == INFINITE || b.kind == ZERO)
    return normal(a.kind == b.kind ? NOT_A_NUMBER : INFINITE, negative, 0, 0);
  if (a.kind == ZERO || b.kind == INFINITE) return normal(ZERO, negative, 0, 0);
  const uint64_t bits = quotient_bits(a.significand, b.significand);
  return normal(FINITE, negative, a.exponent - b.exponent + 1, bits);
}

static number of_single(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return unpack(bits, single_format);
}

static number of_double(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return unpack(bits, double_format);
}

static float to_single(number value) {
  const uint32_t bits = (uint32_t)pack(value, single_format);
  float result;
  memcpy(&result, &bits, sizeof result);
  return result;
}

static double to_double(number value) {
  const uint64_t bits = pack(value, double_format);
  double result;
  memcpy(&result, &bits, sizeof result);
  return result;
}

static number negated(number value) {
  value.negative ^= 1;
  return value;
}

static number of_whole(uint32_t magnitude, uint32_t negative) {
  return normal(FINITE, negative, 63, magnitude);
}

static number of_signed(int32_t value) {
  return of_whole(value < 0 ? 0u - (uint32_t)value : (uint32_t)value, value < 0);
}

float ARITHMETIC(addsf3)(float a, float b) {
  return to_single(sum(of_single(a), of_single(b)));
}

float ARITHMETIC(subsf3)(float a, float b) {
  return to_single(sum(of_single(a), negated(of_single(b))));
}

float ARITHMETIC(mulsf3)(float a, float b) {
  return to_single(product(of_single(a), of_single(b)));
}

float ARITHMETIC(divsf3)(float a, float b) {
  return to_single(quotient(of_single(a), of_single(b)));
}

float ARITHMETIC(floatsisf)(int32_t value) {
  return to_single(of_signed(value));
}

float ARITHMETIC(floatunsisf)(uint32_t value) {
  return to_single(of_whole(value, 0));
}

float ARITHMETIC(truncdfsf2)(double value) {
  return to_single(of_double(value));
}

double ARITHMETIC(adddf3)(double a, double b) {
  return to_double(sum(of_double(a), of_double(b)));
}

double ARITHMETIC(subdf3)(double a, double b) {
  return to_double(sum(of_double(a), negated(of_double(b))));
}

double ARITHMETIC(muldf3)(double a, double b) {
  return to_double(product(of_double(a), of_double(b)));
}

double ARITHMETIC(divdf3)(double a, double b) {
  return to_double(quotient(of_double(a), of_double(b)));
}

double ARITHMETIC(floatsidf)(int32_t value) {
  return to_double(of_signed(value));
}

double ARITHMETIC(floatunsidf)(uint32_t value) {
  return to_double(of_whole(value, 0));
}

double ARITHMETIC(extendsfdf2)(float value) {
  return to_double(of_single(value));
}

/* Towards zero; a value that does not fit is undefined in C. */
static uint32_t whole_of(number value) {
  if (value.kind != FINITE || value.exponent < 0 || value.exponent > 31) return 0;
  return (uint32_t)(value.significand >> (63 - value.exponent));
}

int32_t ARITHMETIC(fixdfsi)(double value) {
  const number unpacked = of_double(value);
  const uint32_t magnitude = whole_of(unpacked);
  return (int32_t)(unpacked.negative ? 0u - magnitude : magnitude);
}

uint32_t ARITHMETIC(fixunsdfsi)(double value) {
  return whole_of(of_double(value));
}
