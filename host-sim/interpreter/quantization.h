/* Constants of quantised operators, worked out once when a model is opened. The only floating point of the
 * interpreter is here and at float inputs and outputs: IEEE single and double operations in the order that
 * TensorFlow Lite does them, no fused ones, so every machine gets the same integers. */
#ifndef EARSHOT_INTERPRETER_QUANTIZATION_H
#define EARSHOT_INTERPRETER_QUANTIZATION_H

#include "interpreter.h"

/* A real factor >= 0 as multiplier * 2^(shift - 31), for fixed_scale. False when it is not finite or over
 * 2^30. */
bool interpreter_quantize_factor(double real, int32_t *multiplier, int32_t *shift);
/* Half away from zero, saturating at the ends of int32_t; not a number gives the low end. */
int32_t interpreter_round(float value);
/* What a fused activation leaves of an int8 output. */
model_status interpreter_activation_range(interpreter_builder *builder, const interpreter_tensor *output,
                                          uint32_t activation, int32_t *low, int32_t *high);

/* From an accumulator to an int8 output, for each output channel: add the bias, times left, times multiplier
 * / 2^31 rounded, times right / 2^30 rounded. The bias already holds what the input's zero point adds, since
 * the kernels multiply raw inputs: sum(w * (x - zero)) = sum(w * x) - zero * sum(w). */
typedef struct {
  int32_t *bias;
  int32_t *left; /* a power of two */
  int32_t *multiplier;
  int32_t *right; /* 2^(30 - exponent), and 0 for the one exponent that has no such power, 31 */
  int32_t zero_point, low, high;
  bool has_exponent_31;
} channel_scaling;

typedef struct {
  int32_t channels;
  int32_t depth;          /* weights per channel */
  int32_t channel_stride; /* between channels, in weights */
  int32_t depth_stride;   /* between the weights of one channel */
} channel_layout;

/* Inputs 0, 1 and 2 of the current operator are input, weights and (perhaps) bias. */
model_status interpreter_prepare_channels(interpreter_builder *builder, uint32_t activation,
                                          const channel_layout *layout, channel_scaling *scaling);

#endif
