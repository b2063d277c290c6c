"""The terms of the standard in words, each once: categories, what they hold, entities, populations."""

from collections.abc import Mapping

from converter.language.english import with_article

CATEGORY_NAMES: Mapping[str, str] = {
    "quality": "quality",
    "pi": "promoting interoperability",
    "aci": "advancing care information",
    "ia": "improvement activities",
    "cost": "cost",
}
"""Category -> how findings name its data."""

ENTRY_NOUNS: Mapping[str, str] = {
    **{one: f"{CATEGORY_NAMES[one]} measure" for one in ("quality", "pi", "aci")},
    "ia": "improvement activity",
}
"""Category -> what is reported in it. There is none of cost: CMS computes it itself."""

ENTRY_NAMES: dict[str, str] = {one: with_article(noun) for one, noun in ENTRY_NOUNS.items()}
"""Category -> how findings name one measurement of it."""

ENTITY_NOUNS: Mapping[str, str] = {
    "individual": "individual clinician",
    "group": "group",
    "apm": "APM entity",
    "subgroup": "subgroup",
    "virtualGroup": "virtual group",
}
"""Entity type -> its noun."""

ENTITY_NAMES: Mapping[str, str] = {one: with_article(noun) for one, noun in ENTITY_NOUNS.items()}
"""Entity type -> how findings name it."""

PROGRAM_NAMES: Mapping[str, str] = {
    "mips": "traditional MIPS",
    "app1": "the APM Performance Pathway (APP)",
    "appPlus": "APP Plus",
    "cpcPlus": "Comprehensive Primary Care Plus (cpcPlus)",
    "pcf": "Primary Care First",
    "ssp": "the Medicare Shared Savings Program (ssp)",
}
"""Name of a program in QPP JSON -> how sentences name it."""


def program_words(name: str | None) -> str:
    """How a sentence names a program of QPP JSON; one that is not known by its name in quotation marks."""
    return PROGRAM_NAMES.get(name or "", f'"{name}"' if name else "no program")


ROLE_NAMES: Mapping[str, str] = {
    "IPOP": "initial population",
    "IPP": "initial population",
    "DENOM": "denominator",
    "DENEX": "denominator exclusion",
    "NUMER": "numerator",
    "DENEXCEP": "denominator exception",
    "NUMEX": "numerator exclusion",
}
"""Code of a population -> its name, in the order of tables; the initial population has two codes."""

MEMBER_OF_ROLE: Mapping[str, str] = {
    "DENOM": "eligiblePopulation",
    "DENEX": "eligiblePopulationExclusion",
    "NUMER": "performanceMet",
    "DENEXCEP": "eligiblePopulationException",
}
"""Role of a population -> the member of QPP JSON that holds its count.

The others have none; the member `performanceNotMet` is the denominator less all the others.
"""

ROLE_OF_MEMBER: Mapping[str, str] = {member: role for role, member in MEMBER_OF_ROLE.items()}
"""Member of QPP JSON -> role of the population whose count it holds."""
