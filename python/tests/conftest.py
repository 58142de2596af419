"""Cells for the tests, and the program beside which the package is tested."""

import os
import subprocess
from pathlib import Path

import anndata
import cellmnn
import numpy as np
import pandas as pd
import pytest

STEPS = 40  # of a training: what is tested is not how good it is


def simulated(cells: int = 120, genes: int = 12, seed: int = 5) -> anndata.AnnData:
    """Cells of five days that part into two, with expression, its components and an embedding of two dimensions."""
    rng = np.random.default_rng(seed)
    days = np.repeat([0.0, 1.0, 2.0, 3.5, 5.0], cells)
    side = rng.choice([-1, 1], len(days))
    z = np.stack([days, side * np.maximum(0, days - 1), rng.normal(size=len(days))], axis=1)
    z += 0.3 * rng.normal(size=z.shape)
    x = np.log1p(np.exp(z @ rng.normal(size=(3, genes)) * 0.4 + 0.1 * rng.normal(size=(len(days), genes))))
    x = x.astype(np.float32)
    mean = x.mean(axis=0)
    _, _, v = np.linalg.svd(x - mean, full_matrices=False)
    loadings = np.ascontiguousarray(v[:8].T, dtype=np.float32)
    adata = anndata.AnnData(
        x,
        obs=pd.DataFrame(
            {"day": days, "side": pd.Categorical(np.where(side > 0, "up", "down"))},
            index=[f"c{i}" for i in range(len(days))],
        ),
        var=pd.DataFrame(index=[f"G{i}" for i in range(genes)]),
    )
    order = rng.permutation(len(days))  # snapshots are not blocks of rows
    adata = adata[order].copy()
    adata.obsm["X_pca"] = (adata.X - mean) @ loadings
    adata.obsm["X_umap"] = np.asarray(z[order, :2], dtype=np.float32)
    adata.varm["PCs"] = loadings
    adata.uns["pca_mean"] = mean
    return adata


@pytest.fixture(scope="session")
def untrained() -> anndata.AnnData:
    return simulated()


@pytest.fixture
def adata(untrained: anndata.AnnData) -> anndata.AnnData:
    return untrained.copy()


@pytest.fixture(scope="session")
def trained_once(untrained: anndata.AnnData) -> anndata.AnnData:
    return cellmnn.tl.train(untrained, steps=STEPS, random_state=7, n_jobs=2, copy=True)


@pytest.fixture
def trained(trained_once: anndata.AnnData) -> anndata.AnnData:
    return trained_once.copy()


class Program:
    """The program `cellmnn`: that of the wheel, or the one that CELLMNN_PROGRAM names."""

    def __init__(self, folder: Path):
        bundled = Path(cellmnn.__file__).parent / "bin" / "cellmnn"
        self.path = os.environ.get("CELLMNN_PROGRAM", str(bundled))
        self.folder = folder

    def run(self, *arguments: object) -> str:
        words = [self.path, *map(str, arguments)]
        result = subprocess.run(words, capture_output=True, text=True, cwd=self.folder, timeout=600)
        assert result.returncode == 0, result.stderr
        return result.stdout


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def h5ad(untrained: anndata.AnnData, tmp_path: Path) -> Path:
    path = tmp_path / "cells.h5ad"
    untrained.write_h5ad(path)
    return path
