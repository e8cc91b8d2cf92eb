/* Whole numbers. No function here may multiply or divide 64-bit numbers, or divide at all: it would call itself. */
#include "arithmetic.h"

static uint32_t divide(uint32_t dividend, uint32_t divisor, uint32_t *remainder) {
  uint32_t quotient = 0;
  if (divisor != 0 && dividend >= divisor) {
    int shift = __builtin_clz(divisor) - __builtin_clz(dividend);
    for (; shift >= 0; shift--) {
      quotient <<= 1;
      if (dividend >> shift >= divisor) {
        dividend -= divisor << shift;
        quotient |= 1;
      }
    }
  }
  *remainder = dividend;
  return quotient;
}

uint32_t ARITHMETIC(udivsi3)(uint32_t dividend, uint32_t divisor) {
  uint32_t remainder;
  return divide(dividend, divisor, &remainder);
}

uint32_t ARITHMETIC(umodsi3)(uint32_t dividend, uint32_t divisor) {
  uint32_t remainder;
  divide(dividend, divisor, &remainder);
  return remainder;
}

static uint32_t magnitude(int32_t value) {
  return value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
}

int32_t ARITHMETIC(divsi3)(int32_t dividend, int32_t divisor) {
  uint32_t remainder;
  const uint32_t quotient = divide(magnitude(dividend), magnitude(divisor), &remainder);
  return (int32_t)((dividend < 0) != (divisor < 0) ? 0u - quotient : quotient);
}

int32_t ARITHMETIC(modsi3)(int32_t dividend, int32_t divisor) {
  uint32_t remainder;
  divide(magnitude(dividend), magnitude(divisor), &remainder);
  return (int32_t)(dividend < 0 ? 0u - remainder : remainder);
}

/* The 64-bit product of two 32-bit numbers, from four products of halves. */
static uint64_t multiply(uint32_t a, uint32_t b) {
  const uint32_t low = (a & 0xffff) * (b & 0xffff);
  const uint32_t cross = (a >> 16) * (b & 0xffff) + (low >> 16); /* at most 2^32 - 2^16 */
  const uint32_t other = (a & 0xffff) * (b >> 16) + (cross & 0xffff);
  const uint32_t high = (a >> 16) * (b >> 16) + (cross >> 16) + (other >> 16);
  return (uint64_t)high << 32 | (other << 16 | (low & 0xffff));
}

uint64_t ARITHMETIC(muldi3)(uint64_t a, uint64_t b) {
  const uint32_t a_low = (uint32_t)a, b_low = (uint32_t)b;
  const uint32_t crossed = (uint32_t)(a >> 32) * b_low + a_low * (uint32_t)(b >> 32);
  return multiply(a_low, b_low) + ((uint64_t)crossed << 32);
}

static uint64_t divide_long(uint64_t dividend, uint64_t divisor, uint64_t *remainder) {
  uint64_t quotient = 0;
  if (divisor != 0 && dividend >= divisor) {
    int shift = __builtin_clzll(divisor) - __builtin_clzll(dividend);
    for (; shift >= 0; shift--) {
      quotient <<= 1;
      if (dividend >> shift >= divisor) {
        dividend -= divisor << shift;
        quotient |= 1;
      }
    }
  }
  *remainder = dividend;
  return quotient;
}

uint64_t ARITHMETIC(udivdi3)(uint64_t dividend, uint64_t divisor) {
  uint64_t remainder;
  return divide_long(dividend, divisor, &remainder);
}

uint64_t ARITHMETIC(umoddi3)(uint64_t dividend, uint64_t divisor) {
  uint64_t remainder;
  divide_long(dividend, divisor, &remainder);
  return remainder;
}

static uint64_t magnitude_long(int64_t value) {
  return value < 0 ? 0u - (uint64_t)value : (uint64_t)value;
}

int64_t ARITHMETIC(divdi3)(int64_t dividend, int64_t divisor) {
  uint64_t remainder;
  const uint64_t quotient = divide_long(magnitude_long(dividend), magnitude_long(divisor), &remainder);
  return (int64_t)((dividend < 0) != (divisor < 0) ? 0u - quotient : quotient);
}

int64_t ARITHMETIC(moddi3)(int64_t dividend, int64_t divisor) {
  uint64_t remainder;
  divide_long(magnitude_long(dividend), magnitude_long(divisor), &remainder);
  return (int64_t)(dividend < 0 ? 0u - remainder : remainder);
}
