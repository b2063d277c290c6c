"""The values that say what an answer of CMS means: the answer, its messages, and where each of them points."""

from dataclasses import dataclass

from converter.explanation.explanation import Certainty, Explanation, Subject
from converter.findings.finding import MeasureLabel
from converter.language.english import line_words

_NAMED = 4
"""How many codes and findings are named in a repr."""


@dataclass(frozen=True, slots=True, repr=False)
class Mention:
    """One of the times that an answer gives a message, and where it points.

    Attributes:
        message: the message in full, in the words that it has here.
        path: the place as the answer names it: a JSON path, an XPath, or None.
        pointer: JSON pointer of the submission, or None.
        words: what stands there, such as `measurements[24] is CMS165v13 (measure 236)`, or the place as the answer
            names it in words; or None.
        measure: the measure that stands there, or None.
        element: path of the element of the file that was sent, or JSON pointer of its value; None without that file.
        line: line in the file, from 1: of the element, or else as the answer says; or None.
        column: column in the file, from 1, or None.
        missing: what the message points at and the submission does not have, or None.
        findings: ids of the findings of this tool at that place.
    """

    message: str
    path: str | None = None
    pointer: str | None = None
    words: str | None = None
    measure: MeasureLabel | None = None
    element: str | None = None
    line: int | None = None
    column: int | None = None
    missing: str | None = None
    findings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Mention: {line_words(self.line, self.column) or 'no line'}>"


@dataclass(frozen=True, slots=True, repr=False)
class ExplainedMessage:
    """A message of an answer: what it means, and everywhere that it points.

    Messages that say the same of several places are one; it is worded as the first of them.

    Attributes:
        message: the message in full.
        what: `FINDING` where the answer is a report of this tool, else `MESSAGE`, or `UNKNOWN` for what is none that
            is known.
        text: what is said of it in words, as in the text of the whole answer.
        warning: whether it is a remark that refuses nothing.
        certain: how sure it is which message it is.
        title: what the message or its code is called, or None.
        side: who gives it out; see `Explanation`.
        code: the error code that came with it, or None.
        codes: official codes that it has or resembles, the surest first.
        meaning: what it means, in sentences; empty where the answer is a report of this tool, which says it itself.
        measure: the measure that it names by its id, or None.
        findings: ids of the findings of this tool that are about the same, whether the file has them or not.
        found: ids of those that the file has, at the first place or elsewhere; empty without the file.
        identifiers: what the GUIDs in it are.
        advice: what to do, a sentence or several each.
        mentions: each time that the answer gives it, at least one.
    """

    message: str
    what: Subject
    text: str
    warning: bool = False
    certain: Certainty = Certainty.SURE
    title: str | None = None
    side: str | None = None
    code: int | None = None
    codes: tuple[int, ...] = ()
    meaning: str = ""
    measure: MeasureLabel | None = None
    findings: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    identifiers: tuple[Explanation, ...] = ()
    advice: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()

    def __str__(self) -> str:
        """Return what is said of it in words."""
        return self.text

    def __repr__(self) -> str:
        names = [*(f"code {code}" for code in self.codes[:1]), *self.findings]
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        about = ", ".join(names[:_NAMED]) + more or self.certain
        times = f", {len(self.mentions)} times" if len(self.mentions) > 1 else ""
        return f"<ExplainedMessage: {about}{times}>"


@dataclass(frozen=True, slots=True, repr=False)
class ExplainedAnswer:
    """An answer of CMS: what kind of answer it is, and what its messages mean.

    What may be a TIN or NPI is masked in all of it, unless it was asked for.

    Attributes:
        kind: what kind of answer it is, in words.
        text: the explanation in words, for a terminal of 100 columns.
        year: performance year whose measures are meant.
        items: its messages; those that say the same of several places are one.
        title: the message that stands over the others, or None.
        notes: what is to be known of this kind of answer, in sentences.
        lines: what it holds beside messages, as lines of a table: the parts of a score.
        unnamed: ids of the errors that this tool finds in the file and that the answer does not name.
    """

    kind: str
    text: str
    year: int
    items: tuple[ExplainedMessage, ...] = ()
    title: str | None = None
    notes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the explanation in words."""
        return self.text

    def __repr__(self) -> str:
        number = sum(len(item.mentions) for item in self.items)
        different = f", {len(self.items)} different" if len(self.items) < number else ""
        return f"<ExplainedAnswer: {number} message{'' if number == 1 else 's'}{different}>"
