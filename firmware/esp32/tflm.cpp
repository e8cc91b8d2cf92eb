// One model by TensorFlow Lite Micro, behind model.h. Of the operators that host-sim/interpreter has, those are built in that
// the packed models are made of: each brings a kernel of some kilobytes.
//
// TF_LITE_STATIC_MEMORY is part of the library's interface: its structures are smaller with it.
#ifndef TF_LITE_STATIC_MEMORY
#define TF_LITE_STATIC_MEMORY
#endif

#include <cstdint>
#include <cstring>
#include <new>

#include "esp_heap_caps.h"
#include "tensorflow/lite/micro/micro_context.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/micro/micro_resource_variable.h"
#include "tensorflow/lite/schema/schema_generated.h"

extern "C" {
#include "../natives/model/model.h"
}

#ifndef MODEL_OPERATORS
#include "../../models/operators.h"
#endif

namespace {

// clang-format off
// Name in the schema, name in the library.
#define EVERY_OPERATOR(use) \
  use(ADD, Add) \
  use(AVERAGE_POOL_2D, AveragePool2D) \
  use(CONCATENATION, Concatenation) \
  use(CONV_2D, Conv2D) \
  use(DEPTHWISE_CONV_2D, DepthwiseConv2D) \
  use(DEQUANTIZE, Dequantize) \
  use(FULLY_CONNECTED, FullyConnected) \
  use(LOGISTIC, Logistic) \
  use(MAX_POOL_2D, MaxPool2D) \
  use(MUL, Mul) \
  use(RELU, Relu) \
  use(RELU6, Relu6) \
  use(RESHAPE, Reshape) \
  use(SOFTMAX, Softmax) \
  use(TANH, Tanh) \
  use(PAD, Pad) \
  use(TRANSPOSE, Transpose) \
  use(MEAN, Mean) \
  use(SUB, Sub) \
  use(SQUEEZE, Squeeze) \
  use(STRIDED_SLICE, StridedSlice) \
  use(SPLIT, Split) \
  use(EXPAND_DIMS, ExpandDims) \
  use(LEAKY_RELU, LeakyRelu) \
  use(SPLIT_V, SplitV) \
  use(QUANTIZE, Quantize) \
  use(CALL_ONCE, CallOnce) \
  use(VAR_HANDLE, VarHandle) \
  use(READ_VARIABLE, ReadVariable) \
  use(ASSIGN_VARIABLE, AssignVariable)
// clang-format on

constexpr int kNeeded[] = {MODEL_OPERATORS};
using Resolver = tflite::MicroMutableOpResolver<sizeof kNeeded / sizeof kNeeded[0]>;

constexpr bool IsNeeded(int code) {
  for (const int needed : kNeeded)
    if (needed == code) return true;
  return false;
}

constexpr size_t CountFound() {
  size_t count = 0;
#define COUNT(code, name) count += IsNeeded(tflite::BuiltinOperator_##code);
  EVERY_OPERATOR(COUNT)
#undef COUNT
  return count;
}

static_assert(CountFound() * sizeof kNeeded[0] == sizeof kNeeded,
              "models/operators.h has an operator that this list lacks, or has one twice");

void AddOperators(Resolver &all) {
#define ADD(code, name)                                                                                      \
  if constexpr (IsNeeded(tflite::BuiltinOperator_##code)) all.Add##name();
  EVERY_OPERATOR(ADD)
#undef ADD
}

// One for all models. Made by the first, before there is a second thread.
const Resolver &Operators() {
  alignas(Resolver) static uint8_t memory[sizeof(Resolver)];
  static Resolver *made = nullptr;
  if (made == nullptr) {
    made = new (memory) Resolver();
    AddOperators(*made);
  }
  return *made;
}

// The interpreter's own Reset sets all variables to zero points, but does not let CALL_ONCE give them their initial
// values again. This one does.
class Interpreter : public tflite::MicroInterpreter {
public:
  using MicroInterpreter::MicroInterpreter;

  TfLiteStatus Restart(const tflite::Model *file) {
    TfLiteStatus status = Reset();
    const auto *operators = file->subgraphs()->Get(0)->operators();
    for (uint32_t i = 0; status == kTfLiteOk && i < operators->size(); i++) {
      const auto *options = operators->Get(i)->builtin_options_as_CallOnceOptions();
      if (options != nullptr)
        status = tflite::GetMicroContext(&context())->graph().InvokeSubgraph(options->init_subgraph_index());
    }
    return status;
  }
};

constexpr size_t kAlignment = 16;

size_t Aligned(size_t bytes) {
  return (bytes + kAlignment - 1) & ~(kAlignment - 1);
}

} // namespace

struct model {
  const tflite::Model *file;
  Interpreter *interpreter;
  size_t arena_used;
  alignas(Interpreter) uint8_t memory[sizeof(Interpreter)];
};

namespace {

constexpr size_t kHeaderBytes = (sizeof(model) + kAlignment - 1) & ~(kAlignment - 1);

// The library's own messages say more than this; they go to the console.
model_status Fail(model_error *error, model_status status, const char *what) {
  if (error == nullptr) return status;
  error->status = status;
  strncpy(error->detail, what, sizeof error->detail - 1);
  return status;
}

// Weights are read in place, flash included. Four bytes are what that takes: the file's own numbers and the biases are
// of four, and its writers align weights to no more, whatever the schema says, so that a file at a multiple of 16 would
// not put them there either. ESP-NN's kernels for the ESP32-S3 expect that: they load weights by its instructions for
// unaligned vectors (1x1 convolutions, fully connected), or copy them into their scratch first (all other convolutions).
constexpr uintptr_t kFileAlignment = 4;

const tflite::Model *Check(const uint8_t *file, size_t file_bytes, model_error *error) {
  if (reinterpret_cast<uintptr_t>(file) % kFileAlignment != 0) {
    Fail(error, MODEL_MISALIGNED, "the model's file must begin at a multiple of 4 bytes");
    return nullptr;
  }
  if (file == nullptr || file_bytes < 8 || memcmp(file + 4, "TFL3", 4) != 0) {
    Fail(error, MODEL_NOT_A_MODEL, "not a TensorFlow Lite model (no TFL3)");
    return nullptr;
  }
  flatbuffers::Verifier verifier(file, file_bytes);
  if (!tflite::VerifyModelBuffer(verifier)) {
    Fail(error, MODEL_CORRUPT, "the model's file is damaged");
    return nullptr;
  }
  return tflite::GetModel(file);
}

// The first operator that there is no kernel for, by its name; nullptr when there is none such.
const char *MissingOperator(const tflite::Model *file) {
  const auto *codes = file->operator_codes();
  for (uint32_t i = 0; i < codes->size(); i++) {
    const tflite::BuiltinOperator code = codes->Get(i)->builtin_code();
    if (Operators().FindOp(code) == nullptr) return tflite::EnumNameBuiltinOperator(code);
  }
  return nullptr;
}

model_status FailOnOperator(model_error *error, const char *name) {
  Fail(error, MODEL_UNKNOWN_OPERATOR, "not built in; npm run pack builds in what models need: ");
  if (error != nullptr) strncat(error->detail, name, sizeof error->detail - 1 - strlen(error->detail));
  return MODEL_UNKNOWN_OPERATOR;
}

// At least as many as there are variables: VAR_HANDLE names one.
int CountVariables(const tflite::Model *file) {
  int count = 0;
  for (const auto *graph : *file->subgraphs())
    for (const auto *operation : *graph->operators())
      if (file->operator_codes()->Get(operation->opcode_index())->builtin_code() ==
          tflite::BuiltinOperator_VAR_HANDLE)
        count++;
  return count;
}

// All that lives in the arena, in its order. Returns nullptr when it does not fit.
model *Build(const tflite::Model *file, uint8_t *arena, size_t arena_bytes) {
  constexpr size_t kLeast = 1024; // the library's own bookkeeping aborts below that
  if (arena_bytes < kHeaderBytes + kLeast) return nullptr;
  tflite::MicroAllocator *allocator =
      tflite::MicroAllocator::Create(arena + kHeaderBytes, arena_bytes - kHeaderBytes);
  if (allocator == nullptr) return nullptr;
  const int variable_count = CountVariables(file);
  tflite::MicroResourceVariables *variables =
      variable_count > 0 ? tflite::MicroResourceVariables::Create(allocator, variable_count) : nullptr;
  model *self = new (arena) model();
  self->file = file;
  self->interpreter = new (self->memory) Interpreter(file, Operators(), allocator, variables);
  if (self->interpreter->AllocateTensors() != kTfLiteOk) return nullptr;
  if (self->interpreter->Restart(file) != kTfLiteOk) return nullptr;
  self->arena_used = kHeaderBytes + self->interpreter->arena_used_bytes();
  return self;
}

} // namespace
namespace {

// What the exact size is measured in. A library that aborts where memory is short is never given less than it needs:
// first it gets plenty, then what it has used of that, and a little more until its planner has room as well.
constexpr size_t kPlenty = 1024 * 1024;
constexpr uint32_t kExternal = MALLOC_CAP_SPIRAM | MALLOC_CAP_8BIT;
constexpr uint32_t kInternal = MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT;

size_t Smaller(size_t a, size_t b) {
  return a < b ? a : b;
}

size_t MeasureIn(const tflite::Model *file, uint8_t *memory, size_t byte_length) {
  const model *built = Build(file, memory, byte_length);
  if (built == nullptr) return 0;
  for (size_t needed = Aligned(built->arena_used); needed <= byte_length;
       needed += needed / 16 & ~(kAlignment - 1))
    if (Build(file, memory, needed) != nullptr) return needed;
  return byte_length;
}

// Bytes of the arena that the model needs, or 0.
size_t Measure(const tflite::Model *file) {
  const uint32_t kind = heap_caps_get_largest_free_block(kExternal) > 0 ? kExternal : kInternal;
  const size_t largest = heap_caps_get_largest_free_block(kind) & ~(kAlignment - 1);
  const size_t byte_length = Smaller(largest > kAlignment ? largest - kAlignment : 0, kPlenty);
  auto *memory = static_cast<uint8_t *>(heap_caps_aligned_calloc(kAlignment, 1, byte_length, kind));
  if (memory == nullptr) return 0;
  const size_t needed = MeasureIn(file, memory, byte_length);
  heap_caps_free(memory);
  return needed;
}

model_type TypeOf(const TfLiteTensor &tensor) {
  switch (tensor.type) {
  case kTfLiteInt8:
    return MODEL_INT8;
  case kTfLiteUInt8:
    return MODEL_UINT8;
  case kTfLiteInt16:
    return MODEL_INT16;
  case kTfLiteInt32:
    return MODEL_INT32;
  case kTfLiteFloat32:
    return MODEL_FLOAT32;
  default:
    return MODEL_OTHER;
  }
}

model_tensor View(const TfLiteTensor *tensor) {
  model_tensor out;
  memset(&out, 0, sizeof out);
  out.type = MODEL_OTHER;
  if (tensor == nullptr || tensor->dims->size > MODEL_MAX_RANK) return out;
  out.type = TypeOf(*tensor);
  out.rank = tensor->dims->size;
  for (int i = 0; i < out.rank; i++) out.shape[i] = tensor->dims->data[i];
  out.byte_length = static_cast<int32_t>(tensor->bytes);
  out.scale = tensor->params.scale;
  out.zero_point = tensor->params.zero_point;
  out.data = tensor->data.data;
  return out;
}

void ClearTensors(const model *self) {
  for (int i = 0; i < model_input_count(self); i++) {
    const model_tensor input = model_input(self, i);
    memset(input.data, 0, static_cast<size_t>(input.byte_length));
  }
  for (int i = 0; i < model_output_count(self); i++) {
    const model_tensor output = model_output(self, i);
    memset(output.data, 0, static_cast<size_t>(output.byte_length));
  }
}

model_status AskForArena(const tflite::Model *file, size_t given, model_error *error) {
  const size_t needed = Measure(file);
  if (needed == 0) return Fail(error, MODEL_BAD_SHAPE, "the library refuses the model, or memory is short");
  if (error != nullptr) error->arena_bytes_needed = needed > given ? needed : given + given / 16 + kAlignment;
  return Fail(error, MODEL_ARENA_TOO_SMALL, "the arena is too small");
}

} // namespace

extern "C" model_status model_open(const uint8_t *bytes, size_t file_bytes, void *arena, size_t arena_bytes,
                                   model **out, model_error *error) {
  if (error != nullptr) memset(error, 0, sizeof *error);
  *out = nullptr;
  const tflite::Model *file = Check(bytes, file_bytes, error);
  if (file == nullptr) return error != nullptr ? error->status : MODEL_NOT_A_MODEL;
  const char *missing = MissingOperator(file);
  if (missing != nullptr) return FailOnOperator(error, missing);
  if (arena == nullptr) return AskForArena(file, 0, error);
  const size_t skipped = static_cast<size_t>(-reinterpret_cast<uintptr_t>(arena)) & (kAlignment - 1);
  if (arena_bytes > skipped)
    *out = Build(file, static_cast<uint8_t *>(arena) + skipped, arena_bytes - skipped);
  if (*out == nullptr) return AskForArena(file, arena_bytes, error);
  (*out)->arena_used += skipped;
  ClearTensors(*out);
  return MODEL_OK;
}

extern "C" int model_has_operator(int operator_code) {
  return IsNeeded(operator_code);
}

extern "C" size_t model_arena_used(const model *self) {
  return self->arena_used;
}

extern "C" int model_input_count(const model *self) {
  return static_cast<int>(self->interpreter->inputs_size());
}

extern "C" int model_output_count(const model *self) {
  return static_cast<int>(self->interpreter->outputs_size());
}

extern "C" model_tensor model_input(const model *self, int index) {
  const bool is_there = index >= 0 && index < model_input_count(self);
  return View(is_there ? self->interpreter->input(static_cast<size_t>(index)) : nullptr);
}

extern "C" model_tensor model_output(const model *self, int index) {
  const bool is_there = index >= 0 && index < model_output_count(self);
  return View(is_there ? self->interpreter->output(static_cast<size_t>(index)) : nullptr);
}

extern "C" void model_reset(model *self) {
  self->interpreter->Restart(self->file);
}

extern "C" void model_invoke(model *self) {
  self->interpreter->Invoke();
}
