"""Files with one fault each, and the tests that the program names it."""

import json
import os
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import h5py
import numpy as np
from support import TestCase, moving_cells, run, write_npz

USAGE, BAD_INPUT = 2, 3


@dataclass
class Case:
    """A command line that is refused with this exit code in one line with all these words."""

    arguments: str
    code: int
    words: list[str]
    build: Callable[[], object] = lambda: None  # writes the files that it needs


class BadInputTestCase(TestCase):
    """Each case is a test of the class. It finds good.npz: 4 dimensions, the times 0 to 3."""

    cases: dict[str, Case] = {}

    def __init_subclass__(cls):
        for name, case in cls.cases.items():
            setattr(cls, "test_" + name, lambda self, case=case: self.check(case))

    def prepare(self):
        write_npz("good.npz")

    def check(self, case):
        case.build()
        before = {name: os.stat(name).st_mtime_ns for name in os.listdir()}
        self.refused(case.code, case.words, *case.arguments.split())
        after = {name: os.stat(name).st_mtime_ns for name in os.listdir()}
        self.assertEqual(after, before, "files that appeared or changed")


def save(path, x=None, t=None, **more):
    cells, times = moving_cells()
    np.savez(path, pcs=cells if x is None else x, sample_labels=times if t is None else t, **more)


def write_h5ad(path, columns, **obsm):
    with h5py.File(path, "w") as file:
        file.attrs.update({"encoding-type": "anndata", "encoding-version": "0.1.0"})
        obs = file.create_group("obs")
        obs.attrs.update({"encoding-type": "dataframe", "encoding-version": "0.2.0", "_index": "index"})
        obs.attrs["column-order"] = np.array(list(columns), dtype=h5py.string_dtype())
        count = len(next(iter(columns.values())))
        obs["index"] = np.array([f"cell{i}" for i in range(count)], dtype=h5py.string_dtype())
        for name, values in columns.items():
            obs[name] = values
        group = file.create_group("obsm")
        for name, values in obsm.items():
            group[name] = values


def truncate(path, share):
    with open(path, "r+b") as file:
        file.truncate(int(os.path.getsize(path) * share))


def write_text(path, text):
    with open(path, "w") as file:
        file.write(text)


def write_tensors(path, header, data=b"", length=None):
    text = json.dumps(header).encode() if isinstance(header, dict) else header
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text) if length is None else length) + text + data)


def model_header(path):
    with open(path, "rb") as file:
        length = struct.unpack("<Q", file.read(8))[0]
        return json.loads(file.read(length)), file.read()


# Builders of files. Each is called in the test's folder, where good.npz, 4 dimensions and the times 0
# to 3, exists already.


def nan_cells():
    x, t = moving_cells()
    second, third = np.flatnonzero(t == 1)[1:3]
    x[second, 2] = x[third, 0] = np.nan
    save("bad.npz", x=x)


def infinite_cells():
    x, _ = moving_cells()
    x[3, 0] = np.inf
    save("bad.npz", x=x)


def truncated_npz():
    save("bad.npz")
    truncate("bad.npz", 0.6)


def truncated_h5ad():
    x, t = moving_cells()
    write_h5ad("bad.h5ad", {"day": t}, X_pca=x)
    truncate("bad.h5ad", 0.5)


def good_h5ad():
    x, t = moving_cells()
    write_h5ad("good.h5ad", {"day": t, "depth": t * 7}, X_pca=x, X_umap=x[:, :2])


def ambiguous_h5ad():
    x, t = moving_cells()
    write_h5ad("bad.h5ad", {"day": t, "stage": t + 1}, X_pca=x)


def overflowing_npy():
    shape = b"{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 8), }"
    header = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(shape) + 1) + shape + b"\n"
    with zipfile.ZipFile("bad.npz", "w") as file:
        file.writestr("pcs.npy", header + b"\0" * 64)
        file.writestr("sample_labels.npy", header + b"\0" * 64)


def trained_model():
    result = run("train", "good.npz", "-o", "good.safetensors", "--steps", "1", "--width", "8", "--quiet")
    assert result.returncode == 0, result.stderr


def changed_model(change):
    """Writes bad.safetensors: a good model of which `change` has edited the header."""

    def build():
        trained_model()
        header, data = model_header("good.safetensors")
        change(header)
        write_tensors("bad.safetensors", header, data)

    return build


def first_tensor(header):
    return next(value for name, value in sorted(header.items()) if name.startswith("encoder"))


def overlap(header):
    last = sorted(name for name in header if name.startswith("encoder"))[-1]
    begin, end = header[last]["data_offsets"]
    header[last]["data_offsets"] = [begin - 4, end - 4]


def other_dtype(header):
    first_tensor(header)["dtype"] = "I32"


def future_version(header):
    header["__metadata__"]["format"] = "cellmnn/99"


def narrow_model():
    trained_model()
    write_npz("narrow.npz", dims=2)


def small_npz(**options):
    return lambda: write_npz("bad.npz", **options)
