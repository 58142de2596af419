#!/usr/bin/python3
"""An independent statement of the loss with mass, offset and agreement in PyTorch, for golden values.

    mass_torch.py FOLDER     write tests/golden/objective_mass.npz, in float64

The network gives [A row-major (D*D) | b (D) | o (1)] of each cell. dx/dt = A x + b; the weight of a cell is
proportional to exp(g dt) with g = 3 tanh(o / 3), and the weights of the cells of one snapshot sum to 1 at each time.
Loss = sum over snapshots k but the last of MMD2(cells of k at the next time, its targets)
     + agreement * sum over pairs of snapshots of MMD2(both sides at a time between them)
     + lambda_kinetic * mean over all cells and the kinetic times and D of xdot^2
     + penalty * mean over all cells of g^2
where MMD2 has the weights. Every snapshot is a source, the last one for agreement only.
"""

import argparse
import itertools
import pathlib

import numpy as np
import torch
from cellmnn_torch import Network, encode, make_network
from torch import Tensor

DIMS, WIDTH, DEPTH = 3, 16, 2
TIMES, MEETINGS, KINETIC_TIMES = [0.0, 1.5, 2.0], [0.3, 0.8], [0.0, 1.0, 2.0]
SIGMA, AGREEMENT, LAMBDA_KINETIC, PENALTY = 0.5, 0.4, 0.1, 0.02
CELLS, TARGETS = [21, 17, 12], 19


def weighted_mmd2(u: Tensor, of_u: Tensor, v: Tensor, of_v: Tensor) -> Tensor:
    def mean(a: Tensor, of_a: Tensor, b: Tensor, of_b: Tensor) -> Tensor:
        distance = (a[:, None] - b[None]).abs().sum(-1) / a.shape[1]
        return of_a @ torch.exp(-torch.clamp_min(distance, 1e-8) / SIGMA) @ of_b

    return mean(u, of_u, u, of_u) + mean(v, of_v, v, of_v) - 2 * mean(u, of_u, v, of_v)


class Moved:
    """Cells of one snapshot with their equations."""

    def __init__(self, network: Network, x: Tensor, time: float) -> None:
        outputs = encode(network, x, torch.full((len(x),), time, dtype=x.dtype))
        a, b = outputs[:, : DIMS * DIMS].reshape(-1, DIMS, DIMS), outputs[:, DIMS * DIMS : -1]
        self.growth = 3 * torch.tanh(outputs[:, -1] / 3)
        self.time = time
        # d/dt (x, 1) = [[A, b], [0, 0]] (x, 1)
        self.generator = x.new_zeros(len(x), DIMS + 1, DIMS + 1)
        self.generator[:, :DIMS, :DIMS] = a
        self.generator[:, :DIMS, DIMS] = b
        self.start = torch.cat([x, x.new_ones(len(x), 1)], 1)

    def at(self, time: float) -> tuple[Tensor, Tensor]:
        """Positions and weights."""
        flow = torch.linalg.matrix_exp(self.generator * (time - self.time))
        weights = torch.softmax(self.growth * (time - self.time), 0)
        return torch.einsum("bij,bj->bi", flow, self.start)[:, :DIMS], weights

    def squared_speeds(self, time: float) -> Tensor:
        flow = torch.linalg.matrix_exp(self.generator * (time - self.time))
        return torch.einsum("bij,bjk,bk->bi", self.generator, flow, self.start)[:, :DIMS].square()


def losses(network: Network, cells: list[Tensor], targets: list[Tensor]) -> dict[str, Tensor]:
    moved = [Moved(network, x, time) for x, time in zip(cells, TIMES, strict=True)]
    mmd = cells[0].new_zeros(())
    for k, target in enumerate(targets):
        mmd = mmd + weighted_mmd2(*moved[k].at(TIMES[k + 1]), target, target.new_full((len(target),), 1 / len(target)))
    for (before, after), fraction in zip(itertools.pairwise(moved), MEETINGS, strict=True):
        meeting = before.time + fraction * (after.time - before.time)
        mmd = mmd + AGREEMENT * weighted_mmd2(*before.at(meeting), *after.at(meeting))
    kinetic = torch.cat([each.squared_speeds(time).reshape(-1) for each in moved for time in KINETIC_TIMES]).mean()
    mass = torch.cat([each.growth for each in moved]).square().mean()
    return {"loss": mmd + LAMBDA_KINETIC * kinetic + PENALTY * mass, "mmd": mmd, "kinetic": kinetic, "mass": mass}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    rng = np.random.default_rng(17)
    network = make_network(DIMS, DIMS * DIMS + DIMS + 1, WIDTH, DEPTH, 5, torch.float64, init_scale=0.15)
    cells = [torch.tensor(rng.normal(size=(n, DIMS)) + 0.4 * k) for k, n in enumerate(CELLS)]
    targets = [torch.tensor(rng.normal(size=(TARGETS, DIMS)) + 0.4 * (k + 1)) for k in range(len(TIMES) - 1)]
    parts = losses(network, cells, targets)
    gradients = torch.autograd.grad(parts["loss"], network.weights + network.biases)
    values: dict[str, np.ndarray] = {name: np.asarray(value.item()) for name, value in parts.items()}
    for name, tensors in {"weight": network.weights, "bias": network.biases}.items():
        values |= {f"{name}{i}": tensor.detach().numpy() for i, tensor in enumerate(tensors)}
    for i, gradient in enumerate(gradients):
        values[f"weight_gradient{i}" if i <= DEPTH else f"bias_gradient{i - DEPTH - 1}"] = gradient.numpy()
    values |= {f"cells{k}": x.numpy() for k, x in enumerate(cells)}
    values |= {f"targets{k}": x.numpy() for k, x in enumerate(targets)}
    np.savez_compressed(folder / "objective_mass.npz", **values)
    print({name: round(value.item(), 9) for name, value in parts.items()})


if __name__ == "__main__":
    main()
