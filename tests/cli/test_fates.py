"""Where cells end: from labels or a table, in an .h5ad that other tools read or a table of cells."""

import json
import unittest

import anndata
import numpy as np
import pandas as pd
from annotated import annotated
from support import TestCase

FATES = ["ü", "a, b"]  # in the order of the categories


def write_branching(path="data.h5ad", dims=8, cells=60, times=(0, 1, 2), only=None):
    """Cells that part to two sides; some stay between them and are undecided."""
    rng = np.random.default_rng(1)
    t = np.repeat(np.asarray(times, float), cells)
    side = rng.choice([-1, 1, 0], t.size, p=[0.45, 0.45, 0.1])
    x = rng.normal(size=(t.size, dims))
    x[:, 0] += 3 * t * side
    state = np.array([FATES[0], "open", FATES[1]])[side + 1].astype(object)
    if only:
        state[state != only] = "open"
    state[0] = None
    obs = pd.DataFrame(
        {
            "day": t,
            "state": pd.Categorical(state, categories=[*FATES, "open", "never"]),
            "empty": pd.Categorical([None] * t.size, categories=["x"]),
        },
        index=[f"cell-{i}" for i in range(t.size)],
    )
    data = annotated(rng.poisson(1, size=(t.size, 5)).astype("f4"), obs=obs, var=pd.DataFrame(index=list("vwxyz")))
    data.obsm["X_pca"] = x.astype("f4")
    data.uns["state_colors"] = np.array(["#111111", "#222222", "#333333", "#444444"], dtype=object)
    data[rng.permutation(t.size)].copy().write_h5ad(path)
    return path


