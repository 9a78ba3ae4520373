"""An ONNX graph as it is being written: nodes by name of their operator, weights without their data."""

import contextlib
import math

import onnx
from onnx import TensorProto, helper

# The file that the weights would be in. It is left out on purpose, and its name says so.
LEFT_OUT = "weights-left-out.data"
DOCUMENT = "Graph at true size; the weights are left out on purpose."
# Tensors up to this many elements stand in the file itself, as exporters keep them.
LARGEST_INLINE = 64
BYTES = {
    TensorProto.FLOAT: 4, TensorProto.FLOAT16: 2, TensorProto.INT64: 8, TensorProto.BOOL: 1,
    TensorProto.UINT8: 1,
}


class Graph:
    """Nodes, inputs, outputs and weights of one model.

    A value is called by its scope and a running number, "3.17", or by the name that it is given. A
    weight is called by its scope and its name, "3.q_proj.weight".
    """

    def __init__(self, name, *, opset, dtype=TensorProto.FLOAT):
        self.name = name
        self.opset = opset
        self.dtype = dtype
        self.proto = onnx.GraphProto(name=name)
        self.domains = {""}
        self._scope = ""
        self._numbers = {}
        self._offset = 0
        self._initializers = set()
        self._shared = {}

    @contextlib.contextmanager
    def scope(self, name):
        """Values and weights within are called `name.…`."""
        outer, self._scope = self._scope, f"{self._scope}{name}."
        yield
        self._scope = outer

    def input(self, name, shape, dtype=None):
        self.proto.input.append(helper.make_tensor_value_info(name, dtype or self.dtype, shape))
        return name

    def output(self, value, name, shape, dtype=None):
        """Makes a value an output. The node that makes it writes it under this name."""
        for node in self.proto.node:
            for names in (node.input, node.output):
                names[:] = [name if each == value else each for each in names]
        self.proto.output.append(helper.make_tensor_value_info(name, dtype or self.dtype, shape))

    def op(self, operator, *inputs, count=1, domain="", name=None, **attributes):
        """Appends a node; gives back the name of its output, or the list of several."""
        self.domains.add(domain)
        names = [self._fresh(name) for _ in range(count)]
        self.proto.node.append(
            helper.make_node(operator, list(inputs), names, domain=domain, **attributes))
        return names[0] if count == 1 else names

    def contributed(self, operator, *inputs, **attributes):
        """Appends a node of an operator that ONNX Runtime contributes."""
        return self.op(operator, *inputs, domain="com.microsoft", **attributes)

    def weight(self, name, *shape, dtype=None):
        """A tensor that only the file which is left out has data for."""
        name = f"{self._scope}{name}"
        if name not in self._initializers:
            self._initializers.add(name)
            self.proto.initializer.append(self._external(name, shape, dtype or self.dtype))
        return name

    def table(self, name, *shape, dtype=None):
        """A computed tensor, such as rotations by position: one for the whole graph."""
        outer, self._scope = self._scope, ""
        result = self.weight(name, *shape, dtype=dtype)
        self._scope = outer
        return result

    def once(self, name, make):
        """A value that is computed once and then shared."""
        if name not in self._shared:
            self._shared[name] = make()
        return self._shared[name]

    def integers(self, *values):
        """An int64 tensor of rank 1, such as a shape, a list of axes."""
        return self._inline(f"[{','.join(map(str, values))}]", TensorProto.INT64, values, [len(values)])

    def scalar(self, value, dtype=None):
        """A tensor of rank 0; a number of the graph's type unless another is asked for."""
        dtype = dtype or self.dtype
        suffix = "" if dtype == self.dtype else f":{TensorProto.DataType.Name(dtype).lower()}"
        # Numbers alone are the names of values.
        return self._inline(f"={value:g}{suffix}", dtype, [value], [])

    def model(self):
        imports = [helper.make_opsetid("", self.opset)]
        imports += [helper.make_opsetid(domain, 1) for domain in sorted(self.domains - {""})]
        return helper.make_model(
            self.proto, opset_imports=imports, ir_version=10, doc_string=DOCUMENT,
            producer_name="Scripts/build-models")

    @property
    def external_bytes(self):
        """Length that the file of the weights would have."""
        return self._offset

    def _fresh(self, name):
        if name is None:
            number = self._numbers[self._scope] = self._numbers.get(self._scope, 0) + 1
            name = number
        return f"{self._scope}{name}"

    def _inline(self, name, dtype, values, shape):
        if name not in self._initializers:
            self._initializers.add(name)
            self.proto.initializer.append(helper.make_tensor(name, dtype, shape, values))
        return name

    def _external(self, name, shape, dtype):
        tensor = TensorProto(
            name=name, dims=shape, data_type=dtype, data_location=TensorProto.EXTERNAL)
        length = math.prod(shape) * BYTES[dtype]
        for key, value in ("location", LEFT_OUT), ("offset", self._offset), ("length", length):
            tensor.external_data.add(key=key, value=str(value))
        self._offset += length
        return tensor
