"""Pictures, with matplotlib: trajectories, evaluation, loss, network, perturbation, fates, trends, alluvial.

These functions draw into ``ax``, or into a new figure, and return the axes. ``explorer`` is the interactive page.
"""

from ._alluvial import alluvial
from ._explorer import Explorer, explorer
from ._fates import fates, trends
from ._network import network
from ._perturbation import perturbation
from ._scores import evaluation, loss
from ._trajectories import trajectories

__all__ = [
    "Explorer",
    "alluvial",
    "evaluation",
    "explorer",
    "fates",
    "loss",
    "network",
    "perturbation",
    "trajectories",
    "trends",
]
