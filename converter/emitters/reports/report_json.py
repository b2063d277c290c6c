"""JSON report: everything that is known about one or several documents, for programs.

Its shape is `schemas/report.schema.json`. `reportVersion` changes in its first number when a member goes or means
something else, in its second when one is added.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from converter.deadline import look
from converter.emitters.reports.error_json import official_path
from converter.emitters.reports.formats import Emission
from converter.emitters.reports.json_items import ITEMS, Items, json_pieces
from converter.emitters.reports.report import Group, Report
from converter.emitters.reports.what_to_do import advice_on
from converter.emitters.reports.wording import Outcome, masked_verdict, outcome
from converter.findings.finding import Datum, Finding, MeasureLabel, Severity, masked_data
from converter.findings.mask import Mask
from converter.findings.place import Place
from converter.model.assertion import FailedAssertion
from converter.model.inventory import AnswerItem, CountItem, PartItem
from converter.model.measure_result import MeasureResult, PopulationSetResult
from converter.model.readiness import CategoryReadiness
from converter.model.summary import SubmissionSummary
from converter.model.verdict import Verdict

VERSION = "1.5"

_OUTCOMES = {
    Outcome.CONVERTED: "converted",
    Outcome.WOULD_BE_REJECTED: "wouldBeRejected",
    Outcome.NOT_CONVERTED: "notConverted",
    Outcome.NOTHING_AGAINST: "checked",
    Outcome.REJECTED: "wouldBeRejected",
}


class ReportJson(Emission):
    """The report of one or several documents as JSON."""

    def __init__(self, show_ids: bool = False) -> None:
        self._show_ids, self._version = show_ids, ""
        self._documents = Items(1)

    def add(self, report: Report) -> None:
        """Write about one more document."""
        self._documents.add([report_data(report, self._show_ids)])
        self._version = report.tool_version

    def pieces(self) -> Iterator[str]:
        """Yield the report, piece by piece."""
        content = {
            "reportVersion": VERSION,
            "tool": {"name": "qrda2qpp", "version": self._version},
            "masked": not self._show_ids,
            "documents": ITEMS,
        }
        yield from json_pieces(content, self._documents)

    def close(self) -> None:
        """Remove what was kept for it."""
        self._documents.close()


def report_data(report: Report, show_ids: bool = False) -> dict[str, Any]:
    """Return what the report says of one document; an item of `documents`."""
    return _document(report, Mask(report.secrets, show_ids))


def _document(report: Report, mask: Mask) -> dict[str, Any]:
    groups = report.groups
    ordered = [finding for group in groups for finding in group.findings]
    numbers = {id(finding): number for number, finding in enumerate(ordered)}
    blocking = {id(finding) for finding in report.blocking}
    return {
        "source": mask.foreign(report.name),
        "sha256": report.sha256 or None,
        "outcome": _OUTCOMES[outcome(report)],
        "verdict": _verdict(report.verdict, mask),
        "counts": {one.value: sum(1 for finding in ordered if finding.severity is one) for one in Severity},
        "identity": _identity(report, mask),
        "catalog": {"year": report.year, "date": report.catalog_date, "identifiers": report.identifiers}
        if report.catalog_date
        else None,
        "submission": _submission(report.submission, mask) if report.submission else None,
        "readiness": [_readiness(one, mask) for one in report.readiness],
        "findings": [_finding(one, id(one) in blocking, mask) for one in ordered],
        "assertions": [_assertion(one, mask) for one in report.reported.assertions],
        "groups": [_group(one, numbers, report.year) for one in groups],
        **_inventory(report, mask),
    }


def _verdict(one: Verdict, mask: Mask) -> dict[str, Any]:
    one = masked_verdict(one, mask)
    return {"kind": one.kind.value, "sentence": one.sentence, "unchecked": list(one.unchecked)}


def _identity(report: Report, mask: Mask) -> dict[str, Any]:
    return {
        "performanceYear": report.year,
        "program": mask.foreign(report.identity.program) if report.identity.program is not None else None,
        "entityType": mask(report.identity.entity_type) if report.identity.entity_type is not None else None,
        "npi": mask.number(report.identity.npi) if report.identity.npi else None,
        "tin": mask.number(report.identity.tin) if report.identity.tin else None,
        "entityId": mask.foreign(report.identity.entity_id) if report.identity.entity_id else None,
        "mvp": mask.foreign(report.identity.mvp) if report.identity.mvp else None,
    }


def _submission(submission: SubmissionSummary, mask: Mask) -> dict[str, Any]:
    return {
        "performanceYear": submission.year,
        "entityType": mask(submission.entity_type) if submission.entity_type is not None else None,
        "measurementSets": [
            {
                "category": mask.foreign(one.category),
                "programName": mask.foreign(one.program) if one.program is not None else None,
                "performanceStart": one.start,
                "performanceEnd": one.end,
                "measurements": one.measurements,
            }
            for one in submission.sets
        ],
    }


def _readiness(one: CategoryReadiness, mask: Mask) -> dict[str, Any]:
    return {
        "category": one.category,
        "programName": mask.foreign(one.program) if one.program is not None else None,
        "period": one.period,
        "present": mask.foreign(one.present),
        "lacking": [mask.foreign(words) for words in one.lacking],
        "unchecked": [mask.foreign(words) for words in one.unchecked],
    }


def _finding(finding: Finding, blocks: bool, mask: Mask) -> dict[str, Any]:
    look()
    return {
        "id": finding.id,
        "slug": finding.slug,
        "officialCode": finding.official_code,
        "severity": finding.severity.value,
        "effect": finding.effect.value,
        "stage": finding.stage.value,
        "blocks": blocks,
        "message": mask(finding.unmasked_message()),
        "found": None if (found := finding.unmasked()) is None else mask(found),
        "expected": mask(finding.expected) if finding.expected not in ("", "-") else None,
        "fix": mask(finding.fix),
        "causedBy": finding.caused_by,
        "measure": _measure(finding.measure, mask) if finding.measure else None,
        "data": {name: _plain(value) for name, value in masked_data(finding.data, mask).items()},
        "place": _place(finding.place, mask) if finding.place else None,
        "officialPlace": _official(finding.official_place, mask),
        "related": [_place(one, mask) for one in finding.related],
    }


def _assertion(one: FailedAssertion, mask: Mask) -> dict[str, Any]:
    look()
    return {
        "id": one.id,
        "severity": one.severity.value,
        "line": one.place.line,
        "path": mask.foreign(one.place.path),
        "finding": one.finding,
    }


def _plain(value: Datum) -> Any:
    """A value as JSON has it: a list for a tuple."""
    return list(value) if isinstance(value, tuple) else value


def _measure(label: MeasureLabel, mask: Mask) -> dict[str, Any]:
    return {
        "measureId": mask.foreign(label.measure_id) if label.measure_id is not None else None,
        "cmsId": mask.foreign(label.cms_id) if label.cms_id is not None else None,
        "title": label.title,
    }


def _place(place: Place, mask: Mask) -> dict[str, Any]:
    path = mask.foreign(place.path)
    return {
        "line": place.line,
        "column": place.column,
        "path": path or None,
        "xpath": official_path(path) if path and place.pointer is None else None,
        "pointer": mask.foreign(place.pointer) if place.pointer is not None else None,
        "attribute": place.attribute,
        "excerpt": mask.markup(place.excerpt) or None,
    }


def _official(place: Place | None, mask: Mask) -> dict[str, Any] | None:
    """Where the official converter reports a finding."""
    if place is None:
        return None
    line, column = place.official
    path = official_path(mask.foreign(place.path)) if place.path and place.pointer is None else None
    return {"line": line, "column": column, "xpath": path}


def _group(group: Group, numbers: dict[int, int], year: int | None) -> dict[str, Any]:
    return {
        "id": group.id,
        "causedBy": group.caused_by,
        "blocks": group.blocks,
        "advice": None if group.caused_by else advice_on(group, year)._asdict(),
        "findings": [numbers[id(finding)] for finding in group.findings],
    }


def _inventory(report: Report, mask: Mask) -> dict[str, Any]:
    inventory = report.inventory
    found = report.measures(inventory)
    sections, start = [], 0
    for section in inventory.sections:
        ones = found[start : start + len(section.entries)]
        start += len(section.entries)
        sections.append(
            {
                "category": mask.foreign(section.category),
                "status": section.status.value,
                "reason": section.reason,
                "pointer": section.pointer,
                "line": section.place.line,
                "path": section.place.path,
                "entries": [_entry(one, mask) for one in ones],
            }
        )
    return {
        "sections": sections,
        "otherCounts": [_count(one, (), mask) for one in inventory.others],
        "otherAnswers": [_answer(one, mask) for one in inventory.other_answers],
        "unreadParts": [_part(one, mask) for one in inventory.parts],
    }


def _answer(answer: AnswerItem, mask: Mask) -> dict[str, Any]:
    return {
        "text": mask.foreign(answer.text) if answer.text is not None else None,
        "status": answer.status.value,
        "reason": answer.reason,
        "pointers": list(answer.pointers),
        "line": answer.place.line,
    }


def _part(part: PartItem, mask: Mask) -> dict[str, Any]:
    return {
        "element": mask.foreign(part.name),
        "status": part.status.value,
        "reason": part.reason,
        "line": part.place.line,
        "path": mask.foreign(part.place.path),
    }


def _entry(one: MeasureResult, mask: Mask) -> dict[str, Any]:
    look()
    entry = one.entry
    known = entry.label.measure_id is not None  # otherwise the label holds the GUIDs as written
    return {
        "measure": _measure(entry.label, mask) if known else None,
        "guid": mask.foreign(entry.label.cms_id) if entry.label.cms_id and not known else None,
        "status": entry.status.value,
        "reason": entry.reason,
        "pointer": entry.pointer,
        "line": entry.place.line,
        "path": entry.place.path,
        "answer": mask.foreign(entry.answer) if entry.answer else None,
        "inverse": entry.inverse,
        "rate": round(one.proportion_rate, 6) if one.proportion_rate is not None else None,
        "reportingRate": round(entry.reporting_rate, 6) if entry.reporting_rate is not None else None,
        "results": [_row(row, mask) for row in one.rows],
        "counts": [_count(count, entry.set_names, mask) for count in entry.counts],
        "answers": [_answer(answer, mask) for answer in entry.answers],
    }


def _row(row: PopulationSetResult, mask: Mask) -> dict[str, Any]:
    return {
        "populationSet": mask.foreign(row.name) or None,
        "counts": {mask.foreign(role): mask(text) for role, text in row.counts.items()},
        "rate": round(row.rate, 6) if row.rate is not None else None,
        "reportedRate": mask(row.reported) if row.reported is not None else None,
    }


def _count(count: CountItem, names: Sequence[str | None], mask: Mask) -> dict[str, Any]:
    index = count.population_set
    name = names[index] if index is not None and index < len(names) else None
    return {
        "role": mask.foreign(count.role) if count.role is not None else None,
        "populationSet": index,
        "populationSetName": mask.foreign(name) if name is not None else None,
        "text": mask(count.text) if count.text is not None else None,
        "status": count.status.value,
        "reason": count.reason,
        "pointers": list(count.pointers),
        "line": count.place.line,
    }
