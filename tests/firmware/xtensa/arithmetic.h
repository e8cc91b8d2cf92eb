/* The arithmetic that a processor without divider, 64-bit multiplier and floating point calls functions for, as GCC
 * names them, where Debian's libgcc for Xtensa has none. On other machines they bear the prefix `soft_`, so that a
 * test can compare them with the machine's own arithmetic. */
#ifndef EARSHOT_TEST_ARITHMETIC_H
#define EARSHOT_TEST_ARITHMETIC_H

#include <stdint.h>

#ifdef __XTENSA__
#define ARITHMETIC(name) __##name
#else
#define ARITHMETIC(name) soft_##name
#endif

uint32_t ARITHMETIC(udivsi3)(uint32_t dividend, uint32_t divisor);
uint32_t ARITHMETIC(umodsi3)(uint32_t dividend, uint32_t divisor);
int32_t ARITHMETIC(divsi3)(int32_t dividend, int32_t divisor);
int32_t ARITHMETIC(modsi3)(int32_t dividend, int32_t divisor);
uint64_t ARITHMETIC(muldi3)(uint64_t a, uint64_t b);
uint64_t ARITHMETIC(udivdi3)(uint64_t dividend, uint64_t divisor);
uint64_t ARITHMETIC(umoddi3)(uint64_t dividend, uint64_t divisor);
int64_t ARITHMETIC(divdi3)(int64_t dividend, int64_t divisor);
int64_t ARITHMETIC(moddi3)(int64_t dividend, int64_t divisor);

float ARITHMETIC(addsf3)(float a, float b);
float ARITHMETIC(subsf3)(float a, float b);
float ARITHMETIC(mulsf3)(float a, float b);
float ARITHMETIC(divsf3)(float a, float b);
float ARITHMETIC(floatsisf)(int32_t value);
float ARITHMETIC(floatunsisf)(uint32_t value);
float ARITHMETIC(truncdfsf2)(double value);

double ARITHMETIC(adddf3)(double a, double b);
double ARITHMETIC(subdf3)(double a, double b);
double ARITHMETIC(muldf3)(double a, double b);
double ARITHMETIC(divdf3)(double a, double b);
double ARITHMETIC(floatsidf)(int32_t value);
double ARITHMETIC(floatunsidf)(uint32_t value);
double ARITHMETIC(extendsfdf2)(float value);
int32_t ARITHMETIC(fixdfsi)(double value);
uint32_t ARITHMETIC(fixunsdfsi)(double value);

#endif
