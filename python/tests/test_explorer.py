"""The page of a notebook: that of the program, shown in a frame that needs nothing else."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import cellmnn
import pytest
from cellmnn._program import program_path

try:
    PAGE = Path(program_path()).resolve().parents[1] / "share" / "cellmnn" / "page.html"
except FileNotFoundError:
    PAGE = Path("none")

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="this installation has no page: scripts/build-page makes it")


def test_the_page_is_that_of_the_program(trained, h5ad, program, tmp_path):
    cellmnn.get.model(trained).save(tmp_path / "model.safetensors")
    program.run("export", "model.safetensors", h5ad, "-o", "page.html", "--title", "mine", "--group-key", "side")
    cellmnn.pl.explorer(trained, title="mine", groupby="side").save(tmp_path / "ours.html")
    assert (tmp_path / "ours.html").read_bytes() == (tmp_path / "page.html").read_bytes()


def test_the_frame_holds_the_whole_page(trained, tmp_path):
    explorer = cellmnn.pl.explorer(trained, height=500)
    explorer.save(tmp_path / "page.html")
    frame = explorer._repr_html_()
    assert frame == explorer.static()
    assert "height: 500px" in frame
    (page,) = re.findall(r'srcdoc="([^"]*)"', frame)
    assert html.unescape(page) == (tmp_path / "page.html").read_text()


def test_pages_that_cannot_be(trained):
    with pytest.raises(KeyError, match="no column 'sid'"):
        cellmnn.pl.explorer(trained, groupby="sid")
    with pytest.raises(ValueError, match="--cells"):
        cellmnn.pl.explorer(trained, n_cells=0)


# Asks the page in the frame for a cell, and says in the title what it shows, for --dump-dom.
LOOK = """
<script>
  const faults = []
  setInterval(() => {
    const frame = document.querySelector('iframe')
    frame.contentWindow.onerror = (message) => faults.push(message)
    const page = frame.contentDocument
    const buttons = [...page.querySelectorAll('button')]
    buttons.find((button) => button.innerText === 'Show me one')?.click()
    document.title = [page.querySelectorAll('canvas').length, faults.join(), page.body.innerText].join('|')
  }, 100)
</script>
"""


@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not here")
def test_the_output_of_nbconvert_shows_the_page(trained, tmp_path):
    exporters = pytest.importorskip("nbconvert.exporters")
    nbformat = pytest.importorskip("nbformat")
    explorer = cellmnn.pl.explorer(trained, title="cells of a test")
    is_widget = hasattr(explorer, "_repr_mimebundle_")
    data = explorer._repr_mimebundle_()[0] if is_widget else {"text/html": explorer._repr_html_()}
    output = nbformat.v4.new_output("display_data", data)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("cm.pl.explorer(adata)", outputs=[output])])
    body, _ = exporters.HTMLExporter().from_notebook_node(notebook)
    (tmp_path / "notebook.html").write_text(body.replace("</body>", LOOK + "</body>"))
    command = [
        "chromium",
        "--headless=new",
        "--no-sandbox",
        "--enable-unsafe-swiftshader",
        "--virtual-time-budget=20000",
    ]
    command += [f"--user-data-dir={tmp_path}/profile", "--dump-dom", f"file://{tmp_path}/notebook.html"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    title = html.unescape(re.search(r"<title>(.*?)</title>", result.stdout, re.DOTALL).group(1))
    canvases, faults, text = title.split("|", 2)
    assert faults == ""
    assert int(canvases) > 0
    assert "cells of a test: 600 cells at 5 times" in text
    assert "Its future" in text, "the model answers for the cell"
