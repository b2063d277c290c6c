"""Where a score of CMS differs from ours, and why it may."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from converter.errors import AnswerError
from converter.language.english import capital, listed
from converter.scoring.arithmetic import plain, rounded
from converter.scoring.official import official
from converter.scoring.point_words import CATEGORY_TITLES, NOT_KNOWN
from converter.scoring.values import Score

_NEAR = Decimal("0.0001")
"""Differences up to this are matters of rounding."""
_COMPARED = (
    ("performanceRate", "rate", "CMS has other counts than these files"),
    ("reportingRate", "data completeness", "CMS has other counts than these files"),
    ("eligiblePopulation", "cases", "CMS has other counts than these files"),
    ("measureClass", "class", "it follows from cases, completeness and benchmark"),
    ("decile", "decile", ""),
    ("decileScore", "points", ""),
    ("highPriorityBonus", "high-priority bonus", "it depends on what else was reported"),
)
"""Member of a measure -> what it is, and why it may differ; the reason of a decile is found out."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that differs.

    Attributes:
        what: what it is a number of.
        ours, theirs: the numbers, or `--`.
        why: why they may differ, as the rest of a sentence; empty where that is not known.
    """

    what: str
    ours: str
    theirs: str
    why: str

    @property
    def words(self) -> str:
        """The difference as a sentence."""
        why = f"; {self.why}" if self.why else ""
        return f"{capital(self.what)}: {self.ours} here, {self.theirs} in CMS' answer{why}."


def score_in(answer: object) -> Mapping[str, Any]:
    """Return the score object in an answer of CMS.

    Raises:
        AnswerError: there is none.
    """
    found: object = answer
    for name in ("data", "score"):
        if isinstance(found, Mapping) and isinstance(found.get(name), Mapping):
            found = found[name]
    if not isinstance(found, Mapping) or found.get("name") != "total" or not isinstance(found.get("parts"), list):
        raise AnswerError("this is not a score of CMS' submission API")
    return found


def differences(score: Score, answer: object) -> list[Difference]:
    """Return where a score of CMS differs from ours.

    Raises:
        AnswerError: the answer is not a score of CMS.
    """
    theirs, ours = score_in(answer), official(score)
    return [
        *_program(theirs, ours),
        *_categories(theirs, ours),
        *_each("quality", theirs, ours),
        *_each("pi", theirs, ours),
        *_each("ia", theirs, ours),
        *_different("sum", ours.get("value"), theirs.get("value"), "it follows from what differs above, and from what "
                    "CMS has besides these files"),
    ]  # fmt: skip


def _program(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> Iterator[Difference]:
    name = _inside(theirs, "metadata").get("pickedProgramName")
    if name is not None:
        yield from _different("program", ours["metadata"]["pickedProgramName"], name, "choose one with --program")


def _categories(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> Iterator[Difference]:
    known, found = _parts(theirs), _parts(ours)
    for name, title in CATEGORY_TITLES.items():
        if name not in known and name not in found:
            continue
        one, other = found.get(name, {}), known.get(name, {})
        weights = (_inside(one, "metadata").get("maxContribution"), _inside(other, "metadata").get("maxContribution"))
        if name in known and name in found:
            yield from _different(f"weight of {title}", *weights, "CMS has reweighted it; give that with --reweight")
        small = (_bonus(one), _bonus(other))
        if name == "quality":
            yield from _different("small practice bonus", *small, "give --small-practice, or leave it out")
        why = "CMS has data that is not in these files" if name not in found else ""
        yield from _different(f"{title}, in percent", _value(one), _value(other), why or "see the measures")
        yield from _different(f"{title}, weighted", one.get("value"), other.get("value"), why or "see the weight")


def _each(category: str, theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> Iterator[Difference]:
    """The measures or activities of a category; of one that is there twice the one that counts."""
    mine, other = _measures(_parts(ours).get(category, {})), _measures(_parts(theirs).get(category, {}))
    for name in sorted(mine.keys() | other.keys()):
        what = f"measure {name}" if category == "quality" else name
        if name not in other:
            yield Difference(what, _shown(mine[name].get("value")), NOT_KNOWN, "it is not in CMS' answer")
        elif name not in mine:
            yield Difference(what, NOT_KNOWN, _shown(other[name].get("value")), "it is not in these files")
        elif category == "quality":
            yield from _measure(what, mine[name], other[name])
        else:
            why = "CMS has other data than these files, or reads the exclusions otherwise"
            yield from _different(what, mine[name].get("value"), other[name].get("value"), why)


def _measure(what: str, mine: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Difference]:
    one, two = _inside(mine, "metadata"), _inside(other, "metadata")
    for member, title, why in _COMPARED:
        if member in two:
            yield from _different(f"{title} of {what}", one.get(member), two[member], why or _reason(one, two))


def _reason(one: Mapping[str, Any], two: Mapping[str, Any]) -> str:
    """Why points differ."""
    if one.get("performanceRate") != two.get("performanceRate"):
        return "the rates differ"
    mine, theirs = one.get("deciles"), two.get("deciles")
    if isinstance(theirs, list) and all(isinstance(bound, int | float) for bound in theirs) and theirs != mine:
        return "CMS has used another benchmark"
    if one.get("noBenchmarks") != two.get("noBenchmarks"):
        return "one of the two has a benchmark, such as one of the performance year"
    if one.get("reportingRate") != two.get("reportingRate"):
        return "data completeness differs"
    said = two.get("messages")
    texts = [text for text in said.values() if isinstance(text, str)] if isinstance(said, Mapping) else []
    caps = [text for text in texts if "maximum" in text.lower() or "minimum" in text.lower()]
    return f"CMS says: {listed(caps)}" if caps else "a floor or cap that is not the same"


def _different(what: str, ours: object, theirs: object, why: str) -> Iterator[Difference]:
    if _same(ours, theirs):
        return
    yield Difference(what, _shown(ours), _shown(theirs), why)


def _same(ours: object, theirs: object) -> bool:
    one, two = _decimal(ours), _decimal(theirs)
    if one is None or two is None:
        return ours == theirs
    return abs(one - two) <= _NEAR


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    found = Decimal(str(value))
    return found if found.is_finite() else None


def _shown(value: object) -> str:
    number = _decimal(value)
    if number is not None:
        return plain(rounded(number, 4))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value[:60] if isinstance(value, str) and value else NOT_KNOWN


def _parts(score: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    parts = score.get("parts")
    return {str(one.get("name")): one for one in parts if isinstance(one, Mapping)} if isinstance(parts, list) else {}


def _inside(one: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = one.get(name)
    return found if isinstance(found, Mapping) else {}


def _value(one: Mapping[str, Any]) -> object:
    return _inside(one, "original").get("value")


def _sets(one: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    parts = _inside(one, "original").get("parts")
    return [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []


def _bonus(one: Mapping[str, Any]) -> object:
    return sum(
        number for part in _sets(one) if (number := _decimal(_inside(part, "metadata").get("smallPracticeBonus")))
    )


def _measures(one: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for part in _sets(one):
        for name, measure in _parts(part).items():
            picked = _inside(measure, "metadata").get("processingStatus") in (None, "PICKED")
            if name not in found or picked:
                found[name] = measure
    return found
