"""Tables as other programs write them, and options that say how they are meant."""

import gzip
import json
import os
import unittest

import anndata
import numpy as np
from gene_data import write_trained
from support import TestCase, moving_cells

BAD_INPUT = 3


def write(path, text, encoding="utf-8"):
    with open(path, "w", encoding=encoding) as file:
        file.write(text)
    return path


def table(header, labels=("0", "1"), cells=6, separator=",", number=str):
    """Rows of a label and as many numbers as the header has more columns."""
    rows = [separator.join(header)]
    for i, label in enumerate(np.repeat(labels, cells)):
        numbers = [number(round(0.5 * i + d + 0.25, 2)) for d in range(len(header) - 1)]
        rows.append(separator.join([label, *numbers]))
    return "\n".join(rows) + "\n"


def barcode(i):
    return "".join("ACGT"[(i >> shift) & 3] for shift in range(0, 24, 2)) + "-1"


class Tables(TestCase):
    def inspect(self, *arguments):
        return json.loads(self.succeed("inspect", *arguments, "--json").stdout)

    def times(self, *arguments):
        return [entry["time"] for entry in self.inspect(*arguments)["times"]]

    def test_a_table_of_europe(self):
        write("t.csv", table(["day", "PC1", "PC2"], separator=";", number=lambda x: str(x).replace(".", ",")))
        write("u.csv", table(["day", "PC1", "PC2"]))
        shown = self.inspect("t.csv")
        self.assertEqual(shown["columns"], ["PC1", "PC2"])
        self.assertEqual(shown["times"], self.inspect("u.csv")["times"])

    def test_inspect_and_train_name_the_columns(self):
        write("t.csv", table(["day", "a", "b"]))
        self.assertIn("coordinates from columns a, b (2 of 2", self.succeed("inspect", "t.csv").stdout)
        trained = self.succeed("train", "t.csv", "-o", "m", "--steps", 2, "--width", 8)
        self.assertIn("coordinates from columns a, b (2 of 2", trained.stderr)

    def test_text_that_is_not_utf8(self):
        write("t.csv", table(["day", "a"], labels=("t\u00e9 0", "t\u00e9 1")), "latin-1")
        self.refused(BAD_INPUT, ["t.csv", "line 2 is not UTF-8"], "inspect", "t.csv", "--json")
        name = b"d\xe9j\xe0.csv"
        write(name, table(["day", "a", "b"]))
        self.assertIn("\ufffd", self.inspect(name.decode(errors="surrogateescape"))["path"])

    def test_units_and_their_option(self):
        write("t.csv", table(["stage", "a", "b"], labels=("0d", "12h", "1d")))
        self.assertEqual(self.times("t.csv"), [0, 0.5, 1])
        self.assertEqual(self.times("t.csv", "--time-unit", "h"), [0, 12, 24])
        shown = self.succeed("inspect", "t.csv", "--time-unit", "h").stdout
        self.assertIn("times from stage in h", shown)
        write("u.csv", table(["stage", "a", "b"], labels=("E18", "P2")))
        self.refused(BAD_INPUT, ["'E18' and 'P2'", "--time-map"], "inspect", "u.csv")

    def test_a_map_of_labels_with_commas(self):
        write("t.csv", table(["stage", "a", "b"], labels=('"E6.5, early"', '"E6.5, late"', "E7.5")))
        self.assertEqual(self.times("t.csv"), [6.5, 6.5, 7.5])
        once = "E6.5, early=6.5,E6.5, late=6.75"
        self.assertEqual(self.times("t.csv", "--time-map", once), [6.5, 6.75, 7.5])
        twice = ["--time-map", "E6.5, late=6.75", "--time-map", "E7.5=8"]
        self.assertEqual(self.times("t.csv", *twice), [6.5, 6.75, 8])
        write("map.csv", 'label,time\n"E6.5, early",1\n"E6.5, late",2\nE7.5,4\n')
        self.assertEqual(self.times("t.csv", "--time-map", "map.csv"), [1, 2, 4])
        self.refused(
            2, ["--time-map", "each label once"], "inspect", "t.csv", "--time-map", "E7.5=8", "--time-map", "E7.5=9"
        )
        self.refused(2, ["--time-map", "LABEL=TIME", "file"], "inspect", "t.csv", "--time-map", "no_map.csv")
        write("map.csv", "label,time,more\na,1,2\n")
        self.refused(BAD_INPUT, ["map.csv", "3 fields", "two"], "inspect", "t.csv", "--time-map", "map.csv")

    def test_times_are_typed_as_they_are_shown(self):
        x, t = moving_cells(times=(0, 1, 2, 3))
        for name, times in {"single": (t / 10).astype("f4"), "double": t * 0.1}.items():
            np.savez(f"{name}.npz", pcs=x, sample_labels=times)
            self.assertEqual(self.times(f"{name}.npz"), [0, 0.1, 0.2, 0.3])
            self.succeed("train", f"{name}.npz", "-o", "m", "--hold-out", "0.2", "--steps", 2, "--width", 8)

    def test_genes_in_rows(self):
        rng = np.random.default_rng(0)
        x = rng.poisson(3, size=(40, 30))
        genes = [f"ENSG{g:011d}" for g in range(30)]
        cells = [barcode(7919 * i + 5) for i in range(40)]
        rows = [",".join(["", *cells]), ",".join(["day", *[str(i % 2) for i in range(40)]])]
        rows += [",".join([gene, *map(str, x[:, g])]) for g, gene in enumerate(genes)]
        write("t.csv", "\n".join(rows) + "\n")
        self.refused(BAD_INPUT, ["t.csv", "genes", "--transpose"], "preprocess", "t.csv", "-o", "out.h5ad")
        self.assertFalse(os.path.exists("out.h5ad"))
        with open("t.csv", "rb") as plain, gzip.open("t.csv.gz", "wb") as packed:
            packed.write(plain.read())
        all_genes = ["--min-cells", 0, "--keep-counts"]
        result = self.succeed("preprocess", "t.csv.gz", "--transpose", "-o", "out.h5ad", *all_genes)
        self.assertIn("as of a panel", result.stderr)
        data = anndata.read_h5ad("out.h5ad")
        self.assertEqual(list(data.obs_names), cells)
        self.assertEqual(list(data.var_names), genes)
        np.testing.assert_array_equal(data.layers["counts"].toarray(), x)
        self.assertEqual(len(set(data.obs["day"])), 2)

    def test_logarithms_below_zero(self):
        rng = np.random.default_rng(1)
        x = rng.normal(size=(60, 8)) - np.arange(2, 10)
        names = [f"q{'abcdefgh'[g]}" for g in range(8)]

        def save(values):
            rows = [",".join(["cell", "day", *names])]
            rows += [",".join([f"c{i}", str(i % 3), *map(str, row)]) for i, row in enumerate(values)]
            return write("t.csv", "\n".join(rows) + "\n")

        save(x)
        self.refused(BAD_INPUT, ["--values log"], "preprocess", "t.csv", "--values", "normalized", "-o", "out.h5ad")
        self.succeed("preprocess", "t.csv", "--values", "log", "-o", "out.h5ad")
        data = anndata.read_h5ad("out.h5ad")
        self.assertTrue(data.var["highly_variable"].all())
        loadings = np.asarray(data.varm["PCs"])
        np.testing.assert_allclose((x - x.mean(axis=0)) @ loadings, data.obsm["X_pca"], atol=1e-4)
        save(x - x.mean(axis=0))
        self.refused(BAD_INPUT, ["mean 0", "scaled"], "preprocess", "t.csv", "--values", "log", "-o", "b.h5ad")

    def test_genes_with_commas(self):
        data = write_trained(self, steps=20)
        names = list(data.var_names)
        data.var_names = ["comma,gene", *names[1:]]
        data.write_h5ad("data.h5ad")
        self.succeed("train", "data.h5ad", "-o", "model", "--steps", 20, "--width", 16)
        both = ["--times", 2, "-o"]
        self.succeed("perturb", "model", "data.h5ad", "--gene", f"comma,gene=0,{names[1]}=x2", *both, "a.tsv")
        two = ["--gene", "comma,gene=0", "--gene", f"{names[1]}=x2"]
        self.succeed("perturb", "model", "data.h5ad", *two, *both, "b.tsv")
        write("genes.csv", f'gene,level\n"comma,gene",0\n{names[1]},x2\n')
        self.succeed("perturb", "model", "data.h5ad", "--gene", "genes.csv", *both, "c.tsv")
        with open("a.tsv") as a, open("b.tsv") as b, open("c.tsv") as c:
            first = a.read()
            self.assertEqual(first, b.read())
            self.assertEqual(first, c.read())
        self.refused(2, ["--gene", "GENE=LEVEL"], "perturb", "model", "data.h5ad", "--gene", "none.csv", "--times", 2)


if __name__ == "__main__":
    unittest.main()
