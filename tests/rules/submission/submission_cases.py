"""Rows of the table of documents for what CMS would reject after the conversion, or give no points for.

Each is a document that the plain conversion accepts. See `tests.rules.cases` for what a row is.
"""

from tests.documents import (
    CEHRT_ROOT,
    MVP_ROOT,
    Doc,
    Id,
    Participant,
    activity,
    pi_answer,
    pi_proportion,
)
from tests.rules.cases import (
    ACTIVITY,
    COUNT,
    DENOM,
    FIRST_RATE,
    IA,
    MEASURE,
    NUMER,
    PERIOD,
    PI,
    PI_NUMERATOR,
    PRACTICE,
    QUALITY,
    ROOT,
    Case,
    Change,
    both,
    counts,
    fails,
    measure,
    organization_ids,
    passes,
    put,
    rate,
    same,
)

VALUE = COUNT + "/value"
FIRST, SECOND = QUALITY, PI
"""Sections of documents without quality data."""
LOW, HIGH = PERIOD + "/effectiveTime/low", PERIOD + "/effectiveTime/high"
RECIPIENT = ROOT + "/informationRecipient/intendedRecipient/id"
CEHRT = ROOT + "/participant/associatedEntity/id"
CEHRT_OF_TWO, PATHWAY = (f"{ROOT}/participant[{number}]/associatedEntity/id" for number in (1, 2))
MEASURE_ID = "/reference/externalDocument/id"
SIX = ("001", "134", "236", "110", "112", "226")


# --- small changes -----------------------------------------------------------------------------------------------


def period(category: str, start: str | None = None, end: str | None = None) -> Change:
    """Write month and day of the start or end of a section's period, or a whole date."""

    def change(doc: Doc) -> None:
        act = doc.section(category).period
        for name, text in (("start", start), ("end", end)):
            if text:
                put(act, **{name: text if len(text) == 8 else f"{doc.year}{text}"})

    return change


def cehrt(text: str | None) -> Change:
    """Write the CMS EHR certification id."""
    return lambda doc: put(doc.participants[0].ids[0], extension=text)


def more_cehrt(*texts: str) -> Change:
    """Add participants with certification ids."""
    return lambda doc: doc.participants.extend(
        Participant("DEV", "RGPR", [Id(CEHRT_ROOT, text)], "129465004") for text in texts
    )


def no_participant(doc: Doc) -> None:
    """Remove all participants of the header."""
    doc.participants.clear()


def no_pathway(doc: Doc) -> None:
    """Remove the MIPS Value Pathway."""
    doc.participants = [one for one in doc.participants if one.ids[0].root != MVP_ROOT]


def pathway_root(root: str | None) -> Change:
    """Write the MIPS Value Pathway under another root."""
    return lambda doc: put(next(one.ids[0] for one in doc.participants if one.ids[0].root == MVP_ROOT), root=root)


def no_tin(doc: Doc) -> None:
    """Write the TIN as not applicable."""
    put(organization_ids(doc)[0], extension=None, null_flavor="NA")


def add_pi(*names: str, code: str = "Y") -> Change:
    """Add promoting interoperability measures that are answered with yes or no, whatever they are."""
    return lambda doc: doc.pi.entries.extend(pi_answer(doc.year, name, code) for name in names)


def say_no(*names: str) -> Change:
    """Answer promoting interoperability measures with no."""

    def change(doc: Doc) -> None:
        for name in names:
            put(doc.pi_measure(name).answers[0], code="N")

    return change


def pi_counts(numerator: int, denominator: int) -> Change:
    """Change the counts of the first promoting interoperability measure that has some."""

    def change(doc: Doc) -> None:
        first = next(one for one in doc.pi_measures if one.numerators)
        put(first.numerators[0], count=numerator)
        put(first.denominators[0], count=denominator)

    return change


def numbers(index: int = 0, **of: int) -> Change:
    """Change counts of the first quality measure, and let its rate follow."""
    return lambda doc: measure(doc).set_counts(index, **of)


def wrong_numbers(index: int = 0, **of: int) -> Change:
    """Change counts of the first quality measure, and leave its rate alone."""
    return lambda doc: counts(doc, index, **of)


def all_numbers(**of: int) -> Change:
    """Change counts of the first quality measure in all its population sets, and let its rates follow."""

    def change(doc: Doc) -> None:
        for index in range(sum(one.role == "DENOM" for one in measure(doc).populations)):
            has = [role for role in of if sum(one.role == role for one in measure(doc).populations) > index]
            measure(doc).set_counts(index, **{role: of[role] for role in has})

    return change


def rated(text: str | None, **of: int) -> Change:
    """Change counts of the first quality measure and report a rate, NA for None."""

    def change(doc: Doc) -> None:
        counts(doc, 0, **of)
        rate(doc, text, "NA" if text is None else None)

    return change


def renamed(old: str, new: str) -> Change:
    """Write another id of a promoting interoperability measure or improvement activity."""
    return lambda doc: put((doc.pi_measure if old.startswith("PI") else doc.activity)(old).ids[0], extension=new)


def entry(section: str, number: int) -> str:
    """Return the path of an entry of a section; the performance period is the first one."""
    return f"{section}/entry[{number}]/organizer"


# --- who reports -------------------------------------------------------------------------------------------------

IDENTITY = (
    fails("SUB026", None, PRACTICE + "[1]", "a virtual group with a TIN", 2019, "MIPS_VIRTUALGROUP", same),
    fails("SUB026", None, PRACTICE + "[1]", "a virtual group with a TIN", 2026, "MIPS_VIRTUALGROUP", same,
          also="DOC028"),
    passes("SUB026", "a virtual group without TIN", 2019, "MIPS_VIRTUALGROUP", no_tin),
    passes("SUB026", "a TIN of an APM entity, which is not submitted", 2025, "MIPS_APMENTITY",
           lambda doc: put(organization_ids(doc)[0], extension="000417263", null_flavor=None)),
)  # fmt: skip

# --- measurement sets --------------------------------------------------------------------------------------------

