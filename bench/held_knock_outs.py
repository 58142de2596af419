#!/usr/bin/python3
"""Knock-outs by the lagged network, and its edges, against a simulator that was run without the genes.

    bench/held_knock_outs.py DIR

DIR holds wild_type.h5ad, ko_GENE.h5ad for each knock-out, and truth.csv (Gene1, Gene2, Type), as of the BoolODE network
of haematopoiesis. The true change is the mean of the knock-out less that of the wild type at the same time. Genes that
change by 0.1 or more are affected; the gene itself does not count, nor does the first time, at which nothing has
followed yet. Directions are pooled over all knock-outs, or the mean of their shares; the interval is that of 2,000
draws of knock-outs. "With the other knock-outs" leaves the asked one out: its network is learnt from the wild type and
the seven others, by --ko-key.
"""

import argparse
import csv
import glob
import os
import subprocess
import tempfile

import anndata
import networks
import numpy as np

AFFECTED = 0.1


def means(path, times):
    data = anndata.read_h5ad(path)
    t = np.asarray(data.obs["time"], float)
    x = data.X.toarray() if hasattr(data.X, "toarray") else np.asarray(data.X)
    return np.array([x[t == time].mean(axis=0) if (t == time).any() else np.full(x.shape[1], np.nan) for time in times])


def predicted(program, path, gene, genes, times, *options):
    """The changes by the network and by co-expression, (times, genes); 0 where there is none."""
    with tempfile.TemporaryDirectory(prefix="cellmnn-held-") as out:
        table = os.path.join(out, "changes.tsv")
        command = [program, "perturb", path, "--gene", f"{gene}=0", "-o", table, "--quiet", *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with open(table) as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    result = {column: np.zeros((len(times), len(genes))) for column in ("change", "by_co_expression")}
    for row in rows:
        place = times.index(float(row["time"])), genes.index(row["gene"])
        for column, change in result.items():
            change[place] = float(row[column])
    return result["change"], result["by_co_expression"]


def write_together(path, wild, knock_outs):
    """One file of a wild type and of knock-outs (gene -> path), told apart by obs knock_out."""
    parts = {"WT": wild, **knock_outs}
    cells = [anndata.read_h5ad(part) for part in parts.values()]
    labels = [label for label, data in zip(parts, cells, strict=True) for _ in range(data.n_obs)]
    time = np.concatenate([np.asarray(data.obs["time"], float) for data in cells])
    x = np.vstack([data.X.toarray() if hasattr(data.X, "toarray") else np.asarray(data.X) for data in cells])
    together = anndata.AnnData(x, obs={"time": time, "knock_out": labels})
    together.var_names = cells[0].var_names
    together.write_h5ad(path)


def share_text(hits):
    """Pooled share with an interval over knock-outs, and the mean of shares; hits: (right, affected) a knock-out."""
    hits = np.array([pair for pair in hits if pair[1] > 0], float)
    rng = np.random.default_rng(0)
    draws = [hits[rng.integers(len(hits), size=len(hits))].sum(axis=0) for _ in range(2000)]
    low, high = np.quantile([right / count for right, count in draws], [0.025, 0.975])
    right, count = hits.sum(axis=0)
    return f"{right / count:.3f} ({low:.3f} to {high:.3f}) of {count:.0f} | {(hits[:, 0] / hits[:, 1]).mean():.3f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--program", default=os.path.join(os.path.dirname(__file__), "../build/native/bin/cellmnn"))
    arguments = parser.parse_args()
    program, wild = os.path.abspath(arguments.program), os.path.join(arguments.folder, "wild_type.h5ad")
    data = anndata.read_h5ad(wild, backed="r")
    genes, times = list(data.var_names), sorted(set(np.asarray(data.obs["time"], float)))
    before = means(wild, times)
    files = {
        os.path.basename(path)[len("ko_") : -len(".h5ad")]: path
        for path in sorted(glob.glob(os.path.join(arguments.folder, "ko_*.h5ad")))
    }
    hits = {}
    for gene, path in files.items():
        truth = means(path, times) - before
        affected = np.abs(truth) >= AFFECTED  # of a time without cells: not a number, and so not affected
        affected[:, genes.index(gene)] = affected[0] = False
        answers = {}
        answers["network, held"], answers["co-expression"] = predicted(program, wild, gene, genes, times)
        with tempfile.TemporaryDirectory(prefix="cellmnn-held-") as folder:
            together = os.path.join(folder, "together.h5ad")
            write_together(together, wild, {other: files[other] for other in files if other != gene})
            more = predicted(program, together, gene, genes, times, "--ko-key", "knock_out")[0]
        answers["with the other knock-outs"] = more
        answers |= {"all up": np.ones_like(truth), "all down": -np.ones_like(truth)}
        for name, change in answers.items():
            right = (np.sign(change) == np.sign(truth)) & affected
            hits.setdefault(name, []).append((right.sum(), affected.sum()))
    print("| method | right directions, pooled | mean of knock-outs |\n|---|---|---|")
    for name, of in hits.items():
        print(f"| {name} | {share_text(of)} |")
    truth = networks.read_truth(os.path.join(arguments.folder, "truth.csv"))
    print("\n| method | signed AUROC of edges | AUROC | AP |\n|---|---|---|---|")
    edges = networks.effects_of(program, wild)
    with tempfile.TemporaryDirectory(prefix="cellmnn-held-") as folder:
        together = os.path.join(folder, "together.h5ad")
        write_together(together, wild, files)
        edges["with all knock-outs"] = networks.effects_of(program, together, "--ko-key", "knock_out")["lagged"]
    for name, effects in edges.items():
        score = networks.scores(effects, truth, genes)
        print(f"| {name} | {score['signed AUROC']:.3f} | {score['AUROC']:.3f} | {score['AP']:.3f} |")


if __name__ == "__main__":
    main()
