"""Every mistake gets one sentence, and never ends the interpreter."""

import cellmnn
import numpy as np
import pandas as pd
import pytest
from scipy import sparse


def train(adata, **options):
    cellmnn.tl.train(adata, steps=2, n_jobs=1, **options)


def refused(adata, error, message, **options):
    with pytest.raises(error, match=message):
        train(adata, **options)


def test_no_time_column(adata):
    del adata.obs["day"]
    refused(adata, ValueError, "choose one with time_key")
    refused(adata, KeyError, "no column 'day'", time_key="day")


def test_cells_without_a_time(adata):
    adata.obs.loc[adata.obs_names[:3], "day"] = np.nan
    refused(adata, ValueError, "3 of 600 cells have no time in 'day'")


def test_labels_that_are_no_times(adata):
    adata.obs["day"] = pd.Categorical(np.where(adata.obs["day"] < 2, "early", "late"))
    refused(adata, ValueError, "time_map")
    train(adata, time_map={"early": 0, "late": 3})
    assert cellmnn.get.model(adata).training_times == [0, 3]


def test_one_time_only(adata):
    adata.obs["day"] = 1.0
    refused(adata, ValueError, "has two times or more|one time|a single|two")


def test_categories_without_cells_are_no_times(adata):
    adata.obs["day"] = pd.Categorical(adata.obs["day"], categories=[0, 1, 2, 3.5, 5, 9], ordered=True)
    train(adata)
    assert cellmnn.get.model(adata).training_times == [0, 1, 2, 3.5, 5]


def test_values_that_are_not_finite(adata):
    adata.obsm["X_pca"][4, 1] = np.nan
    refused(adata, ValueError, "not finite")


def test_no_coordinates(adata):
    pca = adata.obsm.pop("X_pca")
    refused(adata, KeyError, "compute principal components first")
    refused(adata, KeyError, "obsm has no 'X_other'", use_rep="X_other")
    adata.obsm["pca"] = pca  # the name of scanpy 2
    train(adata)


@pytest.mark.parametrize("kind", ["sparse", "frame", "double", "columns first", "half"])
def test_coordinates_of_other_kinds(adata, kind):
    pca = adata.obsm["X_pca"]
    if kind == "half":
        adata.obsm["X_pca"] = pca.astype(np.float16)
        train(adata)
        return
    train(adata)
    expected = cellmnn.get.model(adata).to_bytes()
    adata.obsm["X_pca"] = {
        "sparse": lambda: sparse.csr_matrix(pca),
        "frame": lambda: pd.DataFrame(pca, index=adata.obs_names),
        "double": lambda: pca.astype(np.float64),
        "columns first": lambda: np.asfortranarray(pca),
    }[kind]()
    train(adata)
    assert cellmnn.get.model(adata).to_bytes() == expected


def test_names_that_are_not_unique(adata):
    names = adata.var_names.tolist()
    adata.var_names = [*names[:-1], names[0]]
    refused(adata, ValueError, "var_names_make_unique")
    adata.var_names = names
    adata.obs_names = ["c"] * adata.n_obs
    refused(adata, ValueError, "obs_names_make_unique")


def test_a_view_becomes_a_copy_of_its_own(adata, caplog):
    part = adata[adata.obs["day"] < 3]
    with caplog.at_level("WARNING", "cellmnn"):
        train(part)
    assert "view" in caplog.text
    assert "cellmnn" in part.uns
    assert "cellmnn" not in adata.uns


def test_a_backed_anndata(adata, tmp_path):
    import anndata

    adata.write_h5ad(tmp_path / "cells.h5ad")
    backed = anndata.read_h5ad(tmp_path / "cells.h5ad", backed="r")
    train(backed)
    with pytest.raises(ValueError, match=r"adata\.to_memory"):
        cellmnn.tl.network(backed)
    backed.file.close()


def test_a_copy_leaves_the_original_alone(adata):
    copy = cellmnn.tl.train(adata, steps=2, copy=True)
    assert "cellmnn" in copy.uns
    assert "cellmnn" not in adata.uns