SETS = (
    fails("SUB028", None, PI, "promoting interoperability", 2019, "MIPS_GROUP", no_participant),
    fails("SUB028", None, PI, "an empty id", 2024, "MIPS_APP1_INDIV", cehrt("")),
    fails("SUB028", None, QUALITY, "quality from an EHR", 2025, "APP_PLUS_GROUP", no_participant, pi=False),
    fails("SUB028", None, QUALITY, "both are told once", 2026, "MIPS_INDIV", no_participant, also="DOC028"),
    passes("SUB028", "before it was asked for", 2018, "MIPS_GROUP", no_participant),
    passes("SUB028", "quality before it was asked for", 2024, "MIPS_GROUP", no_participant, pi=False),
    passes("SUB028", "activities alone", 2025, "MIPS_GROUP", no_participant, measures=(), pi=False),
    passes("SUB028", "given where CMS' converter does not submit it", 2021, "MIPS_APP1_GROUP", same),
    fails("SUB029", None, CEHRT, "the form of 2022", 2024, "MIPS_GROUP", cehrt("0015E4LRK7VP02Q")),
    fails("SUB029", None, CEHRT, "no id", 2025, "MIPS_INDIV", cehrt("NOTACEHRT"), pi=False),
    fails("SUB029", None, CEHRT, "in both categories, at the one id", 2025, "APP_PLUS_INDIV", cehrt("2024C4LRK7VP02Q")),
    fails("SUB029", None, CEHRT, "one character too many", 2025, "MIPS_APP1_GROUP", cehrt("2025C4LRK7VP02Q1")),
    *(
        fails("SUB029", None, CEHRT, "a mix of editions", year, "MIPS_GROUP", cehrt("0015H4LRK7VP02Q"))
        for year in (2019, 2020, 2021)
    ),
    passes("SUB029", "a mix of editions, of which nothing is said", 2022, "MIPS_GROUP", cehrt("0015h4LRK7VP02Q"),
           also="SUB030 SUB061"),
    passes("SUB029", "the form of the year", 2020, "MIPS_GROUP", cehrt("0015E4LRK7VP02Q")),
    passes("SUB029", "the other form of the year", 2025, "MIPS_INDIV", cehrt("0015C4LRK7VP02Q"), pi=False),
    passes("SUB029", "small letters", 2025, "APP_PLUS_INDIV", cehrt("2025c4lrk7vp02q")),
    passes("SUB029", "where it is not submitted", 2024, "MIPS_GROUP", cehrt("NOTACEHRT"), pi=False),
    fails("SUB030", None, CEHRT, "the form of 2024", 2020, "MIPS_GROUP", cehrt("0015C4LRK7VP02Q")),
    fails("SUB030", None, CEHRT, "the form of 2022", 2026, "MIPS_APP1_GROUP", cehrt("0015E4LRK7VP02Q"), also="DOC028"),
    fails("SUB030", None, CEHRT_OF_TWO, "a mix of editions", 2023, "MIPS_SUBGROUP", cehrt("0015H4LRK7VP02Q")),
    passes("SUB030", "the older form of two", 2023, "MIPS_GROUP", cehrt("0015E4LRK7VP02Q")),
    passes("SUB030", "the newer form of two", 2023, "MIPS_GROUP", cehrt("0015C4LRK7VP02Q")),
    passes("SUB030", "before there was a form", 2018, "MIPS_GROUP", cehrt("NOTACEHRT")),
    fails("SUB031", None, PATHWAY, "two", 2025, "MIPS_GROUP", more_cehrt("2025C0000000001")),
    fails("SUB031", None, PATHWAY, "three", 2018, "MIPS_INDIV", more_cehrt("0015E0000000001", "0015E0000000002")),
    passes("SUB031", "one twice", 2025, "MIPS_GROUP", more_cehrt("2025C4LRK7VP02Q")),
    passes("SUB031", "one in small letters too", 2018, "MIPS_INDIV", more_cehrt("0015e4lrk7vp02q")),
    fails("SUB032", None, IA + HIGH, "dates exchanged", 2021, "MIPS_GROUP", period("ia", "1130", "0601")),
    fails("SUB032", None, QUALITY + HIGH, "an end in the year before", 2025, "APP_PLUS_GROUP",
          period("quality", end="20241231")),
    passes("SUB032", "one day", 2021, "MIPS_GROUP", period("ia", "0601", "0601"), also="SUB035"),
    fails("SUB033", None, IA + HIGH, "an end in the year after", 2019, "MIPS_GROUP", period("ia", end="20200101")),
    fails("SUB033", None, QUALITY + HIGH, "two years", 2024, "MIPS_APP1_GROUP", period("quality", end="20251231")),
    passes("SUB033", "an end on the last day", 2019, "MIPS_GROUP", period("ia", end="1231")),
    fails("SUB033", None, PI + LOW, "a section of the year before", 2025, "MIPS_GROUP",
          period("pi", "20240101", "20241231"), also="DOC027"),
    fails("SUB034", None, QUALITY + LOW, "from the second day", 2018, "MIPS_GROUP", period("quality", "0102")),
    fails("SUB034", None, QUALITY + HIGH, "to the last day but one", 2025, "APP_PLUS_INDIV",
          period("quality", end="1230")),
    passes("SUB034", "half a year when that was enough", 2017, "MIPS_GROUP", period("quality", "0701")),
    passes("SUB034", "a leap year", 2024, "MIPS_GROUP", same),
    fails("SUB035", None, PI + HIGH, "179 days", 2025, "APP_PLUS_GROUP", period("pi", "0401", "0926")),
    fails("SUB035", None, PI + HIGH, "179 days of a leap year", 2024, "MIPS_APP1_GROUP", period("pi", "0101", "0627")),
    fails("SUB035", None, PI + HIGH, "89 days", 2019, "MIPS_INDIV", period("pi", "0101", "0330")),
    fails("SUB035", None, IA + HIGH, "89 days", 2018, "MIPS_GROUP", period("ia", "1004", "1231")),
    passes("SUB035", "180 days", 2025, "APP_PLUS_GROUP", period("pi", "0401", "0927")),
    passes("SUB035", "180 days of a leap year", 2024, "MIPS_APP1_GROUP", period("pi", "0101", "0628")),
    passes("SUB035", "90 days", 2019, "MIPS_INDIV", period("pi", "0101", "0331")),
    passes("SUB035", "90 days", 2018, "MIPS_GROUP", period("ia", "1003", "1231")),
    passes("SUB035", "90 days in the last year that took them", 2023, "MIPS_GROUP", period("pi", "0101", "0331")),
    fails("SUB036", None, PATHWAY, "no such pathway", 2025, "MIPS_GROUP", same, mvp="MVP01123"),
    fails("SUB036", None, PATHWAY, "a pathway of earlier years", 2025, "MIPS_INDIV", same, mvp="G0056"),
    fails("SUB036", None, PATHWAY, "a pathway of later years", 2024, "MIPS_SUBGROUP", same, mvp="M1420"),
    passes("SUB036", "a pathway of the year", 2025, "MIPS_GROUP", same, mvp="M0002"),
    passes("SUB036", "before there were pathways", 2022, "MIPS_GROUP", same, measures=("001",), mvp="MVP01123"),
    fails("SUB038", None, RECIPIENT, "a subgroup without pathway", 2023, "MIPS_SUBGROUP", no_pathway),
    fails("SUB038", None, RECIPIENT, "a subgroup without pathway", 2026, "MIPS_SUBGROUP", no_pathway, also="DOC028"),
    passes("SUB038", "a subgroup with its pathway", 2023, "MIPS_SUBGROUP", same),
    passes("SUB038", "a group without pathway", 2026, "MIPS_GROUP", same, also="DOC028"),
    fails("SUB039", None, PATHWAY, "under the APP", 2023, "MIPS_APP1_GROUP", same, mvp="M0002"),
    fails("SUB039", None, PATHWAY, "a virtual group", 2025, "MIPS_VIRTUALGROUP", same, mvp="M0002", also="SUB026"),
    passes("SUB039", "a group", 2023, "MIPS_GROUP", same, mvp="M0002"),
    passes("SUB039", "an APM entity", 2025, "MIPS_APMENTITY", same, mvp="M0002"),
    fails("SUB095", None, PATHWAY, "under another root", 2025, "MIPS_GROUP", pathway_root("2.16.840.1.113883.3.249.5"),
          mvp="M0002"),
    fails("SUB095", None, PATHWAY, "without a root", 2023, "MIPS_INDIV", pathway_root(None), mvp="M0002"),
    passes("SUB095", "under its root", 2025, "MIPS_GROUP", same, mvp="M0002"),
    passes("SUB095", "an id that is no pathway", 2025, "MIPS_GROUP",
           lambda doc: doc.participants.append(Participant("TRC", "PROG", [Id("1.2.3", "M9999")]))),
    fails("SUB040", None, PI, "before it was accepted", 2020, "MIPSAPM", same, pi=("PI_EP_1",)),
    fails("SUB040", None, PI, "in the last such year", 2022, "MIPS_APP1_APMENTITY", same, pi=("PI_EP_1",),
          also="SUB061"),
    passes("SUB040", "in the first year after it", 2023, "MIPS_APP1_APMENTITY", same, pi=("PI_EP_1",)),
    passes("SUB040", "from an individual", 2020, "MIPS_INDIV", same, pi=("PI_EP_1",)),
)  # fmt: skip

