"""The folder of pages that `cellmnn export --gallery` writes."""

import os
import subprocess
import unittest

from page_case import PageTestCase, elements, safetensors
from support import write_npz
from test_report import Contents

CARD = """# Simulated <cells>

One paragraph
of two lines & more.

Source: none, so no terms.

## Limits

They are not real:

- one of two
  lines, `<b>`
- two

| a | b |
|---|--:|
| 1 & 2 | 3 |

```sh
  cellmnn <here>
```
"""


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class Gallery(PageTestCase):
    def prepare(self):
        super().prepare()
        os.rename("model", "one.safetensors")
        self.write("one.md", CARD)
        write_npz("two cells.npz", dims=3)
        self.succeed("train", "two cells.npz", "-o", "a b#.safetensors", "--steps", 2, "--width", 8)

    def gallery(self, *arguments, code=0):
        arguments = ["own/bin/cellmnn", "export", *map(str, arguments)]
        result = subprocess.run(arguments, capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, code, result.stderr)
        return result.stderr

    def two(self, *arguments, **options):
        return self.gallery(
            "one.safetensors", "cells.h5ad", "a b#.safetensors", "two cells.npz", "--gallery", "out/all", *arguments,
            **options,
        )  # fmt: skip

    def test_a_page_of_each_model_and_one_that_leads_to_them(self):
        said = self.two()
        self.assertEqual(sorted(os.listdir("out/all")), ["a b#.html", "index.html", "one.html"])
        for name, title, cells in [("one", "Simulated <cells>", 150), ("a b#", "a b#", 160)]:
            found = elements(read(f"out/all/{name}.html"))
            with open(f"{name}.safetensors", "rb") as file:
                self.assertEqual(found["model"], file.read())
            metadata, arrays = safetensors(found["cells"])
            self.assertEqual((metadata["title"], len(arrays["time"])), (title, cells))
        self.assertIn("index.html: 2 models", said)

    def test_the_index_tells_what_each_model_is_and_needs_no_other_file(self):
        self.two("--title", "Ours & theirs")
        text = read("out/all/index.html")
        contents = Contents(text)
        self.assertEqual(contents.open, [])
        self.assertNotIn("<script", text)
        self.assertEqual(set(contents.references), {"one.html", "a%20b%23.html"})
        self.assertEqual(contents.pictures, 2)
        for part in [
            "Ours & theirs",
            "Simulated <cells>",
            "150 cells at 5 times (0, 1, 2, 3, 4), 5 components, 24 genes",
            "One paragraph of two lines & more.",
            "Source: none, so no terms.",
            "160 cells at 4 times (0, 1, 2, 3), 3 components",
        ]:
            self.assertIn(part, contents.texts)
        self.assertEqual(text.count("<details>"), 1)
        lead, _, more = text.partition("<details>")
        self.assertNotIn("They are not real", lead)
        for part in [
            "<h3>Limits</h3>",
            "<p>They are not real:</p>",
            "<li>one of two lines, <code>&lt;b&gt;</code></li>",
            "<li>two</li>",
            "<th>b</th>",
            "<td>1 &amp; 2</td>",
            "<pre>  cellmnn &lt;here&gt;\n</pre>",
        ]:
            self.assertIn(part, more)
        self.assertEqual(more.count("<tr>"), 2)

    def test_any_number_of_threads_gives_the_same_files(self):
        self.two("--threads", 1)
        one = read("out/all/index.html")
        self.two("--threads", 2)
        self.assertEqual(one, read("out/all/index.html"))

    def test_what_is_wrong_is_said_before_anything_is_written(self):
        for words, arguments in [
            (["'a b#.safetensors'", "3 files", "MODEL DATA"], ["a b#.safetensors", "--gallery", "out"]),
            (["'./one.safetensors'", "one.html"], ["./one.safetensors", "cells.h5ad", "--gallery", "out"]),
            (["'a b#.safetensors'", "--gallery DIR"], ["a b#.safetensors", "-o", "page.html"]),
            (["--gallery", "--site"], ["--gallery", "out", "--site", "out"]),
        ]:
            said = self.gallery("one.safetensors", "cells.h5ad", *arguments, code=2)
            for word in words:
                self.assertIn(word, said)
        self.assertFalse(os.path.exists("out"))
        os.rename("one.safetensors", "index.safetensors")
        said = self.gallery("index.safetensors", "cells.h5ad", "--gallery", "out", code=2)
        self.assertIn("'index.safetensors'", said)

    def test_inputs_are_not_written_over(self):
        os.mkdir("in")
        os.rename("a b#.safetensors", "in/index.html")
        said = self.gallery(
            "one.safetensors", "cells.h5ad", "in/index.html", "two cells.npz", "--gallery", "in", code=2
        )
        self.assertIn("index.html", said)
        os.rename("in/index.html", "in/two.html")
        said = self.gallery("one.safetensors", "cells.h5ad", "in/two.html", "two cells.npz", "--gallery", "in", code=3)
        self.assertIn("in/two.html", said)
        self.assertEqual(os.listdir("in"), ["two.html"])

    def test_a_card_must_be_text(self):
        with open("one.md", "wb") as file:
            file.write(b"# caf\xe9\n")
        self.assertIn("one.md: is no card", self.two(code=3))

    def test_a_failure_leaves_nothing_behind(self):
        said = self.gallery("one.safetensors", "cells.h5ad", "a b#.safetensors", "none.npz", "--gallery", "out", code=3)
        self.assertIn("none.npz", said)
        self.assertFalse(os.path.exists("out"))


if __name__ == "__main__":
    unittest.main()
