#!/usr/bin/python3
"""Whether the growth that a model with mass learns is that of simulated cells that divide and die.

    bench/growth.py [--steps 1000] [--seeds 1,2,3,4,5] [--noise 0.3] [--division 0.6] [--death 0.3] [-- OPTION ...]

Each seed is one system of `cellmnn simulate --division --death --counts`. Models are trained in these ways, the first
two with the options behind `--`:

    without        without mass
    mass           --mass yes
    known          the same with --counts, and --growth-prior: the true growth of each cell and normal noise

First table: over the cells of each time at which the true growth differs between cells, its correlation with the prior
and with what models learn; then the mean of the true growth, and of that of `known`, for which --counts stand.
Second table: each time that is held out and has several types of cells is predicted by models that have not seen it:
from the time before, and between both neighbours (`--two-sided`). Predicted cells have the type of their nearest
measured cell. Printed is the total variation distance between predicted and measured proportions: half of the sum of
absolute differences.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import anndata
import numpy as np
from scipy.spatial import KDTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
WAYS = ["without", "mass", "known"]
AHEAD = 0.5  # from weights there the growth at the cells' own time is read


def shares(table, near, types):
    """Of each type among predicted cells, which have that of their nearest measured one."""
    found = types[near.query(table["X_predicted"])[1]]
    weights = table["weight"] if "weight" in table else np.full(len(found), 1 / len(found))
    return np.bincount(found, weights, minlength=3)


def miss(predicted, measured):
    """Total variation distance."""
    return np.abs(predicted - measured).sum() / 2


class System:
    """A simulated course in a folder, its true growth and its prior."""

    def __init__(self, seed, given, run, folder):
        self.seed, self.given, self.run, self.folder = seed, given, run, folder
        self.data, self.counts = folder / "data.h5ad", folder / "counts.csv"
        rates = ["--division", given.division, "--death", given.death]
        run("simulate", "-o", self.data, "--counts", self.counts, "--seed", seed, *rates)
        cells = anndata.read_h5ad(self.data)
        self.time, self.growth = (np.asarray(cells.obs[name], float) for name in ("time", "growth"))
        self.fate, self.places = np.asarray(cells.obs["fate"], int), np.asarray(cells.obsm["X_pca"])
        noise = np.random.default_rng(seed).normal(size=len(cells))
        cells.obs["prior"] = self.prior = self.growth + given.noise * noise
        cells.write_h5ad(self.data)

    def model(self, way, *options):
        path = self.folder / f"{way}.safetensors"
        how = {
            "without": ["--mass", "no"],
            "mass": ["--mass", "yes"],
            "known": ["--mass", "yes", "--counts", self.counts, "--growth-prior", "prior"],
        }[way]
        steps = ["--steps", self.given.steps, "--seed", self.seed]
        chosen = [] if way == "known" else self.given.options
        self.run("train", self.data, "-o", path, *how, *steps, *chosen, *options)
        return path

    def predicted(self, model, *options):
        path = self.folder / "predicted.npz"
        self.run("predict", model, self.data, "-o", path, *options)
        return np.load(path)

    def growth_rows(self):
        """The first table."""
        rows = {time: [] for time in np.unique(self.time) if self.growth[self.time == time].std() > 0.1}
        tables = {way: self.predicted(self.model(way), "--ahead", AHEAD) for way in WAYS[1:]}
        for time, row in rows.items():
            of_time = self.time == time
            for values in (self.prior, *(np.log(table["weight"]) for table in tables.values())):
                row.append(f"{np.corrcoef(values[of_time], self.growth[of_time])[0, 1]:.2f}")
            row += [f"{values[of_time].mean():.2f}" for values in (self.growth, tables["known"]["growth_cellmnn"])]
        return rows

    def proportion_rows(self):
        """The second one."""
        times = np.unique(self.time)
        rows = {}
        for before, held in zip(times[:-2], times[1:-1], strict=True):
            of_held = self.time == held
            measured = np.bincount(self.fate[of_held], minlength=3) / of_held.sum()
            if measured.max() > 0.99:
                continue
            models = [self.model(way, "--hold-out", held, "--two-sided") for way in WAYS]
            forward = [self.predicted(model, "--from", before, "--times", held) for model in models]
            between = [self.predicted(model, "--between", "both", "--times", held) for model in models]
            near, types = KDTree(self.places[of_held]), self.fate[of_held]
            rows[held] = [f"{miss(shares(table, near, types), measured):.3f}" for table in forward + between]
        return rows


def main():
    arguments = sys.argv[1:]
    passed = arguments[arguments.index("--") + 1 :] if "--" in arguments else []
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seeds", default="1,2,3,4,5")
    parser.add_argument("--noise", type=float, default=0.3, help="standard deviation of the prior around the truth")
    parser.add_argument("--division", type=float, default=0.6)
    parser.add_argument("--death", type=float, default=0.3)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/native/bin/cellmnn")
    given = parser.parse_args(arguments[: arguments.index("--")] if passed else arguments)
    given.options = passed

    def run(*arguments):
        command = [given.program, *map(str, arguments), "--quiet"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

    tables = [
        ("growth", ["correlation of the prior", *WAYS[1:], "mean growth", "known"], System.growth_rows),
        ("proportions", [*WAYS, *(f"{way}, two-sided" for way in WAYS)], System.proportion_rows),
    ]
    for title, columns, rows_of in tables:
        print(f"{title}\n| system | t | {' | '.join(columns)} |\n" + "|---" * (2 + len(columns)) + "|", flush=True)
        for seed in map(int, given.seeds.split(",")):
            with tempfile.TemporaryDirectory() as name:
                for time, row in rows_of(System(seed, given, run, pathlib.Path(name))).items():
                    print(f"| {seed} | {time:g} | {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
