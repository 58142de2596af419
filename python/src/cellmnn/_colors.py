"""Colours of labels."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from . import _core

if TYPE_CHECKING:
    from anndata import AnnData


def label_colors(adata: "AnnData", groupby: str | None, labels: Sequence[str]) -> list[str]:
    """Those that the AnnData has of the labels of a column, or our own."""
    stored = adata.uns.get(f"{groupby}_colors")
    if groupby is not None and stored is not None and isinstance(adata.obs[groupby].dtype, pd.CategoricalDtype):
        names = [str(label) for label in adata.obs[groupby].cat.categories]
        if len(stored) == len(names) and set(labels) <= set(names):
            return [str(stored[names.index(label)]) for label in labels]
    return [_core.category_color(index) for index in range(len(labels))]
