/* What the parts of the interpreter share. A model is opened in four steps, each in its own file: tensors.c
 * and program.c make tensors and operators out of the file, each kernel's prepare function checks its
 * operator and works out its constants, arena.c gives every value a place, model.c ties these together and
 * runs them. After a successful open every index, shape and length has been checked, so the kernels check
 * nothing. */
#ifndef EARSHOT_INTERPRETER_H
#define EARSHOT_INTERPRETER_H

#include "../../firmware/natives/model/model.h"
#include "flatbuffer.h"
#include "schema.h"

#define INTERPRETER_MAX_TENSORS 2048
#define INTERPRETER_MAX_OPERATORS 2048
#define INTERPRETER_MAX_TENSOR_BYTES (1 << 24)
/* int8 products of at most 2^14 each: their sum stays within int32_t. */
#define INTERPRETER_MAX_DEPTH 65536

typedef enum {
  VALUE_UNWRITTEN = 0, /* nothing has produced it yet, in file order */
  VALUE_CONSTANT,
  VALUE_INPUT,
  VALUE_PRODUCED
} interpreter_value;

typedef struct {
  int32_t shape[MODEL_MAX_RANK];
  int32_t rank;
  int32_t elements;
  int32_t byte_length;
  int32_t index; /* within its subgraph, for messages */
  uint8_t type;  /* tensor_type */
  uint8_t value; /* interpreter_value */
  bool quantized;
  float scale;
  int32_t zero_point;
  fb_vector name;
  fb_vector scales; /* per channel when more than one */
  fb_vector zero_points;
  int32_t quantized_dimension;
  int32_t variable;     /* of a resource handle: which variable, or -1 */
  int32_t first, last;  /* operators between which the value must live */
  const uint8_t *bytes; /* in the file when constant, else in the arena */
  uint8_t *writable;    /* NULL when constant */
} interpreter_tensor;

typedef struct interpreter_operator {
  void (*invoke)(const struct interpreter_operator *self);
  interpreter_tensor **inputs; /* NULL where an optional input is left out */
  interpreter_tensor **outputs;
  int32_t input_count, output_count;
  void *prepared; /* the kernel's own constants */
  int32_t scratch_bytes;
  uint8_t *scratch; /* only during invoke */
  bool once;        /* belongs to a CALL_ONCE initialiser: only the first invoke runs it */
} interpreter_operator;

typedef struct {
  fb_vector container, shared_name;
  int32_t byte_length; /* -1 until a first use tells */
  uint8_t type;
  uint8_t initial; /* every byte before the first assignment: the zero point */
  bool assigned, assigned_by_main;
  uint8_t *bytes;
} interpreter_variable;

struct model {
  interpreter_tensor *tensors;
  interpreter_operator *operators;
  interpreter_variable *variables;
  interpreter_tensor **inputs, **outputs;
  int32_t tensor_count, operator_count, variable_count, input_count, output_count;
  size_t arena_used;
  bool started;
};

/* Everything that exists only while a model is being opened. */
typedef struct {
  fb_file file;
  model *self;
  model_error *error;
  uint8_t *arena;
  uint64_t arena_bytes, arena_used; /* used may pass bytes: then it only counts what would be needed */
  fb_vector codes, subgraphs, buffers;
  interpreter_operator *current; /* being prepared */
  interpreter_tensor *tensors;   /* of the subgraph being read */
  int32_t tensor_count;
  const char *operator_name;
  int32_t operator_index; /* within its subgraph */
  bool in_main;           /* false within a CALL_ONCE initialiser */
  fb_table options;
  uint32_t options_type;
} interpreter_builder;

/* --- messages.c: every failure leaves through one of these. --- */
model_status interpreter_fail(interpreter_builder *builder, model_status status, const char *what);
model_status interpreter_fail_tensor(interpreter_builder *builder, model_status status,
                                     const interpreter_tensor *tensor, const char *what);
model_status interpreter_fail_number(interpreter_builder *builder, model_status status, const char *what,
                                     int64_t number);
model_status interpreter_fail_named(interpreter_builder *builder, model_status status, const char *what,
                                    fb_vector name);

/* --- arena.c --- */
/* Persistent memory, aligned to 16, or NULL when the arena is full: then go on counting and write nothing. */
void *interpreter_reserve(interpreter_builder *builder, uint64_t bytes);
/* Gives every produced tensor, variable and scratch buffer its place, sharing memory between values that are
 * never alive together. */
model_status interpreter_plan(interpreter_builder *builder);

/* --- tensors.c --- */
model_status interpreter_read_tensor(interpreter_builder *builder, fb_vector tensors, uint32_t index,
                                     interpreter_tensor *tensor);
int32_t interpreter_element_bytes(uint8_t type); /* 0 for types that no kernel takes */

/* --- program.c --- */
model_status interpreter_read(interpreter_builder *builder);

/* --- operators.c --- */
typedef struct {
  int32_t code;
  uint32_t options_type; /* what its options must be, 0 when it has none that matter */
  bool options_required;
  int32_t least_inputs, most_inputs, least_outputs, most_outputs;
  model_status (*prepare)(interpreter_builder *builder, interpreter_operator *operation);
} interpreter_kernel;

/* prepare is NULL where there is no kernel, and for CALL_ONCE, which is replaced by what it calls. */
interpreter_kernel interpreter_kernel_of(int32_t code);
const char *interpreter_operator_name(int32_t code);

model_status interpreter_prepare_add(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_assign_variable(interpreter_builder *builder,
                                                 interpreter_operator *operation);
model_status interpreter_prepare_average_pool(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_concatenation(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_conv(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_copy(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_depthwise(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_dequantize(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_fully_connected(interpreter_builder *builder,
                                                 interpreter_operator *operation);
model_status interpreter_prepare_logistic(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_max_pool(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_mean(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_mul(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_pad(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_quantize(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_read_variable(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_relu(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_relu6(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_leaky_relu(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_softmax(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_split(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_split_v(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_strided_slice(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_sub(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_tanh(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_transpose(interpreter_builder *builder, interpreter_operator *operation);
model_status interpreter_prepare_var_handle(interpreter_builder *builder, interpreter_operator *operation);

/* --- checks.c: what several kernels ask of their tensors. --- */
/* Quantised int8 with one scale above zero and a zero point that fits. */
model_status interpreter_require_int8(interpreter_builder *builder, const interpreter_tensor *tensor);
model_status interpreter_require_same_elements(interpreter_builder *builder, const interpreter_tensor *a,
                                               const interpreter_tensor *b);
model_status interpreter_require_same_shape(interpreter_builder *builder, const interpreter_tensor *a,
                                            const interpreter_tensor *b);
/* A constant int32 tensor, such as axes or paddings, and one element of it. */
model_status interpreter_require_integers(interpreter_builder *builder, const interpreter_tensor *tensor,
                                          int32_t count);
int32_t interpreter_integer(const interpreter_tensor *tensor, int32_t index);
/* A constant scalar axis; negative ones count from the end. */
model_status interpreter_require_axis(interpreter_builder *builder, const interpreter_tensor *tensor,
                                      int32_t rank, int32_t *axis);

typedef struct {
  int32_t output;  /* positions */
  int32_t padding; /* before the first sample */
} interpreter_window;

/* One axis of a sliding window; *out is only set on MODEL_OK. */
model_status interpreter_slide(interpreter_builder *builder, int32_t padding_scheme, int32_t input,
                               int32_t window, int32_t stride, int32_t dilation, interpreter_window *out);

#endif
