"""The defects of the broken documents of `fixtures/`: one in each, with the findings that it must lead to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.documents import (
    Doc,
    activity,
    add_supplemental,
    answer,
    count,
    document,
    drop,
    measure_facts,
    one,
    period,
    pi_answer,
    pi_proportion,
    quality_measure,
    replace_once,
)

Change: TypeAlias = Callable[[Doc], str | bytes | None]


@dataclass(frozen=True)
class Case:
    """A document with one defect.

    Attributes:
        path: path below `fixtures/`.
        change: puts the defect into a document, or returns the text or bytes to be written.
        doc: makes the correct document.
        expected: ids of the findings that the defect must lead to; none where it must not be noticed.
    """

    path: str
    change: Change
    doc: Callable[[], Doc]
    expected: tuple[str, ...]


BROKEN: list[Case] = []


def _broken(
    year: int, program: str, *expected: str, measures: tuple[str, ...] = ("236",), pi: bool = False, ia: bool = False
) -> Callable[[Change], Change]:
    """Register a function as a case; its name is that of the case."""

    def register(change: Change) -> Change:
        name = change.__name__.strip("_").replace("_", "-")
        make = lambda: document(year, program, measures=measures, pi=pi, ia=ia)  # noqa: E731
        BROKEN.append(Case(f"{year}/{program}-{name}.xml", change, make, expected))
        return change

    return register


def defective(case: Case) -> bytes:
    """Return the document of a case."""
    doc = case.doc()
    result = case.change(doc)
    if result is None:
        return doc.bytes(indent=1)
    return result if isinstance(result, bytes) else result.encode()


@_broken(2025, "MIPS_INDIV", "GUID001")
def _guid_unknown(doc: Doc) -> None:
    doc.measure("236").guid = "4f0c2a66-0b1e-4a57-9d3f-7e1b5c8a9042"


@_broken(2025, "MIPS_GROUP", "GUID002", measures=("236", "134"))
def _guid_of_another_year(doc: Doc) -> None:
    doc.measure("236").guid = measure_facts(2024, "236")["guid"]


@_broken(2024, "MIPS_APP1_GROUP", "GUID002", measures=("001", "134", "236"))
def _guids_of_another_year(doc: Doc) -> None:
    for measure in doc.measures:
        measure.guid = measure_facts(2022, measure.measure_id)["guid"]


@_broken(2021, "MIPS_GROUP", "GUID003")
def _guid_missing(doc: Doc) -> None:
    doc.measure("236").ids.clear()


@_broken(2020, "MIPS_GROUP", "GUID004")
def _guid_doubled(doc: Doc) -> None:
    doc.measure("236").ids *= 2


@_broken(2023, "MIPS_GROUP", "GUID005")
def _measure_twice(doc: Doc) -> None:
    doc.quality.entries *= 2


@_broken(2024, "MIPS_APP1_INDIV", "POP001", "POP002")
def _population_missing(doc: Doc) -> None:
    measure = doc.measure("236")
    measure.populations.remove(measure.population("DENEX"))


@_broken(2022, "MIPS_GROUP", "POP003")
def _populations_all_missing(doc: Doc) -> None:
    doc.measure("236").populations.clear()


@_broken(2019, "MIPS_GROUP", "POP001")
def _population_doubled(doc: Doc) -> None:
    measure = doc.measure("236")
    measure.populations.append(measure.population("NUMER"))


@_broken(2018, "MIPS_GROUP", "POP004")
def _population_without_id(doc: Doc) -> None:
    doc.measure("236").population("DENOM").ids.clear()


@_broken(2026, "MIPS_GROUP", "POP016", measures=("226",))
def _initial_population_without_id(doc: Doc) -> None:
    doc.measure("226").population("IPOP", 1).ids.clear()


@_broken(2022, "MIPS_INDIV", "POP002")
def _population_wrong_id(doc: Doc) -> None:
    doc.measure("236").population("NUMER").id = "D0E7A3B1-5C42-4F8D-9A16-30B2C4D5E6F7"


@_broken(2020, "MIPS_INDIV", "POP005")
def _population_two_codes(doc: Doc) -> None:
    doc.measure("236").population("NUMER").codes.append("DENEX")


@_broken(2017, "MIPS_GROUP", "POP006")
def _count_missing(doc: Doc) -> None:
    doc.measure("236").population("DENOM").counts.clear()


@_broken(2021, "MIPS_INDIV", "POP006")
def _count_two(doc: Doc) -> None:
    doc.measure("236").population("NUMER").counts.append(count(2021, 12))


@_broken(2026, "MIPS_GROUP", "POP009")
def _count_negative(doc: Doc) -> None:
    doc.measure("236").population("DENEX").count = -4


@_broken(2023, "MIPS_INDIV", "POP008")
def _count_decimal(doc: Doc) -> None:
    doc.measure("236").population("NUMER").count = "117.5"


@_broken(2019, "MIPS_INDIV", "POP008")
def _count_text(doc: Doc) -> None:
    doc.measure("236").population("DENOM").count = "n/a"


@_broken(2024, "MIPS_GROUP", "POP008")
def _count_too_large(doc: Doc) -> None:
    doc.measure("236").population("IPOP").count = "3000000000"


@_broken(2025, "APP_PLUS_GROUP", "POP007")
def _count_no_value(doc: Doc) -> None:
    doc.measure("236").population("DENEX").count = None


@_broken(2022, "MIPS_VIRTUALGROUP", "POP010")
def _denominator_over_initial_population(doc: Doc) -> None:
    doc.measure("236").set_counts(IPOP=120, DENOM=340)


@_broken(2018, "MIPS_INDIV", "RATE001")
def _rate_in_percent(doc: Doc) -> None:
    doc.measure("236").rates[0].value = "78.4"


@_broken(2020, "MIPS_VIRTUALGROUP", "RATE001")
def _rate_text(doc: Doc) -> None:
    doc.measure("236").rates[0].value = "not computed"


@_broken(2026, "MIPS_INDIV", "RATE002")
def _rate_empty(doc: Doc) -> None:
    doc.measure("236").rates[0].value = None


@_broken(2023, "MIPS_APMENTITY", "RATE004")
def _rate_of_denominator(doc: Doc) -> None:
    doc.measure("236").rates[0].id = doc.measure("236").population("DENOM").id


@_broken(2021, "MIPS_GROUP", "DOC005")
def _no_recipient(doc: Doc) -> None:
    doc.recipients.clear()


@_broken(2022, "MIPS_GROUP", "DOC006")
def _two_recipients(doc: Doc) -> None:
    doc.recipients *= 2


@_broken(2024, "MIPS_CLINIC", "DOC007")
def _unknown_program(doc: Doc) -> None:
    """The name of the program is the defect."""


@_broken(2017, "CPCPLUS", "DOC009")
def _not_converted(doc: Doc) -> None:
    """A program that is recognised only."""


@_broken(2019, "CPCPLUS", "SITE011", measures=("001", "236"))
def _more_npis(doc: Doc) -> None:
    doc.performers[0].ids *= 2


@_broken(2022, "CPCPLUS", "DOC008")
def _program_ended(doc: Doc) -> None:
    """A program that ended the year before."""


@_broken(2023, "PCF", "SITE025", measures=("001", "113"))
def _required_measure_missing(doc: Doc) -> None:
    """Two of the three measures that the program requires."""


@_broken(2025, "SSP_PI_GROUP", "DOC008", measures=(), pi=True)
def _program_never_taken(doc: Doc) -> None:
    """A program that the guide names and CMS' converter does not take."""


