"""Cells for a model: read as those of its training, and refused where they are others."""

from typing import TYPE_CHECKING, Any

from . import _core
from ._course import course_of
from ._model import Model
from ._progress import logger

if TYPE_CHECKING:
    from anndata import AnnData


def course_of_model(
    adata: "AnnData",
    model: Model,
    time_key: str | None,
    use_rep: str | None,
    force: bool,
    *,
    least_dims: int = 0,
    **options: Any,
) -> _core.Course:
    """In the dimensions of the model, or the first ``least_dims`` if these are more and there.

    Throws ValueError for data that are not such as those of the training, or warns with ``force``.
    """
    keys = model._file.keys
    course = course_of(adata, time_key, use_rep, None, most_dims=max(model.dims, least_dims), usual=keys, **options)
    if course.dims < model.dims:
        raise ValueError(
            f"obsm[{course.embedding_key!r}] has {course.dims} dimensions, but the model needs {model.dims}"
        )
    difference, doubt = model._file.differences(course)
    if difference:
        sentence = f"adata is not such as the data of the model: {difference}"
        if not force:
            raise ValueError(f"{sentence}, or say force=True")
        logger.warning(sentence)
    if doubt:
        logger.warning(f"{doubt}: are these the same coordinates (use_rep)?")
    return course
