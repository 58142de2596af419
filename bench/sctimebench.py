#!/usr/bin/env python3
"""Cell-MNN as a method of the independent benchmark scTimeBench (github.com/li-lab-mcgill/scTimeBench).

    bench/sctimebench.py --yaml_config FILE    as scTimeBench calls a method, in its own environment

docs/sctimebench.md says how to enter it there. The state of a cell are 50 principal components of the training cells,
or as many as there are, whitened; predictions stay within the range of the training cells in each of them. What
scTimeBench wants from the first time to the last begins with cells of the nearest training snapshot before each time.
CELLMNN_PROGRAM is the program, else `cellmnn`.
"""

import os
import pathlib
import subprocess
import sys

import numpy as np

MOST_COMPONENTS = 50
TIME = "scTimeBench_timepoint"


def dense(values):
    return np.asarray(values.toarray() if hasattr(values, "toarray") else values, dtype=np.float64)


def numbers_of(times):
    """{timepoint: number}: itself, or its place in order where timepoints are texts."""
    ordered = sorted(set(times))
    if all(isinstance(time, (int, float, np.number)) for time in ordered):
        return {time: float(time) for time in ordered}
    return {time: float(place) for place, time in enumerate(ordered)}


class Components:
    """Whitened principal components of the rows of `expression` (N, G)."""

    def __init__(self, expression):
        self.mean = expression.mean(axis=0)
        centred = expression - self.mean
        values, vectors = np.linalg.eigh(centred.T @ centred / len(centred))
        known = values > 1e-10 * max(values[-1], 1e-300)
        self.loadings = vectors[:, known][:, ::-1][:, :MOST_COMPONENTS]
        self.scale = np.sqrt(values[known][::-1][:MOST_COMPONENTS])

    def of(self, expression):
        return (expression - self.mean) @ self.loadings / self.scale

    def expression(self, components):
        return components * self.scale @ self.loadings.T + self.mean


class Forecaster:
    """A model of `cellmnn train` on the components of expression (N, G) at `times` (N)."""

    def __init__(self, expression, times, folder, steps=None, seed=42):
        self.folder, self.times = pathlib.Path(folder), np.asarray(times, dtype=np.float64)
        self.components = Components(expression)
        self.cells = self.components.of(expression)
        self.range = self.cells.min(axis=0), self.cells.max(axis=0)
        if not self._model().exists():
            self._write(self.cells, self.times)
            options = ["--dims", self.cells.shape[1], "--seed", seed, *(["--steps", steps] if steps else [])]
            self._run("train", self._data(), "-o", self._model(), *options)

    def moved(self, cells, begin, end):
        """Components (N, D) of cells at the time `begin`, as predicted at `end`; bounded."""
        self._write(cells, np.full(len(cells), begin))
        out = self.folder / "cellmnn_predicted.npz"
        self._run("predict", self._model(), self._data(), "--times", end, "-o", out)
        with np.load(out) as predicted:
            return np.clip(predicted["X_predicted"].astype(np.float64), *self.range)

    def next_components(self, cells, begins, all_times):
        """Of each cell (N, D) at its time of `begins`, at the next of all times; NaN at the last one."""
        following = np.full_like(cells, np.nan)
        for begin, end in zip(all_times[:-1], all_times[1:], strict=True):
            rows = np.flatnonzero(begins == begin)
            if len(rows):
                following[rows] = self.moved(cells[rows], begin, end)
        return following

    def population(self, first, count, time):
        """`count` cells at a time: the given ones where no training snapshot is before, else from the nearest."""
        before = self.times[self.times < time]
        if not len(before):
            return first
        rows = np.flatnonzero(self.times == before.max())
        drawn = np.random.default_rng(0).choice(rows, count, replace=count > len(rows))
        return self.moved(self.cells[drawn], before.max(), time)

    def _data(self):
        return self.folder / "cellmnn_cells.npz"

    def _model(self):
        return self.folder / "cellmnn.safetensors"

    def _write(self, cells, times):
        np.savez(self._data(), pcs=cells, time=times)

    def _run(self, *arguments):
        program = os.environ.get("CELLMNN_PROGRAM", "cellmnn")
        result = subprocess.run([program, *map(str, arguments), "--quiet"], capture_output=True, text=True)
        if result.returncode:
            sys.exit(result.stderr.strip())


def method_class(base):
    """The method, on top of scTimeBench's BaseMethod."""

    class CellMnn(base):
        def train(self, ann_data, all_tps=None, train_output_path=None):
            times = list(ann_data.obs[TIME])
            self.number_of = numbers_of(all_tps if all_tps is not None else times)
            given = self.config.get("method", {}).get("metadata", {})
            self.forecaster = Forecaster(
                dense(ann_data.X),
                [self.number_of[time] for time in times],
                train_output_path or self.output_path,
                given.get("steps"),
                given.get("seed", 42),
            )

        def generate_embedding(self, test_ann_data):
            return self.forecaster.components.of(dense(test_ann_data.X)).astype(np.float32)

        def generate_next_tp_embedding(self, test_ann_data):
            begins = np.array([self.number_of[time] for time in test_ann_data.obs[TIME]])
            cells = self.forecaster.components.of(dense(test_ann_data.X))
            all_times = sorted(self.number_of.values())
            return self.forecaster.next_components(cells, begins, all_times).astype(np.float32)

        def generate_next_tp_gex(self, test_ann_data):
            following = self.generate_next_tp_embedding(test_ann_data).astype(np.float64)
            return self.forecaster.components.expression(following).astype(np.float32)

        def generate_zero_to_end_pred_gex(self, first_tp_cells, all_tps):
            components = self.forecaster.components
            first, count = components.of(dense(first_tp_cells.X)), first_tp_cells.shape[0]
            cells = [self.forecaster.population(first, count, self.number_of[time]) for time in all_tps]
            return type(first_tp_cells)(
                X=components.expression(np.concatenate(cells)).astype(np.float32),
                obs={TIME: [time for time in all_tps for _ in range(count)]},
                var=first_tp_cells.var,
            )

    return CellMnn


if __name__ == "__main__":
    from scTimeBench.method_utils.method_runner import BaseMethod, main

    main(method_class(BaseMethod))
