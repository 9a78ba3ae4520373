#!/usr/bin/env python3
"""Judges a zoo on a Ray cluster and puts the parts together.

    ray_zoo.py zoo/ --parts 16 --output zoo.xml -- --target ascend-cann

The models and the regauge binary must be at the same paths on every machine; the parts come back
through Ray. A task that is lost is run again. Options of the gate go to `regauge report merge`.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import ray


@ray.remote(max_retries=3)
def judge(regauge, models, index, count, options):
    """The report of one part, as XML."""
    with tempfile.TemporaryDirectory() as folder:
        part = pathlib.Path(folder, "part.xml")
        run = subprocess.run(
            [regauge, "check", models, "--quiet", "--shard", f"{index}/{count}",
             "-o", f"xml={part}", *options],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        # Findings (1) and unreadable models (3) are in the report.
        if run.returncode not in (0, 1, 3):
            raise RuntimeError(f"part {index}/{count}: {run.stderr.strip()}")
        return part.read_bytes()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models")
    parser.add_argument("--parts", type=int, default=8)
    parser.add_argument("--output", default="report.xml", metavar="FILE")
    parser.add_argument("--regauge", default="regauge", metavar="FILE")
    parser.add_argument("--address", help="of a cluster (default: this machine)")
    parser.add_argument("options", nargs="*", help="of regauge check, after --")
    given = parser.parse_args()

    ray.init(address=given.address, log_to_driver=False, include_dashboard=False)
    parts = ray.get([judge.remote(given.regauge, given.models, index, given.parts, given.options)
                     for index in range(1, given.parts + 1)])
    ray.shutdown()
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for index, part in enumerate(parts, 1):
            files.append(pathlib.Path(folder, f"{index}.xml"))
            files[-1].write_bytes(part)
        merge = [given.regauge, "report", "merge", *files, "-o", f"xml={given.output}"]
        sys.exit(subprocess.run(merge, check=False).returncode)


if __name__ == "__main__":
    main()
