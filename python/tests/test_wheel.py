"""What an installed wheel holds. The loader of glibc takes the library for the machine."""

import os
import subprocess
import sys
from pathlib import Path

import cellmnn
import pytest
from cellmnn import _core

PACKAGE = Path(cellmnn.__file__).parent
LEVELS = [level for level in _core.BETTER_LEVELS.split(",") if level]

pytestmark = pytest.mark.skipif(not (PACKAGE / "lib").exists(), reason="this is no installed wheel")


def python(code: str, **environment: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_every_level_that_was_built_is_there():
    found = {path.parent.name for path in PACKAGE.glob("lib/glibc-hwcaps/*/libcellmnn_core.so.*")}
    assert found == set(LEVELS)
    assert len(list(PACKAGE.glob("lib/libcellmnn_core.so.*"))) == 1


@pytest.mark.skipif(not LEVELS, reason="one level was built")
def test_the_loader_takes_the_best_level_of_the_machine():
    helped = subprocess.run(["/lib64/ld-linux-x86-64.so.2", "--help"], capture_output=True, text=True).stdout
    supported = [level for level in LEVELS if f"{level} (supported, searched)" in helped]
    code = "from cellmnn import _core; print(_core.simd_level())"
    assert python(code) == max(supported, default="x86-64")
    below = "glibc.cpu.hwcaps=-AVX512F,-AVX2"
    assert python(code, GLIBC_TUNABLES=below) == "x86-64"
    program = [PACKAGE / "bin" / "cellmnn", "--version"]
    assert subprocess.run(program, capture_output=True, text=True).stdout.split()[1] == _core.VERSION


def needed(path: Path) -> str:
    return subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="readelf")
def test_neither_extension_nor_program_needs_a_library_of_hdf5():
    assert "hdf5" not in needed(Path(_core.__file__))
    assert "hdf5" not in needed(PACKAGE / "bin" / "cellmnn")


def test_the_command_is_the_program():
    command = Path(sys.executable).parent / "cellmnn"
    result = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith(f"cellmnn {_core.VERSION} ")


def test_an_error_of_the_program_is_its_exit_code():
    result = subprocess.run([Path(sys.executable).parent / "cellmnn", "train"], capture_output=True, check=False)
    assert result.returncode == 2


def test_the_package_is_typed():
    assert (PACKAGE / "py.typed").exists()
    assert "class ModelFile" in (PACKAGE / "_core.pyi").read_text()


def test_the_import_takes_no_time():
    """Beyond NumPy, pandas, SciPy and AnnData, which everybody has imported."""
    code = (
        "import numpy, pandas, scipy.sparse, anndata, time; begin = time.process_time();"
        "import cellmnn; cellmnn.tl; cellmnn.get; cellmnn.Model; print(time.process_time() - begin)"
    )
    assert min(float(python(code)) for _ in range(3)) < 0.15


def test_the_command_waits_for_no_package():
    code = "import sys, cellmnn._program; print(sorted({'numpy', 'anndata', 'pandas'} & set(sys.modules)))"
    assert python(code) == "[]"