@_broken(2017, "MIPS_GROUP", "DOC010")
def _no_section(doc: Doc) -> None:
    doc.sections.clear()


@_broken(2018, "MIPS_GROUP", "DOC013")
def _quality_section_twice(doc: Doc) -> None:
    doc.sections *= 2


@_broken(2023, "MIPS_GROUP", "DOC011", measures=(), pi=True)
def _pi_section_twice(doc: Doc) -> None:
    doc.sections *= 2


@_broken(2020, "MIPS_GROUP", "DOC021", ia=True)
def _quality_section_empty(doc: Doc) -> None:
    doc.quality.entries.clear()


@_broken(2018, "MIPS_VIRTUALGROUP", "DOC022")
def _quality_section_lost(doc: Doc) -> None:
    doc.quality.entries.clear()


@_broken(2024, "MIPS_INDIV", "DOC022", pi=True, ia=True, measures=())
def _pi_section_empty(doc: Doc) -> None:
    doc.pi.entries.clear()


@_broken(2025, "MIPS_VIRTUALGROUP", "DOC025", pi=True, ia=True, measures=())
def _ia_section_empty(doc: Doc) -> None:
    doc.ia.entries.clear()


@_broken(2026, "MIPS_APP1_APMENTITY", "DOC015")
def _no_period_act(doc: Doc) -> None:
    doc.quality.periods.clear()


@_broken(2019, "MIPS_GROUP", "DOC016", pi=True, measures=())
def _two_period_acts(doc: Doc) -> None:
    doc.pi.periods.append(period(2019, "0101", "0331"))


@_broken(2024, "MIPS_GROUP", "DOC018", ia=True, measures=())
def _period_no_start(doc: Doc) -> None:
    doc.ia.period.starts.clear()


