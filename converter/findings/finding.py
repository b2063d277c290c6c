"""Findings: what is said about a document. Values only; this module knows neither XML nor rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from converter.deadline import look
from converter.findings.fault import Framed, framed
from converter.findings.place import Place

Datum: TypeAlias = str | int | float | bool | tuple[str, ...] | tuple[int, ...] | None
"""The value of a field of `Finding.data`."""


class Severity(StrEnum):
    """How bad it is. Whether it blocks is for the caller to say (see `Stage`)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Effect(StrEnum):
    """What it does to the submission, the worst first: what the verdict and the order of findings go by."""

    REFUSES = "refuses"
    MAY_REFUSE = "may refuse"
    LOSES_CATEGORY = "loses a category"
    COSTS_POINTS = "costs points"
    REMARK = "remark"


class Stage(StrEnum):
    """Who complains: the XML parser, the conversion, CMS' submission API, the implementation guide, this tool."""

    XML = "xml"
    CONVERT = "convert"
    SUBMISSION = "submission"
    GUIDE = "guide"
    TOOL = "tool"


def _row(id: str) -> "Kind":
    from converter.findings.kinds import TABLE

    return TABLE[id]


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table of findings.

    The words of its sentences in braces are `found` and `measure`, its data, and wording: parts of a sentence that only
    make sense in it.

    Attributes:
        id: stable id such as `GUID002`; never reused.
        slug: stable readable name such as `measure-guid-of-another-year`.
        message: one sentence that stands alone, with `{words}`; never with a TIN or NPI in it.
        expected: what was expected, with `{words}`.
        fix: what to do, with `{words}`.
        official_code: `errorCode` of the official converter for the same matter, or None.
        severity: error, warning or info.
        effect: what it does to the submission: every error refuses it, and nothing else does for certain.
        stage: who would complain.
        category: `pi` or `ia`, of a kind that takes that category away; None where its data names the category.
        no_verdict: what is said in place of a verdict, of an error that is none of the submission.
        unchecked: what could not be checked because of it.
        figure: whether what was found is a figure, which is no identifier however many digits it has.
        structure: the errors of structure that come of the same mistake, such as `IG003 structuredBody/component`.
        data: names of the fields (`findings/fields.py`) that each of its findings has.
        optional: names of fields that are None where they do not apply or are not known.
        wording: names of the parts of its sentences that are no data.
    """

    id: str
    slug: str
    message: str
    expected: str
    fix: str
    official_code: int | None = None
    severity: Severity = Severity.ERROR
    effect: Effect = Effect.REFUSES
    stage: Stage = Stage.CONVERT
    category: str | None = None
    no_verdict: str = ""
    unchecked: str = ""
    figure: bool = False
    structure: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Callable[[str], "Kind"], tuple[str]]:
        """Travel as an id: there is one row of a kind, also after copying."""
        return _row, (self.id,)


class MeasureLabel(NamedTuple):
    """Which measure a finding is about: QPP measure id, CMS id with version, title (each None where unknown)."""

    measure_id: str | None
    cms_id: str | None = None
    title: str | None = None

    def __str__(self) -> str:
        """Return `CMS165v13 (measure 236)`, or as much of it as is known; an improvement activity is called that."""
        if self.cms_id and self.measure_id:
            return f"{self.cms_id} (measure {self.measure_id})"
        noun = "activity" if (self.measure_id or "").startswith("IA_") else "measure"
        return self.cms_id or (f"{noun} {self.measure_id}" if self.measure_id else "the measure")


def masked_data(data: Mapping[str, Datum], mask: Callable[[str], str]) -> dict[str, Datum]:
    """Return the data of a finding with the identifiers in its texts masked; a number that is one is None."""
    return {name: _masked(value, mask) for name, value in data.items()}


def _masked(value: Datum, mask: Callable[[str], str]) -> Datum:
    if isinstance(value, tuple):
        return tuple(mask(one) if isinstance(one, str) else one for one in value)  # type: ignore[return-value]
    if isinstance(value, str):
        return mask(value)
    return None if isinstance(value, int) and mask(str(value)) != str(value) else value


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One thing that is wrong, or worth knowing, in a document.

    Attributes:
        kind: the row of the table of findings.
        message: one sentence that stands alone; masked as `found` is.
        found: what stands in the document; a TIN or NPI is masked in it once the finding is read (see `unmasked`).
        expected: what was expected there.
        fix: what to do.
        place: where, or None for the document as a whole.
        related: other places that belong to it.
        caused_by: id of the finding that this one follows from, or None.
        measure: the measure concerned, or None.
        official: where the official converter reports it, where that is elsewhere.
        written: what stands in the document, where that is masked in `found`; None where nothing is.
        data: the fields that the kind declares, and their values; free of TIN, NPI and file names.
        frames: what is shown of the document once the finding is read: the place, and the other one of a pair.
    """

    kind: Kind
    message: str
    found: str | None = None
    expected: str = ""
    fix: str = ""
    place: Place | None = None
    related: tuple[Place, ...] = ()
    caused_by: str | None = None
    measure: MeasureLabel | None = None
    official: Place | None = None
    written: str | None = None
    data: Mapping[str, Datum] = field(default_factory=dict, hash=False)
    frames: tuple[Framed, ...] = ()

    def complete(self, mask: Callable[[str], str]) -> "Finding":
        """Return the finding as a plain value: its places worked out, and what was found masked.

        A finding that is complete already stays as it is.
        """
        frames = self.frames or self._framed()
        fault = frames[0].place if frames else self.place
        for place in (*(one.place for one in frames), self.place, *self.related):
            if place is not None:
                place.complete()
        return replace(
            self,
            place=fault,
            official=self.official or (self.place if fault is not self.place else None),
            message=mask(self.message),
            expected=mask(self.expected),
            fix=mask(self.fix),
            found=self.found if self.found is None else mask(self.found),
            written=self.found if self.written is None else self.written,
            data=masked_data(self.data, mask),
            frames=frames,
        )

    def fault(self) -> Place | None:
        """Return where the fault itself is: an attribute before the element around it, also one that is related."""
        frames = self.frames or self._framed()
        return frames[0].place if frames else self.place

    def _framed(self) -> tuple[Framed, ...]:
        return framed(self.id, self.place, self.related, self.found, self.data) if self.place else ()

    @property
    def official_place(self) -> Place | None:
        """Where the official converter reports it (its line and column are in `Place.official`)."""
        return self.official or self.place

    def unmasked(self) -> str | None:
        """What stands in the document, as written: it may be a TIN or NPI."""
        return self.found if self.written is None else self.written

    def unmasked_message(self) -> str:
        """The message with what stands in the document as written."""
        return self.message.replace(self.found, self.written) if self.found and self.written else self.message

    def texts(self) -> Iterator[str]:
        """Return what it quotes of the document, but for figures."""
        for value in (None if self.kind.figure else self.unmasked(), *self.data.values()):
            yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str))

    def __repr__(self) -> str:
        """Return which finding it is and where; never what was found, which may be a TIN or NPI."""
        line = self.place.line if self.place else None
        return f"<Finding {self.id}: {self.severity.value}{'' if line is None else f' in line {line}'}>"

    @property
    def id(self) -> str:
        """Stable id, such as `GUID002`."""
        return self.kind.id

    @property
    def slug(self) -> str:
        """Stable readable name, such as `measure-guid-of-another-year`."""
        return self.kind.slug

    @property
    def official_code(self) -> int | None:
        """`errorCode` that the official converter gives for the same matter, or None."""
        return self.kind.official_code

    @property
    def effect(self) -> Effect:
        """What it does to the submission."""
        return self.kind.effect

    @property
    def severity(self) -> Severity:
        """Error, warning or info."""
        return self.kind.severity

    @property
    def stage(self) -> Stage:
        """Who would complain."""
        return self.kind.stage


def breaks_guide(finding: Finding) -> bool:
    """Whether a finding is of something that the implementation guide requires, and does not only recommend."""
    return (
        finding.stage is Stage.GUIDE
        and finding.severity is Severity.WARNING
        and finding.data.get("required", True) is not False
    )


def completed(findings: Iterable[Finding], mask: Callable[[str], str]) -> Iterator[Finding]:
    """Yield findings as plain values (see `Finding.complete`)."""
    for one in findings:
        look()
        yield one.complete(mask)


def refusing(blocking: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what keeps an input from being submitted: a guide that was to be followed strictly keeps nothing out."""
    return tuple(one for one in blocking if one.stage is not Stage.GUIDE)
