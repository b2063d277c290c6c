"""The value that says what a word is: data for programs, and the text that the command prints."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from converter.findings.finding import MeasureLabel


class Subject(StrEnum):
    """What a word can be."""

    FINDING = "finding"
    OFFICIAL_CODE = "official code"
    MEASURE = "measure"
    MEASURE_GUID = "GUID of a measure"
    SET_ID = "set id of a measure"
    POPULATION = "population"
    STRATUM = "stratum"
    PI_MEASURE = "promoting interoperability measure"
    ACTIVITY = "improvement activity"
    PATHWAY = "MIPS Value Pathway"
    PROGRAM = "program name"
    OID = "object identifier"
    EDITION = "edition of a template"
    YEAR = "performance year"
    ASSERTION = "assertion of the implementation guide"
    TERM = "word of the field"
    SEVERAL = "several things"
    MESSAGE = "message"
    UNKNOWN = "nothing known"


class Certainty(StrEnum):
    """How sure it is what something means."""

    SURE = "sure"
    NOT_SURE = "not sure"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """What a word is. It is true where something is known of it.

    Attributes:
        word: the word as it was given, in one line; what may be a TIN or NPI in it is masked.
        what: what it is. A GUID of which nothing is known, and a sentence that is no message, are `UNKNOWN`.
        text: the explanation in words, as the command prints it; that of a finding is its page in Markdown.
        certain: `NOT_SURE` where a GUID has two wrong characters or a message only part of the words of one that is
            known; `NOT_KNOWN` where only this is said, that nothing is known.
        id: what the word names, in its own spelling: `GUID002`, `6`, the GUID that was misspelt, `CMS165v13`; None for
            a message.
        title: slug of a finding, name of a code, title of a measure, an activity or a pathway; or None.
        year: performance year that was looked in, or None where it does not matter.
        years: performance years of which it is, ascending; empty where they are not known or do not matter.
        measure: the measure that it is, belongs to or names, or None.
        guid: GUID that the measure is reported with in `year`; None where it cannot be reported from an EHR then.
        role: role of a population, such as `DENOM`, or None.
        findings: ids of the findings that are about it.
        codes: official codes that it is, or that are named for it, the surest first.
        side: who gives out a message: `api`, `upload`, `transport`, `converter`, `oauth`, `scoring`, `cypress` or
            `validator`; None where that is not known.
        remedy: what to do about a message, or None.
        parts: where several things are explained, such as a message and the GUIDs in it, each of them; the other
            attributes are those of the first. Of `SEVERAL` things with the same words in the title, `text` is a list.
    """

    word: str
    what: Subject
    text: str
    certain: Certainty = Certainty.SURE
    id: str | None = None
    title: str | None = None
    year: int | None = None
    years: tuple[int, ...] = ()
    measure: MeasureLabel | None = None
    guid: str | None = None
    role: str | None = None
    findings: tuple[str, ...] = ()
    codes: tuple[int, ...] = ()
    side: str | None = None
    remedy: str | None = None
    parts: tuple["Explanation", ...] = ()

    @property
    def found(self) -> bool:
        """Whether something is known of the word."""
        return self.certain is not Certainty.NOT_KNOWN

    def __bool__(self) -> bool:
        """Whether something is known of the word."""
        return self.found

    def __str__(self) -> str:
        """Return the explanation in words."""
        return self.text

    def __repr__(self) -> str:
        # The word itself is not shown: a message may name a person.
        name = f" {self.id}" if self.id else ""
        doubt = f", {self.certain}" if self.certain is not Certainty.SURE and self.what is not Subject.UNKNOWN else ""
        return f"<Explanation{name}: {self.what}{doubt}>"


def together(word: str, parts: Sequence[Explanation]) -> Explanation:
    """Return one explanation of several things that stand in a word: that of the first, with the texts of all."""
    first = replace(parts[0], word=word)
    if len(parts) == 1:
        return first
    about = next((one for one in parts if one.measure), first)
    text = "\n".join(f"{one.text.rstrip()}\n" for one in parts)
    return replace(first, text=text, measure=about.measure, guid=about.guid, parts=tuple(parts))
