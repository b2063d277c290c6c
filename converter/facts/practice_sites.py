"""What the official converters asked of practice sites, in the programs that have ended: CPC+ and Primary Care First.

The facts of a year and program stand in its profile (`practiceSites`), the ids of the sites in one file for all years.
Loaded only for documents of these programs.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from converter.facts.files import load_json, shipped_folder


class NumberForm(NamedTuple):
    """The form of TINs or NPIs: how many characters, and whether they are `digits`, an `integer` or a `decimal`."""

    length: int
    form: str


class MeasureGroup(NamedTuple):
    """Measure ids, and how many of them must be reported at least."""

    measures: tuple[str, ...]
    fewest: int


class SupplementalData(NamedTuple):
    """Supplemental data of one kind: what it is, its template, its codes, and whether the translation has the code."""

    what: str
    template: str
    codes: tuple[str, ...]
    translated: bool


class PracticeSites(NamedTuple):
    """What the converter of a year asked of the documents of a program.

    Attributes:
        program: name of the program, such as `PCF`.
        identifier: name of the identifier of a practice site.
        practice_id: whether each measurement set carries it.
        checks: names of what is asked, in the order of the converter.
        tin, npi: their forms; None where they are not asked for.
        unused_sections: categories that are written, with a warning.
        address_text: whether the first address must have a text.
        empty_if_missing: whether a site id that is missing is reported as empty, too.
        cehrt_length: how many characters a CEHRT id has.
        cehrt_kinds: what stands at its third to fifth place.
        groups: groups of measures of which a number is required.
        fewest_of_all: how many of all groups together are required.
        required: measures that are all required.
        equal: measures whose denominator must equal the initial population; None for all.
        without_strata: measures of whose strata the converter did not know.
        stratum_template: root of the template of a stratum.
        supplemental: supplemental data that each population must have.
    """

    program: str
    identifier: str
    practice_id: bool
    checks: tuple[str, ...]
    tin: NumberForm | None
    npi: NumberForm | None
    unused_sections: tuple[str, ...]
    address_text: bool
    empty_if_missing: bool
    cehrt_length: int
    cehrt_kinds: tuple[str, ...]
    groups: tuple[MeasureGroup, ...]
    fewest_of_all: int
    required: tuple[str, ...]
    equal: frozenset[str] | None
    without_strata: frozenset[str]
    stratum_template: str
    supplemental: tuple[SupplementalData, ...]

    def denominator_equals(self, measure_id: str) -> bool:
        """Whether the denominator of a measure must equal its initial population."""
        return self.equal is None or measure_id in self.equal


def practice_sites(program: str, facts: dict[str, Any]) -> PracticeSites:
    """Give names to the facts of a program, which have the shape of `practiceSites` in the schema of the profiles."""
    numbers, cehrt, equal = facts.get("numbers", {}), facts.get("cehrt", {}), facts["equalDenominators"]
    return PracticeSites(
        program=program,
        identifier=facts["identifier"],
        practice_id=facts["practiceId"],
        checks=tuple(facts["checks"]),
        tin=NumberForm(**numbers["tin"]) if numbers else None,
        npi=NumberForm(**numbers["npi"]) if numbers else None,
        unused_sections=tuple(facts.get("unusedSections", ())),
        address_text=facts["addressText"],
        empty_if_missing=facts["emptyIfMissing"],
        cehrt_length=cehrt.get("length", 0),
        cehrt_kinds=tuple(cehrt.get("kinds", ())),
        groups=tuple(MeasureGroup(tuple(one["measures"]), one["fewest"]) for one in facts.get("groups", ())),
        fewest_of_all=facts.get("fewestOfAll", 0),
        required=tuple(facts.get("requiredMeasures", ())),
        equal=None if equal == "all" else frozenset(equal),
        without_strata=frozenset(facts["withoutStrata"]),
        stratum_template=facts["stratumTemplate"],
        supplemental=tuple(
            SupplementalData(one["what"], one["template"], tuple(one["codes"]), one.get("translated", False))
            for one in facts["supplemental"]
        ),
    )


@lru_cache(maxsize=16)
def site_ids(program: str, year: int) -> frozenset[str]:
    """Ids of the practice sites that the converter of a year knew."""
    groups = load_json(shipped_folder() / "practice-site-ids.json")["programs"].get(program, ())
    return frozenset(one for group in groups if year in group["years"] for one in group["ids"])
