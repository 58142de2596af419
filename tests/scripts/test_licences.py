"""The table of parts by others: what is missing, unknown, or has another licence is found."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = [
    "scripts/licences",
    "THIRD-PARTY.md",
    "web/package-lock.json",
    "pyproject.toml",
    "cmake/CellmnnCatch2.cmake",
    "cmake/CellmnnDependencies.cmake",
    "native/CMakeLists.txt",
    "python/CMakeLists.txt",
    "tests/CMakeLists.txt",
]


class Licences(unittest.TestCase):
    def faults(self, file: str = "VERSION", old: str = "", new: str = "") -> list[str]:
        """Of a copy of the project in which a text of a file is another."""
        with tempfile.TemporaryDirectory(prefix="cellmnn-licences-") as name:
            copy = pathlib.Path(name)
            for path in [*FILES, "VERSION"]:
                (copy / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / path, copy / path)
            text = (copy / file).read_text()
            self.assertIn(old, text)
            (copy / file).write_text(text.replace(old, new, 1))
            subprocess.run(["git", "init", "--quiet", copy], check=True)
            subprocess.run(["git", "-C", copy, "add", "."], check=True)
            result = subprocess.run(
                [sys.executable, copy / "scripts/licences", "check"], capture_output=True, text=True
            )
        faults = result.stderr.splitlines()
        self.assertEqual(result.returncode, 1 if faults else 0, result.stderr)
        return faults

    def test_the_table_is_what_is_used(self) -> None:
        self.assertEqual(self.faults(), [])

    def test_what_differs_is_found(self) -> None:
        for file, old, new, words in [
            ("THIRD-PARTY.md", "| preact | npm | MIT | page |\n", "", "'preact' is used, but THIRD-PARTY.md"),
            ("THIRD-PARTY.md", "| preact | npm | MIT |", "| preact | npm | ISC |", "'preact' is MIT by its lock file"),
            ("THIRD-PARTY.md", "| BSD-2-Clause |", "| GPL-3.0-only |", "'nanoflann' has the licence GPL-3.0-only"),
            ("pyproject.toml", '"tqdm', '"requests", "tqdm', "'requests' is used"),
            ("pyproject.toml", '"tqdm>=4.66"', "", "'tqdm' is in THIRD-PARTY.md, but nothing uses it"),
            ("native/CMakeLists.txt", "find_package(ZLIB", "find_package(LibLZMA)\nfind_package(ZLIB", "'LibLZMA' is"),
        ]:
            with self.subTest(words):
                faults = self.faults(file, old, new)
                self.assertEqual(len(faults), 1, faults)
                self.assertIn(words, faults[0])


if __name__ == "__main__":
    unittest.main()
