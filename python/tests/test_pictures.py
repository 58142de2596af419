import cellmnn
import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

matplotlib.use("Agg")


@pytest.fixture
def asked(trained):
    cellmnn.tl.evaluate(trained, methods=["previous", "mixture", "noise-floor"])
    cellmnn.tl.network(trained, draws=1, shuffles=1)
    cellmnn.tl.perturb(trained, {"G1": 0}, [1, 2])
    cellmnn.tl.perturb(trained, {"G1": 0}, by="network", key_added="by_network")
    cellmnn.tl.fates(trained, "side")
    cellmnn.tl.trends(trained, ["G1"])
    cellmnn.tl.label_flows(trained, "side")
    return trained


@pytest.mark.parametrize(
    "draw",
    [
        lambda a: cellmnn.pl.trajectories(a),
        lambda a: cellmnn.pl.trajectories(a, basis="umap", from_time=1, n_cells=5),
        lambda a: cellmnn.pl.evaluation(a),
        lambda a: cellmnn.pl.evaluation(a, metric="energy"),
        lambda a: cellmnn.pl.loss(a),
        lambda a: cellmnn.pl.network(a, "G1", top=3),
        lambda a: cellmnn.pl.perturbation(a),
        lambda a: cellmnn.pl.perturbation(a, time=1, top=4),
        lambda a: cellmnn.pl.perturbation(a, key="by_network"),
        lambda a: cellmnn.pl.fates(a),
        lambda a: cellmnn.pl.fates(a, basis="umap"),
        lambda a: cellmnn.pl.trends(a, "G1"),
        lambda a: cellmnn.pl.alluvial(a),
    ],
)
def test_every_picture_can_be_drawn(asked, draw, tmp_path):
    figure = draw(asked).figure
    figure.savefig(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").stat().st_size > 5000


def test_a_picture_goes_where_it_is_asked_to(trained):
    _, axes = plt.subplots()
    assert cellmnn.pl.loss(trained, ax=axes) is axes


def test_paths_in_the_coordinates_of_the_model_are_the_predictions(trained):
    axes = cellmnn.pl.trajectories(trained, n_cells=3, n_times=5)
    segments = np.array(axes.collections[1].get_segments())
    assert segments.shape == (4 * 3, 2, 2)
    begins = trained.obsm["X_pca"][trained.obs["day"] == 0, :2]
    for begin in segments[:3, 0]:
        assert np.linalg.norm(begins - begin, axis=1).min() < 1e-4


def test_pictures_that_cannot_be(trained):
    with pytest.raises(ValueError, match="metric"):
        cellmnn.tl.evaluate(trained, methods="previous")
        cellmnn.pl.evaluation(trained, metric="other")
    with pytest.raises(KeyError, match="obsm has no 'X_tsne'"):
        cellmnn.pl.trajectories(trained, basis="tsne")
    with pytest.raises(ValueError, match="expected an earlier time"):
        cellmnn.pl.trajectories(trained, from_time=5)


def test_bars_of_an_alluvial_are_the_measured_shares_in_the_colours_of_the_labels(asked):
    asked.uns["side_colors"] = ["#112233", "#445566"]
    axes = cellmnn.pl.alluvial(asked, groupby="side")
    shares = asked.obs.groupby("day", observed=True)["side"].value_counts(normalize=True).unstack()
    for container, name in zip(axes.containers, ["down", "up"], strict=True):
        np.testing.assert_allclose([bar.get_height() for bar in container], shares[name])
        color = {"down": "#112233", "up": "#445566"}[name]
        assert matplotlib.colors.to_hex(container[0].get_facecolor()) == color
    with pytest.raises(KeyError, match="no column 'sid'"):
        cellmnn.pl.alluvial(asked, groupby="sid")
