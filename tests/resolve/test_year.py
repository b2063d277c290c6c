"""Which performance year a document is of: the rule on its own, and on documents."""

import re
from collections import Counter
from collections.abc import Iterable

import pytest

import converter
from converter.errors import UsageError
from converter.facts.guids import years_of
from converter.model.document import Document, Identifier, Period, PeriodDate, QualityMeasure, Section
from converter.resolve.year import performance_year
from converter.result import Conversion
from tests.documents import YEARS, Doc, Id, catalog, document, document_extension, measure_facts, one
from tests.policy import POLICY, apart_from_policy

SHARED = {2017: 2018, 2018: 2017, 2023: 2024, 2024: 2023}
"""Year -> the other year that has the same document template."""


def witnesses(periods: Iterable[str], guids: Iterable[int]) -> Document:
    """Return a document with period acts that start as said, and measures with the GUIDs of years."""
    entries = [QualityMeasure(None, [Identifier("1.2.3", f"guid of {year}", None)]) for year in guids]
    section = Section("quality", None, [], entries=[*entries])
    acts = [Period(None, [PeriodDate(None, text)], []) for text in periods]
    return Document(node=None, templates=[], sections=[section], periods=acts)


def guid_years(guids: Iterable[str]) -> dict[int, int]:
    return Counter(int(guid.removeprefix("guid of ")) for guid in guids)


@pytest.mark.parametrize(
    ("template", "periods", "guids", "year"),
    [
        # one year has the template
        ([2025], [2025], [2025], 2025),
        ([2025], [2025], [], 2025),
        ([2025], [], [], 2025),
        ([2025], [2025], [2024], 2025),
        ([2025], [2024], [2025], 2025),
        ([2025], [2024], [], None),
        ([2025], [2024], [2024], None),
        ([2025], [2024], [2023], None),
        ([2025], [2026], [2025], 2025),
        ([2025], [2026], [2026], None),
        ([2018], [2018], [2018], 2018),
        # no period tells: the template of one year does
        ([2025], [], [2025], 2025),
        ([2025], [], [2024], 2025),
        # most periods tell; among equals the year of the template, then the later one
        ([2025], [2024, 2025, 2025], [2024], 2025),
        ([2025], [2024, 2024, 2025], [2024], None),
        ([2025], [2024, 2024, 2025], [2025], 2025),
        ([2025], [2024, 2025], [2024], 2025),
        ([2025], [2025, 2026], [2026], 2025),
        ([2025], [2023, 2024], [2024], None),
        # most GUIDs tell, in the same way
        ([2025], [2024], [2024, 2025, 2025], 2025),
        ([2025], [2024], [2024, 2024, 2025], None),
        ([2025], [2024], [2024, 2025], 2025),
        # two years share the template
        ([2023, 2024], [2023], [2023], 2023),
        ([2023, 2024], [2024], [2024], 2024),
        ([2023, 2024], [2023], [], 2023),
        ([2023, 2024], [2024], [], 2024),
        ([2023, 2024], [2024], [2023], 2024),
        ([2023, 2024], [], [2023], 2023),
        ([2023, 2024], [], [2024], 2024),
        ([2023, 2024], [], [2023, 2024], 2024),
        ([2023, 2024], [], [2023, 2023, 2024], 2023),
        ([2023, 2024], [], [], 2024),
        ([2023, 2024], [2023, 2024], [], 2024),
        ([2023, 2024], [2023, 2023, 2024], [], 2023),
        ([2023, 2024], [2022], [2023], 2023),
        ([2023, 2024], [2025], [2024], 2024),
        ([2023, 2024], [2025], [2025], None),
        ([2023, 2024], [2022], [], None),
        ([2017, 2018], [2017], [2017], 2017),
        ([2017, 2018], [2018], [2018], 2018),
        ([2017, 2018], [], [2017], 2017),
        ([2017, 2018], [], [], 2018),
        ([2017, 2018], [2019], [2019], None),
        # templates of two editions
        ([2024, 2025], [2024], [], 2024),
        ([2024, 2025], [2025], [], 2025),
    ],
)
def test_year_with_most_witnesses_wins(
    template: list[int], periods: list[int], guids: list[int], year: int | None
) -> None:
    document = witnesses([f"{one}0101" for one in periods], guids)
    assert performance_year(template, document, guid_years) == year


