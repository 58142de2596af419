"""A copy of an .h5ad file with what a model says: everything kept, new entries as other tools read them."""

import json
import os
import unittest

import anndata
import h5py
import numpy as np
import pandas as pd
import scipy.sparse
from annotated import annotated
from h5ad_contents import contents
from support import TestCase, moving_cells

DIMS, WIDTH = 3, 4


def write_data(path="data.h5ad", **options):
    """Cells with one entry of every kind."""
    x, t = moving_cells(dims=WIDTH)
    n = len(t)
    rng = np.random.default_rng(1)
    obs = pd.DataFrame(
        {
            "day": pd.Categorical([f"day {time:g}" for time in t], ordered=True),
            "flag": rng.random(n) < 0.5,
            "score": rng.normal(size=n),
            "count": np.arange(n),
            "state": pd.Categorical(rng.choice(["a", "ü", "c"], n)),
        },
        index=[f"cell-{i}" for i in range(n)],
    )
    var = pd.DataFrame(
        {"symbol": [f"s{g}" for g in range(6)], "chosen": [True, False] * 3}, index=[f"g{g}" for g in range(6)]
    )
    data = annotated(scipy.sparse.random(n, 6, 0.4, "csr", "f4", random_state=2), obs=obs, var=var)
    data.layers["counts"] = scipy.sparse.csc_matrix(rng.poisson(1, size=(n, 6)))
    data.raw = data.copy()
    data.obsm["X_pca"] = x.astype("f8")
    data.obsm["X_umap"] = x[:, [1, 0]]
    data.obsm["frame"] = pd.DataFrame({"u": np.arange(n)}, index=obs.index)
    data.varm["PCs"] = rng.normal(size=(6, WIDTH))
    data.obsp["connectivities"] = scipy.sparse.random(n, n, 0.05, "csr", "f4", random_state=3)
    data.uns["state_colors"] = np.array(["#ff0000", "#00ff00", "#0000ff"], dtype=object)
    data.uns["cellmnn"] = {"preprocess": "kept"}
    data.uns["nested"] = {"empty": {}, "text": "x", "number": 3, "flag": True}
    data.write_h5ad(path, **options)
    return path


