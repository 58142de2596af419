"""Where answers go, and which model is asked."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ._course import check_adata
from ._model import Model, read_model
from ._progress import logger

if TYPE_CHECKING:
    from anndata import AnnData

KEY = "cellmnn"


def target(adata: "AnnData", copy: bool) -> "AnnData":
    """The AnnData that is written to: itself, or a copy. A view becomes an AnnData of its own, as in scanpy."""
    check_adata(adata)
    if copy:
        return adata.copy()
    if adata.is_view:
        logger.warning("got a view of an AnnData: it becomes a copy of its own")
        adata._init_as_actual(adata.copy())  # type: ignore[no-untyped-call]
    return adata


def entries(adata: "AnnData", key: str) -> dict[str, Any]:
    """uns[key], made if it is missing."""
    held = adata.uns.get(key)
    if not isinstance(held, dict):
        held = adata.uns[key] = {}
    return held


def model_of(adata: "AnnData", model: Any, key: str) -> Model:
    """The given model, that of a file, or the one that :func:`cellmnn.tl.train` has left in the AnnData."""
    if isinstance(model, Model):
        return model
    if isinstance(model, str | os.PathLike):
        return read_model(model)
    if model is not None:
        raise TypeError(f"model is of type {type(model).__name__}, expected a Model or the name of a file")
    held = adata.uns.get(key)
    if not isinstance(held, dict) or "model" not in held:
        raise KeyError(f"uns[{key!r}] holds no model: train one by cellmnn.tl.train, or give it as model")
    return Model.from_bytes(np.asarray(held["model"], dtype=np.uint8).tobytes())


def warn_of_extrapolation(model: Model, times: Sequence[float]) -> None:
    first, last = model.training_times[0], model.training_times[-1]
    beyond = [time_text(time) for time in times if not first <= time <= last]
    if beyond:
        logger.warning(
            f"extrapolated: {', '.join(beyond)} is outside of the training times {time_text(first)} to "
            f"{time_text(last)}"
        )


def time_text(time: float) -> str:
    """2.5 is "2.5" and 3.0 is "3"."""
    return repr(float(time)).removesuffix(".0")
