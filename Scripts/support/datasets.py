"""The backend tests' own inputs, and types in the words of Regauge's reports."""

import pathlib

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, numpy_helper

ORT_NAMES = {"float": "float32", "double": "float64"}


def dtype_name(element_type):
    """The report's name of a TensorProto element type, or None when there is none."""
    if element_type == TensorProto.UNDEFINED:
        return None
    name = TensorProto.DataType.Name(element_type).lower()
    return ORT_NAMES.get(name, name)


def inputs(path):
    """Input name to message, out of test_data_set_0 beside the model."""
    graph = onnx.load(path).graph
    constants = {tensor.name for tensor in graph.initializer}
    free = [info for info in graph.input if info.name not in constants]
    folder = pathlib.Path(path).parent / "test_data_set_0"
    return {info.name: message(info.type, folder / f"input_{index}.pb")
            for index, info in enumerate(free)}


def message(type_, path):
    kinds = {
        "tensor_type": onnx.TensorProto,
        "sequence_type": onnx.SequenceProto,
        "optional_type": onnx.OptionalProto,
        "map_type": onnx.MapProto,
    }
    return kinds[type_.WhichOneof("value")].FromString(path.read_bytes())


def is_plain(value):
    return isinstance(value, TensorProto) and value.data_type != TensorProto.STRING


def ort_value(tensor):
    """An ONNX Runtime tensor of any element type, also of those that numpy has not."""
    array = numpy_helper.to_array(tensor)
    if array.dtype.isbuiltin == 1:
        return onnxruntime.OrtValue.ortvalue_from_numpy(array)
    bits = array.view(numpy.uint8 if array.itemsize == 1 else numpy.uint16)
    return onnxruntime.OrtValue.ortvalue_from_numpy_with_onnx_type(bits, tensor.data_type)


def python_value(value):
    convert = {
        onnx.TensorProto: numpy_helper.to_array,
        onnx.SequenceProto: numpy_helper.to_list,
        onnx.OptionalProto: numpy_helper.to_optional,
        onnx.MapProto: numpy_helper.to_dict,
    }
    return convert[type(value)](value)


def described(value):
    """The type of a computed value; None for what Python does not tell apart."""
    if isinstance(value, numpy.ndarray):
        dtype = "string" if value.dtype.kind in "OUS" else value.dtype.name
        return {"type": "tensor", "dtype": dtype, "shape": list(value.shape)}
    if isinstance(value, list):
        return {"type": "sequence"}
    if not isinstance(value, onnxruntime.OrtValue) or not value.has_value():
        return None
    if not value.is_tensor():
        return {"type": "sequence"} if value.is_tensor_sequence() else None
    name = value.data_type().removeprefix("tensor(").removesuffix(")")
    return {"type": "tensor", "dtype": ORT_NAMES.get(name, name), "shape": value.shape()}
