"""Tools: train, evaluate, predict, velocity, transition_matrix, network, perturb, screen, fates, drivers, trends,
label_flows, population."""

from ._evaluate import evaluate
from ._fate_genes import drivers, trends
from ._fates import fates
from ._label_flows import label_flows
from ._network import network
from ._perturb import perturb
from ._population import population
from ._predict import predict
from ._screen import screen
from ._train import train
from ._velocity import transition_matrix, velocity

__all__ = [
    "drivers",
    "evaluate",
    "fates",
    "label_flows",
    "network",
    "perturb",
    "population",
    "predict",
    "screen",
    "train",
    "transition_matrix",
    "trends",
    "velocity",
]
