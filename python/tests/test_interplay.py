"""With the real scanpy, scVelo and CellRank, where they are installed: pip install 'cellmnn[interplay]'."""

import os
from pathlib import Path

import anndata
import cellmnn
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

pytestmark = pytest.mark.interplay


@pytest.fixture
def annotated(trained):
    cellmnn.tl.velocity(trained)
    cellmnn.tl.transition_matrix(trained)
    return trained


def test_results_of_scanpy(adata):
    sc = pytest.importorskip("scanpy")
    del adata.uns["pca_mean"], adata.varm["PCs"], adata.obsm["X_pca"]
    sc.pp.pca(adata, n_comps=6)
    sc.pp.neighbors(adata, n_neighbors=10)
    kept = adata.obsp["connectivities"].copy()
    cellmnn.tl.train(adata, steps=20)
    cellmnn.tl.velocity(adata)
    cellmnn.tl.transition_matrix(adata)
    assert (adata.obsp["connectivities"] != kept).nnz == 0
    assert cellmnn.get.model(adata).genes == adata.var_names.tolist()


def counts(cells, genes, seed):
    """Of ten kinds of cells; some genes are in no cell or in few."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(0.5, 2, genes) * np.where(rng.random((10, genes)) < 0.3, 3, 1)
    x = rng.poisson(rate[rng.integers(10, size=cells)] * rng.gamma(4, 0.25, (cells, 1))).astype(np.float32)
    x[:, :5] = 0
    x[2:, 5:8] = 0
    obs = pd.DataFrame({"day": np.arange(cells) % 3}, index=[f"c{i}" for i in range(cells)])
    return anndata.AnnData(sparse.csr_matrix(x), obs, pd.DataFrame(index=[f"g{i}" for i in range(genes)]))


@pytest.mark.parametrize("data", ["dense", "wide", "genes/semrau.h5ad"])
def test_preprocess_does_scanpys_steps(data, program, tmp_path):
    sc = pytest.importorskip("scanpy")
    if data.endswith(".h5ad"):
        if "CELLMNN_DATA" not in os.environ:
            pytest.skip("CELLMNN_DATA is not set to the folder of real data")
        held = anndata.read_h5ad(Path(os.environ["CELLMNN_DATA"]) / data)
        adata = anndata.AnnData(sparse.csr_matrix(held.X, dtype=np.float32), held.obs[["time"]], held.var[[]])
    else:
        adata = counts(300, 120, 1) if data == "dense" else counts(500, 3000, 2)
    if data == "dense":
        adata.X = adata.X.toarray()
    adata.write_h5ad(tmp_path / "counts.h5ad")
    top, dims = min(1000, adata.n_vars // 2), 8
    program.run("preprocess", "counts.h5ad", "-o", "ready.h5ad", "--n-top-genes", top, "--n-comps", dims)
    ours = anndata.read_h5ad(tmp_path / "ready.h5ad")
    sc.pp.filter_cells(adata, min_genes=1)
    sc.pp.filter_genes(adata, min_cells=3)
    sc.pp.normalize_total(adata)
    sc.pp.log1p(adata)
    sc.pp.highly_variable_genes(adata, n_top_genes=top, flavor="seurat")
    sc.pp.pca(adata, n_comps=dims, svd_solver="arpack", mask_var="highly_variable")
    assert ours.obs_names.equals(adata.obs_names)
    assert ours.var_names.equals(adata.var_names)
    difference = abs(sparse.csr_matrix(ours.X) - sparse.csr_matrix(adata.X))
    assert difference.max() <= 1e-6 * adata.X.max()
    np.testing.assert_array_equal(ours.var["highly_variable"], adata.var["highly_variable"])
    signs = np.sign((ours.varm["PCs"] * adata.varm["PCs"]).sum(axis=0))
    spread = adata.obsm["X_pca"].std(axis=0)
    difference = abs(ours.obsm["X_pca"] * signs - adata.obsm["X_pca"]) / spread
    assert difference.max() < 1e-4
    np.testing.assert_allclose(ours.uns["pca"]["variance"], adata.uns["pca"]["variance"], rtol=1e-4)


@pytest.mark.parametrize("basis", ["pca", "umap"])
def test_streams_of_scvelo(annotated, basis):
    """scVelo draws our velocities, and does not compute its own."""
    scv = pytest.importorskip("scvelo")
    before = annotated.obsm[f"velocity_{basis}"].copy()
    scv.pl.velocity_embedding_stream(annotated, basis=basis, show=False)
    np.testing.assert_array_equal(annotated.obsm[f"velocity_{basis}"], before)


def test_velocity_kernel_of_cellrank(annotated):
    cr = pytest.importorskip("cellrank")
    kernel = cr.kernels.VelocityKernel(annotated, attr="obsm", xkey="X_cellmnn", vkey="velocity_cellmnn")
    kernel.compute_transition_matrix(show_progress_bar=False)
    np.testing.assert_allclose(kernel.transition_matrix.sum(axis=1), 1, atol=1e-6)


def test_gpcca_of_cellrank_on_our_chain(annotated):
    """Its default solvers find the two ends of the cells and their fates."""
    cr = pytest.importorskip("cellrank")
    kernel = cr.kernels.PrecomputedKernel(annotated)
    estimator = cr.estimators.GPCCA(kernel)
    estimator.compute_schur(n_components=6, method="brandts")
    estimator.compute_macrostates(n_states=3, cluster_key="side")
    estimator.predict_terminal_states(method="top_n", n_states=2)
    estimator.compute_fate_probabilities()
    fates = np.asarray(estimator.fate_probabilities)
    assert fates.min() >= 0
    np.testing.assert_allclose(fates.sum(axis=1), 1, atol=1e-4)


def test_cellrank_reads_our_fates(annotated):
    """The names are its own, and its kernel of the same chain agrees on which end a cell is nearer to."""
    cr = pytest.importorskip("cellrank")
    cellmnn.tl.fates(annotated, "side", starts="stay")
    ours = cellmnn.get.fates(annotated)
    estimator = cr.estimators.GPCCA(cr.kernels.PrecomputedKernel(annotated.obsp["T_fwd"], adata=annotated.copy()))
    last = annotated.obs["day"] == annotated.obs["day"].max()
    ends = {name: annotated.obs_names[last & (annotated.obs["side"] == name)].tolist() for name in ours}
    estimator.set_terminal_states(ends)
    estimator.compute_fate_probabilities()
    theirs = estimator.fate_probabilities["up"].X[:, 0]
    late = (annotated.obs["day"] >= 2).to_numpy()
    assert np.corrcoef(ours.loc[late, "up"], theirs[late])[0, 1] > 0.7


@pytest.fixture
def maps(trained, h5ad, program, tmp_path):
    """The folder of the maps that `annotate --wot` writes."""
    cellmnn.get.model(trained).save(tmp_path / "model.safetensors")
    program.run("annotate", "model.safetensors", h5ad, "-o", "annotated.h5ad", "--wot", "maps")
    return tmp_path / "maps"


def test_cellrank_reads_our_maps(trained, maps):
    """Its kernel of real times takes them as those of Waddington-OT."""
    cr = pytest.importorskip("cellrank")
    trained.obs["day"] = pd.Categorical(trained.obs["day"])
    kernel = cr.kernels.RealTimeKernel.from_wot(trained, path=str(maps), time_key="day")
    kernel.compute_transition_matrix(self_transitions="all", conn_weight=0.2, threshold="auto")
    chain = sparse.csr_matrix(kernel.transition_matrix)
    np.testing.assert_allclose(chain.sum(axis=1), 1, atol=1e-4)
    first, second = (np.flatnonzero(trained.obs["day"] == day) for day in (0, 1))
    ours = anndata.read_h5ad(maps / "tmaps_0.0_1.0.h5ad")
    ours = ours[trained.obs_names[first], trained.obs_names[second]].X.toarray()
    theirs = chain[first][:, second].toarray()
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.9


def test_cellrank_opens_the_file_of_the_program(h5ad, program, tmp_path):
    """What `cellmnn fates` writes has the names and types from which CellRank makes an estimator."""
    cr = pytest.importorskip("cellrank")
    program.run("fates", h5ad, "--label-key", "side", "-o", "fates.h5ad")
    adata = anndata.read_h5ad(tmp_path / "fates.h5ad")
    assert isinstance(adata.obs["term_states_fwd"].dtype, pd.CategoricalDtype)
    assert adata.obsm["lineages_fwd"].dtype == np.float32
    lineages = cr.Lineage.from_adata(adata, backward=False)
    assert list(lineages.names) == list(adata.obs["term_states_fwd"].cat.categories) == ["down", "up"]
    assert list(lineages.colors) == list(adata.uns["term_states_fwd_colors"])
    np.testing.assert_array_equal(lineages.X, adata.obsm["fates_fwd"])
    np.testing.assert_allclose(lineages.X.sum(axis=1), 1, atol=1e-6)


def test_transport_of_moscot_beside_our_map(trained, maps):
    """Both send the cells of a day to the same places, nearly."""
    moscot = pytest.importorskip("moscot.problems.time")
    trained.obs["day"] = pd.Categorical(trained.obs["day"])
    problem = moscot.TemporalProblem(trained).prepare("day", joint_attr={"attr": "obsm", "key": "X_pca"})
    theirs = problem.solve(epsilon=0.01)[(2.0, 3.5)]
    names = [trained.obs_names[trained.obs["day"] == day] for day in (2.0, 3.5)]
    later = trained[names[1]].obsm["X_pca"][:, :5]
    ours = anndata.read_h5ad(maps / "tmaps_2.0_3.5.h5ad")[names[0], names[1]].X.toarray()
    plan = np.asarray(theirs.solution.transport_matrix)
    means = [rows / rows.sum(axis=1, keepdims=True) @ later for rows in (ours, plan)]
    for component in range(2):
        assert np.corrcoef(means[0][:, component], means[1][:, component])[0, 1] > 0.8


def test_decoupler_takes_our_network(adata):
    """Its univariate models score the regulators of a cell with our effects as weights."""
    dc = pytest.importorskip("decoupler")
    cellmnn.tl.network(adata, draws=0, shuffles=0)
    net = cellmnn.get.network(adata).rename(columns={"effect": "weight"})[["source", "target", "weight"]]
    dc.mt.ulm(adata, net, tmin=3)
    scores = adata.obsm["score_ulm"]
    assert scores.shape[0] == adata.n_obs
    assert set(scores.columns) <= set(adata.var_names)
    assert np.isfinite(scores.to_numpy()).all()


@pytest.mark.parametrize("scheduler", ["threads", "processes"])
def test_blocks_of_dask(trained, scheduler):
    """A model goes to other threads and processes; blocks of a multiple of 48 cells give the bits of one call."""
    da = pytest.importorskip("dask.array")
    model = cellmnn.get.model(trained)
    cells = trained.obsm["X_pca"][:, : model.dims]
    for function in (
        lambda block: model.predict(block, 1.0, 3.0, n_jobs=1, progress=False),
        lambda block: model.velocity(block, 1.0, n_jobs=1),
    ):
        blocks = da.from_array(cells, chunks=(144, -1)).map_blocks(function, dtype=np.float32)
        np.testing.assert_array_equal(blocks.compute(scheduler=scheduler, num_workers=2), function(cells))
