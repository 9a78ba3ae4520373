"""The UNet of Stable Diffusion XL: residual blocks, and transformers over the pixels of a level."""

from onnx import TensorProto

from architectures import attention
from architectures.graph import Graph
from architectures.layers import activate, gemm, layer_norm, linear

# Channels of each level, residual blocks a level, depth of the transformers of each level.
LEVELS, BLOCKS, DEPTHS = (320, 640, 1280), 2, (0, 2, 10)
# The same for the small model of the profile.
SMALL_LEVELS, SMALL_BLOCKS, SMALL_DEPTHS = (320, 640), 1, (0, 2)
HEAD, LATENT, CONTEXT, WORDS, POOLED, TIMES, TIME_WIDTH = 64, 128, 2048, 77, 1280, 6, 256
GROUPS = 32


def build(layers=None):
    """SDXL base, 1024 × 1024; Stability-AI/generative-models@0ad7de9, configs/inference/sd_xl_base.yaml.

    With `layers`, the small model of the profile.
    """
    levels, blocks, depths = (
        (SMALL_LEVELS, SMALL_BLOCKS, SMALL_DEPTHS) if layers else (LEVELS, BLOCKS, DEPTHS))
    g = Graph("sdxl-unet", opset=20)
    x = g.input("sample", [1, 4, LATENT, LATENT])
    step = g.input("timestep", [1], TensorProto.INT64)
    words = g.input("encoder_hidden_states", [1, WORDS, CONTEXT])
    pooled = g.input("text_embeds", [1, POOLED])
    sizes = g.input("time_ids", [1, TIMES])
    time = times(g, step, pooled, sizes, levels[0])
    x = convolution(g, x, "conv_in", 4, levels[0], 3)
    kept, size = [(x, levels[0])], LATENT
    width = levels[0]
    for level, (channels, depth) in enumerate(zip(levels, depths)):
        for block in range(blocks):
            with g.scope(f"down.{level}.{block}"):
                x = stage(g, x, time, words, width, channels, size, depth)
            width = channels
            kept.append((x, width))
        if level + 1 < len(levels):
            x = convolution(g, x, f"down.{level}.sampler", width, width, 3, stride=2)
            size //= 2
            kept.append((x, width))
    with g.scope("middle.0"):
        x = stage(g, x, time, words, width, width, size, depths[-1])
    with g.scope("middle.1"):
        x = residual(g, x, time, width, width, size)
    for level in reversed(range(len(levels))):
        for block in range(blocks + 1):
            skip, more = kept.pop()
            with g.scope(f"up.{level}.{block}"):
                x = g.op("Concat", x, skip, axis=1)
                x = stage(g, x, time, words, width + more, levels[level], size, depths[level])
            width = levels[level]
        if level:
            size *= 2
            x = doubled(g, x, width, size)
            x = convolution(g, x, f"up.{level}.sampler", width, width, 3)
    x = activate(g, group_norm(g, x, "norm_out", width, size), "silu")
    g.output(convolution(g, x, "conv_out", width, 4, 3), "out_sample", [1, 4, LATENT, LATENT])
    return g


def doubled(g, x, width, size):
    return g.op("Resize", x, "", "", g.integers(1, width, size, size), mode="nearest",
                coordinate_transformation_mode="asymmetric", nearest_mode="floor")


