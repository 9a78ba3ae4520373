"""Where things are, the pinned Python, and the tool under test. Standard library only."""

import argparse
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
CORPUS = CACHE / "corpus"


def use_pinned_python(name=None):
    """Starts the running script anew under the Python of Scripts/python-env."""
    command = [ROOT / "Scripts/python-env"] + ([name] if name else [])
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if run.returncode:
        sys.exit(f"{sys.argv[0]}: the Python packages could not be installed")
    python = run.stdout.strip()
    if pathlib.Path(sys.prefix) != pathlib.Path(python).parents[1]:
        os.execv(python, [python, *sys.argv])


def arguments(description):
    """An argument parser with the option that all oracles share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--regauge", metavar="FILE", help="the binary to try (default: build it)")
    return parser


def tool(options):
    """The path of the regauge binary, built first unless the user named one."""
    if options.regauge:
        return pathlib.Path(options.regauge).resolve()
    subprocess.run([ROOT / "Scripts/regauge", "--version"], check=True, stdout=subprocess.DEVNULL)
    return ROOT / ".build/release/regauge"


def report(binary, *words, allowed=(0, 1, 3)):
    """Runs regauge with a JSON report on standard output; 1 and 3 are findings, not failures."""
    command = [binary, *map(str, words), "-o", "json=-"]
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if run.returncode not in allowed:
        said = run.stderr[-4000:]
        sys.exit(f"{' '.join(map(str, command))}\nended with {run.returncode}:\n{said}")
    return json.loads(run.stdout)


def require_corpus():
    """Downloads and writes the corpus unless it is there."""
    subprocess.run([ROOT / "Scripts/corpus"], check=True, stdout=sys.stderr)


def models(*folders):
    """Every .onnx file below the corpus folders, in a fixed order."""
    return sorted(path for folder in folders for path in (CORPUS / folder).rglob("*.onnx"))
