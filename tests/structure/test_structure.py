"""The structure check: what it finds in broken documents, where, and in which words."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import converter
from converter.facts.files import data_folders
from converter.findings.collector import Collector
from converter.findings.finding import Finding, Severity, Stage
from converter.findings.kinds import TABLE
from converter.pipeline import Options, convert_bytes
from converter.source.limits import DEFAULT_LIMITS
from converter.source.xml.parse import parse_xml
from converter.structure import examine, load_structure
from tests.documents import NPI, TIN, YEARS, catalog, document
from tests.structure.broken_structures import (
    CASES,
    COUNT,
    ENTITY,
    MEASURE,
    POPULATION,
    ROOT,
    Case,
    add_before,
    before,
    data,
    find,
    put,
    remove,
)

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

each_case = pytest.mark.parametrize("case", CASES, ids=map(str, CASES))


def guide(document: bytes) -> list[Finding]:
    """What the structure check finds, also where a rule says the same."""
    tree = parse_xml(document, DEFAULT_LIMITS, Collector())
    return examine.examine_structure(tree, load_structure()) if tree else []


def place(finding: Finding) -> tuple[str, str | None]:
    return (finding.place.path, finding.place.attribute) if finding.place else ("", None)


# --- correct documents -------------------------------------------------------------------------------------------


@pytest.mark.every(4)
@pytest.mark.parametrize("year", YEARS)
def test_correct_documents_pass(year: int) -> None:
    for path in FIXTURES.glob(f"{year}/*clean*.xml"):
        assert guide(path.read_bytes()) == [], path.name


@pytest.mark.every(4)
@pytest.mark.parametrize("year", YEARS)
def test_measures_with_all_that_belongs_to_them_pass(year: int) -> None:
    measures = [one["measureId"] for one in catalog(year)["measures"]]
    doc = document(year, measures=measures, supplemental=True, reporting_strata=True)
    assert guide(doc.bytes(indent=None)) == []


def test_extensions_may_stand_anywhere() -> None:
    """HL7 and vendors add elements and attributes of their own namespaces, also where CDA allows nothing else."""
    root = etree.fromstring(document(2025).bytes())
    for number, element in enumerate(list(root.iter())):
        element.set("{urn:vendor}number", str(number))
        element.insert(0, etree.Element("{urn:hl7-org:sdtc}note"))
        element.append(etree.Element("{urn:vendor}note"))
    assert guide(etree.tostring(root)) == []


# --- broken documents --------------------------------------------------------------------------------------------


@each_case
def test_broken_document(case: Case) -> None:
    found = guide(data(case.change))
    assert [(finding.id, *place(finding)) for finding in found] == [(case.finding, case.path, case.attribute)]
    assert case.phrase in found[0].message
    assert (found[0].severity, found[0].official_code) == (Severity.WARNING, None)


@each_case
def test_twin_passes(case: Case) -> None:
    assert guide(data(case.twin)) == []


@pytest.mark.every(3)
@each_case
def test_document_in_one_line(case: Case) -> None:
    """What is found does not depend on how the document is laid out, and there is a column for it."""
    one_line, indented = guide(data(case.change, indent=None)), guide(data(case.change))
    assert [(one.id, one.message, *place(one)) for one in one_line] == [
        (one.id, one.message, *place(one)) for one in indented
    ]
    tag = case.path.rpartition("/")[2].partition("[")[0]
    for finding in one_line:
        assert finding.place
        assert re.match(rf"<{tag}\b", finding.place.excerpt)
        assert finding.place.column and finding.place.column > 50


@each_case
def test_sentences_read_well(case: Case) -> None:
    for finding in guide(data(case.change)):
        for sentence in (finding.message, finding.expected, finding.fix):
            assert not re.search(r"[{}]|\bNone\b|\s\s|\b[Aa] [AEIOaeio]|urn:hl7-org:v3}", sentence), sentence
            assert NPI not in sentence and TIN not in sentence
        assert len(finding.message) <= 240
        assert finding.message.endswith(".") and finding.fix.endswith(".") and not finding.expected.endswith(".")


def test_every_row_of_the_guide_has_a_case() -> None:
    elsewhere = {"IG010", "IG011"}  # another schema; many errors
    of_structure = {id for id in TABLE if "IG001" <= id <= "IG011"}  # the others are of the assertions
    assert {case.finding for case in CASES} | elsewhere == of_structure


def test_what_follows_an_error_is_checked_as_well() -> None:
    """Also below and beside an element that is not in its place."""

    def change(root: etree._Element) -> None:
        before(ROOT + "/code", ROOT + "/title")(root)
        remove(ROOT + "/custodian")(root)
        remove(MEASURE + "/statusCode")(root)
        put(COUNT + "/value", "value", "many")(root)
        before(POPULATION + "/entryRelationship", POPULATION + "/reference")(root)

    assert [(one.id, one.place.path if one.place else "") for one in guide(data(change))] == [
        ("IG003", ROOT),
        ("IG002", ROOT + "/title"),
        ("IG003", MEASURE),
        ("IG002", POPULATION + "/reference"),
        ("IG007", COUNT + "/value"),
    ]


def test_missing_element_tells_where_it_goes() -> None:
    (finding,) = guide(data(remove(ROOT + "/custodian")))
    assert finding.fix == "Add custodian after author."
    (finding,) = guide(data(remove(ENTITY + "/id")))
    assert finding.fix == "Add id before representedOrganization."


def test_data_type_without_the_prefix_of_the_document() -> None:
    """Such a document is read all the same."""
    text = document(2025).xml(prefix="cda")
    found = guide(text.encode())
    assert {one.id for one in found} == {"IG008", "IG011"}
    assert "needs the prefix" in found[0].message
    assert found[0].fix == "Write the prefix before the data type: cda:REAL."
    assert guide(re.sub('xsi:type="', 'xsi:type="cda:', text).encode()) == []


@pytest.mark.parametrize("prefix", ["", "cda"])
def test_places_of_documents_with_a_prefix(prefix: str) -> None:
    text = re.sub('xsi:type="', f'xsi:type="{prefix}:' if prefix else 'xsi:type="', document(2025).xml(prefix=prefix))
    text = text.replace('value="', 'value="x', text.count('value="')).replace('value="x', 'value="')
    root = etree.fromstring(text.encode())
    put(COUNT + "/value", "value", "many")(root)
    (finding,) = guide(etree.tostring(root))
    assert place(finding) == (COUNT + "/value", "value")


# --- many errors -------------------------------------------------------------------------------------------------


def test_errors_that_are_alike_are_counted() -> None:
    doc = document(2025, measures=[one["measureId"] for one in catalog(2025)["measures"]][:10])
    text = doc.xml().replace(' moodCode="EVN"', "")
    found = guide(text.encode())
    assert [one.id for one in found].count("IG005") <= 50
    assert found[-1].id == "IG011"
    assert found[-1].place is None
    assert re.fullmatch(r"There are \d+ more structure errors, left out of this list\.", found[-1].message)
    alike: dict[str, int] = {}
    for finding in found:
        alike[finding.message] = alike.get(finding.message, 0) + 1
    assert max(alike.values()) == 5


def test_count_of_more_errors_is_right() -> None:
    five, six = (data(add_before(POPULATION + "/code", "<x/>", times)) for times in (5, 6))
    assert [one.id for one in guide(six)] == ["IG001"] * 5 + ["IG011"]
    assert guide(six)[-1].message == "There is 1 more structure error, left out of this list."
    assert [one.id for one in guide(five)] == ["IG001"] * 5


def test_very_many_errors_are_at_least_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = document(2025, measures=[one["measureId"] for one in catalog(2025)["measures"]][:9], supplemental=True)
    text = doc.xml().replace("<code ", "<code extra='1' ")
    found = guide(text.encode())
    assert found[-1].data["count"] == text.count(" extra=") - len(found) + 1 > 1000
    monkeypatch.setattr(examine, "_MOST_ERRORS", 1000)
    found = guide(text.encode())
    assert found[-1].message.startswith("There are at least ")


# --- what it changes, and what it does not -----------------------------------------------------------------------


def test_warnings_do_not_block() -> None:
    broken = data(remove(ROOT + "/custodian"))
    result = converter.check(broken, guide="none")
    assert result.ok
    assert [one.id for one in result.warnings if one.stage is Stage.GUIDE] == ["IG003"]
    assert result.to_json() == converter.convert(broken).to_json()
    assert result.locate("/performanceYear")


def test_convert_does_not_check_the_structure() -> None:
    findings = converter.convert(data(remove(ROOT + "/custodian"))).findings
    assert not any(one.stage is Stage.GUIDE for one in findings)


def test_document_that_does_not_convert_is_checked_as_well() -> None:
    def change(root: etree._Element) -> None:
        remove(ROOT + "/custodian")(root)
        find(root, ROOT + "/informationRecipient/intendedRecipient/id").set("extension", "MIPS_GRUOP")

    assert [one.id for one in converter.check(data(change), guide="none").findings] == ["DOC007", "IG003"]


def test_document_without_year_is_checked_as_well() -> None:
    def change(root: etree._Element) -> None:
        remove(ROOT + "/custodian")(root)
        for template in list(root.iter("{urn:hl7-org:v3}templateId")):
            if template.get("root", "").endswith("27.1.2"):
                template.set("extension", "1999-01-01")

    assert [one.id for one in converter.check(data(change), guide="none").findings][-1:] == ["IG003"]


@pytest.mark.parametrize("name", ["c-cda", "not-cda", "no-namespace", "html", "truncated", "empty"])
def test_document_of_another_kind_is_not_checked(name: str) -> None:
    found = converter.check(FIXTURES / "hostile" / f"{name}.xml").findings
    assert [one for one in found if one.stage is Stage.GUIDE] == []


def test_failure_of_the_check_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a secret of the document")

    broken = data(remove(ROOT + "/custodian"))
    monkeypatch.setattr(examine, "_issues", fail)
    result = converter.check(broken, guide="none")
    (finding,) = (one for one in result.findings if one.stage is not Stage.SUBMISSION)
    assert (finding.id, finding.severity, finding.stage) == ("TOOL002", Severity.WARNING, Stage.TOOL)
    assert "secret" not in finding.message
    assert result.ok and result.to_json()


def test_document_is_not_changed_by_the_check() -> None:
    broken = data(before(ROOT + "/code", ROOT + "/title"))
    result = converter.check(broken, guide="none")
    assert isinstance(result, converter.Conversion)
    assert result.document
    found = [one for one in result.findings if one.stage is Stage.GUIDE]
    assert [one.place.path for one in found if one.place] == [ROOT + "/title"]
    apart = [one for one in result.findings if one.stage is not Stage.GUIDE]
    assert apart == list(convert_bytes(broken, "bytes", data_folders(), Options(strict=True)).findings)


@pytest.mark.parametrize("change", [remove(ROOT + "/custodian"), before(ROOT + "/code", ROOT + "/title")])
def test_tree_is_as_it_was_after_the_check(change: Any) -> None:
    tree = parse_xml(data(change), DEFAULT_LIMITS, Collector())
    assert tree
    before_it = etree.tostring(tree.root)
    assert examine.examine_structure(tree, load_structure())
    assert etree.tostring(tree.root) == before_it


@pytest.mark.parametrize(
    ("door", "broken", "loaded"), [("convert", True, False), ("check", False, False), ("check", True, True)]
)
def test_xmlschema_is_loaded_only_to_explain(tmp_path: Path, door: str, broken: bool, loaded: bool) -> None:
    path = tmp_path / "report.xml"
    path.write_bytes(data(remove(ROOT + "/custodian")) if broken else document(2025).bytes())
    code = f"import sys, converter; converter.{door}({str(path)!r}); print('xmlschema' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(loaded)