def convolution(g, x, name, inputs, outputs, kernel, stride=1):
    return g.op("Conv", x, g.weight(f"{name}.weight", outputs, inputs, kernel, kernel),
                g.weight(f"{name}.bias", outputs), kernel_shape=[kernel, kernel],
                strides=[stride, stride], pads=[kernel // 2] * 4)


def times(g, step, pooled, sizes, width):
    """The step of the diffusion, the sizes of the image and the text as a whole, in one vector."""
    inner = 4 * width
    step = g.op("Cast", step, to=TensorProto.FLOAT)
    vector = perceptron(g, waves(g, step, width), "time", width, inner)
    sizes = waves(g, g.op("Reshape", sizes, g.integers(TIMES)), TIME_WIDTH)
    sizes = g.op("Reshape", sizes, g.integers(1, TIMES * TIME_WIDTH))
    both = g.op("Concat", pooled, sizes, axis=-1)
    more = perceptron(g, both, "add", POOLED + TIMES * TIME_WIDTH, inner)
    return activate(g, g.op("Add", vector, more), "silu"), inner


def waves(g, x, width):
    """Cosines and sines of a number at many frequencies."""
    angles = g.op("Mul", g.op("Unsqueeze", x, g.integers(1)),
                  g.table(f"frequencies_{width}", 1, width // 2))
    both = g.op("Concat", g.op("Sin", angles), g.op("Cos", angles), axis=-1)
    cosines = g.op("Slice", both, g.integers(width // 2), g.integers(width), g.integers(1))
    sines = g.op("Slice", both, g.integers(0), g.integers(width // 2), g.integers(1))
    return g.op("Concat", cosines, sines, axis=-1)


def perceptron(g, x, name, inputs, inner):
    y = activate(g, gemm(g, x, f"{name}_embedding.1", inputs, inner), "silu")
    return gemm(g, y, f"{name}_embedding.2", inner, inner)


def group_norm(g, x, name, channels, size):
    """Normal by groups of channels: as instances of one long axis, then scaled by channel."""
    flat = g.op("Reshape", x, g.integers(1, GROUPS, -1))
    normal = g.op("InstanceNormalization", flat, g.table("group_ones", GROUPS),
                  g.table("group_zeros", GROUPS), epsilon=1e-5)
    whole = g.op("Reshape", normal, g.integers(1, channels, size, size))
    scaled = g.op("Mul", whole, g.weight(f"{name}.weight", channels, 1, 1))
    return g.op("Add", scaled, g.weight(f"{name}.bias", channels, 1, 1))


def residual(g, x, time, inputs, outputs, size):
    vector, width = time
    y = activate(g, group_norm(g, x, "norm1", inputs, size), "silu")
    y = convolution(g, y, "conv1", inputs, outputs, 3)
    shift = g.op("Unsqueeze", gemm(g, vector, "time", width, outputs), g.integers(2, 3))
    y = g.op("Add", y, shift)
    y = activate(g, group_norm(g, y, "norm2", outputs, size), "silu")
    y = convolution(g, y, "conv2", outputs, outputs, 3)
    if inputs != outputs:
        x = convolution(g, x, "shortcut", inputs, outputs, 1)
    return g.op("Add", x, y)


def stage(g, x, time, words, inputs, outputs, size, depth):
    x = residual(g, x, time, inputs, outputs, size)
    return transformer(g, x, words, outputs, size, depth) if depth else x


def transformer(g, x, words, channels, size, depth):
    """Pixels as tokens: self-attention, attention to the words, a gated layer, `depth` times."""
    pixels = size * size
    y = group_norm(g, x, "norm", channels, size)
    y = g.op("Transpose", y, perm=[0, 2, 3, 1])
    y = linear(g, g.op("Reshape", y, g.integers(1, pixels, channels)), "proj_in", channels, channels,
               bias=True)
    for index in range(depth):
        with g.scope(index):
            y = block(g, y, words, channels, pixels)
    y = linear(g, y, "proj_out", channels, channels, bias=True)
    y = g.op("Reshape", y, g.integers(1, size, size, channels))
    return g.op("Add", g.op("Transpose", y, perm=[0, 3, 1, 2]), x)


def block(g, x, words, channels, pixels):
    def attend(x, source, tokens, width):
        return attention.multi_head(
            g, x, source, channels, channels // HEAD, pixels, tokens, source_width=width,
            bias=(False, False, False, True))

    y = layer_norm(g, x, "norm1", channels)
    with g.scope("self"):
        x = g.op("Add", attend(y, y, pixels, channels), x)
    y = layer_norm(g, x, "norm2", channels)
    with g.scope("cross"):
        x = g.op("Add", attend(y, words, WORDS, CONTEXT), x)
    y = linear(g, layer_norm(g, x, "norm3", channels), "ff1", channels, 8 * channels, bias=True)
    y, gate = g.op("Split", y, count=2, axis=-1, num_outputs=2)
    y = g.op("Mul", y, activate(g, gate, "gelu"))
    return g.op("Add", linear(g, y, "ff2", 4 * channels, channels, bias=True), x)
