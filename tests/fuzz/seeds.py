#!/usr/bin/env python3
"""Valid files to begin with, CORPUS/TARGET/NAME: seeds.py --program PROGRAM CORPUS"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import valid_files

FILES = {
    "safetensors": ["model.safetensors", "both.safetensors", "resumed.safetensors.checkpoint"],
    "model": ["model.safetensors", "both.safetensors", "eigen.safetensors", "plain.safetensors"],
    "checkpoint": ["resumed.safetensors.checkpoint"],
    "npz": ["pcs.npz", "counts.npz", "halves.npz", "sim.npz"],
    "data_npz": ["pcs.npz", "halves.npz", "sim.npz"],
    "data_csv": ["pcs.csv", "europe.csv", "pcs.tsv", "sim.csv"],
    "data_h5ad": ["counts_csr.h5ad", "records.h5ad", "nullable.h5ad", "sim.h5ad"],
    "counts_npz": ["counts.npz"],
    "counts_csv": ["counts.csv", "counts.tsv"],
    "counts_h5ad": ["counts_csr.h5ad", "counts_csc.h5ad", "counts_dense.h5ad"],
    "counts_10x_h5": ["tenx.h5"],
    "known_edges": ["truth.csv"],
    "column_table": ["pcs.tsv", "map.csv", "obs.csv"],
    "gzip_table": ["pcs.csv.gz"],
}
TEXTS = {
    "journal": '{"format": "fuzz"}\n{"fold": 1, "w1": 0.5}\n{"fold": 2, "w1": [1e300, null, "a"]}\n',
    "options": '{"steps": 300, "seed": 3, "width": 96, "depth": 4, "learning_rate": 0.001, "mmd_sigmas": [0.5, 1]}',
    "labels": "day12\n3.5h\n24-30\nE8.5\nD-7\nD+7\nday \u22127\n24hpf\nt = 1e-3\n",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("corpus", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        files = Path(scratch) / "files"
        valid_files.write_all(arguments.program.resolve(), files)
        for target, names in FILES.items():
            folder = arguments.corpus / target
            folder.mkdir(parents=True, exist_ok=True)
            for name in names:
                shutil.copy(files / name, folder / name)
        parts = [(files / "tenx" / name).read_text() for name in ("matrix.mtx", "features.tsv", "barcodes.tsv")]
        for target, text in {**TEXTS, "counts_10x": "\x1e".join(parts)}.items():
            (arguments.corpus / target).mkdir(parents=True, exist_ok=True)
            (arguments.corpus / target / "valid").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
