"""Rows of the table of documents for practice sites: CPC+ and Primary Care First, in each of their years."""

from typing import Any

from tests.documents import (
    CEHRT_ROOT,
    NPI,
    NPI_ROOT,
    TIN,
    TIN_ROOT,
    Doc,
    Id,
    Participant,
    Population,
    activity,
    pi_answer,
    quality_measure,
    section,
)
from tests.rules.cases import ROOT, Case, Change, again, both, fails, passes, put, same

CPC, PCF = ("001", "236"), ("001", "113", "236")
CPC_2018 = (*CPC, "110", "111", "112", "113", "117", "119", "134")
ALWAYS = "SITE018 SITE019"
"""What every document of these programs gives: the roster and the submission period are not compared."""
SECTION = ROOT + "/component/structuredBody/component/section"
MEASURE = SECTION + "/entry[2]/organizer"
DENOM = MEASURE + "/component[3]/observation"
PERIOD = SECTION + "/entry[1]/act"
OF_113 = SECTION + "/entry[3]/organizer"
OTHER_TIN, OTHER_NPI = "000417271", "2003004183"


def _options(year: int, program: str, others: dict[str, Any]) -> dict[str, Any]:
    also = f"{ALWAYS} {others.pop('also', '')}" + (" SITE020 SUB036" if (year, program) == (2025, "PCF") else "")
    also += " SUB061" if year == 2022 else ""
    given = set(also.split()) - set(others.pop("but", "").split())
    measures = PCF if program == "PCF" else CPC_2018 if year == 2018 else CPC
    return {"measures": measures, "also": " ".join(sorted(given)), **others}


def wrong(  # noqa: PLR0917 - a row of the table
    finding: str, code: int | None, path: str, what: str, year: int, program: str, change: Change, **others: Any
) -> Case:
    """Return a row of a practice site that expects a finding."""
    return fails(finding, code, path, what, year, program, change, **_options(year, program, others))


def right(finding: str, what: str, year: int, program: str, change: Change, **others: Any) -> Case:
    """Return a row of a practice site that must not give a finding."""
    return passes(finding, what, year, program, change, **_options(year, program, others))


def place(doc: Doc) -> Participant:
    """Return the participant that is the practice site."""
    return next(one for one in doc.participants if one.type_code == "LOC")


def site(text: str | None) -> Change:
    """Give the practice site another id, or none."""
    return lambda doc: put(place(doc).ids[0], extension=text)


def address(text: str | None) -> Change:
    return lambda doc: put(place(doc), address=text)


def other_address(doc: Doc) -> None:
    """Give the address in another participant than the practice site."""
    put(place(doc), address=None)
    doc.participants.append(Participant("LOC", "SDLOC", [], address="1 Lark Street"))


def cehrt(text: str | None) -> Change:
    def change(doc: Doc) -> None:
        for one in doc.participants:
            for id_ in one.ids:
                if id_.root == CEHRT_ROOT:
                    id_.extension = text

    return change


def npi(*texts: str | None) -> Change:
    return lambda doc: put(doc.performers[0], ids=[Id(NPI_ROOT, text) for text in texts])


def tin(*texts: str | None) -> Change:
    return lambda doc: put(doc.performers[0], organization_ids=[Id(TIN_ROOT, text) for text in texts])


def of(measure_id: str, role: str, index: int, doc: Doc) -> Population:
    return doc.measure(measure_id).population(role, index)


def count_of(role: str, number: int | str | None, measure_id: str = "001") -> Change:
    """Give a population another count, and leave the rate alone."""
    return lambda doc: put(of(measure_id, role, 0, doc), count=number)


def counts(**numbers: int) -> Change:
    """Change counts of measure 001, and let its rate follow."""
    return lambda doc: doc.measure("001").set_counts(**numbers)


def rate(value: str | None, null_flavor: str | None = None) -> Change:
    return lambda doc: put(doc.measure("001").rates[0], value=value, null_flavor=null_flavor)