# --- measurements ------------------------------------------------------------------------------------------------

MEASUREMENTS = (
    fails("SUB045", None, MEASURE + MEASURE_ID, "one of the APP Plus under MIPS", 2025, "MIPS_GROUP", same,
          measures=("112",)),
    fails("SUB045", None, MEASURE + MEASURE_ID, "one of MIPS under the APP", 2022, "MIPS_APP1_INDIV", same,
          measures=("112",)),
    fails("SUB045", None, MEASURE + MEASURE_ID, "one that comes to the APP Plus a year later", 2025,
          "APP_PLUS_APMENTITY", same, measures=("113",)),
    fails("SUB045", None, MEASURE + MEASURE_ID, "one that is not of the pathway", 2024, "MIPS_GROUP", same,
          measures=("236",), mvp="M0001"),
    fails("SUB045", None, ACTIVITY + MEASURE_ID, "an activity of pathways under MIPS", 2026, "MIPS_GROUP", same,
          ia=("IA_MVP",), also="DOC028"),
    passes("SUB045", "one of the APP Plus", 2025, "APP_PLUS_GROUP", same, measures=("112",)),
    passes("SUB045", "when it was one of MIPS", 2023, "MIPS_GROUP", same, measures=("112",)),
    passes("SUB045", "in its year", 2026, "APP_PLUS_APMENTITY", same, measures=("113",), also="DOC028"),
    passes("SUB045", "before measures were of programs", 2020, "MIPS_GROUP", same, measures=("112",)),
    fails("SUB046", None, entry(PI, 4) + MEASURE_ID, "a promoting interoperability measure", 2018, "MIPS_GROUP",
          add_pi("PI_NOPE_9")),
    fails("SUB046", None, ACTIVITY + MEASURE_ID, "an activity", 2025, "MIPS_GROUP", renamed("IA_BE_4", "IA_NOPE_9")),
    fails("SUB046", None, entry(PI, 4) + MEASURE_ID, "one that is not there yet", 2021, "MIPS_APP1_GROUP",
          add_pi("PI_HIE_6")),
    fails("SUB046", None, ACTIVITY + MEASURE_ID, "small letters", 2023, "MIPS_INDIV", renamed("IA_BE_4", "ia_be_4")),
    passes("SUB046", "one of its first year", 2023, "MIPS_APP1_GROUP", add_pi("PI_HIE_6")),
    passes("SUB046", "another activity", 2025, "MIPS_GROUP", same, ia=("IA_AHE_1",)),
    fails("SUB047", None, entry(SECOND, 2) + MEASURE_ID, "a measure as activity", 2022, "MIPS_GROUP",
          renamed("IA_BE_4", "PI_INFBLO_1"), measures=()),
    fails("SUB047", None, entry(PI, 4) + MEASURE_ID, "an activity as measure", 2026, "MIPS_APP1_GROUP",
          add_pi("IA_BE_4"), also="DOC028"),
    passes("SUB047", "each where it belongs", 2022, "MIPS_GROUP", add_pi("PI_INFBLO_1"), measures=()),
    fails("SUB048", None, entry(PI, 4), "counts that are answered", 2025, "APP_PLUS_GROUP", add_pi("PI_PEA_1")),
    fails("SUB048", None, entry(PI, 4), "an answer that is counted", 2018, "MIPS_GROUP",
          lambda doc: doc.pi.entries.append(pi_proportion(2018, "PI_INFBLO_1"))),
    passes("SUB048", "counts that are counted", 2025, "APP_PLUS_GROUP",
           lambda doc: doc.pi.entries.append(pi_proportion(2025, "PI_PEA_1"))),
    passes("SUB048", "an answer that is answered", 2018, "MIPS_GROUP", add_pi("PI_INFBLO_1")),
    fails("SUB049", None, entry(PI, 4), "the same answer", 2019, "MIPS_GROUP", add_pi("PI_PPHI_1")),
    fails("SUB049", None, entry(PI, 4), "another answer", 2025, "MIPS_APP1_GROUP", add_pi("PI_PPHI_1", code="N"),
          also="SUB068"),
    fails("SUB049", None, entry(SECOND, 3), "an activity three times", 2022, "MIPS_GROUP", same,
          ia=("IA_BE_4", "IA_BE_4", "IA_BE_4"), measures=()),
    passes("SUB049", "two measures", 2019, "MIPS_GROUP", add_pi("PI_INFBLO_1")),
    passes("SUB049", "two activities", 2022, "MIPS_GROUP", same, ia=("IA_BE_4", "IA_EPA_1"), measures=()),
    fails("SUB061", None, MEASURE + MEASURE_ID, "suppressed", 2022, "MIPS_GROUP", same),
    fails("SUB061", None, MEASURE + MEASURE_ID, "suppressed", 2025, "MIPS_INDIV", same, measures=("494",)),
    passes("SUB061", "the year after", 2023, "MIPS_GROUP", same),
    passes("SUB061", "the year before", 2021, "MIPS_GROUP", same),
    passes("SUB061", "suppressed for another method", 2020, "MIPS_GROUP", same, measures=("134",)),
)  # fmt: skip

