/* Written by Scripts/embed-rules. */
#include "CRules.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_0[] = {
#embed "../../Rules/operators/ai.onnx-onnxruntime.json"
};
static const unsigned char file_1[] = {
#embed "../../Rules/operators/ai.onnx.json"
};
static const unsigned char file_2[] = {
#embed "../../Rules/operators/ai.onnx.ml.json"
};
static const unsigned char file_3[] = {
#embed "../../Rules/operators/ai.onnx.preview.json"
};
static const unsigned char file_4[] = {
#embed "../../Rules/operators/ai.onnx.preview.training.json"
};
static const unsigned char file_5[] = {
#embed "../../Rules/operators/com.microsoft.json"
};
static const unsigned char file_6[] = {
#embed "../../Rules/operators/com.microsoft.nchwc.json"
};
static const unsigned char file_7[] = {
#embed "../../Rules/operators/com.ms.internal.nhwc.json"
};
static const unsigned char file_8[] = {
#embed "../../Rules/schema/front-door.schema.json"
};
static const unsigned char file_9[] = {
#embed "../../Rules/schema/operators.schema.json"
};
static const unsigned char file_10[] = {
#embed "../../Rules/schema/report.schema.json"
};
static const unsigned char file_11[] = {
#embed "../../Rules/schema/stack.schema.json"
};
static const unsigned char file_12[] = {
#embed "../../Rules/stacks/ascend-cann/atc.json"
};
static const unsigned char file_13[] = {
#embed "../../Rules/stacks/ascend-cann/onnxruntime.json"
};
static const unsigned char file_14[] = {
#embed "../../Rules/stacks/ascend-cann/stack.json"
};
static const unsigned char file_15[] = {
#embed "../../Rules/stacks/moorethreads-musa/onnxruntime.json"
};
static const unsigned char file_16[] = {
#embed "../../Rules/stacks/moorethreads-musa/stack.json"
};
static const unsigned char file_17[] = {
#embed "../../Rules/stacks/onnxruntime/cpu.json"
};
static const unsigned char file_18[] = {
#embed "../../Rules/stacks/onnxruntime/stack.json"
};

static const regauge_rule_file files[] = {
    {"operators/ai.onnx-onnxruntime.json", file_0, sizeof file_0},
    {"operators/ai.onnx.json", file_1, sizeof file_1},
    {"operators/ai.onnx.ml.json", file_2, sizeof file_2},
    {"operators/ai.onnx.preview.json", file_3, sizeof file_3},
    {"operators/ai.onnx.preview.training.json", file_4, sizeof file_4},
    {"operators/com.microsoft.json", file_5, sizeof file_5},
    {"operators/com.microsoft.nchwc.json", file_6, sizeof file_6},
    {"operators/com.ms.internal.nhwc.json", file_7, sizeof file_7},
    {"schema/front-door.schema.json", file_8, sizeof file_8},
    {"schema/operators.schema.json", file_9, sizeof file_9},
    {"schema/report.schema.json", file_10, sizeof file_10},
    {"schema/stack.schema.json", file_11, sizeof file_11},
    {"stacks/ascend-cann/atc.json", file_12, sizeof file_12},
    {"stacks/ascend-cann/onnxruntime.json", file_13, sizeof file_13},
    {"stacks/ascend-cann/stack.json", file_14, sizeof file_14},
    {"stacks/moorethreads-musa/onnxruntime.json", file_15, sizeof file_15},
    {"stacks/moorethreads-musa/stack.json", file_16, sizeof file_16},
    {"stacks/onnxruntime/cpu.json", file_17, sizeof file_17},
    {"stacks/onnxruntime/stack.json", file_18, sizeof file_18},
    {0, 0, 0},
};

size_t regauge_rule_file_count(void) { return sizeof files / sizeof files[0] - 1; }

regauge_rule_file regauge_rule_file_at(size_t index) { return files[index]; }

const char *regauge_rules_digest(void) {
  return "6488da8e0b62feb04586f8ff8a01d33d4189e9e2e4523d9b56d6e2bbef2ff648";
}
