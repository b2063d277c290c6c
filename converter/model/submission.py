"""The QPP submission, typed: what CMS' submission API takes. Member order is that of the official converter.

A view of the QPP JSON, made when somebody asks for it: nothing else needs pydantic, whose import takes longer than the
conversion of a document.

Types are strict: a count is an integer and nothing that merely looks like one. Whether CMS would accept the values is
for the submission rules; a negative remainder, for example, is written as it comes out and found there.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

Date = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


Category: TypeAlias = Literal["quality", "pi", "ia", "aci"]
EntityType: TypeAlias = Literal["individual", "group", "virtualGroup", "apm", "subgroup"]


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class PerformanceRate(_Model):
    """Counts of a measure with one population set (`singlePerformanceRate`). Absent populations are left out."""

    isEndToEndReported: bool = True
    performanceMet: int | None = None
    eligiblePopulationExclusion: int | None = None
    eligiblePopulationException: int | None = None
    performanceNotMet: int | None = None
    eligiblePopulation: int | None = None


class SummedRate(_Model):
    """Counts of a measure whose population sets are summed into one rate; absent populations are 0."""

    isEndToEndReported: bool = True
    performanceMet: int
    performanceNotMet: int
    eligiblePopulation: int
    eligiblePopulationExclusion: int
    eligiblePopulationException: int


class StratumRate(_Model):
    """Counts of one stratum of a measure with several rates (`multiPerformanceRate`)."""

    performanceMet: int | None = None
    eligiblePopulationExclusion: int | None = None
    eligiblePopulationException: int | None = None
    performanceNotMet: int | None = None
    eligiblePopulation: int | None = None
    stratum: str


class MultiRate(_Model):
    """Counts of a measure with several rates, in the order of CMS' measures data."""

    isEndToEndReported: bool = True
    strata: list[StratumRate]


class Proportion(_Model):
    """Numerator and denominator of a promoting interoperability measure."""

    numerator: int
    denominator: int


def _kind(value: Any) -> str:
    """Name of the type of a value. A sum differs from a rate in nothing but the order of its members."""
    if not isinstance(value, Mapping):
        return "answer" if isinstance(value, bool) else _NAMES.get(type(value), "rate")
    if "strata" in value:
        return "strata"
    if "numerator" in value or "denominator" in value:
        return "proportion"
    return "sum" if list(value) == list(SummedRate.model_fields) else "rate"


_NAMES: Mapping[type, str] = {
    PerformanceRate: "rate",
    SummedRate: "sum",
    MultiRate: "strata",
    Proportion: "proportion",
}

Value: TypeAlias = Annotated[
    Annotated[bool, Tag("answer")]
    | Annotated[PerformanceRate, Tag("rate")]
    | Annotated[SummedRate, Tag("sum")]
    | Annotated[MultiRate, Tag("strata")]
    | Annotated[Proportion, Tag("proportion")],
    Discriminator(_kind),
]


class Measurement(_Model):
    """One measure and its value."""

    measureId: str
    value: Value


class MeasurementSet(_Model):
    """The measurements of one category."""

    category: Category
    submissionMethod: str
    cehrtId: str | None = None
    measurements: list[Measurement]
    programName: str
    practiceId: str | None = None
    performanceStart: str = Date
    performanceEnd: str = Date
    source: str | None = None


class Submission(_Model):
    """A QPP submission: one entity and one performance year."""

    performanceYear: int
    entityType: EntityType
    nationalProviderIdentifier: str | None = Field(default=None, repr=False)
    taxpayerIdentificationNumber: str | None = Field(default=None, repr=False)
    entityId: str | None = None
    measurementSets: list[MeasurementSet]


def typed(members: Mapping[str, Any]) -> Submission | None:
    """Return QPP JSON as a typed submission; None where it is no submission of the right shape."""
    try:
        return Submission.model_validate(members)
    except ValidationError:
        return None
