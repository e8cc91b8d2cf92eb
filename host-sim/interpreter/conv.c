/* CONV_2D: int8, weights constant, batch x height x width x channels. Each output position is one row of
 * values against one row of weights per channel; the row is taken from the input in place where it lies there
 * in one piece, and gathered into scratch memory where it does not. */
#include <string.h>

#include "dot.h"

typedef struct {
  const interpreter_tensor *input, *weights, *output;
  int32_t window_height, window_width, stride_height, stride_width, dilation_height, dilation_width;
  int32_t padding_height, padding_width;
  bool in_one_piece;
  channel_scaling scaling;
} conv;

/* Copies one window, with the input's zero point wherever it hangs over the edge. */
static const int8_t *gather_window(const interpreter_operator *self, const conv *c, int32_t batch,
                                   int32_t top, int32_t left) {
  const int32_t *shape = c->input->shape;
  size_t channels = (size_t)shape[3];
  uint8_t *to = self->scratch;
  for (int32_t y = 0; y < c->window_height; y++) {
    int32_t row = top + y * c->dilation_height;
    for (int32_t x = 0; x < c->window_width; x++, to += channels) {
      int32_t column = left + x * c->dilation_width;
      if (row < 0 || row >= shape[1] || column < 0 || column >= shape[2]) {
        memset(to, c->input->zero_point, channels);
      } else {
        size_t position =
            ((size_t)batch * (size_t)shape[1] + (size_t)row) * (size_t)shape[2] + (size_t)column;
        memcpy(to, c->input->bytes + position * channels, channels);
      }
    }
  }
  return (const int8_t *)self->scratch;
}

static void invoke(const interpreter_operator *self) {
  const conv *c = self->prepared;
  const int32_t *in = c->input->shape, *out = c->output->shape;
  int32_t depth = c->window_height * c->window_width * in[3];
  int8_t *to = (int8_t *)c->output->writable;
  for (int32_t batch = 0; batch < out[0]; batch++) {
    for (int32_t y = 0; y < out[1]; y++) {
      for (int32_t x = 0; x < out[2]; x++, to += out[3]) {
        int32_t top = y * c->stride_height - c->padding_height, left = x * c->stride_width - c->padding_width;
        const int8_t *values;
        if (c->in_one_piece) {
          values = (const int8_t *)c->input->bytes +
                   ((size_t)(batch * in[1] + top) * (size_t)in[2] + (size_t)left) * (size_t)in[3];
        } else {
          values = gather_window(self, c, batch, top, left);
        }
        dot_rows(values, (const int8_t *)c->weights->bytes, depth, out[3], &c->scaling, to);
      }
    }
  }
}

static model_status check_shapes(interpreter_builder *builder, conv *c, int32_t padding_scheme) {
  const interpreter_tensor *input = c->input, *weights = c->weights, *output = c->output;
  interpreter_window rows, columns;
  if (input->rank != 4)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, input, "must have 4 dimensions");
  if (weights->rank != 4)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, weights, "must have 4 dimensions");
  if (weights->shape[3] != input->shape[3])
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, weights,
                                   "must have as many channels as the input");
  c->window_height = weights->shape[1];
  c->window_width = weights->shape[2];
  model_status status = interpreter_slide(builder, padding_scheme, input->shape[1], c->window_height,
                                          c->stride_height, c->dilation_height, &rows);
  if (status == MODEL_OK)
    status = interpreter_slide(builder, padding_scheme, input->shape[2], c->window_width, c->stride_width,
                               c->dilation_width, &columns);
  if (status != MODEL_OK) return status;
  c->padding_height = rows.padding;
  c->padding_width = columns.padding;
  if (output->rank != 4 || output->shape[0] != input->shape[0] || output->shape[1] != rows.output ||
      output->shape[2] != columns.output || output->shape[3] != weights->shape[0])
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output,
                                   "does not have the shape that follows from the input");
  return MODEL_OK;
}

/* Whether every window lies in the input as one run of bytes: nothing hangs over, no gaps. */
static bool runs_in_one_piece(const conv *c, int32_t padding_scheme) {
  bool within =
      padding_scheme == PADDING_VALID ||
      (c->padding_height == 0 && c->padding_width == 0 &&
       (c->output->shape[1] - 1) * (int64_t)c->stride_height + c->window_height <= c->input->shape[1] &&
       (c->output->shape[2] - 1) * (int64_t)c->stride_width + c->window_width <= c->input->shape[2]);
  bool one_row = c->window_height == 1 && (c->window_width == 1 || c->dilation_width == 1);
  bool whole_rows = c->window_width == c->input->shape[2] &&
                    (c->window_width == 1 || c->dilation_width == 1) && c->dilation_height == 1;
  return within && (one_row || whole_rows);
}

model_status interpreter_prepare_conv(interpreter_builder *builder, interpreter_operator *operation) {
  conv local = {0}, *reserved = interpreter_reserve(builder, sizeof local);
  fb_file *file = &builder->file;
  const fb_table *options = &builder->options;
  int32_t padding_scheme = fb_int8(file, options, CONV_PADDING, PADDING_SAME);
  uint32_t activation = fb_uint8(file, options, CONV_ACTIVATION, ACTIVATION_NONE);
  local.input = operation->inputs[0];
  local.weights = operation->inputs[1];
  local.output = operation->outputs[0];
  local.stride_width = fb_int32(file, options, CONV_STRIDE_WIDTH, 0);
  local.stride_height = fb_int32(file, options, CONV_STRIDE_HEIGHT, 0);
  local.dilation_width = fb_int32(file, options, CONV_DILATION_WIDTH, 1);
  local.dilation_height = fb_int32(file, options, CONV_DILATION_HEIGHT, 1);
  model_status status = check_shapes(builder, &local, padding_scheme);
  if (status != MODEL_OK) return status;
  int32_t depth = local.weights->elements / local.weights->shape[0];
  channel_layout layout = {local.weights->shape[0], depth, depth, 1};
  status = interpreter_prepare_channels(builder, activation, &layout, &local.scaling);
  local.in_one_piece = runs_in_one_piece(&local, padding_scheme);
  operation->scratch_bytes = local.in_one_piece ? 0 : depth;
  operation->invoke = invoke;
  operation->prepared = reserved;
  if (reserved != NULL) *reserved = local;
  return status;
}
