"""Scores of the submission API: objects with a value and parts, no errors although they have a list of errors."""

from collections.abc import Iterator, Mapping
from typing import Any

from converter.explanation.response.answer import NO_MESSAGE, Answer, Said, objects, part, said, words
from converter.language.terms import CATEGORY_NAMES
from converter.scoring.point_words import NO_BENCHMARK, TOPPED_OUT, class_words, facts

_DEEPEST = 6
_MOST_LINES = 200
_LONGEST = 120
_NOTHING_STORED = "It refuses nothing: a score says what the submitted or stored data is worth."
_FACTS = ("performanceRate", "reportingRate", "eligiblePopulation", "decile")
_WEB_INTERFACE_FACTS = (("numerator", "numerator {}"), ("denominator", "denominator {}"))


def score(document: Mapping[str, Any]) -> Answer | None:
    """Return the score that an answer is."""
    inside = part(part(document, "data"), "score") or part(document, "score")
    found = inside or document
    if not isinstance(found.get("parts"), list) or "name" not in found or not (inside or found["name"] == "total"):
        return None
    what = "score" if found["name"] == "total" else f"part of a score ({words(found['name'])})"
    value = _number(found.get("value"))
    program = words(part(found, "metadata").get("pickedProgramName"))
    points = f", {value} points" if value else ""
    under = f" under the program {program}" if program else ""
    lines = ["Points of its parts:", *_lines(found, 1)]
    if len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], f"... and {len(lines) - _MOST_LINES:,} more"]
    messages = (*_said(found.get("errors")), *_said(found.get("warnings"), warning=True))
    return Answer(
        f"This is a {what} of CMS' submission API{points}{under}",
        messages,
        None,
        (_NOTHING_STORED,),
        None,
        tuple(lines),
    )


def web_interface_score(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lines of a score of the CMS Web Interface; none where it is none."""
    measures = objects(part(document, "data").get("measures"))[:_MOST_LINES]
    return tuple(
        _joined(f"{words(one.get('measureName'))}: {_number(one.get('score')) or '-'} points",
                _facts(one, _WEB_INTERFACE_FACTS))
        for one in measures
    )  # fmt: skip


def _said(values: object, *, warning: bool = False) -> Iterator[Said]:
    """Yield the messages of a list, be they objects or plain sentences."""
    for one in said(objects(values), warning=warning):
        if one.message != NO_MESSAGE:
            yield one
    for sentence in values if isinstance(values, list) else ():
        if isinstance(sentence, str) and sentence.strip():
            yield Said(sentence, warning=warning)


def _lines(node: Mapping[str, Any], depth: int) -> Iterator[str]:
    """Yield a line for each part of a score, those inside it after it."""
    if depth >= _DEEPEST:
        return
    for one in objects(node.get("parts")):
        yield "  " * depth + _line(one)
        yield from _lines(one, depth + 1)
        original = part(one, "original")
        if original:
            yield "  " * (depth + 1) + _line(original, "before weighting")
            yield from _lines(original, depth + 2)


def _line(node: Mapping[str, Any], name: str | None = None) -> str:
    metadata = part(node, "metadata")
    name = name or words(node.get("name")) or "part"
    most = _number(metadata.get("maxContribution"))
    value = _number(node.get("value"))
    points = f": {value}{f' of {most}' if most else ''}" if value else ""
    line = _joined(f"{CATEGORY_NAMES.get(name, name)}{points}", _measure(metadata))
    detail = words(node.get("detail"))
    return f"{line} ({detail})"[:_LONGEST] if detail else line[:_LONGEST]


def _measure(metadata: Mapping[str, Any]) -> list[str]:
    """What a score says of a measure, in the words of our own."""
    found = (_number(metadata.get(name)) for name in _FACTS)
    known = facts(*(number if number and not number.startswith("-") else None for number in found))
    known += [NO_BENCHMARK] if metadata.get("noBenchmarks") is True else []
    known += [TOPPED_OUT] if metadata.get("toppedOut") is True else []
    words_of_class = class_words(metadata.get("measureClass"))
    return [*known, words_of_class] if words_of_class else known


def _facts(values: Mapping[str, Any], facts: tuple[tuple[str, str], ...]) -> list[str]:
    found = ((form, _number(values.get(name))) for name, form in facts)
    return [form.format(number) for form, number in found if number and not number.startswith("-")]


def _joined(first: str, rest: list[str]) -> str:
    return ", ".join([first, *rest])


def _number(value: object) -> str | None:
    """Return a number as it is read, with 4 decimals at most; None for all else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value}"[:20]
