// Only what firmware/esp32 uses, with the signatures of esp-tflite-micro 1.3.8: npm run
// build:check compiles against the real ones where they are.
#pragma once

#include <cstddef>
#include <cstdint>

enum TfLiteStatus { kTfLiteOk = 0, kTfLiteError = 1 };

enum TfLiteType {
  kTfLiteFloat32 = 1,
  kTfLiteInt32 = 2,
  kTfLiteUInt8 = 3,
  kTfLiteInt16 = 7,
  kTfLiteInt8 = 9,
};

struct TfLiteIntArray {
  int size;
  int data[];
};

struct TfLiteQuantizationParams {
  float scale;
  int32_t zero_point;
};

union TfLitePtrUnion {
  void *data;
};

struct TfLiteTensor {
  TfLitePtrUnion data;
  TfLiteIntArray *dims;
  TfLiteQuantizationParams params;
  size_t bytes;
  TfLiteType type;
};

struct TfLiteContext;

namespace tflite {

class MicroGraph {
public:
  TfLiteStatus InvokeSubgraph(int subgraph_idx);
};

class MicroContext {
public:
  MicroGraph &graph();
};

MicroContext *GetMicroContext(const struct TfLiteContext *context);

} // namespace tflite
