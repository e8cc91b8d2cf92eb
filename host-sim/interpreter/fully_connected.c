/* FULLY_CONNECTED: int8, weights constant. */
#include "dot.h"

typedef struct {
  const interpreter_tensor *input, *weights, *output;
  int32_t batches, depth, channels;
  channel_scaling scaling;
} fully_connected;

static void invoke(const interpreter_operator *self) {
  const fully_connected *f = self->prepared;
  const int8_t *values = (const int8_t *)f->input->bytes;
  int8_t *out = (int8_t *)f->output->writable;
  for (int32_t batch = 0; batch < f->batches; batch++, values += f->depth, out += f->channels)
    dot_rows(values, (const int8_t *)f->weights->bytes, f->depth, f->channels, &f->scaling, out);
}

/* With one scale for all weights TensorFlow Lite insists on a bias that is on nearly the same scale. */
static bool bias_fits(const interpreter_tensor *input, const interpreter_tensor *weights,
                      const interpreter_tensor *bias, const interpreter_tensor *output) {
  if (bias == NULL || weights->scales.count > 1) return true;
  double difference = (double)input->scale * (double)weights->scale - (double)bias->scale;
  return (difference < 0 ? -difference : difference) / (double)output->scale <= 0.02;
}

model_status interpreter_prepare_fully_connected(interpreter_builder *builder,
                                                 interpreter_operator *operation) {
  fully_connected local = {0}, *reserved = interpreter_reserve(builder, sizeof local);
  uint32_t activation =
      fb_uint8(&builder->file, &builder->options, FULLY_CONNECTED_ACTIVATION, ACTIVATION_NONE);
  if (fb_int8(&builder->file, &builder->options, FULLY_CONNECTED_FORMAT, 0) != 0)
    return interpreter_fail(builder, MODEL_BAD_SHAPE, "has shuffled weights");
  local.input = operation->inputs[0];
  local.weights = operation->inputs[1];
  local.output = operation->outputs[0];
  if (local.weights->rank != 2)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, local.weights, "must have 2 dimensions");
  local.channels = local.weights->shape[0];
  local.depth = local.weights->shape[1];
  local.batches = local.input->elements / local.depth;
  if (local.input->elements % local.depth != 0)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, local.input,
                                   "is no whole number of weight rows");
  if (local.output->rank < 1 || local.output->shape[local.output->rank - 1] != local.channels ||
      local.output->elements != (int64_t)local.batches * local.channels)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, local.output,
                                   "does not have the shape that follows from the input");
  channel_layout layout = {local.channels, local.depth, local.depth, 1};
  model_status status = interpreter_prepare_channels(builder, activation, &layout, &local.scaling);
  const interpreter_tensor *bias = operation->input_count > 2 ? operation->inputs[2] : NULL;
  if (status == MODEL_OK && !bias_fits(local.input, local.weights, bias, local.output))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, bias,
                                   "has a scale far from input scale times weight scale");
  operation->invoke = invoke;
  operation->prepared = reserved;
  if (reserved != NULL) *reserved = local;
  return status;
}
