"""Expression of an AnnData, for networks of genes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from . import _core
from ._course import course_of_times, label_column, obs_column
from ._genes import csr_arrays, gene_list
from ._progress import logger, progress_bar, threads

if TYPE_CHECKING:
    from anndata import AnnData


USUAL_PRIOR_STRENGTH = 1.0


class GeneLevels:
    """Expression as levels between 0 and 1 of the genes that vary between cells."""

    def __init__(
        self,
        adata: "AnnData",
        layer: str | None,
        values: str | None,
        time_key: str | None,
        time_map: Mapping[str, float] | None,
        time_unit: str | None,
        ko_key: str | None = None,
        treatment_from: float | None = None,
    ) -> None:
        self.course = course_of_times(adata, time_key, time_map, time_unit)
        if len(self.course.snapshot_times) < 2:
            raise ValueError(
                "all cells are of one time, but a network is read from changes over time: expected two times or more"
            )
        values_of, names = expression_of(adata, layer)
        matrix = sparse.csr_matrix(values_of)
        self._held = _core.expression(
            *csr_arrays(matrix),
            names,
            self.course,
            values,
            None if ko_key is None else (ko_key, label_column(obs_column(adata, ko_key, "ko_key"))),
            None if treatment_from is None else float(treatment_from),
        )
        self.genes = self._held.genes
        self.times = self._held.times  # of the wild type
        left_out = len(names) + (treatment_from is not None) - len(self.genes)
        if left_out:
            logger.info(f"left out {left_out} genes with the same value in all cells")
        if self._held.knock_outs:
            logger.info(f"{len(self._held.knock_outs)} knock-outs beside the wild type")
        if self._held.left_out:
            logger.warning(f"left out {', '.join(self._held.left_out)}, of which there are cells of one time only")

    def index_of(self, name: str, argument: str) -> int:
        if name not in self.genes:
            near = _core.nearest(name, self.genes)
            hint = f"; did you mean {near!r}?" if near else f"; they have names such as {self.genes[0]!r}"
            raise KeyError(f"{argument}: {name!r} is none of the {len(self.genes)} genes that vary in the data{hint}")
        if self.genes.count(name) > 1:
            raise KeyError(f"{argument}: {name!r} names more than one gene of the data")
        return self.genes.index(name)

    def snapshot_at(self, time: float, argument: str) -> int:
        for index, measured in enumerate(self.times):
            if abs(measured - time) <= 1e-6 * abs(time):
                return index
        known = ", ".join(f"{each:g}" for each in self.times)
        raise ValueError(
            f"{argument} is {time:g}, but the network steps from one measured time to the next: expected one of {known}"
        )

    def network(
        self,
        regulators: Sequence[str] | None,
        inputs: Sequence[str],
        n_jobs: int | None,
        progress: bool | None,
        prior: pd.DataFrame | None = None,
        prior_strength: float = USUAL_PRIOR_STRENGTH,
        for_changes: bool = False,
    ) -> _core.Network:
        chosen = self._regulators(regulators)
        given = sorted(self.index_of(name, "inputs") for name in inputs)
        known = [] if prior is None else self._prior(prior)
        if not prior_strength >= 0:
            raise ValueError(f"prior_strength is {prior_strength!r}, but must be 0 or more")
        with progress_bar("fitting the network", "", progress) as bar:
            network = _core.network(
                self._held, _whole(chosen), _whole(given), known, prior_strength, threads(n_jobs), bar, for_changes
            )
        if not network.converged:
            logger.warning("the regressions have not converged: effects are not exact")
        if len(self.times) == 2:
            logger.warning(
                "there are two times, so that all rests on one transition: effects cannot be told from how the two "
                "differ"
            )
        return network

    def _prior(self, prior: pd.DataFrame) -> list[tuple[int, int, int, float]]:
        """(source, target, sign, weight) of the interactions between genes that vary."""
        lacking = [name for name in ("source", "target") if name not in prior]
        if lacking:
            raise KeyError(f"prior has no column {lacking[0]!r}: expected source, target and perhaps weight")
        weights: np.ndarray = np.ones(len(prior))
        signs = np.zeros(len(prior), dtype=int)
        if "weight" in prior:
            weights = prior["weight"].to_numpy(dtype=float)
            if not (np.isfinite(weights) & (weights != 0)).all():
                raise ValueError("prior has weights that are 0 or not finite; a weight below 0 stands for repression")
            signs = np.sign(weights).astype(int)
        places = {name: index for index, name in enumerate(self.genes)}
        known: dict[tuple[int, int], tuple[int, float]] = {}
        for source, target, sign, weight in zip(prior["source"], prior["target"], signs, weights, strict=True):
            pair = (places.get(str(source), -1), places.get(str(target), -1))
            if min(pair) < 0 or pair[0] == pair[1]:
                continue
            first_sign, first_weight = known.get(pair, (int(sign), abs(float(weight))))
            known[pair] = (first_sign if first_sign == sign else 0, first_weight)
        if not known:
            raise ValueError(
                f"none of the {len(prior)} interactions of prior is between two genes that vary in the data, which "
                f"have names such as {self.genes[0]!r}: are the genes named alike?"
            )
        return [(*pair, *edge) for pair, edge in known.items()]

    def _regulators(self, names: Sequence[str] | None) -> list[int]:
        cells = sum(count for _, (_, count) in self.course.labels)
        if names is None:
            if len(self.genes) > max(3000, cells):
                raise ValueError(
                    f"all {len(self.genes)} genes would be regulators, but there are only {cells} cells: give "
                    "regulators, such as a list of transcription factors"
                )
            return []
        places = {name: index for index, name in enumerate(self.genes)}
        chosen = sorted({places[name] for name in names if name in places})
        if not chosen:
            raise ValueError(
                f"regulators names no gene that varies in the data, which have genes such as {self.genes[0]!r}: are "
                "the genes named alike?"
            )
        missing = [name for name in names if name not in places]
        if missing:
            shown = ", ".join(missing[:5]) + (", ..." if len(missing) > 5 else "")
            logger.warning(f"left out of regulators, as no gene of this name varies in the data: {shown}")
        if len(chosen) >= cells:
            logger.warning(f"there are {len(chosen)} regulators and only {cells} cells: most edges will be wrong")
        return chosen


def _whole(indices: list[int]) -> np.ndarray:
    return np.asarray(indices, dtype=np.int64)


def dense_rows(values: Any, rows: np.ndarray) -> np.ndarray:
    """(n, G) of some cells, in float32."""
    part = values[rows]
    part = part.toarray() if sparse.issparse(part) else np.asarray(part)
    if np.iscomplexobj(part) or not np.isfinite(part).all():
        raise ValueError("the expression holds values that are not finite numbers")
    return np.ascontiguousarray(part, dtype=np.float32)


def expression_of(adata: "AnnData", layer: str | None) -> tuple[Any, list[str]]:
    """The matrix (N, G) of a layer, dense or sparse, and the names of its genes."""
    if adata.isbacked:
        raise ValueError("adata is backed by a file, but the expression has to be in memory: call adata.to_memory()")
    if layer == "raw":
        if adata.raw is None:
            raise KeyError("adata has no raw expression (layer='raw')")
        values, names = adata.raw.X, [str(name) for name in adata.raw.var_names]
    elif layer is not None:
        if layer not in adata.layers:
            raise KeyError(f"layers has no {layer!r} (layer): it holds {list(adata.layers)}")
        values, names = adata.layers[layer], gene_list(adata).names
    else:
        values, names = adata.X, gene_list(adata).names
    if values is None:
        raise ValueError("adata has no expression in X: name a layer")
    return values, names
