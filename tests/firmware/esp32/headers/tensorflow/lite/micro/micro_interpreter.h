// Only what firmware/esp32 uses, with the signatures of esp-tflite-micro 1.3.8: npm run
// build:check compiles against the real ones where they are.
#pragma once

#include "tensorflow/lite/micro/micro_resource_variable.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace tflite {

class MicroOpResolver;

class MicroInterpreter {
public:
  MicroInterpreter(const Model *model, const MicroOpResolver &op_resolver, MicroAllocator *allocator,
                   MicroResourceVariables *resource_variables = nullptr);
  TfLiteStatus AllocateTensors();
  TfLiteStatus Invoke();
  TfLiteStatus Reset();
  TfLiteTensor *input(size_t index);
  TfLiteTensor *output(size_t index);
  size_t inputs_size() const;
  size_t outputs_size() const;
  size_t arena_used_bytes() const;

protected:
  const TfLiteContext &context() const;
};

} // namespace tflite
