#!/usr/bin/python3
"""Drivers of fates and knock-outs as fates, against simulated systems with the truth.

    bench/fate_genes.py DIR [--steps 5000] [--permutations 20]

DIR holds SYSTEM.h5ad as of bench/fates.py, and knockouts.tsv: system, time, gene, fate, and the true change of the
fraction of cells that end there if the gene is 0 from then on (held), or is set to 0 once.
Drivers: AUROC with which the rank, or the size of the difference alone, finds the genes that make the first decision
(eA, eB, a, b), mean over fates and the first three times; by the program, by true probabilities, and by shuffled ones.
False discoveries: genes with q < 0.1 after probabilities were shuffled between the cells of a time, as a share of the
genes, and the share of shuffles that have any.
Knock-outs: share of the true changes of 3 points or more whose direction is right.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import anndata
import numpy as np
import pandas as pd
from fates import auroc

ROOT = pathlib.Path(__file__).resolve().parent.parent
SYSTEMS = ["two", "three", "misleading", "growth"]
DECIDERS = {"eA", "eB", "a", "b"}
LABELS = ["--label-key", "fate_label", "--undecided", "undecided"]
CHANGE = 0.03


def differences(x, p):
    """Of mean expression between the quarters."""
    order, quarter = np.argsort(p, kind="stable"), len(p) // 4
    return x[order[-quarter:]].mean(axis=0) - x[order[:quarter]].mean(axis=0)


def finds_deciders(genes, sizes):
    return auroc(np.abs(np.asarray(sizes)), np.array([gene in DECIDERS for gene in genes], float))


def trained(run, path, folder):
    model = folder / f"{path.stem}.safetensors"
    if not model.exists():
        run("train", path, "-o", model)
    return model


def drivers_of(run, path, folder, permutations):
    data = anndata.read_h5ad(path)
    x = np.asarray(data.X.todense() if hasattr(data.X, "todense") else data.X, float)
    t, genes = data.obs["time"].to_numpy(float), list(data.var_names)
    first = np.unique(t)[:3]
    model = trained(run, path, folder)
    out = ["-o", folder / "out.h5ad", "--drivers", folder / "drivers.tsv"]
    run("fates", model, path, *LABELS, *out, "--replace")
    table = pd.read_csv(folder / "drivers.tsv", sep="\t")
    p = anndata.read_h5ad(folder / "out.h5ad").obsm["fates_fwd"]
    truth, rng = data.obsm["fate_truth"][:, :-1], np.random.default_rng(1)
    found = {"program": [], "difference alone": [], "true probabilities": [], "shuffled": []}
    for (_, time), of in table.groupby(["fate", "time"]):
        if time in first:
            found["program"].append(finds_deciders(of["gene"], len(of) + 1 - of["rank"]))
            found["difference alone"].append(finds_deciders(of["gene"], of["difference"]))
    for time in first:
        at = t == time
        for f in range(truth.shape[1]):
            found["true probabilities"].append(finds_deciders(genes, differences(x[at], truth[at, f])))
            shuffled = rng.permutation(p[at, f])
            found["shuffled"].append(finds_deciders(genes, differences(x[at], shuffled)))
    return {name: np.mean(values) if values else np.nan for name, values in found.items()}, false_discoveries(
        run, data, folder, permutations, rng
    )


def false_discoveries(run, data, folder, permutations, rng):
    """Expression is shuffled between the cells of a time, so that no gene follows a fate."""
    t, rates, any_found = data.obs["time"].to_numpy(float), [], []
    for k in range(permutations):
        other = data.copy()
        for time in np.unique(t):
            at = np.flatnonzero(t == time)
            other.X[at] = data.X[rng.permutation(at)]
        other.write_h5ad(folder / "shuffled.h5ad")
        drivers = ["-o", folder / "out.tsv", "--drivers", folder / "drivers.tsv", "--seed", k]
        run("fates", folder / "shuffled.h5ad", *LABELS, *drivers)
        for _, of in pd.read_csv(folder / "drivers.tsv", sep="\t").groupby(["fate", "time"]):
            rates.append((of["q"] < 0.1).mean())
            any_found.append((of["q"] < 0.1).any())
    return np.mean(rates), np.mean(any_found)


def directions(run, folder, systems, truth):
    """Right or not, of each true change: by the program, and by the control."""
    right = {"perturb --fates": [], "control": []}
    for system, of_system in truth.groupby("system"):
        path = systems / f"{system}.h5ad"
        model = trained(run, path, folder)
        genes = ",".join(sorted(set(of_system["gene"])))
        run("perturb", model, path, "--fates", *LABELS, "--screen", genes, "-o", folder / "screen.tsv")
        table = pd.read_csv(folder / "screen.tsv", sep="\t").set_index(["time", "gene", "fate"])
        for row in of_system.itertuples():
            found = table.loc[(row.time, row.gene, row.fate)]
            for name, column in [("perturb --fates", "change"), ("control", "control")]:
                right[name].append(np.sign(found[column]) == np.sign(row.change))
    return right


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--program", default=ROOT / "build/native/bin/cellmnn")
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--permutations", type=int, default=20)
    arguments = parser.parse_args()

    def run(command, *words):
        if command == "train":
            words = [*words, "--steps", arguments.steps]
        line = [arguments.program, command, *map(str, words), "--quiet"]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(map(str, line))}: {done.stderr}")

    with tempfile.TemporaryDirectory(prefix="cellmnn-fate-genes-") as name:
        folder = pathlib.Path(name)
        print("| system | AUROC | by difference alone | by true probabilities | by shuffled ones | q < 0.1 | any |")
        print("|---|---|---|---|---|---|---|")
        means = []
        for system in SYSTEMS:
            found, (rate, any_found) = drivers_of(
                run, arguments.folder / f"{system}.h5ad", folder, arguments.permutations
            )
            means.append([*found.values(), rate, any_found])
            print(f"| {system} | {' | '.join(f'{value:.2f}' for value in means[-1])} |", flush=True)
        print(f"| mean | {' | '.join(f'{value:.2f}' for value in np.nanmean(means, axis=0))} |")
        truth = pd.read_csv(arguments.folder / "knockouts.tsv", sep="\t")
        for column in ["held", "once"]:
            large = truth[truth[column].abs() >= CHANGE].assign(change=truth[column])
            right = directions(run, folder, arguments.folder, large)
            text = ", ".join(f"{name} {np.mean(values):.2f}" for name, values in right.items())
            print(f"\n{column}: {len(large)} changes of {CHANGE:.0%} or more; right direction: {text}")


if __name__ == "__main__":
    main()
