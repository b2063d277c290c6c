"""From the resolved document to the submission: whole where no rule found a blocking error, else in part for checks."""

from collections.abc import Container, Mapping
from typing import Any

from converter.assemble.assembled import Assembled, Origin, SetSource, Source
from converter.assemble.quality_value import quality_value
from converter.facts.profiles import Program
from converter.model.document import (
    Activity,
    Entry,
    Identifier,
    PeriodDate,
    PiCount,
    PiMeasure,
    QualityMeasure,
    Section,
)
from converter.model.numbers import iso_date, whole_number
from converter.resolve.resolved import Resolved, ResolvedMeasure


def assemble(resolved: Resolved) -> Assembled:
    """Build the submission of a document that passed the rules.

    Raises:
        ValueError: the document did not pass them.
    """
    program = resolved.identity.program
    if program is None:
        raise ValueError("a document without program cannot be assembled")
    return _Assembly(resolved, program).build(_sources(resolved, ()))


def assemble_partly(resolved: Resolved, program: Program | None, without: Container[int]) -> Assembled:
    """Build what can be built of a document that did not pass the rules; it is checked, and never written.

    Args:
        resolved: the document.
        program: its program; None where that is not known.
        without: `id()` of the entries that are left out, because there are errors in them.
    """
    return _Assembly(resolved, program).build(_sources(resolved, without))


def _sources(resolved: Resolved, without: Container[int]) -> list[SetSource]:
    of_entry = {id(item.entry): item for item in resolved.measures}
    return [
        SetSource(section, [_source(entry, of_entry) for entry in section.entries if id(entry) not in without])
        for section in resolved.document.sections
    ]


def _source(entry: Entry, of_entry: Mapping[int, ResolvedMeasure]) -> Source:
    return of_entry[id(entry)] if isinstance(entry, QualityMeasure) else entry


class _Assembly:
    """Puts one submission together, and takes note of where each value comes from."""

    def __init__(self, resolved: Resolved, program: Program | None) -> None:
        self.resolved = resolved
        self.program = program
        self.origins: dict[str, Origin] = {}

    def build(self, sources: list[SetSource]) -> Assembled:
        resolved, origins = self.resolved, self.origins
        identity, output, document = resolved.identity, resolved.profile.output, Origin((resolved.document.node,))
        origins[""] = origins["/measurementSets"] = document
        entity = self.program.entity_type if self.program else None
        members: dict[str, Any] = {"performanceYear": None, "entityType": entity}
        if entity is not None and identity.recipients:
            origins["/entityType"] = Origin((identity.recipients[0].node,), "extension")
        if entity is None or entity in output.npi_for:
            self._copy(members, "nationalProviderIdentifier", identity.npi)
        if entity is None or entity in output.tin_for:
            self._copy(members, "taxpayerIdentificationNumber", identity.tin)
        self._copy(members, "entityId", identity.entity)
        sets = [self._set(source, f"/measurementSets/{index}") for index, source in enumerate(sources)]
        members["measurementSets"] = sets
        self._year(members, sets, sources)
        return Assembled(resolved, _without_none(members), sources, origins)

    def _copy(self, members: dict[str, Any], name: str, identifier: Identifier | None, pointer: str = "") -> None:
        """Copy the extension of an id to a member, where there is one."""
        if identifier and identifier.extension is not None:
            members[name] = identifier.extension
            self.origins[f"{pointer}/{name}"] = Origin((identifier.node,), "extension")

    def _year(self, members: dict[str, Any], sets: list[dict[str, Any]], sources: list[SetSource]) -> None:
        """Write the year in which the first section starts, as the official converter does."""
        start = sets[0].get("performanceStart") if sets else None
        members["performanceYear"] = int(start[:4]) if start else None
        if sources and (date := _first_date(sources[0].section, "starts")):
            self.origins["/performanceYear"] = Origin((date.node,), "value")

    def _set(self, source: SetSource, pointer: str) -> dict[str, Any]:
        resolved, program, section = self.resolved, self.program, source.section
        identity, output = resolved.identity, resolved.profile.output
        itself = Origin((section.node,))
        for name in ("", "/category", "/submissionMethod", "/measurements", *(("/source",) if output.source else ())):
            self.origins[pointer + name] = itself
        name = program.program_name if program else None
        members: dict[str, Any] = {
            "category": output.categories[section.category],
            "submissionMethod": output.submission_method,
        }
        if section.category in output.cehrt_categories and (name is None or name in output.cehrt_programs):
            self._copy(members, "cehrtId", identity.cehrt, pointer)
        members["measurements"] = [
            self._measurement(item, f"{pointer}/measurements/{index}") for index, item in enumerate(source.measurements)
        ]
        if program and identity.mvp and name in output.mvp_programs and program.entity_type in output.mvp_entities:
            name = identity.mvp.extension or name
        members["programName"] = name
        if resolved.practice and resolved.practice.practice_id:
            self._copy(members, "practiceId", identity.entity, pointer)
        if named := identity.mvp or next(iter(identity.recipients), None):
            self.origins[f"{pointer}/programName"] = Origin((named.node,), "extension")
        for member, end in (("performanceStart", "starts"), ("performanceEnd", "ends")):
            members[member] = self._date(section, end, f"{pointer}/{member}")
        members["source"] = output.source
        return _without_none(members)

    def _date(self, section: Section, end: str, pointer: str) -> str | None:
        if date := _first_date(section, end):
            self.origins[pointer] = Origin((date.node,), "value")
        dates = (one.text for period in section.periods[:1] for one in getattr(period, end) if one.text is not None)
        text = next(dates, None)
        return iso_date(text) if text else None

    def _measurement(self, item: Source, pointer: str) -> dict[str, Any]:
        entry = item.entry if isinstance(item, ResolvedMeasure) else item
        ids = item.references if isinstance(item, ResolvedMeasure) else item.ids
        self.origins[pointer] = Origin((entry.node,))
        if ids:
            self.origins[f"{pointer}/measureId"] = Origin((ids[0].node,), "extension")
        value = f"{pointer}/value"
        if isinstance(item, ResolvedMeasure):
            rate = quality_value(item, self.resolved.profile, value, self.origins)
            return {"measureId": item.known.measure_id, "value": rate}
        measure_id = next(one.extension for one in item.ids if one.extension)
        if isinstance(item, PiMeasure) and item.proportion:
            return {"measureId": measure_id, "value": self._proportion(item, value)}
        self.origins[value] = Origin((item.performed[0].node,))
        return {"measureId": measure_id, "value": _answer(item)}

    def _proportion(self, item: PiMeasure, pointer: str) -> dict[str, int]:
        self.origins[pointer] = Origin((item.node,))
        for name, part in (("numerator", item.numerators[0]), ("denominator", item.denominators[0])):
            self.origins[f"{pointer}/{name}"] = Origin((part.counts[0].value_node,), "value")
        return {"numerator": _count(item.numerators[0]), "denominator": _count(item.denominators[0])}


def _without_none(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def _count(part: PiCount) -> int:
    number = whole_number(part.counts[0].text)
    if number is None:
        raise ValueError("a count that is not a whole number cannot be assembled")
    return number


def _answer(item: PiMeasure | Activity) -> bool:
    return (item.performed[0].codes[0] or "").upper() == "Y"


def _first_date(section: Section, end: str) -> PeriodDate | None:
    """The first date of a section; None where a document that is assembled in part has none."""
    return next((date for period in section.periods[:1] for date in getattr(period, end)), None)
