#!/usr/bin/python3
"""Time and memory of fates, drivers, trends and the report, for data of any size.

    bench/fate_times.py [--cells 17001] [--genes 2000] [--steps 500]

Cells of `simulate` at three times, or more where a time would have over 100,000; to their genes come others, random
mixtures of them with noise, half of whose values are 0. With --genes 0 there are coordinates only, and fates alone are
computed.
"""

import argparse
import multiprocessing
import os
import pathlib
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMPONENTS = 20
MOST_OF_A_TIME = 100_000  # that simulate makes


def write_cells(source: str, genes: int, path: str) -> None:
    """In a process of its own: one that starts another lends it the peak of its own memory."""
    import anndata
    import numpy as np
    import pandas as pd
    import scipy.sparse

    small = anndata.read_h5ad(source)
    rng = np.random.default_rng(0)
    own = small.X.toarray() if scipy.sparse.issparse(small.X) else np.asarray(small.X)
    obs = pd.DataFrame({"time": small.obs["time"], "fate": [f"fate {fate:g}" for fate in small.obs["fate"]]})
    if genes == 0:
        data = anndata.AnnData(obs=obs)
        data.obsm["X_pca"] = own[:, :COMPONENTS].astype("f4")
        data.write_h5ad(path)
        return
    weights = 0.3 * rng.normal(size=(own.shape[1], genes - own.shape[1]))
    noise = 0.5 * rng.normal(size=(len(own), weights.shape[1]))
    x = np.hstack([own, np.maximum(0, own @ weights + noise)]).astype("f4")
    mean = x.mean(axis=0)
    loadings = np.linalg.svd((x - mean).T @ (x - mean))[0][:, :COMPONENTS]
    data = anndata.AnnData(scipy.sparse.csr_matrix(x), obs, pd.DataFrame(index=[f"g{g}" for g in range(genes)]))
    data.obsm["X_pca"], data.varm["PCs"], data.uns["pca_mean"] = (x - mean) @ loadings, loadings, mean
    data.write_h5ad(path)


def measured(*line: object) -> str:
    begin = time.perf_counter()
    process = subprocess.Popen([*map(str, line), "--quiet"], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{line} failed")
    took, cpu = time.perf_counter() - begin, used.ru_utime + used.ru_stime
    return f"{took:.2f} s | {cpu:.2f} s | {used.ru_maxrss / 1024:.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build/native/bin/cellmnn")
    parser.add_argument("--cells", type=int, default=17_001)
    parser.add_argument("--genes", type=int, default=2000)
    parser.add_argument("--steps", type=int, default=500)
    options = parser.parse_args()
    program = pathlib.Path(options.program).resolve()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        times = max(3, -(-options.cells // MOST_OF_A_TIME))
        course = ["--cells", options.cells // times, "--times", ",".join(map(str, range(times))), "--seed", 1]
        measured(program, "simulate", *course, "-o", "small.h5ad")
        making = multiprocessing.get_context("spawn").Process(
            target=write_cells, args=("small.h5ad", options.genes, "cells.h5ad")
        )
        making.start()
        making.join()
        fates = [program, "fates", "cells.h5ad", "--label-key", "fate", "-o", "fates.tsv"]
        print("| what | time | CPU | memory |\n|---|---|---|---|")
        print("| fates |", measured(*fates), "|")
        if options.genes == 0:
            return
        print("| and drivers |", measured(*fates, "--drivers", "drivers.tsv"), "|")
        print("| and trends |", measured(*fates, "--trends", "trends.tsv"), "|")
        measured(program, "train", "cells.h5ad", "--steps", options.steps, "-o", "model.safetensors")
        both = ["model.safetensors", "cells.h5ad", "--label-key", "fate"]
        print("| fates with a model |", measured(program, "fates", *both, "-o", "fates.tsv"), "|")
        print("| report |", measured(program, "report", *both, "-o", "report.html"), "|")


if __name__ == "__main__":
    main()
