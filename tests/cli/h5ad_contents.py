"""What an .h5ad file holds, entry by entry."""

import h5py
import numpy as np


def contents(path):
    """Every group and dataset of a file, with its values, dtype and attributes."""
    entries = {}

    def attributes(node):
        return {key: np.asarray(value).tolist() for key, value in node.attrs.items()}

    def add(name, node):
        values = node[()] if isinstance(node, h5py.Dataset) else None
        array = None if values is None else np.asarray(values)
        entries[name] = (attributes(node), getattr(values, "dtype", None), array)

    with h5py.File(path, "r") as file:
        file.visititems(add)
        entries[""] = (attributes(file), None, None)
    return entries