@pytest.mark.parametrize("text", ["soon", "", "01/01/2024", "20241301"])
def test_period_that_cannot_be_read_is_no_witness(text: str) -> None:
    assert performance_year([2025], witnesses([text], [2024]), guid_years) == 2025
    assert performance_year([2023, 2024], witnesses([text, text, "20230101"], [2024]), guid_years) == 2023


@pytest.mark.parametrize(("template", "period"), [([2025], 2025), ([2023, 2024], 2023), ([2025], None)])
def test_guids_are_not_asked_where_they_cannot_decide(template: list[int], period: int | None) -> None:
    def never(_guids: Iterable[str]) -> dict[int, int]:
        raise AssertionError("the index of GUIDs is large and costs time")

    periods = [] if period is None else [f"{period}0101"]
    assert performance_year(template, witnesses(periods, [2024]), never) == (period or 2025)


@pytest.mark.parametrize("year", YEARS)
def test_guids_belong_to_their_year(year: int) -> None:
    guids = [item["guid"] for item in catalog(year)["measures"] if "guid" in item]
    assert years_of(guids) == {year: len(guids)}
    assert years_of([*map(str.upper, guids), "236", ""]) == {year: len(guids)}


# --- documents ---------------------------------------------------------------------------------------------------


def convert(doc: Doc, year: int | None = None) -> Conversion:
    return converter.convert(doc.xml().encode(), year=year)


def ids(conversion: Conversion) -> set[str]:
    return {finding.id for finding in apart_from_policy(conversion.findings)}


def extension(year: int) -> str:
    return document_extension(year)


def with_template(doc: Doc, text: str | None) -> Doc:
    one(doc.templates, "27.1.2").extension = text
    return doc


def with_periods(doc: Doc, year: int) -> Doc:
    for section in doc.sections:
        section.period.start, section.period.end = f"{year}0101", f"{year}1231"
    return doc


def without_periods(doc: Doc) -> Doc:
    for section in doc.sections:
        section.periods.clear()
    return doc


@pytest.mark.parametrize("year", YEARS)
def test_document_is_of_its_year(year: int) -> None:
    assert convert(document(year)).year == year
    assert convert(document(year, measures=())).year == year


@pytest.mark.parametrize("year", YEARS)
def test_measures_outweigh_the_periods(year: int) -> None:
    conversion = convert(with_periods(document(year), year - 2))
    assert conversion.year == year
    causes = {finding.id for finding in conversion.findings if finding.caused_by is None}
    # That the other sections are of that year follows from the year that is written.
    assert causes - {"DOC028", *POLICY} == ({"DOC026"} if year - 2 in YEARS else {"DOC045", "DOC027"})


@pytest.mark.parametrize("year", YEARS)
def test_measures_tell_the_year_where_no_period_does(year: int) -> None:
    conversion = convert(without_periods(document(year)))
    assert conversion.year == year
    assert ids(conversion) - {"DOC028"} == {"DOC015", "DOC016", "DOC017"} | ({"SUB061"} if year == 2022 else set())


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("other", [2018, 2021, 2024, 2025])
def test_template_alone_is_of_the_wrong_edition(year: int, other: int) -> None:
    conversion = convert(with_template(document(year), extension(other)))
    assert conversion.year == year
    if other not in (year, SHARED.get(year)):
        assert ids(conversion) - {"DOC028"} == {"DOC003"} | ({"SUB061"} if year == 2022 else set())
        assert [finding.official_code for finding in conversion.errors] == [5]
        assert f"checked as a {year} document" in conversion.errors[0].message
        assert conversion.submission is None


