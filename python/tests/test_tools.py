"""What the tools write, and how they behave while they work."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import cellmnn
import numpy as np
import pytest
from scipy import sparse


def test_velocity_writes_what_other_tools_read(trained):
    cellmnn.tl.velocity(trained)
    assert trained.obsm["velocity_pca"].shape == trained.obsm["X_pca"].shape
    np.testing.assert_array_equal(trained.obsm["X_cellmnn"], trained.obsm["X_pca"][:, :5])
    np.testing.assert_array_equal(trained.obsm["velocity_pca"][:, :5], trained.obsm["velocity_cellmnn"])
    assert not trained.obsm["velocity_pca"][:, 5:].any()
    assert trained.obsm["velocity_umap"].shape == (trained.n_obs, 2)
    np.testing.assert_array_equal(trained.obs["cellmnn_time"], trained.obs["day"])


def test_velocity_of_named_embeddings_only(trained):
    cellmnn.tl.velocity(trained, basis=["pca", "X_umap"])
    assert "velocity_umap" in trained.obsm
    with pytest.raises(KeyError, match="no 'X_tsne'"):
        cellmnn.tl.velocity(trained, basis="tsne")


def test_transition_matrix(trained):
    cellmnn.tl.transition_matrix(trained, n_neighbors=10)
    chain, distances, weights = (trained.obsp[key] for key in ("T_fwd", "distances", "connectivities"))
    np.testing.assert_allclose(chain.sum(axis=1), 1, atol=1e-6)
    assert chain.min() >= 0
    entries = (chain != 0).astype(int)
    assert (entries != entries.T).nnz == 0, "every way can be gone back"
    assert (abs(distances - distances.T) > 1e-6).nnz == 0
    assert (abs(weights - weights.T) > 1e-6).nnz == 0
    assert (np.diff(chain.indptr) >= 10).all()


def test_the_scale_of_transitions_follows_from_the_data(trained):
    cellmnn.tl.transition_matrix(trained, n_neighbors=10)
    chain, scale = trained.obsp["T_fwd"].tocoo(), trained.uns["cellmnn"]["transition"]["scale"]
    cells = trained.obsm["X_pca"][:, :5].astype(float)
    moved = cellmnn.get.model(trained).velocity(cells, trained.obs["day"]).astype(float)
    step = cells[chain.col] - cells[chain.row]
    lengths = np.linalg.norm(step, axis=1) * np.linalg.norm(moved[chain.row], axis=1)
    cosines = (step * moved[chain.row]).sum(axis=1) / lengths
    assert scale == pytest.approx(1 / np.median(abs(cosines)), rel=0.01)
    weights = sparse.csr_matrix((np.exp(scale * cosines), (chain.row, chain.col)), shape=chain.shape)
    expected = weights.multiply(1 / weights.sum(axis=1)).tocsr()
    assert abs(expected - trained.obsp["T_fwd"]).max() < 1e-5


def test_a_graph_of_neighbours_that_is_there_is_kept(trained):
    trained.uns["neighbors"] = {"mine": True}
    cellmnn.tl.transition_matrix(trained)
    assert trained.uns["neighbors"] == {"mine": True}
    assert "connectivities" not in trained.obsp


def test_loss(trained):
    loss = cellmnn.get.loss(trained)
    assert loss["step"].iloc[0] == 1
    assert loss["step"].iloc[-1] == 40
    assert loss["loss"].iloc[-5:].mean() < loss["loss"].iloc[:5].mean()


def test_a_knock_out_of_several_genes(adata):
    cellmnn.tl.perturb(adata, {"G1": 0, "G2": "x2"}, 5)
    answer = cellmnn.get.perturbation(adata)
    assert set(answer["time"]) == {5}
    assert not {"G1", "G2"} & set(answer["gene"])
    assert cellmnn.get.perturbation(adata, summary=True)["change_of_levels"].item() > 0


def test_a_model_is_asked_where_there_is_one(trained):
    with pytest.raises(TypeError, match="times are required"):
        cellmnn.tl.perturb(trained, {"G1": 0})
    cellmnn.tl.perturb(trained, {"G1": 0}, 2)
    assert "control_sd" in cellmnn.get.perturbation(trained)
    cellmnn.tl.perturb(trained, {"G1": 0}, by="network", key_added="by_network")
    assert "change_of_expression" in cellmnn.get.perturbation(trained, "by_network")


def test_everything_can_be_written_and_read(trained, tmp_path):
    import anndata

    cellmnn.tl.evaluate(trained, methods=["previous", "noise-floor"])
    cellmnn.tl.predict(trained, 4.5)
    cellmnn.tl.velocity(trained)
    cellmnn.tl.transition_matrix(trained)
    cellmnn.tl.network(trained, draws=1, shuffles=1, top=20)
    cellmnn.tl.perturb(trained, {"G1": 0}, 2)
    cellmnn.tl.fates(trained, "side")
    cellmnn.tl.drivers(trained)
    cellmnn.tl.trends(trained, "G1")
    cellmnn.tl.label_flows(trained, "side")
    cellmnn.tl.screen(trained, ["G1", "G2"], 3)
    trained.write_h5ad(tmp_path / "cells.h5ad")
    again = anndata.read_h5ad(tmp_path / "cells.h5ad")
    for name in ("fates", "known", "drivers", "trends", "label_flows", "screen"):
        ask = getattr(cellmnn.get, name)
        assert ask(again).equals(ask(trained)), name
    cellmnn.tl.drivers(again, key_added="again")
    assert cellmnn.get.drivers(again, "again").equals(cellmnn.get.drivers(trained))
    assert cellmnn.get.scores(again).equals(cellmnn.get.scores(trained))
    assert len(cellmnn.get.network(again, gene="G1")) == len(cellmnn.get.network(trained, gene="G1"))
    trained.write_zarr(tmp_path / "cells.zarr")
    zarr = anndata.read_zarr(tmp_path / "cells.zarr")
    assert cellmnn.get.model(zarr) == cellmnn.get.model(trained)
    assert cellmnn.get.fates(zarr).equals(cellmnn.get.fates(trained))


def test_nullable_strings_as_pandas_3_has_them(adata, program, tmp_path):
    """A file of them comes back alike from h5ad and zarr, and the program reads it as well."""
    import anndata
    import pandas as pd

    adata.obs["day"] = pd.array([f"day {day:g}" for day in adata.obs["day"]], dtype="string")
    adata.obs["side"] = pd.array(adata.obs["side"].astype(str), dtype="string")
    adata.obs.loc[adata.obs_names[:2], "side"] = pd.NA
    cellmnn.tl.train(adata, steps=5, random_state=7)
    cellmnn.tl.fates(adata, "side", starts="stay")
    with anndata.settings.override(allow_write_nullable_strings=True):
        adata.write_h5ad(tmp_path / "cells.h5ad")
        adata.write_zarr(tmp_path / "cells.zarr")
    for again in (anndata.read_h5ad(tmp_path / "cells.h5ad"), anndata.read_zarr(tmp_path / "cells.zarr")):
        cellmnn.tl.train(again, steps=5, random_state=7, key_added="again")
        assert cellmnn.get.model(again, "again") == cellmnn.get.model(adata)
        assert again.obs["side"].isna().sum() == 2
    program.run("train", "cells.h5ad", "-o", "model.safetensors", "--steps", 5, "--seed", 7)
    assert (tmp_path / "model.safetensors").read_bytes() == cellmnn.get.model(adata).to_bytes()


def test_fates_find_the_way_of_the_cells(adata):
    cellmnn.tl.fates(adata, "side")
    probabilities = cellmnn.get.fates(adata)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-6)
    known = cellmnn.get.known(adata)
    assert list(known["time"]) == [0, 1, 2, 3.5, 5]
    assert known["in_words"].iloc[-1] == "given"
    assert known["known"].iloc[3] > 0.5 > known["known"].iloc[0]
    late = adata.obs["day"] == 3.5
    assert (probabilities.idxmax(axis=1) == adata.obs["side"])[late].mean() > 0.95


def test_drivers_skip_times_of_which_nothing_is_known(adata, caplog):
    cellmnn.tl.fates(adata, "side")
    adata.uns["cellmnn"]["fates"]["known"][0] = 0.0
    with caplog.at_level("WARNING", "cellmnn"):
        cellmnn.tl.drivers(adata)
    assert "no drivers at time 0: the fates of its cells are not known" in caplog.text
    assert set(cellmnn.get.drivers(adata)["time"]) == {1, 2, 3.5}
    assert set(cellmnn.get.drivers(adata, fate="up")["fate"]) == {"up"}


def test_a_sparse_layer_gives_the_drivers_of_a_dense_one(adata):
    cellmnn.tl.fates(adata, "side")
    adata.layers["sparse"] = sparse.csc_matrix(adata.X)
    cellmnn.tl.drivers(adata)
    cellmnn.tl.drivers(adata, layer="sparse", key_added="other")
    assert cellmnn.get.drivers(adata, "other").equals(cellmnn.get.drivers(adata))


def test_progress(adata):
    from cellmnn import _core, tl
    from cellmnn._course import course_of

    seen = []
    course = course_of(adata, None, None, 5)
    options = tl._options.options_json("default", 1, {"steps": 600})
    _core.train(course, options, False, None, None, None, 1, lambda *numbers: seen.append(numbers))
    done = [each[0] for each in seen]
    assert done == sorted(done)
    assert seen[-1][:2] == (600, 600)


def test_an_error_of_the_progress_stops_the_work(adata):
    from cellmnn import _core, tl
    from cellmnn._course import course_of

    def fail(*numbers):
        raise LookupError("enough")

    options = tl._options.options_json("default", 1, {"steps": 10_000_000})
    with pytest.raises(LookupError, match="enough"):
        _core.train(course_of(adata, None, None, 5), options, False, None, None, None, 2, fail)


def test_other_threads_of_python_go_on_while_the_core_works(adata):
    count, done = 0, threading.Event()

    def work():
        nonlocal count
        while not done.is_set():
            count += 1
            time.sleep(0.001)

    other = threading.Thread(target=work)
    other.start()
    cellmnn.tl.train(adata, steps=300, n_jobs=1)
    done.set()
    other.join()
    assert count > 10


@pytest.mark.skipif(sys.platform != "linux", reason="signals and /proc")
@pytest.mark.parametrize(
    "call",
    [
        "cellmnn.tl.train(adata, steps=100_000_000)",
        "cellmnn.tl.evaluate(adata, methods=['cellmnn'], steps=100_000_000)",
        "cellmnn.tl.network(adata, draws=1_000_000)",
    ],
)
def test_ctrl_c_ends_the_work_at_once(h5ad, call):
    code = (
        "import anndata, cellmnn, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # it is ignored where tests run in the background
        f"adata = anndata.read_h5ad({str(h5ad)!r})\nprint('begin', flush=True)\n{call}\n"
    )
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "begin\n"
    time.sleep(1)
    ticks = sum(map(int, Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert "KeyboardInterrupt" in errors
    # In processor time, which the load of the machine does not change.
    total = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = total.ru_utime + total.ru_stime - ended.ru_utime - ended.ru_stime
    assert used - ticks / os.sysconf("SC_CLK_TCK") < 5


@pytest.mark.parametrize("with_model", [False, True])
def test_fates_of_labels_that_a_map_makes_times(adata, with_model):
    time_map = {"first": 0, "second": 1, "third": 2, "fourth": 3.5, "last": 5}
    names = {time: name for name, time in time_map.items()}
    adata.obs["day"] = adata.obs["day"].map(names).astype("category")
    if with_model:
        cellmnn.tl.train(adata, steps=5, time_key="day", time_map=time_map)
    cellmnn.tl.fates(adata, "side", time_key="day", time_map=None if with_model else time_map)
    cellmnn.tl.trends(adata, "G1")
    cellmnn.tl.screen(adata, ["G1"], by="fates", controls=3)
    measured = cellmnn.get.trends(adata, fate="up").dropna()
    assert list(measured["time"]) == list(time_map.values())
    assert set(cellmnn.get.screen(adata)["time"]) == {0, 1, 2, 3.5}


def test_components_of_variable_genes_and_what_cannot_be(adata):
    adata.var["highly_variable"] = np.arange(adata.n_vars) < 8
    cellmnn.pp.pca(adata, 3)
    variable = np.asarray(adata.X[:, :8], dtype=float)
    centred = variable - variable.mean(axis=0)
    spread = np.linalg.svd(centred, compute_uv=False)[:3] ** 2 / (len(centred) - 1)
    ratio = spread / centred.var(axis=0, ddof=1).sum()
    np.testing.assert_allclose(adata.uns["pca"]["variance"], spread, rtol=1e-5)
    np.testing.assert_allclose(adata.uns["pca"]["variance_ratio"], ratio, rtol=1e-5)
    np.testing.assert_allclose(adata.obsm["X_pca"], centred @ adata.varm["PCs"][:8], atol=1e-4)
    assert not adata.varm["PCs"][8:].any()
    np.testing.assert_allclose(adata.uns["pca_mean"], adata.X.mean(axis=0), rtol=1e-5)
    cellmnn.tl.train(adata, steps=2, dims=3)
    assert len(cellmnn.get.model(adata).genes) == adata.n_vars
    with pytest.raises(ValueError, match="fit_without is 7, but no cell is of this time: expected one of 0, 1, 2"):
        cellmnn.pp.pca(adata, 3, fit_without=7)
    with pytest.raises(ValueError, match="component"):
        cellmnn.pp.pca(adata, 8)
    with pytest.raises(TypeError):
        cellmnn.pp.pca(adata, 2.5)
    del adata.var["highly_variable"]
    with pytest.raises(KeyError, match="no column 'highly_variable'"):
        cellmnn.pp.pca(adata, 3, use_highly_variable=True)
