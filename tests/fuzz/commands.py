"""Command lines on valid files, and the options of each command."""

import re
import subprocess

# Lists of files, of which a command line takes one where it has their name.
COURSES = [
    *("sim.h5ad", "sim.npz", "sim.csv", "counts_csr.h5ad", "counts_dense.h5ad", "records.h5ad", "nullable.h5ad"),
    *("pcs.csv", "pcs.csv.gz", "europe.csv", "pcs.tsv", "pcs.npz", "halves.npz"),
]
COUNTS = [
    *("counts_csr.h5ad", "counts_csc.h5ad", "counts_dense.h5ad", "counts.csv", "counts.tsv", "counts.npz"),
    *("tenx", "tenx_gz", "tenx.h5"),
]
MODELS = ["model.safetensors", "other.safetensors", "eigen.safetensors", "both.safetensors"]
ANYTHING = [*COURSES, *COUNTS, *MODELS, "resumed.safetensors.checkpoint", "truth.csv", "obs.csv"]
TABLES = ["out.h5ad", "out.npz", "out.csv"]
SIZES = "--width 8 --depth 1 --batch 24"

# Words with a "|" are choices; a choice in capitals is a list from above.
LINES = """
6 inspect ANYTHING
3 inspect ANYTHING --json
1 inspect COURSES --time-map map.csv
5 preprocess COUNTS -o out.h5ad --min-cells 1 --min-genes 0
1 preprocess COUNTS -o out.h5ad --min-cells 1 --values counts|normalized|log --keep-counts --n-comps 3
1 preprocess counts.csv|tenx|tenx.h5 -o out.h5ad --min-cells 1 --obs obs.csv
1 preprocess counts.tsv -o out.h5ad --min-cells 1 --transpose
1 preprocess counts.h5mu -o out.h5ad --min-cells 1 --modality csr|dense
1 preprocess COUNTS COUNTS -o out.h5ad --min-cells 1 --n-comps 2
1 preprocess counts_dense.h5ad -o out.h5ad --layer other --fit-without 1 --n-top-genes 4
1 preprocess counts_csr.h5ad --part 1/2|2/2 -o begun/ --min-cells 1 --min-genes 0 --n-comps 3
2 preprocess counts_csr.h5ad --merge shared/|begun/ -o out.h5ad --min-cells 1 --min-genes 0 --n-comps 3
6 train COURSES -o out.safetensors --steps 5 SIZES
1 train COURSES -o out.safetensors --steps 3 SIZES --two-sided
1 train COURSES COURSES -o out.safetensors --steps 3 SIZES
1 train sim.h5ad -o resumed.safetensors --steps 3000 --resume SIZES --dims 4 ; resumed.safetensors.checkpoint
1 train COURSES -o out.safetensors --steps 3 SIZES --operator dense|eigen --kinetic-times data|grid|ahead|next
3 evaluate COURSES --methods previous,linear,mixture --steps 3 SIZES --json out.json --csv out.csv
1 evaluate COURSES --methods cellmnn,i-cfm,ot-interpolate,noise-floor --steps 3 --flow-steps 3 SIZES --markdown out.md
1 evaluate sim.npz --methods previous,linear --steps 9 --journal scores.journal
1 evaluate sim.h5ad --model MODELS --json out.json
1 evaluate sim.h5ad --methods cellmnn-two-sided --steps 3 SIZES --json out.json
3 predict MODELS sim.h5ad -o TABLES --times 0.5,2.5 --genes
2 predict both.safetensors sim.h5ad --between both -o TABLES --times 0.5,2.5 --genes
1 predict both.safetensors COURSES --between both -o TABLES --times 1.25 --resample 9 --pool 0.5 --force
1 predict plain.safetensors COURSES -o TABLES --ahead 1 --force
1 predict MODELS COURSES -o TABLES --ahead -1
1 predict MODELS sim.h5ad --cloud 9 -o TABLES
2 fates sim.h5ad --label-key state|time|day|NONSENSE -o out.h5ad|out.tsv
1 fates MODELS sim.h5ad --label-key state|time|day -o out.h5ad --drivers drivers.tsv --trends trends.tsv
1 fates sim.h5ad --terminal map.csv|obs.csv -o out.tsv
1 fates sim.h5ad --clusters auto|3 --ancestor-key state|time -o out.tsv --ancestors ancestors.tsv --alluvial flows.tsv
2 plot snapshots|fates|trends|alluvial|scores|loss|network|screen COURSES|map.csv|truth.csv -o out.svg
1 plot snapshots MODELS sim.h5ad -o out.svg
1 report MODELS sim.h5ad -o out.html --steps 3 --network-genes 4
2 network --read-out operator MODELS sim.h5ad -o out.tsv|out.graphml --truth truth.csv --permutations 20 --json out.json
1 network sim.h5ad -o out.tsv|out.csv|out.graphml --truth truth.csv --permutations 20 --draws 2 --shuffles 2
1 network COUNTS --time-key day -o out.csv --treatment-from 0 --draws 0 --shuffles 0
1 network --read-out operator MODELS sim.h5ad --ensemble MODELS --by time --regulators genes.txt --programmes out.tsv
3 perturb MODELS sim.h5ad --gene changes.csv --times 1,2 -o out.tsv --controls 5
1 perturb MODELS sim.h5ad --screen all --times 2 -o out.tsv --group time=1 --controls 3
1 perturb --merge part1.jsonl part2.jsonl -o out.tsv
1 perturb sim.h5ad --gene changes.csv -o out.tsv
1 perturb sim.h5ad|sim.csv --screen all --times 2 -o out.tsv --regulators genes.txt
4 annotate MODELS sim.h5ad -o out.h5ad --times 1.5 --transition --neighbors 5
1 annotate plain.safetensors counts_csr.h5ad|records.h5ad|nullable.h5ad -o out.h5ad --force --wot out
1 annotate MODELS sim.h5ad -o out.h5ad --basis pca
3 export MODELS sim.h5ad -o out.html --cells 20
1 export plain.safetensors COURSES --site out --force
1 export MODELS sim.h5ad plain.safetensors COURSES --gallery out --force
1 simulate -o TABLES --cells 9 --genes 12 --dims 3 --times 0,1 --network out_network.csv --trajectories out_paths.npz
1 simulate --inflate COURSES --cells 60 -o out.npz
1 demo -o out NONSENSE
"""

