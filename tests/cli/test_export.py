"""The page that `cellmnn export` writes."""

import gzip
import json
import os
import subprocess

import anndata
import numpy as np
import pandas as pd
from page_case import PageTestCase, elements, safetensors
from support import write_npz


class Export(PageTestCase):
    def export(self, *arguments, code=0):
        result = subprocess.run(
            ["own/bin/cellmnn", "export", "model", *map(str, arguments)], capture_output=True, text=True, check=False
        )
        self.assertEqual(result.returncode, code, result.stderr)
        return result

    def page(self, *arguments):
        self.export("cells.h5ad", "-o", "page.html", *arguments)
        with open("page.html", encoding="utf-8") as file:
            return file.read()

    def test_the_page_holds_the_model_and_the_cells_in_the_order_of_time(self):
        html = self.page("--title", "my <cells>")
        self.assertTrue(html.startswith("<html><body>\n") and html.endswith("<p>after</p></body></html>"))
        found = elements(html)
        with open("model", "rb") as file:
            self.assertEqual(found["model"], file.read())
        metadata, arrays = safetensors(found["cells"])
        data = anndata.read_h5ad("cells.h5ad")
        order = np.argsort(data.obs["time"].to_numpy(), kind="stable")
        np.testing.assert_array_equal(arrays["cells"], data.obsm["X_pca"][order])
        np.testing.assert_array_equal(arrays["time"], data.obs["time"].to_numpy()[order])
        np.testing.assert_array_equal(arrays["row"], order)
        [[name, labels]] = json.loads(metadata["groups"])
        labels = np.array(labels, float)
        np.testing.assert_array_equal(labels[arrays["group.0"].astype(int)], data.obs["fate"].to_numpy()[order])
        self.assertEqual((metadata["title"], metadata["total"], name), ("my <cells>", "150", "fate"))

    def expression(self, *arguments):
        metadata, arrays = safetensors(gzip.decompress(elements(self.page(*arguments))["expression"]))
        return json.loads(metadata["genes"]), arrays["expression"]

    def test_expression_of_the_genes_that_vary_most_comes_along(self):
        data = anndata.read_h5ad("cells.h5ad")
        order = np.argsort(data.obs["time"].to_numpy(), kind="stable")
        genes, values = self.expression()
        self.assertEqual(genes, list(data.var_names))
        np.testing.assert_array_equal(values, data.X[order])
        genes, values = self.expression("--network-genes", 5)
        most = np.sort(np.argsort(-data.X.astype(float).var(axis=0))[:5])
        self.assertEqual(genes, list(data.var_names[most]))
        np.testing.assert_array_equal(values, data.X[order][:, most])
        data.X[:, :] = 0
        data.write_h5ad("cells.h5ad")
        self.assertEqual(set(elements(self.page("--force"))), {"model", "cells", "genes"})

    def test_the_module_of_genes_comes_along_where_it_has_work(self):
        self.assertEqual(elements(self.page())["genes"], "genes <\\/script> <\\/script")
        self.assertEqual(set(elements(self.page("--network-genes", 0))), {"model", "cells", "genes"})
        data = anndata.read_h5ad("cells.h5ad")
        del data.obs["fate"]
        data.write_h5ad("cells.h5ad")
        self.assertEqual(set(elements(self.page("--network-genes", 0))), {"model", "cells"})
        self.assertEqual(set(elements(self.page())), {"model", "cells", "expression", "genes"})

    def test_what_is_true_of_simulated_cells_comes_along(self):
        self.succeed(
            "simulate", "-o", "cells.h5ad", "--cells", 30, "--network", "network.csv", "--trajectories", "paths.npz"
        )
        self.assertNotIn("truth", elements(self.page()))
        given = ["--true-network", "network.csv", "--true-paths", "paths.npz"]
        metadata, arrays = safetensors(elements(self.page(*given))["truth"])
        network = [
            [source, target, {1: "+", -1: "-"}[sign]] for source, target, sign in json.loads(metadata["network"])
        ]
        self.assertEqual(network, pd.read_csv("network.csv").to_numpy().tolist())
        data, paths = anndata.read_h5ad("cells.h5ad"), np.load("paths.npz")
        np.testing.assert_array_equal(arrays["time"], paths["times"])
        expected = (paths["trajectories"] - data.uns["pca_mean"]) @ data.varm["PCs"]
        np.testing.assert_allclose(arrays["paths"], expected, atol=1e-5)

    def test_what_is_true_must_be_of_these_cells(self):
        self.succeed(
            "simulate", "-o", "other.h5ad", "--genes", 14, "--network", "network.csv", "--trajectories", "paths.npz"
        )
        given = ["--true-network", "network.csv", "--true-paths", "paths.npz"]
        self.assertRegex(
            self.export("cells.h5ad", "-o", "page.html", *given, code=3).stderr,
            "paths.npz: 'trajectories' must be paths x .* times x the 24 genes of cells.h5ad, as 'cellmnn simulate",
        )
        self.assertFalse(os.path.exists("page.html"))
        data = anndata.read_h5ad("cells.h5ad")
        del data.varm["PCs"], data.uns["pca_mean"]
        data.write_h5ad("bare.h5ad")
        self.assertRegex(
            self.export("bare.h5ad", "-o", "page.html", *given, code=3).stderr, "bare.h5ad: has no loadings and means"
        )
        self.assertRegex(
            self.export("cells.h5ad", "-o", "page.html", *given[:2], code=2).stderr, "--true-network.*--true-paths"
        )

    def test_names_and_projections_come_along(self):
        data = anndata.read_h5ad("cells.h5ad")
        order = np.argsort(data.obs["time"].to_numpy(), kind="stable")
        data.obs_names = [f"AC{i}-1" for i in range(data.n_obs)]
        umap = np.random.default_rng(0).normal(size=(data.n_obs, 2)).astype("f4")
        data.obsm["X_umap"] = umap
        data.obsm["X_diffmap"] = np.hstack([np.ones((data.n_obs, 1), "f4"), umap, umap])
        data.obsm["X_tsne"] = np.full((data.n_obs, 2), np.nan, "f4")
        data.obsm["velocity_umap"] = umap
        data.write_h5ad("cells.h5ad")
        metadata, arrays = safetensors(elements(self.page())["cells"])
        self.assertEqual(json.loads(metadata["names"]), list(data.obs_names[order]))
        self.assertEqual(
            {name for name in arrays if name.startswith("projection")}, {"projection.X_umap", "projection.X_diffmap"}
        )
        np.testing.assert_array_equal(arrays["projection.X_umap"], umap[order])
        np.testing.assert_array_equal(arrays["projection.X_diffmap"], umap[order])

    def test_times_have_their_labels_and_unit(self):
        data = anndata.read_h5ad("cells.h5ad")
        data.obs["day"] = [f"day{int(10 * time)}-{int(10 * time + 4)}" for time in data.obs.pop("time")]
        data.write_h5ad("ranges.h5ad")
        self.succeed("train", "ranges.h5ad", "-o", "model", "--steps", 2, "--width", 8)
        self.export("ranges.h5ad", "-o", "ranges.html")
        with open("ranges.html", encoding="utf-8") as file:
            metadata, arrays = safetensors(elements(file.read())["cells"])
        labels = json.loads(metadata["time_labels"])
        self.assertEqual([time for time, _ in labels], list(np.unique(arrays["time"])))
        self.assertEqual(labels[1], [12, "day10-14"])
        self.assertEqual(metadata["time_unit"], "d")
        self.assertEqual(safetensors(elements(self.page("--force"))["cells"])[0]["time_unit"], "d")

    def test_names_that_are_numbers_are_left_out(self):
        data = anndata.read_h5ad("cells.h5ad")
        data.obs_names = [str(i) for i in range(data.n_obs)]
        data.write_h5ad("cells.h5ad")
        self.assertNotIn("names", safetensors(elements(self.page())["cells"])[0])

    def test_of_many_cells_some_are_drawn_and_the_page_knows(self):
        metadata, arrays = safetensors(elements(self.page("--cells", 40))["cells"])
        self.assertEqual((len(arrays["time"]), metadata["total"]), (40, "150"))
        self.assertTrue((np.diff(arrays["time"]) >= 0).all())
        self.assertEqual(len(np.unique(arrays["cells"], axis=0)), 40)
        cells = anndata.read_h5ad("cells.h5ad").obsm["X_pca"]
        np.testing.assert_array_equal(cells[arrays["row"].astype(int)], arrays["cells"])
        self.assertEqual(self.page("--cells", 40), self.page("--cells", 40))
        self.assertNotEqual(self.page("--cells", 40), self.page("--cells", 40, "--seed", 5))
        times = safetensors(elements(self.page("--cells", 149))["cells"])[1]["time"]
        self.assertEqual(len(set(times)), 5)

    def test_a_site_is_the_page_with_what_it_loads_later(self):
        self.export("cells.h5ad", "--site", "deep/site")
        self.assertEqual(sorted(os.listdir("deep/site")), ["genes_module.js", "index.html", "reader.js"])
        with open("deep/site/index.html", encoding="utf-8") as file:
            self.assertEqual(set(elements(file.read())), {"model", "cells", "expression"})

    def test_all_columns_of_labels_are_there_the_usual_one_first(self):
        data = anndata.read_h5ad("cells.h5ad")
        count = len(data.obs)
        data.obs["batch_id"] = pd.Categorical(["b1", "b2"] * (count // 2))
        data.obs["state"] = pd.Categorical(["on", "off", "on"] * (count // 3))
        data.obs["quality"] = np.linspace(0, 0.5, count)
        data.obs["alone"] = "same"
        data.write_h5ad("more.h5ad")
        self.export("more.h5ad", "-o", "page.html")
        with open("page.html", encoding="utf-8") as file:
            metadata, arrays = safetensors(elements(file.read())["cells"])
        groups = json.loads(metadata["groups"])
        self.assertEqual([name for name, _ in groups], ["fate", "batch_id", "state"])
        self.assertEqual(sorted(groups[2][1]), ["off", "on"])
        self.assertEqual(len(arrays["group.2"]), count)
        del data.obs["fate"]
        data.write_h5ad("more.h5ad")
        self.export("more.h5ad", "-o", "page.html")
        with open("page.html", encoding="utf-8") as file:
            groups = json.loads(safetensors(elements(file.read())["cells"])[0]["groups"])
        self.assertEqual([name for name, _ in groups], ["state", "batch_id"])

    def test_other_formats_have_no_groups(self):
        write_npz("cells.npz", dims=5)
        self.export("cells.npz", "-o", "page.html")
        with open("page.html", encoding="utf-8") as file:
            self.assertNotIn("group.0", safetensors(elements(file.read())["cells"])[1])
        self.assertIn(
            "read from obs of an .h5ad only",
            self.export("cells.npz", "-o", "p.html", "--group-key", "a", code=3).stderr,
        )

    def test_what_is_wrong_is_said(self):
        self.assertIn("'fate'", self.export("cells.h5ad", "-o", "p.html", "--group-key", "type", code=3).stderr)
        self.assertIn("--output FILE.html, --site DIR or --gallery DIR", self.export("cells.h5ad", code=2).stderr)
        self.assertIn("must end in .html", self.export("cells.h5ad", "-o", "cells.h5ad", code=2).stderr)
        self.write("own/share/cellmnn/page.html", "<html></html>")
        self.assertIn("no page of this version", self.export("cells.h5ad", "-o", "p.html", code=3).stderr)
        os.remove("own/share/cellmnn/page.html")
        self.assertIn("scripts/build-page", self.export("cells.h5ad", "-o", "p.html", code=3).stderr)
        self.assertFalse(os.path.exists("p.html"))
