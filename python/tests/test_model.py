import copy
import pickle
import sys
import threading
from time import sleep

import cellmnn
import numpy as np
import pytest


def test_a_model_is_the_same_after_a_file_a_pickle_and_a_copy(trained, tmp_path):
    model = cellmnn.get.model(trained)
    model.save(tmp_path / "model.safetensors")
    for other in (
        cellmnn.read_model(tmp_path / "model.safetensors"),
        pickle.loads(pickle.dumps(model)),
        copy.deepcopy(model),
    ):
        assert other == model
        assert hash(other) == hash(model)
    assert cellmnn.Model.from_bytes(model.to_bytes()) == model


@pytest.mark.parametrize("work", ["predict", "velocity", "eigenvalues"])
def test_other_threads_go_on_while_a_model_computes(trained, work):
    model = cellmnn.get.model(trained)
    cells = np.tile(trained.obsm["X_pca"][:, : model.dims], (200, 1))
    counts, ended = [0], threading.Event()

    def count():
        while not ended.is_set():
            counts[0] += 1
            sleep(0)  # gives the lock away

    # Nobody takes the lock from a thread that does not give it away.
    before = sys.getswitchinterval()
    counting = threading.Thread(target=count)
    counting.start()
    try:
        sys.setswitchinterval(1000)
        begun = counts[0]
        arguments = [3.0] if work == "predict" else []
        getattr(model, work)(cells, 1.0, *arguments, n_jobs=1)
        assert counts[0] > begun
    finally:
        sys.setswitchinterval(before)
        ended.set()
        counting.join()


def test_a_model_stays_in_the_h5ad(trained, tmp_path):
    import anndata

    trained.write_h5ad(tmp_path / "cells.h5ad")
    again = anndata.read_h5ad(tmp_path / "cells.h5ad")
    assert cellmnn.get.model(again) == cellmnn.get.model(trained)
    assert cellmnn.get.loss(again).equals(cellmnn.get.loss(trained))


def test_what_a_model_says_of_itself(trained):
    model = cellmnn.get.model(trained)
    assert model.dims == 5
    assert model.training_times == [0, 1, 2, 3.5, 5]
    assert model.genes[:2] == ["G0", "G1"]
    assert model.config["width"] == 96
    assert model.provenance["seed"] == 7
    assert not model.two_sided
    assert repr(model) == "Model of 5 dimensions, 12 genes, trained on the times 0, 1, 2, 3.5, 5"


def test_predictions_on_arrays(trained):
    model, cells = cellmnn.get.model(trained), trained.obsm["X_pca"][:20, :5]
    at_two = model.predict(cells, 1.0, 2.0)
    assert at_two.shape == (20, 5)
    assert model.predict(cells, 1.0, [2.0, 3.0]).shape == (2, 20, 5)
    np.testing.assert_array_equal(model.predict(cells, np.ones(20), [2.0])[0], at_two)
    np.testing.assert_array_equal(model.predict(cells[:0], 1.0, 2.0), np.empty((0, 5)))
    np.testing.assert_allclose(model.predict(cells[3:4], 1.0, 2.0)[0], at_two[3], atol=1e-5)
    # Columns first, in double, read-only: the same.
    frozen = np.asfortranarray(cells, dtype=np.float64)
    frozen.flags.writeable = False
    np.testing.assert_array_equal(model.predict(frozen, 1.0, 2.0), at_two)
    assert model.predict(cells.astype(np.float16), 1.0, 2.0).shape == (20, 5)


def test_the_velocity_is_the_derivative_of_the_path(trained):
    model, cells = cellmnn.get.model(trained), trained.obsm["X_pca"][:50, :5]
    step = 1e-2
    slope = (model.predict(cells, 1.0, 1 + step) - model.predict(cells, 1.0, 1 - step)) / (2 * step)
    velocity = model.velocity(cells, 1.0)
    np.testing.assert_allclose(slope, velocity, atol=0.02 * np.abs(velocity).max())


def test_eigenvalues_are_those_of_the_operators(trained):
    model, cells = cellmnn.get.model(trained), trained.obsm["X_pca"][:9, :5]
    operators, eigenvalues = model.operators(cells, 1.0), model.eigenvalues(cells, 1.0)
    assert operators.shape == (9, 5, 5)
    for operator, values in zip(operators, eigenvalues, strict=True):
        np.testing.assert_allclose(np.sort_complex(np.linalg.eigvals(operator)), np.sort_complex(values), atol=1e-4)


@pytest.mark.parametrize(
    ("cells", "t", "message"),
    [
        (np.zeros((3, 4)), 0.0, "the cells have 4 dimensions, but the model has 5"),
        (np.zeros(5), 0.0, "expected a matrix of numbers"),
        (np.full((3, 5), np.nan), 0.0, "not finite"),
        (np.zeros((3, 5)), np.zeros(2), "3 cells, but 2 times"),
        (np.zeros((3, 5)), np.nan, "times hold values that are not finite"),
        (np.zeros((3, 5), dtype=complex), 0.0, "complex"),
        (np.full((3, 5), "a"), 0.0, "expected a matrix of numbers"),
    ],
)
def test_arrays_that_no_model_can_use(trained, cells, t, message):
    with pytest.raises(ValueError, match=message):
        cellmnn.get.model(trained).predict(cells, t, 1.0)


