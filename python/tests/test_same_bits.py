"""The package and the program give the same numbers, to the last bit where a number has one."""

import json

import anndata
import cellmnn
import numpy as np
import pandas as pd
import pytest
from conftest import STEPS


@pytest.mark.parametrize("extra", [{}, {"two_sided": True, "hold_out": 2.0, "width": 32}])
def test_train(adata, h5ad, program, tmp_path, extra):
    cellmnn.tl.train(adata, steps=STEPS, random_state=7, n_jobs=1, **extra)
    options = ["--two-sided", "--hold-out", "2", "--width", "32"] if extra else []
    program.run("train", h5ad, "-o", "model.safetensors", "--steps", STEPS, "--seed", 7, *options)
    assert cellmnn.get.model(adata).to_bytes() == (tmp_path / "model.safetensors").read_bytes()


def test_train_with_any_number_of_threads(adata, trained):
    cellmnn.tl.train(adata, steps=STEPS, random_state=7, n_jobs=3)
    assert cellmnn.get.model(adata) == cellmnn.get.model(trained)


def test_predict_and_velocity(trained, h5ad, program, tmp_path):
    cellmnn.get.model(trained).save(tmp_path / "model.safetensors")
    program.run("predict", "model.safetensors", h5ad, "--times", "2.5,6", "-o", "predicted.h5ad")
    program.run("predict", "model.safetensors", h5ad, "--ahead", "0.7", "-o", "ahead.h5ad")
    program.run("annotate", "model.safetensors", h5ad, "-o", "annotated.h5ad")
    cellmnn.tl.predict(trained, [2.5, 6])
    cellmnn.tl.predict(trained, ahead=0.7)
    cellmnn.tl.velocity(trained)
    predicted = anndata.read_h5ad(tmp_path / "predicted.h5ad")
    for key in ("X_cellmnn_t2.5", "X_cellmnn_t6"):
        np.testing.assert_array_equal(trained.obsm[key], predicted.obsm[key])
    ahead = anndata.read_h5ad(tmp_path / "ahead.h5ad")
    np.testing.assert_array_equal(trained.obsm["X_cellmnn_ahead"], ahead.obsm["X_predicted"])
    annotated = anndata.read_h5ad(tmp_path / "annotated.h5ad")
    for key in ("X_cellmnn", "velocity_cellmnn", "velocity_pca", "velocity_umap"):
        np.testing.assert_array_equal(trained.obsm[key], annotated.obsm[key])
    for key in ("cellmnn_max_eigenvalue", "cellmnn_extrapolated"):
        np.testing.assert_array_equal(trained.obs[key], annotated.obs[key])
    np.testing.assert_allclose(trained.obs["cellmnn_speed"], annotated.obs["cellmnn_speed"], rtol=1e-6)


def test_evaluate(adata, h5ad, program, tmp_path):
    methods = ["previous", "ot-interpolate", "cellmnn", "cellmnn-ensemble", "noise-floor"]
    cellmnn.tl.evaluate(
        adata, methods=methods, n_seeds=2, steps=STEPS, hold_out=[1, 2], groupby="side", random_state=3, n_jobs=2
    )
    program.run(
        "evaluate", h5ad, "--methods", ",".join(methods), "--seeds", 2, "--steps", STEPS, "--hold-out", "1,2",
        "--seed", 3, "--label-key", "side", "--csv", "scores.csv", "--json", "scores.json",
    )  # fmt: skip
    ours, theirs = cellmnn.get.scores(adata), pd.read_csv(tmp_path / "scores.csv")
    assert len(ours) == len(theirs) > 10
    assert list(ours["method"]) == list(theirs["method"])
    for metric in ("w1", "w2", "mmd", "rbf_mmd", "energy", "proportions", "gene_means"):
        np.testing.assert_array_equal(ours[metric], theirs[metric])
    summary = json.loads((tmp_path / "scores.json").read_text())["summary"]
    for row in cellmnn.get.comparisons(adata).to_dict("records"):
        part = next(each for each in summary if each["method"] == row["method"])
        assert part["against"][row["against"]] == {
            name: row[name] for name in ("verdict", "w1_difference", "w1_low", "w1_high")
        }
    assert list(cellmnn.get.comparisons(adata)["method"]) == ["previous", "cellmnn", "cellmnn-ensemble"]
    cellmnn.tl.evaluate(adata, methods="previous", hold_out=1)
    with pytest.raises(KeyError, match="evaluate"):
        cellmnn.get.comparisons(adata)


def test_score_of_a_model(trained, h5ad, program, tmp_path):
    cellmnn.get.model(trained).save(tmp_path / "model.safetensors")
    program.run("evaluate", h5ad, "--model", "model.safetensors", "--csv", "scores.csv")
    cellmnn.tl.evaluate(trained, model=tmp_path / "model.safetensors")
    np.testing.assert_array_equal(cellmnn.get.scores(trained)["w1"], pd.read_csv(tmp_path / "scores.csv")["w1"])