def detail(number: int, role: str = "DENOM", measure_id: str = "001", **values: Any) -> Change:
    """Change supplemental data or a stratum of a population, or take it away."""

    def change(doc: Doc) -> None:
        details = of(measure_id, role, 0, doc).details
        if values:
            put(details[number], **values)
        else:
            del details[number]

    return change


def without(*measure_ids: str) -> Change:
    """Leave measures out."""

    def change(doc: Doc) -> None:
        doc.quality.entries = [one for one in doc.quality.entries if getattr(one, "measure_id", "") not in measure_ids]

    return change


def with_pi(doc: Doc) -> None:
    """Add a section for promoting interoperability that covers the year."""
    doc.sections.append(section(doc.year, "pi", [pi_answer(doc.year, "PI_PPHI_1")]))
    put(doc.pi.period, start=f"{doc.year}0101", end=f"{doc.year}1231")


def with_ia(doc: Doc) -> None:
    """Add a section for improvement activities that covers the year."""
    doc.sections.append(section(doc.year, "ia", [activity(doc.year, "IA_BE_4")]))
    put(doc.ia.period, start=f"{doc.year}0101", end=f"{doc.year}1231")


def small_stratum(doc: Doc) -> None:
    """Write the id of a stratum in small letters."""
    stratum = of("113", "DENOM", 0, doc).details[0].ids[0]
    stratum.root = str(stratum.root).lower()


ZERO = dict.fromkeys(("IPOP", "DENOM", "DENEX", "NUMER"), 0)
FULL = {"IPOP": 100, "DENOM": 100, "DENEX": 100, "NUMER": 0}

