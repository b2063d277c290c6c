"""The walk: which rules are asked of an element, what each kind of check asks, and that it grows with the document."""

import time
from typing import Any

import pytest
from lxml import etree

from converter.guide.checks import check_of
from converter.guide.guides import Guide
from converter.guide.mistakes import mistakes
from converter.guide.paths import children_of
from converter.guide.pieces import missing_piece, written
from converter.guide.seen import Seen
from converter.guide.walk import failures

_XMLNS = 'xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
SETS = {"1.2": frozenset({"A", "B"})}
CODE = [{"element": "code"}]


def root_of(xml: str) -> etree._Element:
    return etree.fromstring(xml.replace(">", f" {_XMLNS}>", 1) if not xml.split(">", 1)[0].endswith("/") else
                            xml.replace("/>", f" {_XMLNS}/>", 1))  # fmt: skip


def guide_of(places: list[Any], checks: list[Any], rules: list[Any]) -> Guide:
    data = {"version": "x", "valueSets": {name: list(codes) for name, codes in SETS.items()}, "rules": rules}
    return Guide(data, {"places": places, "checks": checks, "templates": {}})


def ids(root: etree._Element, guide: Guide) -> list[str]:
    return [one.id for failure in failures(root, guide) for one in failure.assertions]


def passes(row: dict[str, Any], xml: str, around: str = "") -> bool:
    element = root_of(f"<ClinicalDocument>{around}{xml}</ClinicalDocument>")[-1]
    return check_of(row)(element, children_of(element), Seen(element.getroottree().getroot(), SETS))


VALUE = {"kind": "attribute-value", "attribute": "code", "value": "A"}
ONE = {"kind": "exactly-one-attribute-of", "attributes": ["code", "nullFlavor"],
       "notTogether": [["codeSystem", "nullFlavor"]], "unlessParent": "region"}  # fmt: skip
SIX = {"kind": "format", "attribute": "value", "format": "at-most-6-decimals", "trim": True}
TEMPLATE = {"element": "b", "templates": [{"root": "1.1", "extension": None}]}
PART = {"element": "b", "contains": [{"min": 1, "max": 1, "path": CODE}], "attributes": {"x": False, "y": True}}


@pytest.mark.parametrize(
    ("row", "right", "wrong"),
    [
        ({"kind": "exactly-one", "path": CODE}, "<a><code/></a>", "<a><code/><code/></a>"),
        ({"kind": "at-least-one", "path": CODE}, "<a><code/><code/></a>", "<a/>"),
        ({"kind": "none", "path": CODE}, "<a/>", "<a><code/></a>"),
        ({"kind": "count", "min": 2, "max": None, "path": CODE}, "<a><code/><code/><code/></a>", "<a><code/></a>"),
        ({"kind": "exactly-one", "path": [TEMPLATE]}, '<a><b><templateId root="1.1"/></b></a>',
         '<a><b><templateId root="1.1" extension="1"/></b></a>'),
        ({"kind": "exactly-one", "path": [PART]}, '<a><b y=""><code/></b></a>', '<a><b y="" x=""><code/></b></a>'),
        ({"kind": "exactly-one", "path": [PART]}, '<a><b y=""><code/></b></a>', '<a><b y=""/></a>'),
        (VALUE, '<a code="A"/>', "<a/>"),
        ({"kind": "attribute-present", "attribute": "code"}, '<a code=""/>', "<a/>"),
        ({"kind": "attribute-in-value-set", "attribute": "code", "valueSet": "1.2"}, '<a code="B"/>', '<a code="C"/>'),
        (ONE, '<a code="A"/>', '<a code="A" nullFlavor="NI"/>'),
        (ONE, '<a nullFlavor="NI"/>', '<a nullFlavor="NI" codeSystem="1"/>'),
        ({"kind": "at-most-one-attribute-of", "attributes": ["value", "nullFlavor"]}, "<a/>",
         '<a value="" nullFlavor=""/>'),
        ({"kind": "identifier", "anyOf": ["root", "nullFlavor"], "notAllOf": ["root", "extension", "nullFlavor"]},
         '<a root="1"/>', '<a extension="1"/>'),
        ({"kind": "quantity"}, '<a value="1" unit="d"/>', '<a value="1"/>'),
        ({"kind": "quantity"}, '<a nullFlavor="NI"/>', '<a nullFlavor="NI" unit="d"/>'),
        ({"kind": "text-or-null-flavor"}, "<a><b>text</b></a>", "<a><b/></a>"),
        (SIX, '<a value=" 0.123456 "/>', '<a value="0.1234567"/>'),
        ({"kind": "format", "attribute": "value", "format": "number-0-to-1"}, '<a value=" 1 "/>', '<a value="1e0"/>'),
        ({"kind": "format", "attribute": "value", "format": "tin"}, '<a value="000000001"/>', '<a value="00000000A"/>'),
        ({"kind": "format", "attribute": "value", "format": "number"}, '<a value="-.5"/>', '<a value="+5"/>'),
        ({"kind": "format", "attribute": "value", "format": "length-10"}, '<a value=" 0123456789"/>', '<a value="1"/>'),
        ({"kind": "format", "attribute": "value", "format": "npi-check-digit"}, '<a value="1234567893"/>',
         '<a value="1234567890"/>'),
        ({"kind": "format", "attribute": "value", "format": "at-least-8-characters", "missing": "fails"},
         '<a value="20250101"/>', "<a/>"),
        ({"kind": "any-of", "checks": [VALUE, {"kind": "exactly-one", "path": CODE}]}, "<a><code/></a>", "<a/>"),
        ({"kind": "all-of", "checks": [VALUE, {"kind": "none", "path": CODE}]}, '<a code="A"/>',
         '<a code="A"><code/></a>'),
        ({"kind": "sum-of-counts", "of": [CODE, [{"element": "b"}]], "equals": [{"element": "c"}]},
         "<a><code/><b/><c/><c/></a>", "<a><code/><c/><c/></a>"),
    ],
)  # fmt: skip
def test_each_kind_of_check(row: dict[str, Any], right: str, wrong: str) -> None:
    assert passes(row, right)
    assert not passes(row, wrong)


