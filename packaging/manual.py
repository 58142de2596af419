#!/usr/bin/env python3
"""Writes man pages, and completions for bash, zsh and fish, from what the program says about itself.

Usage: manual.py FOLDER PROGRAM...   (PROGRAM... is cellmnn, or an emulator and cellmnn)
"""

import os
import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

FILES = {"DATA", "MODEL", "FILE", "FOLDER", "DIR"}  # what a shell completes with names of files
EXIT_CODES = {
    "0": "Success.",
    "1": "An internal error.",
    "2": "The command line is wrong.",
    "3": "An input is wrong.",
    "4": "A computation has failed.",
    "130": "Interrupted.",
}


@dataclass
class Entry:
    """An option, an argument or a command: its names, the name of its value, and what it is for."""

    names: list[str]
    value: str
    text: str

    @property
    def choices(self) -> list[str]:
        words = self.value.split("|")
        return [word for word in words if re.fullmatch(r"[a-z0-9-]+", word)] if len(words) > 1 else []

    @property
    def takes_file(self) -> bool:
        return bool(FILES & set(re.findall(r"[A-Z]+", self.value)))


@dataclass
class Help:
    """One --help, taken apart."""

    summary: str
    usage: str
    groups: dict[str, list[Entry]] = field(default_factory=dict)
    footer: list[str] = field(default_factory=list)

    @property
    def options(self) -> list[Entry]:
        return [entry for entries in self.groups.values() for entry in entries if entry.names[0].startswith("-")]


def parse_entry(line: str) -> Entry:
    name, _, text = line[2:].strip().partition("  ")
    if found := re.match(r"(?:(-\w), )?(--[\w-]+) ?(.*)", name):
        names = [one for one in found.group(1, 2) if one]
        return Entry(names, found.group(3), text.strip())
    return Entry([name], name, text.strip())


def parse_help(text: str) -> Help:
    paragraphs = text.rstrip("\n").split("\n\n")
    result = Help(" ".join(paragraphs[0].split()), paragraphs[1].partition(": ")[2])
    for paragraph in paragraphs[2:]:
        title, *lines = paragraph.split("\n")
        if paragraph is paragraphs[-1] or not all(line.startswith("  ") for line in lines):  # words, or examples
            result.footer += [title, *lines]
            continue
        entries = result.groups.setdefault(title.removesuffix(":"), [])
        for line in lines:
            if line.startswith(" " * 8):
                entries[-1].text = f"{entries[-1].text} {line.strip()}".strip()
            else:
                entries.append(parse_entry(line))
    for option in result.options:
        if option.names[-1] == "--threads":  # its default belongs to the machine
            option.text = re.sub(r"\[\d+\]$", "[one for each core]", option.text)
    return result


def roff(text: str) -> str:
    """Words of a man page, each sentence on a line of its own."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    sentences = re.split(r"(?<=[.;:]) ", escaped.replace("e.g. ", "e.g.\0"))
    lines = [line for one in sentences for line in textwrap.wrap(one.replace("\0", " "), 76)]
    return "\n".join(r"\&" + line if line[0] in ".'" else line for line in lines)


def man_page(name: str, page: Help, version: str, date: str, others: list[str]) -> str:
    out = [
        f'.TH {name.upper()} 1 "{date}" "cellmnn {version}" "User Commands"',
        ".SH NAME",
        roff(f"{name} - {page.summary[0].lower()}{page.summary[1:].rstrip('.')}"),
        ".SH SYNOPSIS",
        roff(page.usage),
    ]
    for title, entries in page.groups.items():
        out.append(f'.SH "{title.upper()}"')
        for entry in entries:
            value = f" \\fI{roff(entry.value)}\\fR" if entry.value and entry.names[0] != entry.value else ""
            out += [".TP", ", ".join(f"\\fB{roff(one)}\\fR" for one in entry.names) + value, roff(entry.text)]
    out.append(".SH EXAMPLES AND NOTES")
    for is_example, lines in groupby(page.footer, lambda line: line.startswith("  ")):
        if not out[-1].startswith(".SH"):
            out.append(".PP")
        if is_example:
            out += [".nf", *(roff(line.strip()).replace("\n", " ") for line in lines), ".fi"]
        else:
            out.append(roff(" ".join(lines)))
    out.append(".SH EXIT STATUS")
    for code, meaning in EXIT_CODES.items():
        out += [".TP", rf"\fB{code}\fR", meaning]
    out.append(".SH SEE ALSO")
    out.append(",\n".join(rf"\fB{roff(other)}\fR(1)" for other in others))
    return "\n".join(out) + "\n"


def bash(pages: dict[str, Help]) -> str:
    cases = []
    for command, page in pages.items():
        values = []
        for option in page.options:
            if option.choices:
                values.append(f'{"|".join(option.names)}) words="{" ".join(option.choices)}" ;;')
            elif option.takes_file:
                values.append(f"{'|'.join(option.names)}) files=1 ;;")
            elif option.value:
                values.append(f"{'|'.join(option.names)}) return ;;")
        names = " ".join(name for option in page.options for name in option.names)
        values.append(f'*) options="{names}" ;;')
        body = "\n        ".join(values)
        cases.append(f"    {command})\n      case $previous in\n        {body}\n      esac\n      ;;")
    joined = "\n".join(cases)
    return f"""# bash completion of cellmnn
