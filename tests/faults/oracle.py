"""What may be true of the outputs of a run that was disturbed."""

import signal

from cases import comparable

GOOD_CODES = {0, 2, 3, 4, 130}
NOT_STARTED = "error while loading shared libraries"  # by the system, before there is a program


def contents(folder, part):
    """The bytes of all files below a part of the folder, by path."""
    files = [path for path in sorted((folder / part).rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def is_temporary(path):
    name = path.rpartition("/")[2]
    return name.startswith(".") and name.endswith(".tmp")


def same(path, data, other):
    return other is not None and comparable(path, data) == comparable(path, other)


def wrong_ends(code, errors, sent=None):
    """What is wrong with the exit code and the messages."""
    if code == 127 and NOT_STARTED in errors:
        return
    if code < 0 and code != -(sent or 0):
        yield f"signal {signal.Signals(-code).name}"
    elif code >= 0 and code not in GOOD_CODES:
        yield f"exit code {code}"
    lines = errors.splitlines()
    if "internal error" in errors:
        yield "internal error"
    elif code > 0 and (len(lines) != 1 or not lines[0].startswith("cellmnn: ")):
        yield f"{len(lines)} lines of error"


def wrong_files(case, before, after, whole, *, appeared=False, killed=False):
    """What is wrong with the outputs after an error or a kill. `whole`: those of an undisturbed run; `appeared`:
    they may be there, as the error came later."""
    for path in sorted(before.keys() | after.keys()):
        data, old = after.get(path), before.get(path)
        if data is None:
            yield f"{path} is lost"
        elif data == old or (killed and is_temporary(path)) or case.is_kept(path):
            continue
        elif is_temporary(path):
            yield "a temporary file stays"
        elif not same(path, data, whole.get(path)):
            yield f"{path} is damaged"
        elif not (appeared or killed or case.writes_one_by_one):
            yield f"{path} stays after an error"


def not_whole(case, after, whole):
    """What differs from an undisturbed run; nothing of it may be left over."""
    for path in sorted(whole.keys() | after.keys()):
        if case.has_own_name(path):
            continue
        if path not in after:
            yield f"{path} is missing"
        elif path not in whole:
            yield "a temporary file stays" if is_temporary(path) else f"{path} is left over"
        elif not same(path, after[path], whole[path]):
            yield f"{path} is another than without the fault"
