"""Tools: train, evaluate, predict, velocity, transition_matrix, network, perturb."""

from ._evaluate import evaluate
from ._network import network
from ._perturb import perturb
from ._predict import predict
from ._train import train
from ._velocity import transition_matrix, velocity

__all__ = ["evaluate", "network", "perturb", "predict", "train", "transition_matrix", "velocity"]
