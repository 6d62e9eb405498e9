#!/usr/bin/env python3
"""Checks what the contract's headers promise about themselves: check_docs.py <include dir>

 * every function in a table carries exactly one thread tag, [control], [worker] or [any];
 * every struct begins with struct_size, or says that it is frozen;
 * every opaque handle says who owns it;
 * hooks take self first and the call second, services take their table first;
 * no type that differs between compilers crosses the boundary."""

import re
import sys

import contract_headers as contract

TAGS = ("[control]", "[worker]", "[any]")
FORBIDDEN = r"\b(long|short|bool|_Bool|enum|float|time_t|FILE|wchar_t|va_list|union)\b|\.\.\.|#pragma pack|__attribute__\(\(packed"


def check_functions(struct, complain):
    for member in struct.members:
        if not member.is_function:
            continue
        where = f"{struct.name}.{member.name}"
        tags = [tag for tag in TAGS for _ in range(member.comment.count(tag))]
        if len(tags) != 1:
            complain(f"{where} has {len(tags)} thread tags {tags}, and must have one of {', '.join(TAGS)}")
        arguments = re.search(r"\(\*\w+\)\((.*)\)", member.declaration).group(1)
        first = arguments.split(",")[0].strip()
        if "aspm_instance* self" in arguments and not first.startswith("aspm_instance* self"):
            if not arguments.endswith("aspm_instance* self"):  # the context of a job
                complain(f"{where} must take self first")
        owner = f"struct {struct.name}*"
        takes_own_table = first.replace("const ", "").startswith(owner)
        if any(m.name == "impl" for m in struct.members) and struct.name != "aspm_host" and not takes_own_table:
            complain(f"{where} must take its own table first")


def check_struct(struct, complain):
    if struct.members[0].name == "struct_size":
        if struct.members[0].declaration != "uint32_t struct_size":
            complain(f"{struct.name}.struct_size must be a uint32_t")
    elif contract.FROZEN not in struct.comment:
        complain(f"{struct.name} must begin with struct_size, or its comment must say that it is frozen")


def check_handles(header, complain):
    text = header.read_text(encoding="utf-8")
    for match in re.finditer(r"(/\*(?:(?!\*/).)*\*/\s*)?typedef struct (\w+) \2;", text, flags=re.S):
        if "owner:" not in (match.group(1) or ""):
            complain(f"{match.group(2)} must say who owns it")


def main():
    problems = []
    structs = contract.structs(sys.argv[1])
    for struct in structs:
        check_struct(struct, problems.append)
        check_functions(struct, problems.append)
    for header in contract.headers(sys.argv[1]):
        check_handles(header, problems.append)
        for match in re.finditer(FORBIDDEN, contract.code_of(header)):
            problems.append(f"{header}: {match.group(0)} must not cross the boundary")
    functions = sum(member.is_function for struct in structs for member in struct.members)
    if functions < 50:
        problems.append(f"only {functions} functions were found: the check does not understand the headers any more")
    for problem in problems:
        print(problem)
    print(f"{len(structs)} structs, {functions} functions, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
