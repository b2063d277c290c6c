"""Findings: what is said about a document. Values only; this module knows neither XML nor rules."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from converter.findings.place import Place


class Severity(StrEnum):
    """How bad it is. Whether it blocks is for the caller to say (see `Stage`)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Stage(StrEnum):
    """Who complains: the XML parser, the conversion, CMS' submission API, the implementation guide, this tool."""

    XML = "xml"
    CONVERT = "convert"
    SUBMISSION = "submission"
    GUIDE = "guide"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table of findings.

    Attributes:
        id: stable id such as `GUID002`; never reused.
        slug: stable readable name such as `measure-guid-of-another-year`.
        official_code: `errorCode` of the official converter for the same matter, or None.
        severity: error, warning or info.
        stage: who would complain.
        message: one sentence that stands alone, with `{parameters}`; never with a TIN or NPI in it.
        expected: what was expected, with `{parameters}`.
        fix: what to do, with `{parameters}`.
    """

    id: str
    slug: str
    official_code: int | None
    severity: Severity
    stage: Stage
    message: str
    expected: str
    fix: str


@dataclass(frozen=True, slots=True)
class MeasureLabel:
    """Which measure a finding is about: QPP measure id, CMS id with version, title (each None where unknown)."""

    measure_id: str | None
    cms_id: str | None = None
    title: str | None = None

    def __str__(self) -> str:
        """Return `CMS165v13 (measure 236)`, or as much of it as is known."""
        if self.cms_id and self.measure_id:
            return f"{self.cms_id} (measure {self.measure_id})"
        return self.cms_id or (f"measure {self.measure_id}" if self.measure_id else "the measure")


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One thing that is wrong, or worth knowing, in a document.

    Attributes:
        kind: the row of the table of findings.
        message: one sentence that stands alone.
        found: what stands in the document; a TIN or NPI is masked in it once the finding is read (see `unmasked`).
        expected: what was expected there.
        fix: what to do.
        place: where, or None for the document as a whole.
        related: other places that belong to it.
        caused_by: id of the finding that this one follows from, or None.
        measure: the measure concerned, or None.
        written: what stands in the document, where that is masked in `found`; None where nothing is.
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
    written: str | None = None

    def complete(self, mask: Callable[[str], str]) -> "Finding":
        """Return the finding as a plain value: its places worked out, and what was found masked."""
        text = (self.found or "").strip('"')
        for place in (self.place, *self.related):
            if place is not None:
                place.complete(text)
        masked = self.found if self.found is None else mask(self.found)
        return self if masked == self.found else replace(self, found=masked, written=self.found)

    def unmasked(self) -> str | None:
        """What stands in the document, as written: it may be a TIN or NPI."""
        return self.found if self.written is None else self.written

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
    def severity(self) -> Severity:
        """Error, warning or info."""
        return self.kind.severity

    @property
    def stage(self) -> Stage:
        """Who would complain."""
        return self.kind.stage
