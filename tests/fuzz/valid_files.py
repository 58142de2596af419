"""Small files that the commands take, each of its own dialect."""

import gzip
import os
import shutil
import signal
import subprocess
import time

import h5py
import numpy as np

TEXT = h5py.string_dtype()
SIZES = ["--width", "8", "--depth", "1", "--batch", "24"]
RESUMED = "--steps 3000 --width 8 --depth 1 --batch 24 --dims 4"
CELLS, GENES = 36, 8
PASSES = 5  # or more than `preprocess` makes
RNG = np.random.default_rng(7)
COUNTS = RNG.poisson(RNG.gamma(2, 1, size=GENES), size=(CELLS, GENES)).astype("f4")
DAYS = np.arange(CELLS) % 3
BARCODES = [f"cell{i}-1" for i in range(CELLS)]
NAMES = [f"GENE{g}" for g in range(GENES)]


def install(program, folder):
    """A copy of the program with a page of its own, which `export` fills; returns its path."""
    for part in ("bin", "share/cellmnn"):
        (folder / part).mkdir(parents=True)
    shutil.copy(program, folder / "bin/cellmnn")
    library = program.parent.parent / "lib"
    if library.exists():
        (folder / "lib").symlink_to(library)
    (folder / "share/cellmnn/page.html").write_text("<html><!--cellmnn-data--></html>")
    (folder / "share/cellmnn/reader.js").write_text("reader")
    (folder / "share/cellmnn/genes_module.js").write_text("genes")
    return folder / "bin/cellmnn"


def frame(file, name, index, **columns):
    group = file.create_group(name)
    group.attrs.update({"encoding-type": "dataframe", "encoding-version": "0.2.0", "_index": "_index"})
    group.attrs["column-order"] = np.array(list(columns), dtype=TEXT)
    group["_index"] = np.array(index, dtype=TEXT)
    for column, values in columns.items():
        group[column] = values
    return group


def sparse(file, name, x, by_rows):
    major, minor = np.nonzero(x if by_rows else x.T)
    group = file.create_group(name)
    group.attrs.update({"encoding-type": "csr_matrix" if by_rows else "csc_matrix", "encoding-version": "0.1.0"})
    group.attrs["shape"] = x.shape
    group["data"] = (x if by_rows else x.T)[major, minor]
    group["indices"] = minor.astype("i4")
    group["indptr"] = np.searchsorted(major, np.arange((x if by_rows else x.T).shape[0] + 1)).astype("i8")
    return group


def nullable(file, name, encoding, values):
    group = file.create_group(name)
    group.attrs["encoding-type"] = encoding
    group["values"] = values
    group["mask"] = np.arange(len(values)) % 9 == 8


def write_h5ads():
    x = np.log1p(COUNTS)
    pcs = (x - x.mean(axis=0)) @ np.linalg.qr(RNG.normal(size=(GENES, GENES)))[0][:, :4]
    for name, matrix in (("csr", True), ("csc", False), ("dense", None)):
        with h5py.File(f"counts_{name}.h5ad", "w") as file:
            obs = frame(file, "obs", BARCODES, batch=DAYS * 0.5)
            obs.attrs["column-order"] = np.array(["day", "batch"], dtype=TEXT)
            day = obs.create_group("day")
            day.attrs.update({"encoding-type": "categorical", "ordered": True})
            day["categories"], day["codes"] = np.array(["day0", "day1", "day2.5"], dtype=TEXT), DAYS.astype("i1")
            frame(file, "var", NAMES, gene_ids=np.array([f"ENSG{g:011}" for g in range(GENES)], dtype=TEXT))
            if matrix is None:
                file.create_dataset("X", data=COUNTS, compression="lzf", chunks=(10, GENES))
                file.create_dataset("layers/other", data=COUNTS, compression="gzip", shuffle=True, chunks=(10, 3))
            else:
                sparse(file, "X", COUNTS, matrix)
            file["obsm/X_pca"], file["obsm/X_umap"] = pcs.astype("f4"), pcs[:, :2]
    with h5py.File("records.h5ad", "w") as file:  # of anndata 0.6
        obs = np.zeros(CELLS, dtype=[("index", "S10"), ("day", "i1"), ("score", "f8")])
        obs["index"], obs["day"] = BARCODES, DAYS
        obsm = np.zeros(CELLS, dtype=[("X_pca", "f4", (4,)), ("X_umap", "f4", (2,))])
        obsm["X_pca"] = pcs
        file["obs"], file["obsm"] = obs, obsm
        file["uns/day_categories"] = np.array(["0", "1.5", "3"], dtype=TEXT)
    with h5py.File("nullable.h5ad", "w") as file:
        obs = frame(file, "obs", BARCODES)
        obs.attrs["column-order"] = np.array(["day", "kind"], dtype=TEXT)
        nullable(obs, "day", "nullable-integer", DAYS)
        nullable(obs, "kind", "nullable-string-array", np.array([f"k{i}" for i in DAYS], dtype=TEXT))
        matrix = frame(file, "obsm/X_pca", BARCODES, a=pcs[:, 0], b=pcs[:, 1])
        matrix.attrs["column-order"] = np.array(["a", "b"], dtype=TEXT)


