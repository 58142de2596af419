#!/usr/bin/python3
"""Several snapshots ahead: one operator all the way, or a new one at each training time?

    bench/path_rule.py [FILE.npz|FILE.h5ad ...] [--seeds 3] [--ahead 2,3] [--held-out] [--json FILE]

Four simulated courses come first; their true paths tell the error of single cells. FILE has pcs and sample_labels, or
X_pca in obsm and a column of times; the first five components are taken. `predict` gives cells a new operator at each
training time. For one operator all the way it reads the same model with the first training time only.

Printed are means over all pairs of snapshots that many steps apart, in coordinates whitened by all cells:
W1 between predicted and measured cells (random 1,000 of each), and on simulated courses the mean distance of a cell
from its true place. Beside them: cells that do not move, and cells that go on straight along the exact transport plan
to the next snapshot. Models have seen all snapshots; with --held-out not the one that is predicted. Means are over
the predictions that neither rule refuses as too far from the training cells.
"""

import argparse
import json
import pathlib
import struct
import subprocess
import tempfile

import anndata
import numpy as np
import ot

ROOT = pathlib.Path(__file__).resolve().parent.parent
DIMS = 5
MOST = 1000  # cells of a cloud, for W1
REFUSED = 4  # exit code: predictions too far from the training cells
METHODS = ["no change", "OT, straight on", "one operator", "anew"]
TIME_COLUMNS = ["time", "day", "hour", "sample_labels"]


class Course:
    """Cells by snapshot, perhaps with true paths (paths, times, D) of other cells at the same times."""

    def __init__(self, name, cells, times, paths=None):
        self.name, self.cells, self.labels, self.paths = name, cells.astype(np.float32), times.astype(float), paths
        self.times = np.unique(self.labels)
        self.mean, self.std = cells.mean(axis=0), cells.std(axis=0)

    def at(self, k):
        return self.cells[self.labels == self.times[k]]

    def white(self, x):
        return (x - self.mean) / self.std


def read_course(path):
    if path.suffix == ".npz":
        data = np.load(path)
        return Course(path.stem, data["pcs"][:, :DIMS], data["sample_labels"])
    data = anndata.read_h5ad(path)
    column = next(name for name in TIME_COLUMNS if name in data.obs)
    return Course(path.stem, np.asarray(data.obsm["X_pca"])[:, :DIMS], data.obs[column].to_numpy())


def simulated(run, folder, seed):
    cells, paths = folder / "simulated.h5ad", folder / "paths.npz"
    given = ["--cells", 400, "--dims", 10, "--times", "0,1,2,3,4,5", "--paths", 300]
    run("simulate", "--seed", seed, *given, "--trajectories", paths, "-o", cells)
    data, truth = anndata.read_h5ad(cells), np.load(paths)
    times = np.asarray(data.obs["time"], float)
    on_time = [int(np.argmin(np.abs(truth["times"] - time))) for time in np.unique(times)]
    expression = truth["trajectories"][:, on_time].astype(float) - data.uns["pca_mean"]
    return Course(f"simulated {seed}", data.obsm["X_pca"][:, :DIMS], times, expression @ data.varm["PCs"][:, :DIMS])


def write_cells(path, cells, times):
    np.savez(path, pcs=cells.astype(np.float32), sample_labels=times)


def with_one_operator(source, target):
    """The same model, of which only the first training time is known: behind it there is no other."""
    data = source.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    time = json.loads(header["__metadata__"]["time"])
    time["training"] = time["training"][:1]
    header["__metadata__"]["time"] = json.dumps(time)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    target.write_bytes(struct.pack("<Q", len(text)) + text + data[8 + size :])


def w1(a, b, rng):
    few = [x[rng.permutation(len(x))[:MOST]] for x in (a, b)]
    return ot.emd2([], [], ot.dist(*few, metric="euclidean"), numItermax=10**7)


def straight_on(course, k, target):
    """Along the exact plan to the next snapshot, and on at the same speed."""
    cells, then = course.white(course.at(k)), course.white(course.at(k + 1))
    plan = ot.emd([], [], ot.dist(cells, then), numItermax=10**7)
    speed = (plan @ then / plan.sum(axis=1, keepdims=True) - cells) / (course.times[k + 1] - course.times[k])
    return cells + (course.times[target] - course.times[k]) * speed


