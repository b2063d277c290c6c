"""Assertions in words: where they apply, and what they ask for."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from converter.guide.rows import Row
from converter.language.english import cut, listed

_LONGEST = 160
_LABEL = re.compile(r" ?\((HL7|CMS[^)]*|QRDA III)\)$")
_NUMBER = re.compile(r"\d+-\d+(_C\d+)?")
_AMOUNTS: Mapping[str, str] = {"exactly-one": "exactly one", "at-least-one": "at least one", "none": "no"}
FORMS: Mapping[str, str] = {
    "length-10": "an NPI of 10 digits",
    "number": "an NPI, which has digits only",
    "npi-check-digit": "an NPI with the right check digit",
    "tin": "a TIN of 9 digits",
    "number-0-to-1": "a number from 0 to 1",
    "at-most-6-decimals": "a number with at most 6 decimals",
    "at-least-8-characters": "a date of at least 8 digits (YYYYMMDD)",
}
"""Format -> what has it."""


class Describer:
    """Says what the rows of the table of a guide mean."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates

    def role(self, root: str | None) -> str:
        """Return what an element with a template is; empty where the guide has no name for it."""
        return _LABEL.sub("", self._templates.get(root or "", ""))

    def steps(self, steps: Sequence[Row]) -> str:
        """Return in words what steps lead to."""
        return cut(" / ".join(self._step(step) for step in steps if "element" in step), _LONGEST)

    def _step(self, step: Row) -> str:
        inner = [self._step(one["path"][-1]) for one in step.get("contains", ()) if one["min"]]
        given = {} if inner else step.get("attributes", {})  # what is inside says enough
        parts = [f'{name} "{value}"' for name, value in given.items() if isinstance(value, str)]
        parts += [name for name, value in given.items() if value is True or isinstance(value, dict)]
        parts += [f'the text "{step["textIgnoringCase"].title()}"'] if "textIgnoringCase" in step else []
        without = [name for name, value in step.get("attributes", {}).items() if value is False]
        roles = [self.role(one["root"]) or f"template {one['root']}" for one in step.get("templates", ())]
        words = f"{step['element']} ({listed(roles)})" if roles else str(step["element"])
        words += f" with {listed([*parts, *inner])}" if parts or inner else ""
        return words + (f" without {listed(without)}" if without else "")

    def place(self, paths: Sequence[Sequence[Row]]) -> str:
        """Return in words where an assertion applies."""
        return listed([" / ".join(self._step(step) for step in path) for path in paths], "or")

    def check(self, row: Row) -> str:
        """Return in words what a check asks for."""
        kind = row["kind"]
        if kind in ("all-of", "any-of"):
            return (" and " if kind == "all-of" else ", or ").join(self.check(one) for one in row["checks"])
        if kind == "for-programs":
            return f"for the program {listed(row['programs'], 'or')}: {self.check(row['then'])}"
        if "path" in row:
            return f"{amount(row)} {self.steps(row['path'])}"
        return _WORDS[kind](row) if kind in _WORDS else kind

    def template_id(self, attributes: Mapping[str, Any]) -> str:
        """Return a templateId in words, by the attributes that are asked of it."""
        words = f"root {attributes['root']}"
        if isinstance(attributes.get("extension"), str):
            words += f" and extension {attributes['extension']}"
        role = self.role(attributes["root"])
        return words + (f" ({role})" if role else "")


def amount(row: Row) -> str:
    """Return how many of something a check asks for."""
    if row["kind"] == "count":
        return f"{'exactly' if row['max'] == row['min'] else 'at least'} {row['min']}"
    return _AMOUNTS[row["kind"]]


def rule(id: str) -> str:
    """Return an assertion as people name it: CONF:4484-17208, or CMS_41."""
    number = _NUMBER.match(id)
    return f"CONF:{number[0]}" if number else id


_WORDS: Mapping[str, Callable[[Row], str]] = {
    "attribute-value": lambda row: f'{row["attribute"]} "{row["value"]}"',
    "attribute-present": lambda row: f"the attribute {row['attribute']}",
    "attribute-in-value-set": lambda row: f"{row['attribute']} from the value set {row['valueSet']}",
    "exactly-one-attribute-of": lambda row: f"exactly one of {listed(row['attributes'])}",
    "at-most-one-attribute-of": lambda row: f"at most one of {listed(row['attributes'])}",
    "identifier": lambda _row: "a root, or a nullFlavor in its place",
    "quantity": lambda _row: "value and unit, or nullFlavor alone",
    "text-or-null-flavor": lambda _row: "text, or a nullFlavor",
    "format": lambda row: f"{row['attribute']} with {FORMS[row['format']]}",
    "utc-offset": lambda _row: "a time zone if the time of the document has one, and none otherwise",
    "sum-of-counts": lambda _row: "one identifier of the organization for each performer",
}
