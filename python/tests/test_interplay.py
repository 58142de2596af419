"""With the real scanpy, scVelo and CellRank, where they are installed: pip install 'cellmnn[interplay]'."""

import cellmnn
import numpy as np
import pytest

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


def test_blocks_of_dask(trained):
    """A model goes to other processes; blocks of a multiple of 64 cells give the bits of one call."""
    da = pytest.importorskip("dask.array")
    model = cellmnn.get.model(trained)
    cells = trained.obsm["X_pca"][:, : model.dims]
    blocks = da.from_array(cells, chunks=(128, -1)).map_blocks(
        lambda block: model.predict(block, 1.0, 3.0, n_jobs=1, progress=False), dtype=np.float32
    )
    whole = model.predict(cells, 1.0, 3.0)
    np.testing.assert_array_equal(blocks.compute(scheduler="processes", num_workers=2), whole)