def test_template_and_periods_outweigh_the_measures() -> None:
    doc = document(2025)
    doc.measure("236").guid = measure_facts(2024, "236")["guid"]
    conversion = convert(doc)
    assert conversion.year == 2025
    assert ids(conversion) == {"GUID002"}


@pytest.mark.parametrize(
    ("year", "asserted", "expected"),
    [
        (2025, 2025, set()),
        (2018, 2018, set()),
        (2023, 2023, set()),
        (2024, 2024, set()),
        (2025, 2024, {"DOC003"}),
        (2024, 2025, {"DOC003"}),
        (2019, 2018, {"DOC003"}),
        (2023, 2026, {"DOC003"}),
    ],
)
def test_asserted_year_is_one_of_the_template(year: int, asserted: int, expected: set[str]) -> None:
    conversion = convert(document(year), asserted)
    assert ids(conversion) == expected
    assert conversion.year == year, "it agrees in all but the year that it was sent for"


@pytest.mark.parametrize(("year", "asserted"), SHARED.items())
def test_asserted_year_decides_between_those_of_the_template(year: int, asserted: int) -> None:
    conversion = convert(document(year), asserted)
    assert conversion.year == asserted
    assert {"GUID002", "DOC026", "DOC027"} <= ids(conversion)


def test_asserted_year_outweighs_the_periods() -> None:
    assert convert(with_periods(document(2025), 2024), 2025).year == 2025
    assert convert(without_periods(document(2023, measures=())), 2023).year == 2023


@pytest.mark.parametrize("year", [2016, 2030, 0])
def test_asserted_year_must_be_known(year: int) -> None:
    with pytest.raises(UsageError, match=str(year)):
        convert(document(2025), year)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-05-01", "published for 2023 but replaced"),
        ("2024-07-01", "published for 2025 but replaced"),
        ("2016-11-01", '"2016-11-01"'),
        ("2025-12-01", '"2025-12-01"'),
        ("", '""'),
        (None, "The document template, which does not have an extension, does not match any performance year"),
    ],
)
@pytest.mark.parametrize("asserted", [None, 2025])
def test_unknown_and_replaced_templates_are_of_no_year(text: str | None, words: str, asserted: int | None) -> None:
    conversion = convert(with_template(document(2025), text), asserted)
    (finding,) = apart_from_policy(conversion.findings)
    assert (finding.id, finding.official_code) == ("DOC004", 5)
    assert words in finding.message
    assert finding.found == text
    assert conversion.year == 2025
    because = "it was sent for that year" if asserted else "its dates and measure GUIDs are from that year"
    assert f"it was checked as a 2025 document, because {because}" in finding.message
    assert extension(2025) in finding.expected
    assert conversion.submission is None


@pytest.mark.parametrize(("asserted", "dated", "told"), [(None, 2022, 2022), (2024, 2022, 2024), (None, None, 2025)])
def test_missing_template_is_told_for_the_likely_year(asserted: int | None, dated: int | None, told: int) -> None:
    doc = document(2025)
    doc.templates.clear()
    doc = without_periods(doc) if dated is None else with_periods(doc, dated)
    conversion = convert(doc, asserted)
    finding = conversion.findings[0]
    assert (finding.id, finding.official_code) == ("DOC002", 5)
    assert str(told) in finding.expected
    assert extension(told) in finding.expected
    assert conversion.year == told


def test_no_year_is_named_where_nothing_tells_one() -> None:
    for template in (None, "2016-11-01"):
        doc = without_periods(document(2025, measures=()))
        if template:
            with_template(doc, template)
        else:
            doc.templates = [item for item in doc.templates if "27.1.2" not in str(item.root)]
        conversion = convert(doc)
        (finding,) = conversion.findings
        assert (finding.official_code, conversion.year) == (5, None)
        assert "nothing in it says which performance year it is for, so nothing else was checked" in finding.message
        told = re.findall(r"20\d\d(?!-)", finding.message + finding.fix + finding.expected * (template is None))
        assert set(told) <= ({"2017", "2018"} if template else set()), "years of the guides that have the extension"
        assert 'extension=""' not in finding.fix


