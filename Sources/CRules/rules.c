/* Written by Scripts/embed-rules. */
#include "CRules.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_0[] = {
#embed "../../Rules/conversions/onnx.json"
};
static const unsigned char file_1[] = {
#embed "../../Rules/effort/grades.json"
};
static const unsigned char file_2[] = {
#embed "../../Rules/effort/operators.json"
};
static const unsigned char file_3[] = {
#embed "../../Rules/effort/parameters.json"
};
static const unsigned char file_4[] = {
#embed "../../Rules/effort/spreads.json"
};
static const unsigned char file_5[] = {
#embed "../../Rules/effort/tasks.json"
};
static const unsigned char file_6[] = {
#embed "../../Rules/mappings/onnx-to-aten.json"
};
static const unsigned char file_7[] = {
#embed "../../Rules/operators/ai.onnx-onnxruntime.json"
};
static const unsigned char file_8[] = {
#embed "../../Rules/operators/ai.onnx.json"
};
static const unsigned char file_9[] = {
#embed "../../Rules/operators/ai.onnx.ml.json"
};
static const unsigned char file_10[] = {
#embed "../../Rules/operators/ai.onnx.preview.json"
};
static const unsigned char file_11[] = {
#embed "../../Rules/operators/ai.onnx.preview.training.json"
};
static const unsigned char file_12[] = {
#embed "../../Rules/operators/com.microsoft.json"
};
static const unsigned char file_13[] = {
#embed "../../Rules/operators/com.microsoft.nchwc.json"
};
static const unsigned char file_14[] = {
#embed "../../Rules/operators/com.ms.internal.nhwc.json"
};
static const unsigned char file_15[] = {
#embed "../../Rules/routes/recipes.json"
};
static const unsigned char file_16[] = {
#embed "../../Rules/routes/routes.json"
};
static const unsigned char file_17[] = {
#embed "../../Rules/routes/stacks.json"
};
static const unsigned char file_18[] = {
#embed "../../Rules/schema/baseline.schema.json"
};
static const unsigned char file_19[] = {
#embed "../../Rules/schema/comparison.schema.json"
};
static const unsigned char file_20[] = {
#embed "../../Rules/schema/config.schema.json"
};
static const unsigned char file_21[] = {
#embed "../../Rules/schema/conversions.schema.json"
};
static const unsigned char file_22[] = {
#embed "../../Rules/schema/effort-grades.schema.json"
};
static const unsigned char file_23[] = {
#embed "../../Rules/schema/effort-operators.schema.json"
};
static const unsigned char file_24[] = {
#embed "../../Rules/schema/effort-parameters.schema.json"
};
static const unsigned char file_25[] = {
#embed "../../Rules/schema/effort-record.schema.json"
};
static const unsigned char file_26[] = {
#embed "../../Rules/schema/effort-spreads.schema.json"
};
static const unsigned char file_27[] = {
#embed "../../Rules/schema/effort-tasks.schema.json"
};
static const unsigned char file_28[] = {
#embed "../../Rules/schema/effort.schema.json"
};
static const unsigned char file_29[] = {
#embed "../../Rules/schema/front-door.schema.json"
};
static const unsigned char file_30[] = {
#embed "../../Rules/schema/ignore.schema.json"
};
static const unsigned char file_31[] = {
#embed "../../Rules/schema/mapping.schema.json"
};
static const unsigned char file_32[] = {
#embed "../../Rules/schema/operators.schema.json"
};
static const unsigned char file_33[] = {
#embed "../../Rules/schema/plan.schema.json"
};
static const unsigned char file_34[] = {
#embed "../../Rules/schema/regauge-report.xsd"
};
static const unsigned char file_35[] = {
#embed "../../Rules/schema/report-line.schema.json"
};
static const unsigned char file_36[] = {
#embed "../../Rules/schema/report.schema.json"
};
static const unsigned char file_37[] = {
#embed "../../Rules/schema/routes-recipes.schema.json"
};
static const unsigned char file_38[] = {
#embed "../../Rules/schema/routes-stacks.schema.json"
};
static const unsigned char file_39[] = {
#embed "../../Rules/schema/routes.schema.json"
};
static const unsigned char file_40[] = {
#embed "../../Rules/schema/stack.schema.json"
};
static const unsigned char file_41[] = {
#embed "../../Rules/schema/text.schema.json"
};
static const unsigned char file_42[] = {
#embed "../../Rules/stacks/ascend-cann/atc.json"
};
static const unsigned char file_43[] = {
#embed "../../Rules/stacks/ascend-cann/mindspore-lite.json"
};
static const unsigned char file_44[] = {
#embed "../../Rules/stacks/ascend-cann/onnxruntime.json"
};
static const unsigned char file_45[] = {
#embed "../../Rules/stacks/ascend-cann/stack.json"
};
static const unsigned char file_46[] = {
#embed "../../Rules/stacks/ascend-cann/torch_npu.json"
};
static const unsigned char file_47[] = {
#embed "../../Rules/stacks/ascend-cann/triton.json"
};
static const unsigned char file_48[] = {
#embed "../../Rules/stacks/biren-supa/stack.json"
};
static const unsigned char file_49[] = {
#embed "../../Rules/stacks/biren-supa/suinfer.json"
};
static const unsigned char file_50[] = {
#embed "../../Rules/stacks/biren-supa/torch_supa.json"
};
static const unsigned char file_51[] = {
#embed "../../Rules/stacks/cambricon-neuware/stack.json"
};
static const unsigned char file_52[] = {
#embed "../../Rules/stacks/cambricon-neuware/torch_mlu.json"
};
static const unsigned char file_53[] = {
#embed "../../Rules/stacks/cambricon-neuware/triton.json"
};
static const unsigned char file_54[] = {
#embed "../../Rules/stacks/enflame-tops/stack.json"
};
static const unsigned char file_55[] = {
#embed "../../Rules/stacks/enflame-tops/topsgraph.json"
};
static const unsigned char file_56[] = {
#embed "../../Rules/stacks/enflame-tops/triton.json"
};
static const unsigned char file_57[] = {
#embed "../../Rules/stacks/hygon-dtk/migraphx.json"
};
static const unsigned char file_58[] = {
#embed "../../Rules/stacks/hygon-dtk/stack.json"
};
static const unsigned char file_59[] = {
#embed "../../Rules/stacks/hygon-dtk/triton.json"
};
static const unsigned char file_60[] = {
#embed "../../Rules/stacks/iluvatar-corex/ixrt.json"
};
static const unsigned char file_61[] = {
#embed "../../Rules/stacks/iluvatar-corex/stack.json"
};
static const unsigned char file_62[] = {
#embed "../../Rules/stacks/iluvatar-corex/triton.json"
};
static const unsigned char file_63[] = {
#embed "../../Rules/stacks/kunlunxin-xpu/stack.json"
};
static const unsigned char file_64[] = {
#embed "../../Rules/stacks/kunlunxin-xpu/triton.json"
};
static const unsigned char file_65[] = {
#embed "../../Rules/stacks/metax-maca/mcpytorch.json"
};
static const unsigned char file_66[] = {
#embed "../../Rules/stacks/metax-maca/mctvm.json"
};
static const unsigned char file_67[] = {
#embed "../../Rules/stacks/metax-maca/onnxruntime.json"
};
static const unsigned char file_68[] = {
#embed "../../Rules/stacks/metax-maca/stack.json"
};
static const unsigned char file_69[] = {
#embed "../../Rules/stacks/metax-maca/triton.json"
};
static const unsigned char file_70[] = {
#embed "../../Rules/stacks/moorethreads-musa/onnxruntime.json"
};
static const unsigned char file_71[] = {
#embed "../../Rules/stacks/moorethreads-musa/stack.json"
};
static const unsigned char file_72[] = {
#embed "../../Rules/stacks/moorethreads-musa/torch_musa.json"
};
static const unsigned char file_73[] = {
#embed "../../Rules/stacks/moorethreads-musa/triton.json"
};
static const unsigned char file_74[] = {
#embed "../../Rules/stacks/nvidia-cuda/onnxruntime.json"
};
static const unsigned char file_75[] = {
#embed "../../Rules/stacks/nvidia-cuda/stack.json"
};
static const unsigned char file_76[] = {
#embed "../../Rules/stacks/nvidia-cuda/tensorrt-10.1.json"
};
static const unsigned char file_77[] = {
#embed "../../Rules/stacks/nvidia-cuda/tensorrt-10.15.json"
};
static const unsigned char file_78[] = {
#embed "../../Rules/stacks/onnxruntime/coreml.json"
};
static const unsigned char file_79[] = {
#embed "../../Rules/stacks/onnxruntime/cpu.json"
};
static const unsigned char file_80[] = {
#embed "../../Rules/stacks/onnxruntime/openvino.json"
};
static const unsigned char file_81[] = {
#embed "../../Rules/stacks/onnxruntime/qnn.json"
};
static const unsigned char file_82[] = {
#embed "../../Rules/stacks/onnxruntime/stack.json"
};
static const unsigned char file_83[] = {
#embed "../../Rules/stacks/onnxruntime/webgpu.json"
};
static const unsigned char file_84[] = {
#embed "../../Rules/text/en.json"
};
static const unsigned char file_85[] = {
#embed "../../Rules/text/zh.json"
};