class Fates(TestCase):
    def prepare(self):
        write_branching()
        self.succeed("train", "data.h5ad", "-o", "model", "--steps", 50, "--width", 8, "--dims", 3)

    def fates(self, *arguments, label="state"):
        self.succeed(
            "fates", *arguments, "data.h5ad", "--label-key", label, "--undecided", "open", "-o", "out.h5ad", "--replace"
        )
        return anndata.read_h5ad("out.h5ad")

    def test_the_h5ad_has_what_other_tools_read(self):
        out, data = self.fates(), anndata.read_h5ad("data.h5ad")
        for key in ["fates_fwd", "lineages_fwd"]:
            self.assertEqual(out.obsm[key].dtype, np.float32)
            self.assertEqual(out.obsm[key].shape, (180, 2))
        np.testing.assert_array_equal(out.obsm["fates_fwd"], out.obsm["lineages_fwd"])
        np.testing.assert_allclose(out.obsm["fates_fwd"].sum(axis=1), 1, atol=1e-6)
        self.assertEqual(list(out.uns["fates_fwd_names"]), FATES)
        states = out.obs["term_states_fwd"]
        self.assertEqual(list(states.cat.categories), FATES)
        known = data.obs["state"].isin(FATES) & (data.obs["day"] == 2)
        np.testing.assert_array_equal(states.notna(), known)
        np.testing.assert_array_equal(states[known].astype(str), data.obs["state"][known].astype(str))
        self.assertEqual(list(out.uns["term_states_fwd_colors"]), ["#111111", "#222222"])
        for column in ["cellmnn_fate_decided", "cellmnn_fate_commitment"]:
            self.assertEqual(out.obs[column].dtype, np.float32)
        facts = json.loads(out.uns["cellmnn"]["fates"])
        self.assertEqual(facts["names"], FATES)
        self.assertEqual(facts["starts"], "stay")
        self.assertEqual([time["time"] for time in facts["times"]], [0, 1, 2])

    def test_probabilities_follow_the_sides(self):
        out = self.fates()
        at_1 = out.obs["day"] == 1
        x, p = out.obsm["X_pca"][at_1, 0], out.obsm["fates_fwd"][at_1, 1]
        self.assertGreater(np.corrcoef(x, p)[0, 1], 0.6)
        self.assertLess(p[x < -3].max(), 0.2)
        self.assertGreater(p[x > 3].min(), 0.8)

    def test_the_table_has_the_same_values_for_any_number_of_threads(self):
        out, tables = self.fates("model"), []
        for threads in [1, 2, 3]:
            self.succeed(
                "fates", "model", "data.h5ad", "--label-key", "state", "--undecided", "open",
                "-o", "out.tsv", "--threads", threads,
            )  # fmt: skip
            with open("out.tsv") as file:
                tables.append(file.read())
        self.assertEqual(tables, tables[:1] * 3)
        table = pd.read_csv("out.tsv", sep="\t", index_col="cell")
        self.assertEqual(list(table.index), list(out.obs_names))
        np.testing.assert_array_equal(table[FATES].to_numpy("f4"), out.obsm["fates_fwd"])
        np.testing.assert_array_equal(table["decided"].to_numpy("f4"), out.obs["cellmnn_fate_decided"])

    def test_starts(self):
        stay, both, model = (self.fates("model", "--starts", s).obsm["fates_fwd"] for s in ["stay", "both", "model"])
        np.testing.assert_array_equal(stay, self.fates().obsm["fates_fwd"])
        np.testing.assert_array_equal(both, self.fates("model").obsm["fates_fwd"])
        self.assertGreater(np.abs(model - stay).max(), 1e-3)
        early = anndata.read_h5ad("out.h5ad").obs["day"].to_numpy() == 1
        np.testing.assert_allclose(both[early], (stay[early] + model[early]) / 2, atol=0.02)

    def test_what_is_known_is_said_in_words(self):
        table = self.succeed(
            "fates", "data.h5ad", "--label-key", "state", "--undecided", "open", "-o", "out.tsv"
        ).stdout.splitlines()
        self.assertIn("known", table[0])
        self.assertRegex(table[2], r"^ +0 +60 +0\.[01]\d\d +(not|hardly|partly) known")
        self.assertRegex(table[3], r"^ +1 +60 +0\.[2-9]\d\d +(largely known|nearly decided)")
        self.assertRegex(table[4], r"^ +2 +60 +- +given")
        self.assertRegex(table[5], r"base rates +0\.\d+ +0\.\d+")

    def test_a_table_of_terminal_cells_of_any_time(self):
        data = anndata.read_h5ad("data.h5ad")
        early = data.obs_names[(data.obs["day"] == 1) & (data.obsm["X_pca"][:, 1] > 1)]
        late = data.obs_names[data.obs["day"] == 2]
        with open("ends.tsv", "w") as file:
            file.write("cell\tfate\n")
            file.writelines(f"{name}\tleft early\n" for name in early)
            file.writelines(f"{name}\tlate\n" for name in late)
        self.succeed("fates", "data.h5ad", "--terminal", "ends.tsv", "-o", "out.h5ad")
        out = anndata.read_h5ad("out.h5ad")
        names = list(out.uns["fates_fwd_names"])
        self.assertEqual(sorted(names), ["late", "left early"])
        self.assertGreater(out[early].obsm["fates_fwd"][:, names.index("left early")].min(), 0.99)
        first = out.obs["day"] == 0
        self.assertGreater(out.obsm["fates_fwd"][first][:, names.index("left early")].min(), 0.001)

    def test_drivers_are_the_genes_that_a_fate_follows(self):
        data = anndata.read_h5ad("data.h5ad")
        data.X[:, 2] = 5 + data.obsm["X_pca"][:, 0]
        data.write_h5ad("data.h5ad")
        self.succeed(
            "fates", "data.h5ad", "--label-key", "state", "--undecided", "open", "-o", "out.tsv", "--drivers", "d.tsv"
        )
        drivers = pd.read_csv("d.tsv", sep="\t")
        self.assertEqual(set(drivers["fate"]), set(FATES))
        self.assertIn(1, set(drivers["time"]))
        self.assertNotIn(2, set(drivers["time"]))
        best = drivers[(drivers["time"] == 1) & (drivers["rank"] == 1)].set_index("fate")
        self.assertEqual(set(best["gene"]), {"x"})
        self.assertLess(best["effect"][FATES[0]], -1)
        self.assertGreater(best["low"][FATES[1]], 0)
        self.assertLess(best["q"].max(), 0.05)

    def test_trends_go_through_the_means_of_the_cells_that_reach_a_fate(self):
        self.succeed(
            "fates", "data.h5ad", "--label-key", "state", "--undecided", "open",
            "-o", "out.tsv", "--trends", "t.tsv", "--genes", "y,v",
        )  # fmt: skip
        trends, data = pd.read_csv("t.tsv", sep="\t"), anndata.read_h5ad("data.h5ad")
        self.assertEqual(list(trends["gene"][:2]), ["y", "v"])
        self.assertEqual(sorted(set(trends["time"])), [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2])
        ends = data[(data.obs["day"] == 2) & (data.obs["state"] == FATES[1])]
        row = trends[(trends["fate"] == FATES[1]) & (trends["time"] == 2) & (trends["gene"] == "y")].iloc[0]
        self.assertAlmostEqual(row["mean"], float(ends.X[:, 3].mean()), places=5)
        self.assertAlmostEqual(row["all_cells"], float(data[data.obs["day"] == 2].X[:, 3].mean()), places=5)
        self.assertLess(row["low"], row["mean"])
        self.assertTrue(trends[trends["time"] == 0.5]["all_cells"].isna().all())

    def test_ancestors_and_flows_of_labels(self):
        self.succeed(
            "fates", "data.h5ad", "--label-key", "state", "--undecided", "open",
            "-o", "out.h5ad", "--ancestors", "a.tsv", "--alluvial", "f.tsv",
        )  # fmt: skip
        out, shares = anndata.read_h5ad("out.h5ad"), pd.read_csv("a.tsv", sep="\t")
        for (fate, time), of in shares.groupby(["fate", "time"]):
            self.assertAlmostEqual(of["share"].sum(), 1, places=5)
            self.assertAlmostEqual(of["all_cells"].sum(), 1, places=5)
            own = of.set_index("label")
            if time > 0:
                self.assertGreater(own["share"][fate], own["all_cells"][fate], (fate, time))
        decided = out.obs["cellmnn_fate_decided"].to_numpy() * out.obsm["fates_fwd"][:, 1]
        at_1 = ((out.obs["day"] == 1) & out.obs["state"].notna()).to_numpy()
        is_own = (out.obs["state"] == FATES[1]).to_numpy()
        expected = decided[at_1 & is_own].sum() / decided[at_1].sum()
        row = shares[(shares["fate"] == FATES[1]) & (shares["time"] == 1) & (shares["label"] == FATES[1])]
        self.assertAlmostEqual(row["share"].iloc[0], expected, places=2)

        flows = pd.read_csv("f.tsv", sep="\t")
        for (_, label), of in flows.groupby(["from_time", "from_label"]):
            self.assertAlmostEqual(of["share"].sum(), of["measured_from"].iloc[0], places=5, msg=label)
        for (_, label), of in flows.groupby(["to_time", "to_label"]):
            self.assertAlmostEqual(of["share"].sum(), of["predicted_to"].iloc[0], places=5, msg=label)
        measured = out.obs["state"][out.obs["day"] == 2].value_counts(normalize=True)
        of = flows[(flows["to_time"] == 2) & (flows["to_label"] == FATES[0])]
        self.assertAlmostEqual(of["measured_to"].iloc[0], measured[FATES[0]], places=5)

    def test_clusters_of_the_last_time_are_fates(self):
        done = self.succeed("fates", "data.h5ad", "--clusters", 2, "-o", "out.h5ad")
        self.assertRegex(done.stderr, r"2 clusters of the cells of the last time; stability 0\.\d\d|1\.00")
        out = anndata.read_h5ad("out.h5ad")
        self.assertEqual(list(out.uns["fates_fwd_names"]), ["end 1", "end 2"])
        ends = out[out.obs["day"] == 2].obs
        sizes = ends["term_states_fwd"].value_counts()
        self.assertEqual(list(sizes.index), ["end 1", "end 2"])
        sides = pd.crosstab(ends["state"], ends["term_states_fwd"]).loc[FATES]
        self.assertGreater(sides.max(axis=1).sum() / sides.to_numpy().sum(), 0.9)

    def test_the_time_by_which_cells_have_committed(self):
        facts = json.loads(self.fates().uns["cellmnn"]["fates"])
        self.assertEqual(len(facts["commitment_times"]), 2)
        for time in facts["commitment_times"]:
            self.assertGreater(time, 0)
            self.assertLess(time, 2)

    def check_fault(self, code, words, *arguments):
        self.refused(code, words, "fates", *arguments, "-o", "out.tsv")

    def test_bad_requests(self):
        usage, bad = 2, 3
        noise = anndata.read_h5ad("data.h5ad")
        noise.obsm["X_pca"] = np.random.default_rng(2).normal(size=(180, 8)).astype("f4")
        noise.write_h5ad("noise.h5ad")
        self.check_fault(usage, ["--label-key KEY", "--terminal FILE"], "data.h5ad")
        self.check_fault(bad, ["no obs['stat']", "did you mean 'state'"], "data.h5ad", "--label-key", "stat")
        self.check_fault(bad, ["no label 'opn' (--undecided)", "did you mean 'open'"],
                         "data.h5ad", "--label-key", "state", "--undecided", "opn")  # fmt: skip
        self.check_fault(bad, ["no cell of the last time, 2, has a label in obs['empty']"],
                         "data.h5ad", "--label-key", "empty")  # fmt: skip
        self.check_fault(usage, ["--starts both and model need a model"],
                         "data.h5ad", "--label-key", "state", "--starts", "both")  # fmt: skip
        self.check_fault(usage, ["got 3 arguments"], "model", "data.h5ad", "data.h5ad", "--label-key", "state")
        self.check_fault(usage, [".h5ad"], "data.csv", "--label-key", "state")
        labels = ["data.h5ad", "--label-key", "state"]
        self.check_fault(bad, ["--genes: 'wx' is none of the", "did you mean 'w'"],
                         *labels, "--trends", "t.tsv", "--genes", "v,wx")  # fmt: skip
        self.check_fault(usage, ["--genes is about --trends"], *labels, "--genes", "v")
        self.check_fault(usage, ["--ancestor-key is about --ancestors"], *labels, "--ancestor-key", "day")
        self.check_fault(usage, ["give --ancestor-key KEY"], "data.h5ad", "--clusters", 2, "--alluvial", "f.tsv")
        self.check_fault(bad, ["no obs['stat']"], *labels, "--alluvial", "f.tsv", "--ancestor-key", "stat")
        self.check_fault(usage, ["--clusters", "from 2 to 12"], "data.h5ad", "--clusters", 1)
        self.check_fault(usage, ["--label-key", "--clusters"], *labels, "--clusters", 2)
        self.check_fault(usage, ["--terminal and --clusters"], "data.h5ad", "--terminal", "e.tsv", "--clusters", 2)
        self.check_fault(bad, ["no stable clusters", "give labels"], "noise.h5ad", "--clusters", "auto")

    def test_one_label_only(self):
        write_branching("data.h5ad", only=FATES[0])
        self.check_fault(3, [f"all decided cells of the last time, 2, are '{FATES[0]}'", "at least two"],
                         "data.h5ad", "--label-key", "state", "--undecided", "open")  # fmt: skip

    def test_one_time_only(self):
        write_branching("data.h5ad", times=(3,))
        self.check_fault(3, ["one time only, 3", "at least two times"], "data.h5ad", "--label-key", "state")

    def test_a_label_with_a_comma(self):
        self.succeed("fates", "data.h5ad", "--label-key", "state", "--undecided", FATES[1], "-o", "out.h5ad")
        self.assertEqual(list(anndata.read_h5ad("out.h5ad").uns["fates_fwd_names"]), [FATES[0], "open"])

    def test_bad_tables_of_terminal_cells(self):
        for text, parts in [
            ("cell\tfate\ncell-1\ta\nceil-2\tb\n", ["line 3", "'ceil-2'", "data.h5ad does not have"]),
            ("cell\tfate\ncell-1\ta\ncell-2\n", ["line 3"]),
            ("cell\tfate\ncell-1\ta\ncell-2\t\n", ["line 3 gives no fate to cell-2"]),
            ("cell\tfate\ncell-1\ta\ncell-2\ta\n", ["one fate only, 'a'", "at least two"]),
            ("cell\tfate\n", ["gives no fate to any cell"]),
        ]:
            with open("ends.tsv", "w") as file:
                file.write(text)
            self.check_fault(3, parts, "data.h5ad", "--terminal", "ends.tsv")

    def test_a_model_of_other_data(self):
        write_branching("other.h5ad", times=(0, 5, 9))
        self.check_fault(3, ["not such as the data of the model"], "model", "other.h5ad", "--label-key", "state")


if __name__ == "__main__":
    unittest.main()
