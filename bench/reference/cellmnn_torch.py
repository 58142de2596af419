#!/usr/bin/python3
"""An independent statement of the Cell-MNN objective in PyTorch, for golden values and for ratios of speed.

    cellmnn_torch.py golden FOLDER     write the float64 golden values of tests/golden
    cellmnn_torch.py time [--steps N] [--threads T] [--operator dense|eigen]
                                       ms a training step at the paper's sizes, in float32

Needs python3-torch, and python3-pot for `golden`.

Shapes: B cells in the batch, D latent dimensions, T data times, G grid times.
Operators (column vectors; row = target, column = source, dx/dt = A x):
  dense : A = reshape(out, D, D) row-major,           x(t') = expm(A (t'-t)) x
  eigen : out = [lambda (D-c) | E row-major (D*D)], c zero eigenvalues appended at the end,
          P = I + E, the operator that drives the cell is A = P^-T diag(lambda) P^T,
          x(t') = P^-T exp(diag(lambda) (t'-t)) P^T x
Loss = mmd + lambda_kinetic * kinetic + det
  mmd     : sum over source k and every later training time d of
            gamma^(rank-1) * MMD2(predictions of the cells of k at d, targets of (k, d)),
            rank 1 = the next training time; biased MMD2 (means include the diagonal),
            k(u,v) = exp(-max(|u-v|_1 / D, 1e-8) / sigma)
  kinetic : mean over cells, kinetic times and D of xdot^2
            (eigen: the grid t_min, t_min+0.1 .. t_max, as in the paper; dense: the data times)
  det     : eigen only, mean 1 / (|det P| + 1e-4)
"""

import argparse
import pathlib
import time
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

SLOPE = 0.01  # of the leaky ReLU below 0
GAMMA, LAMBDA_KINETIC, SIGMA = 0.1, 0.1, 1.0
LEARNING_RATE, WEIGHT_DECAY = 2e-4, 1e-5
TIMES = [0.0, 2.0, 3.0, 4.0]
GRID_POINTS, GRID_STEP = 41, 0.1


class Network(NamedTuple):
    weights: list[Tensor]
    biases: list[Tensor]


class Operators(NamedTuple):
    a: Tensor  # B x D x D
    p: Tensor | None = None  # B x D x D, of the eigen operator
    eigenvalues: Tensor | None = None  # B x D


class Batch(NamedTuple):
    x: Tensor  # B x D
    t: Tensor  # B
    source: Tensor  # B, index of each cell's own training time
    targets: Tensor  # B x T x D; row b is a target for the group of cell b


class Losses(NamedTuple):
    loss: Tensor
    mmd: Tensor
    kinetic: Tensor
    det: Tensor


def make_network(
    dims: int, outputs: int, width: int, depth: int, seed: int, dtype: torch.dtype, init_scale: float = 0.01
) -> Network:
    generator = torch.Generator().manual_seed(seed)
    sizes = [dims + 1] + [width] * depth + [outputs]
    network = Network([], [])
    for i, (inputs, size) in enumerate(zip(sizes[:-1], sizes[1:], strict=True)):
        gain = init_scale if i == depth else 2.0**0.5
        values = torch.randn(size, inputs, generator=generator, dtype=torch.float64)
        network.weights.append((values * gain / inputs**0.5).to(dtype).requires_grad_())
        network.biases.append(torch.zeros(size, dtype=dtype).requires_grad_())
    return network


def encode(network: Network, x: Tensor, t: Tensor) -> Tensor:
    h = torch.cat([x, t[:, None]], 1)
    layers = list(zip(network.weights, network.biases, strict=True))
    for i, (weight, bias) in enumerate(layers):
        h = h @ weight.T + bias
        if i < len(layers) - 1:
            h = torch.where(h > 0, h, SLOPE * h)
    return h


def operators(outputs: Tensor, dims: int, kind: str, zeros: int = 0) -> Operators:
    n = outputs.shape[0]
    if kind == "dense":
        return Operators(outputs.reshape(n, dims, dims))
    eigenvalues = torch.cat([outputs[:, : dims - zeros], outputs.new_zeros(n, zeros)], 1)
    p = outputs[:, dims - zeros :].reshape(n, dims, dims) + torch.eye(dims, dtype=outputs.dtype)
    inverse = torch.linalg.inv(p).transpose(1, 2)
    return Operators(inverse @ torch.diag_embed(eigenvalues) @ p.transpose(1, 2), p, eigenvalues)


