"""Damage to files and command lines: of bytes, and of what a format says."""

import json
import os
import random
import re
import signal
import struct
import zipfile

import numpy as np
from hdf5_mutations import change_hdf5
from values import NUMBERS, TEXTS, array, json_value, option_text

# Bytes.

# Of HDF5 and of zip archives.
STRUCTURES = re.compile(
    rb"GCOL|TREE|SNOD|HEAP|OHDR|OCHK|FRHP|FHDB|BTHD|FSHD|\x89HDF\r\n\x1a\n|PK[\x01\x03\x05][\x02\x04\x06]|NUMPY"
)


def change_bytes(rng, path):
    data = bytearray(path.read_bytes())
    size, kind = len(data), rng.randrange(10)
    at = rng.randrange(size + 1)
    if size == 0 or kind == 0:
        data = data[:at]
    elif kind <= 2:
        for _ in range(rng.choice((1, 3, 30))):
            data[rng.randrange(size)] ^= 1 << rng.randrange(8)
    elif kind == 3:
        value = rng.choice((b"\xff", b"\x00", b"\x7f", b"\x80")) * rng.choice((1, 2, 4, 8))
        data[at : at + len(value)] = value
    elif kind == 4:
        del data[at : at + rng.choice((1, 8, 100))]
    elif kind == 5:
        data[at:at] = rng.randbytes(rng.choice((1, 8, 100)))
    elif kind == 6:
        other, length = rng.randrange(size), rng.choice((1, 8, 64, 512))
        data[at : at + length] = data[other : other + length]
    elif kind == 7:
        data = data + data[:at]
    else:  # a number of a structure
        starts = [found.end() for found in STRUCTURES.finditer(bytes(data))]
        at = (rng.choice(starts) if starts else at) + rng.choice((0, 1, 2, 4, 8, 12, 16, 20, 24, 28, 32, 40))
        value = rng.choice(
            (0, 1, 255, 2**16 - 1, 2**31, 2**32 - 1, 2**40, 2**63, 2**64 - 16, 2**64 - 1, size, size - 8)
        )
        width = rng.choice((1, 2, 4, 8))
        data[at : at + width] = (value % 2**64).to_bytes(8, "little")[:width]
    path.write_bytes(data)
    return f"bytes, kind {kind}, at {at}"


# Formats.


def change_npz(rng, path):
    with zipfile.ZipFile(path) as file:
        parts = {info.filename: file.read(info) for info in file.infolist()}
    if not parts:
        return "nothing left to change"
    name, kind = rng.choice(list(parts)), rng.randrange(8)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        parts[rng.choice(["pcs.npy", "genes.npy", "X.npy", "sample_labels.npy", "a.npy", "é.npy"])] = parts.pop(name)
    elif kind == 2:  # the header of an array
        head = bytearray(parts[name])
        text = rng.choice(
            [b"99999999", b"-1", b"(", b"<U9", b"|O8", b"<f9", b"1e9", b"True ", b"(4611686018427387904, 8)"]
        )
        at = rng.randrange(8, min(128, len(head)))
        head[at : at + len(text)] = text
        parts[name] = bytes(head)
    elif kind == 3:
        parts[name] = parts[name][: rng.randrange(len(parts[name]))]
    else:
        values = np.load(path, allow_pickle=True)[name.removesuffix(".npy")]
        changed = array(rng, values)
        with zipfile.ZipFile(path.with_suffix(".part"), "w") as file, file.open("a.npy", "w") as entry:
            if changed.dtype == object and rng.random() < 0.8:
                changed = changed.astype("U")
            np.lib.format.write_array(entry, np.asarray(changed))
        with zipfile.ZipFile(path.with_suffix(".part")) as file:
            parts[name] = file.read("a.npy")
        path.with_suffix(".part").unlink()
    method = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(path, "w", method) as file:
        for entry, data in parts.items():
            file.writestr(entry, data)
            if rng.random() < 0.05:
                file.writestr(entry + rng.choice(("", "/", "x.npy")), data)
    return f"{name}, kind {kind}"


