"""What is known of growth, of the whole population and of each cell, in training and in what follows from it."""

import json
import os
import unittest

import anndata
import numpy as np
from support import TestCase

SMALL = ["--width", 16, "--steps", 150, "--lr", 5e-3]
KNOWN = ["--mass", "yes", "--counts", "counts.csv", "--growth-prior", "growth"]


class Growth(TestCase):
    def prepare(self):
        self.succeed(
            *["simulate", "-o", "cells.h5ad", "--genes", 12, "--cells", 80, "--times", "0,1,3", "--seed", 3],
            *["--division", 0.6, "--death", 0.3, "--counts", "counts.csv"],
        )
        self.train("known", *KNOWN, "--growth-prior-weight", 10)

    def train(self, model, *arguments, data="cells.h5ad"):
        return self.succeed("train", data, "-o", model, *SMALL, *arguments)

    def predict(self, *arguments, model="known"):
        self.succeed("predict", model, "cells.h5ad", "-o", "out.npz", *arguments)
        return np.load("out.npz")

    def write_counts(self, text):
        with open("wrong.csv", "w") as file:
            file.write(text)
        return ["--mass", "yes", "--counts", "wrong.csv"]

    def test_the_cells_of_a_time_become_as_many_as_are_counted_at_the_next(self):
        counts = np.loadtxt("counts.csv", delimiter=",", skiprows=1)
        self.train("counted", "--mass", "yes", "--counts", "counts.csv")
        for model in ("known", "counted"):
            for (time, now), (later, then) in zip(counts[:-1], counts[1:], strict=True):
                table = self.predict("--from", time, "--times", later, model=model)
                self.assertAlmostEqual(table["mass"].mean(), then / now, places=9)
                np.testing.assert_allclose(table["mass"] / table["mass"].sum(), table["weight"])

    def test_only_with_counts_and_prior_there_is_growth(self):
        self.train("counted", "--mass", "yes", "--counts", "counts.csv")
        self.train("prior", "--mass", "yes", "--growth-prior", "growth")
        self.train("mass", "--mass", "yes")
        ours = {"mass", "growth_cellmnn"}
        for model, columns in (("known", ours), ("counted", {"mass"}), ("prior", set()), ("mass", set())):
            table = self.predict("--ahead", 0.5, model=model)
            self.assertEqual(ours & set(table.files), columns, model)
            self.succeed("annotate", model, "cells.h5ad", "-o", "annotated.h5ad")
            obs = anndata.read_h5ad("annotated.h5ad").obs
            name = "cellmnn_growth" if model == "known" else "cellmnn_weight_rate"
            self.assertEqual({"cellmnn_growth", "cellmnn_weight_rate"} & set(obs), {name})
            within = table["time"] < 3
            expected = np.log(table["mass" if "mass" in table else "weight"][within]) / 0.5
            difference = obs[name].to_numpy()[within] - expected
            for time in (0, 1):  # up to a constant where sizes are not known
                of_time = difference[table["time"][within] == time]
                np.testing.assert_allclose(of_time, 0 if "mass" in table else of_time[0], atol=1e-4)

    def test_the_prior_is_learnt_and_its_weight_counts(self):
        distances = []
        for weight in (0.01, 30):
            self.train("model", *KNOWN, "--growth-prior-weight", weight)
            read = json.loads(self.succeed("inspect", "model", "--json").stdout)["provenance"]
            self.assertEqual(read["options"]["growth_prior_weight"], weight)
            distances.append(read["metrics"]["mass"])
        self.assertLess(distances[1], 0.2 * distances[0])

    def test_the_model_does_not_depend_on_threads_and_resumes(self):
        files = []
        for threads in (1, 3):
            self.train("model", *KNOWN, "--two-sided", "--threads", threads)
            with open("model", "rb") as file:
                files.append(file.read())
        self.assertEqual(*files)

    def test_maps_of_exact_plans_have_rows_by_weight(self):
        self.succeed("annotate", "known", "cells.h5ad", "-o", "out.h5ad", "--wot", "maps", "--wot-plan", "exact")
        weights = self.predict("--from", 1, "--times", 3)["weight"]
        rows = np.asarray(anndata.read_h5ad("maps/tmaps_1.0_3.0.h5ad").X.sum(axis=1)).ravel()
        np.testing.assert_allclose(rows, weights * len(weights), rtol=1e-4)
        self.assertGreater(rows.std(), 0.05)

    def test_equal_cells_of_a_forward_population(self):
        table = self.predict("--from", 3, "--times", 4)
        drawn = self.predict("--times", 4, "--resample", 20000)
        np.testing.assert_allclose(drawn["weight"], 1 / 20000)
        cells = [f"{cell}" for cell in np.flatnonzero(anndata.read_h5ad("cells.h5ad").obs["time"] == 3)]
        shares = np.array([(drawn["cell_before"] == cell).mean() for cell in cells])
        errors = np.sqrt(table["weight"] / 20000)
        self.assertLess((np.abs(shares - table["weight"]) / errors).max(), 5)
        self.assertGreater((np.abs(1 / len(cells) - table["weight"]) / errors).max(), 5, "weights matter here")
        first = self.predict("--times", 2, "--from", 0, "--resample", 50, "--seed", 4)
        again = self.predict("--times", 2, "--from", 0, "--resample", 50, "--seed", 4)
        np.testing.assert_array_equal(first["X_predicted"], again["X_predicted"])
        request = ["predict", "known", "cells.h5ad", "-o", "x.npz", "--resample", 5]
        self.refused(2, ["--resample", "--ahead"], *request, "--ahead", 1)
        self.refused(2, ["--cloud", "--resample"], *request, "--cloud", 5)
        self.refused(3, ["time 0.4", "the data have none"], *request, "--times", 1, "--from", 0.4)

    def test_evaluate_knows_the_prior(self):
        def scores(*arguments):
            line = ["evaluate", "cells.h5ad", *SMALL, "--mass", "yes", "--methods", "cellmnn,cellmnn-two-sided,linear"]
            self.succeed(*line, "--json", "scores.json", *arguments)
            with open("scores.json") as file:
                return {each["method"]: each["w1"] for each in json.load(file)["results"]}

        without = scores()
        known = scores("--growth-prior", "growth", "--growth-prior-weight", 10)
        self.assertEqual(set(known), set(without))
        for method, score in known.items():
            # A linear model has one rate of growth for all cells, which makes no difference.
            self.assertEqual(score == without[method], method == "linear", method)
        request = ["evaluate", "cells.h5ad", *SMALL, "--methods", "cellmnn"]
        self.refused(2, ["--growth-prior", "--mass yes"], *request, "--growth-prior", "growth")
        self.refused(3, ["'grwth'"], *request, "--mass", "yes", "--growth-prior", "grwth")
        self.refused(2, ["--growth-prior"], "evaluate", "cells.h5ad", "--model", "known", "--growth-prior", "growth")

    def test_counts_that_cannot_be_used(self):
        request = ["train", "cells.h5ad", "-o", "x", *SMALL]
        self.refused(3, ["--counts", "no size", "time 3", "0 and 1"], *request, *self.write_counts("0,10\n1,20\n"))
        self.refused(3, ["--counts", "0 cells at time 1"], *request, *self.write_counts("0,10\n1,0\n3,3\n"))
        self.refused(3, ["--counts", "two sizes", "time 1"], *request, *self.write_counts("0,1\n1,2\n1,3\n3,3\n"))
        self.refused(3, ["wrong.csv", "line 2", "'1'", "'many'"], *request, *self.write_counts("0,1\n1,many\n"))
        self.refused(3, ["wrong.csv", "line 1"], *request, *self.write_counts("0\n"))
        self.refused(2, ["--counts", "--mass yes"], *request, "--counts", "counts.csv")
        self.refused(2, ["--counts", "several"], *[*request, "cells.h5ad", "--mass", "yes", "--counts", "counts.csv"])
        self.assertFalse(os.path.exists("x"))
        self.train("held", "--hold-out", 1, *self.write_counts("time,count\n0,10\n3,5\n"))

    def test_priors_that_cannot_be_used(self):
        request = ["train", "cells.h5ad", "-o", "x", *SMALL, "--mass", "yes"]
        cells = anndata.read_h5ad("cells.h5ad")
        for name, change in (("gaps", np.nan), ("huge", 40.0)):
            cells.obs[name] = cells.obs["growth"]
            cells.obs.iloc[100:103, cells.obs.columns.get_loc(name)] = change
        cells.write_h5ad("cells.h5ad")
        self.refused(3, ["--growth-prior", "3 of the 80 cells of time 1"], *request, "--growth-prior", "gaps")
        self.refused(3, ["--growth-prior", "up to 40", "less than 2"], *request, "--growth-prior", "huge")
        self.refused(3, ["no column 'grwth'", "'growth'"], *request, "--growth-prior", "grwth")
        self.refused(2, ["--growth-prior-weight", "--growth-prior"], *request, "--growth-prior-weight", 3)
        known = [*request, "--growth-prior", "growth"]
        plain = ["train", "cells.h5ad", "-o", "x", "--growth-prior", "growth"]
        self.refused(2, ["--growth-prior-weight is -1"], *known, "--growth-prior-weight", -1)
        self.refused(2, ["--mass-penalty", "--growth-prior-weight"], *known, "--mass-penalty", 1)
        self.refused(2, ["--growth-prior", "--mass yes"], *plain, "--mass", "no")
        np.savez("cells.npz", X_pca=np.random.default_rng(1).normal(size=(20, 2)), time=np.arange(20) % 2)
        self.refused(
            *[3, ["cells.npz: has no obs", "--growth-prior"], "train", "cells.npz", "-o", "x", "--mass", "yes"],
            *["--growth-prior", "growth"],
        )


if __name__ == "__main__":
    unittest.main()
