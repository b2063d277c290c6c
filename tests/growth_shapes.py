"""Shapes of input that may grow without bound: each makes a document with `n` of something."""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import converter
from tests.documents import document

_COUNT = "2.16.840.1.113883.10.20.27.3.3"
_POPULATION = "2.16.840.1.113883.10.20.27.3.5"
_STRATUM = "2.16.840.1.113883.10.20.27.3.4"


@cache
def _text() -> str:
    return document(2025).xml()


def _around(template: str, element: str) -> str:
    """The first element of a name that has nothing of its own before a template."""
    at = _text().index(f'root="{template}"')
    start = _text().rindex(f"<{element}", 0, at)
    depth = 0
    for tag in re.finditer(rf"<(/?){element}\b[^>]*?(/?)>", _text()[start:]):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        if depth == 0:
            return _text()[start : start + tag.end()]
    raise ValueError(element)


def _before(mark: str, added: str) -> bytes:
    return _text().replace(mark, added + mark, 1).encode()


def attributes(n: int) -> bytes:
    """Attributes on one element."""
    return _text().replace("<observation ", "<observation " + " ".join(f'a{i}="1"' for i in range(n)) + " ", 1).encode()


def untyped_entries(n: int) -> bytes:
    """Entries of a section that have no template."""
    entry = '<entry><observation classCode="OBS" moodCode="EVN"><code code="x"/></observation></entry>'
    return _before("</section>", entry * n)


def untyped_populations(n: int) -> bytes:
    """Populations of a measure that have no template."""
    code = '<code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>'
    one = f'<observation classCode="OBS" moodCode="EVN">{code}</observation>'
    return _before("</organizer>", f"<component>{one}</component>" * n)


def populations(n: int) -> bytes:
    """Populations of a measure."""
    return _before("</organizer>", _around(_POPULATION, "component") * n)


def templates(n: int) -> bytes:
    """Templates of a section."""
    return (
        _text()
        .replace("<section>", "<section>" + "".join(f'<templateId root="1.2.{i}"/>' for i in range(n)), 1)
        .encode()
    )


def errors_among_siblings(n: int) -> bytes:
    """Children of an element that do not belong there, all of one name."""
    return _before("<statusCode", "<wrong/>" * n)


def names_among_siblings(n: int) -> bytes:
    """Children of an element that do not belong there, each of another name."""
    return _before("<statusCode", "".join(f"<wrong{i}/>" for i in range(n)))


def counts(n: int) -> bytes:
    """Counts of one population."""
    count = _around(_COUNT, "entryRelationship")
    return _before(count, count * n)


def strata(n: int) -> bytes:
    """Strata of one population."""
    count = _around(_COUNT, "entryRelationship")
    one = (
        '<entryRelationship typeCode="COMP"><observation classCode="OBS" moodCode="EVN">'
        f'<templateId root="{_STRATUM}"/><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>'
        '<reference typeCode="REFR"><externalObservation classCode="OBS" moodCode="EVN">'
        '<id root="%08x-0000-4000-8000-000000000000"/></externalObservation></reference>'
    )
    ends = "</observation></entryRelationship>"
    return _before(count, "".join(one % i + count + ends for i in range(n)))


def performers(n: int) -> bytes:
    """Persons who report, each with another NPI and TIN."""
    match = re.search(r"<performer.*?</performer>", _text(), re.DOTALL)
    assert match
    return _before(match[0], "".join(match[0].replace('extension="', f'extension="{i}') for i in range(n)))


def measures(n: int) -> bytes:
    """Measures of a section."""
    return _before("</section>", re.search(r"<entry>\s*<organizer.*?</entry>", _text(), re.DOTALL)[0] * n)  # type: ignore[index]


def long_tin(n: int) -> bytes:
    """Digits of a TIN."""
    return (
        _text()
        .replace('root="2.16.840.1.113883.4.2" extension="', f'root="2.16.840.1.113883.4.2" extension="{"1" * n}')
        .encode()
    )


@cache
def _submission() -> str:
    return converter.convert(_text().encode()).to_json()


def _json(change: Callable[[dict[str, Any]], object]) -> bytes:
    data = json.loads(_submission())
    return json.dumps(change(data) or data).encode()


def json_sets(n: int) -> bytes:
    """Measurement sets of a submission."""
    return _json(lambda data: data.update(measurementSets=data["measurementSets"] * n))


def json_sets_without_certification(n: int) -> bytes:
    """Measurement sets that lack what rules and the schema ask for."""

    def change(data: dict[str, Any]) -> None:
        data["measurementSets"] = [
            {name: value for name, value in one.items() if name != "cehrtId"} for one in data["measurementSets"] * n
        ]

    return _json(change)


def json_measurements(n: int) -> bytes:
    """Measurements of a set."""
    return _json(
        lambda data: data["measurementSets"][0].update(measurements=data["measurementSets"][0]["measurements"] * n)
    )


def json_members(n: int) -> bytes:
    """Members that a submission does not have."""
    return _json(lambda data: data.update({f"x{i}": i for i in range(n)}))


def json_strata(n: int) -> bytes:
    """Strata of a measurement."""

    def change(data: dict[str, Any]) -> None:
        item = data["measurementSets"][0]["measurements"][0]
        item["value"] = {"strata": [{"stratum": f"s{i}", **item["value"]} for i in range(n)]}

    return _json(change)


def json_submissions(n: int) -> bytes:
    """Submissions of one file."""
    return b"[" + b",".join([_submission().encode()] * n) + b"]"


def json_items(n: int) -> bytes:
    """Items of a list that are no submissions."""
    return b"[" + b",".join([b"1"] * n) + b"]"


SHAPES: Mapping[str, tuple[Callable[[int], bytes], int]] = {
    "attributes of one element": (attributes, 300),
    "entries without template": (untyped_entries, 60),
    "populations without template": (untyped_populations, 60),
    "populations of one measure": (populations, 30),
    "templates of a section": (templates, 300),
    "errors among siblings, one name": (errors_among_siblings, 100),
    "errors among siblings, many names": (names_among_siblings, 100),
    "counts of one population": (counts, 150),
    "strata of one population": (strata, 20),
    "persons who report": (performers, 30),
    "measures of a section": (measures, 5),
    "digits of a TIN": (long_tin, 5000),
    "JSON: measurement sets": (json_sets, 4),
    "JSON: measurement sets without certification": (json_sets_without_certification, 4),
    "JSON: measurements of a set": (json_measurements, 60),
    "JSON: members": (json_members, 150),
    "JSON: strata of a measurement": (json_strata, 60),
    "JSON: submissions of a file": (json_submissions, 6),
    "JSON: items of a list": (json_items, 60),
}
"""What there are many of -> makes a document with so many; the number that a test begins with."""
