"""Damage to what an HDF5 file says."""

import h5py
import numpy as np
from values import NUMBERS, TEXTS, array


def change_hdf5(rng, path):
    names = []
    with h5py.File(path, "r+") as file:
        file.visit(names.append)
        if not names:
            return "nothing left to change"
        name, other = rng.choice(names), rng.choice(names)
        node, kind = file[name], rng.randrange(16)
        is_data = isinstance(node, h5py.Dataset)
        if kind == 0:
            del file[name]
        elif kind == 1 and not name.startswith(other) and not other.startswith(name):
            file.move(name, "kept")
            file.move(other, name)
            file.move("kept", other)
        elif kind == 2:
            del file[name]
            links = [h5py.SoftLink(path) for path in ("/nowhere", "/" + name, "/obs")]
            file[name] = rng.choice([*links, h5py.ExternalLink("other.h5", "/obs"), h5py.Empty("f4"), h5py.Empty("S3")])
        elif kind == 3:
            parent = file[other] if isinstance(file[other], h5py.Group) else file
            parent[rng.choice(("values", "mask", "codes", "categories", "again"))] = node
        elif kind == 4 and not is_data:
            deep = node
            for _ in range(rng.choice((3, 80))):
                deep = deep.create_group(rng.choice(("values", "a")))
        elif kind == 5 and is_data:
            del file[name]
            rows = rng.choice((10**6, 10**9, 2**40))
            shape = rng.choice(((rows,), (rows, 0), (3, rows), (rows, 5)))
            file.create_dataset(
                name, shape=shape, dtype=rng.choice(("f4", h5py.string_dtype(), "S9")), chunks=rng.choice((None, True))
            )
        elif kind == 6 and is_data:
            values = node[()]
            del file[name]
            filters = rng.choice(
                ({"compression": "gzip"}, {"compression": "lzf"}, {"shuffle": True}, {"fletcher32": True})
            )
            file.create_dataset(name, data=values, chunks=True, **filters)
        elif kind <= 9 and len(node.attrs):
            key = rng.choice(list(node.attrs))
            if kind == 7:
                del node.attrs[key]
            else:
                node.attrs[key] = attribute(rng, node.attrs[key])
        elif is_data:
            values = np.asarray(node[()])
            text = h5py.check_string_dtype(node.dtype) is not None
            if text:
                values = np.asarray(node.asstr(errors="replace")[()], dtype=object)
            elif values.dtype.names:
                field = rng.choice(values.dtype.names)
                values = values[field] if rng.random() < 0.3 else values[[n for n in values.dtype.names if n != field]]
                del file[name]
                file[name] = values
                return f"field {field} of {name}"
            changed = array(rng, values)
            attributes = dict(node.attrs)
            del file[name]
            stored = file.create_dataset(
                name, data=changed, dtype=h5py.string_dtype() if changed.dtype == object else None
            )
            if rng.random() < 0.7:
                stored.attrs.update(attributes)
        else:
            for key in list(node.attrs):
                node.attrs[key] = attribute(rng, node.attrs[key])
    return f"{name}, kind {kind}"


def attribute(rng, value):
    if rng.random() < 0.3:
        return rng.choice(
            ["csr_matrix", "csc_matrix", "dataframe", "categorical", "array", "string-array", "nullable-integer"]
        )
    if rng.random() < 0.5 and np.asarray(value).dtype.kind in "fiu":
        return array(rng, np.asarray(value))
    texts = np.array([rng.choice(TEXTS) for _ in range(rng.randrange(4))], dtype=h5py.string_dtype())
    return rng.choice([rng.choice(TEXTS), float(rng.choice(NUMBERS)), texts, np.bytes_(b"\xff\xfe"), h5py.Empty("f4"),
                       np.zeros((2, 2)), np.arange(rng.randrange(9))])  # fmt: skip
