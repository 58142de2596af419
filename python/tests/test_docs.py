"""The examples of docs/python.md do what they say, on the cells that they name."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import cellmnn
import matplotlib
import numpy as np
import pytest
from test_explorer import PAGE

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "python.md"
DATA = os.environ.get("CELLMNN_DATA")

matplotlib.use("Agg")


@pytest.mark.skipif(not DATA, reason="CELLMNN_DATA is not set to the folder of real data")
@pytest.mark.skipif(not PAGE.exists(), reason="this installation has no page: scripts/build-page makes it")
def test_the_worked_example(monkeypatch):
    pytest.importorskip("scvelo")
    pytest.importorskip("cellrank")
    monkeypatch.chdir(DATA)
    names: dict = {}
    example, _, with_tools = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)[:3]
    exec(example.replace('time_key="day")', 'time_key="day", steps=300)', 2), names)  # of train and evaluate
    assert {"cellmnn", "previous"} <= set(names["cm"].get.scores(names["adata"])["method"])
    assert "X_cellmnn_t5" in names["adata"].obsm
    exec(with_tools.replace("compute_macrostates(5", "compute_macrostates(3"), names)
    assert names["estimator"].fate_probabilities.shape[0] == names["adata"].n_obs


def readers(language):
    """The blocks of the section about readers of model files."""
    text = (ROOT / "docs" / "model-format.md").read_text()
    section = text.split("## A reader in ten lines")[1].split("\n## ")[0]
    return re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)


@pytest.mark.parametrize("options", [{}, {"operator": "dense", "affine": False, "width": 16}])
def test_the_reader_of_model_files(adata, monkeypatch, tmp_path, options):
    monkeypatch.chdir(tmp_path)
    cellmnn.tl.train(adata, steps=20, **options)
    model = cellmnn.get.model(adata)
    model.save("model.safetensors")
    names: dict = {}
    for block in readers("python"):
        exec(block, names)
    cells = adata.obsm["X_pca"][:, : model.dims].astype(float)
    expected = model.velocity(cells, 2.0)
    np.testing.assert_allclose(names["velocity"](cells, 2.0), expected, rtol=1e-3, atol=1e-4 * np.abs(expected).max())


def test_the_reader_in_r(trained, monkeypatch, tmp_path):
    if not shutil.which("Rscript"):
        pytest.skip("R is not here")
    monkeypatch.chdir(tmp_path)
    model = cellmnn.get.model(trained)
    model.save("model.safetensors")
    (reader,) = readers("r")
    show = 'cat(sprintf("%.9g", c(tensors$latent.mean, tensors$encoder.0.weight[2, ])))'
    code = reader + show.replace("tensors$encoder.0.weight", 'tensors[["encoder.0.weight"]]')
    result = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True)
    names: dict = {}
    exec(readers("python")[0], names)
    expected = [*names["tensors"]["latent.mean"], *names["tensors"]["encoder.0.weight"][1]]
    np.testing.assert_allclose([float(each) for each in result.stdout.split()], expected, rtol=1e-6)
