/* One int8 TensorFlow Lite model, whichever interpreter runs it: host-sim/interpreter on the laptop and in the browser,
 * TensorFlow Lite Micro on the chip. The natives see nothing but this file. */
#ifndef EARSHOT_MODEL_H
#define EARSHOT_MODEL_H

#include <stddef.h>
#include <stdint.h>

#define MODEL_MAX_RANK 6

typedef enum {
  MODEL_OK = 0,
  MODEL_NOT_A_MODEL,      /* no TFL3 file identifier */
  MODEL_CORRUPT,          /* an offset or length leads outside of the file, or a vector is inconsistent */
  MODEL_UNKNOWN_OPERATOR, /* an operator that this interpreter does not have */
  MODEL_BAD_SHAPE,        /* shapes, types or quantisation that do not fit the operator */
  MODEL_ARENA_TOO_SMALL,  /* detail says how many bytes are needed */
  MODEL_MISALIGNED        /* the file lies where this interpreter cannot read it in place */
} model_status;

typedef enum { MODEL_INT8 = 0, MODEL_UINT8, MODEL_INT16, MODEL_INT32, MODEL_FLOAT32, MODEL_OTHER } model_type;

/* What went wrong. The detail is for people: it names the operator, the tensor or the bytes wanted, and is
 * always NUL-terminated. */
typedef struct {
  model_status status;
  size_t arena_bytes_needed; /* with MODEL_ARENA_TOO_SMALL, else 0 */
  char detail[120];
} model_error;

typedef struct {
  model_type type;
  int rank;
  int32_t shape[MODEL_MAX_RANK];
  int32_t byte_length;
  float scale; /* real = scale * (stored - zero_point) */
  int32_t zero_point;
  void *data; /* owned by the model, valid until its arena is reused */
} model_tensor;

typedef struct model model;

/* Prepares a model in the caller's arena (aligned to 16; nothing else is ever allocated). The file, aligned to
 * 4, stays the caller's and must outlive the model: weights are read in place. On failure *out is NULL and *error is
 * filled. To learn the size, open with no arena and again with what error->arena_bytes_needed asks for, until
 * the status is another: at most four calls, since some parts can be counted only once others have a place.
 */
model_status model_open(const uint8_t *file, size_t file_bytes, void *arena, size_t arena_bytes, model **out,
                        model_error *error);

/* Whether this interpreter has the operator of that number in TensorFlow Lite's schema. */
int model_has_operator(int operator_code);

/* Bytes of the arena in use after model_open. */
size_t model_arena_used(const model *self);

int model_input_count(const model *self);
int model_output_count(const model *self);
model_tensor model_input(const model *self, int index);
model_tensor model_output(const model *self, int index);

/* Streaming state (resource variables) back to what it was after model_open. */
void model_reset(model *self);

/* Runs the model once over what the inputs hold. Cannot fail after a successful model_open. */
void model_invoke(model *self);

#endif
