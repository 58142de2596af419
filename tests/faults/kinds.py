"""The kinds of faults: calls that fail, and surroundings that are out of order."""

import errno
import os
import resource
import shutil
import subprocess
from dataclasses import dataclass, field

HALF, KILL, MOVE_FOLDER = 0, -1, -2  # in place of an errno, as shim.cpp has them


@dataclass(frozen=True)
class Rules:
    """What may or must come of a fault, beside what holds for all."""

    succeeds: bool = False  # such a fault is no error
    names: tuple = ("out/", "in/")  # one of these is in the message of an error
    appeared: bool = False  # outputs may be there, as the error came later
    folder_is_lost: bool = False
    says_nothing: bool = False  # nobody can read what the program says


def environment(call, unit, at, how, error):
    return {"FAULT_CALL": call, "FAULT_UNIT": unit, "FAULT_AT": str(at), "FAULT_HOW": how, "FAULT_ERROR": str(error)}


@dataclass(frozen=True)
class CallFault:
    name: str
    group: str
    call: str
    unit: str
    how: str
    error: int
    rules: Rules = Rules()

    @property
    def label(self):
        return f"{self.name} of {self.call}"

    @property
    def has_place(self):
        return not self.rules.succeeds

    def environment(self, at):
        return environment(self.call, self.unit, at, self.how, self.error)


FINE = Rules(succeeds=True)
CALLS = [
    CallFault("disk full", "full disk", "write", "byte", "onwards", errno.ENOSPC),
    CallFault("disk full", "full disk", "copy", "byte", "onwards", errno.ENOSPC),
    CallFault("disk full", "full disk", "open", "call", "onwards", errno.ENOSPC),
    CallFault("EIO", "failing calls", "write", "call", "once", errno.EIO),
    CallFault("EIO", "failing calls", "sync", "call", "once", errno.EIO),
    CallFault("EIO", "failing calls", "rename", "call", "once", errno.EIO, Rules(appeared=True)),
    CallFault("EIO", "failing calls", "read", "call", "once", errno.EIO),
    CallFault("EIO", "failing calls", "truncate", "call", "once", errno.EIO),
    CallFault("EIO", "failing calls", "open", "call", "once", errno.EIO),
    CallFault("EACCES", "failing calls", "mkdir", "call", "once", errno.EACCES),
    CallFault("moved folder", "lost folder", "write", "call", "once", MOVE_FOLDER, Rules(folder_is_lost=True)),
    *(CallFault("EINTR", "EINTR, short", call, "call", "second", errno.EINTR, FINE)
      for call in ("write", "read", "sync")),
    *(CallFault("EINTR", "EINTR, short", call, "call", "second", errno.EINTR) for call in ("open", "copy")),
    *(CallFault("half", "EINTR, short", call, "call", "onwards", HALF, FINE) for call in ("write", "read", "copy")),
]  # fmt: skip


@dataclass
class Around:
    """Surroundings of one run."""

    limits: dict = field(default_factory=dict)
    streams: dict = field(default_factory=dict)  # arguments of Popen
    shell: str = ""  # redirections
    megabytes: float = 0  # of a file system for outputs


@dataclass(frozen=True)
class Surrounding:
    name: str
    group: str
    values: tuple
    around: object
    rules: Rules = Rules()


def set_limits(limits):
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


def broken_pipe():
    reader, writer = os.pipe()
    os.close(reader)
    return writer


ANY_NAME = Rules(names=("",))
LATER = Rules(names=("standard output",), appeared=True)
SILENT = Rules(names=("",), says_nothing=True)
SURROUNDINGS = [
    Surrounding("RLIMIT_AS", "limits", (20, 40, 60, 90, 130, 180, 250),
                lambda value: Around(limits={resource.RLIMIT_AS: value << 20}), ANY_NAME),
    Surrounding("RLIMIT_FSIZE", "limits", (0, 100, 1000, 4096, 8192, 30000),
                lambda value: Around(limits={resource.RLIMIT_FSIZE: value})),
    Surrounding("RLIMIT_NOFILE", "limits", (3, 4, 5, 6, 7, 8),
                lambda value: Around(limits={resource.RLIMIT_NOFILE: value}), ANY_NAME),
    Surrounding("stdout", "streams", (">&-", ">/dev/full"), lambda value: Around(shell=value), LATER),
    Surrounding("stdout a broken pipe", "streams", ("",),
                lambda _: Around(streams={"stdout": broken_pipe}), LATER),
    Surrounding("stderr", "streams", ("2>&-", "2>/dev/full"), lambda value: Around(shell=value), SILENT),
    Surrounding("stderr a broken pipe", "streams", ("",),
                lambda _: Around(streams={"stderr": broken_pipe}), SILENT),
]  # fmt: skip
if os.geteuid() == 0 and shutil.which("mount"):
    SURROUNDINGS.append(
        Surrounding("tmpfs of kB", "full disk", (4, 8, 16, 32, 64), lambda value: Around(megabytes=value / 1024))
    )


def mount(folder, megabytes):
    size = f"size={int(megabytes * 1024)}k"
    return subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], capture_output=True).returncode == 0


def unmount(folder):
    subprocess.run(["umount", folder], check=True)
