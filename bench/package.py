#!/usr/bin/env python3
"""The Python package beside the program: time and memory. Run it by the Python in which the package is installed.

    bench/package.py DATA.h5ad [--steps N] [--cells N] [--turns N]

Both work in turns with all cores. Times are CPU and wall time of the function in Python, without reading the file, and
of the whole program. Memory is what the function adds at its peak, in units of the cells' own size.
"""

import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np

INSIDE = """
import json, resource, sys, time
import anndata, cellmnn, numpy as np

def status(name):
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))

what, path, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
if what == "train":
    if path.endswith(".npz"):
        held = np.load(path)
        adata = anndata.AnnData(obsm={"X_pca": held["cells"]}, obs={"time": held["times"]})
        cellmnn.tl.train(adata[::1000].copy(), steps=1)  # what is loaded once
        adata.obs_names.is_unique  # pandas keeps a table of names
    else:
        adata = anndata.read_h5ad(path)
    size = adata.obsm["X_pca"].shape[0] * 5 * 4
    work = lambda: cellmnn.tl.train(adata, steps=steps, random_state=1)
else:
    held = np.load(path)
    cells, times = held["cells"], held["times"]
    model = cellmnn.read_model("model.safetensors")
    size = cells.nbytes
    model.predict(cells[:100], times[:100], 1.5)  # what is loaded once
    work = lambda: model.predict(cells, times, 1.5)
open("/proc/self/clear_refs", "w").write("5")  # the peak begins anew
before, begin, cpu = status("VmRSS"), time.perf_counter(), time.process_time()
result = work()
taken = {"wall": time.perf_counter() - begin, "cpu": time.process_time() - cpu}
returned = result.nbytes if result is not None else 0
taken["memory"] = (status("VmHWM") - before - returned) / size
print(json.dumps(taken))
"""


def program(*arguments: object) -> dict[str, float]:
    from cellmnn._program import program_path

    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([program_path(), *map(str, arguments), "--quiet"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": time.perf_counter() - begin, "cpu": cpu}


def package(*arguments: object) -> dict[str, float]:
    command = [sys.executable, "-c", INSIDE, *map(str, arguments)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def imports() -> float:
    """CPU time of the package's own import, after what everybody imports."""
    code = (
        "import numpy, pandas, scipy.sparse, anndata, time; begin = time.process_time();"
        "import cellmnn; cellmnn.tl; cellmnn.get; cellmnn.Model; print(time.process_time() - begin)"
    )
    return min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--cells", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    data = options.data.resolve()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        runs: dict[str, list[dict[str, float]]] = {}
        for _ in range(options.turns):
            train = ("train", data, "--steps", options.steps, "--seed", 1, "-o", "model.safetensors")
            runs.setdefault("train, program", []).append(program(*train))
            runs.setdefault("train, package", []).append(package("train", data, options.steps))
        program("simulate", "--inflate", data, "--cells", options.cells, "-o", "large.npz")
        for _ in range(options.turns):
            predict = ("predict", "model.safetensors", "large.npz", "--times", 1.5, "-o", "out.npz", "--force")
            runs.setdefault("predict, program", []).append(program(*predict))
            runs.setdefault("predict, package", []).append(package("predict", arrays_of("large.npz"), 0))
            runs.setdefault("train on as many, package", []).append(package("train", "arrays.npz", 50))
        import_time = imports()
    for name, taken in runs.items():
        best = {key: min(run[key] for run in taken) for key in taken[0]}
        memory = f", {best['memory']:.2f} cells of memory" if "memory" in best else ""
        print(f"{name}: {best['cpu']:.2f} s CPU, {best['wall']:.2f} s{memory}")
    print(f"import: {import_time:.3f} s CPU")


def arrays_of(path: str) -> str:
    """Cells and times of a file of the program."""
    held = np.load(path)
    name = next(name for name in held.files if held[name].ndim == 2)
    times = next(held[each] for each in held.files if held[each].ndim == 1 and held[each].dtype.kind in "fi")
    np.savez("arrays.npz", cells=held[name], times=times.astype(float))
    return "arrays.npz"


if __name__ == "__main__":
    main()
