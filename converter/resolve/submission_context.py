"""What a submission rule is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from converter.facts.catalog import Catalog
from converter.facts.policies import PATHWAY, Row, SubmissionRules
from converter.findings.collector import Collector
from converter.findings.finding import Kind
from converter.findings.place import Place
from converter.parsers.qpp_json.subject import Subject


class Seen(NamedTuple):
    """What stands elsewhere: words that continue a sentence, what to do, and where; empty where nothing was seen."""

    words: str = ""
    remedy: str = ""
    places: tuple[Place, ...] = ()


def nothing_seen() -> Seen:
    """Say that nothing stands elsewhere."""
    return Seen()


class Where(NamedTuple):
    """Where an identifier belongs: what is expected there, what to add, in words, and a look for it elsewhere."""

    expected: str
    add: str
    look: Callable[[], Seen] = nothing_seen


FindPlace: TypeAlias = Callable[[str], Place | None]


@dataclass(slots=True)
class SubmissionContext:
    """One submission under examination.

    Attributes:
        subject: the submission.
        catalog: the measures of its year.
        rules: what CMS asks of submissions of the year.
        findings: takes what is found.
        find_place: from a JSON pointer to the place in the document or file that the submission comes from; of a member
            that is missing, the place of what should hold it.
        where: name of an identifier (`npi`, `tin`, `entity`, `cehrt`) -> where in such a file it belongs; without
            `entity` where files of the year have no place for such an id.
        answers: how yes and no are written in such a file.
        years_with: tells the years that have a measure, activity or MIPS Value Pathway with an id.
        converted: whether the submission is converted from a document, and not read as it is.
        cehrt_given: whether the document gives a CEHRT id, even if the converter of the year does not submit it.
        incomplete: categories of which a part was left out for an error; members that an error says are missing.
    """

    subject: Subject
    catalog: Catalog
    rules: SubmissionRules
    findings: Collector
    find_place: FindPlace
    where: Mapping[str, Where]
    answers: tuple[str, str]
    years_with: Callable[[str], tuple[int, ...]]
    converted: bool
    cehrt_given: bool = False
    incomplete: frozenset[str] = frozenset()

    @property
    def year(self) -> int:
        """The performance year."""
        return self.catalog.year

    def complete(self, what: str | None) -> bool:
        """Whether it can be said what of a category, or whether a member, is missing: nothing was left out."""
        return what not in self.incomplete

    def report(self, kind: Kind, pointer: str, **words: Any) -> None:
        """Add a finding at a JSON pointer of the submission."""
        related = tuple(place for one in words.pop("related", ()) if (place := self.find_place(one)))
        related += words.pop("places", ())
        if "year" in kind.data:
            words.setdefault("year", self.year)
        self.findings.add(kind, self.find_place(pointer), related=related, **words)

    def program(self, name: str | None) -> Row | None:
        """What the year says of a program or MIPS Value Pathway; None where it does not know it."""
        if name is None:
            return None
        return self.rules.program(PATHWAY if name in self.catalog.pathways else name)


SubmissionRule: TypeAlias = Callable[[SubmissionContext], None]
