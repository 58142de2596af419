#!/usr/bin/env python3
"""How fast the page is: with all cells of DATA, with 100,000 and with 1,000,000 like them.

    bench/page.py DATA [--program PROGRAM]

In Debian's Chromium, on a quiet machine, with the page and the package as scripts/build-page makes them. Prints a table
of the pages, then how fast the module predicts at the size of the embryoid bodies.
"""

import argparse
import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIZES = [100_000, 1_000_000]  # cells like those of DATA


def make_pages(program: pathlib.Path, data: pathlib.Path, folder: pathlib.Path) -> list[pathlib.Path]:
    def run(*arguments: object) -> None:
        subprocess.run([program, *map(str, arguments), "--quiet"], check=True)

    model = folder / "model.safetensors"
    run("train", data, "--steps", 1500, "-o", model)
    courses = {"all cells": data}
    for count in SIZES:
        courses[f"{count:,} cells"] = inflated = folder / f"{count}.npz"
        run("simulate", "--inflate", data, "--cells", count, "-o", inflated)
    pages = [folder / f"{name}.html" for name in courses]
    for page, course in zip(pages, courses.values(), strict=True):
        run("export", model, course, "--cells", max(SIZES), "--network-genes", 0, "--force", "-o", page)
    return pages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=pathlib.Path, help="cells over time: .h5ad, .npz or .csv")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/native/bin/cellmnn")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cellmnn-") as folder:
        pages = make_pages(given.program, given.data, pathlib.Path(folder))
        subprocess.run(["node", "tests/measure.mjs", *pages], cwd=ROOT / "web", check=True)
    throughput = subprocess.run(
        ["npx", "vitest", "run", "--project", "chromium", "throughput"],
        cwd=ROOT / "wasm/package",
        env={**os.environ, "CELLMNN_MEASURE": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    print(*(line for line in throughput.stdout.splitlines() if "predict " in line), sep="\n")


if __name__ == "__main__":
    main()
