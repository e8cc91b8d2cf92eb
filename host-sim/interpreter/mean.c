/* MEAN: int8, over any axes. */
#include <string.h>

#include "fixed_point.h"
#include "quantization.h"

typedef struct {
  const interpreter_tensor *input, *output;
  int32_t output_step[MODEL_MAX_RANK]; /* of the output per step of each input axis; 0 for those summed up */
  int32_t summed;                      /* elements per mean */
  int32_t multiplier, shift;
} mean;

static void invoke(const interpreter_operator *self) {
  const mean *m = self->prepared;
  int32_t *sums = (int32_t *)(void *)self->scratch, rank = m->input->rank, index[MODEL_MAX_RANK] = {0},
          to = 0;
  memset(sums, 0, (size_t)m->output->elements * sizeof *sums);
  for (int32_t i = 0; i < m->input->elements; i++) {
    sums[to] += (int8_t)m->input->bytes[i];
    for (int32_t axis = rank - 1; axis >= 0; axis--) {
      to += m->output_step[axis];
      if (++index[axis] < m->input->shape[axis]) break;
      to -= m->output_step[axis] * m->input->shape[axis];
      index[axis] = 0;
    }
  }
  for (int32_t i = 0; i < m->output->elements; i++) {
    int32_t centred = (int32_t)((int64_t)sums[i] - (int64_t)m->input->zero_point * m->summed);
    int32_t scaled = fixed_add(fixed_scale(centred, m->multiplier, m->shift), m->output->zero_point);
    m->output->writable[i] = (uint8_t)fixed_clamp(scaled, -128, 127);
  }
}

/* The division by the count goes into the multiplier, with as many bits as it can take without overflow. */
static void divide_by_count(mean *m) {
  int32_t shift = 63 - __builtin_clzll((uint64_t)m->summed);
  if (shift > 31 + m->shift) shift = 31 + m->shift;
  m->multiplier = (int32_t)(((int64_t)m->multiplier << shift) / m->summed);
  m->shift -= shift;
}

static model_status mark_axes(interpreter_builder *builder, const interpreter_tensor *axes, int32_t rank,
                              bool *summed) {
  for (int32_t i = 0; i < axes->elements; i++) {
    int32_t axis = interpreter_integer(axes, i);
    if (axis < -rank || axis >= rank)
      return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "no such axis:", axis);
    summed[axis < 0 ? axis + rank : axis] = true;
  }
  return MODEL_OK;
}

static model_status lay_out(interpreter_builder *builder, mean *m, const bool *summed) {
  int32_t step = 1;
  m->summed = 1;
  for (int32_t axis = m->input->rank - 1; axis >= 0; axis--) {
    m->output_step[axis] = summed[axis] ? 0 : step;
    if (summed[axis]) {
      m->summed *= m->input->shape[axis];
    } else {
      step *= m->input->shape[axis];
    }
  }
  if (m->output->elements != step)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, m->output,
                                   "does not have the elements that are left");
  return MODEL_OK;
}

model_status interpreter_prepare_mean(interpreter_builder *builder, interpreter_operator *operation) {
  mean local = {0}, *reserved = interpreter_reserve(builder, sizeof local);
  bool summed[MODEL_MAX_RANK] = {false};
  local.input = operation->inputs[0];
  local.output = operation->outputs[0];
  model_status status = interpreter_require_int8(builder, local.input);
  if (status == MODEL_OK) status = interpreter_require_int8(builder, local.output);
  if (status == MODEL_OK) status = interpreter_require_integers(builder, operation->inputs[1], -1);
  if (status == MODEL_OK) status = mark_axes(builder, operation->inputs[1], local.input->rank, summed);
  if (status == MODEL_OK) status = lay_out(builder, &local, summed);
  if (status != MODEL_OK) return status;
  if (!interpreter_quantize_factor((double)local.input->scale / (double)local.output->scale,
                                   &local.multiplier, &local.shift))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, local.output,
                                   "has a scale out of all proportion to the input's");
  divide_by_count(&local);
  operation->scratch_bytes = local.output->elements * (int32_t)sizeof(int32_t);
  operation->invoke = invoke;
  operation->prepared = reserved;
  if (reserved != NULL) *reserved = local;
  return MODEL_OK;
}