KEPT = {"out.safetensors.checkpoint", "log"}
OPTIONS = {}  # of each command: (name, whether it takes a value)


def parsed():
    for line in LINES.strip().splitlines():
        weight, words = line.split(maxsplit=1)
        yield int(weight), words.split()


PARSED = list(parsed())
WEIGHTS = [weight for weight, _ in PARSED]


def chosen(rng, word):
    if word == "SIZES":
        return SIZES.split()
    if word == "NONSENSE":  # a whole demo takes seconds
        return [
            rng.choice(["--seed", "--threads", "--json-log"]),
            rng.choice(["x", "-1", "1e9", "", "99999999999999999999"]),
        ]
    choice = rng.choice(word.split("|"))
    lists = globals().get(choice) if choice.isupper() else None
    return [rng.choice(lists) if lists else choice]


def choose(rng):
    """The words of a command line, and the names of the valid files that it reads."""
    words = rng.choices(PARSED, WEIGHTS)[0][1]
    line = [word for part in words for word in chosen(rng, part)]
    extra = line[line.index(";") + 1 :] if ";" in line else []
    if extra:
        line = line[: line.index(";")]
    named = [word.removesuffix("/") for word in [*line[1:], *extra] if not word.startswith("out")]
    known = {*ANYTHING, "plain.safetensors", "scores.journal", "map.csv", "genes.txt", "changes.csv"}
    known |= {"part1.jsonl", "part2.jsonl", "begun", "shared"}
    return line, [name for name in dict.fromkeys(named) if name in known]


def read_options(program):
    """Fills OPTIONS from the help of each command."""
    for command in {words[0] for _, words in PARSED}:
        text = subprocess.run([program, command, "--help"], capture_output=True, text=True, check=True).stdout
        found = re.findall(r"^ +(?:-\w, +)?(--[\w-]+)( \S+)?(?:  |$)", text, re.MULTILINE)
        OPTIONS[command] = [(name, bool(value)) for name, value in found]
