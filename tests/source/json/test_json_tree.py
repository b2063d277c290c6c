"""A JSON file and where its values stand: by hand, and for arbitrary JSON compared with the parser of Python."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import converter
from converter import SubmissionCheck
from converter.findings.collector import Collector
from converter.findings.place import Place
from converter.source.json.json_tree import JsonTree, parse_json
from converter.source.json.pointers import follow, split
from converter.source.limits import DEFAULT_LIMITS, Limits
from converter.source.naming import hidden, names_somebody, without_names
from tests.examples import examples


def parsed(data: bytes | str, limits: Limits = DEFAULT_LIMITS) -> tuple[JsonTree | None, Collector]:
    findings = Collector()
    return parse_json(data.encode() if isinstance(data, str) else data, limits, findings), findings


def tree_of(data: bytes | str) -> JsonTree:
    tree, findings = parsed(data)
    assert tree, [one.message for one in findings]
    return tree


def told(data: bytes | str, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    return [one.id for one in parsed(data, limits)[1]]


def pointers(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the pointer and value of everything in a JSON value."""
    yield pointer, value
    parts: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from pointers(part, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


def position(tree: JsonTree, pointer: str) -> tuple[int | None, int | None]:
    place = tree.place(pointer)
    return place.line, place.column


def lines(place: Place) -> list[str]:
    """The frame of a place, with > before the marked line."""
    return [f"{'>' if one.marked else ' '}{one.line} {one.text}" for one in place.frame]


# -- positions

DATA = {"year": 2025, "sets": [{"category": "quality", "counts": [1, 2]}, {}], "last": None}
PRETTY = json.dumps(DATA, indent=2)
WANTED = {
    "": (1, 1),
    "/year": (2, 11),
    "/sets": (3, 11),
    "/sets/0": (4, 5),
    "/sets/0/category": (5, 19),
    "/sets/0/counts": (6, 17),
    "/sets/0/counts/1": (8, 9),
    "/sets/1": (11, 5),
    "/last": (13, 11),
}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("pointer", WANTED)
def test_positions(pointer: str, end: str) -> None:
    assert position(tree_of(PRETTY.replace("\n", end)), pointer) == WANTED[pointer]


def test_positions_on_one_line() -> None:
    text = json.dumps(DATA)
    tree = tree_of(text)
    for pointer, value in pointers(DATA):
        line, column = position(tree, pointer)
        assert line == 1
        assert text[(column or 0) - 1 :].startswith(json.dumps(value))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_encoding_does_not_move_anything(encoding: str) -> None:
    text = json.dumps({"Übersicht ☃ 𝄞": ["é", {"x": 1}]}, ensure_ascii=False)
    tree = tree_of(text.encode(encoding))
    assert tree.data == json.loads(text)
    assert position(tree, "/Übersicht ☃ 𝄞/1/x") == (1, text.index("1}") + 1)


def test_names_that_need_an_escape() -> None:
    data = {"": 1, "a/b": 2, "m~n": 3, "~1": 4, 'q"\\': 5, "é\n": 6, "7": 7, "a b": {"": {"/": 8}}}
    for text in (json.dumps(data), json.dumps(data, ensure_ascii=False, indent=1)):
        tree = tree_of(text)
        for pointer, value in pointers(data):
            place = tree.place(pointer)
            assert place.pointer == place.path == pointer
            assert follow(tree.data, pointer) == value
            assert place.excerpt.startswith(("{", str(value)))


def test_a_pointer_that_leads_nowhere_is_at_what_would_hold_it() -> None:
    tree = tree_of(PRETTY)
    assert tree.place("/sets/0/cehrtId").pointer == "/sets/0"
    assert tree.place("/sets/7/measurements/3").pointer == "/sets"
    assert tree.place("/nothing").pointer == ""


def test_places_of_one_value_are_equal() -> None:
    tree, other = tree_of(PRETTY), tree_of(PRETTY)
    assert tree.place("/year") == tree.place("/year") == other.place("/year")
    assert tree.place("/year") != tree.place("/last")
    assert tree.place("/year").key == tree.place("/year").key
    assert tree.place("/year").anchor is None
    assert tree.place("/year").official == (tree.place("/year").line, tree.place("/year").column)


# -- excerpts and frames


def test_excerpts() -> None:
    tree = tree_of(PRETTY)
    assert tree.place("/year").excerpt == "2025"
    assert tree.place("/sets/0").excerpt == '{ "category": "quality", "counts": [ 1, 2 ] }'
    long = tree_of(json.dumps(["x" * 500])).place("/0").excerpt
    assert len(long) == 160
    assert long.endswith("...")


FRAMES = {
    "/year": [" 1 {", '>2   "year": 2025,', ' 3   "sets": [...],', ' 13   "last": null'],
    "/sets/0/category": [" 4 {", '>5   "category": "quality",', ' 6   "counts": [...]'],
    "/sets/1": [' 3 "sets": [', " 4   {...},", ">11   {}"],
    "/sets/0/counts/1": [' 6 "counts": [', " 7   1,", ">8   2"],
    "/sets/0": [
        ' 3 "sets": [',
        ">4   {",
        ' 5     "category": "quality",',
        ' 6     "counts": [...]',
        " 11   {}",
    ],
    "": [">1 {", ' 2   "year": 2025,', ' 3   "sets": [...],', ' 13   "last": null'],
}


@pytest.mark.parametrize("pointer", FRAMES)
def test_frames(pointer: str) -> None:
    assert lines(tree_of(PRETTY).place(pointer)) == FRAMES[pointer]


def test_frame_of_many_members_shows_some() -> None:
    tree = tree_of(json.dumps({f"m{number}": number for number in range(30)}, indent=1))
    assert len(tree.place("").frame) == 9
    assert lines(tree.place("/m15")) == [
        " 1 {",
        ' 15   "m13": 13,',
        ' 16   "m14": 14,',
        '>17   "m15": 15,',
        ' 18   "m16": 16,',
        ' 19   "m17": 17,',
    ]


@pytest.mark.parametrize(("text", "shown"), [("{}", ">1 {}"), ("[]", ">1 []"), ("[ ]", ">1 []"), ("7", ">1 7")])
def test_frame_of_what_is_empty(text: str, shown: str) -> None:
    assert lines(tree_of(text).place("")) == [shown]


def test_member_with_the_name_of_a_number_keeps_its_name() -> None:
    assert lines(tree_of('{"2025": 1}').place("/2025")) == [" 1 {", '>1   "2025": 1']


# -- members that stand twice


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ('{"a": 1, "a": 2}', ["/a"]),
        ('{"a": 1, "a": 2, "a": 3}', ["/a"]),
        ('{"a": {"b": 1, "c": {"d": 2, "d": 3}}, "a": {"e": 4}}', ["/a"]),
        ('{"a": {"b": 1}, "a": {"b": 2, "b": 3}}', ["/a", "/a/b"]),
        ('[{"a": 1}, {"a": 1, "b": 2, "a": 3}]', ["/1/a"]),
        ('{"a": 1, "\\u0061": 2}', ["/a"]),
        ('{"a": [{"x": 1}, 2], "b": 3, "a": []}', ["/a"]),
    ],
)
def test_repeated(text: str, repeated: list[str]) -> None:
    tree, findings = parsed(text)
    assert tree
    assert tree.repeated == repeated
    assert [(one.id, one.place and one.place.pointer) for one in findings] == [("SUB014", one) for one in repeated]
    for pointer, value in pointers(tree.data):
        place = tree.place(pointer)
        assert place.pointer == pointer
        assert place.frame
        start = (place.column or 0) - 1
        assert json.JSONDecoder().raw_decode(text, start)[0] == value, "the last one counts"
    for finding in findings:
        assert finding.place
        assert finding.place.frame