def test_no_anndata():
    with pytest.raises(TypeError, match="expected AnnData"):
        cellmnn.tl.train(np.zeros((3, 3)))


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"width": 0}, ValueError, "width"),
        ({"widht": 3}, TypeError, "did you mean 'width'"),
        ({"steps": 2.5}, ValueError, "steps"),
        ({"preset": "other"}, ValueError, "'default' or 'paper'"),
        ({"dims": 99}, ValueError, "has 8 dimensions"),
        ({"random_state": -1}, ValueError, "random_state"),
        ({"n_jobs": 0}, ValueError, "n_jobs"),
        ({"hold_out": 0.0}, ValueError, ""),
        ({"hold_out": 77.0}, ValueError, "77"),
    ],
)
def test_options_out_of_range(adata, options, error, message):
    with pytest.raises(error, match=message):
        cellmnn.tl.train(adata, **{"steps": 2, **options})


def test_a_model_of_other_data(trained, adata):
    model = cellmnn.get.model(trained)
    other = adata.copy()
    other.obs["day"] = other.obs["day"] + 100
    with pytest.raises(ValueError, match="not such as the data of the model"):
        cellmnn.tl.predict(other, 103, model=model)
    other = adata.copy()
    other.obsm["X_pca"] = -other.obsm["X_pca"]
    with pytest.raises(ValueError, match="not such as the data of the model"):
        cellmnn.tl.velocity(other, model=model)
    cellmnn.tl.velocity(other, model=model, force=True)
    narrow = adata.copy()
    narrow.obsm["X_pca"] = narrow.obsm["X_pca"][:, :3].copy()
    with pytest.raises(ValueError, match="has 3 dimensions, but the model needs 5"):
        cellmnn.tl.predict(narrow, 2, model=model)


def test_answers_that_are_not_there(adata):
    for ask in (cellmnn.get.model, cellmnn.get.loss, cellmnn.get.scores, cellmnn.get.network, cellmnn.get.perturbation):
        with pytest.raises(KeyError, match=r"cellmnn\.tl\."):
            ask(adata)
    with pytest.raises(KeyError, match="holds no model"):
        cellmnn.tl.velocity(adata)


def test_genes_that_are_not_there(adata):
    with pytest.raises(KeyError, match="did you mean 'G3'"):
        cellmnn.tl.perturb(adata, {"g3": 0})
    with pytest.raises(ValueError, match="cannot be below 0"):
        cellmnn.tl.perturb(adata, {"G3": -1})
    with pytest.raises(ValueError, match="expected a number"):
        cellmnn.tl.perturb(adata, {"G3": "off"})
    with pytest.raises(ValueError, match="none of the 1 regulators"):
        cellmnn.tl.perturb(adata, {"G3": 0}, regulators=["G1"])
    with pytest.raises(ValueError, match="expected one of 0, 1, 2, 3.5, 5"):
        cellmnn.tl.perturb(adata, {"G3": 0}, 4)
    with pytest.raises(ValueError, match="names no gene"):
        cellmnn.tl.network(adata, regulators=["other"])


def test_fates_that_cannot_be(adata, trained):
    with pytest.raises(TypeError, match="either groupby"):
        cellmnn.tl.fates(adata)
    with pytest.raises(KeyError, match="no column 'sid'"):
        cellmnn.tl.fates(adata, "sid")
    with pytest.raises(ValueError, match=r"no label 'upp' \(undecided\): did you mean 'up'"):
        cellmnn.tl.fates(adata, "side", undecided=["upp"])
    with pytest.raises(ValueError, match="all decided cells"):
        cellmnn.tl.fates(adata, "side", undecided=["up"])
    with pytest.raises(ValueError, match="starts is 'model', but there is no model"):
        cellmnn.tl.fates(adata, "side", starts="model")
    with pytest.raises(ValueError, match="'both', 'stay' or 'model'"):
        cellmnn.tl.fates(trained, "side", starts="else")
    with pytest.raises(KeyError, match="terminal names 'nobody'"):
        cellmnn.tl.fates(adata, terminal={"nobody": "up"})
    with pytest.raises(ValueError, match="at least two"):
        cellmnn.tl.fates(adata, terminal={adata.obs_names[0]: "up"})
    with pytest.raises(ValueError, match="later_cells"):
        cellmnn.tl.fates(adata, "side", later_cells=0)
    for ask in (cellmnn.tl.drivers, cellmnn.tl.trends, lambda a: cellmnn.tl.screen(a, by="fates")):
        with pytest.raises(KeyError, match=r"cellmnn\.tl\.fates"):
            ask(adata)
    cellmnn.tl.fates(adata, "side")
    with pytest.raises(KeyError, match="did you mean 'G3'"):
        cellmnn.tl.trends(adata, ["g3"])
    with pytest.raises(KeyError, match="no fate 'left'"):
        cellmnn.tl.drivers(adata)
        cellmnn.get.drivers(adata, fate="left")
    with pytest.raises(ValueError, match="not finite"):
        adata.layers["bad"] = np.full_like(adata.X, np.nan)
        cellmnn.tl.drivers(adata, layer="bad")


