#!/usr/bin/python3
"""The lagged network of simulated data with truth, beside correlations.

    bench/networks.py DIR [--sets FN4,CN5,FN8,Trees5,Trees10] [--runs 1-10] [--json FILE]

DIR holds SET/runR.h5ad and SET/truthR.csv (Gene1, Gene2, Type) of the sets published with CARDAMOM. Candidates
are all ordered pairs of different genes whose second one is no stimulus; the rank is that of |score|, ties count half.
Intervals are Student's t over the runs. One command line each, without draws and shuffles.
"""

import argparse
import csv
import json
import os
import subprocess
import tempfile

import anndata
import numpy as np
import scipy.stats

SETS = ["FN4", "CN5", "FN8", "Trees5", "Trees10"]
STIMULUS = "stimulus"
METHODS = {"lagged": "score", "correlation": "correlation", "correlation within": "correlation_within"}
# Average precision as its authors published it, mean of the same ten runs.
PUBLISHED = {
    "GENIE3": [0.54, 0.62, 0.34, 0.58, 0.43],
    "Reference Fitting": [0.61, 0.41, 0.54, 0.86, 0.53],
    "CARDAMOM": [0.98, 0.85, 0.72, 0.89, 0.72],
    "CardamomOT": [1.00, 1.00, 0.74, 0.98, 0.81],
}


def effects_of(program, path, *options):
    """Per method the signed value of each (source, target)."""
    with tempfile.TemporaryDirectory(prefix="cellmnn-networks-") as folder:
        table = os.path.join(folder, "edges.tsv")
        once = ["--draws", "0", "--shuffles", "0", "--threads", "1", "--quiet", *options]
        subprocess.run([program, "network", path, "-o", table, *once], check=True, stdout=subprocess.DEVNULL)
        with open(table) as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    return {
        method: {(row["source"], row["target"]): float(row[column] or 0) for row in rows}
        for method, column in METHODS.items()
    }


def read_truth(path):
    with open(path) as file:
        rows = [row for row in csv.DictReader(file) if row["Gene1"] != row["Gene2"]]
    return {(row["Gene1"], row["Gene2"]): 1 if row["Type"] == "+" else -1 for row in rows}


def average_precision(values, is_true):
    """The mean precision at each true one; of those that tie, as if they came in the middle of their tie."""
    total = 0.0
    for value in values[is_true]:
        above, tied = values > value, values == value
        ranks = above.sum() + (tied.sum() + 1) / 2
        total += (is_true[above].sum() + (is_true[tied].sum() + 1) / 2) / ranks
    return total / is_true.sum()


def auroc(values, is_true):
    ranks = scipy.stats.rankdata(values)
    positives, negatives = is_true.sum(), (~is_true).sum()
    return (ranks[is_true].sum() - positives * (positives + 1) / 2) / (positives * negatives)


def scores(effects, truth, genes):
    pairs = [(a, b) for a in genes for b in genes if a != b and b != STIMULUS]
    values = np.array([effects.get(pair, 0.0) for pair in pairs])
    sign = np.array([truth.get(pair, 0) for pair in pairs])
    size, is_true = np.abs(values), sign != 0
    first = np.argsort(-size, kind="stable")[: is_true.sum()]
    return {
        "AP": average_precision(size, is_true),
        "AUROC": auroc(size, is_true),
        "signed AUROC": auroc(np.concatenate([values, -values]), np.concatenate([sign > 0, sign < 0])),
        "early precision": is_true[first].mean(),
        "right signs": (np.sign(values) == sign)[is_true].mean(),
    }


def interval(values):
    values = np.asarray(values, float)
    if len(values) < 2:
        return f"{values.mean():.3f}"
    half = scipy.stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return f"{values.mean():.3f} +- {half:.3f}"


def run_list(text):
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def report(results, sets):
    for measure in next(iter(results.values()))[0]:
        print(f"\n{measure}, mean over the runs with 95 % interval\n\n| method | {' | '.join(sets)} | mean |")
        print("|---" * (len(sets) + 2) + "|")
        for method in METHODS:
            of = [[run[measure] for run in results[name, method]] for name in sets]
            print(f"| {method} | {' | '.join(map(interval, of))} | {np.mean([np.mean(runs) for runs in of]):.3f} |")
        if measure == "AP" and sets == SETS:
            for method, published in PUBLISHED.items():
                cells = " | ".join(f"{value:.2f}" for value in published)
                print(f"| {method}, published | {cells} | {np.mean(published):.3f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--program", default=os.path.join(os.path.dirname(__file__), "../build/native/bin/cellmnn"))
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--runs", default="1-10", type=run_list)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    sets = arguments.sets.split(",")
    results = {(name, method): [] for name in sets for method in METHODS}
    for name in sets:
        for run in arguments.runs:
            path = os.path.join(arguments.folder, name, f"run{run}.h5ad")
            genes = list(anndata.read_h5ad(path, backed="r").var_names)
            truth = read_truth(os.path.join(arguments.folder, name, f"truth{run}.csv"))
            for method, effects in effects_of(os.path.abspath(arguments.program), path).items():
                results[name, method].append(scores(effects, truth, genes))
    report(results, sets)
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump({f"{name} {method}": runs for (name, method), runs in results.items()}, file, indent=1)


if __name__ == "__main__":
    main()
