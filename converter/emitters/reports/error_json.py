"""Error JSON: the shape in which the official converter reports errors, with our fields beside.

One entry of `errors` for each document; `details` holds what blocked, without a cut at 100; what did not block stands
in `warnings`. Members of the official shape are always there, null where they have no value.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from converter.deadline import look
from converter.emitters.reports.formats import Emission
from converter.emitters.reports.json_items import ITEMS, Items, json_pieces
from converter.emitters.reports.report import Report
from converter.findings.finding import Finding, Stage
from converter.findings.kinds import NOT_QRDA_III
from converter.findings.mask import Mask, masked_text
from converter.findings.place import Place
from converter.source.json.pointers import split


class ErrorJson(Emission):
    """The error JSON of one or several documents."""

    def __init__(self, show_ids: bool = False) -> None:
        self._show_ids = show_ids
        self._errors, self._warnings = Items(1), Items(1)

    def add(self, report: Report) -> None:
        """Write about one more document."""
        error, warnings = _error(report, self._show_ids), list(details(report, report.remarks, self._show_ids))
        self._errors.add([error])
        self._warnings.add(warnings)

    def pieces(self) -> Iterator[str]:
        """Yield the error JSON, piece by piece."""
        lists = {"errors": self._errors} | ({"warnings": self._warnings} if self._warnings else {})
        yield from json_pieces(dict.fromkeys(lists, ITEMS), *lists.values())

    def close(self) -> None:
        """Remove what was kept for it."""
        self._errors.close()
        self._warnings.close()


def _error(report: Report, show_ids: bool) -> dict[str, Any]:
    return {
        "sourceIdentifier": report.name if show_ids else masked_text(report.name),
        "type": None,
        "message": None,
        "details": list(details(report, report.blocking, show_ids)),
    }


def details(report: Report, findings: Iterable[Finding], show_ids: bool) -> Iterable[dict[str, Any]]:
    """Yield findings of a document in the official shape, with our fields beside."""
    mask = Mask(report.secrets, show_ids)
    for finding in findings:
        look()
        prefix = "SV - " if finding.stage is Stage.SUBMISSION else "CT - "
        yield {
            "errorCode": finding.official_code,
            "message": prefix + mask(finding.unmasked_message()),
            "value": None,
            "type": None,
            "location": _location(finding, mask),
            **_own(finding, mask),
        }


def _location(finding: Finding, mask: Mask) -> dict[str, Any]:
    place = finding.official_place
    return {
        "location": mask.foreign(str(finding.measure)) if finding.measure else None,
        # The steps of a document that is not in the namespace of CDA cannot be written in the official form.
        "path": _path(place, mask) if place and place.path and finding.kind is not NOT_QRDA_III else None,
        "line": place.official[0] if place else None,
        "column": place.official[1] if place else None,
    }


def _own(finding: Finding, mask: Mask) -> dict[str, Any]:
    measure = finding.measure
    own: dict[str, Any] = {
        "id": finding.id,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "stage": finding.stage.value,
        "found": None if (found := finding.unmasked()) is None else mask(found),
        "expected": mask(finding.expected),
        "fix": mask(finding.fix),
        "causedBy": finding.caused_by,
        "measure": None,
        "related": [_related(place, mask) for place in finding.related],
    }
    if measure:
        cms_id = mask.foreign(measure.cms_id) if measure.cms_id else measure.cms_id
        measure_id = mask.foreign(measure.measure_id) if measure.measure_id else measure.measure_id
        own["measure"] = {"measureId": measure_id, "cmsId": cms_id, "title": measure.title}
    return own


def _related(place: Place, mask: Mask) -> dict[str, Any]:
    return {"path": _path(place, mask), "line": place.official[0], "column": place.official[1]}


def _path(place: Place, mask: Mask) -> str:
    """Return the path of a place: in the official form, or as JSONPath, as the submission system gives it."""
    if place.pointer is not None:
        return json_path(mask.foreign(place.pointer))
    return official_path(mask.foreign(place.path))


def json_path(pointer: str) -> str:
    """Return a JSON pointer as JSONPath, such as `$.measurementSets[0].category`."""
    return "$" + "".join(f"[{step}]" if step.isdecimal() else f".{step}" for step in split(pointer))


def official_path(path: str) -> str:
    """Return a short path in the `local-name()` form of the official converter."""
    steps = (step.partition("[") for step in path.split("/")[1:])
    return "".join(
        f"/*[local-name() = '{name}' and namespace-uri() = 'urn:hl7-org:v3']{bracket}{number}"
        for name, bracket, number in steps
    )
