"""What keeps the code readable: sizes, docstrings, and no exception from a check without its name."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "converter").rglob("*.py"))
CHECKED = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("converter", "tests", "tools")
    for path in (ROOT / folder).rglob("*.py")
)
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@cache
def text(module: str) -> str:
    return (ROOT / module).read_text(encoding="utf-8")


def definitions(node: ast.AST, public: bool = True) -> Iterator[tuple[Definition, bool]]:
    """Yield every function and class, and whether others may use it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition):
            open_to_others = public and not child.name.startswith("_")
            yield child, open_to_others
            yield from definitions(child, open_to_others and isinstance(child, ast.ClassDef))
        else:
            yield from definitions(child, public)


@pytest.mark.parametrize("module", MODULES)
def test_module_is_not_too_long(module: str) -> None:
    assert len(text(module).splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("module", MODULES)
def test_functions_are_not_too_long(module: str) -> None:
    sizes = {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node, _ in definitions(ast.parse(text(module)))
        if not isinstance(node, ast.ClassDef)
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("module", MODULES)
def test_what_others_may_use_has_a_docstring(module: str) -> None:
    tree = ast.parse(text(module))
    assert ast.get_docstring(tree)
    bare = [node.name for node, public in definitions(tree) if public and not ast.get_docstring(node)]
    assert [name for name in bare if not _is_setter(tree, name)] == []


def _is_setter(tree: ast.Module, name: str) -> bool:
    setters = (node for node, _ in definitions(tree) if not isinstance(node, ast.ClassDef) and node.name == name)
    return any(ast.unparse(one) == f"{name}.setter" for node in setters for one in node.decorator_list)


@pytest.mark.parametrize("module", CHECKED)
def test_an_exception_from_a_check_names_the_check(module: str) -> None:
    comments = [
        one.string
        for one in tokenize.generate_tokens(io.StringIO(text(module)).readline)
        if one.type == tokenize.COMMENT
    ]
    blanket = re.compile(r"#\s*(noqa(?!: ?[A-Z]+\d)|type:\s*ignore(?!\[)|ruff: noqa|mypy: ignore-errors)")
    assert [comment for comment in comments if blanket.search(comment)] == []
