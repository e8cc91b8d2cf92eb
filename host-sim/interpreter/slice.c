/* Operators that pick and place elements: STRIDED_SLICE, TRANSPOSE and PAD. Each is one walk over a box of
 * elements with a byte step per axis on either side. */
#include <string.h>

#include "interpreter.h"

#define MOST_SLICE_AXES 4
#define MOST_TRANSPOSE_AXES 5
#define MOST_PAD_AXES 4

typedef struct {
  const interpreter_tensor *input, *output;
  int64_t from, to; /* bytes to the first element */
  int32_t rank;     /* axes left after joining; the innermost run is copied at once */
  int32_t size[MODEL_MAX_RANK];
  int64_t from_step[MODEL_MAX_RANK], to_step[MODEL_MAX_RANK];
  int32_t run_bytes;
  bool fill; /* PAD: write the zero point first */
} walk;

static void invoke(const interpreter_operator *self) {
  const walk *w = self->prepared;
  const uint8_t *from = w->input->bytes;
  uint8_t *to = w->output->writable;
  int32_t index[MODEL_MAX_RANK] = {0};
  int64_t from_at = w->from, to_at = w->to;
  int32_t axis = 0;
  if (w->fill) memset(to, w->output->zero_point, (size_t)w->output->byte_length);
  do {
    memcpy(to + to_at, from + from_at, (size_t)w->run_bytes);
    for (axis = w->rank - 1; axis >= 0; axis--) {
      from_at += w->from_step[axis];
      to_at += w->to_step[axis];
      if (++index[axis] < w->size[axis]) break;
      from_at -= w->from_step[axis] * w->size[axis];
      to_at -= w->to_step[axis] * w->size[axis];
      index[axis] = 0;
    }
  } while (axis >= 0);
}

/* Joins the innermost axes that lie without gaps on both sides into one run. */
static void join(walk *w, int32_t element_bytes) {
  w->run_bytes = element_bytes;
  while (w->rank > 0) {
    int32_t last = w->rank - 1;
    if (w->size[last] != 1 && (w->from_step[last] != w->run_bytes || w->to_step[last] != w->run_bytes)) break;
    w->run_bytes *= w->size[last];
    w->rank--;
  }
}

/* Byte steps of a tensor's own axes. */
static void steps_of(const interpreter_tensor *tensor, int64_t *steps) {
  int64_t step = interpreter_element_bytes(tensor->type);
  for (int32_t axis = tensor->rank - 1; axis >= 0; axis--) {
    steps[axis] = step;
    step *= tensor->shape[axis];
  }
}

static walk *begin(interpreter_builder *builder, interpreter_operator *operation, walk *local) {
  walk *reserved = interpreter_reserve(builder, sizeof *reserved);
  memset(local, 0, sizeof *local);
  local->input = operation->inputs[0];
  local->output = operation->outputs[0];
  local->rank = local->input->rank;
  operation->invoke = invoke;
  operation->prepared = reserved;
  return reserved;
}

static model_status finish(walk *reserved, walk *local) {
  join(local, interpreter_element_bytes(local->input->type));
  if (reserved != NULL) *reserved = *local;
  return MODEL_OK;
}

static model_status check_kind(interpreter_builder *builder, const walk *w, int32_t most_axes) {
  if (w->output->type != w->input->type)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, w->output, "must have the input's type");
  if (w->input->rank < 1 || w->input->rank > most_axes)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, w->input, "has too many or no dimensions");
  return MODEL_OK;
}

typedef struct {
  uint32_t begin, end, shrink; /* one bit per axis */
} slice_masks;

static int64_t clamp(int64_t value, int64_t low, int64_t high) {
  return value < low ? low : value > high ? high : value;
}

/* First index and number of indices along one axis; 0 when there is nothing to take. */
static int32_t slice_axis(const interpreter_operator *operation, const slice_masks *masks, int32_t axis,
                          int64_t *first, int64_t *stride) {
  int64_t size = operation->inputs[0]->shape[axis], start = interpreter_integer(operation->inputs[1], axis);
  int64_t stop = interpreter_integer(operation->inputs[2], axis);
  bool forward;
  *stride = interpreter_integer(operation->inputs[3], axis);
  forward = *stride > 0;
  if (*stride == 0) return 0;
  int64_t low = forward ? 0 : -1, high = forward ? size : size - 1;
  start = clamp(start < 0 ? start + size : start, low, high);
  stop = clamp(stop < 0 ? stop + size : stop, low, high);
  if (masks->begin >> axis & 1) start = forward ? 0 : size - 1;
  if (masks->end >> axis & 1) stop = forward ? size : -1;
  *first = start;
  if (masks->shrink >> axis & 1) return forward && start < size ? 1 : 0;
  int64_t count = forward ? (stop - start + *stride - 1) / *stride : (start - stop - *stride - 1) / -*stride;
  return count > 0 ? (int32_t)count : 0;
}