@pytest.fixture(scope="module")
def two_sided(untrained):
    return cellmnn.tl.train(untrained, steps=20, random_state=7, two_sided=True, copy=True)


@pytest.mark.parametrize("resample", [None, 50])
def test_populations(two_sided, h5ad, program, tmp_path, resample):
    cellmnn.get.model(two_sided).save(tmp_path / "both.safetensors")
    options = [] if resample is None else ["--resample", resample]
    program.run(
        "predict", "both.safetensors", h5ad, "--between", "both", "--times", "0.5,1,3", "--seed", 3, "--pool", 0.4,
        *options, "-o", "population.h5ad",
    )  # fmt: skip
    ours = cellmnn.tl.population(two_sided, [0.5, 1, 3], resample=resample, pool=0.4, random_state=3, n_jobs=2)
    theirs = anndata.read_h5ad(tmp_path / "population.h5ad")
    np.testing.assert_array_equal(ours.obsm["X_predicted"], theirs.obsm["X_predicted"])
    for column in ("predicted_time", "weight"):
        np.testing.assert_array_equal(ours.obs[column], theirs.obs[column], err_msg=column)
    assert list(ours.obs["cell_before"]) == list(theirs.obs["cell_before"].astype(str))
    after = theirs.obs["cell_after"].astype(object).fillna("")
    assert list(ours.obs["cell_after"]) == list(after)
    at_snapshot = ours.obs["predicted_time"] == 1
    assert (ours.obs["cell_after"][at_snapshot] == "").all()


def test_network(adata, h5ad, program, tmp_path):
    cellmnn.tl.network(adata, draws=3, shuffles=3, n_jobs=2)
    program.run("network", h5ad, "--draws", 3, "--shuffles", 3, "-o", "edges.tsv")
    same_edges(cellmnn.get.network(adata), pd.read_csv(tmp_path / "edges.tsv", sep="\t"))