def test_cells_far_away_are_refused_or_nan(trained):
    model, cells = cellmnn.get.model(trained), np.full((1, 5), 1e6)
    with pytest.raises(FloatingPointError):
        model.predict(cells, 1.0, 2.0)
    assert np.isnan(model.predict(cells, 1.0, 2.0, far_away="nan")).all()


def test_files_that_are_no_models(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no file"):
        cellmnn.read_model(tmp_path / "none.safetensors")
    (tmp_path / "text.safetensors").write_text("no model")
    with pytest.raises(ValueError, match=r"text\.safetensors"):
        cellmnn.read_model(tmp_path / "text.safetensors")
    with pytest.raises(ValueError, match="the model"):
        cellmnn.Model.from_bytes(b"")


def test_weights_of_a_model_with_mass(adata):
    cellmnn.tl.train(adata, steps=60, mass=True)
    model = cellmnn.get.model(adata)
    assert model.mass
    cellmnn.tl.predict(adata, [2.5, 4])
    cellmnn.tl.predict(adata, ahead=0.5)
    cells, days = adata.obsm["X_pca"][:, :5], adata.obs["day"].to_numpy()
    weights = model.weights(cells, days, [2.5, 4])
    assert weights.shape == (2, adata.n_obs)
    np.testing.assert_array_equal(weights[0], adata.obs["cellmnn_weight_t2.5"])
    for day in np.unique(days):
        of_day = days == day
        np.testing.assert_allclose(weights[:, of_day].sum(axis=1), 1)
        assert adata.obs["cellmnn_weight_ahead"][of_day].sum() == pytest.approx(1)
        alone = model.weights(cells[of_day], day, day + 0.5)
        np.testing.assert_array_equal(adata.obs["cellmnn_weight_ahead"][of_day], alone)
    assert weights.std() > 0


def test_without_mass_there_are_no_weights(trained):
    model, cells = cellmnn.get.model(trained), trained.obsm["X_pca"][:20, :5]
    assert not model.mass
    with pytest.raises(ValueError, match="no mass, so that all cells count the same: train with mass=True"):
        model.weights(cells, 1.0, 2.0)
    cellmnn.tl.predict(trained, 2.5)
    assert not [name for name in trained.obs if "weight" in name]


def test_growth_of_a_model_that_knows_sizes_and_a_prior(adata):
    days = adata.obs["day"].to_numpy(float)
    times = np.unique(days)
    counts = {time: 1000.0 * 2**place for place, time in enumerate(times)}
    adata.obs["score"] = 0.3 * np.sign(adata.obsm["X_pca"][:, 1])
    options = {"steps": 150, "lr": 3e-3, "growth_prior_weight": 20, "mass": True}
    cellmnn.tl.train(adata, counts=counts, growth_prior="score", **options)
    model = cellmnn.get.model(adata)
    growth = model.growth(adata.obsm["X_pca"][:, :5], days)
    assert growth.shape == (adata.n_obs,)
    for time in times:
        of_time = days == time
        assert np.corrcoef(growth[of_time], adata.obs["score"][of_time])[0, 1] > 0.5
    # Cells double between two times.
    first = days == times[0]
    assert growth[first].mean() == pytest.approx(np.log(2) / (times[1] - times[0]), abs=0.1)
    cellmnn.tl.train(adata, counts=counts, steps=2, mass=True)
    with pytest.raises(ValueError, match="does not know the growth of cells: train with mass=True, counts and"):
        cellmnn.get.model(adata).growth(adata.obsm["X_pca"][:, :5], days)


def test_wrong_counts_and_priors(adata):
    adata.obs["score"] = 0.1
    adata.obs["gaps"] = [np.nan] + [0.1] * (adata.n_obs - 1)
    adata.obs["texts"] = "fast"
    for error, match, options in (
        (ValueError, "counts are about the weights of cells", {"counts": {0: 1}}),
        (ValueError, "counts has no size of the population at time", {"counts": {-7: 1}, "mass": True}),
        (ValueError, "growth_prior is about the weights of cells", {"growth_prior": "score"}),
        (ValueError, "growth_prior has no number for 1 of the", {"growth_prior": "gaps", "mass": True}),
        (ValueError, "growth is a number", {"growth_prior": "texts", "mass": True}),
        (KeyError, "no column 'scor'", {"growth_prior": "scor", "mass": True}),
        (TypeError, "growth_prior_weight has no effect without", {"growth_prior_weight": 2.0, "mass": True}),
        (TypeError, "mass_penalty has no effect with", {"growth_prior": "score", "mass_penalty": 1, "mass": True}),
    ):
        with pytest.raises(error, match=match):
            cellmnn.tl.train(adata, steps=2, **options)
