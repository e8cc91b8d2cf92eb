/* DEPTHWISE_CONV_2D: int8, weights constant, batch x height x width x channels. Each window is a list of
 * pointers, one per tap, to the channels at that place of the input; taps that hang over the edge point to a
 * row of the input's zero point instead. Channels lie side by side, so eight of them are summed at once. */
#include <string.h>

#include "dot.h"

typedef struct {
  const interpreter_tensor *input, *weights, *output;
  int32_t window_height, window_width, stride_height, stride_width, dilation_height, dilation_width;
  int32_t padding_height, padding_width, multiplier;
  channel_scaling scaling;
} depthwise;

static void point_taps(const depthwise *d, const int8_t *edge, int32_t batch, int32_t top, int32_t left,
                       const int8_t **taps) {
  const int32_t *shape = d->input->shape;
  for (int32_t y = 0; y < d->window_height; y++) {
    int32_t row = top + y * d->dilation_height;
    for (int32_t x = 0; x < d->window_width; x++) {
      int32_t column = left + x * d->dilation_width;
      size_t position = ((size_t)batch * (size_t)shape[1] + (size_t)row) * (size_t)shape[2] + (size_t)column;
      bool outside = row < 0 || row >= shape[1] || column < 0 || column >= shape[2];
      *taps++ = outside ? edge : (const int8_t *)d->input->bytes + position * (size_t)shape[3];
    }
  }
}

static int32_t dot_channel(const depthwise *d, const int8_t *const *taps, int32_t tap_count,
                           int32_t channel) {
  int32_t channels = d->output->shape[3], from = channel / d->multiplier, sum = 0;
  const int8_t *weights = (const int8_t *)d->weights->bytes + channel;
  for (int32_t tap = 0; tap < tap_count; tap++)
    sum += taps[tap][from] * weights[(size_t)tap * (size_t)channels];
  return sum;
}

static void sum_window(const depthwise *d, const int8_t *const *taps, int8_t *out) {
  int32_t channels = d->output->shape[3], tap_count = d->window_height * d->window_width, channel = 0;
  if (d->multiplier == 1 && !d->scaling.has_exponent_31) {
    for (; channel + 8 <= channels; channel += 8) {
      four_sums sums[2];
      dot_taps(taps, (const int8_t *)d->weights->bytes, tap_count, channels, channel, sums);
      scale_four(sums[0], &d->scaling, channel, out + channel);
      scale_four(sums[1], &d->scaling, channel + 4, out + channel + 4);
    }
  }
  for (; channel < channels; channel++)
    out[channel] = scale_one(dot_channel(d, taps, tap_count, channel), &d->scaling, channel);
}

static void invoke(const interpreter_operator *self) {
  const depthwise *d = self->prepared;
  const int32_t *shape = d->output->shape;
  const int8_t **taps = (const int8_t **)(void *)self->scratch;
  uint8_t *edge = self->scratch + (size_t)(d->window_height * d->window_width) * sizeof *taps;
  int8_t *out = (int8_t *)d->output->writable;
  memset(edge, d->input->zero_point, (size_t)d->input->shape[3]);
  for (int32_t batch = 0; batch < shape[0]; batch++) {
    for (int32_t y = 0; y < shape[1]; y++) {
      for (int32_t x = 0; x < shape[2]; x++, out += shape[3]) {
        int32_t top = y * d->stride_height - d->padding_height, left = x * d->stride_width - d->padding_width;
        point_taps(d, (const int8_t *)edge, batch, top, left, taps);
        sum_window(d, taps, out);
      }
    }
  }
}

static model_status check_shapes(interpreter_builder *builder, depthwise *d, int32_t padding_scheme) {
  const interpreter_tensor *input = d->input, *weights = d->weights, *output = d->output;
  interpreter_window rows, columns;
  if (input->rank != 4)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, input, "must have 4 dimensions");
  if (weights->rank != 4 || weights->shape[0] != 1)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, weights,
                                   "must have 4 dimensions, the first of 1");
  d->multiplier = weights->shape[3] / input->shape[3];
  if (weights->shape[3] % input->shape[3] != 0)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, weights,
                                   "must have a multiple of the input's channels");
  d->window_height = weights->shape[1];
  d->window_width = weights->shape[2];
  model_status status = interpreter_slide(builder, padding_scheme, input->shape[1], d->window_height,
                                          d->stride_height, d->dilation_height, &rows);
  if (status == MODEL_OK)
    status = interpreter_slide(builder, padding_scheme, input->shape[2], d->window_width, d->stride_width,
                               d->dilation_width, &columns);
  if (status != MODEL_OK) return status;
  d->padding_height = rows.padding;
  d->padding_width = columns.padding;
  if (output->rank != 4 || output->shape[0] != input->shape[0] || output->shape[1] != rows.output ||
      output->shape[2] != columns.output || output->shape[3] != weights->shape[3])
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output,
                                   "does not have the shape that follows from the input");
  return MODEL_OK;
}

model_status interpreter_prepare_depthwise(interpreter_builder *builder, interpreter_operator *operation) {
  depthwise local = {0}, *reserved = interpreter_reserve(builder, sizeof local);
  fb_file *file = &builder->file;
  const fb_table *options = &builder->options;
  uint32_t activation = fb_uint8(file, options, DEPTHWISE_ACTIVATION, ACTIVATION_NONE);
  local.input = operation->inputs[0];
  local.weights = operation->inputs[1];
  local.output = operation->outputs[0];
  local.stride_width = fb_int32(file, options, DEPTHWISE_STRIDE_WIDTH, 0);
  local.stride_height = fb_int32(file, options, DEPTHWISE_STRIDE_HEIGHT, 0);
  local.dilation_width = fb_int32(file, options, DEPTHWISE_DILATION_WIDTH, 1);
  local.dilation_height = fb_int32(file, options, DEPTHWISE_DILATION_HEIGHT, 1);
  model_status status =
      check_shapes(builder, &local, fb_int8(file, options, DEPTHWISE_PADDING, PADDING_SAME));
  if (status != MODEL_OK) return status;
  if (fb_int32(file, options, DEPTHWISE_MULTIPLIER, 0) != local.multiplier)
    return interpreter_fail(builder, MODEL_BAD_SHAPE, "has a depth multiplier that does not fit its weights");
  int32_t channels = local.weights->shape[3], taps = local.weights->elements / channels;
  channel_layout layout = {channels, taps, 1, channels};
  status = interpreter_prepare_channels(builder, activation, &layout, &local.scaling);
  operation->scratch_bytes = taps * (int32_t)sizeof(int8_t *) + local.input->shape[3];
  operation->invoke = invoke;
  operation->prepared = reserved;
  if (reserved != NULL) *reserved = local;
  return status;
}
