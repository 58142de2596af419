#!/usr/bin/python3
"""Writes one small data set in every encoding of .h5ad that cellmnn must read.

Usage: make_h5ad.py FOLDER. 12 cells: component d of cell i is 10 i + d, days 0, 1.5, 3 in turn,
expression of gene g is (7 i + 3 g) mod 5.
"""

import sys
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import scipy.sparse
from annotated import annotated

N, D, G = 12, 3, 4
CELLS = [f"cell{i}" for i in range(N)]
GENES = [f"gene{g}" for g in range(G)]
DAYS = np.tile([0.0, 1.5, 3.0], N // 3)
PCS = (10 * np.arange(N)[:, None] + np.arange(D)).astype("f4")
X = ((7 * np.arange(N)[:, None] + 3 * np.arange(G)) % 5).astype("f4")
TEXT = h5py.string_dtype()


def with_anndata(folder):
    """What anndata itself writes."""

    def write(name, day, x=X, pcs=PCS, **options):
        obs = pd.DataFrame({"day": day, "state": pd.Categorical(["a", "b"] * (N // 2))}, index=CELLS)
        data = annotated(x, obs=obs, var=pd.DataFrame(index=GENES))
        data.obsm["X_pca"] = pcs
        data.uns["nested"] = {"empty": {}, "text": "x", "number": 3}
        data.layers["counts"] = data.X.copy()
        data.raw = data
        data.write_h5ad(folder / f"{name}.h5ad", **options)

    labels = [f"day {day:g}" for day in DAYS]
    write("numeric", DAYS)
    write("float32_day", DAYS.astype("f4"))
    write("strings", np.array(labels, dtype=object))
    write("categorical_strings", pd.Categorical(labels))
    write("categorical_ordered", pd.Categorical(labels, categories=["day 0", "day 1.5", "day 3"], ordered=True))
    write("categorical_numbers", pd.Categorical(DAYS))
    write("csr", DAYS, scipy.sparse.csr_matrix(X))
    write("csc", DAYS, scipy.sparse.csc_matrix(X))
    write("gzip", DAYS, compression="gzip")
    write("lzf", DAYS, scipy.sparse.csr_matrix(X), compression="lzf")
    write("integers", DAYS, X.astype("i4"), PCS.astype("i8"))
    write("doubles", DAYS, X.astype("f8"), PCS.astype("f8"))


def minimal(folder, name):
    """A file with the cells' names and components, but no days."""
    file = h5py.File(folder / f"{name}.h5ad", "w")
    file.attrs["encoding-type"] = "anndata"
    obs = file.create_group("obs")
    obs.attrs.update({"_index": "_index", "encoding-type": "dataframe", "encoding-version": "0.2.0"})
    obs.create_dataset("_index", data=CELLS, dtype=TEXT)
    file["obsm/X_pca"] = PCS
    return file


def nullable(file, name, encoding, values):
    group = file.create_group(name)
    group.attrs.update({"encoding-type": encoding, "encoding-version": "0.1.0"})
    group["values"] = values
    group["mask"] = np.zeros(len(values), dtype=bool)


def with_h5py(folder):
    """What other versions of anndata write."""
    labels = np.array([f"{day:g}" for day in DAYS], dtype=TEXT)

    with minimal(folder, "nullable_strings") as file:
        nullable(file, "obs/day", "nullable-string-array", labels)
        nullable(file, "var/_index", "nullable-string-array", np.array(GENES, dtype=TEXT))
        file["var"].attrs["_index"] = "_index"
        file["X"] = X

    with minimal(folder, "nullable_categories") as file:
        nullable(file, "obs/day/categories", "nullable-string-array", np.array(["0", "1.5", "3"], dtype=TEXT))
        file["obs/day/codes"] = np.tile(np.arange(3, dtype="i1"), N // 3)
        file["obs/day"].attrs.update({"encoding-type": "categorical", "ordered": True})

    with minimal(folder, "nullable_index") as file:
        del file["obs/_index"]
        nullable(file, "obs/_index", "nullable-string-array", np.array(CELLS, dtype=TEXT))
        file["obs/day"] = DAYS

    with minimal(folder, "null_elements") as file:
        file["obs/day"] = DAYS
        for name in ("X", "uns/nothing", "obsm/nothing"):
            file[name] = h5py.Empty("f4")
            file[name].attrs["encoding-type"] = "null"
        file["var/_index"] = np.array(GENES, dtype=TEXT)
        file["var"].attrs["_index"] = "_index"

    with minimal(folder, "legacy_categories") as file:
        file["obs/__categories/day"] = np.array(["0", "1.5", "3"], dtype=TEXT)
        file["obs/__categories/day"].attrs["ordered"] = False
        file["obs/day"] = np.tile(np.arange(3, dtype="i1"), N // 3)
        file["obs/day"].attrs["categories"] = file["obs/__categories/day"].ref

    with h5py.File(folder / "legacy_records.h5ad", "w") as file:
        obs = np.zeros(N, dtype=[("index", "S8"), ("day", "i1"), ("score", "f8")])
        obs["index"], obs["day"] = CELLS, np.tile(np.arange(3), N // 3)
        obsm = np.zeros(N, dtype=[("X_pca", "f4", (D,)), ("X_umap", "f4", (2,))])
        obsm["X_pca"] = PCS
        var = np.zeros(G, dtype=[("index", TEXT)])
        var["index"] = GENES
        file["obs"], file["obsm"], file["var"] = obs, obsm, var
        file["uns/day_categories"] = np.array(["0", "1.5", "3"], dtype=TEXT)
        sparse = scipy.sparse.csr_matrix(X)
        group = file.create_group("X")
        group.attrs.update({"h5sparse_format": "csr", "h5sparse_shape": X.shape})
        group["data"], group["indices"], group["indptr"] = sparse.data, sparse.indices, sparse.indptr


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with_anndata(target)
    with_h5py(target)
