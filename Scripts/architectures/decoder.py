"""Decoders as PyTorch's exporter writes them: fixed shapes, no cache of keys and values."""

from onnx import TensorProto

from architectures import attention, experts, rotary
from architectures.graph import Graph
from architectures.layers import gated, linear, rms_norm

TOKENS = 128
# Each sixth layer of Gemma 3 attends to everything, the others to a window.
GEMMA_PERIOD = 6


def build(config, layers=None):
    """The graph of a decoder, or of its first layers with all that stands around them."""
    g = Graph(config.fixture, opset=20)
    tokens = g.input("input_ids", [1, TOKENS], TensorProto.INT64)
    mask = g.input("attention_mask", [1, TOKENS], TensorProto.INT64)
    embedding = g.weight("embed_tokens.weight", config.vocab, config.hidden)
    x = g.op("Gather", embedding, tokens)
    if is_gemma(config):
        x = g.op("Mul", x, g.scalar(config.hidden ** 0.5))
    masks = {}
    for index in range(layers or config.layers):
        pattern = pattern_of(config, index)
        if pattern not in masks:
            masks[pattern] = attention.padding_mask(g, mask, 1, TOKENS, pattern)
        with g.scope(index):
            x = layer(g, x, config, index, masks[pattern], layers)
    x = rms_norm(g, x, "norm", config.hidden, epsilon(config))
    if is_gemma(config):
        logits = g.op("MatMul", x, g.op("Transpose", embedding, perm=[1, 0]))
    else:
        logits = linear(g, x, "lm_head", config.hidden, config.vocab)
    g.output(logits, "logits", [1, TOKENS, config.vocab])
    return g


def is_gemma(config):
    return config.profile == "gemma3"


def epsilon(config):
    return config.norm_eps or 1e-6


def pattern_of(config, index):
    if config.sliding_window and not (is_gemma(config) and (index + 1) % GEMMA_PERIOD == 0):
        return "window"
    return "causal"


def layer(g, x, config, index, mask, layers):
    """Norm, attention, norm, feed-forward; sandwiched models norm what comes out, too."""
    norm = lambda x, name: rms_norm(g, x, name, config.hidden, epsilon(config))
    sandwich = config.profile in ("gemma3", "glm4")
    attend = latent if config.kv_lora_rank else grouped
    y = attend(g, norm(x, "input_norm"), config, mask)
    x = g.op("Add", x, norm(y, "post_attention_norm") if sandwich else y)
    y = norm(x, "feedforward_norm")
    # A graph of two layers has one of each kind, as the profiles have.
    dense = config.first_dense_layers or 0 if layers is None else 1 if config.first_dense_layers else 0
    if config.experts and index >= dense:
        y = experts.mixture(g, y, config, TOKENS)
    else:
        y = gated(g, y, config.hidden, config.ffn, config.activation, config.profile in ("phi3", "glm4"))
    return g.op("Add", x, norm(y, "post_feedforward_norm") if sandwich else y)


