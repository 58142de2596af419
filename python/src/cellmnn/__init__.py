"""Explicit single-cell dynamics from snapshots.

A model gives every cell a linear differential equation of its own, dx/dt = A x + b. The functions take an AnnData,
write their answers into it and go by the habits of scanpy:

``pp``
    what scanpy's preprocessing lacks
``tl``
    train a model, evaluate it, predict cells, velocities, networks of genes, knock-outs
``get``
    the answers as data frames
``pl``
    pictures, with matplotlib
``read_model``, ``Model``
    models in files, which the program ``cellmnn`` writes and reads as well
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import get as get
    from . import pl as pl
    from . import pp as pp
    from . import tl as tl
    from ._model import Model as Model
    from ._model import read_model as read_model

    __version__: str

__all__ = ["Model", "get", "pl", "pp", "read_model", "tl"]

# Loaded when they are used, so that `import cellmnn` and the program start at once.
_PLACES = {"Model": "._model", "read_model": "._model", "get": ".get", "pl": ".pl", "pp": ".pp", "tl": ".tl"}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("._core", __name__).VERSION
    if name not in _PLACES:
        raise AttributeError(f"module 'cellmnn' has no attribute {name!r}")
    module = import_module(_PLACES[name], __name__)
    value = getattr(module, name) if name[0].isupper() or name == "read_model" else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_PLACES, "__version__"])
