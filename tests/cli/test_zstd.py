"""Values compressed by Zstandard, as hdf5plugin does; h5py has no such filter, so chunks are written as they are."""

import ctypes
import ctypes.util
import unittest

import h5py
import numpy as np
from count_data import PreprocessTestCase, counts, write_h5ad

ZSTD = 32015


def compressed(data):
    library = ctypes.CDLL(ctypes.util.find_library("zstd"))
    size = ctypes.c_size_t
    library.ZSTD_compress.argtypes = [ctypes.c_char_p, size, ctypes.c_char_p, size, ctypes.c_int]
    library.ZSTD_compress.restype = size
    out = ctypes.create_string_buffer(len(data) + 1000)
    written = library.ZSTD_compress(out, len(out), data, len(data), 3)
    return out.raw[:written]


def replace(group, name, rows, change=lambda chunk: chunk):
    """Writes a matrix anew, a chunk for so many rows; change(chunk) damages it."""
    values, attributes = group[name][()], dict(group[name].attrs)
    del group[name]
    chunks = (rows, *values.shape[1:])
    dataset = group.create_dataset(
        name, values.shape, values.dtype, chunks=chunks, compression=ZSTD, allow_unknown_filter=True
    )
    dataset.attrs.update(attributes)
    for begin in range(0, len(values), rows):
        chunk = np.zeros(chunks, values.dtype)
        chunk[: len(values[begin : begin + rows])] = values[begin : begin + rows]
        offset = (begin,) + (0,) * (values.ndim - 1)
        dataset.id.write_direct_chunk(offset, change(compressed(chunk.tobytes())))


class Zstandard(PreprocessTestCase):
    def test_counts_are_those_that_were_compressed(self):
        write_h5ad("plain.h5ad", counts())
        write_h5ad("zstd.h5ad", counts())
        with h5py.File("zstd.h5ad", "a") as file:
            replace(file, "X", 40)
            replace(file["obs"], "day", 64)
        expected = self.preprocess("plain.h5ad")
        ready = self.preprocess("zstd.h5ad", output="other.h5ad")
        np.testing.assert_array_equal(ready.X.toarray(), expected.X.toarray())
        np.testing.assert_array_equal(ready.obs["day"], expected.obs["day"])

    def test_damaged_chunks_are_refused(self):
        shorter = compressed(counts()[:39].tobytes())
        for change in [lambda chunk: chunk[:-3], lambda chunk: shorter, lambda chunk: b"none"]:
            write_h5ad("damaged.h5ad", counts())
            with h5py.File("damaged.h5ad", "a") as file:
                replace(file, "X", 40, change)
            self.refused(3, ["damaged.h5ad", "X cannot be read"], "preprocess", "damaged.h5ad", "-o", "out.h5ad")


if __name__ == "__main__":
    unittest.main()
