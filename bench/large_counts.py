#!/usr/bin/python3
"""Counts of many cells as .h5ad, written in blocks; and how fast programs preprocess them.

    bench/large_counts.py make FILE [--cells 100000] [--genes 20000] [--molecules 1250] [--gzip]
    bench/large_counts.py time FILE PROGRAM ... [--threads 2]

Each cell is a draw of molecules from genes whose shares are spread over four powers of ten and change over three days
and between three kinds. 1,250 molecules are about 1,000 values other than 0 a cell, 576 about 500. The second form
prints seconds, those of the processor, and the peak of memory of `PROGRAM preprocess FILE` of each, in turns.
"""

import argparse
import os
import pathlib
import tempfile
import time

import h5py
import numpy as np

BLOCK = 10_000
DAYS, KINDS = 3, 3


def shares(rng, genes):
    """Running sums (days x kinds, genes) of the share of each gene."""
    base = rng.normal(0, 1.6, genes)
    changes = [rng.normal(0, 0.7, (count, genes)) * (rng.random(genes) < 0.1) for count in (DAYS, KINDS)]
    weights = np.exp(base + changes[0][:, None] + changes[1][None])
    return np.cumsum(weights / weights.sum(axis=2, keepdims=True), axis=2).reshape(DAYS * KINDS, genes)


def draw_block(rng, cells, groups, sums, molecules):
    """Sorted cells and genes of the values, and the values."""
    genes = sums.shape[1]
    keys = []
    for group in range(len(sums)):
        members = np.flatnonzero(groups == group)
        depth = rng.poisson(molecules * rng.gamma(8, 1 / 8, len(members)))
        drawn = np.searchsorted(sums[group], rng.random(depth.sum())).clip(max=genes - 1)
        keys.append(np.repeat(members, depth) * genes + drawn)
    found, counts = np.unique(np.concatenate(keys), return_counts=True)
    return np.bincount(found // genes, minlength=cells), found % genes, counts


def write_names(file, group, names):
    frame = file.create_group(group)
    frame.attrs.update({"encoding-type": "dataframe", "encoding-version": "0.2.0", "_index": "index"})
    index = frame.create_dataset("index", data=names, dtype=h5py.string_dtype())
    index.attrs.update({"encoding-type": "string-array", "encoding-version": "0.2.0"})
    return frame


def make(options):
    rng = np.random.default_rng(1)
    sums = shares(rng, options.genes)
    compression = {"compression": "gzip", "compression_opts": 4} if options.gzip else {}
    with h5py.File(options.file, "w") as file:
        file.attrs.update({"encoding-type": "anndata", "encoding-version": "0.1.0"})
        x = file.create_group("X")
        x.attrs.update({"encoding-type": "csr_matrix", "encoding-version": "0.1.0"})
        x.attrs["shape"] = np.array([options.cells, options.genes])
        chunks = {"maxshape": (None,), "chunks": (1 << 17,), **compression}
        data = x.create_dataset("data", (0,), "f4", **chunks)
        indices = x.create_dataset("indices", (0,), "i4", **chunks)
        starts, days = [np.zeros(1, "i8")], []
        for begin in range(0, options.cells, BLOCK):
            cells = min(BLOCK, options.cells - begin)
            groups = rng.integers(DAYS * KINDS, size=cells)
            lengths, genes, counts = draw_block(rng, cells, groups, sums, options.molecules)
            end = data.shape[0] + len(counts)
            for dataset, values in ((data, counts), (indices, genes)):
                dataset.resize((end,))
                dataset[end - len(counts) :] = values
            starts.append(starts[-1][-1] + np.cumsum(lengths))
            days.append(groups // KINDS)
        x.create_dataset("indptr", data=np.concatenate(starts))
        obs = write_names(file, "obs", [f"cell{i}" for i in range(options.cells)])
        obs.attrs["column-order"] = ["day"]
        obs.create_dataset("day", data=np.concatenate(days)).attrs.update(
            {"encoding-type": "array", "encoding-version": "0.2.0"}
        )
        var = write_names(file, "var", [f"gene{i}" for i in range(options.genes)])
        var.attrs.create("column-order", [], dtype=h5py.string_dtype())
        print(f"{options.file}: {options.cells} cells x {options.genes} genes, {data.shape[0]} values")


def measured(command):
    """Seconds, those of the processor, and the most bytes."""
    begin = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ)
    _, status, used = os.wait4(process, 0)
    if status != 0:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def compare(options):
    with h5py.File(options.file) as file:
        cells = int(file["X"].attrs["shape"][0])
    with tempfile.TemporaryDirectory(dir=pathlib.Path(options.file).resolve().parent) as folder:
        for program in options.programs:
            output = f"{folder}/ready.h5ad"
            command = [program, "preprocess", options.file, "-o", output, "--quiet", "--threads", str(options.threads)]
            seconds, processor, peak = measured(command)
            print(
                f"{program}: {seconds:.1f} s, {processor:.1f} s of the processor, {cells / processor:.0f} cells "
                f"in each of these, {peak / 1e9:.2f} GB",
                flush=True,
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    forms = parser.add_subparsers(required=True)
    form = forms.add_parser("make")
    form.set_defaults(run=make)
    form.add_argument("file")
    form.add_argument("--cells", type=int, default=100_000)
    form.add_argument("--genes", type=int, default=20_000)
    form.add_argument("--molecules", type=int, default=1250)
    form.add_argument("--gzip", action="store_true")
    form = forms.add_parser("time")
    form.set_defaults(run=compare)
    form.add_argument("file")
    form.add_argument("programs", nargs="+", metavar="PROGRAM")
    form.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
