#!/usr/bin/env bash
# A zoo as a job array; another job puts the parts together:
#   job=$(sbatch --parsable --array=1-8 Examples/slurm.sh zoo/ parts)
#   sbatch --dependency="afterany:$job" --wrap "regauge report merge parts/*.xml -o junit=zoo.xml"
#SBATCH --job-name=regauge
#SBATCH --cpus-per-task=4
#SBATCH --mem=2G
#SBATCH --time=01:00:00
set -euo pipefail
models=$1
parts=$2
mkdir -p "$parts"
status=0
regauge check "$models" --quiet --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
  -o "xml=$parts/$SLURM_ARRAY_TASK_ID.xml" || status=$?
# Findings (1) and unreadable models (3) are in the report; anything else is a failure of the job.
((status == 0 || status == 1 || status == 3)) || exit "$status"