def change_model(rng, path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header, values = json.loads(data[8 : 8 + length]), bytearray(data[8 + length :])
    kind = rng.randrange(4)
    if kind == 0 and len(values) > 8:
        value = struct.pack(
            *rng.choice([("<f", rng.choice([0.0, 1e30, float("nan"), float("inf"), -1e-40])), ("<d", 1e300)])
        )
        for _ in range(rng.choice((1, 20, 300))):
            at = rng.randrange(len(values) // 4) * 4
            values[at : at + len(value)] = value
        values = values[: len(data) - 8 - length]
        text = json.dumps(header)
    elif kind == 1:
        text = json.dumps({**header, "__metadata__": json_value(rng, header.get("__metadata__", {}))})
    else:
        text = json.dumps(json_value(rng, header))
    if rng.random() < 0.03:
        text = text[:-1] + ',"deep":' + "[" * 90_000 + "]" * 90_000 + "}"
    head = text.encode()
    path.write_bytes(struct.pack("<Q", len(head)) + head + values)
    return f"model, kind {kind}"


def change_text(rng, path):
    lines = path.read_bytes().decode("utf-8", "surrogateescape").splitlines(keepends=True)
    if not lines:
        return "nothing left to change"
    separator = max(",\t; ", key=lines[0].count)
    at, kind = rng.randrange(len(lines)), rng.randrange(13)
    fields = lines[at].rstrip("\r\n").split(separator)
    column = rng.randrange(len(fields))
    if kind <= 2:
        fields[column] = rng.choice(TEXTS) if rng.random() < 0.5 else str(rng.choice(NUMBERS))
        lines[at] = separator.join(fields) + "\n"
    elif kind == 3:
        del fields[column]
        lines[at] = separator.join(fields) + "\n"
    elif kind == 4:
        lines[at : at + 1] = rng.choice([[], lines[at : at + 1] * 2, ["\n"], ["  \n"], [separator * 5 + "\n"]])
    elif kind in (5, 6):  # a whole column
        value = rng.choice(TEXTS) if kind == 5 else str(rng.choice(NUMBERS))
        for i, line in enumerate(lines[1:], 1):
            parts = line.rstrip("\r\n").split(separator)
            if column < len(parts):
                parts[column] = value
            lines[i] = separator.join(parts) + "\n"
    elif kind == 7:
        lines = [line.replace(separator, rng.choice(",;\t |")) for line in lines]
    elif kind == 8:
        lines[0] = rng.choice(["\ufeff", "sep=;\n", '"', "#", "%", "\0", "\n\n", "\udcff"]) + lines[0]
    elif kind == 9:
        lines = lines[: rng.randrange(len(lines))]
    elif kind == 10:
        lines = [line.rstrip("\r\n") + rng.choice(["\r\n", "\r", "\n", ""]) for line in lines]
    elif kind == 11:
        lines[at] = (
            lines[at].rstrip("\r\n") + separator + rng.choice(["9" * 5000, "x" * 200_000, '"' * 7, "," * 3000]) + "\n"
        )
    else:
        other = rng.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    path.write_bytes("".join(lines).encode("utf-8", "surrogateescape"))
    return f"text, line {at + 1}, column {column + 1}, kind {kind}"


def damage(rng, path):
    """Damages a file, or one of a folder; says how."""
    if path.is_dir():
        inner = rng.choice(sorted(path.iterdir()) or [path])
        if inner == path:
            return "nothing left to change"
        if rng.random() < 0.1:
            inner.unlink()
            return f"{inner.name} removed"
        return f"{inner.name}: {damage(rng, inner)}"
    formats = {".h5ad": change_hdf5, ".h5": change_hdf5, ".h5mu": change_hdf5, ".npz": change_npz,
               ".safetensors": change_model, ".checkpoint": change_model, ".csv": change_text, ".tsv": change_text,
               ".txt": change_text, ".mtx": change_text, ".journal": change_text, ".jsonl": change_text}  # fmt: skip
    change = formats.get(path.suffix)
    if change is None or rng.random() < 0.25:
        return change_bytes(rng, path)
    kept = path.read_bytes()
    seed = rng.getrandbits(64)
    told = in_a_child(lambda: change(random.Random(seed), path))
    if told is not None:
        return told
    path.write_bytes(kept)
    return f"{change_bytes(rng, path)} (its structure could not be changed)"


def in_a_child(change):
    """The text that `change` returns; None if a library fails, crashes or hangs on what earlier damage has left."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        signal.alarm(5)  # seconds
        try:
            os.write(writer, change().encode(errors="replace")[:2000])
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    return told if status == 0 else None


# Command lines.


def odd_options(rng, arguments, options):
    """The command line with one more option of an odd value, or one odd value instead of another."""
    changed, kind = list(arguments), rng.randrange(4)
    free = [at for at in range(1, len(changed)) if changed[at - 1] not in LONG and changed[at] not in LONG]
    if kind == 0:
        at = rng.choice(free)
        changed[at] = option_text(rng)
        return changed, f"argument {at} is {changed[at]!r}"
    name, takes_value = rng.choice([option for option in options if option[0] not in LONG] or options)
    more = [name, option_text(rng)] if takes_value else [name]
    return [*changed, *more], f"also {more}"


# What odd values of these ask for takes long, and rightly so; the command lines set small ones.
LONG = {"--steps", "--cells", "--flow-steps", "--genes", "--help"}
