"""Whisper: an encoder of spectrograms and a decoder of text that attends to it."""

from onnx import TensorProto

from architectures import attention
from architectures.graph import Graph
from architectures.layers import layer_norm, plain

LAYERS, HIDDEN, HEADS, INNER, VOCABULARY, MELS = 32, 1280, 20, 5120, 51866, 128
FRAMES, POSITIONS, TOKENS = 1500, 448, 128


def build(layers=None):
    """Whisper large-v3 without the output product; openai/whisper@c0d2f62, whisper/model.py."""
    g = Graph("whisper-large-v3", opset=20)
    sound = g.input("input_features", [1, MELS, 2 * FRAMES])
    tokens = g.input("decoder_input_ids", [1, TOKENS], TensorProto.INT64)
    heard = encoder(g, sound, layers or LAYERS)
    x = g.op("Gather", g.weight("decoder.embed_tokens", VOCABULARY, HIDDEN), tokens)
    # The exporter keeps the rows that the fixed number of tokens needs.
    x = g.op("Add", x, g.weight("decoder.embed_positions", 1, TOKENS, HIDDEN))
    mask = g.table("causal_mask", 1, 1, TOKENS, TOKENS)
    for index in range(layers or LAYERS):
        with g.scope(f"decoder.{index}"):
            y = layer_norm(g, x, "self_norm", HIDDEN)
            with g.scope("self"):
                x = g.op("Add", x, attend(g, y, y, TOKENS, TOKENS, mask))
            y = layer_norm(g, x, "cross_norm", HIDDEN)
            with g.scope("cross"):
                x = g.op("Add", x, attend(g, y, heard, TOKENS, FRAMES))
            y = plain(g, layer_norm(g, x, "output_norm", HIDDEN), HIDDEN, INNER)
            x = g.op("Add", x, y)
    with g.scope("decoder"):
        x = layer_norm(g, x, "norm", HIDDEN)
    g.output(x, "last_hidden_state", [1, TOKENS, HIDDEN])
    return g


def encoder(g, sound, layers):
    with g.scope("encoder"):
        x = convolution(g, sound, "conv1", MELS, 1)
        x = convolution(g, x, "conv2", HIDDEN, 2)
        x = g.op("Transpose", x, perm=[0, 2, 1])
        x = g.op("Add", x, g.weight("embed_positions", 1, FRAMES, HIDDEN))
    for index in range(layers):
        with g.scope(f"encoder.{index}"):
            y = layer_norm(g, x, "self_norm", HIDDEN)
            x = g.op("Add", x, attend(g, y, y, FRAMES, FRAMES))
            y = plain(g, layer_norm(g, x, "output_norm", HIDDEN), HIDDEN, INNER)
            x = g.op("Add", x, y)
    with g.scope("encoder"):
        return layer_norm(g, x, "norm", HIDDEN)


def convolution(g, x, name, channels, stride):
    y = g.op("Conv", x, g.weight(f"{name}.weight", HIDDEN, channels, 3),
             g.weight(f"{name}.bias", HIDDEN), kernel_shape=[3], strides=[stride], pads=[1, 1])
    return g.op("Gelu", y)


def attend(g, x, source, tokens, source_tokens, mask=None):
    return attention.multi_head(
        g, x, source, HIDDEN, HEADS, tokens, source_tokens, mask=mask, guard=mask is not None,
        bias=(True, False, True, True), scale_query=True, reshapes_values=True)
