"""The rule of the wings: a planted include of a higher wing is found, in every language."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHECK = ROOT / "scripts/check-wings"
PARTS = ["core/include", "core/src", "native", "wasm", "web/src"]


class CheckWings(unittest.TestCase):
    copy: pathlib.Path

    @classmethod
    def setUpClass(cls) -> None:
        cls.copy = pathlib.Path(tempfile.mkdtemp(prefix="cellmnn-wings-"))
        cls.addClassCleanup(shutil.rmtree, cls.copy)
        for part in PARTS:
            ignored = shutil.ignore_patterns("node_modules", "dist", "package")
            shutil.copytree(ROOT / part, cls.copy / part, ignore=ignored)

    def faults(self) -> list[str]:
        result = subprocess.run([sys.executable, CHECK, self.copy], capture_output=True, text=True)
        faults = result.stderr.splitlines()
        self.assertEqual(result.returncode, 1 if faults else 0, result.stderr)
        return faults

    def planted(self, file: str, line: str) -> str:
        """The one fault that the copy has with this line in front of the file."""
        path = self.copy / file
        before = path.read_text(encoding="utf-8") if path.exists() else None
        path.write_text(f"{line}\n{before or ''}", encoding="utf-8")
        try:
            faults = self.faults()
        finally:
            if before is None:
                path.unlink()
            else:
                path.write_text(before, encoding="utf-8")
        self.assertEqual(len(faults), 1, faults)
        return faults[0]

    def test_the_project_keeps_the_rule(self) -> None:
        self.assertEqual(self.faults(), [])

    def test_an_upward_include_is_found(self) -> None:
        for file, line, words in [
            ("core/src/data/pca.cpp", '#include "model/operator.hpp"', "the wing model stands above data"),
            ("core/src/data/pca.cpp", '#include "cellmnn/trainer.hpp"', "the wing training stands above data"),
            ("core/include/cellmnn/pca.hpp", '#include "cellmnn/model.hpp"', "the wing model stands above data"),
            ("native/io/files/csv.cpp", '#include "native/io/numpy/npz.hpp"', "io/numpy stands above io/files"),
            ("native/io/numpy/npz.cpp", '#include "native/io/hdf5/hdf5_id.hpp"', "io/hdf5 stands beside io/numpy"),
            ("native/commands/train/train.cpp", '#include "native/commands/evaluate/x.hpp"', "stands beside"),
            ("web/src/cells/dataset.ts", "import { url } from '../session/state'", "session stands above cells"),
            ("web/src/cells/dataset.ts", "import '../panels/train.tsx'", "panels stands above cells"),
            ("web/src/cells/dataset.ts", "const later = import('../plot/plot')", "plot stands above cells"),
        ]:
            with self.subTest(file=file, line=line):
                fault = self.planted(file, line)
                self.assertIn(file, fault)
                self.assertIn(words, fault)

    def test_arrows_between_the_top_folders_and_what_the_core_may_not_have(self) -> None:
        for file, line, words in [
            ("core/src/data/pca.cpp", "#include <iostream>", "no files, streams, stdio or threads"),
            ("core/src/data/pca.cpp", '#include "native/runtime/progress.hpp"', "includes native/runtime"),
            ("native/main.cpp", '#include "wasm/calls.hpp"', "native may not include wasm"),
            ("native/main.cpp", '#include "model/flow.hpp"', "no public header"),
            ("wasm/calls.cpp", '#include "native/io/files/csv.hpp"', "wasm may not include native"),
        ]:
            with self.subTest(file=file, line=line):
                self.assertIn(words, self.planted(file, line))

    def test_a_wing_without_a_place_is_found(self) -> None:
        (self.copy / "core/src/extra").mkdir()
        self.addCleanup(shutil.rmtree, self.copy / "core/src/extra")
        fault = self.planted("core/src/extra/new.cpp", '#include "cellmnn/types.hpp"')
        self.assertIn("core/src/extra, which has no place in the order", fault)

    def test_a_folder_that_is_not_the_project_is_refused(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            result = subprocess.run([sys.executable, CHECK, folder], capture_output=True, text=True)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, r"\Ascripts/check-wings: .* has no core/src: .*\n\Z")


if __name__ == "__main__":
    unittest.main()
