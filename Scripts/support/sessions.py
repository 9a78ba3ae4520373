"""What other runtimes make of a model on the CPU. A crash or a hang loses one model only."""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import threading

from support import environment

# The slowest corpus model needs under a second; only a hang takes this long.
SECONDS_PER_MODEL = 60


def complaints(paths):
    """Why no session was created, for each path; empty when one was."""
    return answers("complaint", paths, "ONNX Runtime crashed or hung")


def openvino_complaints(paths):
    """Why OpenVINO did not read or compile the model, for each path; empty when it did."""
    workers = os.cpu_count() or 1
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        parts = [paths[first::workers] for first in range(workers)]
        tasks = [pool.submit(answers, "openvino", part, "OpenVINO crashed or hung")
                 for part in parts]
    return {path: said for task in tasks for path, said in task.result().items()}


def outputs(paths):
    """The types of the outputs computed from each model's own inputs; None when nothing ran."""
    return answers("produced", paths, None)


def answers(task, paths, when_it_died):
    result = {}
    waiting = list(paths)
    while waiting:
        answered = ask(task, waiting) or [when_it_died]
        result.update(zip(waiting, answered))
        waiting = waiting[len(answered):]
    return result


def ask(task, paths):
    """What one process says until it dies: at most one answer a path."""
    process = subprocess.Popen(
        [sys.executable, "-m", "support.sessions", task, *map(str, paths)],
        cwd=environment.ROOT / "Scripts", env=os.environ | locale_variables(),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    answered = []
    while True:
        watchdog = threading.Timer(SECONDS_PER_MODEL, process.kill)
        watchdog.start()
        line = process.stdout.readline()
        watchdog.cancel()
        if not line.endswith("\n"):
            process.wait()
            return answered
        answered.append(json.loads(line))


def locale_variables():
    """StringNormalizer wants the locale en_US.UTF-8, which Debian may lack: lend it C.UTF-8."""
    plain = pathlib.Path("/usr/lib/locale/C.utf8")
    if not plain.is_dir():
        return {}
    folder = environment.CACHE / "locale"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "en_US.UTF-8").exists():
        (folder / "en_US.UTF-8").symlink_to(plain)
    return {"LOCPATH": str(folder)}


def session(path):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def complaint(path):
    try:
        session(path)
    except Exception as failure:  # ONNX Runtime's exceptions share no narrower base class.
        return " ".join(str(failure).replace(path, "the model").split())
    return ""


def openvino_complaint(path):
    import openvino

    core = openvino.Core()
    core.set_property("CPU", {"INFERENCE_NUM_THREADS": 1})
    try:
        core.compile_model(core.read_model(path), "CPU")
    except Exception as failure:  # OpenVINO raises RuntimeError and subclasses of its own.
        return " ".join(str(failure).replace(path, "the model").split())
    return ""


def produced(path):
    """Output name to type, as in Regauge's reports."""
    from support import datasets

    try:
        running = session(path)
        inputs = datasets.inputs(path)
        if all(datasets.is_plain(value) for value in inputs.values()):
            feed = {name: datasets.ort_value(value) for name, value in inputs.items()}
            values = running.run_with_ort_values(None, feed)
        else:
            feed = {name: datasets.python_value(value) for name, value in inputs.items()}
            values = running.run(None, feed)
    except Exception:  # No session, no data set, or a failure while it ran.
        return None
    return {output.name: datasets.described(value)
            for output, value in zip(running.get_outputs(), values)}


def main():
    tasks = {"complaint": complaint, "openvino": openvino_complaint, "produced": produced}
    task = tasks[sys.argv[1]]
    for path in sys.argv[2:]:
        print(json.dumps(task(path)), flush=True)


if __name__ == "__main__":
    main()