@_broken(2022, "MIPS_GROUP", "DOC019", pi=True, measures=())
def _period_no_end(doc: Doc) -> None:
    doc.pi.period.ends.clear()


@_broken(2023, "MIPS_SUBGROUP", "DOC018")
def _period_without_time(doc: Doc) -> None:
    doc.quality.period.starts.clear()
    doc.quality.period.ends.clear()


@_broken(2025, "MIPS_SUBGROUP", "DOC020")
def _period_no_such_day(doc: Doc) -> None:
    doc.quality.period.end = "20250931"


@_broken(2017, "MIPS_INDIV", "DOC020")
def _period_month_first(doc: Doc) -> None:
    doc.quality.period.start = "01/01/2017"


@_broken(2021, "MIPS_APP1_GROUP")
def _period_with_dashes(doc: Doc) -> None:
    doc.quality.period.start, doc.quality.period.end = "2021-01-01", "2021-12-31"


@_broken(2020, "MIPS_INDIV", "DOC026", pi=True)
def _period_of_another_year(doc: Doc) -> None:
    doc.sections.reverse()
    doc.pi.period.start = "20190401"


@_broken(2024, "MIPS_GROUP", "DOC003")
def _template_of_another_year(doc: Doc) -> None:
    one(doc.templates, "27.1.2").extension = "2021-07-01"


@_broken(2025, "MIPS_GROUP", "DOC004")
def _template_superseded(doc: Doc) -> None:
    one(doc.templates, "27.1.2").extension = "2024-07-01"


@_broken(2026, "MIPS_GROUP", "DOC004")
def _template_unknown(doc: Doc) -> None:
    one(doc.templates, "27.1.2").extension = "2026"


@_broken(2023, "MIPS_GROUP", "DOC002")
def _template_missing(doc: Doc) -> None:
    drop(doc.templates, "27.1.2")


@_broken(2026, "APP_PLUS_APMENTITY", "DOC023")
def _category_template_of_another_year(doc: Doc) -> None:
    one(doc.quality.templates, "27.2.1").extension = "2017-06-01"


@_broken(2021, "MIPS_APP1_APMENTITY", "DOC023")
def _category_template_missing(doc: Doc) -> None:
    drop(doc.quality.templates, "27.2.1")


@_broken(2023, "MIPS_APP1_INDIV", "DOC030")
def _measure_template_missing(doc: Doc) -> None:
    drop(doc.measure("236").templates, "27.3.17")


@_broken(2025, "MIPS_VIRTUALGROUP", "DOC014")
def _no_virtual_group_id(doc: Doc) -> None:
    drop(doc.performers[0].organization_ids, "5.2")


@_broken(2024, "MIPS_APMENTITY", "SUB002")
def _no_apm_entity_id(doc: Doc) -> None:
    drop(doc.performers[0].organization_ids, "5.4")


@_broken(2025, "MIPS_INDIV", "SUB003")
def _no_npi(doc: Doc) -> None:
    doc.performers[0].ids.clear()


@_broken(2026, "MIPS_APP1_GROUP", "SUB004")
def _no_tin(doc: Doc) -> None:
    drop(doc.performers[0].organization_ids, "4.2")


@_broken(2021, "MIPS_GROUP", "PI002", measures=(), pi=True)
def _pi_without_id(doc: Doc) -> None:
    doc.pi_measure("PI_EP_1").ids.clear()


@_broken(2025, "MIPS_APP1_INDIV", "PI008", measures=(), pi=True)
def _pi_count_missing(doc: Doc) -> None:
    doc.pi_measure("PI_EP_1").denominators[0].counts.clear()


@_broken(2020, "MIPS_GROUP", "PI004", measures=(), pi=True)
def _pi_numerator_missing(doc: Doc) -> None:
    doc.pi_measure("PI_EP_1").numerators.clear()


@_broken(2023, "MIPS_GROUP", "PI010", measures=(), pi=True)
def _pi_count_decimal(doc: Doc) -> None:
    doc.pi_measure("PI_EP_1").numerators[0].count = "31.8"


@_broken(2022, "MIPS_GROUP", "PI007", measures=(), pi=True)
def _pi_answer_x(doc: Doc) -> None:
    doc.pi_measure("PI_PPHI_1").answers[0].code = "X"


@_broken(2018, "MIPS_INDIV", "IA001", measures=(), ia=True)
def _ia_answer_missing(doc: Doc) -> None:
    doc.activity("IA_BE_4").answers.clear()


@_broken(2026, "MIPS_GROUP", "IA003", measures=(), ia=True)
def _ia_without_id(doc: Doc) -> None:
    doc.ia.entries[0].ids.clear()


