"""The examples of docs/python.md do what they say, on the cells that they name."""

import os
import re
from pathlib import Path

import matplotlib
import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs" / "python.md"
DATA = os.environ.get("CELLMNN_DATA")

matplotlib.use("Agg")


@pytest.mark.skipif(not DATA, reason="CELLMNN_DATA is not set to the folder of real data")
def test_the_worked_example(monkeypatch):
    pytest.importorskip("scvelo")
    pytest.importorskip("cellrank")
    monkeypatch.chdir(DATA)
    names: dict = {}
    example, with_tools = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)[:2]
    exec(example.replace('time_key="day")', 'time_key="day", steps=300)', 2), names)  # of train and evaluate
    assert {"cellmnn", "previous"} <= set(names["cm"].get.scores(names["adata"])["method"])
    assert "X_cellmnn_t5" in names["adata"].obsm
    exec(with_tools.replace("compute_macrostates(5", "compute_macrostates(3"), names)
    assert names["estimator"].fate_probabilities.shape[0] == names["adata"].n_obs
