/* MAX_POOL_2D and AVERAGE_POOL_2D: int8, batch x height x width x channels. */
#include "fixed_point.h"
#include "quantization.h"

typedef struct {
  const interpreter_tensor *input, *output;
  int32_t window_height, window_width, stride_height, stride_width, padding_height, padding_width, low, high;
} pool;

typedef struct {
  int32_t top, bottom, left, right; /* within the input, ends excluded */
} pool_window;

typedef int32_t (*pool_function)(const pool *p, const pool_window *window, const int8_t *values);

static const int8_t *at(const pool *p, const int8_t *values, int32_t row, int32_t column) {
  return values + ((size_t)row * (size_t)p->input->shape[2] + (size_t)column) * (size_t)p->input->shape[3];
}

static int32_t largest_of(const pool *p, const pool_window *w, const int8_t *values) {
  int32_t largest = -128;
  for (int32_t y = w->top; y < w->bottom; y++)
    for (int32_t x = w->left; x < w->right; x++)
      largest = *at(p, values, y, x) > largest ? *at(p, values, y, x) : largest;
  return largest;
}

static int32_t average_of(const pool *p, const pool_window *w, const int8_t *values) {
  int32_t sum = 0, count = (w->bottom - w->top) * (w->right - w->left);
  for (int32_t y = w->top; y < w->bottom; y++)
    for (int32_t x = w->left; x < w->right; x++) sum += *at(p, values, y, x);
  return sum > 0 ? (sum + count / 2) / count : (sum - count / 2) / count;
}

static void clip(int32_t start, int32_t size, int32_t limit, int32_t *from, int32_t *to) {
  *from = start < 0 ? 0 : start;
  *to = (int64_t)start + size < limit ? start + size : limit;
}

static void run(const pool *p, pool_function function) {
  const int32_t *in = p->input->shape, *out = p->output->shape;
  int8_t *to = (int8_t *)p->output->writable;
  for (int32_t batch = 0; batch < out[0]; batch++) {
    const int8_t *image =
        (const int8_t *)p->input->bytes + (size_t)batch * (size_t)(p->input->elements / in[0]);
    for (int32_t y = 0; y < out[1]; y++) {
      for (int32_t x = 0; x < out[2]; x++) {
        pool_window window;
        clip(y * p->stride_height - p->padding_height, p->window_height, in[1], &window.top, &window.bottom);
        clip(x * p->stride_width - p->padding_width, p->window_width, in[2], &window.left, &window.right);
        for (int32_t channel = 0; channel < out[3]; channel++)
          *to++ = (int8_t)fixed_clamp(function(p, &window, image + channel), p->low, p->high);
      }
    }
  }
}

static void invoke_max(const interpreter_operator *self) {
  run(self->prepared, largest_of);
}

static void invoke_average(const interpreter_operator *self) {
  run(self->prepared, average_of);
}

static model_status check(interpreter_builder *builder, pool *p, int32_t padding_scheme,
                          uint32_t activation) {
  const interpreter_tensor *input = p->input, *output = p->output;
  interpreter_window rows, columns;
  model_status status = interpreter_require_int8(builder, input);
  if (status == MODEL_OK) status = interpreter_require_int8(builder, output);
  if (status != MODEL_OK) return status;
  if (input->rank != 4)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, input, "must have 4 dimensions");
  status = interpreter_slide(builder, padding_scheme, input->shape[1], p->window_height, p->stride_height, 1,
                             &rows);
  if (status == MODEL_OK)
    status = interpreter_slide(builder, padding_scheme, input->shape[2], p->window_width, p->stride_width, 1,
                               &columns);
  if (status != MODEL_OK) return status;
  p->padding_height = rows.padding;
  p->padding_width = columns.padding;
  if (output->rank != 4 || output->shape[0] != input->shape[0] || output->shape[1] != rows.output ||
      output->shape[2] != columns.output || output->shape[3] != input->shape[3])
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output,
                                   "does not have the shape that follows from the input");
  float difference = input->scale - output->scale;
  if (difference > 1.0e-6f || difference < -1.0e-6f || input->zero_point != output->zero_point)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output, "must be quantised like the input");
  return interpreter_activation_range(builder, output, activation, &p->low, &p->high);
}

static model_status prepare(interpreter_builder *builder, interpreter_operator *operation,
                            void (*invoke)(const interpreter_operator *)) {
  pool local = {0}, *reserved = interpreter_reserve(builder, sizeof local);
  fb_file *file = &builder->file;
  const fb_table *options = &builder->options;
  local.input = operation->inputs[0];
  local.output = operation->outputs[0];
  local.stride_width = fb_int32(file, options, POOL_STRIDE_WIDTH, 0);
  local.stride_height = fb_int32(file, options, POOL_STRIDE_HEIGHT, 0);
  local.window_width = fb_int32(file, options, POOL_WIDTH, 0);
  local.window_height = fb_int32(file, options, POOL_HEIGHT, 0);
  operation->invoke = invoke;
  operation->prepared = reserved;
  model_status status = check(builder, &local, fb_int8(file, options, POOL_PADDING, PADDING_SAME),
                              fb_uint8(file, options, POOL_ACTIVATION, ACTIVATION_NONE));
  if (reserved != NULL) *reserved = local;
  return status;
}

model_status interpreter_prepare_max_pool(interpreter_builder *builder, interpreter_operator *operation) {
  return prepare(builder, operation, invoke_max);
}

model_status interpreter_prepare_average_pool(interpreter_builder *builder, interpreter_operator *operation) {
  return prepare(builder, operation, invoke_average);
}
