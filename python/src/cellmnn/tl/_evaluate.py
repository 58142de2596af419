from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from .. import _core
from .._course import course_of, label_column, obs_column
from .._data_of_model import course_of_model
from .._progress import logger, progress_bar, seed, threads
from .._target import KEY, entries, model_of, target
from ._options import options_json, two_sided_steps, usual_dims

if TYPE_CHECKING:
    from anndata import AnnData


def evaluate(
    adata: "AnnData",
    *,
    hold_out: str | float | Sequence[float] = "all",
    ahead: int = 1,
    methods: str | Sequence[str] | None = None,
    n_seeds: int = 1,
    model: Any = None,
    time_key: str | None = None,
    use_rep: str | None = None,
    dims: int | None = None,
    groupby: str | None = None,
    protocol: str = "honest",
    flow_steps: int | None = None,
    preset: str = "default",
    random_state: int = 42,
    n_jobs: int | None = None,
    key_added: str = KEY,
    copy: bool = False,
    progress: bool | None = None,
    **options: Any,
) -> "AnnData | None":
    """How near predictions are to cells that were not seen.

    Each snapshot is left out in turn, every method predicts it from the rest, and the prediction is compared with the
    cells that were measured. Distances are in coordinates whitened by all cells.

    Parameters
    ----------
    adata
        cells of three times or more, with coordinates in ``obsm``
    hold_out
        "all": the times between the first and the last; "last": the last one, from the data before it alone; or times
    ahead
        start from the snapshot so many before; those between are held out, too
    methods
        names, or "all"; by default those that take seconds. `cellmnn` is this method, `noise-floor` is one half of the
        cells against the other.
    n_seeds
        trainings of each hold-out, with the seeds random_state, random_state + 1, ...
    model
        train nothing: score this Model (or file) on each snapshot from the one before
    time_key, use_rep, dims
        as in :func:`train`
    groupby
        the column of ``obs`` with types of cells, whose shares are scored
    protocol
        "honest": nothing of the held-out cells is used; "paper": the best weights on them are kept
    flow_steps
        of the methods i-cfm, ot-cfm and ot-cfm-full
    preset, random_state, n_jobs, progress, **options
        as in :func:`train`. Without ``mass``, the networks of cellmnn-two-sided have mass where every snapshot has 50
        cells or more; without ``steps`` each has 8,000.
    key_added
        the scores go to ``uns[key_added]["scores"]``, the comparisons to ``uns[key_added]["comparisons"]``
    copy
        return a copy instead of writing to ``adata``

    Returns
    -------
    None, or with ``copy`` the AnnData. :func:`cellmnn.get.scores` gives the scores: one row a method, hold-out and
    seed, with the exact Wasserstein distances w1 and w2 (means over subsets beyond 20,000 x 20,000 cells), the maximum
    mean discrepancies mmd (Laplace kernel) and rbf_mmd, and the energy distance. With ``groupby`` proportions is the
    share of cells that would have to be of another type, else NaN; gene_means is the root mean square error of the
    means of genes, NaN where no loadings are known or a model is given. :func:`cellmnn.get.comparisons` says
    of each method whether it is better or worse than interpolation by optimal transport, or within chance.
    """
    adata = target(adata, copy)
    jobs = threads(n_jobs)
    if model is not None:
        if groupby is not None:
            raise TypeError("groupby has no effect with a model: it scores the methods that are trained here")
        asked = model_of(adata, model, key_added)
        course = course_of_model(adata, asked, time_key, use_rep, False)
        trained_on = set(asked.training_times)
        snapshots = range(1, len(course.snapshot_times))
        comparisons = []
        rows = [_core.score_model(asked._file, course, index, jobs) for index in snapshots]
        if any(course.snapshot_times[index] in trained_on for index in snapshots):
            logger.warning("the model was trained on snapshots that are scored: such scores are no test")
    else:
        if protocol not in ("honest", "paper"):
            raise ValueError(f"protocol is {protocol!r}, but must be 'honest' or 'paper'")
        if isinstance(n_seeds, bool) or int(n_seeds) != n_seeds or not 1 <= n_seeds <= 1000:
            raise ValueError(f"n_seeds is {n_seeds!r}, but must be a whole number from 1 to 1000")
        parsed = options_json(preset, random_state, options)
        course = course_of(adata, time_key, use_rep, dims, most_dims=usual_dims())
        course.validate_for_training()
        if groupby is not None:
            course.set_types(label_column(obs_column(adata, groupby, "groupby")), groupby)
        first = seed(random_state)
        with progress_bar("evaluating", "step", progress) as bar:
            rows, missing, comparisons = _core.evaluate(
                course,
                _hold_outs(course, hold_out, ahead),
                ahead,
                [first + each for each in range(n_seeds)],
                _methods(methods, n_seeds),
                parsed,
                preset != "paper" and "mass" not in options,
                two_sided_steps(preset, options),
                protocol == "paper",
                flow_steps,
                jobs,
                bar,
            )
        for method, time, reason in missing:
            logger.info(f"{method} has no score at time {time:g}: {reason}")
    held = entries(adata, key_added)
    held["scores"] = pd.DataFrame(rows)
    held.pop("comparisons", None)
    if comparisons:
        held["comparisons"] = pd.DataFrame(comparisons)
    return adata if copy else None


def _hold_outs(course: _core.Course, hold_out: str | float | Sequence[float], ahead: int) -> list[int]:
    last = len(course.snapshot_times) - 1
    if isinstance(hold_out, str):
        if hold_out == "all":
            return _core.inner_snapshots(course, ahead)
        if hold_out == "last":
            return [last]
        raise ValueError(f"hold_out is {hold_out!r}, but must be 'all', 'last' or times")
    times = [hold_out] if isinstance(hold_out, int | float) else list(hold_out)
    snapshots = sorted({course.snapshot_at(float(time)) for time in times})
    if last in snapshots:
        raise ValueError(
            f"time {course.snapshot_times[last]:g} is the last one, which only hold_out='last' predicts: from the "
            "data before it alone"
        )
    return snapshots


def _methods(methods: str | Sequence[str] | None, n_seeds: int) -> list[str]:
    if methods is None:
        return _core.default_methods()
    if isinstance(methods, str):
        methods = _core.method_names() if methods == "all" else [methods]
        return [each for each in methods if n_seeds > 1 or not each.endswith("ensemble")]
    return list(methods)
