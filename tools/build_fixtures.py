"""Write the documents of `fixtures/`: clean ones, broken ones with one defect each, files that are no QRDA III.

python -m tools.build_fixtures

All of them are invented; templates, ids and measures come from `schemas/`. The same call always writes the same bytes.
What the converter should say of them is not written here but by `python -m tests.goldens.update`.
"""

import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tests.documents import (
    YEARS,
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
    profile,
    quality_measure,
    replace_once,
)

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"

Change: TypeAlias = Callable[[Doc], str | bytes | None]


def main() -> int:
    """Write all documents and remove those that are no longer made, with what was expected of them."""
    made = fixtures()
    folders = {FOLDER / name.partition("/")[0] for name in made}
    for path in sorted(path for folder in folders for path in folder.glob("*.xml")):
        if path.relative_to(FOLDER).as_posix() not in made:
            for old in path.parent.glob(f"{path.stem}.*"):
                old.unlink()
    for name, data in made.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(made)} documents, {sum(map(len, made.values())) // 1024} KB, written to {FOLDER.name}/")
    return 0


def fixtures() -> dict[str, bytes]:
    """Return all inputs: path below `fixtures/` -> bytes."""
    made = dict(_clean())
    for case in BROKEN:
        made[case.path] = _bytes(case)
    for name, data in _hostile():
        made[f"hostile/{name}.xml"] = data
    return made


# --- clean documents ---------------------------------------------------------------------------------------------

_MEASURES_OF_INDIVIDUALS = {
    2017: ("236", "001", "009"),
    2018: ("236", "226", "238"),
    2019: ("236", "370", "008"),
    2020: ("236", "438", "366"),
    2021: ("001", "370", "226"),
    2022: ("236", "438", "238"),
    2023: ("236", "238", "472", "008"),
    2024: ("236", "370", "305"),
    2025: ("236", "438", "226"),
    2026: ("236", "370", "009", "438"),
}
"""Between them: one rate, several rates, summed sets, the one measure with a made-up split, NUMEX, inverse measures."""

_APP_MEASURES = ("001", "134", "236")
_APP_PLUS_MEASURES = {2025: ("001", "112", "134", "236"), 2026: ("001", "112", "113", "134", "236")}
_APP_WITH_PI = {(2022, "MIPS_APP1_INDIV"), (2025, "APP_PLUS_INDIV"), (2026, "MIPS_APP1_APMENTITY")}
_APM_WITH_PI = (2023, 2025)


def _clean() -> Iterator[tuple[str, bytes]]:
    for year in YEARS:
        programs = profile(year)["programs"]
        for name, facts in programs.items():
            if facts["accepted"] and facts["family"] in ("mips", "app1", "appPlus") and name != "MIPS":
                yield f"{year}/{name}-clean.xml", _clean_document(year, name).bytes(indent=1)
        if "MIPS_SUBGROUP" in programs and programs["MIPS_SUBGROUP"]["accepted"]:
            doc = document(
                year,
                "MIPS_INDIV",
                measures=("236", "438"),
                pi=required_pi(year) if year in (2024, 2026) else False,
                ia=("IA_BE_24",),
                mvp="G0054",
            )
            yield f"{year}/MIPS_INDIV-mvp.xml", doc.bytes(indent=1)


def _clean_document(year: int, program: str) -> Doc:
    facts = profile(year)["programs"][program]
    entity, pi = facts["entityType"], required_pi(year)
    if facts["family"] != "mips":
        measures = _APP_MEASURES if facts["family"] == "app1" else _APP_PLUS_MEASURES[year]
        return document(year, program, measures=measures, pi=pi if (year, program) in _APP_WITH_PI else False, ia=False)
    if entity == "individual":
        measures = _MEASURES_OF_INDIVIDUALS[year]
        return document(
            year, program, measures=measures, pi=pi if year in (2017, 2019, 2022) else False, reporting_strata=True
        )
    if entity == "group":
        return _group(year, program, pi)
    if entity == "subgroup":
        return document(year, program, measures=("001", "130", "236"), pi=pi if year == 2023 else False, mvp="M0002")
    apm_pi = pi if entity == "apm" and year in _APM_WITH_PI else False
    return document(year, program, measures=("236", "134"), pi=apm_pi, ia=entity == "virtualGroup")


def _group(year: int, program: str, pi: list[str]) -> Doc:
    """Return a group's document: in some years with supplemental data, or with another choice of measures."""
    if year >= 2021 and year % 3 == 0:
        pi = [item for item in pi if item not in ("PI_HIE_1", "PI_HIE_4")]
        pi.insert(1, "PI_HIE_5")
    doc = document(year, program, measures=("001", "309"), pi=pi, ia=("IA_EPA_2", "IA_BE_4"))
    if year in (2020, 2026):
        for population in doc.measure("001").populations:
            add_supplemental(doc, population)
    doc.activity("IA_BE_4").answers[0].code = "N" if year % 3 == 2 else "Y"
    return doc


def required_pi(year: int) -> list[str]:
    """Return promoting interoperability measures that make a complete report of a year."""
    prefix = "ACI" if year == 2017 else "PI"
    if year < 2019:
        names = ["EP_1", "HIE_1", "HIE_2", "PEA_1", "PPHI_1", "INFBLO_1", "ONCDIR_1"]
    else:
        names = ["EP_1", "HIE_1", "HIE_4", "PEA_1", "PHCDRR_1", "PHCDRR_3", "PPHI_1", "INFBLO_1", "ONCDIR_1"]
    names += ["PPHI_2"] if year >= 2022 else []
    names += ["EP_2", "PHCDRR_1_PROD", "PHCDRR_3_PROD"] if year >= 2023 else []
    return [f"{prefix}_{name}" for name in names]


# --- broken documents: one defect each ---------------------------------------------------------------------------


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


def _bytes(case: Case) -> bytes:
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


@_broken(2019, "CPCPLUS", "DOC009")
def _not_converted(doc: Doc) -> None:
    """A program that is recognised only."""


@_broken(2022, "CPCPLUS", "DOC008")
def _program_ended(doc: Doc) -> None:
    """A program that ended the year before."""


@_broken(2023, "PCF", "DOC009")
def _program_not_converted(doc: Doc) -> None:
    """A program that is recognised only."""


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


# --- files that are no QRDA III ----------------------------------------------------------------------------------


def _hostile() -> Iterator[tuple[str, bytes]]:
    text = document(2025, pi=False, ia=False).xml()
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    before, sign, after = text.partition("</title>")
    yield "empty", b""
    half = text.index("<observation", len(text) // 2)
    yield "truncated", text[:half].encode()
    yield "truncated-in-a-value", text[: text.index("codeSystem=", half) + len('codeSystem="2.16.840')].encode()
    yield "doctype", replace_once(text, head, head + '<!DOCTYPE ClinicalDocument SYSTEM "CDA.dtd">\n').encode()
    yield "entities", (head + _LAUGHS + text[len(head) :].replace("Quality measures of", "&j; of")).encode()
    yield "wrong-encoding", text.replace("Larkspur Valley", "Vallée des Pieds-d'alouette").encode("ISO-8859-1")
    yield "undefined-entity", text.replace("Larkspur Valley", "Larkspur&nbsp;Valley").encode()
    yield "mismatched-tag", (before + sign.replace("title", "name") + after).encode()
    yield "no-namespace", b"<ClinicalDocument/>\n"
    yield (
        "deep",
        (head + '<ClinicalDocument xmlns="urn:hl7-org:v3">' + "<component>" * 300).encode()
        + (b"</component>" * 300 + b"</ClinicalDocument>\n"),
    )
    yield "zip-named", _zip(text)
    yield "binary", bytes(range(256)) * 8
    for other, words in _OTHERS.items():
        yield other, words.encode()


def _zip(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("report.xml", (2026, 1, 15, 12, 0, 0)), text[:500])
    return buffer.getvalue()


_LAUGHS = (
    '<!DOCTYPE ClinicalDocument [\n  <!ENTITY a "ha">\n'
    + "".join(f'  <!ENTITY {name} "{f"&{of};" * 10}">\n' for of, name in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>\n"
)

_OTHERS = {
    "html": """<!DOCTYPE html>
<html lang="en">
  <head><title>Sign in</title></head>
  <body><form action="/login"><p>Your session has ended. Sign in to download the report.</p></form></body>
</html>
""",
    "json": """{
  "performanceYear": 2025,
  "entityType": "group",
  "measurementSets": []
}
""",
    "csv": """Measure,Numerator,Denominator,Rate
CMS165,118,160,0.7375
CMS122,31,140,0.221429
""",
    "qrda-1": """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
  <realmCode code="US"/>
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <templateId root="2.16.840.1.113883.10.20.24.1.1" extension="2017-08-01"/>
  <templateId root="2.16.840.1.113883.10.20.24.1.2" extension="2021-08-01"/>
  <id root="0d3a1c52-7f4e-4b0a-9f21-6b1f5d2e8c33"/>
  <code code="55182-0" codeSystem="2.16.840.1.113883.6.1"/>
  <title>Quality data of one patient</title>
  <component><structuredBody/></component>
</ClinicalDocument>
""",
    "c-cda": """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
  <realmCode code="US"/>
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <templateId root="2.16.840.1.113883.10.20.22.1.1" extension="2015-08-01"/>
  <templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>
  <id root="7b6de2f4-1c8a-4f57-8d0e-2a9c3b4d5e6f"/>
  <code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/>
  <title>Continuity of care</title>
  <component><structuredBody/></component>
</ClinicalDocument>
""",
    "not-cda": """<?xml version="1.0" encoding="UTF-8"?>
<report xmlns="urn:example:report">
  <measure id="CMS165" numerator="118" denominator="160"/>
</report>
""",
}


if __name__ == "__main__":
    sys.exit(main())
