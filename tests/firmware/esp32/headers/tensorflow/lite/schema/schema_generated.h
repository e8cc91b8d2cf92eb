// Only what firmware/esp32 uses, with the signatures of esp-tflite-micro 1.3.8: npm run
// build:check compiles against the real ones where they are.
#pragma once

#include <cstddef>
#include <cstdint>

namespace flatbuffers {

template <typename T> class Offset;

template <typename T> struct Element {
  using Type = T;
};

template <typename T> struct Element<Offset<T>> {
  using Type = const T *;
};

template <typename T> class Vector {
public:
  using Item = typename Element<T>::Type;
  uint32_t size() const;
  Item Get(uint32_t i) const;
  const Item *begin() const;
  const Item *end() const;
};

class Verifier {
public:
  Verifier(const uint8_t *buf, size_t buf_len);
};

} // namespace flatbuffers

namespace tflite {

enum BuiltinOperator : int32_t {
  BuiltinOperator_ADD = 0,
  BuiltinOperator_AVERAGE_POOL_2D = 1,
  BuiltinOperator_CONCATENATION = 2,
  BuiltinOperator_CONV_2D = 3,
  BuiltinOperator_DEPTHWISE_CONV_2D = 4,
  BuiltinOperator_DEQUANTIZE = 6,
  BuiltinOperator_FULLY_CONNECTED = 9,
  BuiltinOperator_LOGISTIC = 14,
  BuiltinOperator_MAX_POOL_2D = 17,
  BuiltinOperator_MUL = 18,
  BuiltinOperator_RELU = 19,
  BuiltinOperator_RELU6 = 21,
  BuiltinOperator_RESHAPE = 22,
  BuiltinOperator_SOFTMAX = 25,
  BuiltinOperator_TANH = 28,
  BuiltinOperator_PAD = 34,
  BuiltinOperator_TRANSPOSE = 39,
  BuiltinOperator_MEAN = 40,
  BuiltinOperator_SUB = 41,
  BuiltinOperator_SQUEEZE = 43,
  BuiltinOperator_STRIDED_SLICE = 45,
  BuiltinOperator_SPLIT = 49,
  BuiltinOperator_EXPAND_DIMS = 70,
  BuiltinOperator_LEAKY_RELU = 98,
  BuiltinOperator_SPLIT_V = 102,
  BuiltinOperator_QUANTIZE = 114,
  BuiltinOperator_CALL_ONCE = 129,
  BuiltinOperator_VAR_HANDLE = 142,
  BuiltinOperator_READ_VARIABLE = 143,
  BuiltinOperator_ASSIGN_VARIABLE = 144,
};

const char *EnumNameBuiltinOperator(BuiltinOperator e);

struct CallOnceOptions {
  int32_t init_subgraph_index() const;
};

struct OperatorCode {
  BuiltinOperator builtin_code() const;
};

struct Operator {
  uint32_t opcode_index() const;
  const CallOnceOptions *builtin_options_as_CallOnceOptions() const;
};

struct SubGraph {
  const flatbuffers::Vector<flatbuffers::Offset<Operator>> *operators() const;
};

struct Model {
  const flatbuffers::Vector<flatbuffers::Offset<OperatorCode>> *operator_codes() const;
  const flatbuffers::Vector<flatbuffers::Offset<SubGraph>> *subgraphs() const;
};

const Model *GetModel(const void *buf);
bool VerifyModelBuffer(flatbuffers::Verifier &verifier);

} // namespace tflite
