#!/usr/bin/python3
"""Whether the growth that a model with mass learns is the growth of simulated cells that divide and die.

    bench/growth.py [--steps 3000] [--seeds 1,2,3,4,5] [--division 0.6] [--death 0.3] [-- OPTION ...]

Each seed is one system of `cellmnn simulate --division --death`. A model with mass is trained on all times; options
behind `--` are given to it. Printed is, for each time at which the true growth differs between cells, the correlation
over cells between the growth that the model learns and the true rate of division less that of death.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import anndata
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    arguments = sys.argv[1:]
    passed = arguments[arguments.index("--") + 1 :] if "--" in arguments else []
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seeds", default="1,2,3,4,5")
    parser.add_argument("--division", type=float, default=0.6)
    parser.add_argument("--death", type=float, default=0.3)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/native/bin/cellmnn")
    given = parser.parse_args(arguments[: arguments.index("--")] if passed else arguments)

    def run(*arguments):
        command = [given.program, *map(str, arguments), "--quiet"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for seed in given.seeds.split(","):
            data, model, moved = folder / "data.h5ad", folder / "model.safetensors", folder / "moved.npz"
            run("simulate", "-o", data, "--seed", seed, "--division", given.division, "--death", given.death)
            run("train", data, "-o", model, "--mass", "yes", "--steps", given.steps, "--seed", seed, *passed)
            run("predict", model, data, "--ahead", 0.5, "-o", moved)
            table, obs = np.load(moved), anndata.read_h5ad(data).obs
            learnt, true = 2 * np.log(table["weight"]), np.asarray(obs["growth"], float)
            row = []
            for time in sorted(set(table["time"])):
                of_time = table["time"] == time
                if true[of_time].std() > 0.1:
                    row.append(f"t = {time:g}: {np.corrcoef(learnt[of_time], true[of_time])[0, 1]:.3f}")
            print(f"seed {seed}: " + ", ".join(row), flush=True)


if __name__ == "__main__":
    main()
