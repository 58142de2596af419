"""Models: what a file of `cellmnn train` holds."""

import json
import os
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _core
from ._course import float_rows
from ._progress import progress_bar, threads


class Model:
    """A trained model: every cell gets a linear differential equation dx/dt = A x + b of its own.

    Coordinates and times are those of the data on which it was trained. A model is made by :func:`cellmnn.tl.train`
    (then :func:`cellmnn.get.model`) or :func:`read_model`. It can be pickled and copied.

    Examples
    --------
    >>> model = cellmnn.read_model("model.safetensors")
    >>> later = model.predict(cells, 2.0, [3.0, 4.0])  # (2, cells, dims)
    """

    def __init__(self, file: _core.ModelFile) -> None:
        self._file = file

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the model as a safetensors file, which the program `cellmnn` reads as well.

        The file appears when it is whole. Its bytes depend on the model only.
        """
        self._file.write(os.fspath(path))

    def to_bytes(self) -> bytes:
        """The content of the file that :meth:`save` writes."""
        return self._file.to_bytes()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Model":
        """The model of which :meth:`to_bytes` gave the content.

        Raises
        ------
        ValueError
            if it is damaged
        """
        return cls(_core.ModelFile.parse(bytes(content), "the model"))

    def predict(
        self,
        cells: ArrayLike,
        t: ArrayLike,
        times: float | Sequence[float],
        *,
        far_away: str = "raise",
        n_jobs: int | None = None,
        progress: bool | None = None,
    ) -> NDArray[np.float32]:
        """Where cells are at other times, past or future.

        A cell follows its own equation up to the next training time. There it gets a new one, from where it is by
        then, and so on.

        Parameters
        ----------
        cells
            (N, D) coordinates
        t
            (N) the times at which they were measured, or one for all
        times
            (T) times of the predictions, or one
        far_away
            what becomes of predictions that leave the region of the training cells by far: "raise", or "nan" for NaN
        n_jobs
            threads; by default all cores. The answer does not depend on them.
        progress
            whether a bar is shown; by default where someone looks

        Returns
        -------
        (T, N, D), or (N, D) for a single time that is no sequence

        Raises
        ------
        ValueError
            for cells with another number of dimensions, or values that are not finite
        FloatingPointError
            for predictions far away
        """
        positions, _ = self._paths(cells, t, times, far_away, n_jobs, progress)
        return positions[0] if np.ndim(times) == 0 else positions

    def weights(
        self,
        cells: ArrayLike,
        t: ArrayLike,
        times: float | Sequence[float],
        *,
        far_away: str = "raise",
        n_jobs: int | None = None,
        progress: bool | None = None,
    ) -> NDArray[np.float64]:
        """How much cells count at other times, by a model with mass (``train(..., mass=True)``).

        The weights of the cells that were measured at the same time sum to 1. They say how the composition of a
        population changes; that a type of cells divides or dies is not told apart from cells that change their type.
        Arguments and errors are those of :meth:`predict`.

        Returns
        -------
        (T, N), or (N) for a single time that is no sequence

        Raises
        ------
        ValueError
            also for a model without mass: there all cells count the same
        """
        if not self.mass:
            raise ValueError("the model has no mass, so that all cells count the same: train with mass=True")
        _, weights = self._paths(cells, t, times, far_away, n_jobs, progress)
        return weights[0] if np.ndim(times) == 0 else weights

    def _paths(
        self,
        cells: ArrayLike,
        t: ArrayLike,
        times: float | Sequence[float],
        far_away: str,
        n_jobs: int | None,
        progress: bool | None,
    ) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """Positions (T, N, D) and weights (T, N), which are (0, 0) without mass."""
        if far_away not in ("raise", "nan"):
            raise ValueError(f"far_away is {far_away!r}, but must be 'raise' or 'nan'")
        rows, own = self._cells(cells, t)
        asked = np.atleast_1d(np.asarray(times, dtype=float))
        if asked.ndim != 1:
            raise ValueError(f"times have the shape {asked.shape}, expected a list")
        with progress_bar("predicting", "cell", progress) as bar:
            return self._file.paths(rows, own, asked.tolist(), far_away == "nan", threads(n_jobs), bar)

    def growth(self, cells: ArrayLike, t: ArrayLike, *, n_jobs: int | None = None) -> NDArray[np.float64]:
        """The rate of division less that of death of cells (N, D) at their own times, per unit of time: (N).

        Raises
        ------
        ValueError
            for a model that was trained without ``counts`` or without ``growth_prior``: what its weights say is no
            growth
        """
        if not self._file.knows_growth:
            raise ValueError(
                "the model does not know the growth of cells: train with mass=True, counts and growth_prior"
            )
        return self._file.growth(*self._cells(cells, t), threads(n_jobs))

    def velocity(self, cells: ArrayLike, t: ArrayLike, *, n_jobs: int | None = None) -> NDArray[np.float32]:
        """dx/dt = A x + b of cells (N, D) at their own times, per unit of time: (N, D)."""
        return self._file.velocity(*self._cells(cells, t), threads(n_jobs))

    def operators(self, cells: ArrayLike, t: ArrayLike, *, n_jobs: int | None = None) -> NDArray[np.float32]:
        """A of every cell in whitened coordinates, per unit of time: (N, D, D), row = target, column = source."""
        return self._file.operators(*self._cells(cells, t), threads(n_jobs))

    def eigenvalues(self, cells: ArrayLike, t: ArrayLike, *, n_jobs: int | None = None) -> NDArray[np.complex64]:
        """The eigenvalues of A of every cell, per unit of time, by descending real part: (N, D)."""
        return self._file.eigenvalues(*self._cells(cells, t), threads(n_jobs))

    @property
    def dims(self) -> int:
        """D, the number of latent dimensions."""
        return self._file.dims

    @property
    def training_times(self) -> list[float]:
        """The times of the training snapshots, ascending."""
        return self._file.training_times

    @property
    def genes(self) -> list[str]:
        """The names of the genes that the coordinates map to; empty if the data had none."""
        return self._file.genes

    @property
    def config(self) -> dict[str, Any]:
        """The sizes of the model."""
        return dict(json.loads(self._file.config))

    @property
    def provenance(self) -> dict[str, Any]:
        """Where the model comes from: options, seed, version, the data's fingerprint and times, the last loss."""
        return dict(json.loads(self._file.provenance))

    @property
    def mass(self) -> bool:
        """Whether predicted cells have weights."""
        return self._file.mass

    @property
    def two_sided(self) -> bool:
        """Whether a second network of the mirrored course is there."""
        return self._file.two_sided

    def _cells(self, cells: ArrayLike, t: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        rows = np.ascontiguousarray(float_rows(cells, "cells"))
        own = np.asarray(t, dtype=float)
        if own.ndim > 1:
            raise ValueError(f"t has the shape {own.shape}, expected the time of each cell, or one time")
        return rows, np.ascontiguousarray(np.broadcast_to(own, len(rows)) if own.ndim == 0 else own)

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        return Model.from_bytes, (self.to_bytes(),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Model) and self.to_bytes() == other.to_bytes()

    def __hash__(self) -> int:
        return hash(self.to_bytes())

    def __repr__(self) -> str:
        times = ", ".join(f"{time:g}" for time in self.training_times)
        genes = f", {len(self.genes)} genes" if self.genes else ""
        return f"Model of {self.dims} dimensions{genes}, trained on the times {times}"


def read_model(path: str | os.PathLike[str]) -> Model:
    """Read a model file of `cellmnn train` or :meth:`Model.save`.

    Raises
    ------
    FileNotFoundError
        if there is none
    ValueError
        if it is damaged, or no model
    """
    name = os.fspath(path)
    if not os.path.exists(name):
        raise FileNotFoundError(f"there is no file {name}")
    return Model(_core.ModelFile.read(name))
