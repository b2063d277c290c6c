"""The inventory of a QPP JSON file: its measurement sets, measurements and counts, as reports show them."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from converter.findings.place import Place
from converter.language.terms import ROLE_OF_MEMBER
from converter.model.inventory import AnswerItem, CountItem, EntryItem, Inventory, SectionItem, Status
from converter.parsers.qpp_json.subject import MeasurementSubject, SetSubject, Subject
from converter.rules.submission.completeness import reporting
from converter.shape.member_words import shown

_REASON = "as written in the file"


def submission_inventory(subjects: Iterable[Subject], place: Callable[[str], Place]) -> Inventory:
    """Return the inventory of submissions; `place` tells the place of a JSON pointer."""
    return Inventory(tuple(_section(one, place) for subject in subjects for one in subject.sets))


def _section(one: SetSubject, place: Callable[[str], Place]) -> SectionItem:
    entries = tuple(_entry(item, place) for item in one.measurements)
    category = one.category or "no category"
    return SectionItem(place(one.pointer), category, Status.CHECKED, _REASON, one.pointer, entries)


def _entry(item: MeasurementSubject, place: Callable[[str], Place]) -> EntryItem:
    value, found, pointer = item.value, reporting(item), f"{item.pointer}/value"
    answers = (
        (AnswerItem(place(pointer), shown(value), Status.CHECKED, _REASON, (pointer,)),)
        if isinstance(value, bool | str | int | float)
        else ()
    )
    return EntryItem(
        place=place(item.pointer),
        label=item.label,
        status=Status.CHECKED,
        reason=_REASON,
        pointer=item.pointer,
        answers=answers,
        counts=tuple(_counts(item, place)),
        set_names=tuple(counts.stratum for counts in item.counts),
        inverse=bool(item.facts and item.facts.get("isInverse")),
        reporting_rate=found.rate / 100 if found else None,
    )


def _counts(item: MeasurementSubject, place: Callable[[str], Place]) -> Iterator[CountItem]:
    value = item.value
    if not isinstance(value, Mapping):
        return
    strata = value.get("strata")
    if isinstance(strata, list):
        for index, one in enumerate(strata):
            if isinstance(one, Mapping):
                yield from _members(one, f"{item.pointer}/value/strata/{index}", index, place)
    elif "numerator" in value or "denominator" in value:
        for role in ("numerator", "denominator"):
            if role in value:
                yield _count(value[role], role, f"{item.pointer}/value/{role}", None, place)
    else:
        yield from _members(value, f"{item.pointer}/value", 0, place)


def _members(
    value: Mapping[str, object], pointer: str, index: int, place: Callable[[str], Place]
) -> Iterator[CountItem]:
    for member, role in ROLE_OF_MEMBER.items():
        if value.get(member) is not None:
            yield _count(value[member], role, f"{pointer}/{member}", index, place)


def _count(value: object, role: str, pointer: str, index: int | None, place: Callable[[str], Place]) -> CountItem:
    return CountItem(place(pointer), role, str(value), Status.CHECKED, _REASON, (pointer,), index)
