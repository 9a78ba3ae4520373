"""The table of facts: sizes of the decoders, each with its source."""

import csv
import types

from support import environment

FOLDER = environment.ROOT / "Fixtures/architectures"
TEXTS = {"fixture", "model", "profile", "activation", "qkv_bias", "qk_norm"}


def rows(name):
    with open(FOLDER / name, newline="") as file:
        return list(csv.DictReader(file))


def decoders():
    """One namespace a decoder; an empty cell is None."""
    return [types.SimpleNamespace(**{key: value(key, cell) for key, cell in row.items()})
            for row in rows("decoders.csv")]


def value(key, cell):
    if key in TEXTS or key.startswith("source_"):
        return cell == "True" if cell in ("True", "False") else cell
    if not cell:
        return None
    return float(cell) if "." in cell or "e" in cell else int(cell)


def profiles():
    """Profile to operator to number of nodes."""
    result = {}
    for row in rows("profiles.csv"):
        result.setdefault(row["profile"], {})[row["operator"]] = int(row["nodes"])
    return result


def differences():
    """(fixture, operator) to the nodes more or fewer than in the profile's graph of two layers."""
    return {(row["fixture"], row["operator"]): int(row["nodes"]) for row in rows("differences.csv")}


def genai_operators():
    """Names of the operators that onnxruntime-genai's builder writes."""
    return {row["operator"] for row in rows("genai-operators.csv")}
