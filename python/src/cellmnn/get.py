"""The answers in an AnnData as data frames, and its model."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._model import Model
from ._target import KEY, model_of

if TYPE_CHECKING:
    from anndata import AnnData

__all__ = [
    "comparisons",
    "drivers",
    "fates",
    "known",
    "label_flows",
    "loss",
    "model",
    "network",
    "perturbation",
    "scores",
    "screen",
    "trends",
]


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


def comparisons(adata: "AnnData", key: str = KEY) -> pd.DataFrame:
    """Each method of :func:`cellmnn.tl.evaluate` beside interpolation by optimal transport, which needs no training.

    One row a method and interpolation: the mean W1 less that of the interpolation, its 95 % interval by a paired
    bootstrap over held-out cells and seeds, and the verdict "better", "worse" or "chance".
    """
    return _held(adata, key, "comparisons", "evaluate").copy()


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


def screen(adata: "AnnData", key: str = "cellmnn_screen") -> pd.DataFrame:
    """The answer of :func:`cellmnn.tl.screen`, the largest change first."""
    return _held(adata, key, None, "screen").copy()


def fates(adata: "AnnData") -> pd.DataFrame:
    """The probabilities of :func:`cellmnn.tl.fates`: one row a cell, one column a fate."""
    if "fates_fwd" not in adata.obsm:
        raise KeyError("there is no obsm['fates_fwd']: call cellmnn.tl.fates first")
    names = [str(name) for name in _held(adata, "fates_fwd_names", None, "fates")]
    return pd.DataFrame(np.asarray(adata.obsm["fates_fwd"]), index=adata.obs_names, columns=names)


def known(adata: "AnnData", key: str = KEY) -> pd.DataFrame:
    """How much :func:`cellmnn.tl.fates` knows: one row a time, with ``known`` from 0 to 1, and what that means.

    At the last time the fates are given.
    """
    facts = _held(adata, key, "fates", "fates")
    frame = pd.DataFrame({name: np.asarray(facts[name]) for name in ("times", "known", "in_words")})
    frame.loc[len(frame) - 1, ["known", "in_words"]] = [np.nan, "given"]
    return frame.rename(columns={"times": "time"})


def label_flows(adata: "AnnData", key: str = "cellmnn_label_flows") -> pd.DataFrame:
    """The flows of :func:`cellmnn.tl.label_flows`: one row a time and pair of labels."""
    return _held(adata, key, None, "label_flows").copy()


def drivers(adata: "AnnData", key: str = "cellmnn_drivers", fate: str | None = None) -> pd.DataFrame:
    """The genes of :func:`cellmnn.tl.drivers`, of all fates or one."""
    return _of_fate(_held(adata, key, None, "drivers"), fate)


def trends(adata: "AnnData", key: str = "cellmnn_trends", fate: str | None = None) -> pd.DataFrame:
    """The values of :func:`cellmnn.tl.trends`, of all fates or one."""
    return _of_fate(_held(adata, key, None, "trends"), fate)


def _of_fate(table: pd.DataFrame, fate: str | None) -> pd.DataFrame:
    if fate is None:
        return table.copy()
    rows = table[table["fate"] == fate]
    if rows.empty:
        raise KeyError(f"there is no fate {fate!r}: there are {sorted(set(table['fate']))}")
    return rows.copy()