def write_h5mu():
    with h5py.File("counts.h5mu", "w") as file:
        frame(file, "obs", BARCODES, hour=DAYS * 24.0)
        for name in ("csr", "dense"):
            with h5py.File(f"counts_{name}.h5ad") as other:
                for element in other:
                    other.copy(element, file.require_group(f"mod/{name}"))


def write_10x():
    genes, cells = np.nonzero(COUNTS.T)
    with h5py.File("tenx.h5", "w") as file:
        group = file.create_group("matrix")
        entries, ends = np.nonzero(COUNTS), np.count_nonzero(COUNTS, axis=1).cumsum()
        group["barcodes"] = np.array(BARCODES, dtype="S10")
        group["data"], group["indices"] = COUNTS[entries].astype("i4"), entries[1].astype("i8")
        group["indptr"], group["shape"] = np.concatenate([[0], ends]), np.array([GENES, CELLS], dtype="i4")
        features = group.create_group("features")
        features["id"] = np.array([f"ENSG{g:011}" for g in range(GENES)], dtype="S15")
        features["name"] = np.array(NAMES, dtype="S10")
        features["feature_type"] = np.array(["Gene Expression"] * GENES, dtype="S15")
    for folder, write in (("tenx", lambda path, text: open(path, "w").write(text)), ("tenx_gz", write_gz)):
        ending = "" if folder == "tenx" else ".gz"
        os.mkdir(folder)
        lines = [f"{g + 1} {c + 1} {int(COUNTS[c, g])}\n" for g, c in zip(genes, cells, strict=True)]
        head = f"%%MatrixMarket matrix coordinate integer general\n%\n{GENES} {CELLS} {len(lines)}\n"
        write(f"{folder}/matrix.mtx{ending}", head + "".join(lines))
        write(f"{folder}/barcodes.tsv{ending}", "".join(f"{name}\n" for name in BARCODES))
        write(
            f"{folder}/features.tsv{ending}",
            "".join(f"ENSG{g:011}\t{NAMES[g]}\tGene Expression\n" for g in range(GENES)),
        )


def write_gz(path, text):
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)


