"""Every finding has an explanation page, and what its page shows is true."""

import json
import re

import pytest

from converter.findings.finding import Severity, Stage
from converter.findings.kinds import TABLE
from tests.findings.pages import FOLDER, ROOT, SECTIONS, Page, namespaced, page_ids, read_page

LONGEST_LINE = 130
FEWEST_LINES, MOST_LINES = 22, 50

_PREFIXES = "|".join(sorted({re.sub(r"\d", "", id) for id in TABLE}))
_ID = re.compile(rf"\b(?:{_PREFIXES})\d{{3}}\b")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_VAGUE = re.compile(r"contact (?:your|the) (?:EHR |health IT )?vendor", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|<[^>]*>')
_SLIP = re.compile(r"[{}]|\bNone\b|\b[Aa] [aeio](?!ne\b)|\.\.|,,| [.,;]")
_WHETHER = re.compile(r"\b(?:nothing|no change|must|need|needs|needed|only if|whether)\b", re.IGNORECASE)

each_row = pytest.mark.parametrize("id", sorted(TABLE))


def _page(id: str) -> Page:
    page = read_page(id)
    if page is None:
        pytest.skip(f"the page {id} is missing")
    return page


def _check_shown(language: str, snippet: str) -> None:
    """A snippet that is only shown is text, or JSON that can be read."""
    assert language in ("text", "json")
    if language == "json":
        json.loads(snippet)


def test_every_row_has_a_page() -> None:
    missing = [id for id in TABLE if id not in page_ids()]
    assert not missing, f"{len(missing)} of {len(TABLE)} pages are missing in {FOLDER.name}: {' '.join(missing)}"


def test_every_page_has_a_row() -> None:
    unknown = [id for id in page_ids() if id not in TABLE]
    assert not unknown, f"no finding has the id of these pages: {' '.join(unknown)}"


@each_row
def test_there_is_a_page(id: str) -> None:
    assert read_page(id) is not None, f"write {FOLDER.relative_to(ROOT)}/{id}.md ({TABLE[id].slug})"


@each_row
def test_structure(id: str) -> None:
    page, kind = _page(id), TABLE[id]
    assert page.title == f"# {kind.id} {kind.slug}"
    assert tuple(page.sections) == SECTIONS
    assert page.text.split("## ")[0].strip() != page.title, "a paragraph says what the finding means"
    assert all(body.strip() for body in page.sections.values()), "no section is empty"
    to_do = page.sections["What to do"]
    assert -1 < to_do.find("**Practice.**") < to_do.find("**Vendor.**"), "**Practice.** comes before **Vendor.**"
    assert not _VAGUE.search(page.text), "a page says what to tell the vendor, not just whom to ask"


@each_row
def test_layout(id: str) -> None:
    page = _page(id)
    lines = page.text.splitlines()
    assert FEWEST_LINES <= len(lines) <= MOST_LINES, f"{len(lines)} lines"
    too_long = [line for line in lines if len(line) > LONGEST_LINE and not line.startswith("<!-- case:")]
    assert not too_long, f"a line is longer than {LONGEST_LINE}"
    assert not [line for line in lines if line != line.rstrip()], "a line ends with blanks"
    assert page.text.endswith("\n") and not page.text.endswith("\n\n"), "the page ends with one end of line"
    assert "\t" not in page.text and "\r" not in page.text


@each_row
def test_what_it_mentions_exists(id: str) -> None:
    page = _page(id)
    assert not {found for found in _ID.findall(page.text) if found not in TABLE}, "only ids of findings that exist"
    targets = [target for target in _LINK.findall(page.text) if not target.startswith("https://")]
    assert all((FOLDER / target).exists() for target in targets), f"one of the links is broken: {targets}"


@each_row
def test_rule_names_the_official_code(id: str) -> None:
    rule, code = _page(id).sections["Rule"], TABLE[id].official_code
    named = re.match(r"\s*Official code (\d+)", rule)
    assert (int(named[1]) if named else None) == code, f"## Rule begins with the official code, which is {code}"


@pytest.mark.every(3)
@each_row
def test_wrong(id: str) -> None:
    page = _page(id)
    language, snippet = page.snippet("Wrong")
    case = page.case
    if case.tested_in:
        _check_shown(language, snippet)
        assert (ROOT / case.tested_in.partition("::")[0]).is_file(), f"{case.tested_in} does not exist"
        return
    assert language == case.language or case.whole_file
    result = case.convert(snippet)
    given = [finding.id for finding in result.findings]
    assert id in given, f"the wrong snippet does not give {id} but {given or 'nothing'}"
    sentences = [text for one in result.findings for text in (one.message, one.expected, one.fix)]
    assert not [text for text in sentences if _SLIP.search(_QUOTED.sub("it", text))], "a sentence is not whole"


@pytest.mark.every(3)
@each_row
def test_right(id: str) -> None:
    page = _page(id)
    language, snippet = page.snippet("Right")
    case = page.case
    if case.tested_in:
        _check_shown(language, snippet)
        return
    assert language == case.language or case.whole_file
    result = case.convert(snippet)
    assert id not in [finding.id for finding in result.findings], f"the right snippet gives {id}"
    only_parser = case.whole_file and case.language == "xml"  # a snippet cannot hold all of a document
    errors = [f"{one.id} {one.message}" for one in result.errors if not only_parser or one.stage is Stage.XML]
    assert not errors, "the right snippet gives other errors"


@each_row
def test_warning_says_whether_anything_must_be_done(id: str) -> None:
    page = _page(id)
    if TABLE[id].severity is not Severity.ERROR:
        assert _WHETHER.search(page.sections["What to do"]), "say whether anything must be done"


def test_namespaced() -> None:
    path = "//section[templateId[@root='a b']]/entry[2][not(act) and position() = 1]/ancestor::x"
    assert namespaced(path) == (
        "//h:section[h:templateId[@root='a b']]/h:entry[2][not(h:act) and position() = 1]/ancestor::h:x"
    )
