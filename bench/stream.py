#!/usr/bin/python3
"""Time and memory of commands while cells stay in their file, for several numbers of cells.

    bench/stream.py [predict|annotate|train] [--cells 6250000,12500000,25000000,50000000] [--dims 5] [--threads 1]
                    [--folder /tmp]

The cells are of five times in mixed order, and the model is small, so that what is measured is reading and writing.
`annotate` copies an .h5ad and adds to it; `train` is that of a million of the cells, with 1,000 steps of the usual
size. Inputs and outputs are removed.
"""

import argparse
import multiprocessing
import os
import pathlib
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PIECE = 1_000_000  # cells in memory at once
TIMES = 5


def coordinates(times, dims: int, rng):
    x = rng.standard_normal((len(times), dims), dtype="f4")
    x[:, 0] += 2 * times
    return x


def write_npz(path: str, cells: int, dims: int) -> None:
    """In a process of its own: one that starts another lends it the peak of its own memory."""
    import zipfile

    import numpy as np

    def write(name: str, dtype: str, shape: tuple[int, ...], piece) -> None:
        with archive.open(name + ".npy", "w", force_zip64=True) as file:
            np.lib.format.write_array_header_2_0(file, {"descr": dtype, "fortran_order": False, "shape": shape})
            for begin in range(0, cells, PIECE):
                file.write(piece(begin, min(PIECE, cells - begin)).tobytes())

    def times(begin: int, count: int):
        return np.random.default_rng([1, begin]).integers(0, TIMES, count).astype("f8")

    with zipfile.ZipFile(path, "w") as archive:
        write("sample_labels", "<f8", (cells,), times)
        write(
            "pcs",
            "<f4",
            (cells, dims),
            lambda begin, count: coordinates(times(begin, count), dims, np.random.default_rng([2, begin])),
        )


def write_h5ad(path: str, cells: int, dims: int) -> None:
    import anndata
    import h5py
    import numpy as np
    import pandas as pd

    anndata.AnnData(obs=pd.DataFrame(index=[])).write_h5ad(path)
    with h5py.File(path, "a") as file:
        del file["obs"]
        obs = file.create_group("obs")
        obs.attrs.update({"encoding-type": "dataframe", "encoding-version": "0.2.0", "_index": "index"})
        obs.attrs["column-order"] = ["day"]
        encoding = {"encoding-type": "array", "encoding-version": "0.2.0"}
        index = obs.create_dataset("index", (cells,), "S10")
        day = obs.create_dataset("day", (cells,), "f8")
        x = file["obsm"].create_dataset("X_pca", (cells, dims), "f4")
        for data in (day, x):
            data.attrs.update(encoding)
        index.attrs.update({"encoding-type": "string-array", "encoding-version": "0.2.0"})
        for begin in range(0, cells, PIECE):
            end = min(begin + PIECE, cells)
            times = np.random.default_rng([1, begin]).integers(0, TIMES, end - begin).astype("f8")
            index[begin:end] = np.arange(begin, end).astype("S10")
            day[begin:end] = times
            x[begin:end] = coordinates(times, dims, np.random.default_rng([2, begin]))


def in_own_process(function, *arguments: object) -> None:
    process = multiprocessing.Process(target=function, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{function.__name__} failed")


def measured(*line: object) -> tuple[float, float, float]:
    """Seconds, seconds of the processor, MB at most."""
    begin = time.perf_counter()
    process = subprocess.Popen([*map(str, line), "--quiet"], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{line} failed")
    return time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", nargs="?", choices=["predict", "annotate", "train"], default="predict")
    parser.add_argument("--cells", default="6250000,12500000,25000000,50000000")
    parser.add_argument("--dims", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--folder", default="/tmp")
    parser.add_argument("--program", default=ROOT / "build/native/bin/cellmnn")
    options = parser.parse_args()
    ending, write = (".h5ad", write_h5ad) if options.command == "annotate" else (".npz", write_npz)
    print("| cells | time | processor | a million cells | peak memory | written |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="cellmnn-stream-", dir=options.folder) as folder:
        model, small = f"{folder}/model", f"{folder}/small{ending}"
        in_own_process(write, small, 20_000, options.dims)
        measured(options.program, "train", small, "-o", model, "--steps", 50, "--width", 16, "--dims", options.dims)
        for cells in [int(count) for count in options.cells.split(",")]:
            data = f"{folder}/data{ending}"
            output = f"{folder}/out" + (".safetensors" if options.command == "train" else ending)
            in_own_process(write, data, cells, options.dims)
            command = {
                "predict": ["predict", model, data, "--ahead", 1],
                "annotate": ["annotate", model, data],
                "train": ["train", data, "--max-cells", 1_000_000, "--steps", 1000, "--dims", options.dims],
            }[options.command]
            took, cpu, memory = measured(options.program, *command, "-o", output, "--threads", options.threads)
            size = os.path.getsize(output) / 1e9
            each = 1e6 * cpu / cells
            print(
                f"| {cells:,} | {took:.1f} s | {cpu:.1f} s | {each:.2f} s | {memory:.0f} MB | {size:.1f} GB |",
                flush=True,
            )
            os.remove(data)
            os.remove(output)


if __name__ == "__main__":
    main()
