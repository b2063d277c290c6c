"""From checks that fail to mistakes: many checks may fail of one."""

from collections.abc import Iterable, Iterator

from converter.deadline import look
from converter.guide.causes import told_by_causes
from converter.guide.checks import check_of
from converter.guide.flaws import Flaw, nearest
from converter.guide.guides import Guide
from converter.guide.mistake import COUNTED, Mistake
from converter.guide.paths import children_of, counter
from converter.guide.pieces import missing_piece
from converter.guide.rows import Row
from converter.guide.seen import Element, Seen
from converter.guide.walk import Failure
from converter.source.xml.tree import local_name

PROGRAMS = "2.16.840.1.113883.3.249.14.101"
_RANK = ("attribute-value", "attribute-in-value-set", "attribute-present", "format", "quantity")


def mistakes(root: Element, guide: Guide, failures: Iterable[Failure]) -> list[Mistake]:
    """Return the mistakes that make checks fail, in the order of the document.

    Args:
        root: root of the document.
        guide: the guide that it fails.
        failures: the checks that it fails.
    """
    seen = Seen(root, guide.value_sets)
    at: dict[Element, list[Mistake]] = {}
    known: dict[tuple[int, Element], Flaw | None] = {}
    for failure in failures:
        look()
        mistake = _mistake(failure, guide, seen, known)
        alike = next((one for one in at.get(failure.element, ()) if _same(one, mistake, guide, seen)), None)
        if alike is None:
            at.setdefault(failure.element, []).append(mistake)
        elif _rank(mistake) < _rank(alike) or _says_more(mistake, alike, guide, seen):
            mistake.failures = [*alike.failures, failure]
            at[failure.element][at[failure.element].index(alike)] = mistake
        else:
            alike.failures.append(failure)
    found = [one for ones in at.values() for one in ones]
    return told_by_causes(list(_one_of_program(found, guide, seen)))


def _mistake(failure: Failure, guide: Guide, seen: Seen, known: dict[tuple[int, Element], Flaw | None]) -> Mistake:
    row, program = _failing(guide.table["checks"][failure.assertions[0].check], failure.element, seen)
    scope = failure.element
    for step in row.get("path", ()):
        parent = scope.getparent() if "up" in step else None
        scope = parent if parent is not None else scope
    if row.get("path") and "document" in row["path"][0]:
        scope = seen.root
    made = Mistake(failure, row, scope, program, failures=[failure])
    if row["kind"] in COUNTED:
        made.number = counter(row["path"])(failure.element, children_of(failure.element), seen)
        if not made.too_many and made.steps:
            # Many elements may ask the same of one around them.
            key = (id(row), scope)
            if key not in known:
                known[key] = nearest(scope, made.steps, seen)
            made.flaw = known[key]
    return made


def _failing(row: Row, element: Element, seen: Seen) -> tuple[Row, bool]:
    """What of a check an element fails, and whether it is only for some programs."""
    program = row["kind"] == "for-programs"
    if program:
        row = row["then"]
    while row["kind"] == "all-of":
        parts = [one for one in row["checks"] if not check_of(one)(element, children_of(element), seen)]
        row = parts[0] if parts else row["checks"][0]
    return row, program


def _rank(mistake: Mistake) -> int:
    kind = mistake.row["kind"]
    return _RANK.index(kind) if kind in _RANK else len(_RANK)


def _says_more(one: Mistake, other: Mistake, guide: Guide, seen: Seen) -> bool:
    """Whether what it asks to be written does for the other one, but not the other way round."""
    if one.attributes or other.attributes or one.row == other.row or one.flaw or one.too_many:
        return False
    if not (one.steps and other.steps and one.scope is other.scope and one.failure.element is one.scope):
        return False
    return _does_for(one, other, guide, seen) and not _does_for(other, one, guide, seen)


def _same(one: Mistake, other: Mistake, guide: Guide, seen: Seen) -> bool:
    """Whether two checks of one element fail of the same mistake."""
    if one.attributes or other.attributes:
        return bool(one.attributes & other.attributes)
    if one.row == other.row or (one.row["kind"] == other.row["kind"] == "any-of" and one.names == other.names):
        return True
    if not (one.steps and other.steps and one.scope is other.scope):
        return False
    if one.too_many or other.too_many:
        same_name = one.steps[0]["element"] == other.steps[0]["element"]
        return one.too_many and other.too_many and same_name and len(one.steps) == len(other.steps)
    if one.flaw or other.flaw:
        return one.flaw is not None and other.flaw is not None and one.flaw.element is other.flaw.element
    if one.failure.element is not one.scope or one.steps[0]["element"] != other.steps[0]["element"]:
        return False
    return _does_for(one, other, guide, seen) or _does_for(other, one, guide, seen)


def _does_for(one: Mistake, other: Mistake, guide: Guide, seen: Seen) -> bool:
    """Whether the piece that is to be written because of the one does for the other as well."""
    made = missing_piece(one.steps, guide, one.failure.state)
    children = children_of(one.scope)
    children.setdefault(str(made.tag), []).append(made)
    return check_of(other.row)(other.failure.element, children, seen)


def _one_of_program(found: list[Mistake], guide: Guide, seen: Seen) -> Iterator[Mistake]:
    """Where the program is none of the guide, what it would have to have is not known: that is one mistake."""
    known = guide.value_sets.get(PROGRAMS, frozenset())
    if seen.programs and all(one in known for one in seen.programs):
        yield from found
        return
    named = [one for one in found if not one.program and _names_program(one)]
    of_program = [one for one in found if one.program]
    first = next(iter(named or of_program), None)
    for one in found:
        if one is first or not one.program:
            yield one
        elif first is not None:
            first.failures += one.failures


def _names_program(mistake: Mistake) -> bool:
    names = {local_name(mistake.failure.element), *(step["element"] for step in mistake.steps)}
    return bool(names & {"informationRecipient", "intendedRecipient"}) or mistake.row.get("valueSet") == PROGRAMS