def grouped(g, x, config, mask):
    """Attention in which several heads of queries share one of keys and values."""
    size, count, shared = config.head_dim, config.heads, config.kv_heads
    query, key, value = projections(g, x, config)
    query = attention.heads(g, query, 1, TOKENS, count, size)
    key = attention.heads(g, key, 1, TOKENS, shared, size)
    value = attention.heads(g, value, 1, TOKENS, shared, size)
    if config.qk_norm is True:
        query = rms_norm(g, query, "q_norm", size, epsilon(config))
        key = rms_norm(g, key, "k_norm", size, epsilon(config))
    query, key = turned(g, query, config, count), turned(g, key, config, shared)
    shape = (1, shared, TOKENS, size)
    key = attention.repeat(g, key, shape, count // shared)
    if config.profile in ("phi3", "glm4"):
        key = g.op("Reshape", key, g.integers(1, count, TOKENS, size))
    value = g.op("Reshape", attention.repeat(g, value, shape, count // shared),
                 g.integers(1, count, TOKENS, size))
    out = attention.product(g, query, key, value, (1, count, TOKENS, size), mask=mask)
    return linear(g, out, "o_proj", count * size, config.hidden)


def projections(g, x, config):
    """Queries, keys and values; Phi has them in one product."""
    widths = [config.heads * config.head_dim] + 2 * [config.kv_heads * config.head_dim]
    if config.profile != "phi3":
        return [linear(g, x, f"{name}_proj", config.hidden, width, config.qkv_bias)
                for name, width in zip("qkv", widths)]
    together = linear(g, x, "qkv_proj", config.hidden, sum(widths))
    ends = [sum(widths[:number]) for number in range(4)]
    return [g.op("Slice", together, g.integers(start), g.integers(end), g.integers(2))
            for start, end in zip(ends, ends[1:])]


def turned(g, x, config, count):
    """Queries or keys, rotated by their positions."""
    kind = "window" if is_gemma(config) else "rotary"
    width = config.head_dim // 2 if config.profile == "glm4" else config.head_dim
    cosine, sine = (g.table(f"{kind}_{part}", 1, 1, TOKENS, width) for part in ("cos", "sin"))
    if config.profile == "glm4":
        return rotary.pairs(g, x, (1, count, TOKENS, config.head_dim), width, cosine, sine)
    return rotary.halves(g, x, width, cosine, sine)


def latent(g, x, config, mask):
    """DeepSeek's attention: queries, and keys and values together, go through narrow products."""
    count, plain, turning = config.heads, config.qk_nope_dim, config.qk_rope_dim
    size, inner = plain + turning, config.v_head_dim
    cosine, sine = (g.table(f"rotary_{part}", 1, 1, TOKENS, turning // 2) for part in ("cos", "sin"))
    narrow = linear(g, x, "q_a_proj", config.hidden, config.q_lora_rank)
    narrow = rms_norm(g, narrow, "q_a_norm", config.q_lora_rank, epsilon(config))
    query = linear(g, narrow, "q_b_proj", config.q_lora_rank, count * size)
    query = attention.heads(g, query, 1, TOKENS, count, size)
    query, query_turning = split(g, query, plain, turning)
    narrow = linear(g, x, "kv_a_proj", config.hidden, config.kv_lora_rank + turning)
    narrow, key_turning = split(g, narrow, config.kv_lora_rank, turning)
    narrow = rms_norm(g, narrow, "kv_a_norm", config.kv_lora_rank, epsilon(config))
    both = linear(g, narrow, "kv_b_proj", config.kv_lora_rank, count * (plain + inner))
    key, value = split(g, attention.heads(g, both, 1, TOKENS, count, plain + inner), plain, inner)
    key_turning = g.op("Reshape", key_turning, g.integers(1, 1, TOKENS, turning))
    query_turning = rotary.complex_pairs(g, query_turning, turning, cosine, sine)
    key_turning = rotary.complex_pairs(g, key_turning, turning, cosine, sine)
    key_turning = g.op("Expand", key_turning, g.integers(1, count, TOKENS, turning))
    query = g.op("Concat", query, query_turning, axis=-1)
    key = written(g, key, g.op("Identity", key_turning), (count, TOKENS, size), plain)
    out = attention.product(
        g, query, key, value, (1, count, TOKENS, size), mask=mask, value_size=inner)
    return linear(g, out, "o_proj", count * inner, config.hidden)


def split(g, x, *sizes):
    return g.op("Split", x, g.integers(*sizes), count=2, axis=-1)


def written(g, first, second, shape, border):
    """Writes two parts of the keys into one tensor; the exporter puts the axis written to in front."""
    count, tokens, size = shape
    perm = [3, 1, 2, 0]
    # The exporter finds that all layers start from the same zeros.
    result = g.once("empty_keys", lambda: g.op(
        "Transpose", g.op("ConstantOfShape", g.integers(1, count, tokens, size)), perm=perm))
    for part, start, end in (first, 0, border), (second, border, size):
        rows = g.table(f"rows_{start}_{end}", end - start, 1, dtype=TensorProto.INT64)
        result = g.op("ScatterND", result, rows, g.op("Transpose", part, perm=perm))
    return g.op("Transpose", result, perm=perm)