# --- counts ------------------------------------------------------------------------------------------------------

COUNTS = (
    fails("SUB001", None, DENOM + VALUE, "one too many met", 2025, "APP_PLUS_GROUP",
          wrong_numbers(IPOP=100, DENOM=100, DENEX=20, NUMER=81)),
    fails("SUB001", None, DENOM + VALUE, "more excluded than there are", 2018, "MIPS_GROUP",
          wrong_numbers(IPOP=50, DENOM=50, DENEX=51, NUMER=0)),
    fails("SUB001", None, MEASURE + "/component[9]/observation" + VALUE, "in the second rate", 2022, "MIPS_GROUP",
          wrong_numbers(1, IPOP=90, DENOM=90, NUMER=90, DENEXCEP=1), measures=("226",)),
    fails("SUB001", None, MEASURE + "/component[4]/observation" + VALUE, "in the sum of the population sets", 2024,
          "MIPS_GROUP", wrong_numbers(1, DENEXCEP=9000), measures=("007",), also="POP012"),
    passes("SUB001", "nobody is left", 2025, "APP_PLUS_GROUP", numbers(IPOP=100, DENOM=100, DENEX=20, NUMER=80)),
    passes("SUB001", "one set too many, but not the sum", 2025, "MIPS_GROUP",
           wrong_numbers(1, IPOP=1, DENOM=1, NUMER=2), measures=("143",), also="POP012"),
    fails("SUB054", None, NUMER + VALUE, "one more", 2025, "MIPS_GROUP",
          wrong_numbers(IPOP=100, DENOM=100, DENEX=0, NUMER=101)),
    fails("SUB054", None, NUMER + VALUE, "none in the denominator", 2018, "MIPS_INDIV",
          wrong_numbers(IPOP=100, DENOM=0, DENEX=0, NUMER=3), also="SUB073"),
    fails("SUB054", None, MEASURE + "/component[10]/observation" + VALUE, "in the second rate", 2021, "MIPS_GROUP",
          wrong_numbers(1, IPOP=90, DENOM=90, NUMER=91, DENEXCEP=0), measures=("226",)),
    fails("SUB054", None, MEASURE + "/component[5]/observation" + VALUE, "in the sum of the population sets", 2025,
          "MIPS_GROUP", wrong_numbers(1, NUMER=9000), measures=("143",), also="POP012"),
    passes("SUB054", "as many", 2025, "MIPS_GROUP", numbers(IPOP=100, DENOM=100, DENEX=0, NUMER=100)),
    passes("SUB054", "as many, and one excluded", 2018, "MIPS_INDIV",
           wrong_numbers(IPOP=100, DENOM=100, DENEX=1, NUMER=100), also="SUB001"),
    fails("SUB059", None, PI_NUMERATOR + VALUE, "one more", 2025, "APP_PLUS_GROUP", pi_counts(408, 407)),
    fails("SUB059", None, PI_NUMERATOR + VALUE, "one of none", 2018, "MIPS_GROUP", pi_counts(1, 0)),
    fails("SUB059", None, PI_NUMERATOR + VALUE, "one of none", 2017, "MIPS_INDIV", pi_counts(1, 0)),
    passes("SUB059", "as many", 2025, "APP_PLUS_GROUP", pi_counts(407, 407)),
    passes("SUB059", "none of none", 2018, "MIPS_GROUP", pi_counts(0, 0), also="SUB069"),
    fails("SUB073", None, DENOM + VALUE, "none in the denominator", 2023, "MIPS_GROUP",
          numbers(IPOP=9, DENOM=0, DENEX=0, NUMER=0)),
    fails("SUB073", None, DENOM + VALUE, "all excluded", 2025, "APP_PLUS_INDIV",
          numbers(IPOP=50, DENOM=50, DENEX=50, NUMER=0)),
    fails("SUB073", None, MEASURE + "/component[4]/observation" + VALUE, "none in all strata", 2019, "MIPS_GROUP",
          all_numbers(IPOP=0, DENOM=0, DENEX=0, DENEXCEP=0, NUMER=0), measures=("305",)),
    passes("SUB073", "one is not excluded", 2025, "APP_PLUS_INDIV", numbers(IPOP=50, DENOM=50, DENEX=49, NUMER=0)),
    passes("SUB073", "one in the denominator", 2023, "MIPS_GROUP", numbers(IPOP=9, DENOM=1, DENEX=0, NUMER=0),
           also="SUB074"),
    passes("SUB073", "some in one of the strata", 2019, "MIPS_GROUP",
           numbers(1, IPOP=0, DENOM=0, DENEX=0, NUMER=0), measures=("305",)),
    fails("SUB074", None, DENOM + VALUE, "19 cases", 2018, "MIPS_GROUP",
          numbers(IPOP=20, DENOM=19, DENEX=0, NUMER=9)),
    fails("SUB074", None, MEASURE + "/component[4]/observation" + VALUE, "19 cases in the largest stratum", 2024,
          "MIPS_INDIV", all_numbers(IPOP=19, DENOM=19, DENEX=0, DENEXCEP=0, NUMER=9), measures=("305",)),
    passes("SUB074", "20 cases", 2018, "MIPS_GROUP", numbers(IPOP=20, DENOM=20, DENEX=0, NUMER=9)),
    passes("SUB074", "20 cases in the largest stratum", 2024, "MIPS_INDIV",
           both(all_numbers(IPOP=19, DENOM=19, DENEX=0, DENEXCEP=0, NUMER=9), numbers(1, IPOP=20, DENOM=20)),
           measures=("305",)),
)  # fmt: skip

