"""From the resolved document to the submission. Called only for documents in which no rule found a blocking error."""

from collections.abc import Mapping

from converter.assemble.assembled import Assembled, SetSource, Source
from converter.assemble.quality import quality_value
from converter.model.document import Activity, Entry, Identifier, PiCount, PiMeasure, QualityMeasure, Section
from converter.model.submission import Measurement, MeasurementSet, Proportion, Submission
from converter.profiles.profile import Program
from converter.resolve.numbers import iso_date, whole_number
from converter.resolve.resolved import Resolved, ResolvedMeasure


def assemble(resolved: Resolved) -> Assembled:
    """Build the submission of a document that passed the rules.

    Raises:
        ValueError: the document did not pass them.
    """
    program = resolved.identity.program
    if program is None:
        raise ValueError("a document without program cannot be assembled")
    identity, output = resolved.identity, resolved.profile.output
    sources = _sources(resolved)
    sets = [_measurement_set(resolved, program, source) for source in sources]
    submission = Submission(
        performanceYear=int(sets[0].performanceStart[:4]),
        entityType=program.entity_type,
        nationalProviderIdentifier=_text(identity.npi) if program.entity_type in output.npi_for else None,
        taxpayerIdentificationNumber=_text(identity.tin) if program.entity_type in output.tin_for else None,
        entityId=_text(identity.entity),
        measurementSets=sets,
    )
    return Assembled(resolved, submission, sources)


def _sources(resolved: Resolved) -> list[SetSource]:
    of_entry = {id(item.entry): item for item in resolved.measures}
    return [
        SetSource(section, [_source(entry, of_entry) for entry in section.entries])
        for section in resolved.document.sections
    ]


def _source(entry: Entry, of_entry: Mapping[int, ResolvedMeasure]) -> Source:
    return of_entry[id(entry)] if isinstance(entry, QualityMeasure) else entry


def _measurement_set(resolved: Resolved, program: Program, source: SetSource) -> MeasurementSet:
    identity, output, section = resolved.identity, resolved.profile.output, source.section
    name = program.program_name
    with_cehrt = name in output.cehrt_programs and section.category in output.cehrt_categories
    if identity.mvp and name in output.mvp_programs and program.entity_type in output.mvp_entities:
        name = _text(identity.mvp) or name
    return MeasurementSet(
        category=output.categories[section.category],
        submissionMethod=output.submission_method,
        cehrtId=_text(identity.cehrt) if with_cehrt else None,
        measurements=[_measurement(resolved, item) for item in source.measurements],
        programName=name,
        performanceStart=_date(section, "starts"),
        performanceEnd=_date(section, "ends"),
        source=output.source,
    )


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


def _date(section: Section, end: str) -> str:
    dates = getattr(section.periods[0], end)
    return iso_date(next(date.text for date in dates if date.text is not None)) or ""


def _text(identifier: Identifier | None) -> str | None:
    return identifier.extension if identifier else None
