"""ViT: an encoder of images by patches."""

from onnx import TensorProto

from architectures import attention
from architectures.graph import Graph
from architectures.layers import gemm, layer_norm, plain

LAYERS, HIDDEN, HEADS, INNER, PATCH, IMAGE = 12, 768, 12, 3072, 16, 224
TOKENS = (IMAGE // PATCH) ** 2 + 1
EPSILON = 1e-12


def build(layers=None):
    """ViT-B/16 with a pooler; google-research/vision_transformer@c6de1e5, vit_jax/configs/models.py."""
    g = Graph("vit-b16", opset=20)
    image = g.input("pixel_values", [1, 3, IMAGE, IMAGE])
    patches = g.op(
        "Conv", image, g.weight("patch.weight", HIDDEN, 3, PATCH, PATCH),
        g.weight("patch.bias", HIDDEN), kernel_shape=[PATCH, PATCH], strides=[PATCH, PATCH])
    patches = g.op("Reshape", patches, g.integers(1, HIDDEN, TOKENS - 1))
    patches = g.op("Transpose", patches, perm=[0, 2, 1])
    x = g.op("Concat", g.weight("cls_token", 1, 1, HIDDEN), patches, axis=1)
    x = g.op("Add", x, g.weight("position_embeddings", 1, TOKENS, HIDDEN))
    # PyTorch adds a mask that hides nothing.
    mask = g.table("full_mask", 1, 1, TOKENS, TOKENS)
    for index in range(layers or LAYERS):
        with g.scope(index):
            y = layer_norm(g, x, "attention_norm", HIDDEN, EPSILON)
            y = attention.multi_head(
                g, y, y, HIDDEN, HEADS, TOKENS, TOKENS, mask=mask, guard=True)
            x = g.op("Add", y, x)
            y = plain(g, layer_norm(g, x, "output_norm", HIDDEN, EPSILON), HIDDEN, INNER)
            x = g.op("Add", y, x)
    x = layer_norm(g, x, "norm", HIDDEN, EPSILON)
    first = g.op("Gather", x, g.scalar(0, TensorProto.INT64), axis=1)
    pooled = g.op("Tanh", gemm(g, first, "pooler", HIDDEN, HIDDEN))
    g.output(x, "last_hidden_state", [1, TOKENS, HIDDEN])
    g.output(pooled, "pooler_output", [1, HIDDEN])
    return g
