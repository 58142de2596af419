#!/usr/bin/python3
"""Between two snapshots: the forward network, both networks, and optimal transport interpolation.

    bench/two_sided.py [FILE ...] [--seeds 3] [--steps N] [--json FILE] [-- OPTION ...]

Two simulated courses come first. FILE is any data of `cellmnn evaluate`; options behind `--` are given to it for
all courses, such as `--pool 0.25`. Each inner time is held out. Printed are mean W1 over hold-outs and seeds, beside
the standard deviation over seeds, the ratios to interpolation by the W2 plan as means over hold-outs, and how many
hold-outs (means over seeds) are nearer than by that plan. "OT, same form" is that interpolation with the spread and
the bend of the two-sided prediction, which is --pool 1: what is left for the networks is the difference to it.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIMULATED = {"simulated, 40 genes": ["--genes", 40, "--noise", 0.3, "--seed", 1], "simulated": ["--seed", 7]}
PLAN = "ot-interpolate-w2"
SAME_FORM = "OT, same form"
TITLES = {
    "ot-interpolate": "OT, W1 plan",
    PLAN: "OT, W2 plan",
    SAME_FORM: SAME_FORM,
    "cellmnn": "forward",
    "cellmnn-two-sided": "two-sided",
}


def scores_of(run, course, given, folder):
    """W1 by method, hold-out and seed."""
    found = {}

    def add(methods, name, *options):
        out = folder / "scores.json"
        run("evaluate", course, "--methods", ",".join(methods), "--json", out, *given.options, *options)
        for score in json.loads(out.read_text())["results"]:
            by_hold_out = found.setdefault(name or score["method"], {})
            by_hold_out.setdefault(score["hold_out"], []).append(score["w1"])

    steps = ["--steps", given.steps] if given.steps else []
    add([method for method in TITLES if method != SAME_FORM], None, "--seeds", given.seeds, *steps)
    add(["cellmnn-two-sided"], SAME_FORM, "--pool", 1, "--steps", 1)  # nothing of the networks is seen
    return found


def mean_and_spread(by_hold_out):
    """Of the means over hold-outs, over seeds."""
    by_seed = [statistics.mean(values) for values in zip(*by_hold_out.values(), strict=True)]
    return statistics.mean(by_seed), statistics.stdev(by_seed) if len(by_seed) > 1 else 0.0


def ratios(found, method):
    return [statistics.mean(found[method][time]) / statistics.mean(found[PLAN][time]) for time in sorted(found[PLAN])]


def print_row(name, found):
    cells = []
    for method in TITLES:
        mean, spread = mean_and_spread(found[method])
        cells.append(f"{mean:.3f}" + (f" +- {spread:.3f}" if spread > 0 else ""))
    for method in (SAME_FORM, "cellmnn", "cellmnn-two-sided"):
        each = ratios(found, method)
        cells.append(f"{statistics.mean(each):.3f}, {sum(ratio < 1 for ratio in each)} of {len(each)}")
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def print_mean(results):
    cells = ["" for _ in TITLES]
    for method in (SAME_FORM, "cellmnn", "cellmnn-two-sided"):
        by_course = [ratios(found, method) for found in results.values()]
        every = [ratio for each in by_course for ratio in each]
        mean = statistics.mean(statistics.mean(each) for each in by_course)
        cells.append(f"{mean:.3f}, {sum(ratio < 1 for ratio in every)} of {len(every)}")
    print(f"| mean of the courses | {' | '.join(cells)} |")


def main():
    arguments = sys.argv[1:]
    passed = arguments[arguments.index("--") + 1 :] if "--" in arguments else []
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    parser.add_argument("--seeds", default="3", help="as in evaluate")
    parser.add_argument("--steps", type=int, help="the default of the program if not given")
    parser.add_argument("--no-simulated", action="store_true")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/native/bin/cellmnn")
    given = parser.parse_args(arguments[: arguments.index("--")] if passed else arguments)
    given.options = passed

    def run(*arguments):
        command = [given.program, *map(str, arguments), "--quiet"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

    columns = [*TITLES.values(), f"{SAME_FORM}: ratio, won", "forward: ratio, won", "two-sided: ratio, won"]
    print(f"| course | {' | '.join(columns)} |\n" + "|---" * (1 + len(columns)) + "|", flush=True)
    results = {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        courses = {path.stem: path for path in given.files}
        if not given.no_simulated:
            simulated = {title: folder / f"{title}.h5ad" for title in SIMULATED}
            for title, path in simulated.items():
                run("simulate", *SIMULATED[title], "-o", path)
            courses = simulated | courses
        for title, path in courses.items():
            results[title] = scores_of(run, path, given, folder)
            print_row(title, results[title])
            if given.json:
                given.json.write_text(json.dumps(results, indent=1))
    print_mean(results)


if __name__ == "__main__":
    main()
