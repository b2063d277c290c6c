"""What a JSON file is: a submission, a measurement set by itself, a list of them - or something that only looks so."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from converter.facts.catalog import Catalog
from converter.parsers.qpp_json.subject import Subject, set_subject, subject_of
from converter.source.json.pointers import join

_WHAT_IS_INSIDE = "Send what is in it, without the members that CMS added; it was checked here as if it were alone."
_EXPLAIN = "Run qrda2qpp explain --response FILE to read it; then check the file that was sent."
_MAKE = "Convert the QRDA III document with qrda2qpp FILE -o submission.json, and check that file."

_OTHERS = (
    (("error",), "an error answer of CMS' submission system", _EXPLAIN),
    (("errors",), "an error report of CMS' upload page or of a converter", _EXPLAIN),
    (("errorSources",), "an error report of CMS' upload page, as it was in 2017", _EXPLAIN),
    (("reportVersion", "documents"), "a report of this tool", "Give the file that the report is about."),
    (("$schema", "runs"), "a report of this tool (SARIF)", "Give the file that the report is about."),
    (("resourceType",), "a FHIR resource", "Export the report as QRDA III or as QPP JSON."),
    (("measureId",), "a single measurement", "Put it in the measurements of a measurement set, and check that."),
)
"""Members that tell -> what the file is, and what to do. The first row that fits counts."""

_WRAPPED = (
    (("data", "submission"), "an answer of CMS' submission system with a submission inside"),
    (("data", "measurementSet"), "an answer of CMS' submission system with a measurement set inside"),
    (("data", "submissions"), "an answer of CMS' submission system with submissions inside"),
    (("submission",), "a submission inside another object"),
    (("qpp",), "an answer of CMS' conversion service with a submission inside"),
)
_OF_SUBMISSION = ("performanceYear", "entityType", "measurementSets")
_OF_SET = ("category", "measurements", "submissionMethod", "performanceStart")


class Part(NamedTuple):
    """A submission or measurement set of a file; `alone` for a set that stands by itself."""

    pointer: str
    members: Mapping[str, Any]
    alone: bool

    @property
    def name(self) -> str:
        """What it is."""
        return "measurement set" if self.alone else "submission"

    @property
    def year(self) -> tuple[object, str]:
        """The performance year as it is said, and the pointer of the member that says or should say it.

        A set by itself says it in its submission, or by the date that it begins on.
        """
        said, pointer = self.members.get("performanceYear"), f"{self.pointer}/performanceYear"
        inside = self.members.get("submission")
        if said is None and self.alone and isinstance(inside, Mapping):
            said, pointer = inside.get("performanceYear"), f"{self.pointer}/submission/performanceYear"
        start = self.members.get("performanceStart")
        if said is None and self.alone and isinstance(start, str) and start[:4].isdecimal() and start.isascii():
            return int(start[:4]), f"{self.pointer}/performanceStart"
        return said, pointer

    def subject(self, catalog: Catalog) -> Subject:
        """Return what the rules look at."""
        if not self.alone:
            return subject_of(self.members, catalog, self.pointer)
        inside = self.members.get("submission")
        subject = subject_of(inside if isinstance(inside, Mapping) else {}, catalog, f"{self.pointer}/submission")
        subject.sets = [set_subject(self.members, catalog, self.pointer)]
        return subject


class Stranger(NamedTuple):
    """Something in a file that is no submission: where, what it is, and what to do."""

    pointer: str
    what: str
    remedy: str

    @property
    def where(self) -> str:
        """How a sentence names it: the file, or an item of the list that the file holds."""
        step = self.pointer.rpartition("/")[2]
        return f"Item {int(step) + 1} of the list" if step else "The file"


def parts(data: Any) -> Iterator[Part | Stranger]:
    """Take a JSON file apart. What is wrapped in something else is told, and is a part all the same."""
    if isinstance(data, list):
        if not data:
            yield Stranger("", "an empty list", _MAKE)
        for index, one in enumerate(data):
            yield from _part(one, f"/{index}")
    else:
        yield from _part(data, "")


def _part(data: Any, pointer: str) -> Iterator[Part | Stranger]:
    if not isinstance(data, Mapping):
        yield Stranger(pointer, _kind(data), _MAKE)
    elif any(name in data for name in _OF_SUBMISSION):
        yield Part(pointer, data, alone=False)
    elif any(name in data for name in _OF_SET):
        yield Part(pointer, data, alone=True)
    elif wrapped := next((row for row in _WRAPPED if _inside(data, row[0]) is not None), None):
        yield Stranger(pointer, wrapped[1], _WHAT_IS_INSIDE)
        inside, where = _inside(data, wrapped[0]), pointer + join(wrapped[0])
        ones = enumerate(inside) if isinstance(inside, list) else [(None, inside)]
        for index, one in ones:
            if isinstance(one, Mapping) and any(name in one for name in (*_OF_SUBMISSION, *_OF_SET)):
                yield from _part(one, where if index is None else f"{where}/{index}")
    else:
        other = next((row for row in _OTHERS if all(name in data for name in row[0])), None)
        what, remedy = other[1:] if other else ("an object of another kind" if data else "an empty object", _MAKE)
        yield Stranger(pointer, what, remedy)


def _inside(data: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    for name in names:
        found = data.get(name) if isinstance(data, Mapping) else None
        if not isinstance(found, Mapping | list):
            return None
        data = found  # type: ignore[assignment]
    return data


def _kind(value: Any) -> str:
    names = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list in a list"}
    return names.get(type(value), "null")
