"""What a measure's reference says beside its GUID: text, title and set id name the same measure.

Only what names a measure for sure is compared: a set id that is known, a title that one measure alone has or had, a CMS
id in the text. A measure whose GUID is not known has findings about that.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from converter.facts.catalog import Measure
from converter.facts.diagnosis import by_cms_number, measure_of_populations, unwrapped
from converter.facts.guids import Published, numbered, plain_title, published_as, titled
from converter.findings import kinds
from converter.findings.finding import MeasureLabel
from converter.findings.place import Place
from converter.language.english import cut, listed
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Aspect, Context

_CMS_ID = re.compile(r"\bCMS[ _-]?0*(\d{1,4})(?:[vV]\d{1,2})?\b")
_LONGEST = 60


class _Named(NamedTuple):
    """A part of a reference that names another measure: which part, which measure, and where the part stands."""

    part: str
    other: Published
    places: tuple[Place, ...] = ()


def reference_of_one_measure(context: Context) -> None:
    """GUID, text and set id of a reference name one measure."""
    for item in context.resolved.measures:
        if item.recognised and (named := list(_others(context, item, item.known))):
            _report(context, item, item.known, named)


def _others(context: Context, item: ResolvedMeasure, measure: Measure) -> Iterator[_Named]:
    for one in item.entry.set_ids:
        text = unwrapped(one.extension or one.root or "")
        if text and text != str(measure.facts.get("setId", "")).lower():
            other = published_as(text)
            if other and other.kind in ("set", "measure") and _differ(other, measure):
                yield _Named("setId", other, (context.tree.place(one.node),))
    for title in item.entry.titles:
        if title != measure.title and (other := _of_text(title, measure.title)) and _differ(other, measure):
            yield _Named(f'text "{cut(" ".join(title.split()), _LONGEST, _LONGEST)}"', other)


@lru_cache(maxsize=1024)  # the files of a run name the same measures
def _of_text(text: str, title: str) -> Published | None:
    """The measure that a text names: by the one CMS id in it, or as its title; None where it is the title given."""
    if plain_title(text) == plain_title(title):
        return None
    numbers = {match[1] for match in _CMS_ID.finditer(text)}
    if len(numbers) == 1:
        return numbered(f"CMS{numbers.pop()}")
    return None if numbers else titled(text)


def _differ(other: Published, measure: Measure) -> bool:
    return other.measure_id != measure.measure_id and _base(other.cms_id) != _base(measure.cms_id)


def _base(cms_id: str | None) -> str:
    return (cms_id or "").upper().partition("V")[0]


def _report(context: Context, item: ResolvedMeasure, measure: Measure, named: list[_Named]) -> None:
    catalog = context.resolved.catalog
    ids = [one.root or "" for population in item.entry.populations for one in population.ids]
    voted = measure_of_populations(ids, catalog)
    if voted and voted[0] is not measure and {_base(one.other.cms_id) for one in named} == {_base(voted[0].cms_id)}:
        return  # told already: the populations are those of that measure
    meant = by_cms_number(f"{_base(named[0].other.cms_id)}v1", catalog)
    other = named[0].other
    label = meant.label if meant else MeasureLabel(other.measure_id, other.cms_id)
    parts = [f"its {one.part} belongs to {MeasureLabel(one.other.measure_id, one.other.cms_id)}" for one in named]
    context.report(
        kinds.REFERENCE_OF_TWO_MEASURES,
        item.entry.node,
        measure=measure.label,
        parts=listed(parts),
        evidence=f" Its population ids belong to {voted[0].label}." if voted else "",
        other_measure=str(label),
        guid=meant.guid if meant else None,
        remedy=_remedy(context, named, measure, meant, bool(voted and voted[0] is measure)),
        related=tuple(place for one in named for place in one.places),
        caused_by=context.cause(item.entry.node, Aspect.POPULATIONS),
    )


def _remedy(context: Context, named: list[_Named], measure: Measure, meant: Measure | None, certain: bool) -> str:
    """What to do; where the population ids are those of the GUID's measure, another GUID would not fit them."""
    what = listed(list(dict.fromkeys(one.part.partition(" ")[0] for one in named)))
    other = meant.label if meant else MeasureLabel(named[0].other.measure_id, named[0].other.cms_id)
    if certain:
        return (
            f"Correct the {what}: GUID and population ids agree on {measure.label}. If {other} was counted after all, "
            "export it again; changing only the GUID would not be enough."
        )
    if meant is None:
        return (
            f"Find out which measure was counted: for {measure.label}, correct the {what}; {other} cannot be reported "
            f"in {context.year}."
        )
    return (
        f"Find out which measure was counted: for {measure.label}, correct the {what}; for {other}, use the GUID "
        f"{meant.guid}."
    )


RULES = (reference_of_one_measure,)
