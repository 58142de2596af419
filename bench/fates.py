#!/usr/bin/python3
"""Probabilities of fates against simulated courses with the truth, and against clones.

    bench/fates.py DIR [--clones FILE.h5ad] [--systems two,...] [--steps 5000] [--json FILE]

DIR holds SYSTEM.h5ad with obs time and fate_label, obsm X_pca and fate_truth: the fraction of re-simulations of each
cell that ends in each fate of uns fate_names, the last one undecided. Scored are cells of all times but the last that
decide in more than 30 % of their re-simulations, given that they decide.
  skill   1 - Brier / Brier of the base rates, both means over the times
  slope   of a logistic regression of the truth on the logit of the probability, all fates pooled; 1 is calibrated
  AUROC   of the probability for the truth as outcomes in proportion, mean over the fates
FILE has obs day, state and clone: cells of day 4 are scored by the most frequent fate of their sisters at day 6.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import anndata
import numpy as np
import pandas as pd
from fate_rivals import base_rates, entropic_chain, graph_absorption, nearest_cells

ROOT = pathlib.Path(__file__).resolve().parent.parent
SYSTEMS = ["two", "three", "four", "growth", "late", "asynchronous", "misleading", "simulate"]
# Measured once by a random forest on 5,000 other cells of known fate.
ORACLE = [0.61, 0.67, 0.62, 0.74, 0.38, 0.51, 0.56, 0.38]
DECIDES, SMOOTHING, FATES = 0.3, 0.001, ["Monocyte", "Neutrophil"]
BOOTSTRAPS = 1000


def run(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{program} {' '.join(map(str, arguments))}: {done.stderr}")


def by_program(program, path, time, folder, steps, options):
    """The probabilities of all cells from each of --starts; the model is trained on the same file."""
    model, table, found = folder / "model.safetensors", folder / "fates.tsv", {}
    run(program, "train", path, "-o", model, "--time-key", time, "--steps", steps, "--quiet")
    for starts in ["both", "stay", "model"]:
        run(program, "fates", model, path, "--time-key", time, *options, "--starts", starts, "-o", table, "--quiet")
        found[starts] = pd.read_csv(table, sep="\t", index_col=0)
    return found


def smoothed(p, base):
    p = p + SMOOTHING * base
    return p / p.sum(axis=1, keepdims=True)


def of_all_rules(program, data, path, time, label, undecided, steps):
    """Per rule the (N, F) probabilities of the cells, and the names of the fates."""
    t, x = data.obs[time].to_numpy(float), np.asarray(data.obsm["X_pca"], float)[:, :20]
    labels = data.obs[label].astype(str).to_numpy()
    options = ["--label-key", label, "--undecided", undecided]
    with tempfile.TemporaryDirectory(prefix="cellmnn-fates-") as folder:
        found = by_program(program, path, time, pathlib.Path(folder), steps, options)
    names = list(found["both"].columns[3:])
    one_hot = np.array([[a == name for name in names] for a in labels], float)
    one_hot[t < t.max()] = 0
    base = one_hot.sum(axis=0) / one_hot.sum()
    rules = {f"cellmnn fates, {starts}": frame[names].to_numpy() for starts, frame in found.items()}
    rules["entropic OT, eps 0.2 of the median"] = smoothed(entropic_chain(x, t, one_hot), base)
    rules["absorption on a neighbour graph"] = smoothed(graph_absorption(x, t, one_hot), base)
    rules["nearest 100 of the last time"] = smoothed(nearest_cells(x, t, one_hot), base)
    rules["base rates"] = base_rates(t, one_hot)
    return rules, names


def logit(p):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def slope(p, truth):
    """By Newton's steps."""
    x = np.column_stack([np.ones(p.size), logit(p.ravel())])
    w = np.array([0.0, 1.0])
    for _ in range(50):
        e = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        step = np.linalg.solve((x.T * (e * (1 - e))) @ x + 1e-9 * np.eye(2), x.T @ (truth.ravel() - e))
        w += step
        if np.abs(step).max() < 1e-9:
            break
    return w[1]


def auroc(p, truth):
    """With outcomes in proportion to the truth; ties count half."""
    order = np.argsort(p, kind="stable")
    p, yes = p[order], truth[order]
    values, first = np.unique(p, return_index=True)
    positive, negative = np.add.reduceat(yes, first), np.add.reduceat(1 - yes, first)
    below = np.cumsum(negative) - negative
    total = positive.sum() * negative.sum()
    return (positive * (below + negative / 2)).sum() / total if total > 0 and len(values) else np.nan


def log_loss(p, truth):
    return -(truth * np.log(np.maximum(p, 1e-12))).sum(axis=1).mean()


