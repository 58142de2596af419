"""Odd numbers, texts, arrays and JSON."""

import json

import numpy as np

NUMBERS = [
    *(0, -1, 1, 2, 7, 0.1, -0.0, 1e-300, 1e30, 1e300, -1e39, float("nan"), float("inf"), -float("inf")),
    *(2**31, 2**32, 2**53 + 1, 2**63 - 1, -(2**63), 2**64),
]
TEXTS = [
    *("", " ", "0", "-1", "nan", "inf", "NA", "None", "1e400", "day", "day1", "day2-3", "d 5h", "E9.5", "time", "all"),
    *("x" * 300, "é", "日本", "😀", "\u202e", "a\nb", "\t", "a,b", 'a"b', "a;b", "a/b", "../x", "=1+1", "TRUE", "1,5"),
    *("--json", "%s%n", "day" + "9" * 400, "0x10", "1_000", "+-1"),
]


def array(rng, like):
    """An array that differs from `like` in type, shape or values."""
    kind = rng.randrange(10)
    numeric = like.dtype.kind in "fiub"
    if kind == 0:
        return np.zeros(rng.choice(((0,), (0, 3), (3, 0), (), (1,), (2, 2, 2))), dtype=like.dtype if numeric else "S3")
    if kind == 1 and like.ndim:
        return like[: rng.randrange(like.shape[0] + 1)]
    if kind == 2:
        return like.reshape(rng.choice(((-1,), (1, -1), (-1, 1), (1, 1, -1))))
    if kind == 3 and numeric:
        return like.astype(rng.choice(("f2", ">f4", "f8", "i1", "u8", ">i8", "?", "c8", "i4")))
    if kind == 4 and like.ndim:
        return np.array([rng.choice(TEXTS) for _ in range(like.shape[0])], dtype=object)
    if kind == 5 and like.ndim:
        return np.concatenate([like, like])
    if kind == 6 and like.ndim == 2:
        return np.repeat(like, rng.choice((2, 30)), axis=1)
    if numeric and like.size:
        changed = like.astype("f8").copy()
        where = rng.choice(("one", "all", "axis"))
        with np.errstate(all="ignore"):
            value = float(rng.choice(NUMBERS))
            if where == "one" or like.ndim == 0:
                changed.flat[rng.randrange(changed.size)] = value
            elif where == "all":
                changed[...] = value
            else:
                changed[..., rng.randrange(changed.shape[-1])] = value
            return changed if rng.random() < 0.5 else changed.astype(like.dtype)
    if like.size:
        changed = like.astype(object).ravel().copy()
        for _ in range(rng.choice((1, len(changed)))):
            changed[rng.randrange(len(changed))] = rng.choice(TEXTS)
        return changed.reshape(like.shape)
    return np.full(5, rng.choice(NUMBERS[:9]))


def json_value(rng, value, depth=0):
    """`value` with one change, anywhere in it."""
    if isinstance(value, str) and value[:1] in "{[" and rng.random() < 0.9:
        try:
            return json.dumps(json_value(rng, json.loads(value)))
        except ValueError:
            pass
    if isinstance(value, dict) and value and rng.random() < 0.85:
        key = rng.choice(list(value))
        changed, kind = dict(value), rng.randrange(8)
        if kind == 0:
            del changed[key]
        elif kind == 1:
            changed[rng.choice(TEXTS)] = changed.pop(key)
        else:
            changed[key] = json_value(rng, value[key], depth + 1)
        return changed
    if isinstance(value, list) and value and rng.random() < 0.85:
        changed, at, kind = list(value), rng.randrange(len(value)), rng.randrange(6)
        if kind == 0:
            del changed[at]
        elif kind == 1:
            changed *= 2
        else:
            changed[at] = json_value(rng, value[at], depth + 1)
        return changed
    deep = []
    for _ in range(rng.choice((3, 70, 400))):
        deep = [deep] if rng.random() < 0.5 else {"a": deep}
    numbers = [number for number in NUMBERS if number == number and abs(number) != float("inf")]
    return rng.choice([None, True, [], {}, deep, rng.choice(numbers), rng.choice(numbers), rng.choice(TEXTS)])


def option_text(rng):
    """The value of an option."""
    if rng.random() >= 0.3:
        return str(rng.choice(NUMBERS))
    more = [
        "=",
        "a=",
        "=1",
        "a=b=c",
        "0,1",
        "1,,2",
        ",",
        "time=1",
        "time=",
        "GENE1=0",
        ".",
        "..",
        "missing",
        "missing/a",
    ]
    return rng.choice([*TEXTS, *more])
