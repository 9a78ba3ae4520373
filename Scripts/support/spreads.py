"""How far the changes of a task spread, from the history of porting changes.

Effort is known in whole days with commits, an upper bound of the full days that a change took. So d days
are read as more than d - 1 and at most d full days of 5 h, with nothing known of where between: a change
counts for the share of its day that lies in an interval. Taken at its face value, d times 5 h, most
changes of a kind would be the one number 5 h, and every interval would hold nearly all or hardly any.

A task's effort is taken as log-normal with the mean of its hours. Its spread is the least standard
deviation of the logarithm with which the interval from P10 to P90 holds 80 % of the changes, or the one
that holds most where none does. Hours that rest on the size of code alone disagree with commit days in
level, since finished kernels are published at once: there the spread reaches from the mean, which size
gives, down to the P10 of commit days, so that the interval covers both readings.
"""

import collections
import csv
import math
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EVIDENCE = ROOT / "Rules/evidence/effort"
SHARE = 0.8
# Fewer changes than this tell nothing of a spread.
LEAST = 15
Z10, Z50, Z80, Z90 = -1.2815515655, 0, 0.8416212336, 1.2815515655

# Kinds of work in the histories that stand behind a task.
KINDS = {
    "I1": ["importer_extend_fix"],
    "I2": ["importer_mapping"],
    "I3": ["importer_plus_ref_op"],
    "K1": ["dtype_extension"],
    "B1": ["native_binding_vendor_lib"],
    "T1": ["triton_new_op"],
    "T2": ["triton_vendor_specialise"],
    "N1": ["native_kernel_port", "native_kernel_new_op", "native_kernel_gpu"],
    "N2": ["native_kernel_ascendc_new_op"],
    "V2": ["op_fix"],
    "V3": ["accuracy_alignment_fix"],
    "E1": ["model_enable"],
    "P1": ["perf_tuning"],
}
# Routes of class_stats.csv that stand behind tasks by class, and the names of classes that differ there.
CLASS_ROUTES = {"T1": "triton", "N1": "native", "N2": "native_kernel_ascendc_new_op"}
CLASS_NAMES = {"norm": "normalization", "pool": "pooling", "optimizer_loss": "loss_optimizer"}

Change = collections.namedtuple("Change", "kind repository date days")


def rows(name):
    with open(EVIDENCE / name, newline="") as file:
        return list(csv.DictReader(file))


def parameter(name):
    return next(float(row["value"]) for table in ("parameters.csv", "parameters_estimation.csv")
                for row in rows(table) if row["parameter"] == name)


HOURS_A_DAY = parameter("hours_per_commit_day_likely")


def history():
    """The changes with commit days, by task."""
    tasks = {kind: task for task, kinds in KINDS.items() for kind in kinds}
    changes = {task: [] for task in KINDS}
    for row in rows("porting_history.csv"):
        if row["active_days"] and row["work_kind"] in tasks:
            changes[tasks[row["work_kind"]]].append(
                Change(row["work_kind"], row["repo"], row["merge_date"], int(row["active_days"])))
    return changes


def changes_by_class():
    """The changes with commit days behind a task's hours, by task and class."""
    tasks = {route: task for task, route in CLASS_ROUTES.items()}
    return {(tasks[row["route"]], CLASS_NAMES.get(row["op_class"], row["op_class"])):
            int(row["n_with_branch"]) for row in rows("class_stats.csv") if row["route"] in tasks}


def levels():
    """Mean and PERT deviation of each task in hours; by class, weighted as classes are in the history."""
    weights = changes_by_class()
    sums = {}
    for row in rows("task_hours.csv"):
        key = row["task_id"]
        low, likely, high = (float(row[f"{end}_h"]) for end in ("optimistic", "likely", "pessimistic"))
        weight = weights.get((key, row["op_class"]), 0) if key in CLASS_ROUTES else 1
        mean, deviation, total = sums.get(key, (0, 0, 0))
        sums[key] = (mean + weight * (low + 4 * likely + high) / 6,
                     deviation + weight * (high - low) / 6, total + weight)
    return {key: (mean / total, deviation / total) for key, (mean, deviation, total) in sums.items()}


def by_size():
    """Tasks whose hours rest on the size of code alone."""
    return {row["task_id"] for row in rows("task_hours.csv") if row["basis"].startswith("measured size")}


def interval(mean, spread):
    """P10 and P90 of the log-normal with a mean and a deviation of its logarithm."""
    return tuple(mean * math.exp(z * spread - spread * spread / 2) for z in (Z10, Z90))


def held(days, ends):
    """The share of changes within an interval of hours."""
    inside = 0
    for count in days:
        low, high = (count - 1) * HOURS_A_DAY, count * HOURS_A_DAY
        inside += max(0, min(high, ends[1]) - max(low, ends[0])) / HOURS_A_DAY
    return inside / len(days)


def held_at_face_value(days, ends):
    """The same with each change at the full hours of its days."""
    return sum(ends[0] <= count * HOURS_A_DAY <= ends[1] for count in days) / len(days)


def lower_end(days, share):
    """The hours that a share of the changes stays below."""
    counts = collections.Counter(days)
    left = share * len(days)
    for count in sorted(counts):
        if left <= counts[count]:
            return (count - 1 + left / counts[count]) * HOURS_A_DAY
        left -= counts[count]
    return max(days) * HOURS_A_DAY


def fit(days, mean, is_by_size=False):
    """The spread of changes about a mean."""
    if is_by_size:
        # mean * exp(-z s - s^2 / 2) = lower end
        distance = math.log(mean / lower_end(days, 0.1))
        return round(math.sqrt(Z90 * Z90 + 2 * distance) - Z90, 2)
    best = (0.0, 0.0)
    for step in range(10, 301):
        share = held(days, interval(mean, step / 100))
        if share >= SHARE:
            return step / 100
        best = max(best, (share, -step / 100))
    return -best[1]