def test_many_repeated_members_are_found_in_time() -> None:
    text = "{" + ", ".join('"a": {"b": [1, 2]}' for _ in range(20_000)) + "}"
    assert tree_of(text).repeated == ["/a"]


# -- what is not read

FAULTS = {
    "a name without quotation marks": ("{a: 1}", "SUB012", (1, 2), "a name in double quotes is missing"),
    "single quotation marks": ("{'a': 1}", "SUB012", (1, 2), "a name in double quotes is missing"),
    "a comma too many": ('{"a": 1,\n }', "SUB012", (2, 2), "there is a comma too many"),
    "a comma too few": ('{"a": 1\n "b": 2}', "SUB012", (2, 2), "a comma or a closing bracket is missing"),
    "a comma too few, CR": ('{"a": 1\r "b": 2}', "SUB012", (2, 2), "a comma or a closing bracket is missing"),
    "a comma too few, CRLF": ('{"a": 1\r\n "b": 2}', "SUB012", (2, 2), "a comma or a closing bracket is missing"),
    "a colon too few": ('{"a" 1}', "SUB012", (1, 6), "a colon is missing"),
    "a value too few": ('{"a": }', "SUB012", (1, 7), "a value is missing"),
    "a word": ('{"a": yes}', "SUB012", (1, 7), "a value is missing"),
    "a number with a zero before it": ('{"a": 007}', "SUB012", (1, 8), "a comma or a closing bracket is missing"),
    "a line end in a text": ('{"a": "b\nc"}', "SUB012", (1, 9), "a line end or another control character"),
    "a backslash": ('{"a": "b\\c"}', "SUB012", (1, 9), "a backslash that means nothing"),
    "a second value": ('{"a": 1} {"b": 2}', "SUB012", (1, 10), "there is more after the end"),
    "a number after the end": ('{"a": 1} 5', "SUB012", (1, 10), "there is more after the end"),
    "a bracket too many": ('{"a": 1}}', "SUB012", (1, 9), "there is more after the end"),
    "the wrong bracket": ('{"a": [1}', "SUB012", (1, 9), "a comma or a closing bracket is missing"),
    "NaN": ('{"a": NaN}', "SUB012", None, "NaN, which is not a number in JSON"),
    "Infinity": ("[-Infinity]", "SUB012", None, "-Infinity, which is not a number in JSON"),
    "too many digits": ("[" + "9" * 301 + "]", "SUB012", None, "a number of too many digits"),
    "far too many digits": ("[" + "9" * 100_000 + "]", "SUB012", None, "a number of too many digits"),
    "an exponent too large": ("[1e999]", "SUB012", None, "a number that is too large"),
    "a negative one": ("[-1e301]", "SUB012", None, "a number that is too large"),
    "nothing closed": ('{"a": {"b": [1, 2', "SUB013", (1, 18), "a comma or a closing bracket is missing"),
    "a text not closed": ('{"a": "quali', "SUB013", (1, 7), "a text is not closed"),
    "half a word": ('{"a": fals', "SUB013", (1, 7), "a value is missing"),
    "half an escape": ('{"a": "\\u00', "SUB013", (1, 9), "a backslash"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_not_well_formed(name: str) -> None:
    text, id, where, words = FAULTS[name]
    tree, findings = parsed(text)
    assert tree is None
    (finding,) = findings
    assert finding.id == id
    assert words in finding.message
    assert finding.place is None if where is None else finding.place is not None
    if finding.place and where:
        assert (finding.place.line, (finding.place.column or 0)) == where
        assert (finding.place.path, finding.place.excerpt) == ("", "")
        (marked,) = [one for one in finding.place.frame if one.marked]
        assert marked.line == where[0]


@pytest.mark.parametrize("number", ["0", "-0", "12", "9" * 300, "1.5", "-1e-999", "1E+300", "0.0"])
def test_numbers_that_are_read(number: str) -> None:
    assert tree_of(f"[{number}]").data == [json.loads(number)]


@pytest.mark.parametrize(
    ("data", "id", "where"),
    [
        (b'{"a": "\xff"}', "SUB012", (1, 8)),
        ('{"é": 1,\n"é": "'.encode() + b'\xff"}', "SUB012", (2, 7)),
        ('{"a": "é'.encode()[:-1], "SUB013", (1, 8)),
        ('{"a": "é"}'.encode("utf-16")[:-1], "SUB013", (1, 10)),
        ('{"a": 1}'.encode("utf-16-le")[:-2] + b"\x00\xd8}\x00", "SUB012", (1, 8)),
    ],
)
def test_bytes_that_are_no_characters(data: bytes, id: str, where: tuple[int, int]) -> None:
    tree, findings = parsed(data)
    assert tree is None
    (finding,) = findings
    assert finding.id == id
    assert finding.place
    assert (finding.place.line, finding.place.column) == where


def test_encoding_is_named() -> None:
    utf_16 = '{"a": 1}'.encode("utf-16-le")[:-2] + b"\x00\xd8}\x00"
    messages = [next(iter(parsed(data)[1])).message for data in (b'{"a": "\xff"}', b'\xef\xbb\xbf{"\xff"}', utf_16)]
    assert [message.rpartition(" ")[2] for message in messages] == ["UTF-8.", "UTF-8.", "UTF-16-LE."]


@pytest.mark.parametrize("text", ["[", '{"a":'])
def test_depth(text: str) -> None:
    def nested(levels: int) -> str:
        return text * levels + "1" + {"[": "]", "{": "}"}[text[0]] * levels

    assert tree_of(nested(200)).place("").frame
    for levels in (201, 900, 5_000, 200_000):
        tree, findings = parsed(nested(levels))
        assert tree is None
        assert ["nested more than 200 deep" in one.message for one in findings] == [True]
    assert told(nested(11), Limits(depth=10)) == ["SUB012"]
    assert told(nested(10), Limits(depth=10)) == []


def test_size() -> None:
    assert told("[" + " " * 2_000_000 + "]", Limits(document_bytes=1_048_576)) == ["XML007"]


def test_halves_of_characters_are_replaced() -> None:
    text = '{"\\ud800": "a\\uDFFFb", "x": ["\\ud83d\\ude00", {"\\ud801": 1, "\\ud802": 2}]}'
    tree = tree_of(text)
    assert tree.data == {"�": "a�b", "x": ["😀", {"�": 2}]}
    assert tree.place("/x/1/�").pointer == "/x/1/�"
    for pointer, _ in pointers(tree.data):
        place = tree.place(pointer)
        assert place.pointer == pointer
        json.dumps([place.excerpt, [one.text for one in place.frame]], ensure_ascii=False).encode()


# -- a file that is cut off

WHOLE = json.dumps(
    {
        "performanceYear": 2025,
        "entityType": "group",
        "taxpayerIdentificationNumber": "000417263",
        "note": 'é \\ " \u2603 𝄞',
        "measurementSets": [
            {"category": "ia", "measurements": [{"measureId": "IA_BE_4", "value": False}], "x": -0.0000015e3}
        ],
        "none": None,
    },
    indent=1,
)
READABLE = json.dumps(json.loads(WHOLE), ensure_ascii=False)


@pytest.mark.parametrize("data", [WHOLE.encode(), READABLE.encode(), b"\xef\xbb\xbf" + READABLE.encode()])
def test_cut_off_anywhere(data: bytes) -> None:
    for end in range(len(data)):
        result = converter.check(data[:end])
        assert not result.ok
        (finding,) = result.findings
        if data[:end].removeprefix(b"\xef\xbb\xbf").strip(b"\xef\xbb"):
            assert finding.id == "SUB013", (data[:end][-20:], finding.message)
            assert finding.place
            assert finding.place.line
        else:
            assert finding.id.startswith("XML")
        assert (result.submission, result.submissions if isinstance(result, SubmissionCheck) else ()) == (None, ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_cut_off_anywhere_in_two_bytes(encoding: str) -> None:
    data = READABLE.encode(encoding)
    for end in range(6, len(data)):
        assert [one.id for one in converter.check(data[:end]).findings] == ["SUB013"], end


# -- arbitrary JSON

NAMES = st.one_of(
    st.sampled_from(["a", "a/b", "m~n", "", "0", "é", '"\\', "\n", "performanceYear"]), st.text(max_size=6)
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(max_size=12),
    st.sampled_from(['"', "\\", "\\ud800", "{[:,]}", "//", "\u2028", "\x7f"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=25,
)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, Any]:
    """A list or object in one of many layouts, with its value."""
    value = draw(st.one_of(st.lists(VALUES, max_size=4), st.dictionaries(NAMES, VALUES, max_size=4)))
    comma, colon = draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", "\n: "), (",\r\n", ":\r")]))
    text = json.dumps(
        value,
        ensure_ascii=draw(st.booleans()),
        indent=draw(st.sampled_from([None, 0, 2, "\t"])),
        separators=(comma, colon),
    )
    return draw(st.sampled_from(["", " ", "\n\r\n"])) + text + draw(st.sampled_from(["", "\n", " \t\r"])), value


def offset(text: str, place: Place) -> int:
    """Index in a text of a line and column."""
    rest = text
    for _ in range((place.line or 1) - 1):
        ends = [rest.find(end) + len(end) for end in ("\r\n", "\n", "\r") if end in rest]
        rest = rest[min(ends) :] if not rest.startswith("\r\n", min(ends) - 1) else rest[min(ends) + 1 :]
    return len(text) - len(rest) + (place.column or 1) - 1


@examples(100)
@given(written())
def test_places_agree_with_the_parser(example: tuple[str, Any]) -> None:
    text, value = example
    tree = tree_of(text)
    assert tree.data == value
    assert tree.repeated == []
    starts = []
    for pointer, part in pointers(value):
        place = tree.place(pointer)
        assert place.pointer == pointer
        start = offset(text, place)
        starts.append(start)
        found, end = json.JSONDecoder().raw_decode(text, start)
        assert json.dumps(found) == json.dumps(part)
        words, private = " ".join(text[start:end].split()), any(map(names_somebody, split(pointer)))
        assert place.excerpt == _short(hidden(words) if private else without_names(words))
        assert [one.marked for one in place.frame].count(True) == 1
    assert starts == sorted(starts), "numbers follow the order of the file"


def _short(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:157]}..."


@examples(100)
@given(st.sampled_from(["{", "[", '{"performanceYear": 2025, ', '[{"measurementSets": [']), st.text(max_size=80))
def test_any_text_that_begins_like_json(start: str, rest: str) -> None:
    result = converter.check((start + rest).encode("utf-8", "replace"))
    assert not result.ok
    assert not [one.message for one in result.findings if one.id.startswith("TOOL")]
    assert all(one.place.frame or one.place.line for one in result.findings if one.place)


def test_no_member_of_a_submission_is_hidden() -> None:
    names: set[str] = set()
    waiting = [
        json.loads(path.read_bytes())
        for path in (Path(converter.__file__).parent.parent / "schemas/qpp").glob("*.json")
    ]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            properties = one.get("properties")
            names.update(properties if isinstance(properties, dict) else ())
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    assert {"programName", "taxpayerIdentificationNumber", "nationalProviderIdentifier"} <= names
    assert not [name for name in names if names_somebody(name)]
