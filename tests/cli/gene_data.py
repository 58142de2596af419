"""Simulated data with genes, a model of them, and variants of the files."""

import anndata


def write_trained(case, steps=200, genes=16, cells=60):
    """data.h5ad, which it returns, truth.csv and a short-trained model in the working directory."""
    case.succeed(
        "simulate", "-o", "data.h5ad", "--genes", genes, "--cells", cells, "--times", "0,1,2", "--network", "truth.csv"
    )
    case.succeed("train", "data.h5ad", "-o", "model", "--steps", steps, "--width", 16, "--lr", 5e-3)
    return anndata.read_h5ad("data.h5ad")


def with_changed(path, change):
    """Writes data.h5ad to `path` after change(anndata)."""
    data = anndata.read_h5ad("data.h5ad")
    change(data)
    data.write_h5ad(path)
    return path
