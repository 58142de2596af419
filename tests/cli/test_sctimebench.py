"""bench/sctimebench.py on small data as scTimeBench has them: the arrays that it reads."""

import importlib.util
import os
import pathlib
import unittest

import numpy as np
from support import PROGRAM, TestCase

TIME = "scTimeBench_timepoint"
GENES = 8


def adapter():
    path = pathlib.Path(__file__).resolve().parents[2] / "bench" / "sctimebench.py"
    spec = importlib.util.spec_from_file_location("sctimebench", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Cells:
    """What the adapter uses of an AnnData."""

    def __init__(self, X, obs, var=None):
        self.X, self.obs, self.var, self.shape = X, obs, var, X.shape


class BaseMethod:
    """What the adapter uses of scTimeBench's class of this name."""

    def __init__(self, config):
        self.config, self.output_path = config, config["output_path"]


def cells(times, count=30, seed=1):
    """Cells that move along the first gene by 3 a unit of time."""
    rng = np.random.default_rng(seed)
    expression = rng.normal(size=(count * len(times), GENES)) * np.linspace(1, 0.3, GENES)
    expression[:, 0] += 3 * np.repeat(times, count)
    return Cells(expression, {TIME: np.repeat(times, count)})


class ScTimeBench(TestCase):
    def method(self, times=(0.0, 1.0, 2.0), **metadata):
        os.environ["CELLMNN_PROGRAM"] = PROGRAM
        method = adapter().method_class(BaseMethod)({"output_path": ".", "method": {"metadata": metadata}})
        method.train(cells([0.0, 2.0]), all_tps=list(times), train_output_path=".")
        return method

    def test_components_are_whitened_and_come_back(self):
        method, training = self.method(steps=5), cells([0.0, 2.0])
        embedding = method.generate_embedding(training)
        self.assertEqual(embedding.shape, (60, GENES))
        np.testing.assert_allclose(np.cov(embedding.T, bias=True), np.eye(GENES), atol=1e-4)
        back = method.forecaster.components.expression(embedding.astype(np.float64))
        np.testing.assert_allclose(back, training.X, atol=1e-4)

    def test_the_next_time_has_a_row_a_cell_and_nan_at_the_end(self):
        method = self.method(steps=300)
        test = cells([0.0, 1.0, 2.0], seed=2)
        embedding = method.generate_next_tp_embedding(test)
        genes = method.generate_next_tp_gex(test)
        self.assertEqual(embedding.shape, (90, GENES))
        self.assertEqual(genes.shape, (90, GENES))
        self.assertTrue(np.isnan(embedding[60:]).all() and np.isnan(genes[60:]).all())
        self.assertTrue(np.isfinite(embedding[:60]).all())
        for place in (0, 1):
            rows = slice(30 * place, 30 * place + 30)
            self.assertAlmostEqual(genes[rows, 0].mean(), 3 * (place + 1), delta=1.5)  # 3 away if they stayed

    def test_predictions_stay_within_the_training_cells(self):
        method = self.method((0.0, 2.0, 40.0), steps=50)
        low, high = method.forecaster.range
        far = method.generate_next_tp_embedding(cells([2.0]))
        self.assertTrue((far >= low - 1e-5).all() and (far <= high + 1e-5).all())

    def test_from_the_first_time_to_the_last_the_nearest_snapshot_begins(self):
        method, first = self.method((0.0, 1.0, 2.0, 3.0), steps=300), cells([0.0], seed=3)
        whole = method.generate_zero_to_end_pred_gex(first, [0.0, 1.0, 2.0, 3.0])
        self.assertEqual(whole.shape, (120, GENES))
        self.assertEqual(list(whole.obs[TIME][::30]), [0.0, 1.0, 2.0, 3.0])
        np.testing.assert_allclose(whole.X[:30], first.X, atol=1e-4)
        self.assertAlmostEqual(whole.X[30:60, 0].mean(), 3, delta=0.8)
        again = method.generate_zero_to_end_pred_gex(first, [0.0, 1.0, 2.0, 3.0])
        np.testing.assert_array_equal(whole.X, again.X)

    def test_texts_of_times_count_in_their_order(self):
        self.assertEqual(adapter().numbers_of(["b", "a", "b", "c"]), {"a": 0.0, "b": 1.0, "c": 2.0})


if __name__ == "__main__":
    unittest.main()