def trajectories(which: Operators, x: Tensor, t: Tensor, times: Tensor) -> tuple[Tensor, Tensor]:
    """x(t') and dx/dt(t') of shape B x len(times) x D."""
    dt = times[None, :] - t[:, None]
    if which.p is None or which.eigenvalues is None:
        flow = torch.linalg.matrix_exp(which.a[:, None] * dt[:, :, None, None])
        positions = (flow @ x[:, None, :, None])[..., 0]
    else:
        z = torch.einsum("bij,bi->bj", which.p, x)
        moved = torch.exp(which.eigenvalues[:, None, :] * dt[:, :, None]) * z[:, None, :]
        positions = torch.einsum("bji,btj->bti", torch.linalg.inv(which.p), moved)
    return positions, torch.einsum("bij,btj->bti", which.a, positions)


def mmd2(u: Tensor, v: Tensor, sigma: float = SIGMA) -> Tensor:
    def kernel(a: Tensor, b: Tensor) -> Tensor:
        distance = (a[:, None] - b[None]).abs().sum(-1) / u.shape[1]
        return torch.exp(-torch.clamp_min(distance, 1e-8) / sigma)

    return kernel(u, u).mean() + kernel(v, v).mean() - 2 * kernel(u, v).mean()


def objective(
    network: Network, batch: Batch, times: Tensor, kind: str, zeros: int = 0, kinetic_times: Tensor | None = None
) -> Losses:
    x, t = batch.x, batch.t
    which = operators(encode(network, x, t), x.shape[1], kind, zeros)
    positions, velocities = trajectories(which, x, t, times)
    mmd = x.new_zeros(())
    for k in range(len(times) - 1):
        rows = batch.source == k
        for d in range(k + 1, len(times)):
            mmd = mmd + GAMMA ** (d - k - 1) * mmd2(positions[rows, d], batch.targets[rows, d])
    if kinetic_times is not None:
        _, velocities = trajectories(which, x, t, kinetic_times)
    kinetic = velocities.square().mean()
    det = x.new_zeros(()) if which.p is None else (1.0 / (torch.det(which.p).abs() + 1e-4)).mean()
    return Losses(mmd + LAMBDA_KINETIC * kinetic + det, mmd, kinetic, det)


def sample(rng: np.random.Generator, sets: list[np.ndarray], cells: int, dtype: torch.dtype) -> Batch:
    """`cells` of each time but the last."""
    count = len(sets) - 1
    x = np.concatenate([sets[i][rng.integers(0, len(sets[i]), cells)] for i in range(count)])
    source = np.repeat(np.arange(count), cells)
    targets = np.stack([s[rng.integers(0, len(s), len(x))] for s in sets], 1)
    return Batch(
        torch.tensor(x, dtype=dtype),
        torch.tensor(np.array(TIMES)[source], dtype=dtype),
        torch.tensor(source),
        torch.tensor(targets, dtype=dtype),
    )


def kinetic_grid(kind: str, dtype: torch.dtype) -> Tensor | None:
    return torch.arange(GRID_POINTS, dtype=dtype) * GRID_STEP if kind == "eigen" else None


def optimiser_of(network: Network) -> torch.optim.Optimizer:
    return torch.optim.AdamW(network.weights + network.biases, LEARNING_RATE, weight_decay=WEIGHT_DECAY)