static model_status take_axes(interpreter_builder *builder, walk *w, const slice_masks *masks) {
  int64_t input_steps[MODEL_MAX_RANK], output_step = interpreter_element_bytes(w->input->type);
  int32_t kept = w->output->rank;
  steps_of(w->input, input_steps);
  for (int32_t axis = w->rank - 1; axis >= 0; axis--) {
    int64_t first = 0, stride;
    bool shrunk = masks->shrink >> axis & 1;
    w->size[axis] = slice_axis(builder->current, masks, axis, &first, &stride);
    if (w->size[axis] == 0)
      return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "takes nothing along axis", axis);
    if (!shrunk && (kept == 0 || w->output->shape[--kept] != w->size[axis]))
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, w->output, "does not have the slice's shape");
    w->from += first * input_steps[axis];
    w->from_step[axis] = stride * input_steps[axis];
    w->to_step[axis] = output_step;
    output_step *= w->size[axis];
  }
  if (kept != 0)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, w->output, "does not have the slice's shape");
  return MODEL_OK;
}

model_status interpreter_prepare_strided_slice(interpreter_builder *builder,
                                               interpreter_operator *operation) {
  fb_file *file = &builder->file;
  const fb_table *options = &builder->options;
  walk local, *reserved = begin(builder, operation, &local);
  slice_masks masks = {fb_uint32(file, options, SLICE_BEGIN_MASK, 0),
                       fb_uint32(file, options, SLICE_END_MASK, 0),
                       fb_uint32(file, options, SLICE_SHRINK_MASK, 0)};
  if (fb_int32(file, options, SLICE_ELLIPSIS_MASK, 0) != 0 ||
      fb_int32(file, options, SLICE_NEW_AXIS_MASK, 0) != 0 || fb_uint8(file, options, SLICE_OFFSET, 0) != 0)
    return interpreter_fail(builder, MODEL_BAD_SHAPE,
                            "has an ellipsis, a new axis or offsets, which are not supported");
  model_status status = check_kind(builder, &local, MOST_SLICE_AXES);
  for (int32_t i = 1; i < 4 && status == MODEL_OK; i++)
    status = interpreter_require_integers(builder, operation->inputs[i], local.input->rank);
  if (status == MODEL_OK) status = take_axes(builder, &local, &masks);
  return status != MODEL_OK ? status : finish(reserved, &local);
}

model_status interpreter_prepare_transpose(interpreter_builder *builder, interpreter_operator *operation) {
  walk local, *reserved = begin(builder, operation, &local);
  int64_t input_steps[MODEL_MAX_RANK];
  uint32_t seen = 0;
  model_status status = check_kind(builder, &local, MOST_TRANSPOSE_AXES);
  if (status == MODEL_OK) status = interpreter_require_integers(builder, operation->inputs[1], local.rank);
  if (status != MODEL_OK) return status;
  steps_of(local.input, input_steps);
  steps_of(local.output, local.to_step);
  for (int32_t axis = 0; axis < local.rank; axis++) {
    int32_t source = interpreter_integer(operation->inputs[1], axis);
    if (source < 0 || source >= local.rank || (seen >> source & 1))
      return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "is no permutation:", source);
    seen |= (uint32_t)1 << source;
    if (local.output->rank != local.rank || local.output->shape[axis] != local.input->shape[source])
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, local.output,
                                     "does not have the permuted shape");
    local.size[axis] = local.input->shape[source];
    local.from_step[axis] = input_steps[source];
  }
  return finish(reserved, &local);
}

model_status interpreter_prepare_pad(interpreter_builder *builder, interpreter_operator *operation) {
  walk local, *reserved = begin(builder, operation, &local);
  model_status status = check_kind(builder, &local, MOST_PAD_AXES);
  if (status == MODEL_OK) status = interpreter_require_int8(builder, local.output);
  if (status == MODEL_OK)
    status = interpreter_require_integers(builder, operation->inputs[1], 2 * local.rank);
  if (status != MODEL_OK) return status;
  if (local.output->rank != local.rank)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, local.output,
                                   "must have the input's dimensions");
  steps_of(local.input, local.from_step);
  steps_of(local.output, local.to_step);
  for (int32_t axis = 0; axis < local.rank; axis++) {
    int64_t before = interpreter_integer(operation->inputs[1], 2 * axis),
            after = interpreter_integer(operation->inputs[1], 2 * axis + 1);
    if (before < 0 || after < 0)
      return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "pads by less than 0 along axis", axis);
    if (before + after + local.input->shape[axis] != local.output->shape[axis])
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, local.output,
                                     "does not have the padded shape");
    local.size[axis] = local.input->shape[axis];
    local.to += before * local.to_step[axis];
  }
  local.fill = true;
  return finish(reserved, &local);
}