def same_edges(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    assert list(ours["source"]) == list(theirs["source"])
    assert list(ours["target"]) == list(theirs["target"])
    for column in theirs.columns[2:]:
        np.testing.assert_array_equal(ours[column], theirs[column], err_msg=column)


def test_network_of_some_regulators(adata, h5ad, program, tmp_path):
    cellmnn.tl.network(adata, regulators=["G3", "G5"], draws=0, shuffles=0, top=7)
    (tmp_path / "factors.txt").write_text("G5\nG3\n")
    program.run(
        "network", h5ad, "--regulators", "factors.txt", "--draws", 0, "--shuffles", 0, "--top", 7, "-o", "e.tsv"
    )
    ours, theirs = cellmnn.get.network(adata), pd.read_csv(tmp_path / "e.tsv", sep="\t")
    assert len(theirs) == 7
    np.testing.assert_array_equal(ours[["effect", "score", "rank"]], theirs[["effect", "score", "rank"]])


def test_network_with_knowledge(adata, program, tmp_path):
    """Knock-outs, a treatment and a prior."""
    held = np.arange(adata.n_obs) % 3 == 0
    adata.X[held, adata.var_names.get_loc("G2")] = 0
    adata.obs["genotype"] = np.where(held, "G2", "WT")
    adata.write_h5ad(tmp_path / "knock_outs.h5ad")
    prior = pd.DataFrame({"source": ["G1", "G5", "G1"], "target": ["G4", "G6", "nobody"], "weight": [2, -0.5, 1]})
    prior.to_csv(tmp_path / "prior.csv", index=False)
    cellmnn.tl.network(adata, ko_key="genotype", treatment_from=1, prior=prior, prior_strength=2, draws=2, shuffles=2)
    program.run(
        "network", "knock_outs.h5ad", "--ko-key", "genotype", "--treatment-from", 1, "--prior", "prior.csv",
        "--prior-strength", 2, "--draws", 2, "--shuffles", 2, "-o", "edges.tsv",
    )  # fmt: skip
    ours, theirs = cellmnn.get.network(adata), pd.read_csv(tmp_path / "edges.tsv", sep="\t")
    assert "treatment" in set(ours["source"]) - set(ours["target"])
    assert sorted(ours["prior"].unique()) == [-0.5, 0, 2]
    same_edges(ours, theirs)
    cellmnn.tl.perturb(adata, {"treatment": 0}, ko_key="genotype", treatment_from=1, prior=prior)
    program.run(
        "perturb", "knock_outs.h5ad", "--gene", "treatment=0", "--ko-key", "genotype", "--treatment-from", 1,
        "--prior", "prior.csv", "-o", "change.tsv",
    )  # fmt: skip
    change = pd.read_csv(tmp_path / "change.tsv", sep="\t")
    np.testing.assert_array_equal(cellmnn.get.perturbation(adata)["change"], change["change"])


def test_groups_of_cells(trained, h5ad, program, tmp_path):
    group = ("--group", "side=up", "-o", "group.tsv")
    cellmnn.tl.perturb(trained, {"G3": 0}, by="network", groupby="side", group="up")
    program.run("perturb", h5ad, "--gene", "G3=0", *group)
    by_program = pd.read_csv(tmp_path / "group.tsv", sep="\t")
    np.testing.assert_array_equal(cellmnn.get.perturbation(trained)["change"], by_program["change"])
    cellmnn.get.model(trained).save(tmp_path / "model.safetensors")
    cellmnn.tl.perturb(trained, {"G3": 0}, 3.5, groupby="side", group="up", controls=2)
    program.run(
        "perturb", "model.safetensors", h5ad, "--gene", "G3=0", "--times", 3.5, "--controls", 2, *group
    )  # fmt: skip
    by_program = pd.read_csv(tmp_path / "group.tsv", sep="\t")
    np.testing.assert_array_equal(cellmnn.get.perturbation(trained)["change"], by_program["change"])
    cellmnn.tl.screen(trained, ["G1", "G7"], by="network", groupby="side", group="up")
    program.run("perturb", h5ad, "--screen", "G1,G7", *group)
    same_table(cellmnn.get.screen(trained), tmp_path / "group.tsv")


def test_perturb_by_network(adata, h5ad, program, tmp_path):
    cellmnn.tl.perturb(adata, {"G3": 0, "G4": "x2"}, from_time=1)
    program.run("perturb", h5ad, "--gene", "G3=0,G4=x2", "--group", "time=1", "-o", "change.tsv")
    ours, theirs = cellmnn.get.perturbation(adata), pd.read_csv(tmp_path / "change.tsv", sep="\t")
    assert list(ours["gene"]) == list(theirs["gene"])
    for column in ("time", "change", "change_of_expression"):
        np.testing.assert_array_equal(ours[column], theirs[column], err_msg=column)


def test_perturb_by_model(trained, h5ad, program, tmp_path):
    cellmnn.get.model(trained).save(tmp_path / "model.safetensors")
    cellmnn.tl.perturb(trained, {"G3": 0}, [1, 2], controls=5)
    program.run(
        "perturb", "model.safetensors", h5ad, "--gene", "G3=0", "--times", "1,2", "--controls", 5, "-o", "c.tsv",
        "--json-log", "log.jsonl",
    )  # fmt: skip
    ours, theirs = cellmnn.get.perturbation(trained), pd.read_csv(tmp_path / "c.tsv", sep="\t")
    for column in ("change", "control_mean", "control_sd"):
        np.testing.assert_array_equal(ours[column], theirs[column], err_msg=column)
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    told = [entry for entry in log if "control_shift" in entry]
    summary = cellmnn.get.perturbation(trained, summary=True)
    for column in ("w1", "p", "shift_of_mean", "control_shift"):
        np.testing.assert_array_equal(summary[column], [entry[column] for entry in told], err_msg=column)


def test_fates_with_a_model(trained, h5ad, program, tmp_path):
    cellmnn.get.model(trained).save(tmp_path / "model.safetensors")
    program.run("fates", "model.safetensors", h5ad, "--label-key", "side", "-o", "fates.h5ad")
    cellmnn.tl.fates(trained, "side")
    same_fates(trained, anndata.read_h5ad(tmp_path / "fates.h5ad"))


def test_fates_drivers_and_trends_without_a_model(adata, h5ad, program, tmp_path):
    program.run(
        "fates", h5ad, "--label-key", "side", "--later-cells", 90, "--seed", 3, "-o", "fates.h5ad",
        "--drivers", "drivers.tsv", "--trends", "trends.tsv", "--genes", "G3,G0",
    )  # fmt: skip
    cellmnn.tl.fates(adata, "side", later_cells=90, random_state=3)
    cellmnn.tl.drivers(adata, random_state=3)
    cellmnn.tl.trends(adata, ["G3", "G0"])
    same_fates(adata, anndata.read_h5ad(tmp_path / "fates.h5ad"))
    same_table(cellmnn.get.drivers(adata), tmp_path / "drivers.tsv")
    same_table(cellmnn.get.trends(adata), tmp_path / "trends.tsv")


def test_fates_of_named_cells(adata, h5ad, program, tmp_path):
    chosen = adata.obs_names[adata.obs["day"] >= 3][::3]
    terminal = {name: str(adata.obs.loc[name, "side"]) for name in chosen}
    (tmp_path / "ends.tsv").write_text("".join(f"{name}\t{fate}\n" for name, fate in terminal.items()))
    program.run("fates", h5ad, "--terminal", "ends.tsv", "-o", "fates.h5ad")
    cellmnn.tl.fates(adata, terminal=terminal)
    same_fates(adata, anndata.read_h5ad(tmp_path / "fates.h5ad"))


def test_screens(trained, h5ad, program, tmp_path):
    cellmnn.get.model(trained).save(tmp_path / "model.safetensors")
    program.run("perturb", "model.safetensors", h5ad, "--screen", "all", "--times", 3, "-o", "model.tsv")
    cellmnn.tl.screen(trained, time=3)
    same_table(cellmnn.get.screen(trained), tmp_path / "model.tsv")
    program.run("perturb", h5ad, "--screen", "G1,G7", "--to", "x2", "--group", "time=1", "-o", "network.tsv")
    cellmnn.tl.screen(trained, ["G1", "G7"], to="x2", from_time=1, by="network")
    same_table(cellmnn.get.screen(trained), tmp_path / "network.tsv")


def test_screen_by_fates(trained, h5ad, program, tmp_path):
    cellmnn.get.model(trained).save(tmp_path / "model.safetensors")
    program.run(
        "perturb", "model.safetensors", h5ad, "--fates", "--label-key", "side", "--screen", "G1,G7", "--controls", 5,
        "--seed", 0, "-o", "fates.tsv",
    )  # fmt: skip
    cellmnn.tl.fates(trained, "side")
    cellmnn.tl.screen(trained, ["G1", "G7"], by="fates", controls=5)
    same_table(cellmnn.get.screen(trained), tmp_path / "fates.tsv")


def same_table(ours, path):
    """Numbers of the tables of fates have the precision of float32."""
    theirs = pd.read_csv(path, sep="\t")
    assert list(ours.columns) == list(theirs.columns)
    assert len(ours) == len(theirs) > 0
    for column in theirs:
        if theirs[column].dtype.kind == "f":
            np.testing.assert_array_equal(
                ours[column].to_numpy(np.float32), theirs[column].to_numpy(np.float32), err_msg=column
            )
        else:
            assert list(ours[column]) == list(theirs[column]), column


def same_fates(ours, theirs):
    for key in ("fates_fwd", "lineages_fwd"):
        np.testing.assert_array_equal(ours.obsm[key], theirs.obsm[key])
    for key in ("cellmnn_fate_decided", "cellmnn_fate_commitment"):
        np.testing.assert_array_equal(ours.obs[key], theirs.obs[key])
    assert ours.obs["term_states_fwd"].equals(theirs.obs["term_states_fwd"])
    for key in ("fates_fwd_names", "term_states_fwd_colors"):
        assert list(ours.uns[key]) == list(theirs.uns[key])
    facts = json.loads(theirs.uns["cellmnn"]["fates"])
    np.testing.assert_array_equal(ours.uns["cellmnn"]["fates"]["known"], [each["known"] for each in facts["times"]])


def test_label_flows(trained, h5ad, program, tmp_path):
    cellmnn.get.model(trained).save(tmp_path / "model.safetensors")
    program.run("fates", "model.safetensors", h5ad, "--label-key", "side", "-o", "fates.tsv", "--alluvial", "flows.tsv")
    cellmnn.tl.label_flows(trained, "side")
    ours, theirs = cellmnn.get.label_flows(trained), pd.read_csv(tmp_path / "flows.tsv", sep="\t")
    assert list(ours) == list(theirs)
    assert ours[["from_label", "to_label"]].equals(theirs[["from_label", "to_label"]])
    for column in ("from_time", "to_time", "share", "measured_from", "measured_to", "predicted_to"):
        np.testing.assert_array_equal(ours[column].astype(np.float32), theirs[column].astype(np.float32))


def test_components_without_a_time(adata, h5ad, program, tmp_path):
    program.run(
        "preprocess", h5ad, "-o", "ready.h5ad", "--values", "log", "--min-cells", 1, "--n-comps", 4,
        "--fit-without", 2,
    )  # fmt: skip
    ready = anndata.read_h5ad(tmp_path / "ready.h5ad")
    cellmnn.pp.pca(adata, 4, fit_without=2)
    np.testing.assert_array_equal(adata.obsm["X_pca"], ready.obsm["X_pca"])
    np.testing.assert_array_equal(adata.varm["PCs"], ready.varm["PCs"])
    np.testing.assert_array_equal(adata.uns["pca"]["variance"], ready.uns["pca"]["variance"])
    np.testing.assert_allclose(adata.uns["pca"]["variance_ratio"], ready.uns["pca"]["variance_ratio"])
    np.testing.assert_allclose(adata.uns["pca_mean"], ready.uns["pca_mean"], rtol=1e-6)