# --- rates -------------------------------------------------------------------------------------------------------

OF_80 = {"IPOP": 100, "DENOM": 100, "DENEX": 20, "NUMER": 57}
RATES = (
    *(
        fails("SUB075", None, FIRST_RATE, f"the rate {text} of 57 of 80", year, program, rated(text, **OF_80))
        for year, program, text in (
            (2018, "MIPS_GROUP", "0.57"), (2021, "MIPS_APP1_GROUP", "0.8"), (2023, "MIPS_INDIV", "0.711"),
            (2025, "APP_PLUS_GROUP", "0.712502"), (2025, "MIPS_GROUP", "1"), (2024, "MIPS_GROUP", "0"),
        )
    ),
    *(
        passes("SUB075", f"the rate {text} of 57 of 80", year, program, rated(text, **OF_80))
        for year, program, text in (
            (2018, "MIPS_GROUP", "0.7125"), (2021, "MIPS_APP1_GROUP", "0.7"), (2023, "MIPS_INDIV", "0.71"),
            (2025, "APP_PLUS_GROUP", "0.712500"), (2025, "MIPS_GROUP", ".713"), (2024, "MIPS_GROUP", "0.712"),
        )
    ),
    fails("SUB075", None, MEASURE + "/component[2]/observation", "in the second rate", 2024, "MIPS_GROUP",
          lambda doc: put(measure(doc).rates[1], value="0.01"), measures=("226",)),
    passes("SUB075", "less the numerator exclusion", 2024, "MIPS_GROUP",
           rated("0.5", IPOP=100, DENOM=100, DENEX=0, NUMER=60, NUMEX=10), measures=("472",), also="POP013"),
    fails("SUB076", None, FIRST_RATE, "0 where all are excluded", 2025, "APP_PLUS_GROUP",
          rated("0", IPOP=50, DENOM=50, DENEX=50, NUMER=0), also="SUB073"),
    fails("SUB076", None, FIRST_RATE, "1 where there is nobody", 2019, "MIPS_GROUP",
          rated("1.0", IPOP=50, DENOM=0, DENEX=0, NUMER=0), also="SUB073"),
    passes("SUB076", "NA where all are excluded", 2025, "APP_PLUS_GROUP",
           rated(None, IPOP=50, DENOM=50, DENEX=50, NUMER=0), also="SUB073"),
    passes("SUB076", "0 where one is not excluded", 2019, "MIPS_GROUP",
           rated("0", IPOP=50, DENOM=50, DENEX=49, NUMER=0)),
    fails("SUB077", None, FIRST_RATE, "nobody met it", 2018, "MIPS_GROUP",
          rated(None, IPOP=50, DENOM=50, DENEX=0, NUMER=0)),
    fails("SUB077", None, FIRST_RATE, "one is not excluded", 2025, "MIPS_APP1_GROUP",
          rated(None, IPOP=50, DENOM=50, DENEX=49, NUMER=1)),
    passes("SUB077", "nobody is left", 2018, "MIPS_GROUP", rated(None, IPOP=50, DENOM=50, DENEX=50, NUMER=0),
           also="SUB073"),
    passes("SUB077", "no rate at all", 2025, "MIPS_APP1_GROUP", lambda doc: measure(doc).rates.clear()),
)  # fmt: skip

# --- promoting interoperability together -------------------------------------------------------------------------

EXCHANGE = ("PI_EP_1", "PI_HIE_5")
WHOLE_2025 = (
    "PI_EP_1", "PI_EP_2", "PI_HIE_1", "PI_HIE_4", "PI_PEA_1", "PI_PHCDRR_1", "PI_PHCDRR_1_PROD", "PI_PHCDRR_3",
    "PI_PHCDRR_3_PRE", "PI_PPHI_1", "PI_PPHI_2", "PI_ONCDIR_1", "PI_INFBLO_1",
)  # fmt: skip
WHOLE_2017 = ("ACI_EP_1", "ACI_HIE_1", "ACI_LVITC_1", "ACI_PEA_1", "ACI_PPHI_1", "ACI_ONCDIR_1", "ACI_INFBLO_1")
WHOLE_2018 = ("PI_EP_1", "PI_HIE_1", "PI_HIE_2", "PI_PEA_1", "PI_PPHI_1", "PI_ONCDIR_1", "PI_INFBLO_1")
TRANSITION_2018 = (
    "PI_TRANS_LVPP_1", "PI_TRANS_HIE_1", "PI_TRANS_PEA_1", "PI_TRANS_PPHI_1", "PI_ONCDIR_1", "PI_INFBLO_1",
)  # fmt: skip
WHOLE_2019 = (
    "PI_EP_1", "PI_HIE_1", "PI_HIE_4", "PI_PEA_1", "PI_PPHI_1", "PI_ONCDIR_1", "PI_PHCDRR_1", "PI_PHCDRR_5",
    "PI_INFBLO_1",
)  # fmt: skip
BUT_REGISTRIES = tuple(one for one in WHOLE_2019 if "PHCDRR" not in one)
WHOLE_2022 = (
    "PI_LVPP_1", "PI_HIE_5", "PI_PEA_1", "PI_PHCDRR_1_EX_1", "PI_PHCDRR_3_EX_4", "PI_PPHI_1", "PI_PPHI_2",
    "PI_ONCDIR_1", "PI_INFBLO_1",
)  # fmt: skip
BOTH_2025 = (*(one for one in WHOLE_2025 if not one.startswith("PI_HIE")), "PI_HIE_6")