def write_tables():
    rows = [[f'"c, {i}"', f"day{DAYS[i]}", *(f"{v:.3f}" for v in RNG.normal(size=3) + DAYS[i])] for i in range(CELLS)]
    names = ["cell", "day", "PC1", "PC2", "PC3"]
    write_gz("pcs.csv.gz", "\n".join(",".join(row) for row in [names, *rows]) + "\n")
    with open("pcs.csv", "w", encoding="utf-8") as file:
        file.write("\n".join(",".join(row) for row in [names, *rows]) + "\n")
    with open("europe.csv", "w", encoding="utf-8-sig") as file:
        lines = [";".join(f.replace(".", ",") for f in row) for row in rows]
        file.write("\r\n".join([";".join(f'"{name}"' for name in names), *lines]) + "\r\n")
    with open("pcs.tsv", "w") as file:
        file.write("\n".join("\t".join(row) for row in [names, *rows]) + "\n")
    with open("counts.csv", "w") as file:
        lines = [",".join([BARCODES[i], *(str(int(v)) for v in COUNTS[i])]) for i in range(CELLS)]
        file.write("\n".join([",".join(["", *NAMES]), *lines]) + "\n")
    with open("counts.tsv", "w") as file:
        lines = ["\t".join([NAMES[g], *(str(int(v)) for v in COUNTS[:, g])]) for g in range(GENES)]
        file.write("\n".join(["\t".join(["gene", *BARCODES]), *lines]) + "\n")
    with open("obs.csv", "w") as file:
        file.write("cell,day\n" + "".join(f"{BARCODES[i]},day {DAYS[i]}\n" for i in range(CELLS)))
    with open("map.csv", "w") as file:
        file.write("label,time\nday0,0\nday1,1\nday2,2.5\nday2.5,2.5\n0,0\n1,1\n2,3\n")
    np.savez("counts.npz", X=COUNTS, genes=np.array(NAMES), cells=np.array(BARCODES), day=DAYS)
    np.savez_compressed("pcs.npz", pcs=RNG.normal(size=(CELLS, 4)).astype("f4"), sample_labels=DAYS.astype("f8"))
    np.savez("halves.npz", pcs=np.asfortranarray(RNG.normal(size=(CELLS, 3)).astype("f2")),
             sample_labels=np.array([f"d{d}" for d in DAYS]))  # fmt: skip


def write_models(run):
    times = ["--times", "0,1,2"]
    run("simulate", "-o", "sim.h5ad", "--cells", 14, "--genes", 12, "--dims", 4, *times, "--network", "truth.csv")
    run("simulate", "-o", "sim.npz", "--cells", 14, "--genes", 12, "--dims", 4, *times)
    run("simulate", "-o", "sim.csv", "--cells", 14, "--genes", 12, "--dims", 4, *times)
    for seed, name in enumerate(("model.safetensors", "other.safetensors")):
        run("train", "sim.h5ad", "-o", name, "--steps", 5, *SIZES, "--dims", 4, "--seed", seed)
    run("train", "sim.h5ad", "-o", "eigen.safetensors", "--steps", 3, *SIZES, "--dims", 4, "--operator", "eigen")
    run("train", "sim.h5ad", "-o", "both.safetensors", "--steps", 3, *SIZES, "--dims", 4, "--two-sided")
    run("train", "pcs.npz", "-o", "plain.safetensors", "--steps", 3, *SIZES)
    run("evaluate", "sim.npz", "--methods", "previous,linear", "--steps", 9, "--journal", "scores.journal")
    for part in ("1", "2"):
        ask = ["perturb", "model.safetensors", "sim.h5ad", "--screen", "all", "--times", 2]
        run(*ask, "--screen-part", part + "/2", "-o", f"part{part}.jsonl")
    with h5py.File("sim.h5ad") as file:
        genes = file["var"][file["var"].attrs["_index"]].asstr()[:]
    with open("genes.txt", "w") as file:
        file.write("\n".join(genes[:4]) + "\n")
    with open("changes.csv", "w") as file:
        file.write(
            "gene,level\n" + "".join(f"{gene},{level}\n" for gene, level in zip(genes, ("0", "x2"), strict=False))
        )


def write_shares(run):
    """What parts of `preprocess` leave for one another: "begun" after the first pass of one, "shared" after all."""
    ask = ["preprocess", "counts_csr.h5ad", "--min-cells", 1, "--min-genes", 0, "--n-comps", 3]
    run(*ask, "--part", "2/2", "-o", "begun/")
    for _ in range(PASSES):
        for part in ("1/2", "2/2"):
            run(*ask, "--part", part, "-o", "shared/")


def write_checkpoint(program):
    """Of a run that is stopped as soon as there is one."""
    line = [program, "train", "sim.h5ad", "-o", "resumed.safetensors", *RESUMED.split(), "--checkpoint-every", "0.001"]
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not os.path.exists("resumed.safetensors.checkpoint"):
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    process.wait()


def write_all(program, folder):
    folder.mkdir()
    here = os.getcwd()
    os.chdir(folder)

    def run(*arguments):
        line = [program, *map(str, arguments), "--quiet", "--threads", "1"]
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL)

    write_h5ads()
    write_h5mu()
    write_10x()
    write_tables()
    write_models(run)
    write_shares(run)
    write_checkpoint(program)
    os.chdir(here)
