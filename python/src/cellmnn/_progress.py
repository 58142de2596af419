"""How long work goes on: a bar of tqdm, which notebooks show as one of their own."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

logger = logging.getLogger("cellmnn")

Progress = Callable[[int, int, float], None]


@contextmanager
def progress_bar(title: str, unit: str, show: bool | None) -> Iterator[Progress | None]:
    """A function (done, total, loss) that moves a bar.

    ``show`` None is a bar where someone looks: in notebooks and terminals. The bar appears after a moment, so that
    work of less than a second leaves no trace.
    """
    from tqdm.auto import tqdm

    bar = tqdm(desc=title, unit=unit, disable=None if show is None else not show, delay=0.5, leave=False)
    if bar.disable:
        yield None
        return

    def move(done: int, total: int, loss: float) -> None:
        bar.total = total or None
        if loss == loss:
            bar.set_postfix_str(f"loss {loss:.4f}", refresh=False)
        bar.update(done - bar.n)

    try:
        yield move
    finally:
        bar.close()


def threads(n_jobs: int | None) -> int:
    """As of scanpy and scikit-learn: None is all cores that this process may use, -1 as well."""
    from . import _core

    if n_jobs is None or n_jobs == -1:
        return _core.available_cores()
    if isinstance(n_jobs, bool) or int(n_jobs) != n_jobs or not 1 <= n_jobs <= 1024:
        raise ValueError(f"n_jobs is {n_jobs!r}, but must be a number of threads from 1 to 1024, -1 or None")
    return int(n_jobs)


def seed(random_state: int) -> int:
    if isinstance(random_state, bool) or int(random_state) != random_state or not 0 <= random_state < 2**64:
        raise ValueError(f"random_state is {random_state!r}, but must be a whole number from 0 to 2^64 - 1")
    return int(random_state)
