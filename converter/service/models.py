"""The shapes of our own answers. What they say of a document is what the JSON report says of it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Model(BaseModel):
    """Base of the answers: members in camel case, and those of the report that are not named here are left out."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True, extra="ignore")


class VerdictModel(Model):
    """What CMS would do with a document, as far as it is known."""

    kind: Literal["refused", "costs points", "not fully checked", "accepted"]
    sentence: str = Field(examples=["CMS would reject it"])
    unchecked: list[str] = Field(description="What was not checked.")


class Counts(Model):
    """How many findings there are of each severity."""

    error: int
    warning: int
    info: int


class IdentityModel(Model):
    """Who reports, and under which program; identifiers are masked unless they were asked for."""

    performance_year: int | None
    program: str | None
    entity_type: str | None
    npi: str | None
    tin: str | None
    entity_id: str | None
    mvp: str | None


class Readiness(Model):
    """What there is of a category, and what it lacks to be scored."""

    category: str
    program_name: str | None
    period: str | None
    present: str
    lacking: list[str]
    unchecked: list[str]


class MeasureModel(Model):
    """A measure or activity."""

    measure_id: str | None = Field(examples=["236"])
    cms_id: str | None = Field(examples=["CMS165v13"])
    title: str | None


class PlaceModel(Model):
    """A place in a document."""

    line: int | None
    column: int | None
    path: str | None = Field(description="Path of the element, in short.")
    pointer: str | None = Field(description="JSON pointer, in QPP JSON.")
    attribute: str | None
    excerpt: str | None


class FindingModel(Model):
    """Something that was found."""

    id: str = Field(examples=["GUID002"])
    slug: str = Field(examples=["measure-guid-of-another-year"])
    official_code: int | None = Field(description="Error code of the official converter for the same matter.")
    severity: Literal["error", "warning", "info"]
    effect: Literal["refuses", "may refuse", "loses a category", "costs points", "remark"]
    stage: Literal["xml", "convert", "submission", "guide", "tool"]
    blocks: bool
    message: str
    found: str | None
    expected: str | None
    fix: str
    caused_by: str | None = Field(description="Id of the finding that it follows from.")
    measure: MeasureModel | None
    place: PlaceModel | None


class DocumentModel(Model):
    """What became of one document."""

    source: str = Field(examples=["export.xml"])
    ok: bool = Field(description="Whether nothing blocked.")
    outcome: Literal["converted", "wouldBeRejected", "notConverted", "checked"]
    verdict: VerdictModel
    counts: Counts
    identity: IdentityModel
    readiness: list[Readiness]
    findings: list[FindingModel] = Field(description="Causes first.")


class ConvertedModel(DocumentModel):
    """What became of one document, and the submission that was made of it."""

    qpp: dict[str, Any] | None = Field(description="The submission as QPP JSON; null where something blocked.")


class Converted(Model):
    """What became of the documents of a request, in their order."""

    documents: list[ConvertedModel]


class Checked(Model):
    """What was found in the documents of a request, in their order."""

    documents: list[DocumentModel]


class ExplanationModel(Model):
    """What a word is."""

    word: str
    what: str = Field(examples=["finding"])
    text: str = Field(description="The explanation in words.")
    certain: Literal["sure", "not sure", "not known"]
    id: str | None
    title: str | None
    year: int | None
    years: list[int]
    measure: MeasureModel | None
    guid: str | None
    role: str | None
    findings: list[str]
    codes: list[int]
    side: str | None
    remedy: str | None
    parts: list["ExplanationModel"]


class Question(Model):
    """A word or message to be explained."""

    word: Annotated[str, Field(min_length=1, max_length=20_000, examples=["GUID002"])]
    year: Annotated[int | None, Field(ge=2000, le=2100, examples=[2025])] = None


class MentionModel(Model):
    """One of the times that an answer of CMS gives a message."""

    message: str
    path: str | None
    pointer: str | None
    words: str | None
    measure: MeasureModel | None
    element: str | None
    line: int | None
    column: int | None
    missing: str | None
    findings: list[str]


class MessageModel(Model):
    """A message of an answer of CMS: what it means, and what to do."""

    message: str
    what: str
    text: str
    warning: bool
    certain: Literal["sure", "not sure", "not known"]
    title: str | None
    side: str | None
    code: int | None
    codes: list[int]
    meaning: str
    measure: MeasureModel | None
    findings: list[str]
    found: list[str]
    advice: list[str]
    mentions: list[MentionModel]


class ExplainedAnswerModel(Model):
    """What an answer of CMS means, message by message."""

    kind: str
    text: str
    year: int
    title: str | None
    items: list[MessageModel]
    notes: list[str]
    lines: list[str]
    unnamed: list[str] = Field(description="Errors of the document that the answer does not name.")


class MeasureRowModel(Model):
    """A quality measure of a year."""

    year: int
    measure_id: str = Field(examples=["236"])
    cms_id: str | None = Field(examples=["CMS165v13"])
    guid: str | None
    title: str


class Measures(Model):
    """Quality measures."""

    measures: list[MeasureRowModel]


class YearModel(Model):
    """A performance year that is known."""

    year: int = Field(examples=[2025])
    measures: int = Field(description="How many quality measures can be reported from an EHR.")
    identifiers: Literal["final", "preliminary", "none"]
    data_of: str = Field(description="Date of the measures.")
    template: str | None = Field(description="Version of the document template; null where none is known.")
    guide_of: str | None = Field(description="Date of the implementation guide.")
    preliminary: bool = Field(description="Whether no release of the official converter handles the year yet.")


class Years(Model):
    """The performance years that are known."""

    years: list[YearModel]
