#!/usr/bin/python3
"""cellmnn beside the PyTorch statement of the method, in turns, in one run.

    bench/compare_step.py [--repeats 5] [--threads 1]

Prints one line an operator: medians of ms per step, their ratio, and the step over the bare matrix
products of its encoder. Needs python3-torch; build the preset `native` first.
"""

import argparse
import json
import pathlib
import re
import statistics
import subprocess
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent


def cellmnn_step(operator: str, threads: int) -> dict[str, Any]:
    program = ROOT / "build/native/bin/cellmnn_bench"
    command = [str(program), "step", "--operator", operator, "--threads", str(threads), "--repeats", "1"]
    result: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


def reference_step(operator: str) -> float:
    script = ROOT / "bench/reference/cellmnn_torch.py"
    command = ["/usr/bin/python3", str(script), "time", "--steps", "40", "--threads", "1", "--operator", operator]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"ms_per_step=([\d.]+)", output)
    if found is None:
        raise ValueError(f"{script} printed no ms_per_step: {output}")
    return float(found.group(1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1, help="of cellmnn; the reference has one")
    arguments = parser.parse_args()
    for operator in ["dense", "eigen"]:
        steps, products, references = [], [], []
        for _ in range(arguments.repeats):
            result = cellmnn_step(operator, arguments.threads)
            steps.append(result["ms_per_step"]["median"])
            products.append(result["ms_bare_gemms"]["median"])
            references.append(reference_step(operator))
        step, product, reference = map(statistics.median, (steps, products, references))
        print(
            f"{operator:6} {result['simd']} threads={arguments.threads} cellmnn {step:.3f} ms, "
            f"reference {reference:.3f} ms: {reference / step:.1f} times faster; "
            f"bare GEMMs {product:.3f} ms: step / GEMMs {step / product:.2f}"
        )


if __name__ == "__main__":
    main()