class Annotate(TestCase):
    def prepare(self):
        write_data()
        self.succeed("train", "data.h5ad", "-o", "model", "--steps", 300, "--width", 16, "--lr", 5e-3, "--dims", DIMS)

    def annotate(self, *arguments, data="data.h5ad", output="out.h5ad"):
        self.succeed("annotate", "model", data, "-o", output, *arguments)
        return anndata.read_h5ad(output)

    def test_everything_of_the_input_is_kept(self):
        for options in [{}, {"compression": "gzip"}]:
            write_data(**options)
            self.annotate("--transition", "--times", "1.5")
            before, after = contents("data.h5ad"), contents("out.h5ad")
            columns = after["obs"][0].pop("column-order")
            self.assertEqual(columns[:5], before["obs"][0].pop("column-order"))
            for name, entry in before.items():
                np.testing.assert_equal(after[name], entry, name)
            self.assertEqual(
                sorted(name for name in set(after) - set(before) if name.count("/") == 1),
                [
                    "obs/cellmnn_extrapolated",
                    "obs/cellmnn_max_eigenvalue",
                    "obs/cellmnn_speed",
                    "obs/cellmnn_time",
                    "obsm/X_cellmnn",
                    "obsm/X_cellmnn_t1.5",
                    "obsm/velocity_cellmnn",
                    "obsm/velocity_pca",
                    "obsm/velocity_umap",
                    "obsp/T_fwd",
                ],
            )

    def test_new_entries_have_the_types_that_other_tools_expect(self):
        out = self.annotate("--transition")
        for name, width in [
            ("X_cellmnn", DIMS),
            ("velocity_cellmnn", DIMS),
            ("velocity_pca", WIDTH),
            ("velocity_umap", 2),
        ]:
            self.assertEqual((out.obsm[name].dtype, out.obsm[name].shape), (np.float32, (160, width)))
            self.assertTrue(np.isfinite(out.obsm[name]).all())
        self.assertEqual(out.obs["cellmnn_speed"].dtype, np.float32)
        self.assertEqual(out.obs["cellmnn_max_eigenvalue"].dtype, np.float32)
        self.assertEqual(out.obs["cellmnn_extrapolated"].dtype, bool)
        time = out.obs["cellmnn_time"]
        self.assertEqual(time.dtype, np.float64)
        self.assertEqual([f"day {value:g}" for value in time], list(out.obs["day"]))
        self.assertFalse(out.obs.isnull().any(axis=None))
        transition = out.obsp["T_fwd"]
        self.assertTrue(scipy.sparse.isspmatrix_csr(transition))
        self.assertEqual((transition.dtype, transition.indices.dtype, transition.indptr.dtype), ("f4", "i4", "i4"))
        self.assertTrue(transition.has_sorted_indices)
        np.testing.assert_allclose(transition.sum(axis=1), 1, rtol=1e-6)
        self.assertEqual(json.loads(out.uns["cellmnn"]["annotate"])["dims"], DIMS)
        self.assertEqual(out.uns["cellmnn"]["preprocess"], "kept")

    def test_values_are_those_of_the_model(self):
        out = self.annotate("--times", "0.5,2")
        self.succeed("predict", "model", "data.h5ad", "--times", "0.5,2", "-o", "predicted.npz")
        predicted = np.load("predicted.npz")
        np.testing.assert_array_equal(out.obsm["X_cellmnn"], out.obsm["X_pca"][:, :DIMS].astype("f4"))
        np.testing.assert_array_equal(out.obsm["velocity_cellmnn"], predicted["velocity_cellmnn"])
        np.testing.assert_array_equal(out.obsm["X_cellmnn_t2"], predicted["X_cellmnn_t2"])
        np.testing.assert_array_equal(out.obsm["velocity_pca"][:, DIMS:], 0)
        np.testing.assert_allclose(
            out.obs["cellmnn_speed"], np.linalg.norm(predicted["velocity_cellmnn"], axis=1), rtol=1e-5
        )

    def test_transitions_and_projections_follow_the_stated_rule(self):
        out = self.annotate("--transition", "--neighbors", 12)
        x, v = out.obsm["X_cellmnn"].astype("f8"), out.obsm["velocity_cellmnn"].astype("f8")
        transition, umap = out.obsp["T_fwd"].toarray(), out.obsm["X_umap"].astype("f8")
        steps = x - x[:, None]
        distance = np.linalg.norm(steps, axis=2)
        np.fill_diagonal(distance, np.inf)
        cosine = np.einsum("ijd,id->ij", steps, v) / distance / np.linalg.norm(v, axis=1)[:, None]
        nearest = np.argsort(distance, axis=1)[:, :12]
        is_near = np.zeros((160, 160), bool)
        np.put_along_axis(is_near, nearest, True, axis=1)
        both = is_near | is_near.T
        size = np.sort(np.abs(cosine[both]))
        p = np.where(both, np.exp(cosine / size[len(size) // 2]), 0)
        np.testing.assert_allclose(transition, p / p.sum(axis=1, keepdims=True), atol=1e-4)
        facts = json.loads(out.uns["cellmnn"]["annotate"])["transition"]
        self.assertAlmostEqual(facts["scale"], 1 / size[len(size) // 2], places=3)
        projected = np.zeros((160, 2))
        for i, near in enumerate(nearest):
            p = np.exp(10 * cosine[i, near])
            step = umap[near] - umap[i]
            projected[i] = (p / p.sum() - 1 / 12) @ (step / np.linalg.norm(step, axis=1)[:, None])
        np.testing.assert_allclose(out.obsm["velocity_umap"], projected, atol=1e-4)
        # All cells drift along the first component, which is the second axis of this embedding.
        self.assertGreater(np.mean(out.obsm["velocity_umap"][:, 1] > 0), 0.9)

    def test_existing_entries_are_replaced_on_request_only(self):
        self.annotate("--transition")
        self.refused(
            3, ["out.h5ad", "'obsm/velocity_pca'", "--replace"], "annotate", "model", "out.h5ad", "-o", "again.h5ad"
        )
        again = self.annotate("--transition", "--neighbors", 5, "--replace", data="out.h5ad", output="again.h5ad")
        self.assertGreaterEqual(again.obsp["T_fwd"].nnz, 5 * 160)
        self.assertLess(again.obsp["T_fwd"].nnz, 10 * 160)
        self.assertEqual(len(again.obs.columns), 9)
        self.assertFalse(os.path.exists("none.h5ad"))

    def test_transport_maps_couple_successive_times(self):
        out = self.annotate("--wot", "maps")
        self.assertEqual(sorted(os.listdir("maps")), ["tmaps_0.0_1.0.h5ad", "tmaps_1.0_2.0.h5ad", "tmaps_2.0_3.0.h5ad"])
        coupling = anndata.read_h5ad("maps/tmaps_1.0_2.0.h5ad")
        day = out.obs["cellmnn_time"].astype(float)
        self.assertEqual(list(coupling.obs_names), list(out.obs_names[day == 1]))
        self.assertEqual(list(coupling.var_names), list(out.obs_names[day == 2]))
        self.assertEqual(coupling.X.dtype, np.float32)
        np.testing.assert_allclose(coupling.X.sum(axis=1), 1, rtol=1e-5)
        with h5py.File("maps/tmaps_1.0_2.0.h5ad") as file:
            self.assertEqual(file["obs"].attrs["_index"], "index")

    def test_products_of_maps_are_the_fates(self):
        self.annotate("--wot", "maps", output="maps.h5ad")
        self.succeed("fates", "model", "data.h5ad", "--label-key", "state", "-o", "fates.h5ad")
        out = anndata.read_h5ad("fates.h5ad")
        names, base = list(out.uns["fates_fwd_names"]), np.array(json.loads(out.uns["cellmnn"]["fates"])["base_rates"])
        last = out.obs["day"] == "day 3"
        p = (out.obs["state"][last].astype(str).to_numpy()[:, None] == names).astype(float)
        for now, then in [(2, 3), (1, 2), (0, 1)]:
            p = anndata.read_h5ad(f"maps/tmaps_{now}.0_{then}.0.h5ad").X.toarray() @ p
            found = out.obsm["fates_fwd"][out.obs["day"] == f"day {now}"]
            np.testing.assert_allclose((p + 0.001 * base) / 1.001, found, atol=3e-3)

    def test_exact_plans(self):
        out = self.annotate("--wot", "maps", "--wot-plan", "exact")
        self.succeed("predict", "model", "data.h5ad", "--times", "2", "--from", 1, "-o", "predicted.npz")
        coupling, day = anndata.read_h5ad("maps/tmaps_1.0_2.0.h5ad"), out.obs["cellmnn_time"].astype(float)
        np.testing.assert_allclose(coupling.X.sum(axis=0), 1, rtol=1e-5)
        # A plan that ignored the model would leave the cells where they are; this one moves to its predictions.
        partner = coupling.X.toarray().argmax(axis=1)
        moved = np.load("predicted.npz")["X_predicted"]
        target = out.obsm["X_cellmnn"][day == 2]
        best = ((moved[:, None] - target) ** 2).sum(axis=2)
        self.assertLess(best[np.arange(40), partner].mean(), 0.5 * best.mean())
        self.refused(2, ["--wot-plan requires --wot"], "annotate", "model", "data.h5ad", "-o", "x.h5ad",
                     "--wot-plan", "exact")  # fmt: skip
        self.refused(2, ["--wot-plan", "soft", "exact"], "annotate", "model", "data.h5ad", "-o", "x.h5ad",
                     "--wot", "maps", "--wot-plan", "sharp")  # fmt: skip

    def test_cells_of_one_time_have_no_maps(self):
        data = anndata.read_h5ad("data.h5ad")
        data[data.obs["day"] == "day 1"].write_h5ad("one.h5ad")
        self.annotate("--transition", data="one.h5ad")
        self.refused(
            3, ["one.h5ad", "one time", "--wot"], "annotate", "model", "one.h5ad", "-o", "out2.h5ad", "--wot", "maps"
        )
        self.assertFalse(os.path.exists("out2.h5ad"))

    def test_times_of_maps_are_written_as_floats(self):
        data = anndata.read_h5ad("data.h5ad")
        data.obs["day"] = [0.5 * int(label.split()[1]) for label in data.obs["day"]]
        data.write_h5ad("half.h5ad")
        self.annotate("--wot", "maps/here", data="half.h5ad")
        self.assertEqual(
            sorted(os.listdir("maps/here")), ["tmaps_0.0_0.5.h5ad", "tmaps_0.5_1.0.h5ad", "tmaps_1.0_1.5.h5ad"]
        )

    def test_the_result_does_not_depend_on_threads(self):
        for threads in [1, 4]:
            self.annotate("--transition", "--wot", f"maps{threads}", "--threads", threads, output=f"{threads}.h5ad")
        for a, b in [("1.h5ad", "4.h5ad"), ("maps1/tmaps_0.0_1.0.h5ad", "maps4/tmaps_0.0_1.0.h5ad")]:
            with open(a, "rb") as one, open(b, "rb") as four:
                self.assertEqual(one.read(), four.read())

    def test_an_embedding_of_other_cells_is_refused(self):
        with h5py.File("data.h5ad", "a") as file:
            del file["obsm/X_umap"]
            file["obsm/X_umap"] = np.zeros((300, 2))
        wanted = ["annotate", "model", "data.h5ad", "-o", "out.h5ad", "--basis", "umap"]
        self.refused(3, ["obsm/X_umap has 300 rows", "160 cells"], *wanted)

    def test_bad_requests(self):
        self.refused(
            3, ["no 'X_tsne'", "'X_umap'"], "annotate", "model", "data.h5ad", "-o", "out.h5ad", "--basis", "tsne"
        )
        for basis in ["pca", "umap,umap"]:
            self.refused(2, ["written already"], "annotate", "model", "data.h5ad", "-o", "out.h5ad", "--basis", basis)
        self.refused(2, ["out.npz", "must end in .h5ad"], "annotate", "model", "data.h5ad", "-o", "out.npz")
        self.refused(3, ["is an input"], "annotate", "model", "data.h5ad", "-o", "data.h5ad")
        self.refused(3, ["160 neighbours"], "annotate", "model", "data.h5ad", "-o", "out.h5ad", "--neighbors", 160)
        data = anndata.read_h5ad("data.h5ad")
        data.obsm["X_umap"][7, 1] = np.nan
        data.write_h5ad("nan.h5ad")
        self.refused(3, ["X_umap", "not finite"], "annotate", "model", "nan.h5ad", "-o", "out.h5ad")
        with h5py.File("data.h5ad", "r+") as file:
            del file["obs"].attrs["encoding-type"]
        self.refused(3, ["obs is stored as by anndata before 0.7"], "annotate", "model", "data.h5ad", "-o", "out.h5ad")
        self.assertEqual([name for name in os.listdir(".") if "out" in name], [])


if __name__ == "__main__":
    unittest.main()
