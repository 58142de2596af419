#!/usr/bin/python3
"""How fast two programs read the same data: `cellmnn inspect FILE`, in turns, in one run, one after the other.

    bench/reading.py --program NEW --beside OLD [--repeats 5] [--gigabytes 1] [--command COMMAND] [FILE...]

COMMAND may be another one with {file} and {output}, such as "preprocess {file} --values log -o {output}.h5ad".

Besides the files there is an .h5ad that is made in a temporary folder: normal components in X_pca, a dense X of normal
values, names, times and two columns of labels. Prints one line a file: the least seconds of user and system time of
each program, which other work on the machine changes little, and their ratio. Needs python3-anndata.
"""

import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import anndata
import numpy as np
import pandas as pd

ROOT = pathlib.Path(__file__).resolve().parent.parent
GENES, DIMS = 2000, 50


def write_large(path: pathlib.Path, gigabytes: float) -> None:
    cells = int(gigabytes * 1e9 / (4 * (GENES + DIMS)))
    rng = np.random.default_rng(0)
    loadings = np.linalg.qr(rng.normal(size=(GENES, DIMS)))[0].astype(np.float32)
    components = rng.standard_normal((cells, DIMS), dtype=np.float32) * 3
    values = components @ loadings.T
    components -= values.mean(axis=0) @ loadings
    obs = pd.DataFrame(
        {
            "day": rng.integers(0, 5, cells).astype(float),
            "state": pd.Categorical(rng.choice(list("abcdefgh"), cells)),
            "batch": pd.Categorical(rng.choice(["one", "two"], cells)),
        },
        index=[f"cell{i}" for i in range(cells)],
    )
    data = anndata.AnnData(values, obs=obs, var=pd.DataFrame(index=[f"gene{g}" for g in range(GENES)]))
    data.obsm["X_pca"] = components
    data.varm["PCs"] = loadings.astype(float)
    data.write_h5ad(path)


def seconds(command: list[str]) -> tuple[float, float]:
    """Processor time and time of the clock of one run."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run = subprocess.run(command, capture_output=True, text=True)
    clock = time.perf_counter() - start
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}: {run.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def compare(programs: tuple[str, str], template: str, path: pathlib.Path, repeats: int) -> None:
    times: list[list[tuple[float, float]]] = [[], []]
    with tempfile.TemporaryDirectory() as folder:
        words = [word.format(file=path, output=pathlib.Path(folder) / "output") for word in template.split()]
        for _ in range(repeats):
            for program, mine in zip(programs, times, strict=True):
                mine.append(seconds([program, *words, "--quiet"]))
    (new, new_clock), (old, old_clock) = ((min(p for p, _ in mine), min(c for _, c in mine)) for mine in times)
    print(
        f"{path.name} ({path.stat().st_size / 1e6:.1f} MB): {new:.3f} s beside {old:.3f} s of processor time, "
        f"ratio {new / old:.2f}; {new_clock:.3f} s beside {old_clock:.3f} s of the clock, "
        f"ratio {new_clock / old_clock:.2f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--program", default=str(ROOT / "build/native/bin/cellmnn"))
    parser.add_argument("--beside", required=True, help="the other program")
    parser.add_argument("--command", default="inspect {file}")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--gigabytes", type=float, default=1, help="size of the file that is made; 0 makes none")
    arguments = parser.parse_args()
    programs = (arguments.program, arguments.beside)
    for path in arguments.files:
        compare(programs, arguments.command, path, arguments.repeats)
    if arguments.gigabytes == 0:
        return
    with tempfile.TemporaryDirectory() as folder:
        large = pathlib.Path(folder) / "large.h5ad"
        write_large(large, arguments.gigabytes)
        compare(programs, arguments.command, large, arguments.repeats)


if __name__ == "__main__":
    main()
