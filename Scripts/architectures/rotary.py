"""Rotation of queries and keys by their positions, in the three layouts that models use."""


def halves(g, x, size, cosine, sine):
    """Pairs element i with element i + size / 2; the angles stand twice in each row."""
    first = g.op("Slice", x, g.integers(0), g.integers(size // 2), g.integers(3))
    second = g.op("Slice", x, g.integers(size // 2), g.integers(size), g.integers(3))
    turned = g.op("Concat", g.op("Neg", second), first, axis=-1)
    return g.op("Add", g.op("Mul", x, cosine), g.op("Mul", turned, sine))


def pairs(g, x, shape, turning, cosine, sine):
    """Pairs neighbours, in the first `turning` elements of each head; the rest passes."""
    batch, count, tokens, size = shape
    turns = g.op("Slice", x, g.integers(0), g.integers(turning), g.integers(3))
    passes = g.op("Slice", x, g.integers(turning), g.integers(size), g.integers(3))
    even, odd = neighbours(g, turns, turning)
    stacked = [g.op("Unsqueeze", each, g.integers(-1)) for each in (g.op("Neg", odd), even)]
    turned = g.op("Reshape", g.op("Concat", *stacked, axis=-1),
                  g.integers(batch, count, tokens, turning))
    rotated = g.op("Add", g.op("Mul", turns, cosine), g.op("Mul", turned, sine))
    return g.op("Concat", rotated, passes, axis=-1)


def complex_pairs(g, x, size, cosine, sine):
    """Multiplies neighbours as real and imaginary parts; the two parts come out one after another."""
    even, odd = neighbours(g, x, size)
    real = g.op("Sub", g.op("Mul", even, cosine), g.op("Mul", odd, sine))
    imaginary = g.op("Add", g.op("Mul", even, sine), g.op("Mul", odd, cosine))
    return g.op("Concat", real, imaginary, axis=-1)


def neighbours(g, x, size):
    """The elements with even and those with odd index of the last axis."""
    axis, step = g.integers(3), g.integers(2)
    even = g.op("Slice", x, g.integers(0), g.integers(size), axis, step)
    return even, g.op("Slice", x, g.integers(1), g.integers(size), axis, step)
