"""Reads the contract's C headers: structs with their members, function pointers with their comments."""

import re
from dataclasses import dataclass, field
from pathlib import Path

FROZEN = "Frozen"


@dataclass
class Member:
    name: str
    declaration: str
    comment: str

    @property
    def is_function(self):
        return "(*" in self.declaration


@dataclass
class Struct:
    name: str
    header: str
    comment: str
    members: list = field(default_factory=list)


def _tokens(text):
    """Yields ("comment", text), ("code", text); preprocessor lines are dropped."""
    text = text.replace("\\\n", " ")
    for part in re.split(r"(/\*.*?\*/)", text, flags=re.S):
        if part.startswith("/*"):
            yield "comment", " ".join(line.strip().lstrip("*").strip() for line in part[2:-2].splitlines())
        else:
            yield "code", re.sub(r"^\s*#.*$", "", part, flags=re.M)


def _members(body):
    """Members of a struct's body. A comment belongs to the declaration that it follows on the same line, else to
    the next one."""
    members = []
    before = ""
    code = ""
    for kind, text in _tokens(body):
        if kind == "comment":
            if members and not code.strip() and "\n" not in code:
                members[-1].comment += " " + text
            else:
                before += " " + text
            continue
        for index, piece in enumerate(text.split(";")):
            if index > 0:
                declaration = " ".join(code.split())
                pointer = re.search(r"\(\*(\w+)\)", declaration)
                name = pointer.group(1) if pointer else re.search(r"(\w+)\s*$", declaration).group(1)
                members.append(Member(name, declaration, before.strip()))
                before = ""
                code = piece
            else:
                code += piece
    return members


def headers(include_dir):
    return sorted(Path(include_dir, "aspm").rglob("*.h"))


def structs(include_dir):
    found = []
    for header in headers(include_dir):
        text = header.read_text(encoding="utf-8")
        pattern = r"((?:/\*(?:(?!\*/).)*\*/\s*)?)typedef struct (\w+) \{(.*?)\n\} \2;"
        for match in re.finditer(pattern, text, flags=re.S):
            struct = Struct(match.group(2), str(header), match.group(1))
            struct.members = _members(match.group(3))
            found.append(struct)
    return found


def code_of(header):
    """The header's code without comments and preprocessor lines."""
    return "".join(text for kind, text in _tokens(header.read_text(encoding="utf-8")) if kind == "code")
