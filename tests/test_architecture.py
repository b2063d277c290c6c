"""What keeps the code readable: sizes, docstrings, and no exception from a check without its name."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(text(module))


def definitions(node: ast.AST, public: bool = True) -> Iterator[tuple[Definition, bool]]:
    """Yield every function and class, and whether others may use it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition):
            open_to_others = public and not child.name.startswith("_")
            yield child, open_to_others
            yield from definitions(child, open_to_others and isinstance(child, ast.ClassDef))
        else:
            yield from definitions(child, public)


def test_no_module_is_too_long() -> None:
    sizes = {module: len(text(module).splitlines()) for module in MODULES}
    assert {module: size for module, size in sizes.items() if size > LONGEST_MODULE} == {}


def test_no_function_is_too_long() -> None:
    sizes = {
        (module, node.name): (node.end_lineno or node.lineno) - node.lineno + 1
        for module in MODULES
        for node, _ in definitions(tree(module))
        if not isinstance(node, ast.ClassDef)
    }
    assert {function: size for function, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_what_others_may_use_has_a_docstring() -> None:
    assert [module for module in MODULES if not ast.get_docstring(tree(module))] == []
    bare = [
        (module, node.name)
        for module in MODULES
        for node, public in definitions(tree(module))
        if public and not ast.get_docstring(node) and not _is_setter(tree(module), node.name)
    ]
    assert bare == []


def _is_setter(module: ast.Module, name: str) -> bool:
    setters = (node for node, _ in definitions(module) if not isinstance(node, ast.ClassDef) and node.name == name)
    return any(ast.unparse(one) == f"{name}.setter" for node in setters for one in node.decorator_list)


def test_an_exception_from_a_check_names_the_check() -> None:
    blanket = re.compile(r"#\s*(noqa(?!: ?[A-Z]+\d)|type:\s*ignore(?!\[)|ruff: noqa|mypy: ignore-errors)")
    found = [
        (module, one.string)
        for module in CHECKED
        if blanket.search(text(module))
        for one in tokenize.generate_tokens(io.StringIO(text(module)).readline)
        if one.type == tokenize.COMMENT and blanket.search(one.string)
    ]
    assert found == []
