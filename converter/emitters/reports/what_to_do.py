"""What is to be done about a group of findings, as reports for people say it, and what to write to the vendor."""

import re
from typing import NamedTuple

from converter.emitters.reports.report import Group, Report
from converter.emitters.reports.wording import measures_of
from converter.findings.advice import Advice, advice
from converter.findings.finding import Finding
from converter.findings.mask import Mask
from converter.language.english import capital, number_of

_SAME = 0.6
_WORD = re.compile(r"[a-z]+")
_ENDING = re.compile(r"(ing|ed|es|s|e)$")
_SMALL = {
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "by",
    "do",
    "for",
    "from",
    "if",
    "in",
    "is",
    "it",
    "its",
    "of",
    "on",
}
_SMALL |= {"one", "or", "that", "the", "this", "to", "which", "with"}
_FACT = re.compile(r'\d[\w-]*|"[^"]+"|`[^`]+`|[A-Z]+_\w+')
_HIDDEN = re.compile(r"\*{3,}\w{0,4}")
_LINES = 12


class WhatToDo(NamedTuple):
    """What is to be done about a group of findings.

    Attributes:
        steps: what to do: the fix of the first finding, or the advice for the practice where that says the same.
        practice: advice for those who use the EHR; empty where `steps` has it.
        vendor: advice for those who make the EHR.
        command: shows the whole page.
    """

    steps: str
    practice: str
    vendor: str
    command: str


def advice_on(group: Group, year: int | None) -> Advice:
    """Return the advice on a group of findings in a document of a year."""
    first = group.findings[0]
    return advice(first.id, year, first.measure.measure_id if first.measure else None)


def what_to_do(group: Group, year: int | None) -> WhatToDo | None:
    """Return what is to be done; nothing where the findings go away with the one that they follow from.

    Args:
        group: the findings.
        year: performance year of the document.
    """
    if group.caused_by:
        return None
    first = group.findings[0]
    practice, vendor = advice_on(group, year)
    same = _repeats(practice, first.fix)
    return WhatToDo(practice if same else first.fix, "" if same else practice, vendor, f"qrda2qpp explain {first.id}")


def _repeats(practice: str, fix: str) -> bool:
    """Whether an advice has most words of a fix, and all its numbers, names and pieces of code."""
    words = _words(fix)
    return {*_FACT.findall(fix)} <= {*_FACT.findall(practice)} and len(words & _words(practice)) >= _SAME * len(words)


def _words(text: str) -> set[str]:
    return {_ENDING.sub("", word) for word in _WORD.findall(text.lower()) if word not in _SMALL}


def right_guids(finding: Finding) -> tuple[str, ...]:
    """Return the measure GUIDs that are right in place of the one that a finding is about."""
    found = finding.data.get("guids") or finding.data.get("guid") or ()
    return tuple(one for one in ((found,) if isinstance(found, str) else found) if isinstance(one, str))  # type: ignore[union-attr]


def vendor_message(report: Report, group: Group, vendor: str) -> str:
    """Return a group of findings as a message to the vendor: plain text without TIN, NPI and the name of the file.

    Args:
        report: the document.
        group: what was found.
        vendor: the advice for the vendor.
    """
    first, mask = group.findings[0], Mask(report.secrets, show=False)
    facts = [first.id, first.slug, *([f"official code {first.official_code}"] if first.official_code else [])]
    kind = "QRDA III" if report.converted else "QPP JSON"
    found = first.unmasked()
    parts = [
        ("What is wrong", first.message),
        ("Where", _where(group)),
        ("Found", "" if found is None else found),
        ("Expected", "" if first.expected == "-" else first.expected),
        ("What to do", first.fix),
        ("For the vendor", vendor),
    ]
    lines = [f"{capital(kind)} file{f' of {report.year}' if report.year else ''}: {', '.join(facts)}", ""]
    lines += [f"{name}: {mask.foreign(words)}" for name, words in parts if words]
    lines += ["", f"Made by qrda2qpp {report.tool_version}{_data(report)}."]
    lines += [f"SHA-256 of the file: {report.sha256}"] if report.sha256 else []
    return _HIDDEN.sub("(left out)", "\n".join(lines))


def _data(report: Report) -> str:
    return f", compared with the {measures_of(report)}" if measures_of(report) else ""


def _where(group: Group) -> str:
    place = group.findings[0].place
    words = place.where if place else ""
    words += f"{', ' if words else ''}{place.path}" if place and place.path else ""
    others = [one.place.line for one in group.findings[1:] if one.place and one.place.line]
    if not others:
        return words
    shown = ", ".join(str(line) for line in others[:_LINES])
    return f"{words}; {number_of(len(others), 'more place')}, line {shown}{' ...' if len(others) > _LINES else ''}"