PROMOTING = (
    fails("SUB005", None, entry(PI, 3), "with a measure that it replaces", 2021, "MIPS_GROUP", same,
          pi=("PI_HIE_1", "PI_HIE_5")),
    fails("SUB005", None, entry(PI, 2), "with both measures that it replaces", 2026, "MIPS_APP1_GROUP", same,
          pi=("PI_HIE_5", "PI_HIE_1", "PI_HIE_4"), also="DOC028"),
    fails("SUB005", None, entry(PI, 3), "with the other exchange option", 2023, "MIPS_INDIV", same,
          pi=("PI_HIE_6", "PI_HIE_5")),
    fails("SUB005", None, entry(FIRST, 3), "two exclusions of one measure", 2022, "MIPS_GROUP", same, measures=(),
          pi=("PI_PHCDRR_1_EX_1", "PI_PHCDRR_1_EX_3")),
    fails("SUB005", None, entry(PI, 3), "two levels of active engagement", 2024, "MIPS_APP1_INDIV", same,
          pi=("PI_PHCDRR_2_PRE", "PI_PHCDRR_2_PROD")),
    passes("SUB005", "the measures that it replaces alone", 2021, "MIPS_GROUP", same, pi=("PI_HIE_1", "PI_HIE_4")),
    passes("SUB005", "with other measures", 2026, "MIPS_APP1_GROUP", same, pi=EXCHANGE, also="DOC028"),
    passes("SUB005", "exclusions of two measures", 2022, "MIPS_GROUP", same, measures=(),
           pi=("PI_PHCDRR_1_EX_1", "PI_PHCDRR_3_EX_1")),
    passes("SUB005", "answered with no", 2023, "MIPS_INDIV", say_no("PI_HIE_6"), pi=("PI_HIE_6", "PI_HIE_5"),
           also="SUB064"),
    fails("SUB063", None, entry(PI, 2), "with counts", 2020, "MIPS_GROUP", same, pi=("PI_EP_1", "PI_LVPP_1")),
    fails("SUB063", None, entry(PI, 3), "answered", 2025, "APP_PLUS_GROUP", same,
          pi=("PI_PHCDRR_3_EX_2", "PI_PHCDRR_3", "PI_PHCDRR_3_PROD")),
    fails("SUB063", None, entry(PI, 4), "beside an exchange option", 2026, "MIPS_APP1_GROUP", same,
          pi=("PI_HIE_5", "PI_LVITC_2", "PI_HIE_4"), also="DOC028 SUB005 SUB065"),
    passes("SUB063", "before it was refused", 2019, "MIPS_GROUP", same, pi=("PI_EP_1", "PI_LVPP_1")),
    passes("SUB063", "the exclusion of another measure", 2020, "MIPS_GROUP", same, pi=("PI_EP_1", "PI_LVOTC_1")),
    passes("SUB063", "the exclusion answered with no", 2025, "APP_PLUS_GROUP", say_no("PI_PHCDRR_3_EX_2"),
           pi=("PI_PHCDRR_3_EX_2", "PI_PHCDRR_3", "PI_PHCDRR_3_PROD"), also="SUB064"),
    fails("SUB064", None, entry(FIRST, 3), "an exchange option", 2022, "MIPS_GROUP", say_no("PI_HIE_5"), measures=(),
          pi=("PI_HIE_1", "PI_HIE_5")),
    fails("SUB064", None, entry(PI, 2), "an exclusion", 2025, "MIPS_APP1_GROUP", say_no("PI_LVPP_1"),
          pi=("PI_EP_1", "PI_LVPP_1")),
    fails("SUB064", None, entry(PI, 3), "both", 2024, "MIPS_GROUP", say_no("PI_HIE_5", "PI_HIE_6"),
          pi=("PI_HIE_5", "PI_HIE_6")),
    passes("SUB064", "no to the only one", 2022, "MIPS_GROUP", say_no("PI_HIE_5"), measures=(), pi=EXCHANGE),
    passes("SUB064", "yes to both", 2025, "MIPS_APP1_GROUP", same, pi=("PI_EP_1", "PI_LVPP_1"), also="SUB063"),
    fails("SUB065", None, entry(PI, 2), "an exclusion of one measure", 2021, "MIPS_GROUP", same,
          pi=("PI_HIE_5", "PI_LVOTC_1")),
    fails("SUB065", None, entry(PI, 4), "exclusions of both", 2025, "APP_PLUS_APMENTITY", same,
          pi=("PI_LVOTC_1", "PI_LVITC_2", "PI_HIE_6")),
    passes("SUB065", "the exclusion answered with no", 2021, "MIPS_GROUP", say_no("PI_LVOTC_1"),
           pi=("PI_HIE_5", "PI_LVOTC_1")),
    passes("SUB065", "an exclusion of another measure", 2025, "APP_PLUS_APMENTITY", same,
           pi=("PI_LVPP_1", "PI_HIE_6")),
    fails("SUB066", None, entry(PI, 2), "no level", 2023, "MIPS_GROUP", same, pi=("PI_PHCDRR_3",)),
    fails("SUB066", None, entry(PI, 2), "both levels", 2026, "APP_PLUS_GROUP", same,
          pi=("PI_PHCDRR_1", "PI_PHCDRR_1_PRE", "PI_PHCDRR_1_PROD"), also="DOC028 SUB005"),
    fails("SUB066", None, entry(PI, 2), "a level that is answered with no", 2024, "MIPS_INDIV",
          say_no("PI_PHCDRR_2_PRE"), pi=("PI_PHCDRR_2", "PI_PHCDRR_2_PRE")),
    passes("SUB066", "one level", 2023, "MIPS_GROUP", same, pi=("PI_PHCDRR_3", "PI_PHCDRR_3_PRE")),
    passes("SUB066", "one of two levels holds", 2026, "APP_PLUS_GROUP", say_no("PI_PHCDRR_1_PRE"),
           pi=("PI_PHCDRR_1", "PI_PHCDRR_1_PRE", "PI_PHCDRR_1_PROD"), also="DOC028 SUB064"),
    passes("SUB066", "before there were levels", 2021, "MIPS_GROUP", same, pi=("PI_PHCDRR_3",), also="SUB083"),
    passes("SUB066", "no registry at all", 2024, "MIPS_INDIV", say_no("PI_PHCDRR_2"), pi=("PI_PHCDRR_2",)),
    fails("SUB067", None, PI, "two measures", 2025, "MIPS_GROUP", same),
    fails("SUB067", None, PI, "one is missing", 2019, "MIPS_INDIV", lambda doc: doc.pi.entries.pop(3), pi=WHOLE_2019),
    fails("SUB067", None, FIRST, "an exclusion answered with no", 2022, "MIPS_GROUP", say_no("PI_LVPP_1"),
          pi=WHOLE_2022, measures=()),
    passes("SUB067", "all measures", 2025, "MIPS_GROUP", same, pi=WHOLE_2025),
    passes("SUB067", "all measures", 2019, "MIPS_INDIV", same, pi=WHOLE_2019),
    passes("SUB067", "exclusions and an exchange option", 2022, "MIPS_GROUP", same, pi=WHOLE_2022, measures=()),
    passes("SUB067", "an exchange option for both measures", 2025, "APP_PLUS_GROUP", same, pi=BOTH_2025),
    fails("SUB067", None, PI, "the base of the first years", 2018, "MIPS_GROUP", same),
    fails("SUB067", None, PI, "one measure alone", 2017, "MIPS_INDIV", same, pi=("ACI_PEA_1",)),
    fails("SUB067", None, PI, "one of the base is missing", 2018, "MIPS_GROUP", same,
          pi=[one for one in WHOLE_2018 if one != "PI_HIE_2"]),
    passes("SUB067", "the base", 2017, "MIPS_INDIV", same, pi=WHOLE_2017),
    passes("SUB067", "the base", 2018, "MIPS_GROUP", same, pi=WHOLE_2018),
    passes("SUB067", "the base by the transition measures", 2018, "MIPS_GROUP", same, pi=TRANSITION_2018),
    *(
        fails("SUB067", None, PI, "no registry", year, "MIPS_GROUP", same, pi=BUT_REGISTRIES)
        for year in (2019, 2020, 2021)
    ),
    *(
        fails("SUB083", None, entry(PI, 9), "one registry", year, "MIPS_INDIV", same,
              pi=(*BUT_REGISTRIES, "PI_PHCDRR_3"))
        for year in (2019, 2020, 2021)
    ),
    fails("SUB083", None, entry(PI, 9), "two exclusions from one registry", 2020, "MIPS_GROUP", same,
          pi=(*BUT_REGISTRIES, "PI_PHCDRR_1_EX_1", "PI_PHCDRR_1_EX_2")),
    fails("SUB083", None, entry(PI, 9), "a second one answered with no", 2019, "MIPS_GROUP", say_no("PI_PHCDRR_2"),
          pi=(*BUT_REGISTRIES, "PI_PHCDRR_1", "PI_PHCDRR_2")),
    *(
        passes("SUB083", f"{first} and {second}", year, "MIPS_GROUP", same, pi=(*BUT_REGISTRIES, first, second))
        for year in (2019, 2020, 2021)
        for first, second in (("PI_PHCDRR_2", "PI_PHCDRR_4"), ("PI_PHCDRR_1", "PI_PHCDRR_1_MULTI"),
                              ("PI_PHCDRR_1_EX_1", "PI_PHCDRR_3"), ("PI_PHCDRR_2_EX_2", "PI_PHCDRR_5_EX_1"))
    ),
    passes("SUB083", "when both are named", 2022, "MIPS_GROUP", same, pi=WHOLE_2022, measures=()),
    fails("SUB068", None, entry(PI, 11), "an attestation", 2025, "MIPS_GROUP", say_no("PI_PPHI_1"), pi=WHOLE_2025),
    fails("SUB068", None, entry(PI, 12), "the guides, which need a yes by then", 2025, "APP_PLUS_INDIV",
          say_no("PI_PPHI_2"), pi=WHOLE_2025),
    fails("SUB068", None, entry(PI, 7), "an attestation", 2020, "MIPS_INDIV", say_no("PI_ONCDIR_1"), pi=WHOLE_2019),
    passes("SUB068", "the guides, for which a no was enough", 2022, "MIPS_GROUP", say_no("PI_PPHI_2"),
           pi=WHOLE_2022, measures=()),
    passes("SUB068", "a bonus measure", 2025, "MIPS_GROUP",
           lambda doc: doc.pi.entries.append(pi_answer(2025, "PI_PHCDRR_2", "N")), pi=WHOLE_2025),
    passes("SUB068", "all answered with yes", 2020, "MIPS_INDIV", same, pi=WHOLE_2019),
    fails("SUB069", None, PI_NUMERATOR + VALUE, "prescriptions", 2025, "MIPS_GROUP", pi_counts(0, 407), pi=WHOLE_2025),
    fails("SUB069", None, entry(PI, 5) + "/component[1]/observation" + VALUE, "access of patients", 2019,
          "MIPS_INDIV", lambda doc: put(doc.pi_measure("PI_PEA_1").numerators[0], count=0), pi=WHOLE_2019),
    passes("SUB069", "one prescription", 2025, "MIPS_GROUP", pi_counts(1, 407), pi=WHOLE_2025),
    fails("SUB069", None, PI_NUMERATOR + VALUE, "prescriptions", 2018, "MIPS_GROUP", pi_counts(0, 407)),
    passes("SUB069", "one prescription", 2018, "MIPS_GROUP", pi_counts(1, 407)),
)  # fmt: skip

