"""The options of a model and its training, as the core wants them."""

import json
from collections.abc import Mapping
from typing import Any

from .. import _core
from .._progress import seed


def options_json(preset: str, random_state: int, options: Mapping[str, Any]) -> str:
    """All options of a preset, some of them changed; the number of dimensions follows from the data."""
    values = json.loads(_core.preset(preset))
    for name, value in options.items():
        if name not in values or name in ("dims", "seed"):
            known = sorted(set(values) - {"dims", "seed"})
            near = _core.nearest(name, known)
            hint = f"did you mean {near!r}?" if near else f"they are {', '.join(known)}"
            raise TypeError(f"there is no option {name!r} of model or training; {hint}")
        if isinstance(values[name], float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        values[name] = value
    values["seed"] = seed(random_state)
    return json.dumps(values)


def two_sided_steps(preset: str, options: Mapping[str, Any]) -> int | None:
    """Steps of each of two networks, where nobody has said how many."""
    return None if preset == "paper" or "steps" in options else _core.TWO_SIDED_STEPS


def usual_dims() -> int:
    return int(json.loads(_core.preset("default"))["dims"])
