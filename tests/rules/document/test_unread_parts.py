"""The account: what no parser took is named and blocks, or is listed with the reason why nothing is lost with it."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from lxml import etree

import converter
from converter.model.inventory import Status
from converter.result import Conversion
from tests.documents import document
from tests.policy import apart_from_policy

HL7 = "urn:hl7-org:v3"
NS = {"h": HL7}
ROOT = "2.16.840.1.113883.10.20."
CMS_TEMPLATES = tuple(ROOT + end for end in ("27.2.3", "27.2.4", "27.2.5", "27.3.17", "27.3.16", "27.3.25", "27.3.33"))
SEX = ROOT + "27.3.6"

Change = Callable[[etree._Element], object]


def changed(change: Change, year: int = 2025, *, supplemental: bool = False) -> Conversion:
    root = etree.fromstring(document(year, measures=("236", "226"), supplemental=supplemental).bytes())
    change(root)
    # libxml2 does not write the declaration by which an element is in no namespace.
    return converter.convert(
        etree.tostring(root).replace(b"<island>", b'<entry xmlns="">').replace(b"island>", b"entry>")
    )


def one(root: etree._Element, path: str) -> etree._Element:
    return every(root, path)[0]


def every(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return [item for item in found if isinstance(item, etree._Element)]


def remove(element: etree._Element) -> None:
    around = element.getparent()
    assert around is not None
    around.remove(element)


def ids(result: Conversion) -> set[str]:
    return {finding.id for finding in apart_from_policy(result.findings)}


def observation(value: str, *, template: str = "", code: str = "MSRAGG", kind: str = "INT") -> etree._Element:
    """Return an observation; a count unless told otherwise."""
    given = f'<templateId root="{template}"/>' if template else ""
    shown = f'value="{value}"' if kind == "INT" else f'code="{value}"'
    return etree.fromstring(
        f'<observation xmlns="{HL7}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'{given}<code code="{code}"/><value xsi:type="{kind}" {shown}/></observation>'
    )


def wrapped(name: str, part: etree._Element) -> etree._Element:
    holder = etree.Element(f"{{{HL7}}}{name}")
    holder.append(part)
    return holder


NUMER = "//h:observation[h:value/@code='NUMER'][h:templateId]"
COUNT_ROOT = ROOT + "27.3.3"
ANSWER_ROOT = ROOT + "27.3.27"


# --- whole sections ----------------------------------------------------------------------------------------------


def spoil(how: Callable[[str], str | None], *roots: str) -> Change:
    """Change the roots of templates; those that become None are removed."""

    def change(root: etree._Element) -> None:
        for template in every(root, "//h:structuredBody//h:templateId"):
            given = template.get("root", "")
            new = given if roots and given not in roots else how(given)
            if new is None:
                remove(template)
            else:
                template.set("root", new)

    return change


SPOILT: dict[str, Change] = {
    "no templates at all": spoil(lambda _: None),
    "the templates of HL7 alone": spoil(lambda root: None if root in CMS_TEMPLATES else root),
    "blanks around the roots": spoil(lambda root: f" {root} "),
    "commas in the roots": spoil(lambda root: root.replace(".", ",", 3)),
    "the section's own template missing": spoil(lambda _: None, ROOT + "27.2.3"),
    "the section's own template misspelt": spoil(lambda root: root + "3", ROOT + "27.2.3"),
    "the activities' section spoilt": spoil(lambda root: root + " ", ROOT + "27.2.4"),
}


@pytest.mark.parametrize("name", SPOILT)
@pytest.mark.parametrize("year", [2018, 2021, 2025])
def test_section_that_is_not_read_blocks(year: int, name: str) -> None:
    result = changed(SPOILT[name], year)
    assert not result.ok
    assert "DOC033" in ids(result)
    assert all(count.status is not Status.CONVERTED for count in result.inventory.counts())


def test_what_a_lost_section_holds_is_said() -> None:
    result = changed(SPOILT["the templates of HL7 alone"])
    quality = next(finding for finding in result.findings if "the quality section" in finding.message)
    assert "2 measures" in quality.message
    assert "16 counts" in quality.message
    assert f'<templateId root="{ROOT}27.2.3"' in quality.fix
    assert "the option for CMS" in quality.fix


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("blanks around the roots", "contains spaces"),
        ("the section's own template misspelt", "is misspelled"),
        ("the section's own template missing", "not marked as such with its CMS templateId"),
    ],
)
def test_what_is_wrong_with_the_template_is_said(name: str, words: str) -> None:
    result = changed(SPOILT[name])
    assert words in next(one.message for one in result.findings if one.id == "DOC033")


def test_section_of_its_own_for_the_period_is_listed() -> None:
    def add(root: etree._Element) -> None:
        act = deepcopy(one(root, "//h:section[1]//h:act"))
        section = etree.Element(f"{{{HL7}}}section")
        section.append(wrapped("entry", act))
        one(root, "//h:structuredBody").insert(0, wrapped("component", section))

    result = changed(add)
    assert result.ok
    assert [(part.name, part.status) for part in result.inventory.parts] == [
        ("section", Status.IGNORED), ("act", Status.IGNORED),
    ]  # fmt: skip


# --- counts and answers in odd places ------------------------------------------------------------------------------


def beside_the_count(part: etree._Element) -> Change:
    return lambda root: one(root, NUMER).append(wrapped("entryRelationship", part))


def before_the_template(root: etree._Element) -> None:
    one(root, NUMER).insert(0, wrapped("entryRelationship", observation("777", template=COUNT_ROOT)))


def untyped_population(root: etree._Element) -> None:
    population = one(root, NUMER)
    copy = deepcopy(population)
    for template in every(copy, "h:templateId"):
        remove(template)
    one(population, "../..").append(wrapped("component", copy))


def two_kinds(first: str, path: str = NUMER) -> Change:
    """Let the first template of an element be one of another kind."""
    return lambda root: one(root, path).insert(0, etree.fromstring(f'<templateId xmlns="{HL7}" root="{first}"/>'))


def second_value(root: etree._Element) -> None:
    count = one(root, NUMER + "/h:entryRelationship/h:observation")
    count.append(deepcopy(one(count, "h:value")))


def as_supplemental(root: etree._Element) -> None:
    """Give a second numerator the template of supplemental data."""
    untyped_population(root)
    two_kinds(SEX, NUMER.replace("[h:templateId]", "[not(h:templateId)]"))(root)


def renamed_section(root: etree._Element) -> None:
    section = one(root, "//h:component[3]/h:section")
    for template in every(section, ".//h:templateId"):
        remove(template)
    section.append(_template(ROOT + "27.2.1"))
    section.tag = f"{{{HL7}}}code"


def foreign_beside_loose(root: etree._Element) -> None:
    """A part that is held by nothing makes up for one in another namespace in the number of parts."""
    section = one(root, "//h:section")
    section.append(observation("x", code="own", kind="CD"))
    section.append(etree.fromstring('<entry xmlns="urn:x"><organizer/></entry>'))


def population_in_initial_population(path: str) -> Change:
    def change(root: etree._Element) -> None:
        initial, exclusion = (one(root, f"//h:observation[h:value/@code='{role}']") for role in ("IPOP", "DENEX"))
        inside = deepcopy(exclusion)
        for around in (initial, inside):
            for template in every(around, "h:templateId"):
                remove(template)
        one(initial, path).append(wrapped("entryRelationship", inside))

    return change


def _template(root: str) -> etree._Element:
    return etree.fromstring(f'<templateId xmlns="{HL7}" root="{root}"/>')


LOST: dict[str, tuple[Change, str]] = {
    "a count without template beside the typed one": (beside_the_count(observation("777")), "DOC033"),
    "a count with the template of supplemental data": (beside_the_count(observation("777", template=SEX)), "DOC033"),
    "a typed count beside the typed one": (beside_the_count(observation("777", template=COUNT_ROOT)), "POP006"),
    "a count before the template": (before_the_template, "DOC035"),
    "a count in an entry": (
        lambda root: one(root, "//h:section").append(wrapped("entry", observation("777", template=COUNT_ROOT))),
        "DOC035"),
    "a count in a measure": (
        lambda root: one(root, "//h:organizer").append(wrapped("component", observation("7", template=COUNT_ROOT))),
        "DOC035"),
    "a count without template in an entry": (
        lambda root: one(root, "//h:section").append(wrapped("entry", observation("777"))), "DOC033"),
    "a population without template beside the typed one": (untyped_population, "DOC033"),
    "a population that is supplemental data as well": (two_kinds(SEX), "DOC029"),
    "a population that is a stratum as well": (two_kinds(ROOT + "27.3.4"), "DOC029"),
    "a population that is a document as well": (two_kinds(ROOT + "27.1.2"), "DOC029"),
    "a document that is a measure as well": (two_kinds(ROOT + "27.3.17", "/h:ClinicalDocument"), "DOC029"),
    "a population with the template of supplemental data": (as_supplemental, "DOC033"),
    "two values in a count": (second_value, "POP020"),
    "an answer with the template of supplemental data": (
        lambda root: one(root, "//h:component[3]/h:section").append(
            wrapped("entry", observation("N", template=SEX, code="ASSERTION", kind="CD"))), "DOC033"),
    "an answer with the template of a performance period": (
        lambda root: one(root, "//h:organizer[.//h:value/@code='Y']").append(
            wrapped("component", observation("N", template=ROOT + "17.3.8", code="ASSERTION", kind="CD"))), "DOC030"),
    "an answer without template": (
        lambda root: one(root, "//h:organizer[.//h:value/@code='Y']").append(
            wrapped("component", observation("N", code="ASSERTION", kind="CD"))), "DOC033"),
    "an observation with a number that nobody knows": (
        lambda root: one(root, "//h:organizer").append(wrapped("component", observation("7", code="own"))), "DOC038"),
    "an element of another name": (
        lambda root: one(root, "//h:organizer").append(wrapped("component", _renamed(observation("7")))), "DOC033"),
    "a reference to a measure in a section": (
        lambda root: one(root, "//h:section").append(deepcopy(one(root, "//h:organizer/h:reference"))), "DOC038"),
    "a reference to a measure in a performance period": (
        lambda root: one(root, "//h:act").append(deepcopy(one(root, "//h:organizer/h:reference"))), "DOC038"),
    "an answer in another namespace directly in a measure": (
        lambda root: one(root, "//h:organizer[.//h:value/@code='Y']").append(
            etree.fromstring(f'<observation xmlns="urn:x"><templateId root="{ROOT}27.3.27"/></observation>')),
        "DOC036"),
    "a reference to a measure in a code": (
        lambda root: one(root, NUMER + "/h:code").append(deepcopy(one(root, "//h:organizer/h:reference"))), "DOC033"),
    "a value in another namespace beside the right one": (
        lambda root: one(root, NUMER + "/h:entryRelationship/h:observation").append(
            etree.fromstring('<value xmlns="urn:x" value="777"/>')), "DOC036"),
    "a value in another namespace beside an answer": (
        lambda root: one(root, "//h:observation[h:value/@code='Y']").append(
            etree.fromstring('<value xmlns="urn:x" code="N"/>')), "DOC036"),
    "a population without template inside of an initial population without template": (
        population_in_initial_population("."), "DOC033"),
    "a population without template inside of the count of an initial population without template": (
        population_in_initial_population("h:entryRelationship/h:observation"), "DOC033"),
    "a section of another name with HL7's templates": (renamed_section, "DOC038"),
    "an entry in another namespace beside a part that nothing holds": (foreign_beside_loose, "DOC036"),
    "an entry in no namespace": (
        lambda root: one(root, "//h:section").append(etree.fromstring("<island><observation/></island>")), "DOC036"),
    "an entry in another namespace": (
        lambda root: one(root, "//h:section").append(etree.fromstring('<entry xmlns="urn:x"><organizer/></entry>')),
        "DOC036"),
}  # fmt: skip


def _renamed(element: etree._Element) -> etree._Element:
    element.tag = f"{{{HL7}}}observatoin"
    return element


@pytest.mark.parametrize("name", LOST)
@pytest.mark.parametrize("year", [2018, 2021, 2025])
def test_data_that_would_be_lost_blocks(year: int, name: str) -> None:
    change, finding = LOST[name]
    result = changed(change, year)
    assert not result.ok
    found = [item for item in result.errors if item.id == finding]
    assert found, ids(result)
    assert found[0].place is not None
    assert found[0].place.line


@pytest.mark.parametrize("name", LOST)
def test_data_that_would_be_lost_is_told_once(name: str) -> None:
    change, finding = LOST[name]
    causes = [item.id for item in changed(change).errors if item.caused_by is None]
    assert causes == [finding]


def test_second_count_names_its_population_and_the_first() -> None:
    result = changed(beside_the_count(observation("777")))
    (finding,) = result.errors
    assert "(777) next to the count 153 of the NUMER population of CMS165v13 (measure 236)" in finding.message
    assert "remove the other" in finding.fix
    (finding,) = changed(before_the_template).errors
    assert "next to the count 153 of the NUMER population of CMS165v13 (measure 236)" in finding.message


KEPT: dict[str, Change] = {
    "a narrative with tables": lambda root: one(root, "//h:section").append(
        etree.fromstring('<text xmlns="http://www.w3.org/1999/xhtml"><table><tr><td>7</td></tr></table></text>')
    ),
    "an extension of CDA": lambda root: root.append(
        etree.fromstring('<x:raceCode xmlns:x="urn:hl7-org:sdtc" code="2106-3"/>')
    ),
    "a section with text alone": lambda root: one(root, "//h:structuredBody").append(
        wrapped("component", etree.fromstring(f'<section xmlns="{HL7}"><title>Notes</title></section>'))
    ),
    "an observation without number": lambda root: one(root, "//h:organizer").append(
        wrapped("component", observation("x", code="own", kind="CD"))
    ),
    "a sequence number": lambda root: one(root, "//h:organizer/h:component").insert(
        0, etree.fromstring(f'<sequenceNumber xmlns="{HL7}" value="1"/>')
    ),
}


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("year", [2018, 2025])
def test_what_holds_no_data_blocks_nothing(year: int, name: str) -> None:
    result = changed(KEPT[name], year)
    assert result.ok, ids(result)
    assert all(part.status is Status.IGNORED and part.reason for part in result.inventory.parts)


def test_no_namespace_is_read_with_a_warning() -> None:
    text = document(2025).xml()
    result = converter.convert(text.replace(f' xmlns="{HL7}"', "", 1).encode())
    assert result.ok
    assert "DOC037" in ids(result)
    assert result.to_json() == converter.convert(text.encode()).to_json()
    assert "DOC037" not in ids(converter.convert(text.encode()))
    (place,) = (item.place for item in result.findings if item.id == "DOC037")
    assert place is not None
    assert place.path == "/ClinicalDocument"


def test_supplemental_data_and_strata_are_ignored_for_their_own_reasons() -> None:
    root = document(2025, measures=("236",), supplemental=True, reporting_strata=True).bytes()
    reasons = {count.reason for count in converter.convert(root).inventory.others}
    assert reasons <= {
        "counts of supplemental data are checked but not submitted",
        "counts of reporting strata are checked but not submitted",
    }


def test_count_of_supplemental_data_without_template_is_not_shown_as_the_count() -> None:
    sex = observation("M", code="76689-9", kind="CD")
    sex.append(wrapped("entryRelationship", observation("61", template=COUNT_ROOT)))
    result = changed(beside_the_count(sex))
    (finding,) = result.errors
    assert finding.id == "POP006"
    assert "supplemental data (sex)" in finding.message
    assert len(finding.related) == 2
    report = result.report()
    rows = [row for found in report.measures(report.inventory) for row in found.rows]
    assert any(row.counts["NUMER"] == "unclear" and row.rate is None for row in rows)


# --- promoting interoperability ------------------------------------------------------------------------------------


def test_counts_of_a_measure_that_is_answered_are_named() -> None:
    def change(root: etree._Element) -> None:
        numerator = deepcopy(one(root, f"//h:observation[h:templateId/@root='{ROOT}27.3.31']"))
        one(root, f"//h:organizer[h:templateId/@root='{ROOT}27.3.29']").append(wrapped("component", numerator))

    result = changed(change)
    assert result.ok
    assert "PI012" in ids(result)
    item = next(count for count in result.inventory.counts() if "yes or no" in count.reason)
    assert (item.status, item.pointers) == (Status.IGNORED, ())
    assert "PI012" not in ids(changed(lambda _: None))


def test_answer_of_a_measure_with_counts_is_named() -> None:
    def change(root: etree._Element) -> None:
        answer = deepcopy(one(root, f"//h:observation[h:templateId/@root='{ANSWER_ROOT}']"))
        one(root, f"//h:organizer[h:templateId/@root='{ROOT}27.3.28']").append(wrapped("component", answer))

    result = changed(change)
    assert result.ok
    assert "PI013" in ids(result)
    ignored = [answer for answer in result.inventory.answers() if answer.status is Status.IGNORED]
    assert [answer.pointers for answer in ignored] == [()]
    assert "PI013" not in ids(changed(lambda _: None))


@pytest.mark.parametrize("id", ["DOC035", "DOC036", "DOC038", "POP020"])
def test_correct_document_has_none_of_it(id: str) -> None:
    assert id not in ids(changed(lambda _: None, supplemental=True))


def test_template_that_an_element_cannot_have_is_named() -> None:
    rate = ROOT + "27.3.25"
    result = changed(lambda root: one(root, "//h:organizer").append(_template(rate)))
    (finding,) = (item for item in result.errors if item.id == "DOC029")
    assert rate in finding.fix
    assert "performance rate" in finding.fix
    assert ROOT + "27.3.17" not in finding.fix


def test_finding_about_a_template_is_placed_at_it() -> None:
    text = document(2025, measures=("236",)).xml().replace(f'root="{ROOT}27.3.5"', 'root="no OID"', 1)
    (finding,) = (item for item in converter.check(text.encode()).findings if item.id == "IG007")
    assert finding.place is not None
    assert finding.place.path.rpartition("/")[2].partition("[")[0] == "templateId"
    assert finding.place.excerpt.startswith("<templateId")
    assert text.splitlines()[(finding.place.line or 0) - 1].strip().startswith('<templateId root="no OID"')
