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
#embed "../../Rules/schema/operators.schema.json"
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
    {"schema/operators.schema.json", file_8, sizeof file_8},
    {0, 0, 0},
};

size_t regauge_rule_file_count(void) { return sizeof files / sizeof files[0] - 1; }

regauge_rule_file regauge_rule_file_at(size_t index) { return files[index]; }
