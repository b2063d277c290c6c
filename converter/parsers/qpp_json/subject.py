"""What the submission rules look at: a submission as JSON, each part with its pointer and what the catalog says of it.

Both a converted document and a QPP JSON file become a subject, so that one set of rules serves both. Nothing is taken
for granted: a member that is missing or of the wrong type is None here, and the JSON Schema has told that already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from converter.facts.catalog import Catalog
from converter.findings.finding import MeasureLabel
from converter.language.terms import CATEGORY_NAMES

Json: TypeAlias = Mapping[str, Any]

EHR, REGISTRY = "electronicHealthRecord", "registry"

_TELLING: Mapping[str, str] = {"overallStratumOnly": "overall", "split": "reporting"}
"""How strata become one number -> the stratum that says how many cases there are."""


@dataclass(slots=True)
class Counts:
    """The counts of a quality measure or of one of its strata; None for a count that is not given.

    Attributes:
        pointer: JSON pointer of the object that holds them.
        met, not_met, exclusion, exception, eligible: as in QPP JSON; `eligible` is the denominator.
        stratum: name of the stratum, or None.
    """

    pointer: str
    met: int | None
    not_met: int | None
    exclusion: int | None
    exception: int | None
    eligible: int | None
    stratum: str | None

    @property
    def words(self) -> str:
        """How a sentence names the stratum; empty where there is none."""
        return f" in the stratum {self.stratum}" if self.stratum else ""

    @property
    def counted(self) -> int | None:
        """Cases that the rate is computed over: the denominator less exclusions and exceptions."""
        return None if self.eligible is None else self.eligible - (self.exclusion or 0) - (self.exception or 0)

    @property
    def arithmetic(self) -> str:
        """The computation of `counted` in figures."""
        return f"{self.eligible} - {self.exclusion or 0} excluded - {self.exception or 0} excepted = {self.counted}"


@dataclass(slots=True)
class MeasurementSubject:
    """A measurement.

    Attributes:
        pointer: JSON pointer of the measurement.
        measure_id: its id, or None.
        value: its value as in JSON; None where there is none.
        facts: what the measures data says of the measure; None for an unknown one.
        category: category of the measure in the measures data, or None.
        label: how findings name it.
        counts: counts of a quality measure, one for each stratum.
    """

    pointer: str
    measure_id: str | None
    value: object
    facts: Json | None
    category: str | None
    label: MeasureLabel
    counts: tuple[Counts, ...]

    @property
    def metric_type(self) -> str | None:
        """Kind of value that the measure has, or None."""
        return self.facts.get("metricType") if self.facts else None

    @property
    def algorithm(self) -> str | None:
        """How CMS makes one number of those of its strata (`overallAlgorithm` of the measures data), or None."""
        return self.facts.get("overallAlgorithm") if self.facts else None

    @property
    def added_up(self) -> bool:
        """Whether the numbers of its strata are added up."""
        return self.algorithm in ("weightedAverage", "sumNumerators")

    @property
    def counted_strata(self) -> Sequence[Counts]:
        """The counts that say how many cases it has: those of one stratum, where that one tells, or of all."""
        name = _TELLING.get(self.algorithm or "")
        return [one for one in self.counts if name and one.stratum == name] or self.counts


@dataclass(slots=True)
class SetSubject:
    """A measurement set; `start` and `end` are None where they are no dates, `program` is `mips` if none is named."""

    pointer: str
    members: Json
    category: str | None
    method: str | None
    program: str | None
    start: date | None
    end: date | None
    cehrt: str | None
    measurements: list[MeasurementSubject] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, ...]:
        """What tells a set from the others of its submission: CMS takes one of each (SV-022)."""
        rest = (_text(self.members, name) for name in ("measureSet", "practiceId"))
        return (self.category, self.method, (self.program or "").lower(), *rest)

    @property
    def name(self) -> str:
        """How findings name its data."""
        return CATEGORY_NAMES.get(self.category or "", self.category or "unnamed")


@dataclass(slots=True)
class Subject:
    """A submission. Members that are missing, or are no text, are None."""

    pointer: str
    members: Json
    entity_type: str | None
    npi: str | None
    tin: str | None
    entity_id: str | None
    sets: list[SetSubject]

    def of_category(self, category: str) -> list[SetSubject]:
        """Sets of a category."""
        return [one for one in self.sets if one.category == category]


def subject_of(submission: Json, catalog: Catalog, pointer: str = "") -> Subject:
    """Return the subject of a submission.

    Args:
        submission: the submission as JSON.
        catalog: the measures of its year.
        pointer: where it stands in its file; empty for the file as a whole.
    """
    sets = submission.get("measurementSets")
    return Subject(
        pointer=pointer,
        members=submission,
        entity_type=_text(submission, "entityType"),
        npi=_text(submission, "nationalProviderIdentifier"),
        tin=_text(submission, "taxpayerIdentificationNumber"),
        entity_id=_text(submission, "entityId"),
        sets=[
            set_subject(one, catalog, f"{pointer}/measurementSets/{index}")
            for index, one in enumerate(sets if isinstance(sets, list) else ())
            if isinstance(one, Mapping)
        ],
    )


def set_subject(members: Json, catalog: Catalog, pointer: str) -> SetSubject:
    """Return the subject of a measurement set; arguments as for `subject_of`."""
    program, method = members.get("programName"), members.get("submissionMethod")
    measurements = members.get("measurements")
    return SetSubject(
        pointer=pointer,
        members=members,
        category=_text(members, "category"),
        method=method if isinstance(method, str) else None,
        # A set that names no program is one of MIPS.
        program="mips" if program is None else program if isinstance(program, str) else None,
        start=_date(members.get("performanceStart")),
        end=_date(members.get("performanceEnd")),
        cehrt=_text(members, "cehrtId"),
        measurements=[
            _measurement(one, catalog, f"{pointer}/measurements/{index}")
            for index, one in enumerate(measurements if isinstance(measurements, list) else ())
            if isinstance(one, Mapping)
        ],
    )


def _measurement(members: Json, catalog: Catalog, pointer: str) -> MeasurementSubject:
    measure_id, value = _text(members, "measureId"), members.get("value")
    category, facts = catalog.entry(measure_id) if measure_id else (None, None)
    return MeasurementSubject(
        pointer=pointer,
        measure_id=measure_id,
        value=value,
        facts=facts,
        category=category,
        label=MeasureLabel(
            measure_id, facts.get("eMeasureId") if facts else None, facts.get("title") if facts else None
        ),
        counts=tuple(_counts(value, f"{pointer}/value")) if isinstance(value, Mapping) else (),
    )


def _counts(value: Json, pointer: str) -> list[Counts]:
    strata = value.get("strata")
    if isinstance(strata, Sequence) and not isinstance(strata, str):
        return [
            _count(one, f"{pointer}/strata/{index}") for index, one in enumerate(strata) if isinstance(one, Mapping)
        ]
    return [_count(value, pointer)] if "eligiblePopulation" in value or "performanceMet" in value else []


def _count(value: Json, pointer: str) -> Counts:
    return Counts(
        pointer,
        whole(value.get("performanceMet")),
        whole(value.get("performanceNotMet")),
        whole(value.get("eligiblePopulationExclusion")),
        whole(value.get("eligiblePopulationException")),
        whole(value.get("eligiblePopulation")),
        _text(value, "stratum"),
    )


def whole(value: object) -> int | None:
    """Return a JSON value that is a whole number, or None."""
    # JSON Schema takes 5.0 for a whole number, and so do the rules.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(members: Json, name: str) -> str | None:
    value = members.get(name)
    return value if isinstance(value, str) and value else None


def _date(value: object) -> date | None:
    # Python reads other forms of ISO 8601 as well, such as 20250101.
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