def recipient(*programs: str | None) -> str:
    ones = "".join(f"<id{'' if one is None else f' extension={chr(34)}{one}{chr(34)}'}/>" for one in programs)
    return f"<informationRecipient><intendedRecipient>{ones}</intendedRecipient></informationRecipient>"


@pytest.mark.parametrize(
    ("match", "programs", "asked", "fails"),
    [
        ("equals", ("MIPS_GROUP",), True, False),
        ("equals", ("MIPS_INDIV",), False, False),
        ("equals", ("MIPS_GROUP", "MIPS_INDIV"), False, False),
        ("equals", (None,), True, True),
        ("equals", (), True, True),
        ("substring-of-list", ("MIPS",), True, False),
        ("substring-of-list", ("GROUP MIPS",), True, False),
        ("substring-of-list", (None,), True, False),
        ("substring-of-list", ("PCF",), False, False),
    ],
)
def test_programs(match: str, programs: tuple[str | None, ...], asked: bool, fails: bool) -> None:
    """Both quirks of the official files: what several ids mean, and that a part of a name is one of them."""
    row = {"kind": "for-programs", "programs": ["MIPS_GROUP", "MIPS_APP"] if match[0] == "s" else ["MIPS_GROUP"],
           "match": match, "then": {"kind": "exactly-one", "path": CODE}}  # fmt: skip
    assert passes(row, "<a/>", recipient(*programs)) is not asked
    assert passes(row, "<a><code/></a>", recipient(*programs)) is not fails


def test_only_the_first_rule_of_a_group_is_asked() -> None:
    places = [[[{"element": "b", "attributes": {"x": True}}]], [[{"element": "a"}, {"element": "b"}]]]
    check = [{"kind": "exactly-one", "path": CODE}]
    together = guide_of(places, check, [[1, 0, [["1-1", "error", 0]]], [1, 1, [["1-2", "error", 0]]]])
    apart = guide_of(places, check, [[1, 0, [["1-1", "error", 0]]], [2, 1, [["1-2", "error", 0]]]])
    root = root_of('<a><b x="1"/><b/></a>')
    assert ids(root, together) == ["1-1", "1-2"]
    assert ids(root, apart) == ["1-1", "1-2", "1-2"]


def test_what_is_to_be_written_has_all_that_the_guide_asks_of_it() -> None:
    places = [[[{"element": "a"}]], [[{"element": "b"}]], [[{"element": "b"}, {"element": "code"}]]]
    checks = [{"kind": "exactly-one", "path": [{"element": "b"}]}, {"kind": "exactly-one", "path": CODE}, VALUE]
    guide = guide_of(
        places, checks, [[1, 0, [["1-1", "error", 0]]], [2, 1, [["1-2", "error", 1]]], [3, 2, [["1-3", "error", 2]]]]
    )
    root = root_of("<a/>")
    (failure,) = failures(root, guide)
    piece = missing_piece([{"element": "b"}], guide, failure.state)
    assert written(piece) == '<b><code code="A"/></b>'
    root.append(piece)
    assert failures(root, guide) == []