@_broken(2019, "MIPS_INDIV", "PI005", "DOC024", measures=(), ia=True)
def _pi_measure_in_ia_section(doc: Doc) -> None:
    doc.ia.entries.append(pi_proportion(2019, "PI_EP_1"))


@_broken(2023, "MIPS_GROUP", "SUB001")
def _remainder_negative(doc: Doc) -> None:
    doc.measure("236").set_counts(DENOM=150, NUMER=149, DENEX=6)
    doc.measure("236").rates[0].value = "0.99"


@_broken(2024, "MIPS_GROUP", "SUB005", measures=(), pi=True)
def _pi_hie_5_with_pi_hie_1(doc: Doc) -> None:
    doc.pi.entries += [pi_proportion(2024, "PI_HIE_1", 88, 119), pi_answer(2024, "PI_HIE_5")]


@_broken(2022, "MIPS_GROUP", "PI011", measures=(), pi=True)
def _pi_hie_5_with_counts(doc: Doc) -> None:
    doc.pi.entries += [pi_proportion(2022, "PI_HIE_1", 88, 119), pi_proportion(2022, "PI_HIE_5", 88, 119)]


@_broken(2025, "MIPS_GROUP", "IA002", measures=(), ia=True)
def _more_than_100_errors(doc: Doc) -> None:
    entries = [activity(2025, f"IA_BE_{number}") for number in range(1, 102)]
    for number, entry in enumerate(entries):
        entry.answers[0] = answer(2025, "true" if number % 2 else "1")
    doc.ia.entries = [*entries]


@_broken(2024, "MIPS_INDIV", "POP008")
def _one_line(doc: Doc) -> str:
    doc.measure("236").population("NUMER").count = "1e2"
    return doc.xml(indent=None)


@_broken(2022, "MIPS_APMENTITY", "POP008")
def _utf_16(doc: Doc) -> bytes:
    doc.performers[0].organization_name = "Clínica Larkspur, Köln – 東京"
    doc.measure("236").population("NUMER").count = "1,204"
    return doc.bytes("UTF-16")


@_broken(2021, "MIPS_VIRTUALGROUP", "RATE001")
def _prefix_cda(doc: Doc) -> str:
    doc.measure("236").rates[0].value = "1.01"
    return doc.xml(prefix="cda")


@_broken(2019, "MIPS_VIRTUALGROUP")
def _iso_8859_1(doc: Doc) -> bytes:
    doc.performers[0].organization_name = "Clínica Niño Jesús"
    return doc.bytes("ISO-8859-1")


@_broken(2026, "MIPS_SUBGROUP", "POP008")
def _windows_line_ends(doc: Doc) -> bytes:
    doc.measure("236").population("NUMER").count = " 118"
    return b"\xef\xbb\xbf" + doc.xml().replace("\n", "\r\n").encode()


@_broken(2024, "MIPS_VIRTUALGROUP", "POP008")
def _tags_on_one_line(doc: Doc) -> str:
    doc.measure("236").population("DENOM").count = ""
    return replace_once(doc.xml(), "\n  <custodian>", "<!-- <custodian> of the <old> system --><custodian>")


@_broken(2026, "MIPS_VIRTUALGROUP", "POP008", measures=("236", "134"))
def _supplemental_count_text(doc: Doc) -> None:
    population = doc.measure("134").population("NUMER")
    add_supplemental(doc, population)
    population.details[3].counts[0].value = "unknown"


@_broken(2023, "MIPS_VIRTUALGROUP", "POP001", measures=("236", "134"))
def _populations_of_another_measure(doc: Doc) -> None:
    doc.measure("236").populations = quality_measure(2023, "134").populations


@_broken(2025, "MIPS_INDIV", "DOC037")
def _no_namespace(doc: Doc) -> str:
    return replace_once(doc.xml(), ' xmlns="urn:hl7-org:v3"', "")


@_broken(2025, "MIPS_GROUP", "DOC033", pi=True)
def _quality_section_with_hl7_templates(doc: Doc) -> None:
    keep_hl7 = ("27.2.1", "24.2.2", "24.3.98", "27.3.1", "27.3.5", "27.3.14", "27.3.30")
    measure = doc.measure("236")
    lists = [doc.quality.templates, measure.templates, *(one.templates for one in measure.rates)]
    lists += [one.templates for one in measure.populations]
    for templates in lists:
        templates[:] = [one for one in templates if (one.root or "").endswith(keep_hl7)]


@_broken(2024, "MIPS_GROUP", "PI012", pi=True)
def _pi_counts_in_a_yes_no_measure(doc: Doc) -> None:
    doc.pi_measure("PI_PPHI_1").numerators = doc.pi_measure("PI_EP_1").numerators