HEADER = (
    wrong("SITE001", 35, ROOT, "no id", 2024, "PCF", site(None)),
    wrong("SITE001", 35, ROOT, "the id of the other program", 2018, "CPCPLUS",
          lambda doc: put(place(doc).ids[0], root="2.16.840.1.113883.3.249.5.3")),
    wrong("SITE001", 35, ROOT, "twice", 2021, "CPCPLUS", lambda doc: again(place(doc).ids)),
    right("SITE001", "that of the other program as well", 2022, "PCF",
          lambda doc: place(doc).ids.append(Id("2.16.840.1.113883.3.249.5.1", "T1AR0058"))),
    wrong("SITE002", 62, ROOT, "empty", 2018, "CPCPLUS", site("")),
    wrong("SITE002", 62, ROOT, "missing in CPC+ of 2021", 2021, "CPCPLUS", site(None), also="SITE001"),
    right("SITE002", "missing in Primary Care First of 2021", 2021, "PCF", site(None), also="SITE001"),
    wrong("SITE003", 63, ROOT, "a space", 2019, "CPCPLUS", site(" ")),
    wrong("SITE003", 63, ROOT, "small letters", 2025, "PCF", site("ar0437")),
    wrong("SITE003", 63, ROOT, "a site that is not there", 2021, "PCF", site("ZZ9999")),
    *(
        right("SITE003", f"a site of the list of {program}", year, program, same)
        for program, years in (("CPCPLUS", range(2018, 2022)), ("PCF", range(2021, 2026))) for year in years
    ),
    wrong("SITE004", 34, ROOT, "no address", 2024, "PCF", address(None)),
    wrong("SITE004", 34, ROOT, "an empty address", 2020, "CPCPLUS", address("  ")),
    right("SITE004", "an empty address", 2021, "CPCPLUS", address("  ")),
    right("SITE004", "in another participant", 2018, "CPCPLUS",
          other_address),
    wrong("SITE005", 36, ROOT, "improvement activities alone", 2023, "PCF",
          both(with_ia, lambda doc: doc.sections.remove(doc.quality)), also="SITE017 SUB045"),
    wrong("SITE005", 36, ROOT, "no section", 2018, "CPCPLUS", lambda doc: doc.sections.clear(), also="DOC010"),
    right("SITE005", "a quality section", 2023, "PCF", same),
    wrong("SITE006", 84, ROOT, "none", 2022, "PCF", tin(None)),
    wrong("SITE006", 84, ROOT, "an empty one", 2019, "CPCPLUS", tin(""), also="SITE007"),
    wrong("SITE006", 84, ROOT, "two empty ones", 2021, "PCF", both(tin("", ""), npi(NPI, OTHER_NPI)), also="SITE011"),
    right("SITE006", "not required", 2018, "CPCPLUS", tin(None)),
    *(
        wrong("SITE007", 85, ROOT, what, year, program, tin(text))
        for what, text, year, program in (
            ("eight digits", TIN[1:], 2019, "CPCPLUS"), ("a dash", "00-0417263", 2020, "CPCPLUS"),
            ("letters", "00041726X", 2025, "PCF"), ("a decimal in 2019", "1234567.5", 2019, "CPCPLUS"),
            ("empty before a good one", "", 2024, "PCF"),
        ) if text
    ),
    wrong("SITE007", 85, ROOT, "empty before a good one", 2024, "PCF", both(tin("", TIN), npi(NPI, OTHER_NPI))),
    right("SITE007", "a decimal", 2020, "CPCPLUS", tin("1234567.5")),
    right("SITE007", "spaces around", 2023, "PCF", tin(f" {TIN} ")),
    wrong("SITE008", 87, ROOT, "none", 2019, "CPCPLUS", npi(None)),
    right("SITE008", "not required", 2018, "CPCPLUS", npi(None)),
    wrong("SITE009", 88, ROOT, "nine digits", 2019, "CPCPLUS", npi(NPI[1:])),
    wrong("SITE009", 88, ROOT, "a minus", 2021, "PCF", npi("-123456789")),
    wrong("SITE009", 88, ROOT, "a comma", 2020, "CPCPLUS", npi("12345,6789"), times=2, also="SITE011"),
    right("SITE009", "a minus in CPC+", 2021, "CPCPLUS", npi("-123456789")),
    right("SITE009", "an exponent", 2020, "CPCPLUS", npi("12345678e0")),
    wrong("SITE010", 89, ROOT, "two TINs", 2019, "CPCPLUS", tin(TIN, OTHER_TIN)),
    right("SITE010", "an empty one at the end", 2024, "PCF", tin(TIN, "")),
    wrong("SITE011", 86, ROOT, "two NPIs", 2025, "PCF", npi(NPI, OTHER_NPI)),
    right("SITE011", "two of each", 2025, "PCF", both(npi(NPI, OTHER_NPI), tin(TIN, TIN))),
    *(
        wrong("SITE013", 97, ROOT, what, year, program, cehrt(text))
        for what, text, year, program in (
            ("none", None, 2020, "CPCPLUS"), ("empty", "", 2021, "PCF"), ("short", "0015E4LRK7VP02", 2021, "CPCPLUS"),
            ("15C a year early", "0015C4LRK7VP02Q", 2022, "PCF"), ("15D", "0015D4LRK7VP02Q", 2023, "PCF"),
            ("15E a year late", "0015E4LRK7VP02Q", 2024, "PCF"),
        )
    ),
    right("SITE013", "15E and 15C", 2023, "PCF", cehrt("0015e4LRK7VP02Q")),
    right("SITE013", "not required", 2019, "CPCPLUS", cehrt(None)),
    wrong("SITE014", 100, ROOT, "twice", 2020, "CPCPLUS", lambda doc: again(doc.participants[0].ids)),
    right("SITE014", "twice before it was forbidden", 2019, "CPCPLUS", lambda doc: again(doc.participants[0].ids)),
    wrong("SITE015", 104, ROOT, "in 2021", 2021, "CPCPLUS", with_pi, also="SUB040"),
    right("SITE015", "in 2020", 2020, "CPCPLUS", with_pi, also="SITE017 SUB040"),
    wrong("SITE016", 106, ROOT, "a section", 2022, "PCF", with_pi, also="SITE017 SUB040"),
    right("SITE016", "none", 2022, "PCF", same),
    wrong("SITE017", 90, ROOT, "improvement activities", 2021, "CPCPLUS", with_ia),
    right("SITE017", "before it was reported", 2018, "CPCPLUS", with_ia),
    wrong("SITE018", 79, ROOT, "every document", 2023, "PCF", same),
    right("SITE018", "MIPS", 2023, "MIPS_GROUP", same, measures=("236",), but=ALWAYS),
    wrong("SITE019", 68, ROOT, "every document", 2019, "CPCPLUS", same),
    right("SITE019", "MIPS", 2019, "MIPS_GROUP", same, measures=("236",), but=ALWAYS),
    wrong("SITE020", None, ROOT + "/informationRecipient/intendedRecipient/id", "2025", 2025, "PCF", same),
    right("SITE020", "2024", 2024, "PCF", same),
)  # fmt: skip

