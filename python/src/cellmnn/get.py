"""The answers in an AnnData as data frames, and its model."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._model import Model
from ._target import KEY, model_of

if TYPE_CHECKING:
    from anndata import AnnData

__all__ = ["loss", "model", "network", "perturbation", "scores"]


def _held(adata: "AnnData", key: str, part: str | None, maker: str) -> Any:
    held = adata.uns.get(key)
    if part is not None and held is not None:
        held = held.get(part) if isinstance(held, dict) else None
    if held is None:
        where = f"uns[{key!r}]" + (f"[{part!r}]" if part else "")
        raise KeyError(f"there is no {where}: call cellmnn.tl.{maker} first")
    return held


def model(adata: "AnnData", key: str = KEY) -> Model:
    """The model that :func:`cellmnn.tl.train` has left in ``uns[key]``."""
    return model_of(adata, None, key)


def loss(adata: "AnnData", key: str = KEY) -> pd.DataFrame:
    """The loss over the steps of the training: step, loss, mmd, kinetic, det."""
    frame = pd.DataFrame({name: np.asarray(values) for name, values in _held(adata, key, "loss", "train").items()})
    frame["step"] = frame["step"].astype(int)
    return frame[["step", "loss", "mmd", "kinetic", "det"]]


def scores(adata: "AnnData", key: str = KEY) -> pd.DataFrame:
    """The scores of :func:`cellmnn.tl.evaluate`: one row a method, hold-out and seed."""
    return _held(adata, key, "scores", "evaluate").copy()


def network(adata: "AnnData", key: str = "cellmnn_network", gene: str | None = None) -> pd.DataFrame:
    """The edges of :func:`cellmnn.tl.network`, the highest score first; of one gene, those from and to it."""
    edges = _held(adata, key, None, "network").copy()
    if gene is None:
        return edges
    around = edges[(edges["source"] == gene) | (edges["target"] == gene)]
    if around.empty:
        raise KeyError(f"the network has no edge of {gene!r}")
    return around


def perturbation(adata: "AnnData", key: str = "cellmnn_perturbation", summary: bool = False) -> pd.DataFrame:
    """The answer of :func:`cellmnn.tl.perturb`: one row a time and gene, or with ``summary`` one row a time."""
    return _held(adata, key, "summary" if summary else "genes", "perturb").copy()