@pytest.mark.parametrize("year", [2012, 2016])
def test_a_document_of_before_the_program_is_of_no_year(year: int) -> None:
    doc = with_periods(document(2017), year)
    doc.templates = [item for item in doc.templates if "27.1.2" not in str(item.root)]
    conversion = convert(doc)
    (finding,) = conversion.findings
    assert (finding.id, conversion.year) == ("DOC002", None)
    assert "certification" in finding.message
    assert f"its dates are from {year}, before the Quality Payment Program began in 2017" in finding.message
    assert str(year) not in finding.fix


def test_a_document_of_the_certification_kind_is_called_so() -> None:
    doc = document(2025, pi=False, ia=False)
    for templates in (doc.templates, doc.quality.templates, doc.measure("236").templates):
        templates[:] = [item for item in templates if not str(item.root).endswith((".27.1.2", ".27.2.3", ".27.3.17"))]
    finding = convert(doc, None).findings[0]
    assert finding.id == "DOC002"
    assert "it is the kind of QRDA III made for certification" in finding.message
    assert "Export it again with the EHR's option for CMS" in finding.fix
    assert {one.caused_by for one in convert(doc).errors if one.official_code in (23, 24)} <= {"DOC002"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017-06-01", "it is that of HL7's document template for 2017 to 2022"),
        ("2020-12-01", "it is that of HL7's document template for 2023 to 2027"),
        ("2016-11-01", "it is that of CMS' measure template for 2017 to 2018"),
        ("2016-09-01", "it is that of HL7's measure template for 2017 to 2022"),
        ("2024-12-1", "it is 2024-12-01 written in a different form"),
        ("20241201", "it is 2024-12-01 written in a different form"),
        ("2024-12-01 ", "it is 2024-12-01 written in a different form"),
    ],
)
def test_extensions_of_real_exports_are_explained(text: str, words: str) -> None:
    finding = convert(with_template(document(2025), text)).findings[0]
    assert finding.id == "DOC004"
    assert words in finding.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-12-10", "it looks like 2024-12-01, the extension for 2025, with two digits swapped"),
        ("2024-12-02", "it looks like 2024-12-01, the extension for 2025, with one character wrong"),
    ],
)
def test_extensions_that_are_mistyped_are_explained(text: str, words: str) -> None:
    finding = convert(with_template(document(2025), text)).findings[0]
    assert finding.id == "DOC004"
    assert words in finding.message


@pytest.mark.parametrize("text", ["2042-12-01", "2042-11-01", "V9", "0"])
def test_extensions_that_only_look_alike_are_not_explained(text: str) -> None:
    message = convert(with_template(document(2025), text)).findings[0].message
    assert message.startswith(f'The document template extension "{text}" does not match any performance year; it was')


def test_dates_of_no_year_are_not_advised() -> None:
    doc = with_periods(document(2025, measures=()), 2052)
    finding = convert(doc).findings[0]
    assert finding.id == "DOC003"
    assert "its dates are from 2052 (known years: 2017 to" in finding.message
    assert "checked as a 2025 document" in finding.message
    assert finding.fix == "Correct the dates if the document reports 2025."
    assert "measure" not in finding.message + finding.fix


def test_templates_of_two_years_leave_it_to_the_periods() -> None:
    doc = document(2025)
    doc.templates.append(Id(one(doc.templates, "27.1.2").root, extension(2026)))
    assert convert(doc).year == 2025
    assert convert(with_periods(doc, 2026)).year == 2026


def test_wrong_edition_names_the_year_that_periods_and_measures_tell() -> None:
    finding = convert(with_template(document(2022), extension(2025))).findings[0]
    assert "2025" in finding.message
    assert extension(2022) in finding.expected
    assert "2022" in f"{finding.expected} {finding.fix}"
