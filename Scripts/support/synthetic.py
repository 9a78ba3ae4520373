"""Writes large models straight as protobuf bytes, with holes in the file where weights would be.

Usage: python -m support.synthetic NAME FILE. It is a process of its own, so that the memory it
takes does not count as that of the programs that Scripts/benchmark measures.
"""

import math
import pathlib
import struct
import sys

FLOAT, FLOAT16, INT64 = 1, 10, 7


# --- Wire format -------------------------------------------------------------------------------


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def integer(field, number):
    return varint(field << 3) + varint(number)


def block(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


# --- Parts of a model --------------------------------------------------------------------------


def node(operator, inputs, outputs, *attributes, name="", domain=""):
    parts = [block(1, text) for text in inputs] + [block(2, text) for text in outputs]
    parts += [block(3, name)] if name else []
    parts += [block(4, operator)] + [block(5, attribute) for attribute in attributes]
    parts += [block(7, domain)] if domain else []
    return block(1, b"".join(parts))


def attribute(name, number):
    return block(1, name) + integer(3, number) + integer(20, 2)


def attribute_list(name, values):
    """An attribute whose values are written unpacked, with its type behind them."""
    kind = {"float": 6, "int": 7, "bytes": 8}[type(values[0]).__name__]
    write = {
        6: lambda value: b"\x3d" + struct.pack("<f", value),
        7: lambda value: b"\x40" + varint(value),
        8: lambda value: block(9, value),
    }[kind]
    return block(1, name) + b"".join(map(write, values)) + integer(20, kind)


def typed(field, name, dtype, *dims):
    shape = b"".join(block(1, block(2, d) if isinstance(d, str) else integer(1, d)) for d in dims)
    return block(field, block(1, name) + block(2, block(1, integer(1, dtype) + block(2, shape))))


def int64(name, value):
    """A small scalar initialiser with its value."""
    return block(5, integer(2, INT64) + block(8, name) + block(9, struct.pack("<q", value)))


def int64s(name, *values):
    """A small initialiser with its values."""
    raw = struct.pack(f"<{len(values)}q", *values)
    return block(5, integer(1, len(values)) + integer(2, INT64) + block(8, name) + block(9, raw))


class File:
    """A model file whose one graph is made of bytes and holes."""

    def __init__(self):
        self.pieces = []
        self.length = 0

    def add(self, piece):
        self.pieces.append(piece)
        self.length += piece if isinstance(piece, int) else len(piece)

    def hole(self, name, dtype, width, *dims):
        """An initialiser of zeros that takes no room on disk."""
        size = width * math.prod(dims)
        head = b"".join(integer(1, dim) for dim in dims) + integer(2, dtype) + block(8, name)
        head += varint(9 << 3 | 2) + varint(size)
        self.add(varint(5 << 3 | 2) + varint(len(head) + size) + head)
        self.add(size)

    def write(self, path, opsets):
        with open(path, "wb") as file:
            file.write(integer(1, 8) + block(2, "synthetic"))
            file.write(varint(7 << 3 | 2) + varint(self.length))
            for piece in self.pieces:
                if isinstance(piece, int):
                    file.seek(piece, 1)
                else:
                    file.write(piece)
            for domain, version in opsets.items():
                imported = block(1, domain) + integer(2, version)
                file.write(block(8, imported))


# --- The models --------------------------------------------------------------------------------


def many(count, path):
    """A chain of cheap operators with the long names that exporters give."""
    file = File()
    value = "input"
    operators = ("Add", "Relu", "Mul", "Sigmoid", "Sub", "Tanh", "MatMul")
    for index in range(count):
        operator = operators[index % len(operators)]
        scope = f"/model/encoder/layers.{index // 100}/block.{index % 100}/{operator}_{index}"
        result = f"{scope}_output_0"
        weight = "square" if operator == "MatMul" else "row"
        inputs = [value] if operator in ("Relu", "Sigmoid", "Tanh") else [value, weight]
        file.add(node(operator, inputs, [result], name=scope))
        value = result
    file.add(node("Identity", [value], ["output"]))
    file.add(block(2, "many"))
    file.hole("row", FLOAT, 4, 64)
    file.hole("square", FLOAT, 4, 64, 64)
    file.add(typed(11, "input", FLOAT, "batch", 64) + typed(12, "output", FLOAT, "batch", 64))
    file.write(path, {"": 17})


def decoder_layer(index, value):
    """The nodes of one decoder layer, as (operator, inputs, output, attributes)."""
    def own(name):
        return f"/model/layers.{index}/{name}"

    def norm(name, source):
        return [
            ("Pow", [source, "two"], own(f"{name}/Pow"), []),
            ("ReduceMean", [own(f"{name}/Pow"), "last"], own(f"{name}/ReduceMean"), []),
            ("Add", [own(f"{name}/ReduceMean"), "epsilon"], own(f"{name}/Add"), []),
            ("Sqrt", [own(f"{name}/Add")], own(f"{name}/Sqrt"), []),
            ("Div", [source, own(f"{name}/Sqrt")], own(f"{name}/Div"), []),
            ("Mul", [own(f"{name}/Div"), own(f"{name}.weight")], own(name), []),
        ]

    def rotary(source):
        return [
            ("Mul", [source, "cosine"], f"{source}/cosine", []),
            ("Neg", [source], f"{source}/Neg", []),
            ("Mul", [f"{source}/Neg", "sine"], f"{source}/sine", []),
            ("Add", [f"{source}/cosine", f"{source}/sine"], f"{source}/rotary", []),
        ]

    nodes = norm("input_layernorm", value)
    for letter in "qkv":
        projected, split = own(f"{letter}_proj"), own(f"{letter}_proj/Reshape")
        nodes += [
            ("MatMul", [own("input_layernorm"), f"{projected}.weight"], projected, []),
            ("Reshape", [projected, "heads"], split, []),
            ("Transpose", [split], own(letter), [attribute_list("perm", [0, 2, 1, 3])]),
        ]
    for head in range(HEADS):
        q, k, v = (own(f"head.{head}/{letter}") for letter in "qkv")
        scores = own(f"head.{head}/scores")
        nodes += [("Gather", [own(letter), f"head.{head}"], result, [attribute("axis", 1)])
                  for letter, result in zip("qkv", (q, k, v))]
        nodes += [
            *rotary(q),
            *rotary(k),
            ("Transpose", [f"{k}/rotary"], f"{k}/T", [attribute_list("perm", [0, 2, 1])]),
            ("MatMul", [f"{q}/rotary", f"{k}/T"], scores, []),
            ("Mul", [scores, "scale"], f"{scores}/Mul", []),
            ("Add", [f"{scores}/Mul", "mask"], f"{scores}/Add", []),
            ("Softmax", [f"{scores}/Add"], f"{scores}/Softmax", [attribute("axis", 2)]),
            ("MatMul", [f"{scores}/Softmax", v], own(f"head.{head}/context"), []),
        ]
    nodes += [
        ("Concat", [own(f"head.{head}/context") for head in range(HEADS)], own("context"),
         [attribute("axis", 2)]),
        ("MatMul", [own("context"), own("o_proj.weight")], own("o_proj"), []),
        ("Add", [value, own("o_proj")], own("attention"), []),
        *norm("mlp_layernorm", own("attention")),
        ("MatMul", [own("mlp_layernorm"), own("gate_proj.weight")], own("gate_proj"), []),
        ("MatMul", [own("mlp_layernorm"), own("up_proj.weight")], own("up_proj"), []),
        ("Sigmoid", [own("gate_proj")], own("Sigmoid"), []),
        ("Mul", [own("gate_proj"), own("Sigmoid")], own("SiLU"), []),
        ("Mul", [own("SiLU"), own("up_proj")], own("product"), []),
        ("MatMul", [own("product"), own("down_proj.weight")], own("down_proj"), []),
        ("Add", [own("attention"), own("down_proj")], own("output"), []),
    ]
    return nodes


HEADS = 10
LAYERS = 32
DECODER_NODES = 6_454


def decoder(path, hidden, inner, external=False):
    """A language model's decoder of half-precision weights, in the file or beside it."""
    file = File()
    value, nodes = "input", 0
    for index in range(LAYERS):
        for operator, inputs, output, attributes in decoder_layer(index, value):
            file.add(node(operator, inputs, [output], *attributes, name=f"{output}/{operator}"))
            nodes += 1
        value = output
    for index in range(nodes, DECODER_NODES):
        output = "output" if index == DECODER_NODES - 1 else f"/model/tail.{index}"
        file.add(node("Relu", [value], [output]))
        value = output
    file.add(block(2, "decoder"))

    for name in ("two", "epsilon", "cosine", "sine", "scale", "mask"):
        file.hole(name, FLOAT16, 2, 1)
    file.add(int64s("last", -1) + int64s("heads", 0, 0, HEADS, hidden // HEADS))
    for head in range(HEADS):
        file.add(int64(f"head.{head}", head))
    offset = 0
    for index in range(LAYERS):
        for name, dims in weights(hidden, inner).items():
            name = f"/model/layers.{index}/{name}.weight"
            if not external:
                file.hole(name, FLOAT16, 2, *dims)
                continue
            size = 2 * math.prod(dims)
            file.add(external_tensor(name, dims, f"{path.name}.data", offset, size))
            offset += size
    file.add(typed(11, "input", FLOAT16, "batch", "sequence", hidden))
    file.add(typed(12, "output", FLOAT16, "batch", "sequence", hidden))
    file.write(path, {"": 18})
    if external:
        with open(f"{path}.data", "wb") as data:
            data.truncate(offset)


def weights(hidden, inner):
    """The shapes of one layer's weights."""
    norms = ("input_layernorm", "mlp_layernorm")
    return {
        **{name: (hidden,) for name in norms},
        **{f"{letter}_proj": (hidden, hidden) for letter in "qkvo"},
        "gate_proj": (hidden, inner),
        "up_proj": (hidden, inner),
        "down_proj": (inner, hidden),
    }


def external_tensor(name, dims, location, offset, size):
    entries = {"location": location, "offset": str(offset), "length": str(size)}
    content = b"".join(integer(1, dim) for dim in dims) + integer(2, FLOAT16) + block(8, name)
    content += b"".join(block(13, block(1, key) + block(2, text)) for key, text in entries.items())
    return block(5, content + integer(14, 1))


def tree_ensemble(path, depth=12, trees=610):
    """A classifier of perfect binary trees: one node with some 190 MB of attribute lists."""
    inner, total = 2**depth - 1, 2 ** (depth + 1) - 1
    leaves = range(inner, total)
    per_node = {
        "nodes_featureids": [index % 30 if index < inner else 0 for index in range(total)],
        "nodes_hitrates": [1.0] * total,
        "nodes_modes": [b"BRANCH_LEQ" if index < inner else b"LEAF" for index in range(total)],
        "nodes_nodeids": list(range(total)),
        "nodes_truenodeids": [2 * index + 1 if index < inner else 0 for index in range(total)],
        "nodes_falsenodeids": [2 * index + 2 if index < inner else 0 for index in range(total)],
        "nodes_values": [index / total for index in range(total)],
        "class_ids": [index % 2 for index in leaves],
        "class_nodeids": list(leaves),
        "class_weights": [1 / trees] * len(leaves),
    }
    attributes = [attribute_list("classlabels_int64s", [0, 1])]
    for name, values in per_node.items():
        one_tree = attribute_list(name, values)
        head, tail = len(block(1, name)), len(integer(20, 7))
        attributes.append(one_tree[:head] + one_tree[head:-tail] * trees + one_tree[-tail:])
    for name, count in (("nodes_treeids", total), ("class_treeids", len(leaves))):
        attributes.append(attribute_list(name, [t for t in range(trees) for _ in range(count)]))
    file = File()
    file.add(node("TreeEnsembleClassifier", ["input"], ["label", "scores"], *attributes,
                  domain="ai.onnx.ml"))
    file.add(block(2, "ensemble") + typed(11, "input", FLOAT, "batch", 30))
    file.add(typed(12, "label", INT64, "batch") + typed(12, "scores", FLOAT, "batch", 2))
    file.write(path, {"": 17, "ai.onnx.ml": 3})


def over_2_gib(path):
    file = File()
    file.add(node("Add", ["input", "weight"], ["output"]) + block(2, "large"))
    file.hole("weight", FLOAT, 4, 550_000_000)
    file.add(typed(11, "input", FLOAT, 1) + typed(12, "output", FLOAT, 550_000_000))
    file.write(path, {"": 17})


MODELS = {
    "many_100k": lambda path: many(100_000, path),
    "many_1m": lambda path: many(1_000_000, path),
    "decoder_1.9g": lambda path: decoder(path, hidden=2000, inner=2280),
    "decoder_external_8g": lambda path: decoder(path, hidden=4000, inner=5080, external=True),
    "tree_ensemble": tree_ensemble,
    "over_2gib": over_2_gib,
}


if __name__ == "__main__":
    MODELS[sys.argv[1]](pathlib.Path(sys.argv[2]))
