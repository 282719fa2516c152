#!/usr/bin/env python3
"""No circles between the files of a Rust crate.

A file depends on another one when its code names something that is defined there: a type, a function, a constant, a
trait. A circle is a set of files that depend on each other, directly or through others. Then none of
them can be understood, moved or tested without all of them.

What counts:
- every path in code and in `use`, resolved to the file that defines its end. Re-exports are followed to the definition,
  so that `use crate::Part` counts as a use of `document.rs`, not of `lib.rs` that re-exports it.
- a re-export (`pub use child::X`) and a child's `use super::Y` where Y is defined in the parent.
- `use x::*`, as a use of the file of `x`.

What does not count:
- `mod child;` by itself: a parent may hold a child that it does not use.
- what is compiled for tests only (`#[cfg(test)]`), such as `use super::*` in a file of tests.
- methods: they are found by their type.

Prints each circle with the lines that make it, and fails.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

IDENT = r"(?:r#)?[A-Za-z_][A-Za-z0-9_]*"
DEFINITION = re.compile(
    rf"\b(?:fn|struct|enum|union|trait|type|const|static|macro_rules!)\s+(?:mut\s+)?({IDENT})"
)
PATH = re.compile(rf"(?<![A-Za-z0-9_:.$'])({IDENT}(?:\s*::\s*{IDENT})+)")
MODULE = re.compile(rf"\bmod\s+({IDENT})\s*([;{{])")
USE = re.compile(r"\buse\s+([^;]+);")


class Module:
    """A module: a file, or a part of one."""

    def __init__(self, file, parent):
        self.file = file
        self.parent = parent
        self.children = {}
        self.defined = set()
        self.imported = {}
        self.globs = []
        self.code = ""

    def root(self):
        return self if self.parent is None else self.parent.root()


def blank(text):
    """The code with comments, texts and characters blanked out, in the same lines and columns."""
    out = []
    at = 0
    pattern = re.compile(
        r"//[^\n]*|/\*.*?\*/|b?r(#*)\".*?\"\1|b?\"(?:\\.|[^\"\\])*\"|b?'(?:\\(?:x..|u\{[^}]*\}|.)|[^'\\\n])'", re.S
    )
    for found in pattern.finditer(text):
        out.append(text[at:found.start()])
        out.append(re.sub(r"[^\n]", " ", found.group()))
        at = found.end()
    return "".join(out) + text[at:]


def closing(code, at):
    """The place of the brace that closes the one at `at`."""
    depth = 0
    for place in range(at, len(code)):
        depth += {"{": 1, "}": -1}.get(code[place], 0)
        if depth == 0:
            return place
    raise SystemExit("a brace that is not closed")


def erase(code, begin, end):
    return code[:begin] + re.sub(r"[^\n]", " ", code[begin:end]) + code[end:]


def without_tests(code):
    """The code without items that are compiled for tests only."""
    while found := re.search(r"#\[cfg\((?:test|all\(test\b[^\]]*)\)\]", code):
        # Up to the end of the item: a semicolon or a block outside of brackets.
        depth, at = 0, found.end()
        while at < len(code) and (depth > 0 or code[at] not in ";{"):
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(code[at], 0)
            at += 1
        end = closing(code, at) if code[at : at + 1] == "{" else at
        code = erase(code, found.start(), end + 1)
    return code


def read(file, parent, folder):
    """The module that is the file, with all modules below it."""
    module = Module(file, parent)
    fill(module, without_tests(blank(file.read_text())), file.read_text(), folder)
    return module


def fill(module, code, source, folder):
    while found := MODULE.search(code):
        name, opening = found.groups()
        if opening == ";":
            attribute = re.search(r'#\[path\s*=\s*"([^"]+)"\]\s*(?:pub(?:\([^)]*\))?\s+)?$', source[: found.start()])
            if attribute:
                file = module.file.parent / attribute.group(1)
            else:
                file = folder / f"{name}.rs"
                file = file if file.exists() else folder / name / "mod.rs"
            below = file.parent if file.name == "mod.rs" else folder / name
            module.children[name] = read(file, module, below)
            code = erase(code, found.start(), found.end())
        else:
            end = closing(code, found.end() - 1)
            child = Module(module.file, module)
            inner = re.sub(r"[^\n]", " ", code[: found.end()]) + code[found.end() : end]
            module.children[name] = child
            fill(child, inner, source, folder / name)
            code = erase(code, found.start(), end + 1)
    for found in USE.finditer(code):
        for path, name in split_use(found.group(1)):
            if name == "*":
                module.globs.append((path, line_of(code, found.start())))
            elif name != "_":
                module.imported[name] = (path, line_of(code, found.start()))
            else:
                module.globs.append((path, line_of(code, found.start())))
    module.code = USE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), code)
    # Only what stands outside of braces is defined by the module itself.
    depth, outside = 0, []
    for c in module.code:
        depth -= c == "}"
        outside.append(c if depth == 0 or c == "\n" else " ")
        depth += c == "{"
    module.defined = {found.group(1) for found in DEFINITION.finditer("".join(outside))}


def line_of(code, at):
    return code.count("\n", 0, at) + 1


def split_use(tree, before=()):
    """The paths of a use tree, each with the name that it gets."""
    tree = tree.strip()
    depth, begin, parts = 0, 0, []
    if "," in tree:
        for at, c in enumerate(tree):
            depth += {"{": 1, "}": -1}.get(c, 0)
            if c == "," and depth == 0:
                parts.append(tree[begin:at])
                begin = at + 1
        if parts:
            for part in [*parts, tree[begin:]]:
                yield from split_use(part, before)
            return
    if not tree:
        return
    if tree.startswith("{"):
        yield from split_use(tree[1 : tree.rindex("}")], before)
        return
    head, colons, rest = tree.partition("::")
    if colons:
        yield from split_use(rest, (*before, head.strip()) if head.strip() else before)
        return
    name, _, alias = (word.strip() for word in head.partition(" as "))
    path = before if name == "self" and before else (*before, name)
    if name == "*":
        yield before, "*"
    else:
        yield path, alias or path[-1]


def resolve(module, path, seen=frozenset()):
    """Where a path leads: the module, and what is named in it; nothing of that if the path ends at the module itself.

    `None` for what another crate defines.
    """
    head, *rest = path
    if head == "crate":
        return descend(module.root(), rest, seen)
    if head == "self":
        return descend(module, rest, seen)
    if head == "super":
        return descend(module.parent, rest, seen) if module.parent else None
    return descend(module, path, seen, known_only=True)


def descend(module, path, seen, known_only=False):
    if not path:
        return module, ()
    head, *rest = path
    if head == "super":
        return descend(module.parent, rest, seen)
    if (module, head) in seen:
        return None
    seen = seen | {(module, head)}
    if head in module.children:
        return descend(module.children[head], rest, seen)
    if head in module.defined:
        return module, tuple(path)
    if head in module.imported:
        target = resolve(module, module.imported[head][0], seen)
        if target is None:
            return None
        imported, named = target
        return (imported, (*named, *rest)) if named else descend(imported, rest, seen)
    for glob, _ in module.globs:
        target = resolve(module, glob, seen)
        if target is not None and not target[1] and (found := descend(target[0], path, seen, known_only=True)):
            return found
    # What a macro defines is not seen; a macro itself may be at the root of the crate, wherever it is defined.
    return None if known_only or module.parent is None else (module, tuple(path))


def uses(module):
    """The files that a module depends on, each with the line that says so."""
    for path, line in module.imported.values():
        target = resolve(module, path)
        # A module that is only imported is not used yet.
        if target is not None and target[1]:
            yield target[0].file, line
    for path, line in module.globs:
        if (target := resolve(module, path)) is not None:
            yield target[0].file, line
    for found in PATH.finditer(module.code):
        target = resolve(module, re.split(r"\s*::\s*", found.group(1)))
        if target is not None and target[1]:
            yield target[0].file, line_of(module.code, found.start())
    for child in module.children.values():
        if child.file == module.file:
            yield from uses(child)


def files_of(module):
    yield module
    for child in module.children.values():
        for below in files_of(child):
            if below.file != module.file:
                yield below


def circles(edges):
    """The sets of files that depend on each other (Tarjan)."""
    index, low, stack, found = {}, {}, [], []

    def visit(file):
        index[file] = low[file] = len(index)
        stack.append(file)
        for other in edges.get(file, {}):
            if other not in index:
                visit(other)
            if other in stack:
                low[file] = min(low[file], low[other])
        if low[file] == index[file]:
            circle = []
            while not circle or circle[-1] != file:
                circle.append(stack.pop())
            if len(circle) > 1:
                found.append(sorted(circle))

    for file in sorted(edges):
        if file not in index:
            visit(file)
    return found


def main():
    sys.setrecursionlimit(10_000)
    workspace = tomllib.loads((ROOT / "Cargo.toml").read_text())
    roots = {workspace["package"]["name"]: ROOT / workspace["lib"]["path"]}
    for member in workspace["workspace"]["members"]:
        roots[Path(member).name] = ROOT / member / "src/lib.rs"
    failed, counted = False, 0
    for crate, root in sorted(roots.items()):
        edges = {}
        for module in files_of(read(root, None, root.parent)):
            counted += 1
            for file, line in uses(module):
                if file != module.file:
                    edges.setdefault(module.file, {}).setdefault(file, line)
        found = circles(edges)
        if found:
            failed = True
            for circle in found:
                print(f"{crate}: {len(circle)} files depend on each other:", file=sys.stderr)
                for file in circle:
                    for other, line in sorted(edges[file].items()):
                        if other in circle:
                            names = file.relative_to(ROOT), other.relative_to(root.parent)
                            print(f"  {names[0]}:{line} uses {names[1]}", file=sys.stderr)
    if failed:
        sys.exit(1)
    print(f"{counted} files of {len(roots)} crates; no circles")


main()
