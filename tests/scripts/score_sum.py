"""Prints the SHA-256 of a file of scores without what depends on the clock and on names of files."""

import hashlib
import json
import sys
from typing import Any


def timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: timeless(part) for name, part in value.items() if name not in ("seconds", "path")}
    return [timeless(part) for part in value] if isinstance(value, list) else value


with open(sys.argv[1]) as scores:
    print(hashlib.sha256(json.dumps(timeless(json.load(scores)), sort_keys=True).encode()).hexdigest())