def objective_golden(folder: pathlib.Path, kind: str, dims: int, width: int, depth: int, zeros: int) -> None:
    """A batch, parameters, and everything that follows from them, ten steps of AdamW too."""
    dtype = torch.float64
    rng = np.random.default_rng(7)
    sets = [rng.normal(size=(60, dims)) + 0.4 * i for i in range(len(TIMES))]
    outputs = dims * dims + (dims - zeros if kind == "eigen" else 0)
    # With a scale of 0.3 the operators are not negligible in the golden values.
    network = make_network(dims, outputs, width, depth, 3, dtype, init_scale=0.3)
    batch = sample(rng, sets, 12, dtype)
    times, grid = torch.tensor(TIMES, dtype=dtype), kinetic_grid(kind, dtype)
    values = {f"w{i}": w.detach().numpy().copy() for i, w in enumerate(network.weights)}
    values |= {f"b{i}": b.detach().numpy().copy() for i, b in enumerate(network.biases)}

    which = operators(encode(network, batch.x, batch.t), dims, kind, zeros)
    positions, velocities = trajectories(which, batch.x, batch.t, times)
    values |= {"x": batch.x, "t": batch.t, "source": batch.source, "pop": batch.targets, "times": times}
    values |= {"A": which.a.detach(), "x_traj": positions.detach(), "xdot_traj": velocities.detach()}
    values |= {"kinetic_times": times if grid is None else grid}

    losses = objective(network, batch, times, kind, zeros, grid)
    values |= {name: value.item() for name, value in losses._asdict().items()}
    gradients = torch.autograd.grad(losses.loss, network.weights + network.biases)
    values |= {f"grad_w{i}": g for i, g in enumerate(gradients[: depth + 1])}
    values |= {f"grad_b{i}": g for i, g in enumerate(gradients[depth + 1 :])}

    optimiser = optimiser_of(network)
    steps = []
    for _ in range(10):
        loss = objective(network, batch, times, kind, zeros, grid).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        steps.append(loss.item())
    values |= {"adamw_losses": steps, "lr": LEARNING_RATE, "weight_decay": WEIGHT_DECAY}
    values |= {"latent_dim": dims, "width": width, "depth": depth, "zero_eigs": zeros}
    values |= {"gamma": GAMMA, "lambda_kinetic": LAMBDA_KINETIC, "sigma": SIGMA}
    name = f"objective_{kind}_d{dims}" + (f"_zero{zeros}" if zeros else "")
    np.savez_compressed(folder / f"{name}.npz", **{key: np.asarray(value) for key, value in values.items()})
    print(name, {key: round(value.item(), 9) for key, value in losses._asdict().items()}, steps[-1])


def distances_golden(folder: pathlib.Path) -> None:
    """W1, W2 and MMD of pairs of clouds, by POT and by this file."""
    import ot

    rng = np.random.default_rng(11)
    values: dict[str, np.ndarray | float] = {}
    for i, (n, m, dims) in enumerate([(1, 1, 5), (40, 40, 5), (64, 97, 5), (300, 211, 2), (500, 500, 10)]):
        x, y = rng.normal(size=(n, dims)), rng.normal(size=(m, dims)) * 1.3 + 0.5
        costs = ot.dist(x, y, metric="euclidean")
        of_x, of_y = np.full(n, 1 / n), np.full(m, 1 / m)
        values |= {f"x{i}": x, f"y{i}": y}
        values[f"w1_{i}"] = ot.emd2(of_x, of_y, costs, numItermax=10**7)
        values[f"w2_{i}"] = np.sqrt(ot.emd2(of_x, of_y, costs**2, numItermax=10**7))
        values[f"mmd2_laplace_{i}"] = mmd2(torch.tensor(x), torch.tensor(y)).item()
    np.savez_compressed(folder / "distances.npz", **values)
    print("distances", [round(float(values[f"w1_{i}"]), 9) for i in range(5)])


def golden(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    objective_golden(folder, "dense", 5, 96, 4, 0)
    objective_golden(folder, "dense", 3, 16, 2, 0)
    objective_golden(folder, "dense", 10, 32, 3, 0)
    objective_golden(folder, "eigen", 5, 96, 4, 0)
    objective_golden(folder, "eigen", 5, 96, 4, 1)
    distances_golden(folder)


def time_steps(steps: int, threads: int, kind: str) -> None:
    dtype = torch.float32
    warm_up = 5
    torch.set_num_threads(threads)
    rng = np.random.default_rng(0)
    sets = [rng.normal(size=(n, 5)) + i for i, n in enumerate([2381, 3278, 3665, 3332])]
    network = make_network(5, 25 + (5 if kind == "eigen" else 0), 96, 4, 0, dtype)
    optimiser = optimiser_of(network)
    times, grid = torch.tensor(TIMES, dtype=dtype), kinetic_grid(kind, dtype)
    for i in range(steps + warm_up):
        if i == warm_up:
            start = time.perf_counter()
        loss = objective(network, sample(rng, sets, 66, dtype), times, kind, kinetic_times=grid).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    ms = (time.perf_counter() - start) / steps * 1e3
    print(f"operator={kind} threads={threads} steps={steps} ms_per_step={ms:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("golden").add_argument("folder", type=pathlib.Path)
    timing = commands.add_parser("time")
    timing.add_argument("--steps", type=int, default=100)
    timing.add_argument("--threads", type=int, default=1)
    timing.add_argument("--operator", choices=["dense", "eigen"], default="dense")
    arguments = parser.parse_args()
    if arguments.command == "golden":
        golden(arguments.folder)
    else:
        time_steps(arguments.steps, arguments.threads, arguments.operator)


if __name__ == "__main__":
    main()
