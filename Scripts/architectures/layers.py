"""The layers that all architectures share: products, norms, activations."""


def linear(g, x, name, inputs, outputs, bias=False):
    """A product of the last axis with a weight, as exporters write it for a batch of sequences."""
    y = g.op("MatMul", x, g.weight(f"{name}.weight", inputs, outputs), name=name)
    return g.op("Add", y, g.weight(f"{name}.bias", outputs)) if bias else y


def gemm(g, x, name, inputs, outputs, bias=True):
    """A product of a matrix with a weight that stands as PyTorch keeps it."""
    operands = [x, g.weight(f"{name}.weight", outputs, inputs)]
    if bias:
        operands.append(g.weight(f"{name}.bias", outputs))
    return g.op("Gemm", *operands, name=name, transB=1)


def rms_norm(g, x, name, size, epsilon):
    """x / sqrt(mean(x²) + ε) · weight, taken apart as exporters below opset 23 do."""
    square = g.op("Pow", x, g.scalar(2))
    mean = g.op("ReduceMean", square, g.integers(-1), keepdims=1)
    root = g.op("Sqrt", g.op("Add", mean, g.scalar(epsilon)))
    normal = g.op("Mul", x, g.op("Reciprocal", root))
    return g.op("Mul", normal, g.weight(f"{name}.weight", size), name=name)


def layer_norm(g, x, name, size, epsilon=1e-5):
    return g.op(
        "LayerNormalization", x, g.weight(f"{name}.weight", size), g.weight(f"{name}.bias", size),
        name=name, axis=-1, epsilon=epsilon)


def activate(g, x, activation):
    """An activation by the name that the table of facts gives it."""
    match activation:
        case "silu":
            return g.op("Mul", x, g.op("Sigmoid", x))
        case "gelu_tanh":
            return g.op("Gelu", x, approximate="tanh")
        case "gelu":
            return g.op("Gelu", x)
        case _:
            raise ValueError(f"no activation is called {activation}")


def gated(g, x, hidden, inner, activation, fused=False):
    """A gated feed-forward layer; `fused` when one product gives the gate and what it gates."""
    if fused:
        both = linear(g, x, "gate_up_proj", hidden, 2 * inner)
        gate, up = g.op("Split", both, count=2, axis=-1, num_outputs=2)
    else:
        gate = linear(g, x, "gate_proj", hidden, inner)
        up = linear(g, x, "up_proj", hidden, inner)
    return linear(g, g.op("Mul", activate(g, gate, activation), up), "down_proj", inner, hidden)


def plain(g, x, hidden, inner):
    """Two products with an activation between them."""
    return linear(g, g.op("Gelu", linear(g, x, "fc1", hidden, inner, bias=True)),
                  "fc2", inner, hidden, bias=True)