_cellmnn() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} words="" options="" files=""
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "{" ".join(pages)} --help --version" -- "$word")
    return
  fi
  case ${{COMP_WORDS[1]}} in
{joined}
    *) return ;;
  esac
  if [[ $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  elif [[ ! $files && $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  else
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}}
complete -F _cellmnn cellmnn
"""


def quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def zsh(pages: dict[str, Help]) -> str:
    def label(text: str) -> str:
        return re.sub(r"([\\\[\]:])", r"\\\1", text)

    def action(option: Entry) -> str:
        if not option.value:
            return ""
        what = f"({' '.join(option.choices)})" if option.choices else "_files" if option.takes_file else " "
        return f":{label(option.value)}:{what}"

    commands = "\n".join(f"    {quoted(label(name) + ':' + label(page.summary))}" for name, page in pages.items())
    cases = []
    for command, page in pages.items():
        rules = [
            quoted(f"{name}[{label(option.text)}]{action(option)}") for option in page.options for name in option.names
        ]
        joined = " \\\n        ".join([*rules, "'*:file:_files'"])
        cases.append(f"    {command})\n      _arguments \\\n        {joined}\n      ;;")
    joined = "\n".join(cases)
    return f"""#compdef cellmnn
_cellmnn() {{
  local -a commands=(
{commands}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
{joined}
  esac
}}
_cellmnn "$@"
"""


def fish(pages: dict[str, Help]) -> str:
    lines = ["# fish completion of cellmnn"]
    for command, page in pages.items():
        lines.append(f"complete -c cellmnn -f -n __fish_use_subcommand -a {command} -d {quoted(page.summary)}")
    for command, page in pages.items():
        for option in page.options:
            parts = [f"complete -c cellmnn -n '__fish_seen_subcommand_from {command}'"]
            parts += [f"-s {name[1:]}" if len(name) == 2 else f"-l {name[2:]}" for name in option.names]
            if option.choices:
                parts.append(f"-x -a {quoted(' '.join(option.choices))}")
            elif option.value:
                parts.append("-r" if option.takes_file else "-x")
            lines.append(" ".join([*parts, f"-d {quoted(option.text)}"]))
    return "\n".join(lines) + "\n"


def main() -> None:
    folder, program = Path(sys.argv[1]), sys.argv[2:]

    def said(*arguments: str) -> str:
        return subprocess.run([*program, *arguments], capture_output=True, text=True, check=True).stdout

    version = said("--version").split()[1]
    # A fixed date for the same bytes again, as reproducible-builds.org asks for.
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    date = (datetime.fromtimestamp(int(seconds), UTC) if seconds else datetime.now(UTC)).strftime("%Y-%m-%d")
    top = parse_help(said("--help"))
    pages = {entry.names[0]: parse_help(said(entry.names[0], "--help")) for entry in top.groups["Commands"]}

    files = {
        "cellmnn.bash": bash(pages),
        "_cellmnn": zsh(pages),
        "cellmnn.fish": fish(pages),
        "man/cellmnn.1": man_page("cellmnn", top, version, date, [f"cellmnn-{command}" for command in pages]),
    }
    for command, page in pages.items():
        name = f"cellmnn-{command}"
        files[f"man/{name}.1"] = man_page(name, page, version, date, ["cellmnn"])
    (folder / "man").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)


if __name__ == "__main__":
    main()
