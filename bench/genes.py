#!/usr/bin/python3
"""From raw simulated counts to a network and knock-outs, scored against the truth.

    bench/genes.py [--systems 5] [--first-seed 101] [--depth 3000] [--times 0,1,2,3,4] [--edges-only] [--json FILE]

Each system has a seed and a number of genes of its own. simulate gives the true expression, the true network and, for
every true regulator, the true expression without it. Counts are drawn from that expression; then one command line each
of preprocess, train, network and perturb. Intervals are Student's t over systems. Depths count the background genes,
which hold most of it.
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

GENES = [20, 24, 28, 32, 36]
BACKGROUND = 200  # genes of constant expression, so that totals are mostly technical
DIMS = 5  # of the model
AFFECTED = 0.1  # of expression: a true change of the mean at least this large has a direction


def command(program, *arguments):
    subprocess.run([program, *map(str, arguments), "--quiet"], check=True, stdout=subprocess.DEVNULL)


def dense(x):
    return x.toarray() if hasattr(x, "toarray") else np.asarray(x)


def write_counts(path, data, depth, seed):
    """Poisson counts of cells of different depth whose log(1 + x) is about the simulated expression."""
    rng = np.random.default_rng(seed)
    level = np.expm1(dense(data.X).astype(float))
    background = rng.gamma(2, 10, size=BACKGROUND)
    rates = np.hstack([level, np.tile(background, (level.shape[0], 1))])
    depths = depth * rng.gamma(10, 0.1, size=(level.shape[0], 1))
    counts = rng.poisson(rates / rates.sum(axis=1, keepdims=True) * depths).astype("f4")
    names = list(data.var_names) + [f"Background{g + 1}" for g in range(BACKGROUND)]
    out = anndata.AnnData(counts, obs=data.obs[["time"]].copy())
    out.var_names = names
    out.write_h5ad(path)


def means(path):
    data = anndata.read_h5ad(path)
    time = np.asarray(data.obs["time"], float)
    return np.array([dense(data.X)[time == t].mean(axis=0) for t in np.unique(time)])


def read_table(path):
    with open(path) as file:
        return list(csv.DictReader(file, delimiter="\t"))


def by_network(program, folder, regulator, genes, times, *options):
    """The changes of expression by the lagged network, (times, genes)."""
    out = os.path.join(folder, "perturbed.tsv")
    command(program, "perturb", os.path.join(folder, "ready.h5ad"), "--gene", f"{regulator}=0", "-o", out, *options)
    result = np.zeros((len(times), len(genes)))
    for row in read_table(out):
        if row["gene"] in genes:
            result[times.index(float(row["time"])), genes.index(row["gene"])] = float(row["change_of_expression"])
    return result


def by_model(program, folder, regulator, genes, times, models):
    """The changes of expression by models, one snapshot ahead, (times, genes)."""
    out = os.path.join(folder, "perturbed.tsv")
    ensemble = ["--ensemble", ",".join(models[1:])] if models[1:] else []
    result = np.zeros((len(times), len(genes)))
    for k in range(1, len(times)):
        at = ["--group", f"time={times[k - 1]:g}", "--times", times[k], "--controls", 0]
        asked = [models[0], os.path.join(folder, "ready.h5ad"), "--gene", f"{regulator}=0", *at]
        command(program, "perturb", *asked, "-o", out, *ensemble)
        table = {row["gene"]: float(row["change"]) for row in read_table(out)}
        result[k] = [table.get(gene, 0.0) for gene in genes]
    return result


def knock_outs(program, folder, options, data, ready, edges, models, wild):
    """Per method (right, affected) genes, one pair a knock-out."""
    genes, times = list(data.var_names), sorted(set(np.asarray(data.obs["time"], float)))
    v = ready.varm["PCs"][:, :DIMS]
    x = ready.obsm["X_pca"][:, :DIMS]
    row = [list(ready.var_names).index(gene) if gene in ready.var_names else None for gene in genes]
    loading = np.array([v[r] if r is not None else np.zeros(DIMS) for r in row])
    covariance = loading @ np.cov(x.T) @ loading.T
    hits = {}
    rng = np.random.default_rng(0)
    for regulator in sorted({edge[0] for edge in edges}):
        own = genes.index(regulator)
        if not loading[own].any():
            continue
        held = os.path.join(folder, "held.h5ad")
        command(program, "simulate", "-o", held, *options, "--hold", f"{regulator}=0")
        truth = means(held) - wild
        affected = np.abs(truth) >= AFFECTED
        affected[:, own] = affected[0] = False
        if not affected.any():
            continue
        listed = ["--regulators", os.path.join(folder, "regulators.txt")]
        predicted = {
            "network": by_network(program, folder, regulator, genes, times, *listed),
            "network, no list": by_network(program, folder, regulator, genes, times),
            "model": by_model(program, folder, regulator, genes, times, models),
            "components alone": np.tile(-loading @ loading[own], (len(times), 1)),
            "co-expression": np.tile(-covariance[:, own], (len(times), 1)),
            "all down": -np.ones_like(truth),
        }
        predicted["shuffled genes"] = predicted["network"][:, rng.permutation(len(genes))]
        for method, change in predicted.items():
            right = (np.sign(change) == np.sign(truth)) & affected
            hits.setdefault(method, []).append((int(right.sum()), int(affected.sum())))
    return hits


def run_system(arguments, seed, genes):
    program, members = os.path.abspath(arguments.program), arguments.members
    with tempfile.TemporaryDirectory(prefix="cellmnn-genes-") as folder:
        at = lambda name: os.path.join(folder, name)
        options = ["--genes", genes, "--cells", 400, "--times", arguments.times, "--seed", seed, "--paths", 0]
        command(program, "simulate", "-o", at("expression.h5ad"), *options, "--network", at("truth.csv"))
        data = anndata.read_h5ad(at("expression.h5ad"))
        write_counts(at("counts.h5ad"), data, arguments.depth, seed)
        command(program, "preprocess", at("counts.h5ad"), "-o", at("ready.h5ad"))
        models = []
        for member in range(members):
            models.append(at(f"model{member}"))
            command(
                program,
                "train",
                at("ready.h5ad"),
                "-o",
                models[-1],
                "--dims",
                DIMS,
                "--steps",
                4000,
                "--seed",
                seed + 1000 * member,
            )
        with open(at("truth.csv")) as file:
            edges = [line.strip().split(",") for line in file][1:]
        with open(at("regulators.txt"), "w") as file:
            file.write("\n".join(sorted({edge[0] for edge in edges})))
        shares = (
            {}
            if arguments.edges_only
            else knock_outs(
                program,
                folder,
                options,
                data,
                anndata.read_h5ad(at("ready.h5ad")),
                edges,
                models,
                means(at("expression.h5ad")),
            )
        )
        scores = edge_scores(program, at, models)
        return {"seed": seed, "genes": genes, "edges": scores, "knock_outs": shares}


def edge_scores(program, at, models):
    """Per method its scores against the truth."""
    ensemble = ["--ensemble", ",".join(models[1:])] if models[1:] else []
    once = ["--draws", 0, "--shuffles", 0]
    asked = {
        "network": [at("ready.h5ad"), "--regulators", at("regulators.txt"), *once],
        "network, no list": [at("ready.h5ad"), *once],
        "model": [models[0], at("ready.h5ad"), *ensemble],
    }
    scores = {}
    for route, arguments in asked.items():
        command(program, "network", *arguments, "--truth", at("truth.csv"), "--json", at("scores.json"))
        with open(at("scores.json")) as file:
            rows = {row["method"]: row for row in json.load(file)["scores"]}
        scores[route] = rows.pop("cellmnn" if route == "model" else "lagged")
        if route != "network, no list":
            scores |= {name: row for name, row in rows.items() if name not in scores}
    return scores


def interval(values):
    values = np.asarray(values, float)
    half = (
        scipy.stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
        if len(values) > 1
        else np.nan
    )
    return f"{values.mean():.3f} +- {half:.3f}"


def report(systems):
    print("Edges among true regulators, mean and 95 % interval over", len(systems), "systems")
    for method in systems[0]["edges"]:
        of = lambda key, method=method: [system["edges"][method][key] for system in systems]
        gain = np.subtract([s["edges"]["network"]["signed_auroc"] for s in systems], of("signed_auroc"))
        print(
            f"  {method:20} AUROC {interval(of('auroc'))}  signed AUROC {interval(of('signed_auroc'))}"
            f"  balanced sign accuracy {interval(of('balanced_accuracy'))}  network minus this, signed {interval(gain)}"
        )
    if not systems[0]["knock_outs"]:
        return
    print(
        "Knock-outs of true regulators: share of affected genes with the right direction, mean of knock-outs and pooled"
    )
    share = lambda system, method: np.mean([right / count for right, count in system["knock_outs"][method]])
    for method in systems[0]["knock_outs"]:
        shares = [share(system, method) for system in systems]
        gain = np.subtract([share(system, "network") for system in systems], shares)
        hits = np.array([pair for system in systems for pair in system["knock_outs"][method]])
        right, count = hits.sum(axis=0)
        print(
            f"  {method:20} {interval(shares)}  pooled {right / count:.3f} of {count}"
            f"  worst knock-out {(hits[:, 0] / hits[:, 1]).min():.2f}  network minus this {interval(gain)}"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=os.path.join(os.path.dirname(__file__), "../build/native/bin/cellmnn"))
    parser.add_argument("--systems", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=101)
    parser.add_argument("--members", type=int, default=1, help="models of an ensemble")
    parser.add_argument("--depth", type=float, default=3000, help="mean counts of a cell")
    parser.add_argument("--times", default="0,1,2,3,4", help="of the snapshots, over the same development")
    parser.add_argument("--edges-only", action="store_true")
    parser.add_argument("--json")
    arguments = parser.parse_args()
    systems = [run_system(arguments, arguments.first_seed + k, GENES[k % len(GENES)]) for k in range(arguments.systems)]
    report(systems)
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump(systems, file, indent=1)


if __name__ == "__main__":
    main()