# --- what costs points -------------------------------------------------------------------------------------------

POINTS = (
    fails("SUB071", None, QUALITY, "five of six", 2021, "MIPS_GROUP", same, measures=SIX[:5]),
    fails("SUB071", None, QUALITY, "one of six", 2017, "MIPS_INDIV", same),
    fails("SUB071", None, QUALITY, "three of the four of a pathway", 2024, "MIPS_SUBGROUP", same,
          measures=("001", "236", "134"), mvp="M0005"),
    passes("SUB071", "four of a pathway", 2024, "MIPS_SUBGROUP", same, measures=("001", "236", "134", "475"),
           mvp="M0005"),
    passes("SUB071", "six", 2021, "MIPS_GROUP", same, measures=SIX),
    passes("SUB071", "no quality section", 2017, "MIPS_INDIV", same, measures=()),
    passes("SUB071", "measures of the APP", 2024, "MIPS_APP1_GROUP", same),
    fails("SUB072", None, QUALITY, "prevention only", 2023, "MIPS_GROUP", same, measures=("112", "113")),
    fails("SUB072", None, QUALITY, "one measure", 2018, "MIPS_INDIV", same, measures=("110",)),
    passes("SUB072", "one that lowers blood pressure", 2023, "MIPS_GROUP", same, measures=("112", "236")),
    passes("SUB072", "a pathway that CMS adds one to", 2024, "MIPS_GROUP", same, measures=("117",), mvp="G0058",
           also="SUB045"),
    fails("SUB078", None, QUALITY, "one of three", 2021, "MIPS_APP1_GROUP", same, measures=("134",)),
    fails("SUB078", None, QUALITY, "three of four", 2025, "APP_PLUS_APMENTITY", same, measures=("001", "112", "134")),
    passes("SUB078", "all three", 2024, "MIPS_APP1_GROUP", same, measures=("001", "134", "236")),
    passes("SUB078", "all four", 2025, "APP_PLUS_APMENTITY", same, measures=("001", "112", "134", "236")),
    passes("SUB078", "under MIPS", 2024, "MIPS_GROUP", same),
    fails("SUB079", None, IA, "one answered with no", 2018, "MIPS_GROUP",
          lambda doc: put(doc.activity("IA_BE_4").answers[0], code="N")),
    fails("SUB079", None, IA, "both answered with no", 2025, "MIPS_APMENTITY",
          lambda doc: put(doc.ia, entries=[activity(2025, one, "N") for one in ("IA_BE_4", "IA_AHE_1")])),
    passes("SUB079", "one of two answered with yes", 2025, "MIPS_APMENTITY",
           lambda doc: put(doc.ia, entries=[activity(2025, "IA_BE_4", "N"), activity(2025, "IA_AHE_1")])),
    passes("SUB079", "no section", 2018, "MIPS_GROUP", same, ia=False),
    *(
        fails("SUB081", None, IA, f"{program} {' '.join(named)}", year, program, same, ia=named)
        for year, program, named in (
            (2017, "MIPS_INDIV", ("IA_BE_4",)), (2020, "MIPS_GROUP", ("IA_BE_4", "IA_AHE_1")),
            (2024, "MIPS_GROUP", ("IA_BE_4", "IA_AHE_1")), (2024, "MIPS_SUBGROUP", ("IA_BE_4",)),
            (2024, "MIPS_APMENTITY", ("IA_BE_4",)), (2025, "MIPS_GROUP", ("IA_BE_4",)),
        )
    ),
    fails("SUB081", None, IA, "a virtual group", 2025, "MIPS_VIRTUALGROUP", no_tin, ia=("IA_AHE_1",)),
    fails("SUB081", None, IA, "one of two answered with no", 2025, "MIPS_GROUP",
          lambda doc: put(doc.ia, entries=[activity(2025, "IA_BE_4", "N"), activity(2025, "IA_AHE_1")])),
    *(
        passes("SUB081", f"{program} {' '.join(named)}", year, program, same, ia=named)
        for year, program, named in (
            (2017, "MIPS_INDIV", ("IA_AHE_1", "IA_EPA_1")), (2020, "MIPS_GROUP", ("IA_BE_4", "IA_AHE_1", "IA_CC_1")),
            (2024, "MIPS_GROUP", ("IA_PCMH",)), (2024, "MIPS_APMENTITY", ("IA_BE_4", "IA_CC_1")),
            (2025, "MIPS_GROUP", ("IA_BE_4", "IA_AHE_1")),
            (2025, "MIPS_GROUP", ("IA_PCMH",)), (2025, "MIPS_SUBGROUP", ("IA_BE_4",)),
            (2025, "MIPS_APMENTITY", ("IA_BE_4",)), (2023, "MIPS_APP1_GROUP", ("IA_BE_4",)),
        )
    ),
    passes("SUB081", "one of high weight under a pathway", 2024, "MIPS_SUBGROUP", same, ia=("IA_MVP",)),
    passes("SUB081", "one under a pathway", 2025, "MIPS_GROUP", same, ia=("IA_BE_4",), mvp="M0002"),
    *(
        fails("SUB082", None, IA, "activities of the APP", year, program, same)
        for year, program in ((2021, "MIPS_APP1_INDIV"), (2024, "MIPS_APP1_APMENTITY"), (2025, "APP_PLUS_GROUP"))
    ),
    passes("SUB082", "none", 2025, "APP_PLUS_GROUP", same, ia=False),
    passes("SUB082", "under MIPS", 2025, "MIPS_GROUP", same),
)  # fmt: skip

AFTER_CONVERSION: tuple[Case, ...] = (
    *IDENTITY, *SETS, *MEASUREMENTS, *COUNTS, *RATES, *PROMOTING, *POINTS
)  # fmt: skip
