"""Attention as an exporter takes it apart: masks, scores, softmax, weighted sums."""

from onnx import TensorProto

from architectures.layers import linear


def padding_mask(g, mask, batch, tokens, pattern):
    """What may see what, to be added to scores: the pattern and the tokens that are no padding."""
    present = g.op("Cast", mask, to=TensorProto.BOOL)
    # One pair of indices for each key: its row of the batch, and the key.
    pairs = g.table("mask_indices", batch, 1, 1, tokens, 2, dtype=TensorProto.INT64)
    return allowed(g, g.op("GatherND", present, pairs), pattern, tokens)


def allowed(g, present, pattern, tokens):
    """0 where a pattern and the padding let a query see a key, the least number elsewhere."""
    pattern = g.table(f"{pattern}_mask", 1, 1, tokens, tokens, dtype=TensorProto.BOOL)
    both = g.op("And", pattern, present)
    return g.op("Where", both, g.scalar(0), g.scalar(-3.4028235e38))


def heads(g, x, batch, tokens, count, size):
    """Batch, tokens, heads × size to batch, heads, tokens, size."""
    split = g.op("Reshape", x, g.integers(batch, tokens, count, size))
    return g.op("Transpose", split, perm=[0, 2, 1, 3])


def repeat(g, x, shape, groups):
    """Gives each group of queries its own copy of keys or values; the result is left unshaped."""
    batch, count, tokens, size = shape
    apart = g.op("Unsqueeze", x, g.integers(2))
    return g.op("Expand", apart, g.integers(batch, count, groups, tokens, size))


def product(g, query, key, value, shape, *, mask=None, guard=True, scaled=True, value_size=None,
            keys=None):
    """softmax(query · keyᵀ + mask) · value, for queries of `shape`: batch, heads, tokens, size.

    `guard` puts zeros where a row of the softmax is no number, as PyTorch does when there is a mask.
    """
    batch, count, tokens, size = shape
    keys = keys or tokens
    # The transposition is done on three axes, as the exporter's definition does.
    flat = g.op("Reshape", key, g.integers(batch * count, keys, size))
    turned = g.op("Transpose", flat, perm=[0, 2, 1])
    key = g.op("Reshape", turned, g.integers(batch, count, size, keys))
    if scaled:
        root = g.scalar(size ** -0.25)
        query, key = g.op("Mul", query, root), g.op("Mul", key, root)
    scores = g.op("MatMul", query, key)
    if mask:
        scores = g.op("Add", scores, mask)
    weights = g.op("Softmax", scores, axis=-1)
    if guard:
        weights = g.op("Where", g.op("IsNaN", weights), g.scalar(0), weights)
    return merge(g, g.op("MatMul", weights, value), batch, tokens, count * (value_size or size))


def merge(g, x, batch, tokens, width):
    """Batch, heads, tokens, size back to batch, tokens, heads × size."""
    turned = g.op("Transpose", x, perm=[0, 2, 1, 3])
    return g.op("Reshape", turned, g.integers(batch, tokens, width))


def multi_head(g, x, source, hidden, count, tokens, source_tokens, *, mask=None, guard=False,
               bias=(True, True, True, True), scale_query=False, batch=1, source_width=None,
               reshapes_values=False):
    """Attention with as many keys as queries: of an encoder, of a decoder, or between the two.

    `bias`: whether the products for query, key, value and output have one. `scale_query`: the query
    is scaled by itself, beforehand. `reshapes_values`: the exporter's graph keeps one Reshape more.
    """
    size = hidden // count
    width = source_width or hidden
    query = linear(g, x, "q_proj", hidden, hidden, bias[0])
    if scale_query:
        query = g.op("Mul", query, g.scalar(size ** -0.5))
    key = linear(g, source, "k_proj", width, hidden, bias[1])
    value = linear(g, source, "v_proj", width, hidden, bias[2])
    query = heads(g, query, batch, tokens, count, size)
    key = heads(g, key, batch, source_tokens, count, size)
    value = heads(g, value, batch, source_tokens, count, size)
    if reshapes_values:
        value = g.op("Reshape", value, g.integers(batch, count, source_tokens, size))
    attended = product(
        g, query, key, value, (batch, count, tokens, size), mask=mask, guard=guard,
        scaled=not scale_query, keys=source_tokens)
    return linear(g, attended, "o_proj", hidden, hidden, bias[3])