MEASURES = (
    wrong("SITE021", 55, PERIOD, "a day late", 2018, "CPCPLUS", lambda doc: put(doc.quality.period, start="20180102"),
          also="SUB034"),
    wrong("SITE021", 55, PERIOD, "with a time", 2024, "PCF", lambda doc: put(doc.quality.period, start="202401010000")),
    wrong("SITE021", 55, PERIOD, "none", 2021, "PCF", lambda doc: doc.quality.period.starts.clear(), also="DOC018"),
    right("SITE021", "the whole year", 2018, "CPCPLUS", same),
    wrong("SITE022", 56, PERIOD, "a day early", 2025, "PCF", lambda doc: put(doc.quality.period, end="20251230"),
          also="SUB034"),
    wrong("SITE022", 56, PERIOD, "none", 2020, "CPCPLUS", lambda doc: doc.quality.period.ends.clear(), also="DOC019"),
    right("SITE022", "the whole year", 2025, "PCF", same),
    wrong("SITE023", 64, SECTION, "one of two", 2021, "CPCPLUS", without("236")),
    wrong("SITE023", 64, SECTION, "both groups", 2018, "CPCPLUS", without("236", "134"), times=2, also="SITE024"),
    right("SITE023", "the same twice", 2019, "CPCPLUS",
          both(without("236"), lambda doc: again(doc.quality.entries)), also="GUID005"),
    wrong("SITE024", 65, SECTION, "eight of nine", 2018, "CPCPLUS", without("134"), also="SITE023"),
    right("SITE024", "ten", 2018, "CPCPLUS", lambda doc: doc.quality.entries.append(_further(doc, "204"))),
    wrong("SITE025", 103, SECTION, "two of three", 2024, "PCF", without("113")),
    right("SITE025", "one more", 2024, "PCF", lambda doc: doc.quality.entries.append(_further(doc, "134"))),
    wrong("SITE026", 37, MEASURE, "none", 2018, "CPCPLUS", lambda doc: doc.measure("001").rates.clear(),
          also="SITE027"),
    wrong("SITE026", 37, MEASURE, "twice", 2023, "PCF", lambda doc: again(doc.measure("001").rates)),
    right("SITE026", "measure 370 with one", 2019, "CPCPLUS", same, measures=(*CPC, "370"), also="POP011"),
    wrong("SITE027", 59, MEASURE, "no id", 2024, "PCF", lambda doc: doc.measure("001").rates[0].ids.clear(),
          also="RATE003"),
    right("SITE027", "the id of something else", 2024, "PCF",
          lambda doc: put(doc.measure("001").rates[0], id=of("001", "DENOM", 0, doc).id), also="RATE004"),
    right("SITE027", "small letters", 2024, "PCF",
          lambda doc: put(doc.measure("001").rates[0], id=str(doc.measure("001").rates[0].id).lower())),
    wrong("SITE028", 48, OF_113 + "/component[3]/observation", "another id", 2023, "PCF",
          detail(0, measure_id="113", ids=[Id("1.2.3")])),
    right("SITE028", "small letters", 2023, "PCF", small_stratum),
    wrong("SITE029", 49, OF_113 + "/component[3]/observation", "one of two", 2025, "PCF", detail(0, measure_id="113"),
          also="SITE028"),
    wrong("SITE029", 49, DENOM, "one where there are none", 2023, "PCF",
          lambda doc: of("001", "DENOM", 0, doc).details.append(of("113", "DENOM", 0, doc).details[0])),
    right("SITE029", "measure 113 before it had strata", 2022, "PCF", same),
    right("SITE029", "measure 370 of 2021", 2021, "CPCPLUS", same, measures=(*CPC, "370"), also="POP011"),
    wrong("SITE030", None, OF_113 + "/component[3]/observation/entryRelationship[2]/observation", "no id", 2024, "PCF",
          detail(0, measure_id="113", ids=[]), also="SITE028"),
    right("SITE030", "ids", 2024, "PCF", same),
    wrong("SITE031", 66, DENOM, "a race", 2020, "CPCPLUS", detail(0)),
    wrong("SITE031", 66, DENOM, "another code", 2018, "CPCPLUS", detail(6, code="X")),
    wrong("SITE031", 66, DENOM, "a payer without translation", 2024, "PCF", detail(10, translated=False)),
    wrong("SITE031", 66, DENOM, "all", 2021, "PCF", lambda doc: of("001", "DENOM", 0, doc).details.clear(), times=14),
    right("SITE031", "small letters", 2020, "CPCPLUS", detail(6, code="m")),
    wrong("SITE032", 67, DENOM + "/entryRelationship[2]/observation", "none", 2022, "PCF", detail(0, counts=[])),
    right("SITE032", "twice", 2022, "PCF",
          lambda doc: again(of("001", "DENOM", 0, doc).details)),
)  # fmt: skip


