"""Decoders as the builder of onnxruntime-genai writes them: contributed operators, a cache, float16."""

from onnx import TensorProto

from architectures.decoder import GEMMA_PERIOD, epsilon, is_gemma
from architectures.graph import Graph
from architectures.layers import linear

POSITIONS = 4096


def build(config, layers=None):
    """The graph of a decoder that continues a text; batch, new and past tokens are symbols."""
    g = Graph(f"{config.fixture}-fused", opset=21, dtype=TensorProto.FLOAT16)
    tokens = g.input("input_ids", ["batch_size", "sequence_length"], TensorProto.INT64)
    mask = g.input("attention_mask", ["batch_size", "total_sequence_length"], TensorProto.INT64)
    lengths = sequence_lengths(g, mask)
    embedding = g.weight("embed_tokens.weight", config.vocab, config.hidden)
    x = g.op("Gather", embedding, tokens)
    if is_gemma(config):
        x = g.op("Mul", x, g.scalar(config.hidden ** 0.5))
    positions = None
    if config.qk_norm is True:
        positions = g.input("position_ids", ["batch_size", "sequence_length"], TensorProto.INT64)
    pending = None
    for index in range(layers or config.layers):
        with g.scope(index):
            x, pending = layer(g, x, pending, config, index, lengths, positions)
    _, x = normed(g, x, pending, config, "norm")
    if is_gemma(config):
        logits = g.op("MatMul", x, g.op("Transpose", embedding, perm=[1, 0]))
    else:
        logits = linear(g, x, "lm_head", config.hidden, config.vocab)
    g.output(logits, "logits", ["batch_size", "sequence_length", config.vocab])
    return g


def sequence_lengths(g, mask):
    """Index of each row's last token, and the length of the longest row."""
    last = g.op("Sub", g.op("ReduceSum", mask, g.integers(1), keepdims=0),
                g.scalar(1, TensorProto.INT64))
    longest = g.op("Gather", g.op("Shape", mask), g.scalar(1, TensorProto.INT64))
    return [g.op("Cast", each, to=TensorProto.INT32) for each in (last, longest)]


def simple_norm(g, x, name, size, config):
    return g.op("SimplifiedLayerNormalization", x, g.weight(f"{name}.weight", size),
                axis=-1, epsilon=epsilon(config), stash_type=1)


def normed(g, x, pending, config, name):
    """What is carried on, and its norm; what a block put out is added on the way."""
    weight = g.weight(f"{name}.weight", config.hidden)
    if pending is None:
        return x, g.op("SimplifiedLayerNormalization", x, weight, axis=-1,
                       epsilon=epsilon(config), stash_type=1)
    number = g.op
    result = number("SkipSimplifiedLayerNormalization", x, pending, weight, count=4,
                    domain="com.microsoft", epsilon=epsilon(config))
    node = g.proto.node[-1]
    # The mean and the deviation are not asked for.
    node.output[1] = node.output[2] = ""
    return result[3], result[0]


def layer(g, x, pending, config, index, lengths, positions):
    sandwich = config.profile in ("gemma3", "glm4")
    x, y = normed(g, x, pending, config, "input_norm")
    y = attend(g, y, config, index, lengths, positions)
    if sandwich:
        y = simple_norm(g, y, "post_attention_norm", config.hidden, config)
    x, y = normed(g, x, y, config, "feedforward_norm")
    y = mixture(g, y, config) if config.experts else gated(g, y, config)
    if sandwich:
        y = simple_norm(g, y, "post_feedforward_norm", config.hidden, config)
    return x, y


def gated(g, x, config):
    gate = linear(g, x, "gate_proj", config.hidden, config.ffn)
    up = linear(g, x, "up_proj", config.hidden, config.ffn)
    if config.activation == "silu":
        gate = g.op("Mul", gate, g.op("Sigmoid", gate))
    else:
        gate = g.contributed("FastGelu", gate)
    return linear(g, g.op("Mul", gate, up), "down_proj", config.ffn, config.hidden)


def mixture(g, x, config):
    """Experts in one node: in eight bits for the model with many small ones, else in float16."""
    hidden, inner, count = config.hidden, config.moe_ffn, config.experts
    router = linear(g, x, "router", hidden, count)
    router = g.op("Reshape", router, g.integers(-1, count))
    shapes = {"fc1": (count, inner, hidden), "fc2": (count, hidden, inner), "fc3": (count, inner, hidden)}
    attributes = dict(k=config.experts_per_token, activation_type="silu", normalize_routing_weights=1)
    if count < 64:
        operands = [each for name, shape in shapes.items()
                    for each in (g.weight(f"{name}.weight", *shape), "")]
        return g.contributed("MoE", x, router, *operands[:-1], **attributes)
    operands = [each for name, shape in shapes.items() for each in (
        g.weight(f"{name}.weight", *shape, dtype=TensorProto.UINT8),
        g.weight(f"{name}.scales", *shape[:2]), "")]
    return g.contributed("QMoE", x, router, *operands[:-1], expert_weight_bits=8, **attributes)


def attend(g, x, config, index, lengths, positions):
    """One node for scores, cache and, where keys are not normed before, rotation."""
    size, count, shared = config.head_dim, config.heads, config.kv_heads
    turning = size // 2 if config.profile == "glm4" else size
    cosine, sine = (g.table(f"{part}_cache", POSITIONS, turning // 2) for part in ("cos", "sin"))
    window = config.sliding_window
    if window and is_gemma(config) and (index + 1) % GEMMA_PERIOD == 0:
        window = None
    attributes = dict(num_heads=count, kv_num_heads=shared, scale=size ** -0.5,
                      local_window_size=int(window or -1))
    past, present = caches(g, index, shared, size)
    if positions is None:
        packed = linear(g, x, "qkv_proj", config.hidden, (count + 2 * shared) * size, config.qkv_bias)
        operands = [packed, "", "", *past, *lengths, cosine, sine]
        attributes |= dict(do_rotary=1, rotary_interleaved=int(turning != size))
    else:
        query = linear(g, x, "q_proj", config.hidden, count * size)
        key = linear(g, x, "k_proj", config.hidden, shared * size)
        value = linear(g, x, "v_proj", config.hidden, shared * size)
        query, key = (
            g.contributed("RotaryEmbedding", per_head_norm(g, each, name, number, config),
                          positions, cosine, sine)
            for each, name, number in ((query, "q_norm", count), (key, "k_norm", shared)))
        operands = [query, key, value, *past, *lengths]
    out, *grown = g.op("GroupQueryAttention", *operands, count=3, domain="com.microsoft", **attributes)
    for value, (name, shape) in zip(grown, present):
        g.output(value, name, shape)
    return linear(g, out, "o_proj", count * size, config.hidden)


def per_head_norm(g, x, name, count, config):
    apart = g.op("Reshape", x, g.integers(0, 0, count, config.head_dim))
    normal = simple_norm(g, apart, name, config.head_dim, config)
    return g.op("Reshape", normal, g.integers(0, 0, count * config.head_dim))


def caches(g, index, shared, size):
    past = [g.input(f"past_key_values.{index}.{part}",
                    ["batch_size", shared, "past_sequence_length", size])
            for part in ("key", "value")]
    present = [(f"present.{index}.{part}", ["batch_size", shared, "total_sequence_length", size])
               for part in ("key", "value")]
    return past, present