static const regauge_rule_file files[] = {
    {"conversions/onnx.json", file_0, sizeof file_0},
    {"effort/grades.json", file_1, sizeof file_1},
    {"effort/operators.json", file_2, sizeof file_2},
    {"effort/parameters.json", file_3, sizeof file_3},
    {"effort/spreads.json", file_4, sizeof file_4},
    {"effort/tasks.json", file_5, sizeof file_5},
    {"mappings/onnx-to-aten.json", file_6, sizeof file_6},
    {"operators/ai.onnx-onnxruntime.json", file_7, sizeof file_7},
    {"operators/ai.onnx.json", file_8, sizeof file_8},
    {"operators/ai.onnx.ml.json", file_9, sizeof file_9},
    {"operators/ai.onnx.preview.json", file_10, sizeof file_10},
    {"operators/ai.onnx.preview.training.json", file_11, sizeof file_11},
    {"operators/com.microsoft.json", file_12, sizeof file_12},
    {"operators/com.microsoft.nchwc.json", file_13, sizeof file_13},
    {"operators/com.ms.internal.nhwc.json", file_14, sizeof file_14},
    {"routes/recipes.json", file_15, sizeof file_15},
    {"routes/routes.json", file_16, sizeof file_16},
    {"routes/stacks.json", file_17, sizeof file_17},
    {"schema/baseline.schema.json", file_18, sizeof file_18},
    {"schema/comparison.schema.json", file_19, sizeof file_19},
    {"schema/config.schema.json", file_20, sizeof file_20},
    {"schema/conversions.schema.json", file_21, sizeof file_21},
    {"schema/effort-grades.schema.json", file_22, sizeof file_22},
    {"schema/effort-operators.schema.json", file_23, sizeof file_23},
    {"schema/effort-parameters.schema.json", file_24, sizeof file_24},
    {"schema/effort-record.schema.json", file_25, sizeof file_25},
    {"schema/effort-spreads.schema.json", file_26, sizeof file_26},
    {"schema/effort-tasks.schema.json", file_27, sizeof file_27},
    {"schema/effort.schema.json", file_28, sizeof file_28},
    {"schema/front-door.schema.json", file_29, sizeof file_29},
    {"schema/ignore.schema.json", file_30, sizeof file_30},
    {"schema/mapping.schema.json", file_31, sizeof file_31},
    {"schema/operators.schema.json", file_32, sizeof file_32},
    {"schema/plan.schema.json", file_33, sizeof file_33},
    {"schema/regauge-report.xsd", file_34, sizeof file_34},
    {"schema/report-line.schema.json", file_35, sizeof file_35},
    {"schema/report.schema.json", file_36, sizeof file_36},
    {"schema/routes-recipes.schema.json", file_37, sizeof file_37},
    {"schema/routes-stacks.schema.json", file_38, sizeof file_38},
    {"schema/routes.schema.json", file_39, sizeof file_39},
    {"schema/stack.schema.json", file_40, sizeof file_40},
    {"schema/text.schema.json", file_41, sizeof file_41},
    {"stacks/ascend-cann/atc.json", file_42, sizeof file_42},
    {"stacks/ascend-cann/mindspore-lite.json", file_43, sizeof file_43},
    {"stacks/ascend-cann/onnxruntime.json", file_44, sizeof file_44},
    {"stacks/ascend-cann/stack.json", file_45, sizeof file_45},
    {"stacks/ascend-cann/torch_npu.json", file_46, sizeof file_46},
    {"stacks/ascend-cann/triton.json", file_47, sizeof file_47},
    {"stacks/biren-supa/stack.json", file_48, sizeof file_48},
    {"stacks/biren-supa/suinfer.json", file_49, sizeof file_49},
    {"stacks/biren-supa/torch_supa.json", file_50, sizeof file_50},
    {"stacks/cambricon-neuware/stack.json", file_51, sizeof file_51},
    {"stacks/cambricon-neuware/torch_mlu.json", file_52, sizeof file_52},
    {"stacks/cambricon-neuware/triton.json", file_53, sizeof file_53},
    {"stacks/enflame-tops/stack.json", file_54, sizeof file_54},
    {"stacks/enflame-tops/topsgraph.json", file_55, sizeof file_55},
    {"stacks/enflame-tops/triton.json", file_56, sizeof file_56},
    {"stacks/hygon-dtk/migraphx.json", file_57, sizeof file_57},
    {"stacks/hygon-dtk/stack.json", file_58, sizeof file_58},
    {"stacks/hygon-dtk/triton.json", file_59, sizeof file_59},
    {"stacks/iluvatar-corex/ixrt.json", file_60, sizeof file_60},
    {"stacks/iluvatar-corex/stack.json", file_61, sizeof file_61},
    {"stacks/iluvatar-corex/triton.json", file_62, sizeof file_62},
    {"stacks/kunlunxin-xpu/stack.json", file_63, sizeof file_63},
    {"stacks/kunlunxin-xpu/triton.json", file_64, sizeof file_64},
    {"stacks/metax-maca/mcpytorch.json", file_65, sizeof file_65},
    {"stacks/metax-maca/mctvm.json", file_66, sizeof file_66},
    {"stacks/metax-maca/onnxruntime.json", file_67, sizeof file_67},
    {"stacks/metax-maca/stack.json", file_68, sizeof file_68},
    {"stacks/metax-maca/triton.json", file_69, sizeof file_69},
    {"stacks/moorethreads-musa/onnxruntime.json", file_70, sizeof file_70},
    {"stacks/moorethreads-musa/stack.json", file_71, sizeof file_71},
    {"stacks/moorethreads-musa/torch_musa.json", file_72, sizeof file_72},
    {"stacks/moorethreads-musa/triton.json", file_73, sizeof file_73},
    {"stacks/nvidia-cuda/onnxruntime.json", file_74, sizeof file_74},
    {"stacks/nvidia-cuda/stack.json", file_75, sizeof file_75},
    {"stacks/nvidia-cuda/tensorrt-10.1.json", file_76, sizeof file_76},
    {"stacks/nvidia-cuda/tensorrt-10.15.json", file_77, sizeof file_77},
    {"stacks/onnxruntime/coreml.json", file_78, sizeof file_78},
    {"stacks/onnxruntime/cpu.json", file_79, sizeof file_79},
    {"stacks/onnxruntime/openvino.json", file_80, sizeof file_80},
    {"stacks/onnxruntime/qnn.json", file_81, sizeof file_81},
    {"stacks/onnxruntime/stack.json", file_82, sizeof file_82},
    {"stacks/onnxruntime/webgpu.json", file_83, sizeof file_83},
    {"text/en.json", file_84, sizeof file_84},
    {"text/zh.json", file_85, sizeof file_85},
    {0, 0, 0},
};

size_t regauge_rule_file_count(void) { return sizeof files / sizeof files[0] - 1; }

regauge_rule_file regauge_rule_file_at(size_t index) { return files[index]; }

const char *regauge_rules_digest(void) {
  return "67a6b46a0fb8face0bd9db15b59ed5fa4ed04a699bbe2d763b6de760522b0c10";
}
