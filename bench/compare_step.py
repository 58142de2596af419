#!/usr/bin/python3
"""cellmnn beside the PyTorch statement of the method, in turns, in one run.

    bench/compare_step.py [--repeats 5] [--threads 1] [--reference ../shared/reference/cellmnn_torch.py]

Prints one line an operator: medians of ms per step, their ratio, and the step over the bare matrix
products of its encoder. Needs python3-torch; build the preset `native` first.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def cellmnn_step(operator, threads):
    program = ROOT / "build/native/bin/cellmnn_bench"
    command = [program, "step", "--operator", operator, "--threads", str(threads), "--repeats", "1"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def reference_step(script, operator):
    command = ["/usr/bin/python3", script, "time", "--steps", "40", "--threads", "1", "--operator", operator]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"ms_per_step=([\d.]+)", output).group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1, help="of cellmnn; the reference has one")
    parser.add_argument("--reference", default=ROOT / "../shared/reference/cellmnn_torch.py")
    arguments = parser.parse_args()
    for operator in ["dense", "eigen"]:
        ours, gemms, theirs = [], [], []
        for _ in range(arguments.repeats):
            result = cellmnn_step(operator, arguments.threads)
            ours.append(result["ms_per_step"]["median"])
            gemms.append(result["ms_bare_gemms"]["median"])
            theirs.append(reference_step(arguments.reference, operator))
        step, product, reference = map(statistics.median, (ours, gemms, theirs))
        print(f"{operator:6} {result['simd']} threads={arguments.threads} cellmnn {step:.3f} ms, reference {reference:.3f} ms: "
              f"{reference / step:.1f} times faster; bare GEMMs {product:.3f} ms: step / GEMMs {step / product:.2f}")


if __name__ == "__main__":
    main()