def test_knowledge_that_does_not_fit(adata):
    def network(**knowledge):
        cellmnn.tl.network(adata, draws=0, shuffles=0, **knowledge)

    with pytest.raises(KeyError, match=r"no column 'genotype' \(ko_key\)"):
        network(ko_key="genotype")
    adata.obs["genotype"] = np.where(np.arange(adata.n_obs) % 2, "g3", "WT")
    with pytest.raises(ValueError, match=r"'genotype' \(ko_key\) has 'g3'.*did you mean 'G3'"):
        network(ko_key="genotype")
    with pytest.raises(ValueError, match="treatment_from is 9, but the times of adata are 0 to 5"):
        network(treatment_from=9)
    pair = {"source": ["G1"], "target": ["G2"]}
    for prior, error, words in [
        ({"source": ["G1"]}, KeyError, "no column 'target'"),
        ({**pair, "weight": [0.0]}, ValueError, "weights that are 0"),
        ({**pair, "source": ["nobody"]}, ValueError, "none of the 1 interactions"),
    ]:
        with pytest.raises(error, match=words):
            network(prior=pd.DataFrame(prior))
    with pytest.raises(ValueError, match="prior_strength is -1"):
        network(prior=pd.DataFrame(pair), prior_strength=-1)


def test_populations_that_cannot_be(trained):
    with pytest.raises(ValueError, match="two_sided=True"):
        cellmnn.tl.population(trained, 2)
    with pytest.raises(ValueError, match="times"):
        cellmnn.tl.population(trained, [np.nan])
    with pytest.raises(ValueError, match="resample is 0"):
        cellmnn.tl.population(trained, 2, resample=0)
    both = cellmnn.tl.train(trained, steps=2, two_sided=True, copy=True)
    with pytest.raises(ValueError, match="pool"):
        cellmnn.tl.population(both, 2, pool=2)


def test_groups_that_are_not_there(adata):
    def perturb(**group):
        cellmnn.tl.perturb(adata, {"G3": 0}, by="network", **group)

    with pytest.raises(KeyError, match=r"no column 'leiden' \(groupby\)"):
        perturb(groupby="leiden", group="1")
    with pytest.raises(ValueError, match="no label 'upp'; did you mean 'up'"):
        perturb(groupby="side", group="upp")
    with pytest.raises(TypeError, match="go together"):
        perturb(groupby="side")


def test_screens_that_cannot_be(trained):
    with pytest.raises(TypeError, match="time is required"):
        cellmnn.tl.screen(trained)
    with pytest.raises(ValueError, match="'model', 'network', 'fates'"):
        cellmnn.tl.screen(trained, by="chance")
    with pytest.raises(ValueError, match="did you mean 'G3'"):
        cellmnn.tl.screen(trained, ["g3"], 3)
    with pytest.raises(ValueError, match="to is -1"):
        cellmnn.tl.screen(trained, ["G3"], 3, to=-1)


def test_expression_that_is_none(adata):
    adata.layers["bad"] = np.where(adata.X > 0, np.inf, 0)
    with pytest.raises(ValueError, match="not finite"):
        cellmnn.tl.network(adata, layer="bad")
    adata.layers["large"] = adata.X * 1000
    with pytest.raises(ValueError, match="too large for a logarithm"):
        cellmnn.tl.network(adata, layer="large")
    with pytest.raises(ValueError, match="values is counts"):
        cellmnn.tl.network(adata, values="counts")
    adata.layers["constant"] = np.ones_like(adata.X)
    with pytest.raises(ValueError, match="no gene varies"):
        cellmnn.tl.network(adata, layer="constant")
    with pytest.raises(KeyError, match="layers has no 'none'"):
        cellmnn.tl.network(adata, layer="none")
