"""What promoting interoperability data needs to be scored, and what a submission has of it (SV-088)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from converter.facts.policies import Row
from converter.language.english import listed
from converter.parsers.qpp_json.subject import MeasurementSubject, whole
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.judged import judged

_NAMED = 5
"""How many measures a sentence names that stand for another."""


@dataclass(slots=True)
class Requirement:
    """One thing that promoting interoperability data needs to be scored, and what there is of it.

    Attributes:
        row: what the year asks for.
        names: the measure and those that stand for it, as far as the year has them; of a row with groups the measure of
            each group.
        title: title of the measure.
        given: those of them that are reported.
        counted: those of the given ones that count.
        found: how many count; of a row with groups how many groups, two by a measure that counts for two.
    """

    row: Row
    names: tuple[str, ...]
    title: str
    given: tuple[MeasurementSubject, ...]
    counted: tuple[MeasurementSubject, ...]
    found: int

    @property
    def wanted(self) -> int:
        """How many of them are needed."""
        number: int = self.row.get("number", 1)
        return number

    @property
    def twice(self) -> tuple[str, ...]:
        """Measures that count for two."""
        return tuple(self.row.get("twice", ()))

    @property
    def met(self) -> bool:
        """Whether enough of them count."""
        return self.found >= self.wanted

    @property
    def partly(self) -> bool:
        """Whether some of them count, but not enough."""
        return 0 < self.found < self.wanted

    @property
    def name(self) -> str:
        """The measure in short, such as `PI_EP_1`."""
        return self.names[0] if self.wanted == 1 else f"{self.wanted} of {self.names[0]} to {self.names[-1]}"

    @property
    def words(self) -> str:
        """The measure with what may stand for it, such as `PI_EP_1 (or PI_LVPP_1)`."""
        return self.name + self._others

    @property
    def words_with_title(self) -> str:
        """The same with the title, such as `PI_EP_1 e-Prescribing (or PI_LVPP_1)`."""
        return self.words if self.wanted > 1 else f"{self.name} {self.title}{self._others}"

    @property
    def _others(self) -> str:
        if self.wanted > 1:
            return f", or exclusions from them, or one of them at {self.wanted} registries (such as {self.twice[0]})"
        others = self.names[1:]
        if len(others) > _NAMED:
            return f" (or one of {len(others)} others of its kind)"
        return f" (or {listed(others, 'or')})" if others else ""


def requirements(context: SubmissionContext) -> Iterator[Requirement]:
    """What promoting interoperability data needs to be scored; nothing where the submission has no such data."""
    sets = judged(context, "pi")
    if not sets:
        return
    reported = {item.measure_id: item for one in sets for item in one.measurements if item.measure_id}
    for row in context.rules.pi_requirements:
        groups = [[one for one in group if context.catalog.entry(one)[0]] for group in row.get("groups", ())]
        names = [one for one in row["oneOf"] if context.catalog.entry(one)[0]] if "oneOf" in row else _heads(groups)
        if not names:
            continue
        offered = names if "oneOf" in row else [one for group in groups for one in group]
        given = [reported[one] for one in offered if one in reported]
        counted = [one for one in given if _counts(one, row)]
        found = len(counted) if "oneOf" in row else _places(groups, counted, row["twice"])
        title = (context.catalog.entry(names[0])[1] or {})["title"]
        yield Requirement(row, tuple(names), title, tuple(given), tuple(counted), found)


def _heads(groups: list[list[str]]) -> list[str]:
    """The measure of each group that the year has."""
    return [group[0] for group in groups if group]


def _places(groups: list[list[str]], counted: list[MeasurementSubject], twice: list[str]) -> int:
    """How many groups have a measure that counts; one that counts for two is as good as two of them."""
    ids = {one.measure_id for one in counted}
    double = ids.intersection(twice)
    return sum(1 if double.isdisjoint(group) else 2 for group in groups if not ids.isdisjoint(group))


def _counts(item: MeasurementSubject, row: Row) -> bool:
    if isinstance(item.value, Mapping):
        return whole(item.value.get("numerator")) != 0
    return item.value is not False or bool(row.get("answered"))
