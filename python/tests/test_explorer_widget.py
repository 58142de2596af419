"""The page as a widget of a notebook: what is chosen in it comes back to Python."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import cellmnn
import numpy as np
import pytest
from test_explorer import PAGE

anywidget = pytest.importorskip("anywidget")
nbformat = pytest.importorskip("nbformat")
traitlets = pytest.importorskip("traitlets")

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="this installation has no page: scripts/build-page makes it")

SECONDS = 200  # a loaded machine is slow to start a notebook


def test_rows_of_the_page_are_names_in_python(trained):
    explorer = cellmnn.pl.explorer(trained)
    assert isinstance(explorer, anywidget.AnyWidget)
    assert (explorer.cells, explorer.gene, explorer.time, explorer.view) == ([], "", None, "")
    seen = []
    explorer.observe(lambda change: seen.append(change["new"]), "cells")
    explorer.set_state({"_rows": [3, 500], "gene": "G1", "time": 2.5})  # as a message of the notebook does
    assert explorer.cells == list(trained.obs_names[[3, 500]])
    assert (explorer.gene, explorer.time) == ("G1", 2.5)
    explorer.set_state({"_rows": []})
    assert seen == [list(trained.obs_names[[3, 500]]), []]
    with pytest.raises(traitlets.TraitError, match="read-only"):
        explorer.cells = ["c1"]


def test_the_example_of_the_manual(trained):
    text = (Path(__file__).resolve().parents[2] / "docs" / "python.md").read_text()
    (example,) = re.findall(r"```python\n(explorer = .*?)```", text, re.DOTALL)
    names = {"cm": cellmnn, "adata": trained}
    exec(example, names)
    assert names["explorer"].view == "cell=12&t=4"


def test_what_runs_no_widgets_shows_the_page(trained, tmp_path):
    explorer = cellmnn.pl.explorer(trained)
    data, _ = explorer._repr_mimebundle_()
    assert set(data) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    assert data["text/html"] == explorer.static()
    explorer.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text() == explorer._srcdoc
    exporters = pytest.importorskip("nbconvert.exporters")
    output = nbformat.v4.new_output("display_data", data)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("cm.pl.explorer(adata)", outputs=[output])])
    body, _ = exporters.HTMLExporter().from_notebook_node(notebook)
    assert "<iframe" in body
    assert "widget-view" not in body


def test_a_notebook_that_a_program_runs_keeps_the_page_itself(trained, tmp_path):
    pytest.importorskip("ipykernel")
    preprocessors = pytest.importorskip("nbconvert.preprocessors")
    trained.write_h5ad(tmp_path / "cells.h5ad")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODES[SHOW])])
    run_it = preprocessors.ExecutePreprocessor(timeout=SECONDS)
    run_it.preprocess(notebook, {"metadata": {"path": str(tmp_path)}})
    shown = [output.data for output in notebook.cells[0].outputs if output.output_type == "execute_result"]
    assert [set(data) for data in shown] == [{"text/plain", "text/html"}]
    assert shown[0]["text/html"].startswith("<iframe")
    assert "cellmnn-model" not in json.dumps(notebook.metadata), "the page is kept once"


def test_without_anywidget_there_is_no_widget(trained, monkeypatch):
    monkeypatch.delitem(sys.modules, "cellmnn.pl._explorer_widget", raising=False)
    monkeypatch.setitem(sys.modules, "anywidget", None)
    explorer = cellmnn.pl.explorer(trained)
    assert type(explorer) is cellmnn.pl.Explorer
    assert explorer._repr_html_() == explorer.static()


SHOW, SAY, SET_VIEW = range(3)
CODES = [
    "import anndata, cellmnn as cm\nexplorer = cm.pl.explorer(anndata.read_h5ad('cells.h5ad'))\nexplorer",
    "print(f'chosen {explorer.cells} {explorer.gene!r} {explorer.time}')",
    "explorer.view = 'cell=7&t=1&gene=G3'",
]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def notebook(trained, tmp_path):
    """The address of a notebook in JupyterLab that shows the explorer, and says what is chosen in it."""
    pytest.importorskip("jupyterlab")
    trained.obs_names = [str(i) for i in range(trained.n_obs)]  # of such names the page knows none
    trained.write_h5ad(tmp_path / "cells.h5ad")
    cells = [nbformat.v4.new_code_cell(code) for code in CODES]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), tmp_path / "notebook.ipynb")
    port, token = free_port(), secrets.token_hex()
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--ServerApp.port={port}"]
    command += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={tmp_path}"]
    folders = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = {**os.environ, **{name: str(tmp_path / name.lower()) for name in folders}}
    with open(tmp_path / "jupyter.log", "w") as log:
        server = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/api?token={token}", server, tmp_path / "jupyter.log")
        yield f"http://127.0.0.1:{port}/doc/tree/notebook.ipynb?token={token}"
    finally:
        server.terminate()
        server.wait(60)


def wait_for(address, server, log):
    for _ in range(SECONDS):
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except OSError:
            time.sleep(1)
    pytest.fail(f"JupyterLab does not answer:\n{log.read_text()}")


@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not here")
def test_what_is_chosen_in_jupyterlab_comes_back(notebook, trained):
    playwright = pytest.importorskip("playwright.sync_api")
    in_page = trained.obs_names[np.argsort(trained.obs["day"], kind="stable")]
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
        page.set_default_timeout(1000 * SECONDS)
        page.goto(notebook)
        shown = show_explorer(page, playwright.TimeoutError)
        shown.get_by_label("Cell number").fill("12")
        page.keyboard.press("Enter")
        eventually_says(page, f"chosen ['{in_page[12]}'] '' 0.0")
        run(page, SET_VIEW)
        shown.get_by_role("heading", name="Cell 7", exact=True).wait_for()
        eventually_says(page, f"chosen ['{in_page[7]}'] 'G3' 1.0")
        shown.get_by_role("button", name="Play").click()  # what the page tells does not come back to it
        shown.get_by_text(re.compile(r"^t = 4\.")).wait_for()
        browser.close()


def run(page, cell):
    page.locator(".jp-CodeCell .jp-InputArea-editor").nth(cell).click()
    page.keyboard.press("Shift+Enter")


def show_explorer(page, late):
    """The page in the output. A notebook that has just opened may lose what it is told to run."""
    for _ in range(SECONDS // 20):
        run(page, SHOW)
        shown = page.frame_locator(".jp-OutputArea iframe")
        try:
            shown.get_by_label("Cell number").wait_for(timeout=20_000)
        except late:
            continue
        return shown
    pytest.fail("the explorer does not appear in the notebook")


def eventually_says(page, expected):
    said = ""
    for _ in range(SECONDS):
        run(page, SAY)
        said = page.get_by_text(re.compile(r"^chosen \[")).inner_text().strip()
        if said == expected:
            return
        time.sleep(1)
    pytest.fail(f"Python has {said!r} and not {expected!r}")
