"""The installed tree, moved to another folder, does all that the program does, and other projects can build on it.

Needs CELLMNN_BUILD, the folder of a build, and CELLMNN_SOURCE, the folder of the sources.
"""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

BUILD = Path(os.environ["CELLMNN_BUILD"])
SOURCE = Path(os.environ["CELLMNN_SOURCE"])
PLAIN = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8"}


def run(*command, **options):
    options.setdefault("env", PLAIN)
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, timeout=600, check=False, **options)


def install(prefix, **options):
    return run("cmake", "--install", BUILD, "--prefix", prefix, **options)


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="cellmnn-install-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        result = install(cls.folder / "first")
        assert result.returncode == 0, result.stderr
        cls.tree = cls.folder / "moved" / "cellmnn"
        cls.tree.parent.mkdir()
        (cls.folder / "first").rename(cls.tree)
        cls.work = cls.folder / "work"
        cls.work.mkdir()

    def cellmnn(self, *arguments):
        return run(self.tree / "bin/cellmnn", *arguments, cwd=self.work)

    def succeed(self, *arguments):
        result = self.cellmnn(*arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def one(self, pattern):
        found = sorted(self.tree.glob(pattern))
        self.assertEqual(len(found), 1, f"{pattern}: {found}")
        return found[0]

    def commands(self):
        listed = self.succeed("--help").partition("\nCommands:\n")[2].partition("\n\n")[0]
        return re.findall(r"(?m)^  (\S+)", listed)

    def test_the_program_is_the_built_one_at_the_same_simd_level(self):
        self.assertEqual(self.succeed("--version"), run(BUILD / "bin/cellmnn", "--version").stdout)
        self.assertIn(f" {(SOURCE / 'VERSION').read_text().strip()} ", self.succeed("--version"))

    def test_nothing_in_it_knows_where_it_was_built(self):
        for path in self.tree.rglob("*"):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                for folder in [BUILD, SOURCE, self.folder]:
                    self.assertNotIn(os.fsencode(folder) + b"/", content, path)

    def test_it_trains_and_exports(self):
        page = self.tree / "share/cellmnn/page.html"
        self.succeed("simulate", "-o", "cells.h5ad", "--cells", "60", "--quiet")
        self.succeed("train", "cells.h5ad", "-o", "model.safetensors", "--steps", "20", "--quiet")
        if page.exists():
            self.succeed("export", "model.safetensors", "cells.h5ad", "-o", "page.html", "--quiet")
            self.assertIn("cellmnn-model", (self.work / "page.html").read_text())
        shutil.rmtree(page.parent, ignore_errors=True)
        refused = self.cellmnn("export", "model.safetensors", "cells.h5ad", "-o", "page.html", "--quiet")
        self.assertEqual(refused.returncode, 3)
        self.assertEqual(len(refused.stderr.splitlines()), 1, refused.stderr)
        self.assertIn(f"there is no {page}; releases bring it", refused.stderr)
        page.parent.mkdir(parents=True)
        page.write_text("<body><!--cellmnn-data--></body>")
        page.with_name("genes_module.js").write_text("")
        self.succeed("export", "model.safetensors", "cells.h5ad", "-o", "page.html", "--quiet")
        self.assertIn("cellmnn-model", (self.work / "page.html").read_text())

    def test_every_command_has_a_page_of_the_manual_with_all_its_options(self):
        pages = {"cellmnn.1": self.succeed("--help")}
        for command in self.commands():
            pages[f"cellmnn-{command}.1"] = self.succeed(command, "--help")
        folder = self.tree / "share/man/man1"
        self.assertEqual({path.name for path in folder.iterdir()}, set(pages))
        self.assertGreater(len(pages), 10)
        for name, text in pages.items():
            with self.subTest(name):
                lint = run("mandoc", "-Tlint", "-Wstyle", folder / name)
                self.assertEqual(lint.stdout, "")
                shown = re.sub(r".\x08", "", run("mandoc", "-Tutf8", folder / name).stdout)
                shown = " ".join(shown.split())
                for option in re.findall(r"(?m)^  (?:-\w, |    )(--\S+)", text):
                    self.assertIn(option, shown)
                for example in re.findall(r"(?m)^  (cellmnn .*)$", text):
                    self.assertIn(" ".join(example.split()), shown)

    def test_bash_completes_commands_options_and_choices(self):
        file = self.tree / "share/bash-completion/completions/cellmnn"

        def complete(*words):
            listed = " ".join(f"'{word}'" for word in words)
            typed = f"COMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}"
            script = f"source {file}; {typed}; _cellmnn; echo ${{COMPREPLY[@]}}"
            result = run("bash", "-c", script, cwd=self.work)
            self.assertEqual(result.stderr, "")
            return result.stdout.split()

        self.assertEqual(complete("cellmnn", "tr"), ["train"])
        self.assertLessEqual(set(self.commands()), set(complete("cellmnn", "")))
        self.assertEqual(complete("cellmnn", "train", "--outp"), ["--output"])
        self.assertEqual(complete("cellmnn", "train", "x", "--preset", ""), ["default", "paper"])
        (self.work / "somewhere.npz").touch()
        self.assertEqual(complete("cellmnn", "train", "somew"), ["somewhere.npz"])
        self.assertEqual(complete("cellmnn", "train", "x", "--steps", ""), [])

    def test_fish_completes_options_and_choices(self):
        file = self.tree / "share/fish/vendor_completions.d/cellmnn.fish"

        def complete(line):
            env = {**PLAIN, "HOME": str(self.work), "PATH": f"{self.tree}/bin:{PLAIN['PATH']}"}
            result = run("fish", "--no-config", "-c", f"source {file}; complete -C '{line}'", cwd=self.work, env=env)
            self.assertEqual(result.stderr, "")
            return [row.partition("\t")[0] for row in result.stdout.splitlines()]

        self.assertEqual(complete("cellmnn tr"), ["train"])
        self.assertEqual(complete("cellmnn train --outp"), ["--output"])
        self.assertEqual(complete("cellmnn train --preset "), ["default", "paper"])

    def test_the_completion_of_zsh_is_valid_and_knows_every_option(self):
        file = self.tree / "share/zsh/site-functions/_cellmnn"
        self.assertEqual(run("zsh", "-n", file).stderr, "")
        script = f"""
          _describe() {{ print -l -- $commands }}
          _arguments() {{ print -l -- "$@" }}
          words=(cellmnn "$1" ""); CURRENT=$2; source {file}"""
        listed = run("zsh", "-f", "-c", script, "zsh", "", "2").stdout
        self.assertEqual(re.findall(r"(?m)^(\w+):", listed), self.commands())
        rules = run("zsh", "-f", "-c", script, "zsh", "train", "3").stdout
        for option in re.findall(r"(?m)^  (?:-\w, |    )(--\S+)", self.succeed("train", "--help")):
            self.assertIn(f"\n{option}[", "\n" + rules)
        self.assertIn(":(default paper)", rules)

    def test_another_project_finds_the_core_and_builds_on_it(self):
        build = self.folder / "consumer"
        source = SOURCE / "tests/install/consumer"
        configured = run("cmake", "-G", "Ninja", "-S", source, "-B", build, f"-DCMAKE_PREFIX_PATH={self.tree}")
        self.assertEqual(configured.returncode, 0, configured.stderr)
        built = run("cmake", "--build", build)
        self.assertEqual(built.returncode, 0, built.stdout)
        lines = run(build / "consumer").stdout.splitlines()
        self.assertIn(f"({lines[0]})", self.succeed("--version"))
        self.assertEqual(lines[1:3], ["0 1", "24"])
        self.assertIn("cells", lines[3])

    def test_as_a_part_of_another_project_it_leaves_the_rest_alone(self):
        source, build = SOURCE / "tests/install/parent", self.folder / "parent"
        for build_type in ["", "Debug"]:
            with self.subTest(build_type):
                configured = run(
                    "cmake",
                    "-G",
                    "Ninja",
                    "-S",
                    source,
                    "-B",
                    build / f"x{build_type}",
                    f"-DCELLMNN={SOURCE}",
                    f"-DCMAKE_BUILD_TYPE={build_type}",
                )
                self.assertEqual(configured.returncode, 0, configured.stderr)

    def test_without_the_right_to_write_it_says_so_in_one_sentence(self):
        (self.work / "file").touch()
        refused = install(self.work / "file" / "deeper")
        self.assertNotEqual(refused.returncode, 0)
        said = " ".join(refused.stderr.split())
        self.assertIn(f"cannot install into {self.work}/file/deeper, because {self.work}/file is not a folder", said)
        self.assertEqual(said.count("CMake Error"), 1, said)

    def test_licence_and_documents_are_there(self):
        for name in ["LICENSE", "README.md", "h5ad.md"]:
            self.one(f"share/doc/cellmnn/{name}")


if __name__ == "__main__":
    unittest.main()
