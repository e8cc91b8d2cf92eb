// Only what firmware/esp32 uses, with the signatures of esp-tflite-micro 1.3.8: npm run
// build:check compiles against the real ones where they are.
#pragma once

#include "tensorflow/lite/micro/micro_context.h"

namespace tflite {

class MicroAllocator {
public:
  static MicroAllocator *Create(uint8_t *tensor_arena, size_t arena_size);
};

class MicroResourceVariables {
public:
  static MicroResourceVariables *Create(MicroAllocator *allocator, int num_variables);
};

} // namespace tflite
