/* Compares the helpers with this machine's own arithmetic on random and on awkward bits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arithmetic.h"

#define ROUNDS 1000000

static uint64_t state = 88172645463325252u;

static uint64_t any(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

/* Bits of any length; often near a power of two, where rounding and carries go wrong. */
static uint64_t awkward(void) {
  const uint64_t bits = any() >> any() % 64;
  switch (any() % 4) {
  case 0:
    return ((uint64_t)1 << any() % 64) + any() % 5 - 2;
  case 1:
    return (any() & 0xffff) << any() % 64;
  case 2:
    return any();
  default:
    return bits;
  }
}

static double any_double(void) {
  uint64_t bits = awkward();
  if (any() % 2) bits = (bits & 0x800fffffffffffffu) | (1023 - 60 + any() % 120) << 52;
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static float any_float(void) {
  uint32_t bits = (uint32_t)awkward();
  if (any() % 2) bits = (bits & 0x807fffffu) | (uint32_t)(127 - 30 + any() % 60) << 23;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* volatile: the compiler may neither fold nor keep more precision. */
#define CHECK(type, ours, theirs)                                                                            \
  do {                                                                                                       \
    volatile type a_ = (ours), b_ = (theirs);                                                                \
    type a = a_, b = b_;                                                                                     \
    if (memcmp(&a, &b, sizeof a) != 0 && !(a != a && b != b)) {                                              \
      printf("%s differs\n", #ours);                                                                         \
      exit(1);                                                                                               \
    }                                                                                                        \
  } while (0)

static void check_whole(uint64_t a, uint64_t b) {
  const uint32_t c = (uint32_t)a, d = (uint32_t)b ? (uint32_t)b : 1;
  const int64_t e = (int64_t)a, f = b ? (int64_t)b : 1;
  const int32_t g = (int32_t)c, h = (int32_t)d;
  CHECK(uint64_t, soft_muldi3(a, b), a *b);
  CHECK(uint64_t, soft_udivdi3(a, (uint64_t)f), a / (uint64_t)f);
  CHECK(uint64_t, soft_umoddi3(a, (uint64_t)f), a % (uint64_t)f);
  CHECK(uint32_t, soft_udivsi3(c, d), c / d);
  CHECK(uint32_t, soft_umodsi3(c, d), c % d);
  if (f != -1) CHECK(int64_t, soft_divdi3(e, f), e / f); /* the least number by -1 is undefined */
  if (f != -1) CHECK(int64_t, soft_moddi3(e, f), e % f);
  if (h != -1) CHECK(int32_t, soft_divsi3(g, h), g / h);
  if (h != -1) CHECK(int32_t, soft_modsi3(g, h), g % h);
  CHECK(float, soft_floatsisf(g), (float)g);
  CHECK(float, soft_floatunsisf(c), (float)c);
  CHECK(double, soft_floatsidf(g), (double)g);
  CHECK(double, soft_floatunsidf(c), (double)c);
}

static void check_real(double a, double b, float c, float d) {
  CHECK(double, soft_adddf3(a, b), a + b);
  CHECK(double, soft_subdf3(a, b), a - b);
  CHECK(double, soft_muldf3(a, b), a *b);
  CHECK(double, soft_divdf3(a, b), a / b);
  CHECK(float, soft_addsf3(c, d), c + d);
  CHECK(float, soft_subsf3(c, d), c - d);
  CHECK(float, soft_mulsf3(c, d), c *d);
  CHECK(float, soft_divsf3(c, d), c / d);
  CHECK(float, soft_truncdfsf2(a), (float)a);
  CHECK(double, soft_extendsfdf2(c), (double)c);
  if (a > -2147483649.0 && a < 2147483648.0) CHECK(int32_t, soft_fixdfsi(a), (int32_t)a);
  if (a > -1.0 && a < 4294967296.0) CHECK(uint32_t, soft_fixunsdfsi(a), (uint32_t)a);
}

int main(void) {
  for (int i = 0; i < ROUNDS; i++) {
    check_whole(awkward(), awkward());
    check_real(any_double(), any_double(), any_float(), any_float());
  }
  puts("equal");
  return 0;
}
