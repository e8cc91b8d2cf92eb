// Only what firmware/esp32 uses, with the signatures of esp-tflite-micro 1.3.8: npm run
// build:check compiles against the real ones where they are.
#pragma once

#include "tensorflow/lite/micro/micro_interpreter.h"

struct TFLMRegistration;

namespace tflite {

class MicroOpResolver {
public:
  virtual const TFLMRegistration *FindOp(BuiltinOperator op) const = 0;
  virtual ~MicroOpResolver() {
  }
};

template <unsigned int tOpCount> class MicroMutableOpResolver : public MicroOpResolver {
public:
  const TFLMRegistration *FindOp(BuiltinOperator op) const override;
  TfLiteStatus AddAdd();
  TfLiteStatus AddAveragePool2D();
  TfLiteStatus AddConcatenation();
  TfLiteStatus AddConv2D();
  TfLiteStatus AddDepthwiseConv2D();
  TfLiteStatus AddDequantize();
  TfLiteStatus AddFullyConnected();
  TfLiteStatus AddLogistic();
  TfLiteStatus AddMaxPool2D();
  TfLiteStatus AddMul();
  TfLiteStatus AddRelu();
  TfLiteStatus AddRelu6();
  TfLiteStatus AddReshape();
  TfLiteStatus AddSoftmax();
  TfLiteStatus AddTanh();
  TfLiteStatus AddPad();
  TfLiteStatus AddTranspose();
  TfLiteStatus AddMean();
  TfLiteStatus AddSub();
  TfLiteStatus AddSqueeze();
  TfLiteStatus AddStridedSlice();
  TfLiteStatus AddSplit();
  TfLiteStatus AddExpandDims();
  TfLiteStatus AddLeakyRelu();
  TfLiteStatus AddSplitV();
  TfLiteStatus AddQuantize();
  TfLiteStatus AddCallOnce();
  TfLiteStatus AddVarHandle();
  TfLiteStatus AddReadVariable();
  TfLiteStatus AddAssignVariable();
};

} // namespace tflite
