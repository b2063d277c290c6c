"""From the resolved document to the submission: whole where no rule found a blocking error, else in part for checks."""

from collections.abc import Callable, Container, Mapping
from typing import Any

from converter.assemble.assembled import Assembled, SetSource, Source
from converter.assemble.quality_value import quality_value
from converter.facts.profiles import Program
from converter.model.document import Activity, Entry, Identifier, PiCount, PiMeasure, QualityMeasure, Section
from converter.model.numbers import iso_date, whole_number
from converter.model.submission import Measurement, MeasurementSet, Proportion, Submission
from converter.resolve.resolved import Resolved, ResolvedMeasure


def assemble(resolved: Resolved) -> Assembled:
    """Build the submission of a document that passed the rules.

    Raises:
        ValueError: the document did not pass them.
    """
    program = resolved.identity.program
    if program is None:
        raise ValueError("a document without program cannot be assembled")
    return _assembled(resolved, program, _sources(resolved, ()), Submission, MeasurementSet)


def assemble_partly(resolved: Resolved, program: Program | None, without: Container[int]) -> Assembled:
    """Build what can be built of a document that did not pass the rules; it is checked, and never written.

    Args:
        resolved: the document.
        program: its program; None where that is not known.
        without: `id()` of the entries that are left out, because there are errors in them.
    """
    sources = _sources(resolved, without)
    return _assembled(resolved, program, sources, Submission.model_construct, MeasurementSet.model_construct)


def _assembled(
    resolved: Resolved,
    program: Program | None,
    sources: list[SetSource],
    submission: Callable[..., Submission],
    measurement_set: Callable[..., MeasurementSet],
) -> Assembled:
    identity, output = resolved.identity, resolved.profile.output
    entity = program.entity_type if program else None
    sets = [measurement_set(**_members_of_set(resolved, program, source)) for source in sources]
    start = sets[0].performanceStart if sets else None
    built = submission(
        performanceYear=int(start[:4]) if start else None,
        entityType=entity,
        nationalProviderIdentifier=_text(identity.npi) if entity is None or entity in output.npi_for else None,
        taxpayerIdentificationNumber=_text(identity.tin) if entity is None or entity in output.tin_for else None,
        entityId=_text(identity.entity),
        measurementSets=sets,
    )
    return Assembled(resolved, built, sources)


def _sources(resolved: Resolved, without: Container[int]) -> list[SetSource]:
    of_entry = {id(item.entry): item for item in resolved.measures}
    return [
        SetSource(section, [_source(entry, of_entry) for entry in section.entries if id(entry) not in without])
        for section in resolved.document.sections
    ]


def _source(entry: Entry, of_entry: Mapping[int, ResolvedMeasure]) -> Source:
    return of_entry[id(entry)] if isinstance(entry, QualityMeasure) else entry


def _members_of_set(resolved: Resolved, program: Program | None, source: SetSource) -> dict[str, Any]:
    identity, output, section = resolved.identity, resolved.profile.output, source.section
    name = program.program_name if program else None
    with_cehrt = (name is None or name in output.cehrt_programs) and section.category in output.cehrt_categories
    if program and identity.mvp and name in output.mvp_programs and program.entity_type in output.mvp_entities:
        name = _text(identity.mvp) or name
    return {
        "category": output.categories[section.category],
        "submissionMethod": output.submission_method,
        "cehrtId": _text(identity.cehrt) if with_cehrt else None,
        "measurements": [_measurement(resolved, item) for item in source.measurements],
        "programName": name,
        "performanceStart": _date(section, "starts"),
        "performanceEnd": _date(section, "ends"),
        "source": output.source,
    }


def _measurement(resolved: Resolved, item: Source) -> Measurement:
    if isinstance(item, PiMeasure):
        return Measurement(measureId=_first_id(item), value=_pi_value(item))
    if isinstance(item, Activity):
        return Measurement(measureId=_first_id(item), value=_answer(item))
    return Measurement(measureId=item.known.measure_id, value=quality_value(item, resolved.profile))


def _pi_value(item: PiMeasure) -> Proportion | bool:
    if not item.proportion:
        return _answer(item)
    return Proportion(numerator=_count(item.numerators[0]), denominator=_count(item.denominators[0]))


def _count(part: PiCount) -> int:
    number = whole_number(part.counts[0].text)
    if number is None:
        raise ValueError("a count that is no whole number cannot be assembled")
    return number


def _answer(item: PiMeasure | Activity) -> bool:
    return (item.performed[0].codes[0] or "").upper() == "Y"


def _first_id(item: PiMeasure | Activity) -> str:
    return next(one.extension for one in item.ids if one.extension)


def _date(section: Section, end: str) -> str | None:
    dates = (date.text for period in section.periods[:1] for date in getattr(period, end) if date.text is not None)
    text = next(dates, None)
    return iso_date(text) if text else None


def _text(identifier: Identifier | None) -> str | None:
    return identifier.extension if identifier else None
