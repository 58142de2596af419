"""The command `cellmnn` of an environment: the program of the wheel takes the place of Python."""

import os
import sys
from pathlib import Path


def program_path() -> str:
    program = Path(__file__).parent / "bin" / "cellmnn"
    if not program.exists():
        raise FileNotFoundError("this installation has no program: it was built with CELLMNN_BUILD_PROGRAM=OFF")
    return str(program)


def main() -> None:
    try:
        program = program_path()
    except FileNotFoundError as error:
        sys.exit(f"cellmnn: {error}")
    os.execv(program, ["cellmnn", *sys.argv[1:]])
