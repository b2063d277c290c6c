"""Rules about what each population of a practice site holds: supplemental data (66, 67) and strata (48, 49)."""

from converter.facts.catalog import COUNTED_ROLES, INITIAL_POPULATION
from converter.facts.practice_sites import PracticeSites, SupplementalData
from converter.findings import kinds
from converter.language.english import count_of, instead_of_one
from converter.model.document import Population
from converter.parsers.qrda3.practice_site import Part, parts_of
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Context, Words
from converter.rules.document.practice_sites.asked import known_measures, practice

_ROLES = (INITIAL_POPULATION, *COUNTED_ROLES)
_NAMES = {
    "1002-5": "American Indian or Alaska Native",
    "2028-9": "Asian",
    "2054-5": "Black or African American",
    "2076-8": "Native Hawaiian or Other Pacific Islander",
    "2106-3": "White",
    "2131-1": "Other Race",
    "M": "male",
    "F": "female",
    "2135-2": "Hispanic or Latino",
    "2186-5": "Not Hispanic or Latino",
    "A": "Medicare",
    "B": "Medicaid",
    "C": "private health insurance",
    "D": "other",
}
"""Code of supplemental data -> its name in the implementation guide."""


def supplemental(context: Context) -> None:
    """Each population has all supplemental data (66), each with one count (67)."""
    asked, types = practice(context).supplemental, context.resolved.profile.types
    for item in known_measures(context):
        for population in item.entry.populations:
            parts = parts_of(population, types).supplemental
            for data in asked:
                for code in data.codes:
                    part = next((one for one in parts if _is_of(one, data, code)), None)
                    words = _words(item, population, data, code)
                    if part is None:
                        context.report(kinds.SUPPLEMENTAL_MISSING, population.node, found=code, **words)
                    elif part.counts != 1:
                        given = instead_of_one(part.counts, "count")
                        words |= {"count": part.counts, "given": given}
                        context.report(kinds.SUPPLEMENTAL_COUNT, part.nodes[data.template], **words)


def _is_of(part: Part, data: SupplementalData, code: str) -> bool:
    codes = part.translations if data.translated else part.codes
    return data.template in part.nodes and any(one.lower() == code.lower() for one in codes[:1])


def _words(item: ResolvedMeasure, population: Population, data: SupplementalData, code: str) -> Words:
    name = _NAMES.get(code)
    return {
        "measure": item.label,
        "role": population.codes[0] if population.codes else "(no code)",
        "what": data.what,
        "code": code,
        "named": f" ({name})" if name else "",
    }


def strata(context: Context) -> None:
    """Each population has the strata of its population set (48, 49)."""
    asked, types = practice(context), context.resolved.profile.types
    for item in known_measures(context):
        for index in range(len(item.known.strata)):
            for role in _ROLES:
                for population in item.cells.get((index, role), ())[:1]:
                    found = parts_of(population, types).strata
                    own = [one for one in found if asked.stratum_template in one.nodes]
                    _check_strata(context, item, role, population, own, _stratum_ids(item, index, asked))


def _stratum_ids(item: ResolvedMeasure, index: int, asked: PracticeSites) -> tuple[str, ...]:
    return () if item.known.measure_id in asked.without_strata else item.known.strata[index].stratum_ids


def _check_strata(
    context: Context, item: ResolvedMeasure, role: str, population: Population, found: list[Part], ids: tuple[str, ...]
) -> None:
    words: Words = {"measure": item.label, "role": role}
    if len(found) != len(ids):
        context.report(
            kinds.STRATUM_NUMBER,
            population.node,
            found=str(len(found)),
            count=len(found),
            expected_count=len(ids),
            given=count_of(len(found), "stratum", "strata"),
            wanted=f"there {'are' if len(ids) > 1 else 'is'} {len(ids) or 'no stratum'}",
            expectation=count_of(len(ids), "stratum", "strata"),
            remedy=_remedy(len(found), len(ids)),
            **words,
        )
    for part in found if ids else ():
        if not part.ids:
            context.report(kinds.STRATUM_WITHOUT_ID, part.nodes[practice(context).stratum_template], **words)
    given = {one.lower() for part in found for one in part.ids}
    for one in ids:
        if one.lower() not in given:
            cause = kinds.STRATUM_NUMBER.id if len(found) < len(ids) else None
            context.report(kinds.STRATUM_MISSING, population.node, population_id=one, caused_by=cause, **words)


def _remedy(count: int, wanted: int) -> str:
    if count < wanted:
        return "Export every stratum of the measure in each population, with a count of 0 if nobody was counted."
    return "Remove the stratum that is repeated or belongs to another measure."
