"""BERT: an encoder of text with learned positions."""

from onnx import TensorProto

from architectures import attention
from architectures.graph import Graph
from architectures.layers import gemm, layer_norm, plain

LAYERS, HIDDEN, HEADS, INNER, VOCABULARY, POSITIONS = 12, 768, 12, 3072, 30522, 512
TOKENS = 128
EPSILON = 1e-12


def build(layers=None):
    """BERT-Base with its pooler; google-research/bert@eedf571, README.md and modeling.py."""
    g = Graph("bert-base", opset=20)
    tokens = g.input("input_ids", [1, TOKENS], TensorProto.INT64)
    mask = g.input("attention_mask", [1, TOKENS], TensorProto.INT64)
    positions = g.table("position_ids", 1, TOKENS, dtype=TensorProto.INT64)
    kinds = g.table("token_type_ids", 1, POSITIONS, dtype=TensorProto.INT64)
    kinds = g.op("GatherElements", kinds, positions, axis=1)
    words = g.op("Gather", g.weight("word_embeddings", VOCABULARY, HIDDEN), tokens)
    kinds = g.op("Gather", g.weight("token_type_embeddings", 2, HIDDEN), kinds)
    places = g.op("Gather", g.weight("position_embeddings", POSITIONS, HIDDEN), positions)
    x = g.op("Add", g.op("Add", words, kinds), places)
    x = layer_norm(g, x, "norm", HIDDEN, EPSILON)
    mask = attention.padding_mask(g, mask, 1, TOKENS, "full")
    for index in range(layers or LAYERS):
        with g.scope(index):
            y = attention.multi_head(
                g, x, x, HIDDEN, HEADS, TOKENS, TOKENS, mask=mask, guard=True)
            x = layer_norm(g, g.op("Add", y, x), "attention_norm", HIDDEN, EPSILON)
            y = plain(g, x, HIDDEN, INNER)
            x = layer_norm(g, g.op("Add", y, x), "output_norm", HIDDEN, EPSILON)
    first = g.op("Gather", x, g.scalar(0, TensorProto.INT64), axis=1)
    pooled = g.op("Tanh", gemm(g, first, "pooler", HIDDEN, HIDDEN))
    g.output(x, "last_hidden_state", [1, TOKENS, HIDDEN])
    g.output(pooled, "pooler_output", [1, HIDDEN])
    return g