def measure(run, folder, course, aheads, seeds, held_out):
    """By steps ahead: lists of numbers of each method."""
    found = {ahead: {} for ahead in aheads}
    count = len(course.times)
    hidden = range(min(aheads), count) if held_out else [None]
    for target in hidden:
        kept = np.full(len(course.labels), True) if target is None else course.labels != course.times[target]
        write_cells(folder / "train.npz", course.cells[kept], course.labels[kept])
        for seed in range(1, seeds + 1):
            anew, one = folder / "anew.safetensors", folder / "one.safetensors"
            run("train", folder / "train.npz", "-o", anew, "--seed", seed, "--threads", 1)
            with_one_operator(anew, one)
            for ahead in aheads:
                for to in range(ahead, count) if target is None else [target]:
                    if to >= ahead:
                        compare(run, folder, course, to - ahead, to, {"one operator": one, "anew": anew}, found[ahead])
    return found


def compare(run, folder, course, k, to, models, found):
    measured = course.white(course.at(to))
    paths = course.paths

    def add(kind, clouds):
        for method, cloud in clouds.items():
            if cloud is None:
                error = np.nan
            elif kind == "W1":
                error = w1(cloud, measured, np.random.default_rng(0))
            else:
                error = np.linalg.norm(cloud - course.white(paths[:, to]), axis=1).mean()
            found.setdefault((kind, method), []).append(float(error))

    def moved(cells):
        result = {"no change": course.white(cells)}
        write_cells(folder / "from.npz", cells, np.full(len(cells), course.times[k]))
        for method, model in models.items():
            out = folder / "predicted.npz"
            given = ["--times", course.times[to], "-o", out, "--force"]
            answered = run("predict", model, folder / "from.npz", *given, accepted=[0, REFUSED]) == 0
            result[method] = course.white(np.load(out)["X_predicted"]) if answered else None
        return result

    add("W1", moved(course.at(k)) | {"OT, straight on": straight_on(course, k, to)})
    if paths is not None:
        add("path", moved(paths[:, k]))


def print_rows(name, by_ahead):
    for ahead, found in by_ahead.items():
        for kind in ["W1", "path"]:
            values = [found.get((kind, method)) for method in METHODS]
            if not any(values):
                continue
            one, anew = (np.array(found[kind, method]) for method in ["one operator", "anew"])
            answered = np.isfinite(one) & np.isfinite(anew)
            texts = [text_of(np.array(value), answered) if value else "-" for value in values]
            nearer = f"{np.sum(anew[answered] < one[answered])} of {np.sum(answered)}"
            print(f"| {name} | {ahead} | {kind} | {' | '.join(texts)} | {nearer} |", flush=True)


def text_of(values, answered):
    """The mean where both rules have an answer."""
    refused = np.sum(np.isnan(values))
    return f"{np.mean(values[answered]):.3f}" + (f" ({refused} refused)" if refused else "")


def written(results):
    return {
        name: {ahead: {"; ".join(key): values for key, values in found.items()} for ahead, found in by_ahead.items()}
        for name, by_ahead in results.items()
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    parser.add_argument("--systems", default="1,2,3,4", help="seeds of the simulated courses")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--ahead", default="2,3")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/native/bin/cellmnn")
    given = parser.parse_args()

    def run(*arguments, accepted=(0,)):
        command = [given.program, *map(str, arguments), "--quiet"]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode not in accepted:
            raise RuntimeError(done.stderr)
        return done.returncode

    print(f"| course | ahead | measure | {' | '.join(METHODS)} | anew is nearer |")
    print("|---" * (4 + len(METHODS)) + "|")
    results = {}
    aheads = [int(ahead) for ahead in given.ahead.split(",")]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        systems = [simulated(run, folder, int(seed)) for seed in given.systems.split(",") if seed]
        courses = systems + [read_course(path) for path in given.files]
        for course in courses:
            fitting = [ahead for ahead in aheads if ahead < len(course.times)]
            results[course.name] = measure(run, folder, course, fitting, given.seeds, given.held_out)
            print_rows(course.name, results[course.name])
            if given.json:
                given.json.write_text(json.dumps(written(results), indent=1))


if __name__ == "__main__":
    main()