def test_what_fails_only_because_of_another_mistake_belongs_to_it() -> None:
    places = [[[{"element": "a"}]], [[{"element": "code"}]]]
    checks = [{"kind": "exactly-one", "path": [{"element": "code", "attributes": {"code": "A"}}]}, VALUE]
    guide = guide_of(places, checks, [[1, 0, [["1-1", "error", 0]]], [2, 1, [["1-2", "error", 1]]]])
    root = root_of('<a><code code="X"/></a>')
    (mistake,) = mistakes(root, guide, failures(root, guide))
    assert mistake.assertion.id == "1-2" and len(mistake.failures) == 2


@pytest.mark.parametrize(
    ("xml", "text"),
    [("<text/>", "<text>text</text>"), ("<low/>", '<low value="..."/>'), ("<statusCode/>", '<statusCode code="..."/>'),
     ('<id root="1"/>', '<id root="1"/>')],
)  # fmt: skip
def test_what_only_the_reporter_knows_is_left_open(xml: str, text: str) -> None:
    assert written(root_of(xml)) == text


def test_a_repetition_is_told_where_it_is() -> None:
    """Not also where it is counted from far above."""
    places = [[[{"element": "a"}]], [[{"element": "b"}]]]
    checks = [{"kind": "exactly-one", "path": [{"element": "b"}, *CODE]}, {"kind": "exactly-one", "path": CODE}]
    guide = guide_of(places, checks, [[1, 0, [["1-1", "error", 0]]], [2, 1, [["1-2", "error", 1]]]])
    root = root_of("<a><b><code/><code/></b></a>")
    (mistake,) = mistakes(root, guide, failures(root, guide))
    assert mistake.assertion.id == "1-2" and len(mistake.failures) == 2
    apart = root_of("<a><b><code/></b><b><code/></b></a>")
    assert [one.assertion.id for one in mistakes(apart, guide, failures(apart, guide))] == ["1-1"]


def test_the_piece_that_does_for_both_is_told() -> None:
    places = [[[{"element": "a"}]]]
    more = [{**TEMPLATE, "attributes": {"y": "1"}}]
    checks = [{"kind": "exactly-one", "path": [TEMPLATE]}, {"kind": "exactly-one", "path": more}]
    guide = guide_of(places, checks, [[1, 0, [["1-1", "error", 0], ["1-2", "error", 1]]]])
    root = root_of("<a/>")
    (mistake,) = mistakes(root, guide, failures(root, guide))
    assert mistake.assertion.id == "1-2" and len(mistake.failures) == 2


@pytest.mark.parametrize("around", [True, False])
def test_mistakes_grow_with_the_document(around: bool) -> None:
    """Also where many elements ask the same of one around them, and where many are beside each other."""
    path = [{"up": 1}, {"element": "x"}] if around else CODE
    guide = guide_of(
        [[[{"element": "b"}]]],
        [{"kind": "at-least-one", "path": path}, {"kind": "attribute-present", "attribute": "code"}],
        [[1, 0, [["1-1", "error", 0], ["1-2", "error", 1]]]],
    )

    def seconds(number: int) -> float:
        root = root_of(f"<a>{'<b/>' * number}</a>")
        found = failures(root, guide)
        start = time.process_time()
        mistakes(root, guide, found)
        return time.process_time() - start

    small = max(min(seconds(1000) for _ in range(3)), 1e-4)
    assert min(seconds(8000) for _ in range(2)) / small < 24


@pytest.mark.parametrize("shape", ["wide", "deep", "ids"])
def test_the_work_grows_with_the_document(shape: str) -> None:
    """No shape makes it quadratic: also not what many elements ask of one around them."""
    up = [{"up": 1}, {"element": "b", "contains": [{"min": 1, "max": None, "path": [{"up": 1}, {"element": "b"}]}]}]
    guide = guide_of(
        [[[{"element": "b"}]]], [{"kind": "at-least-one", "path": up}, {"kind": "none", "path": CODE}],
        [[1, 0, [["1-1", "error", 0], ["1-2", "error", 1]]]],
    )  # fmt: skip

    def seconds(number: int) -> float:
        inner = {
            "wide": "<b/>" * number,
            "ids": "<b><code/></b>" * number,
            "deep": ("<b>" * 90 + "</b>" * 90) * (number // 90),
        }
        root = root_of(f"<a>{inner[shape]}</a>")
        start = time.process_time()
        failures(root, guide)
        return time.process_time() - start

    small = max(min(seconds(4000) for _ in range(3)), 1e-4)
    assert min(seconds(16_000) for _ in range(2)) / small < 10
