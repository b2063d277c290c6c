"""Code frames in reports."""

import pytest

import converter
from converter.emitters.reports.excerpts import Frames, plain_lines
from converter.findings.finding import Finding
from converter.findings.frame import FrameLine
from converter.findings.mask import Mask
from tests.documents import TIN, Doc, document

MASK = Mask((), False)
GUID = "2c928085-806c-39a2-0180-7092fa9b0145"


def finding_of(doc: Doc, number: str, indent: int | None = 2) -> Finding:
    found = converter.check(doc.bytes(indent=indent)).findings
    return next(one for one in found if one.id == number)


def marks(finding: Finding, mask: Mask = MASK) -> list[str]:
    lines = [line for frame in Frames(mask).of(finding) for line in frame.lines]
    return [one.text[slice(*(one.mark or (None, None)))].strip() for one in lines if one.marked]


@pytest.mark.parametrize("indent", [2, None])
def test_the_attribute_at_fault_is_marked(indent: int | None) -> None:
    doc = document(2025, measures=("236",))
    doc.measure("236").guid = GUID
    finding = finding_of(doc, "GUID002", indent)
    assert marks(finding) == [f'extension="{GUID}"']
    place = finding.place
    assert place is not None
    assert place.path.endswith("externalDocument/id")


def test_the_value_found_is_marked_in_an_element_at_fault() -> None:
    doc = document(2025, measures=("236",))
    doc.measure("236").population("NUMER").count = "12.5"
    doc.measure("236").rates[0].value = "85"
    assert marks(finding_of(doc, "POP008")) == ['value="12.5"']
    assert marks(finding_of(doc, "RATE001")) == ['value="85"']


def test_an_element_is_marked_where_no_value_is_at_fault() -> None:
    doc = document(2025, measures=("236",))
    doc.measure("236").population("NUMER").counts.clear()
    (mark,) = marks(finding_of(doc, "POP006"))
    assert mark.startswith("<observation ")


def test_frames_are_masked_and_marks_stay_in_place() -> None:
    doc = document(2025, "MIPS_GROUP")
    doc.measure("236").guid = TIN
    finding = next(one for one in converter.check(doc.bytes()).findings if one.id.startswith("GUID"))
    assert marks(finding, Mask({TIN}, False)) == ['extension="*****7263"']


def test_a_finding_without_place_has_no_frame() -> None:
    (finding,) = converter.check(b"").findings
    assert Frames(MASK).of(finding) == ()


LONG = FrameLine(9, "  <id " + 'root="' + "1" * 60 + '" extension="' + "2" * 60 + '"/>', True, (74, 147))


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_long_lines_are_cut_and_the_mark_stays_in_sight(width: int) -> None:
    shown, carets = plain_lines([LONG], width)
    assert len(shown) <= width
    assert len(carets) <= width
    assert carets.count("^") >= min(40, width - 30)
    start = carets.index("^")
    assert shown[start:].startswith("extension=")


def test_a_long_tag_without_attribute_is_cut() -> None:
    shown, carets = plain_lines([FrameLine(9, LONG.text, True)], 80)
    assert (len(shown), shown[-3:]) == (80, "...")
    assert carets.index("^") == shown.index("<")


def test_line_numbers_are_aligned() -> None:
    lines = plain_lines([FrameLine(9, "<a>"), FrameLine(10, "  <b/>", True, None), FrameLine(1100, "  <c/>")], 80)
    assert lines == ["     9 | <a>", ">   10 |   <b/>", "       |   ^^^^", "  1100 |   <c/>"]
