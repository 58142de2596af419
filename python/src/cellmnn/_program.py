"""The command `cellmnn` of an environment: the program of the wheel takes the place of Python."""

import os
import sys
from pathlib import Path


def main() -> None:
    program = Path(__file__).parent / "bin" / "cellmnn"
    if not program.exists():
        sys.exit("cellmnn: this installation has no program: it was built with CELLMNN_BUILD_PROGRAM=OFF")
    os.execv(program, ["cellmnn", *sys.argv[1:]])
