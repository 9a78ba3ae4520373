"""One model in all four serialisations, and what the `onnx` package itself loses between them."""

import warnings

import onnx
from google.protobuf.message import DecodeError
from onnx import TensorProto, numpy_helper

TEXT_FORMS = ("onnxtxt", "json", "textproto")


def write(model, binary):
    """Writes the text forms of a model beside its binary file."""
    for extension in TEXT_FORMS:
        onnx.save(model, binary.with_suffix(f".{extension}"), format=extension)


def losses(model, binary):
    """Names and reasons of the forms that `onnx` does not read back as the same model."""
    for extension in TEXT_FORMS:
        path = binary.with_suffix(f".{extension}")
        try:
            with warnings.catch_warnings(action="ignore"):
                again = onnx.load(path, format=extension)
        except (onnx.parser.ParseError, DecodeError, ValueError) as failure:
            yield path.name, f"onnx cannot read what it wrote: {first_line(failure)}"
            continue
        if normal(again) != normal(model):
            yield path.name, "onnx reads back another model than it wrote"


def first_line(failure):
    [argument] = failure.args
    text = argument.decode() if isinstance(argument, bytes) else str(argument)
    return text.strip().splitlines()[0]


def normal(model):
    """The model as bytes, without what the textual syntax has no place for."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    normalise(copy)
    return copy.SerializeToString(deterministic=True)


def normalise(message):
    if isinstance(message, TensorProto):
        store_raw(message)
        return
    for field, value in message.ListFields():
        below_model = not isinstance(message, onnx.ModelProto)
        nothing = isinstance(value, onnx.TypeProto) and value.WhichOneof("value") is None
        if nothing or below_model and field.name in ("doc_string", "metadata_props"):
            message.ClearField(field.name)
        elif field.message_type:
            for part in [value] if hasattr(value, "DESCRIPTOR") else value:
                normalise(part)
        elif value == "":
            message.ClearField(field.name)


def store_raw(tensor):
    if tensor.data_type == TensorProto.STRING or tensor.data_location == TensorProto.EXTERNAL:
        return
    tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor), tensor.name))
