"""What several files have to do with each other: the page says what the command says, whatever a browser sends."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import converter
from converter.errors import UsageError
from converter.facts.files import data_folders
from converter.findings.finding import Finding
from converter.service.page.files import held, read
from converter.service.page.rows import row
from converter.service.page.together import Together, together, together_of
from converter.service.work import Wanted
from converter.source.limits import DEFAULT_LIMITS
from tests.complete import complete_document
from tests.documents import NPI, TIN
from tests.fuzz.hostile import MARKUP
from tests.goldens.update_responses import api, rejected
from tests.service.page.markup import Markup, faults

_WANTED = Wanted(data_folders(None), DEFAULT_LIMITS)
_REPEATED, _VALUES, _LEVELS = "SUB027", "SUB085", "SUB086"


def document(program: str = "MIPS_GROUP", year: int = 2025, numerator: int = 318) -> bytes:
    doc = complete_document(year, program)
    doc.pi_measure("PI_EP_1").numerators[0].count = numerator
    return doc.bytes()


def compared(*files: tuple[str, bytes], wanted: Wanted = _WANTED) -> Together:
    return together([row(held(name, data), wanted)["kept"] for name, data in files])


def by_command(folder: Path, *files: bytes) -> list[Sequence[Finding]]:
    """What the library finds in the files together, and in none of them alone."""
    paths = [folder / f"{name}.xml" for name, _ in zip("abc", files, strict=False)]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    alone = [{one.id for one in result.findings} for result in converter.check_many(paths)]
    found = [result.findings for result in converter.check_many(paths, together=True)]
    return [[one for one in ones if one.id not in ids] for ids, ones in zip(alone, found, strict=True)]


@pytest.mark.parametrize(
    ("other", "ids", "kind"),
    [
        (document(), {_REPEATED}, "costs_points"),
        (document(numerator=299), {_REPEATED, _VALUES}, "costs_points"),
        (document("MIPS_INDIV"), {_LEVELS}, "accepted"),
        (document(year=2024), set(), None),
    ],
    ids=["the same", "other values", "a clinician of the group", "another year"],
)
def test_the_page_says_what_the_command_says(other: bytes, ids: set[str], kind: str | None, tmp_path: Path) -> None:
    found = compared(("a.xml", document()), ("b.xml", other))
    before, told = by_command(tmp_path, document(), other)
    assert before == [] and {one.id for one in told} == ids
    texts = [Markup(found.html).text, *(Markup(one["together"]).text for one in found.rows.values())]
    firsts = {one.id: one for one in reversed(told)}.values()
    for text, ones in zip(texts, (firsts, told), strict=False):
        for one in ones:
            assert one.message.replace(str(tmp_path / "a.xml"), "a.xml") in text and one.fix in text
    if len(told) > len(firsts):
        assert f"Its result has {len(told) - len(firsts)} more of this kind." in texts[0]
    if kind is None:
        assert found == Together("", {})
        return
    (number,) = found.rows
    plain = row(held("b.xml", other), _WANTED)
    assert number == 1 and found.rows[1]["kind"] == kind
    assert found.rows[1]["cells"]["warnings"] == plain["cells"]["warnings"] + len(told)
    assert f",{plain['cells']['warnings'] + len(told)}," in found.rows[1]["csv"]
    assert faults(f"<div>{found.html}</div>") == faults(f"<div>{found.rows[1]['together']}</div>") == []


def test_a_file_that_is_refused_stays_so() -> None:
    found = compared(("a.xml", document("MIPS_INDIV")), ("b.xml", rejected().bytes()))
    plain = row(held("b.xml", rejected().bytes()), _WANTED)
    for one in found.rows.values():
        assert one["kind"] == plain["kind"] == "refused" and one["sentence"] == plain["sentence"]


def test_what_a_file_has_to_do_with_itself_is_told_in_its_result_alone() -> None:
    one = json.loads(converter.convert(document()).to_json())
    twice = held("list.json", json.dumps([one, one]).encode())
    assert _REPEATED in {each.id for each in read(twice, _WANTED).findings}  # type: ignore[union-attr]
    kept = row(twice, _WANTED)["kept"]
    assert together([kept]) == Together("", {})
    assert set(together([kept, row(held("b.xml", document()), _WANTED)["kept"]]).rows) == {1}


def test_an_answer_of_cms_has_nothing_to_do_with_files() -> None:
    found = compared(("answer.json", json.dumps(api()).encode()), ("a.xml", document()), ("b.xml", document()))
    assert set(found.rows) == {2}


def test_many_files_are_folded_and_the_order_counts() -> None:
    kept = row(held("a.xml", document()), _WANTED)["kept"]
    found = together(
        [kept._replace(name=f"{at}.xml", record=kept.record._replace(source=f"{at}.xml")) for at in range(9)]
    )
    assert set(found.rows) == set(range(1, 9)) and "0.xml" in found.rows[1]["together"]
    assert found.html.count("<details") == 1 and "8 files" in found.html


def test_what_is_kept_has_no_identifiers_and_comes_back_as_it_went() -> None:
    kept = [row(held(f"{TIN}-{at}.xml", document("MIPS_INDIV")), _WANTED)["kept"] for at in "ab"]
    sent = json.dumps(kept)
    assert TIN not in sent and NPI not in sent
    assert together_of(sent.encode()) == together(kept) and together(kept).rows


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"\xff", b"[1]", b'[["accepted", "", "a.xml", [], []]]', b'[{"kind": "no"}]', b"[" * 100_000,
     b'[["accepted","","a",["a",true,"accepted","",["",0,0],[],0,0,2025,["","","","",null,null],1,1],[[{},[],{}]]]]'],
)  # fmt: skip
def test_what_was_not_kept_is_refused(body: bytes) -> None:
    with pytest.raises(UsageError, match="Choose them once more"):
        together_of(body)


def test_markup_that_was_kept_is_escaped() -> None:
    kept = [row(held(f"{at}.xml", document()), _WANTED)["kept"] for at in "ab"]
    kept[1] = kept[1]._replace(record=kept[1].record._replace(source=MARKUP))
    kept[0] = kept[0]._replace(name=MARKUP)
    found = together(kept)
    assert faults(f"<div>{found.html}</div>") == faults(f"<div>{found.rows[1]['together']}</div>") == []