def score(p, truth, t, base):
    """Of one system; by time as well."""
    decided = truth.sum(axis=1)
    times = np.unique(t)[:-1]
    brier, by_base, all_p, all_truth = [], [], [], []
    for time in times:
        scored = (t == time) & (decided > DECIDES)
        q = truth[scored] / decided[scored, None]
        brier.append(((p[scored] - q) ** 2).sum(axis=1).mean())
        by_base.append(((base[scored] - q) ** 2).sum(axis=1).mean())
        all_p.append(p[scored])
        all_truth.append(q)
    pooled, q = np.vstack(all_p), np.vstack(all_truth)
    return {
        "skill": 1 - np.mean(brier) / np.mean(by_base),
        "slope": slope(pooled, q) if np.ptp(pooled, axis=0).max() > 0 else np.nan,
        "AUROC": np.mean([auroc(pooled[:, f], q[:, f]) for f in range(q.shape[1])]),
        "log loss": log_loss(pooled, q),
        "first Brier": [brier[0], by_base[0]],
        "skill by time": list(1 - np.array(brier) / np.array(by_base)),
    }


def systems_table(program, folder, systems, steps):
    scores = {}
    for system in systems:
        path = folder / f"{system}.h5ad"
        data = anndata.read_h5ad(path)
        rules, names = of_all_rules(program, data, path, "time", "fate_label", "undecided", steps)
        of_truth = [str(name) for name in data.uns["fate_names"]]
        truth = np.asarray(data.obsm["fate_truth"], float)[:, [of_truth.index(name) for name in names]]
        t = data.obs["time"].to_numpy(float)
        for rule, p in rules.items():
            scores.setdefault(rule, {})[system] = score(p, truth, t, rules["base rates"])
    return scores


def print_systems(scores, systems):
    print(f"\nskill\n\n| rule | {' | '.join(systems)} | mean |\n|{'---|' * (len(systems) + 2)}")
    for rule, of in scores.items():
        skills = [of[system]["skill"] for system in systems]
        print(f"| {rule} | {' | '.join(f'{s:.2f}' for s in skills)} | {np.mean(skills):.3f} |")
    if systems == SYSTEMS:
        print(f"| a forest that knows 5,000 fates | {' | '.join(map(str, ORACLE))} | {np.mean(ORACLE):.3f} |")
    print("\n| rule | median slope | AUROC | log loss |\n|---|---|---|---|")
    for rule, of in scores.items():
        mean = {key: np.mean([of[system][key] for system in systems]) for key in ["AUROC", "log loss"]}
        middle = np.median([of[system]["slope"] for system in systems])
        print(f"| {rule} | {middle:.2f} | {mean['AUROC']:.3f} | {mean['log loss']:.3f} |")
    print("\nBrier of the first time, and of the base rates")
    for rule, of in scores.items():
        print(f"  {rule}: " + ", ".join(f"{s} {of[s]['first Brier'][0]:.3f}" for s in systems))


def clones_table(program, path, steps):
    """Log loss over the fates of sisters and AUROC, with a bootstrap over clones."""
    data = anndata.read_h5ad(path)
    rules, names = of_all_rules(program, data, path, "day", "state", "undiff", steps)
    obs = data.obs
    t, clone, state = obs["day"].to_numpy(float), obs["clone"].to_numpy(), obs["state"].astype(str).to_numpy()
    last = {}
    for i in np.flatnonzero((t == t.max()) & np.isin(state, names)):
        last.setdefault(clone[i], []).append(names.index(state[i]))
    scored = [i for i in np.flatnonzero(t == np.unique(t)[-2]) if clone[i] in last]
    most = [np.bincount(last[clone[i]], minlength=len(names)).argmax() for i in scored]
    truth = np.eye(len(names))[most]
    of_clone = pd.Series(range(len(scored))).groupby(clone[scored]).apply(list).to_list()
    print(f"\n{len(scored)} cells with decided sisters, {len(of_clone)} clones; 95 % intervals over the clones\n")
    print(f"| rule | log loss | AUROC {' | AUROC '.join(FATES)} |\n|{'---|' * (2 + len(FATES))}")
    found = {}
    for rule, all_p in rules.items():
        p = all_p[scored]

        def measures(rows, p=p):
            fates = [auroc(p[rows][:, names.index(f)], truth[rows][:, names.index(f)]) for f in FATES]
            return [log_loss(p[rows], truth[rows]), *fates]

        rng = np.random.default_rng(1)
        draws = [
            measures(np.concatenate([of_clone[c] for c in rng.integers(0, len(of_clone), len(of_clone))]))
            for _ in range(BOOTSTRAPS)
        ]
        low, high = np.nanquantile(draws, [0.025, 0.975], axis=0)
        found[rule] = measures(np.arange(len(scored)))
        cells = [f"{v:.3f} ({a:.2f} to {b:.2f})" for v, a, b in zip(found[rule], low, high, strict=True)]
        print(f"| {rule} | {' | '.join(cells)} |")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--program", default=ROOT / "build/native/bin/cellmnn")
    parser.add_argument("--clones", type=pathlib.Path)
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--json", type=pathlib.Path)
    arguments = parser.parse_args()
    program, systems = str(arguments.program), [name for name in arguments.systems.split(",") if name]
    result = {}
    if systems:
        result["systems"] = systems_table(program, arguments.folder, systems, arguments.steps)
        print_systems(result["systems"], systems)
    if arguments.clones:
        result["clones"] = clones_table(program, arguments.clones, arguments.steps)
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
