"""The program beside a page of the test's own instead of that of web/."""

import base64
import json
import os
import re
import shutil

import numpy as np
from support import PROGRAM, TestCase

PAGE = "<html><body>\n<!--cellmnn-data-->\n<p>after</p></body></html>"


def elements(html):
    """The bytes in the page by the name of their element; the module of genes is text."""
    found = re.findall(r'<script type="text/plain" id="cellmnn-(\w+)">(.*?)</script>', html, re.DOTALL)
    return {name: text if name == "genes" else base64.b64decode(text, validate=True) for name, text in found}


def safetensors(content):
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + size])
    metadata = header.pop("__metadata__")
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        dtype = {"F32": "<f4", "F64": "<f8"}[entry["dtype"]]
        arrays[name] = np.frombuffer(content[8 + size + begin : 8 + size + end], dtype).reshape(entry["shape"])
    return metadata, arrays


class PageTestCase(TestCase):
    def prepare(self):
        # The program finds the page beside its own folder.
        os.makedirs("own/bin")
        os.makedirs("own/share/cellmnn")
        shutil.copy(PROGRAM, "own/bin/cellmnn")
        library = os.path.join(os.path.dirname(PROGRAM), "..", "lib")
        if os.path.exists(library):
            os.symlink(os.path.abspath(library), "own/lib")
        self.write("own/share/cellmnn/page.html", PAGE)
        self.write("own/share/cellmnn/reader.js", "reader")
        self.write("own/share/cellmnn/genes_module.js", "genes </script> </script")
        self.succeed("simulate", "-o", "cells.h5ad", "--cells", 30)
        self.succeed("train", "cells.h5ad", "-o", "model", "--steps", 2, "--width", 8)

    def write(self, path, text):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
