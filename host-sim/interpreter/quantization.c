#include "quantization.h"

#include <string.h>

bool interpreter_quantize_factor(double real, int32_t *multiplier, int32_t *shift) {
  uint64_t bits;
  memcpy(&bits, &real, sizeof bits);
  int32_t exponent = (int32_t)(bits >> 52) - 1022; /* real = fraction * 2^exponent, fraction in [1/2, 1) */
  *multiplier = 0;
  *shift = 0;
  if ((bits << 1) == 0) return true;
  if (bits >> 63 != 0 || exponent > 1024) return false;
  uint64_t fraction = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52; /* Q0 with 53 bits */
  uint64_t rounded = (fraction + ((uint64_t)1 << 21)) >> 22;                  /* Q0 with 31 bits */
  if (rounded == (uint64_t)1 << 31) {
    rounded >>= 1;
    exponent++;
  }
  if (exponent < -31) return true; /* too small to show: zero */
  *multiplier = (int32_t)rounded;
  *shift = exponent;
  return exponent <= 30;
}

int32_t interpreter_round(float value) {
  if (!(value > -2147483648.0f)) return INT32_MIN;
  if (value >= 2147483648.0f) return INT32_MAX;
  int32_t whole = (int32_t)value;
  float rest = value - (float)whole; /* exact: above 2^23 there is none */
  return rest >= 0.5f ? whole + 1 : rest <= -0.5f ? whole - 1 : whole;
}

/* Quantises one bound of an activation; false when the scale is so small that it overflows. */
static bool quantize_bound(const interpreter_tensor *output, float bound, int32_t *quantized) {
  float steps = bound / output->scale;
  if (!(steps > -1.0e9f && steps < 1.0e9f)) return false;
  *quantized = output->zero_point + interpreter_round(steps);
  return true;
}

model_status interpreter_activation_range(interpreter_builder *builder, const interpreter_tensor *output,
                                          uint32_t activation, int32_t *low, int32_t *high) {
  static const float lowest[] = {0.0f, 0.0f, -1.0f, 0.0f}, highest[] = {0.0f, 0.0f, 1.0f, 6.0f};
  int32_t bound;
  *low = -128;
  *high = 127;
  if (activation > ACTIVATION_RELU6)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE,
                                   "fused activation is not supported:", activation);
  if (activation == ACTIVATION_NONE) return MODEL_OK;
  if (!quantize_bound(output, lowest[activation], &bound))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output, "has too small a scale");
  if (bound > *low) *low = bound;
  if (activation == ACTIVATION_RELU) return MODEL_OK;
  if (!quantize_bound(output, highest[activation], &bound))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output, "has too small a scale");
  if (bound < *high) *high = bound;
  return MODEL_OK;
}

static model_status check_weights(interpreter_builder *builder, const interpreter_tensor *weights,
                                  int32_t channels) {
  if (weights->value != VALUE_CONSTANT || weights->type != TENSOR_INT8)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, weights, "must be constant int8 weights");
  if (!weights->quantized) return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, weights, "needs scales");
  if (weights->zero_points.count != 1 && weights->zero_points.count != weights->scales.count)
    return interpreter_fail_tensor(builder, MODEL_CORRUPT, weights,
                                   "has as many zero points as neither one nor its scales");
  for (uint32_t i = 0; i < weights->zero_points.count; i++)
    if (fb_int64_at(&builder->file, weights->zero_points, i) != 0)
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, weights, "must have zero points of 0");
  if (weights->scales.count == 1) return MODEL_OK;
  int32_t dimension = weights->quantized_dimension;
  if (weights->scales.count != (uint32_t)channels || dimension < 0 || dimension >= weights->rank ||
      weights->shape[dimension] != channels)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, weights,
                                   "has scales for another number of channels");
  return MODEL_OK;
}

static model_status check_bias(interpreter_builder *builder, const interpreter_tensor *bias,
                               int32_t channels) {
  if (bias == NULL) return MODEL_OK;
  if (bias->value != VALUE_CONSTANT || bias->type != TENSOR_INT32)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, bias, "must be a constant int32 bias");
  if (bias->elements != channels)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, bias,
                                   "must have one bias for each output channel");
  return MODEL_OK;
}

static model_status set_factor(interpreter_builder *builder, const interpreter_tensor *weights, double real,
                               channel_scaling *scaling, int32_t channel) {
  int32_t multiplier, shift;
  if (!interpreter_quantize_factor(real, &multiplier, &shift))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, weights,
                                   "has a scale out of all proportion to its output");
  if (shift == -31) scaling->has_exponent_31 = true;
  if (scaling->right == NULL) return MODEL_OK;
  scaling->multiplier[channel] = multiplier;
  scaling->left[channel] = shift > 0 ? (int32_t)1 << shift : 1;
  scaling->right[channel] = shift > 0 ? 1 << 30 : shift == -31 ? 0 : (int32_t)1 << (30 + shift);
  return MODEL_OK;
}

static void fold_bias(const interpreter_tensor *input, const interpreter_tensor *weights,
                      const interpreter_tensor *bias, const channel_layout *layout, int32_t *folded) {
  const int8_t *values = (const int8_t *)weights->bytes;
  for (int32_t channel = 0; channel < layout->channels; channel++) {
    int32_t sum = 0;
    for (int32_t i = 0; i < layout->depth; i++)
      sum +=
          values[(size_t)channel * (size_t)layout->channel_stride + (size_t)i * (size_t)layout->depth_stride];
    uint32_t start = bias == NULL ? 0 : (uint32_t)interpreter_integer(bias, channel);
    folded[channel] = (int32_t)(start - (uint32_t)input->zero_point * (uint32_t)sum);
  }
}

model_status interpreter_prepare_channels(interpreter_builder *builder, uint32_t activation,
                                          const channel_layout *layout, channel_scaling *scaling) {
  const interpreter_operator *operation = builder->current;
  const interpreter_tensor *input = operation->inputs[0], *weights = operation->inputs[1],
                           *output = operation->outputs[0];
  const interpreter_tensor *bias = operation->input_count > 2 ? operation->inputs[2] : NULL;
  if (layout->depth > INTERPRETER_MAX_DEPTH)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "sums up too many products:", layout->depth);
  model_status status = interpreter_require_int8(builder, input);
  if (status == MODEL_OK) status = interpreter_require_int8(builder, output);
  if (status == MODEL_OK) status = check_weights(builder, weights, layout->channels);
  if (status == MODEL_OK) status = check_bias(builder, bias, layout->channels);
  if (status == MODEL_OK)
    status = interpreter_activation_range(builder, output, activation, &scaling->low, &scaling->high);
  if (status != MODEL_OK) return status;
  uint64_t bytes = (uint64_t)layout->channels * sizeof(int32_t);
  scaling->zero_point = output->zero_point;
  scaling->has_exponent_31 = false;
  scaling->bias = interpreter_reserve(builder, bytes);
  scaling->left = interpreter_reserve(builder, bytes);
  scaling->multiplier = interpreter_reserve(builder, bytes);
  scaling->right = interpreter_reserve(builder, bytes);
  bool per_channel = weights->scales.count > 1;
  for (int32_t channel = 0; channel < layout->channels && status == MODEL_OK; channel++) {
    float scale =
        per_channel ? fb_float_at(&builder->file, weights->scales, (uint32_t)channel) : weights->scale;
    double real = (double)input->scale * (double)scale / (double)output->scale;
    status = set_factor(builder, weights, real, scaling, channel);
  }
  if (status == MODEL_OK && scaling->right != NULL) fold_bias(input, weights, bias, layout, scaling->bias);
  return status;
}
