"""The commands that write, on the valid files of tests/fuzz, and what they leave by design."""

import re
from dataclasses import dataclass

SIZES = "--width 8 --depth 1 --batch 24"
INFLATED = "--inflate in/sim.npz --cells 60"

LINES = f"""
train            train in/sim.h5ad -o out/m.safetensors --dims 4 --steps 60 --checkpoint-every 0.001 {SIZES}
train joint      train in/sim.h5ad in/counts_csr.h5ad -o out/m.safetensors --dims 4 --steps 5 {SIZES}
evaluate         evaluate in/sim.npz --methods previous,linear,mixture,cellmnn --steps 4 --journal out/journal
                 --json out/s.json --csv out/s.csv --markdown out/s.md {SIZES}
evaluate folder  evaluate in/sim.npz --methods previous,linear,mixture,cellmnn --steps 4 --journal out/runs/
                 --json out/s.json {SIZES}
predict h5ad     predict in/model.safetensors in/sim.h5ad -o out/p.h5ad --times 0.5,2.5 --genes
predict npz      predict in/model.safetensors in/sim.h5ad -o out/p.npz --times 0.5,2.5
predict csv      predict in/model.safetensors in/sim.h5ad -o out/p.csv --times 0.5,2.5
annotate         annotate in/model.safetensors in/sim.h5ad -o out/a.h5ad --times 1.5 --transition --neighbors 5
annotate wot     annotate in/model.safetensors in/sim.h5ad -o out/a.h5ad --wot out/maps
preprocess       preprocess in/counts_csr.h5ad -o out/p.h5ad --min-cells 1 --min-genes 0 --n-comps 3
preprocess part  preprocess in/counts_csr.h5ad -o out/shares/ --part 2/2 --min-cells 1 --min-genes 0 --n-comps 3
preprocess merge preprocess in/counts_csr.h5ad --merge in/shared/ -o out/p.h5ad --min-cells 1 --min-genes 0 --n-comps 3
simulate         simulate -o out/s.h5ad --cells 9 --genes 12 --dims 3 --times 0,1 --network out/n.csv
                 --trajectories out/t.npz --counts out/c.csv
simulate npz     simulate {INFLATED} -o out/s.npz
network          network in/sim.h5ad -o out/e.tsv --ranking out/r.tsv --truth in/truth.csv --json out/s.json
                 --permutations 20 --draws 2 --shuffles 2
network operator network --read-out operator in/model.safetensors in/sim.h5ad -o out/e.graphml --programmes out/p.tsv
                 --truth in/truth.csv --json out/s.json --permutations 20
perturb          perturb in/model.safetensors in/sim.h5ad --gene in/changes.csv --times 1,2 -o out/p.tsv --controls 5
perturb part     perturb in/model.safetensors in/sim.h5ad --screen all --times 2 --screen-part 1/2 -o out/p.jsonl
perturb merge    perturb --merge in/part1.jsonl in/part2.jsonl -o out/p.tsv
fates            fates in/sim.h5ad --label-key fate -o out/f.h5ad --drivers out/d.tsv --trends out/t.tsv
                 --ancestors out/a.tsv --alluvial out/l.tsv --permutations 20
export           export in/model.safetensors in/sim.h5ad -o out/p.html
export site      export in/model.safetensors in/sim.h5ad --site out/site
export gallery   export in/model.safetensors in/sim.h5ad in/plain.safetensors in/pcs.npz --gallery out/gallery
plot             plot snapshots in/model.safetensors in/sim.h5ad -o out/p.svg
report           report in/model.safetensors in/sim.h5ad -o out/r.html --steps 3 --network-genes 4
demo             demo -o out/demo
"""

KILLED_MOST = ("train", "evaluate", "annotate", "preprocess", "export")
CHECKPOINT_SECONDS = 0.1  # of trainings that are killed at random times
LONG = f"train in/sim.h5ad -o out/m.safetensors --dims 4 --steps 15000 --checkpoint-every {CHECKPOINT_SECONDS} {SIZES}"


@dataclass(frozen=True)
class Case:
    name: str
    arguments: tuple[str, ...]

    @property
    def resumes(self):
        """Whether what it leaves behind is meant to be continued."""
        return self.name.startswith("train") or self.arguments[0] == "evaluate" or self.is_one_pass

    @property
    def is_one_pass(self):
        """Whether the same command, once it has done its work, does the next piece of it."""
        return self.name == "preprocess part"

    @property
    def writes_one_by_one(self):
        """A demo is read while it is made: each of its files is whole, but not all appear together."""
        return self.name == "demo"

    def is_kept(self, path):
        """Whether this output may stay after an error: it is what the next run continues."""
        kept = path.endswith(".checkpoint") or path == "out/journal" or path.startswith("out/shares/")
        return kept or self.has_own_name(path)

    def has_own_name(self, path):
        """A journal in a folder, whose name has the number of its process."""
        return path.startswith("out/runs/")


def all_cases():
    cases = []
    for line in LINES.strip("\n").splitlines():
        if line[0] != " ":
            cases.append((line[:17].strip(), line[17:].split()))
        else:
            cases[-1][1].extend(line.split())
    return [Case(name, tuple(words)) for name, words in cases]


def long_training():
    return Case("train long", tuple(LONG.split()))


def comparable(path, data):
    """The bytes of an output without what differs from run to run: the seconds that methods took."""
    if path.endswith((".json", ".jsonl", "journal")):
        return re.sub(rb'("[a-z_]*seconds": ?)[-+.0-9e]+', rb"\1", data)
    if path == "out/s.csv":
        lines = [line.split(b",") for line in data.splitlines()]
        if lines and b"seconds" in lines[0]:
            column = lines[0].index(b"seconds")
            return b"\n".join(b",".join(line[:column] + line[column + 1 :]) for line in lines)
    return data
