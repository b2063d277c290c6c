"""SARIF 2.1.0 report, for tools that show findings beside the file, such as code editors."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from converter.deadline import look
from converter.emitters.reports.formats import Emission
from converter.emitters.reports.json_items import ITEMS, Items, json_pieces
from converter.emitters.reports.report import Report
from converter.findings.finding import Finding, Kind, Severity, masked_data
from converter.findings.mask import Mask
from converter.findings.place import Place
from converter.language.visible import visible

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_DRIVE = re.compile(r"[A-Za-z]:/")
_LINE_END = re.compile(r"\r\n|\n|\r")


class Sarif(Emission):
    """The report of one or several documents as SARIF."""

    def __init__(self, show_ids: bool = False) -> None:
        self._show_ids, self._version, self._number = show_ids, "", 0
        self._rules: dict[str, dict[str, Any]] = {}
        self._artifacts, self._results = Items(3), Items(3)

    def add(self, report: Report) -> None:
        """Write about one more document."""
        mask = Mask(report.secrets, self._show_ids)
        uri = _uri(mask.foreign(report.name))
        artifact = {"uri": uri, "index": self._number}
        results = [_visible(one) for one in _results(report, artifact, mask, self._rules)]
        self._artifacts.add([_artifact(report, uri)])
        self._results.add(results)
        self._version = report.tool_version
        self._number += 1

    def pieces(self) -> Iterator[str]:
        """Yield the report, piece by piece."""
        driver = {"name": "qrda2qpp", "version": self._version, "rules": list(self._rules.values())}
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "artifacts": ITEMS,
            "results": ITEMS,
        }
        content = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
        yield from json_pieces(content, self._artifacts, self._results)

    def close(self) -> None:
        """Remove what was kept for it."""
        self._artifacts.close()
        self._results.close()


def _visible(value: Any) -> Any:
    """A value with escapes in all its texts for what is not to be shown raw: a viewer shows them as they are."""
    if isinstance(value, dict):
        return {visible(name): _visible(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_visible(one) for one in value]
    return visible(value) if isinstance(value, str) else value


def _artifact(report: Report, uri: str) -> dict[str, Any]:
    return {
        "location": {"uri": uri},
        "mimeType": "text/xml" if report.converted else "application/json",
        **({"hashes": {"sha-256": report.sha256}} if report.sha256 else {}),
        "properties": {"performanceYear": report.year, "catalogDate": report.catalog_date},
    }


def _results(
    report: Report, artifact: dict[str, Any], mask: Mask, rules: dict[str, dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for group in report.groups:
        rules.setdefault(group.id, _rule(group.findings[0].kind))
        index = list(rules).index(group.id)
        for finding in group.findings:
            look()
            yield {
                "ruleId": finding.id,
                "ruleIndex": index,
                "level": _LEVELS[finding.severity],
                "message": {"text": f"{mask(finding.unmasked_message())} What to do: {mask(finding.fix)}"},
                "locations": [_location(finding.place, artifact, mask)],
                "relatedLocations": [
                    {"id": number, **_location(one, artifact, mask)} for number, one in enumerate(finding.related, 1)
                ],
                "properties": _properties(finding, group.blocks, mask),
            }


def _rule(kind: Kind) -> dict[str, Any]:
    return {
        "id": kind.id,
        "name": "".join(word.capitalize() for word in kind.slug.split("-")),
        "shortDescription": {"text": kind.slug.replace("-", " ").capitalize()},
        "fullDescription": {"text": _sentence(kind.message)},
        "help": {"text": _sentence(kind.fix)},
        "defaultConfiguration": {"level": _LEVELS[kind.severity]},
        "properties": {"stage": kind.stage.value, "officialCode": kind.official_code},
    }


def _sentence(template: str) -> str:
    return _PLACEHOLDER.sub(lambda match: f"<{match[1].replace('_', ' ')}>", template)


def _location(place: Place | None, artifact: dict[str, Any], mask: Mask) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if place and place.line:
        physical["region"] = _region(place, place.line, place.column)
    location: dict[str, Any] = {"physicalLocation": physical}
    if place and place.path:
        location["logicalLocations"] = [
            {"fullyQualifiedName": mask.foreign(place.path), "kind": "element" if place.pointer is None else "member"}
        ]
    return location


def _region(place: Place, line: int, column: int | None) -> dict[str, int]:
    """The start tag at whose end the place is; a point where there is no tag, a line where no column is known."""
    if column is None:
        return {"startLine": line}
    tag = _LINE_END.split(place.excerpt if place.pointer is None else "")
    if len(tag) == 1:
        return {"startLine": line, "startColumn": column - len(tag[0]), "endLine": line, "endColumn": column}
    return {"startLine": line - len(tag) + 1, "endLine": line, "endColumn": column}


def _properties(finding: Finding, blocks: bool, mask: Mask) -> dict[str, Any]:
    measure = finding.measure
    return {
        "stage": finding.stage.value,
        "officialCode": finding.official_code,
        "blocks": blocks,
        "found": None if (found := finding.unmasked()) is None else mask(found),
        "expected": mask(finding.expected),
        "causedBy": finding.caused_by,
        "measureId": mask.foreign(measure.measure_id) if measure and measure.measure_id else None,
        "cmsId": mask.foreign(measure.cms_id) if measure and measure.cms_id else None,
        "data": masked_data(finding.data, mask),
    }


def _uri(name: str) -> str:
    path = name.replace("\\", "/")
    if _DRIVE.match(path):
        return "file:///" + path[:2] + quote(path[2:], safe="/*")
    return ("file://" if path.startswith("/") else "") + quote(path, safe="/*")
