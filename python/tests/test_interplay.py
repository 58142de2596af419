"""With the real scanpy, scVelo and CellRank, where they are installed: pip install 'cellmnn[interplay]'."""

import cellmnn
import numpy as np
import pytest


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
