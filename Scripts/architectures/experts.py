"""Mixtures of experts, as the exporter writes the batched computation: weights gathered by choice."""

from onnx import TensorProto

from architectures.layers import activate, gated, gemm


def mixture(g, x, config, tokens):
    """Routed experts, and the shared ones where the model has them."""
    flat = g.op("Reshape", x, g.integers(tokens, config.hidden))
    route = by_groups if config.kv_lora_rank else by_softmax
    weights, experts = route(g, flat, config, tokens)
    result = chosen(g, flat, weights, experts, config, tokens)
    if config.shared_experts:
        with g.scope("shared"):
            shared = gated(g, x, config.hidden, config.moe_ffn * config.shared_experts,
                           config.activation)
        result = g.op("Add", result, shared)
    return result


def by_softmax(g, x, config, tokens):
    """The largest probabilities, made to sum to one."""
    again = g.op("Reshape", x, g.integers(-1, config.hidden))
    logits = gemm(g, again, "router", config.hidden, config.experts, bias=False)
    best, experts = top(g, g.op("Softmax", logits, axis=-1), config.experts_per_token)
    total = g.op("ReduceSum", best, g.integers(-1), keepdims=1)
    return g.op("Div", best, total), experts


def by_groups(g, x, config, tokens, groups=8, kept=4, scale=2.5):
    """DeepSeek-V3: sigmoid scores; experts are chosen from the groups whose two best add up to most."""
    again = g.op("Reshape", x, g.integers(-1, config.hidden))
    scores = g.op("Sigmoid", gemm(g, again, "router", config.hidden, config.experts, bias=False))
    biased = g.op("Add", scores, g.weight("router.score_correction", config.experts))
    size = config.experts // groups
    best, _ = top(g, g.op("Reshape", biased, g.integers(tokens, groups, size)), 2)
    _, winners = top(g, g.op("ReduceSum", best, g.integers(-1), keepdims=0), kept)
    nothing = g.op("ConstantOfShape", g.integers(tokens, groups))
    ones = g.table("ones", tokens, kept)
    mask = g.op("ScatterElements", nothing, winners, ones, axis=1)
    mask = g.op("Expand", g.op("Unsqueeze", mask, g.integers(-1)), g.integers(tokens, groups, size))
    mask = g.op("Cast", g.op("Reshape", mask, g.integers(tokens, config.experts)),
                to=TensorProto.BOOL)
    eligible = g.op("Where", g.op("Not", mask), g.scalar(-3.4028235e38), biased)
    _, experts = top(g, eligible, config.experts_per_token)
    weights = g.op("GatherElements", scores, experts, axis=1)
    total = g.op("ReduceSum", weights, g.integers(-1), keepdims=1)
    weights = g.op("Div", weights, g.op("Add", total, g.scalar(1e-20)))
    return g.op("Mul", weights, g.scalar(scale)), experts


def top(g, x, count):
    return g.op("TopK", x, g.integers(count), count=2, axis=-1, largest=1, sorted=1)


def chosen(g, x, weights, experts, config, tokens):
    """Runs each token through the weights of its experts and adds up what they say."""
    count, hidden, inner = config.experts_per_token, config.hidden, config.moe_ffn
    samples = tokens * count
    copies = g.op("Expand", g.op("Unsqueeze", x, g.integers(1)), g.integers(tokens, count, hidden))
    copies = g.op("Reshape", copies, g.integers(samples, hidden))
    shares = g.op("Reshape", weights, g.integers(samples))
    index = g.op("Unsqueeze", g.op("Reshape", experts, g.integers(samples)), g.integers(-1))

    def through(x, name, outputs, inputs):
        gathered = g.op("GatherND", g.weight(f"{name}.weight", config.experts, outputs, inputs), index)
        column = g.op("Unsqueeze", x, g.integers(-1))
        return g.op("Squeeze", g.op("MatMul", gathered, column), g.integers(-1))

    both = through(copies, "gate_up_proj", 2 * inner, hidden)
    gate, up = g.op("Split", both, count=2, axis=-1, num_outputs=2)
    out = through(g.op("Mul", activate(g, gate, config.activation), up), "down_proj", hidden, inner)
    out = g.op("Mul", out, g.op("Unsqueeze", shares, g.integers(-1)))
    out = g.op("Reshape", out, g.integers(tokens, count, hidden))
    out = g.op("ReduceSum", out, g.integers(1), keepdims=0)
    return g.op("Reshape", out, g.integers(1, tokens, hidden))
