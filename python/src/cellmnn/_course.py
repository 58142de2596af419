"""An AnnData as the core's cells over time: the same rules as of the program's files, by the same functions."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from . import _core
from ._progress import logger

if TYPE_CHECKING:
    from anndata import AnnData


def check_adata(adata: Any) -> None:
    from anndata import AnnData

    if not isinstance(adata, AnnData):
        raise TypeError(f"adata is of type {type(adata).__name__}, expected AnnData")
    for axis, names in (("cells (obs_names)", adata.obs_names), ("genes (var_names)", adata.var_names)):
        if not names.is_unique:
            first = names[names.duplicated()][0]
            make = "obs_names_make_unique()" if "cells" in axis else "var_names_make_unique()"
            raise ValueError(f"the names of {axis} are not unique, such as {first!r}: call adata.{make}")


def obs_column(adata: "AnnData", key: str, argument: str) -> pd.Series:
    if key not in adata.obs:
        raise KeyError(f"obs has no column {key!r} ({argument}): it holds {list(adata.obs.columns)}")
    return adata.obs[key]


def chosen_cells(adata: "AnnData", groupby: str | None, group: str | None) -> np.ndarray | None:
    """(N) flags of the cells with a label, or None for all cells."""
    if groupby is None and group is None:
        return None
    if groupby is None or group is None:
        raise TypeError("groupby and group go together: a column of obs and one of its labels")
    column = obs_column(adata, groupby, "groupby")
    chosen: np.ndarray = (column.notna() & (column.astype(str) == str(group))).to_numpy(dtype=bool)
    if not chosen.any():
        known = sorted(str(label) for label in column.dropna().unique())
        near = _core.nearest(str(group), known)
        hint = f"did you mean {near!r}?" if near else f"it has {', '.join(map(repr, known[:10]))}"
        raise ValueError(f"obs[{groupby!r}] has no label {group!r}; {hint}")
    return chosen


def label_column(values: pd.Series) -> _core.LabelColumn:
    """A column of obs as the reader of files sees it."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        categories, codes = values.cat.categories, values.cat.codes.to_numpy(np.int32)
        ordered = bool(values.cat.ordered)
        if pd.api.types.is_numeric_dtype(categories.dtype):
            return _core.LabelColumn.of_categories([], categories.to_numpy(float).tolist(), codes, ordered)
        return _core.LabelColumn.of_categories([str(each) for each in categories], [], codes, ordered)
    if pd.api.types.is_numeric_dtype(values.dtype):
        return _core.LabelColumn.of_numbers(values.to_numpy(float, na_value=np.nan))
    missing = values.isna().to_numpy(bool)
    texts = ["" if absent else str(value) for value, absent in zip(values, missing, strict=True)]
    return _core.LabelColumn.of_texts(texts, missing.tolist())


def embedding_name(adata: "AnnData", use_rep: str | None, usual: str = "") -> str:
    held = list(adata.obsm)
    if use_rep is not None:
        if use_rep not in held:
            raise KeyError(f"obsm has no {use_rep!r} (use_rep): it holds {held}")
        return use_rep
    for name in [usual, *_core.EMBEDDING_NAMES]:
        if name in held:
            return str(name)
    raise KeyError(
        f"obsm has no 'X_pca', it holds {held}: compute principal components first, by scanpy.pp.pca, or name the "
        "coordinates by use_rep"
    )


def float_rows(values: Any, name: str) -> np.ndarray:
    """(N, D) numbers as float32, without a copy where they are so already."""
    if sparse.issparse(values):
        values = values.toarray()
    if isinstance(values, pd.DataFrame):
        values = values.to_numpy()
    array = np.asarray(values)
    if array.ndim != 2 or not (np.issubdtype(array.dtype, np.number) or array.dtype == bool):
        raise ValueError(f"{name} has the shape {array.shape} and the type {array.dtype}, expected a matrix of numbers")
    if np.iscomplexobj(array):
        raise ValueError(f"{name} holds complex numbers, expected real ones")
    return array.astype(np.float32, copy=False)


def width(adata: "AnnData", key: str) -> int:
    """Of an embedding."""
    values: Any = adata.obsm[key]
    return int(values.shape[1]) if len(values.shape) > 1 else 0


def coordinates(adata: "AnnData", key: str, dims: int) -> np.ndarray:
    """The first columns of an embedding: (N, dims), in rows one after the other."""
    values: Any = adata.obsm[key]
    if sparse.issparse(values):
        values = values[:, :dims].toarray()
    elif isinstance(values, pd.DataFrame):
        values = values.iloc[:, :dims]
    else:
        values = values[:, :dims]
    return np.ascontiguousarray(float_rows(values, f"obsm[{key!r}]"))


def course_of_times(
    adata: "AnnData",
    time_key: str | None,
    time_map: Mapping[str, float] | None = None,
    time_unit: str | None = None,
    usual: Mapping[str, Any] | None = None,
) -> _core.Course:
    """The times of the cells; a Course without coordinates.

    ``usual`` are the keys of a model: its column, unit and times of labels are taken where none are given.
    """
    check_adata(adata)
    names = [str(name) for name in adata.obs.columns]
    if time_key is not None and time_key not in names:
        raise KeyError(f"obs has no column {time_key!r} (time_key): it holds {names}")
    question = _core.TimeQuestion()
    question.key = time_key
    question.map = {str(label): float(time) for label, time in (time_map or {}).items()}
    question.unit = time_unit or ""
    if usual:
        question.usual_key = usual["time_key"]
        question.usual_unit = usual["time_unit"]
        question.usual_times = usual["time_labels"]
    course = _core.Course.of(names, lambda name: label_column(adata.obs[name]), question)
    for warning in course.warnings:
        logger.warning(warning)
    return course


def course_of(
    adata: "AnnData",
    time_key: str | None,
    use_rep: str | None,
    dims: int | None,
    *,
    most_dims: int | None = None,
    time_map: Mapping[str, float] | None = None,
    time_unit: str | None = None,
    usual: Mapping[str, Any] | None = None,
    gene_means: bool = False,
) -> _core.Course:
    """The cells in their coordinates, and how these map to genes, if the AnnData says it.

    ``gene_means`` computes the mean of the genes where it is not stored.
    """
    from ._genes import set_genes

    course = course_of_times(adata, time_key, time_map, time_unit, usual)
    key = embedding_name(adata, use_rep, usual["use_rep"] if usual else "")
    available = width(adata, key)
    if dims is None:
        dims = min(available, most_dims or available)
    if isinstance(dims, bool) or int(dims) != dims or not 1 <= dims <= available:
        raise ValueError(f"dims is {dims!r}, but obsm[{key!r}] has {available} dimensions")
    course.set_cells(key, coordinates(adata, key, int(dims)), available)
    set_genes(adata, course, gene_means)
    course.validate()
    return course
