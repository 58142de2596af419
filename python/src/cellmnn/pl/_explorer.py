import html
import os
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from .._course import obs_column, width
from .._data_of_model import course_of_model
from .._program import program_path
from .._target import KEY, model_of

if TYPE_CHECKING:
    from anndata import AnnData


class Explorer:
    """The interactive page of a model and its cells, which needs neither a server nor a network.

    A notebook shows it where it is the value of a cell, and keeps it: also in what nbconvert makes of the notebook.
    """

    def __init__(self, page: str, height: int) -> None:
        self._page = page
        self._height = height

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page as one .html file, as `cellmnn export` does."""
        Path(path).write_text(self._page, encoding="utf-8")

    def static(self) -> str:
        """An <iframe> that holds the whole page, to be put into any HTML."""
        style = f"width: 100%; height: {self._height}px; border: 1px solid #ccc"
        return f'<iframe style="{style}" srcdoc="{html.escape(self._page)}"></iframe>'

    def _repr_html_(self) -> str:
        return self.static()

    def __repr__(self) -> str:
        return f"Explorer of {len(self._page) / 1e6:.1f} MB: .save('page.html'), or the value of a notebook's cell"


def explorer(
    adata: "AnnData",
    model: Any = None,
    *,
    groupby: str | None = None,
    title: str = "cells",
    n_cells: int = 20_000,
    n_genes: int = 200,
    time_key: str | None = None,
    use_rep: str | None = None,
    height: int = 720,
    key: str = KEY,
) -> Explorer:
    """An interactive page of a model and its cells: paths, velocities, genes, knock-outs.

    It is the page of `cellmnn export`, which the program of this package makes. Where anywidget is installed
    (``pip install "cellmnn[notebook]"``) it is a widget: ``cells``, ``gene`` and ``time`` are what is chosen in it.

    Parameters
    ----------
    adata
        cells in the coordinates of the model. Embeddings of two dimensions, such as ``obsm["X_umap"]``, and columns of
        ``obs`` with few labels come along.
    model
        a Model or the name of its file; by default that of ``uns[key]``
    groupby
        the column of ``obs`` that colours the cells; by default one with a usual name
    title
        name of the data in the page
    n_cells
        of more cells so many are drawn, at random
    n_genes
        whose expression in X comes along, those that vary most: for the network of genes
    time_key, use_rep
        as in :func:`cellmnn.tl.train`; by default those of the training
    height
        of the picture in a notebook, in pixels
    key
        the ``key_added`` of the training

    Returns
    -------
    an :class:`Explorer`: the value of a notebook's cell shows it, ``.save("page.html")`` writes it. As a widget it has
    the traits ``cells`` (names of the chosen cell, or of those of the chosen group), ``gene`` (changed, held or shown
    as colour), ``time`` and ``view``: the whole view, which can be set.
    """
    asked = model_of(adata, model, key)
    course = course_of_model(adata, asked, time_key, use_rep, False)
    if groupby is not None:
        obs_column(adata, groupby, "groupby")
    options = ["--time-key", course.time_key, "--embedding-key", course.embedding_key, "--title", title]
    options += ["--cells", str(int(n_cells)), "--network-genes", str(int(n_genes))]
    options += ["--group-key", groupby] if groupby else []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _shown_parts(adata, course.embedding_key, n_genes > 0).write_h5ad(folder / "cells.h5ad")
        asked.save(folder / "model.safetensors")
        command = [program_path(), "export", "model.safetensors", "cells.h5ad", "-o", "page.html", *options]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise ValueError(result.stderr.strip().removeprefix("cellmnn: ").removeprefix("error: "))
        return _shown((folder / "page.html").read_text(encoding="utf-8"), height, adata.obs_names)


def _shown(page: str, height: int, names: Iterable[str]) -> Explorer:
    """A widget where these are installed."""
    try:
        from ._explorer_widget import ExplorerWidget
    except ModuleNotFoundError:
        return Explorer(page, height)
    return ExplorerWidget(page, height, names)


def _shown_parts(adata: "AnnData", embedding: str, expression: bool) -> "AnnData":
    """What a page shows of an AnnData."""
    from anndata import AnnData

    embeddings = [str(key) for key in adata.obsm if str(key) == embedding or width(adata, str(key)) == 2]
    parts = AnnData(
        adata.X if expression else None,
        obs=_simple_columns(adata.obs),
        var=_simple_columns(adata.var) if expression and adata.X is not None else None,
        obsm={key: adata.obsm[key] for key in embeddings},
    )
    if parts.n_vars > 0:  # how genes are named
        parts.varm.update({key: adata.varm[key] for key in ("PCs", embedding) if key in adata.varm})
        parts.uns.update({key: adata.uns[key] for key in ("pca_mean",) if key in adata.uns})
    return parts


def _simple_columns(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[[name for name in frame if _is_simple(frame[name])]].copy()


def _is_simple(values: pd.Series) -> bool:
    """Whether any version of AnnData can write a column."""
    kind = values.dtype
    return (
        isinstance(kind, pd.CategoricalDtype | pd.StringDtype)
        or pd.api.types.is_numeric_dtype(kind)
        or (pd.api.types.is_object_dtype(kind) and all(isinstance(value, str) for value in values))
    )