def _further(doc: Doc, measure_id: str) -> Any:
    """A further measure with all supplemental data, made of that of the first one."""
    measure = quality_measure(doc.year, measure_id)
    measure.set_counts(DENOM=int(measure.population("IPOP").count or 0))
    for one in measure.populations:
        one.details = of("001", "DENOM", 0, doc).details
    return measure


COUNTS = (
    wrong("SITE033", 101, DENOM + "/entryRelationship[1]/observation", "smaller", 2024, "PCF", counts(DENOM=180)),
    wrong("SITE033", 101, DENOM + "/entryRelationship[1]/observation", "a zero before it", 2020, "CPCPLUS",
          count_of("DENOM", "0187")),
    wrong("SITE033", 101, DENOM + "/entryRelationship[1]/observation", "without value", 2022, "PCF",
          count_of("DENOM", None), also="POP007"),
    right("SITE033", "smaller before it had to be equal", 2019, "CPCPLUS", counts(DENOM=180)),
    wrong("SITE034", 92, MEASURE, "more exclusions", 2019, "CPCPLUS", count_of("DENEX", 500), also="SITE035 SITE036"),
    right("SITE034", "as many exclusions", 2024, "PCF", counts(**FULL), also="SUB073"),
    right("SITE034", "after another error", 2024, "PCF", both(count_of("DENEX", 500), count_of("DENOM", 180)),
          also="SITE033"),
    right("SITE034", "before it was asked", 2018, "CPCPLUS", count_of("DENEX", 500), also="SUB001"),
    wrong("SITE035", 93, MEASURE, "more than are left", 2021, "CPCPLUS", count_of("NUMER", 187)),
    right("SITE035", "all that are left", 2021, "CPCPLUS", counts(NUMER=179)),
    wrong("SITE036", 94, MEASURE, "one more", 2023, "PCF", count_of("DENEX", 188), also="SITE034 SITE035"),
    right("SITE036", "as many", 2023, "PCF", counts(**FULL), also="SUB073"),
    wrong("SITE037", 91, MEASURE, "NA", 2019, "CPCPLUS", rate(None, "NA")),
    right("SITE037", "NA of nobody", 2024, "PCF", counts(**FULL), also="SUB073"),
    wrong("SITE038", 98, MEASURE, "0 of nobody", 2020, "CPCPLUS", both(counts(**ZERO), rate("0.00"))),
    right("SITE038", "0 of somebody", 2020, "CPCPLUS", counts(NUMER=0)),
    right("SITE038", "0 of nobody before it was asked", 2019, "CPCPLUS", both(counts(**ZERO), rate("0")),
          also="SUB073 SUB076"),
)  # fmt: skip

SITES: tuple[Case, ...] = (*HEADER, *MEASURES, *COUNTS)
