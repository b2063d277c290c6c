"""Rules of programs that practice sites report in (CPC+, Primary Care First), beyond those of every program.

Which of them a year and program asks for, and in which order, is in the profile of the year (`practiceSites`). These
programs have ended: the package is loaded only for their documents.
"""

from collections.abc import Mapping

from converter.facts.practice_sites import PracticeSites
from converter.rules.context import Rule
from converter.rules.document.practice_sites import clinicians, counts, populations, reported_measures, reporting, site

CHECKS: Mapping[str, Rule] = {
    "submissionEnd": reporting.submission_end,
    "tinGiven": clinicians.tin_given,
    "tinForm": clinicians.tin_form,
    "npiGiven": clinicians.npi_given,
    "npiForm": clinicians.npi_form,
    "address": site.address,
    "siteIdGiven": site.site_id_given,
    "siteIdFilled": site.site_id_filled,
    "siteIdKnown": site.site_id_known,
    "measureSection": reporting.measure_section,
    "cpcPlusWithoutPi": reporting.cpc_plus_without_pi,
    "pcfWithoutPi": reporting.pcf_without_pi,
    "unusedSections": reporting.unused_sections,
    "equalNumbers": clinicians.equal_numbers,
    "roster": reporting.roster,
    "performers": clinicians.performers,
    "cehrtForm": site.cehrt_form,
    "cehrtOnce": site.cehrt_once,
    "laterReleases": reporting.later_releases,
    "wholeYear": reporting.whole_year,
    "groups": reported_measures.groups,
    "total": reported_measures.total,
    "requiredMeasures": reported_measures.required_measures,
    "supplemental": populations.supplemental,
    "strata": populations.strata,
    "rates": reported_measures.rates,
    "denominators": counts.denominators,
    "relations": counts.relations,
    "zeroRates": counts.zero_rates,
}
"""Name of a check in the profiles -> its rule."""


def rules_of(practice: PracticeSites) -> tuple[Rule, ...]:
    """Return the rules that a year and program asks for, in their order."""
    return tuple(CHECKS[name] for name in practice.checks)
