"""Pictures, with matplotlib: trajectories, evaluation, loss, network, perturbation.

Every function draws into ``ax``, or into a new figure, and returns the axes.
"""

from ._network import network
from ._perturbation import perturbation
from ._scores import evaluation, loss
from ._trajectories import trajectories

__all__ = ["evaluation", "loss", "network", "perturbation", "trajectories"]
