"""A table of documents with what is to be found in them: for every finding about a document, failing and passing ones.

Each row is a correct document of a year and program with one small change. A failing row names the finding, its
official code, the short path of its place and everything else that is found; a passing row stands as near as possible
to a failing one and must not give the finding. Nothing may be found that a row does not name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.documents import (
    GUID_ROOT,
    NPI,
    PROGRAM_ROOT,
    TIN,
    Doc,
    Id,
    Measure,
    PiMeasure,
    Population,
    Rate,
    activity,
    add_supplemental,
    answer,
    count,
    document,
    drop,
    measure_facts,
    one,
    pi_answer,
    pi_proportion,
    quality_measure,
    replace_once,
    templates,
)

Change: TypeAlias = Callable[[Doc], object]
Edit: TypeAlias = Callable[[str], str | bytes]

ROOT = "/ClinicalDocument"
QUALITY = ROOT + "/component/structuredBody/component[1]/section"
PI = ROOT + "/component/structuredBody/component[2]/section"
IA = ROOT + "/component/structuredBody/component[3]/section"
PERIOD = "/entry[1]/act"
MEASURE = QUALITY + "/entry[2]/organizer"
FIRST_RATE = MEASURE + "/component[1]/observation"
IPOP, DENOM, DENEX, NUMER = (f"{MEASURE}/component[{number}]/observation" for number in (2, 3, 4, 5))
COUNT = "/entryRelationship/observation"
PROPORTION = PI + "/entry[2]/organizer"
PI_NUMERATOR = PROPORTION + "/component[1]/observation"
PI_DENOMINATOR = PROPORTION + "/component[2]/observation"
PERFORMED = PI + "/entry[3]/organizer"
ACTIVITY = IA + "/entry[2]/organizer"
PERFORMER = ROOT + "/documentationOf/serviceEvent/performer"
CLINICIAN = PERFORMER + "/assignedEntity/id"
RECIPIENT = ROOT + "/informationRecipient/intendedRecipient/id"
PRACTICE = PERFORMER + "/assignedEntity/representedOrganization/id"

CMS_TEMPLATE = "20.27.1.2"
CATEGORY_TEMPLATE = "20.27.2.1"
QUALITY_TEMPLATE = "20.27.2.3"
UNKNOWN_GUID = "40280382-0000-4000-8000-00000000cafe"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A document, and what is found in it.

    Attributes:
        finding: id of the finding that the row is about.
        what: the change, in words.
        year: performance year of the correct document.
        program: its program name.
        change: the change on the tree.
        edit: the change on the text.
        also: ids of everything else that is found, parted by blanks.
        asserted: the year that the document is said to be of.
        options: what else `document` is given.
        fails: whether the finding is expected.
        code: its official code.
        path: short path of its place; of the first, where there are several.
        times: how often it is given.
    """

    finding: str
    what: str
    year: int
    program: str = "MIPS_GROUP"
    change: Change = lambda _: None
    edit: Edit = lambda text: text
    also: str = ""
    asserted: int | None = None
    options: dict[str, Any] = field(default_factory=dict)
    fails: bool = False
    code: int | None = None
    path: str = ""
    times: int = 1

    def __str__(self) -> str:
        return f"{self.finding} {self.what} {self.year}"

    @property
    def ids(self) -> set[str]:
        """Ids of all that is found."""
        return {*self.also.split(), *([self.finding] if self.fails else ())}

    def base(self) -> Doc:
        """The document before the change."""
        return document(self.year, self.program, **self.options)

    def data(self, program: str | None = None) -> bytes:
        """The document with the change, perhaps of another program."""
        doc = document(self.year, program or self.program, **self.options)
        self.change(doc)
        text = self.edit(doc.xml())
        return text if isinstance(text, bytes) else text.encode()


def fails(  # noqa: PLR0917 - a row of the table
    finding: str, code: int | None, path: str, what: str, year: int, program: str, change: Change, **others: Any
) -> Case:
    """Return a row that expects a finding."""
    return _case(finding, what, year, program, change, others, fails=True, code=code, path=path)


def passes(finding: str, what: str, year: int, program: str, change: Change, **others: Any) -> Case:
    """Return a row that must not give a finding."""
    return _case(finding, what, year, program, change, others)


def text_fails(finding: str, code: int | None, path: str, what: str, year: int, edit: Edit, **others: Any) -> Case:
    """Return a row that expects a finding after a change of the text."""
    return _case(finding, what, year, "MIPS_GROUP", same, others, edit=edit, fails=True, code=code, path=path)


def text_passes(finding: str, what: str, year: int, edit: Edit, **others: Any) -> Case:
    """Return a row that must not give a finding after a change of the text."""
    return _case(finding, what, year, "MIPS_GROUP", same, others, edit=edit)


def _case(finding: str, what: str, year: int, program: str, change: Change, others: dict[str, Any], **own: Any) -> Case:
    known = {key: others.pop(key) for key in ("also", "asserted", "times", "edit") if key in others}
    return Case(finding=finding, what=what, year=year, program=program, change=change, options=others, **known, **own)


# --- small changes -----------------------------------------------------------------------------------------------


def same(doc: Doc) -> None:
    """Leave a document as it is."""


def put(target: object, **values: object) -> None:
    """Set attributes that an object has."""
    for name, value in values.items():
        assert hasattr(target, name), f"{type(target).__name__} has no {name}"
        setattr(target, name, value)


def small(target: Population | Rate) -> None:
    """Write the id of a population or rate in small letters."""
    target.id = str(target.id).lower()


def capital(target: Population | Rate) -> None:
    """Write the id of a population or rate in capital letters."""
    target.id = str(target.id).upper()


def capital_guid(doc: Doc) -> None:
    """Write the GUID of the first quality measure in capital letters."""
    measure(doc).guid = str(measure(doc).guid).upper()


def again(items: list[Any], number: int = 0) -> None:
    """Repeat an item at the end of its list."""
    items.append(items[number])


def measure(doc: Doc) -> Measure:
    """Return the first quality measure."""
    return doc.measures[0]


def population(doc: Doc, role: str, index: int = 0) -> Population:
    """Return a population of the first quality measure."""
    return measure(doc).population(role, index)


def counts(doc: Doc, index: int = 0, **numbers: int | str | None) -> None:
    """Change counts of the first quality measure and leave its rates alone."""
    for role, number in numbers.items():
        population(doc, role, index).count = number


def rate(doc: Doc, value: str | None, null_flavor: str | None = None) -> None:
    """Change the first performance rate."""
    put(measure(doc).rates[0], value=value, null_flavor=null_flavor)


def add_population(doc: Doc, role: str, root: str, number: int = 5) -> None:
    """Add a population that the first quality measure does not have."""
    known = templates(doc.year, "measure_data", "measure_data_cms")
    measure(doc).populations.append(Population([role], [Id(root)], [count(doc.year, number)], known))


def remove_population(doc: Doc, role: str) -> None:
    """Remove a population of the first quality measure."""
    measure(doc).populations.remove(population(doc, role))


def proportion(doc: Doc) -> PiMeasure:
    """Return the promoting interoperability measure with counts."""
    return doc.pi_measure("PI_EP_1")


def answered(doc: Doc) -> PiMeasure:
    """Return the promoting interoperability measure that is answered with yes or no."""
    return doc.pi_measure("PI_PPHI_1")


def dated(doc: Doc, category: str, year: int) -> None:
    """Let a section report another year."""
    put(doc.section(category).period, start=f"{year}0101", end=f"{year}1231")


def version_of(doc: Doc, year: int) -> None:
    """Give the first quality measure the GUID of another year."""
    measure(doc).guid = measure_facts(year, measure(doc).measure_id)["guid"]


def guid(text: str) -> Change:
    """Write a text in place of the GUID of the first quality measure."""
    return lambda doc: put(measure(doc), guid=text)


def versions_of(year: int, *names: str) -> Change:
    """Give measures the GUIDs of another year."""

    def change(doc: Doc) -> None:
        for name in names:
            doc.measure(name).guid = measure_facts(year, name)["guid"]

    return change


def ids_of(name: str, number: int) -> Change:
    """Give the first populations of the first quality measure the ids of another measure."""

    def change(doc: Doc) -> None:
        others = measure_facts(doc.year, name)["strata"][0]["populations"]
        for item in measure(doc).populations[:number]:
            item.id = others[item.role]

    return change


def unknown_ids(doc: Doc) -> None:
    """Give all populations of the first quality measure ids that are none."""
    for item in measure(doc).populations:
        item.id = UNKNOWN_GUID


def swap_ids(doc: Doc, first: str, second: str, index: int = 0) -> None:
    """Swap the ids of two populations of the first quality measure."""
    here, there = population(doc, first, index), population(doc, second, index)
    here.id, there.id = there.id, here.id


def lose_template(doc: Doc, role: str) -> None:
    """Remove the template by which a population is found."""
    drop(population(doc, role).templates, "27.3.16")


def npi(text: str) -> Change:
    """Write an NPI."""
    return lambda doc: put(doc.performers[0].ids[0], extension=text, null_flavor=None)


def tin(text: str) -> Change:
    """Write a TIN."""
    return lambda doc: put(organization_ids(doc)[0], extension=text, null_flavor=None)


def supplemental(doc: Doc, number: str | None) -> None:
    """Add supplemental data to the denominator and change one of its counts."""
    add_supplemental(doc, population(doc, "DENOM"))
    population(doc, "DENOM").details[0].counts[0].value = number


def organization_ids(doc: Doc) -> list[Id]:
    """Return the ids of the organization: TIN and entity id."""
    return doc.performers[0].organization_ids


def template(doc: Doc, name: str) -> Id:
    """Return a template of the document's year by its name in the profile."""
    (found,) = templates(doc.year, name)
    return found


def _swap(old: str, new: str) -> Edit:
    return lambda text: replace_once(text, old, new)


def _swap_two(old: str, new: str, other: str, its_new: str) -> Callable[[str], str]:
    return lambda text: replace_once(replace_once(text, old, new), other, its_new)


def both(first: Change, second: Change) -> Change:
    """Make two changes."""
    return lambda doc: (first(doc), second(doc))


def start(text: str) -> Change:
    """Write the start of the quality section's period."""
    return lambda doc: put(doc.quality.period, start=text)


def numerator(text: str) -> Change:
    """Write the numerator count of the first quality measure."""
    return lambda doc: counts(doc, NUMER=text)


def rate_value(text: str) -> Change:
    """Write the first performance rate."""
    return lambda doc: rate(doc, text)


def pi_denominator(text: str) -> Change:
    """Write the denominator of the promoting interoperability measure with counts."""
    return lambda doc: put(proportion(doc).denominators[0], count=text)


def answers(codes: list[str]) -> Change:
    """Answer the promoting interoperability measure."""
    return lambda doc: put(answered(doc).answers[0], codes=codes)


def activity_answers(codes: list[str]) -> Change:
    """Answer the improvement activity."""
    return lambda doc: put(doc.activity("IA_BE_4").answers[0], codes=codes)


def _nested(depth: int) -> Edit:
    """The document with elements nested as deep as said, the root being the first level."""
    inside = depth - len(("ClinicalDocument", "title"))
    return _swap("Program report", "<content>" * inside + "</content>" * inside)


# --- the file ----------------------------------------------------------------------------------------------------

FILE = (
    text_fails("XML001", 2, "", "no byte", 2025, lambda _: b""),
    text_fails("XML001", 2, "", "blanks and line ends", 2019, lambda _: b" \r\n\t\n" * 500),
    text_fails("XML001", 2, "", "a byte order mark alone", 2018, lambda _: b"\xef\xbb\xbf"),
    text_fails("XML001", 2, "", "a byte order mark of UTF-16 alone", 2018, lambda _: b"\xff\xfe"),
    text_passes("XML001", "a byte order mark before the document", 2018, lambda text: b"\xef\xbb\xbf" + text.encode()),
    text_fails("XML002", 2, "", "an end tag of another name", 2025, _swap("</custodian>", "</custodians>")),
    text_fails("XML002", 2, "", "a bare ampersand", 2023, _swap("Program report", "Program & report")),
    text_fails("XML002", 2, "", "a second root", 2020, lambda text: text + "<ClinicalDocument></ClinicalDocument>"),
    text_fails("XML002", 2, "", "words after the root", 2024, lambda text: text + "end of report"),
    text_passes("XML002", "an ampersand as it should be", 2023, _swap("Program report", "Program &amp; report")),
    text_passes("XML002", "a comment after the root", 2020, lambda text: text + "<!-- <ClinicalDocument> -->\n"),
    text_fails("XML003", 2, "", "a document type", 2025, _swap("?>\n", "?>\n<!DOCTYPE ClinicalDocument>\n")),
    text_fails("XML003", 2, "", "a document type with entities after a comment", 2018,
               _swap("?>\n", '?>\n<!-- export --><!DOCTYPE ClinicalDocument [<!ENTITY a "b">]>\n')),
    text_passes("XML003", "the word in a comment", 2025, _swap("?>\n", "?>\n<!-- <!DOCTYPE html> -->\n")),
    text_passes("XML003", "the word in text", 2018, _swap("Program report", "<![CDATA[<!DOCTYPE html>]]>")),
    text_fails("XML004", 2, "", "Latin-1 bytes said to be UTF-8", 2025,
               lambda text: replace_once(text, "Program report", "Programme, année").encode("latin-1")),
    text_fails("XML004", 2, "", "an encoding that is none", 2023, _swap('"UTF-8"', '"UTF-88"')),
    text_passes("XML004", "Latin-1 bytes said to be Latin-1", 2025,
                lambda text: _swap_two("Program report", "année", "UTF-8", "ISO-8859-1")(text).encode("latin-1")),
    text_fails("XML005", 2, "", "cut between two elements", 2025, lambda text: text[: text.index("<custodian>")]),
    text_fails("XML005", 2, "", "cut in a tag", 2021, lambda text: text[: text.index('moodCode="EVN"') + 3]),
    text_fails("XML005", 2, "", "cut in an attribute", 2024, lambda text: text[: text.index('"EVN"') + 2]),
    text_fails("XML005", 2, "", "the last end tag is missing", 2019, _swap("</ClinicalDocument>\n", "")),
    text_passes("XML005", "no line end after the last tag", 2019, str.strip),
    text_fails("XML006", 2, "", "a PDF document", 2025, lambda _: b"%PDF-1.7\n%\xe2\xe3\n"),
    text_fails("XML006", 2, "", "a zip archive", 2025, lambda _: b"PK\x03\x04\x14\0\0\0"),
    text_fails("XML006", 2, "", "JSON", 2025, lambda _: b'{"performanceYear":2025}'),
    text_fails("XML006", 2, "", "a web page", 2025, lambda _: b"<!DOCTYPE html><html><body>Sign in</body></html>"),
    text_fails("XML006", 2, "", "a table", 2025, lambda _: b"NPI,measure,met\n1,236,5\n2,236,6\n"),
    text_passes("XML006", "no XML declaration, but blanks", 2025, lambda text: "\n  " + text.partition("\n")[2]),
    text_fails("XML008", None, "", "201 levels", 2024, _nested(201)),
    text_fails("XML008", None, "", "1000 levels", 2024, _nested(1000)),
    text_passes("XML008", "200 levels", 2024, _nested(200)),
    text_fails("XML013", None, "", "a long name", 2025, _swap("Program report", f"<{'b' * 60_000}/>")),
    text_fails("XML013", None, "", "a long text", 2025, _swap("Program report", "x" * 11_000_000)),
    text_passes("XML013", "a name that is not too long", 2025, _swap("Program report", f"<{'b' * 40_000}/>")),
)  # fmt: skip

# --- the document ------------------------------------------------------------------------------------------------

DOCUMENT = (
    text_fails("DOC001", 5, ROOT, "no namespace and nothing else", 2025, lambda _: "<ClinicalDocument/>"),
    text_passes("DOC001", "no namespace", 2025, _swap(' xmlns="urn:hl7-org:v3"', ""), also="DOC037"),
    text_fails("DOC001", 5, ROOT, "another namespace", 2018, _swap("urn:hl7-org:v3", "urn:hl7-org:v2")),
    text_fails("DOC001", 5, "/Report", "another root", 2022,
               _swap_two("<ClinicalDocument ", "<Report ", "</ClinicalDocument>", "</Report>")),
    fails("DOC001", 5, ROOT, "the template of QRDA Category I", 2024, "MIPS_INDIV",
          lambda doc: put(doc, templates=[Id("2.16.840.1.113883.10.20.24.1.2", "2021-08-01")])),
    fails("DOC001", 5, ROOT, "the templates of a C-CDA document", 2024, "MIPS_INDIV",
          lambda doc: put(doc, templates=[Id("2.16.840.1.113883.10.20.22.1.1", "2015-08-01")])),
    passes("DOC001", "the US realm header beside the CMS template", 2024, "MIPS_INDIV",
           lambda doc: doc.templates.append(Id("2.16.840.1.113883.10.20.22.1.1", "2015-08-01"))),
    text_passes("DOC001", "a prefix for the namespace", 2023, lambda _: document(2023).xml(prefix="cda")),
    fails("DOC002", 5, ROOT, "no CMS template", 2025, "APP_PLUS_GROUP", lambda doc: drop(doc.templates, CMS_TEMPLATE)),
    fails("DOC002", 5, ROOT, "no template at all", 2018, "MIPS_GROUP", lambda doc: doc.templates.clear()),
    passes("DOC002", "the CMS template alone", 2018, "MIPS_GROUP", lambda doc: doc.templates.pop(0)),
    fails("DOC003", 5, ROOT, "a document of 2024 with the template of 2025", 2024, "MIPS_GROUP",
          lambda doc: put(one(doc.templates, CMS_TEMPLATE), extension="2024-12-01")),
    fails("DOC003", 5, ROOT, "sent for another year", 2025, "MIPS_APP1_GROUP", same, asserted=2024),
    passes("DOC003", "sent for its year", 2025, "MIPS_APP1_GROUP", same, asserted=2025),
    passes("DOC003", "sent for the other year of its template", 2017, "MIPS_GROUP", same, asserted=2018,
           also="DOC026 DOC027 SUB021 SUB047", measures=()),
    passes("DOC003", "measures of another year only", 2025, "MIPS_GROUP", lambda doc: version_of(doc, 2024),
           also="GUID002"),
    fails("DOC004", 5, ROOT, "an extension of no year", 2025, "MIPS_GROUP",
          lambda doc: put(one(doc.templates, CMS_TEMPLATE), extension="2016-11-01")),
    fails("DOC004", 5, ROOT, "an extension that was replaced", 2025, "MIPS_GROUP",
          lambda doc: put(one(doc.templates, CMS_TEMPLATE), extension="2024-07-01")),
    fails("DOC004", 5, ROOT, "no extension", 2020, "MIPSAPM",
          lambda doc: put(one(doc.templates, CMS_TEMPLATE), extension=None)),
    passes("DOC004", "an unknown extension of another template", 2020, "MIPSAPM",
           lambda doc: put(doc.templates[0], extension="2016-11-01")),
    fails("DOC005", 24, ROOT, "no recipient", 2025, "MIPS_GROUP", lambda doc: doc.recipients.clear()),
    fails("DOC005", 24, ROOT, "a recipient without name", 2018, "MIPS_INDIV", lambda doc: put(doc, program=None)),
    fails("DOC005", 24, ROOT, "a name under another root", 2021, "MIPS_APP1_INDIV",
          lambda doc: put(doc.recipients[0], root="2.16.840.1.113883.3.249")),
    passes("DOC005", "a second recipient under another root", 2021, "MIPS_APP1_INDIV",
           lambda doc: doc.recipients.insert(0, Id("2.16.840.1.113883.3.249", "CMS"))),
    fails("DOC006", 24, ROOT, "two programs", 2025, "MIPS_GROUP",
          lambda doc: doc.recipients.append(Id(PROGRAM_ROOT, "APP_PLUS_GROUP"))),
    fails("DOC006", 24, ROOT, "one program twice", 2019, "MIPS_INDIV", lambda doc: again(doc.recipients)),
    passes("DOC006", "a second id without name", 2019, "MIPS_INDIV",
           lambda doc: doc.recipients.append(Id(PROGRAM_ROOT))),
    fails("DOC007", 25, ROOT, "a name that is none", 2025, "MIPS_GRUOP", same),
    fails("DOC007", 25, ROOT, "an empty name", 2018, "MIPS_GROUP", lambda doc: put(doc, program="")),
    fails("DOC007", 25, ROOT, "a blank in the name", 2023, "MIPS_GROUP", lambda doc: put(doc, program="MIPS GROUP")),
    passes("DOC007", "small letters", 2025, "MIPS_INDIV", lambda doc: put(doc, program="mips_indiv")),
    passes("DOC007", "mixed letters", 2026, "APP_PLUS_GROUP", lambda doc: put(doc, program="App_Plus_Group"),
           also="DOC028"),
    fails("DOC008", 25, ROOT, "APP Plus a year early", 2024, "APP_PLUS_GROUP", same),
    fails("DOC008", 25, ROOT, "APP a year early", 2020, "MIPS_APP1_GROUP", same),
    fails("DOC008", 25, ROOT, "Primary Care First after its end", 2026, "PCF", same, also="DOC028"),
    fails("DOC008", 25, ROOT, "a program that the converter never took", 2025, "MCP_STANDARD", same),
    fails("DOC008", 25, ROOT, "small letters", 2026, "MIPSAPM", lambda doc: put(doc, program="mipsapm"), also="DOC028"),
    fails("DOC008", 25, ROOT, "a virtual group a year early", 2017, "MIPS_VIRTUALGROUP", same),
    passes("DOC008", "APP Plus in its first year", 2025, "APP_PLUS_GROUP", same),
    passes("DOC008", "APP in its first year", 2021, "MIPS_APP1_GROUP", same),
    passes("DOC008", "MIPSAPM in its one year", 2020, "MIPSAPM", same),
    passes("DOC008", "MIPS in the years before it was listed", 2018, "MIPS", same, also="DOC052"),
    passes("DOC008", "MIPS in the first year", 2017, "MIPS_INDIV", lambda doc: put(doc, program="mips"),
           also="DOC052"),
    fails("DOC009", None, ROOT, "CPC+ in its first year", 2017, "CPCPLUS", same),
    passes("DOC009", "CPC+ in its second year", 2018, "CPCPLUS", same, also="SITE018 SITE019 SITE023 SITE024"),
    passes("DOC009", "Primary Care First", 2024, "PCF", same, also="SITE018 SITE019 SITE025"),
    passes("DOC009", "an APM entity of MIPS", 2024, "MIPS_APMENTITY", same),
    fails("DOC010", 23, ROOT, "no section", 2022, "MIPS_APP1_APMENTITY", lambda doc: doc.sections.clear()),
    passes("DOC010", "improvement activities alone", 2022, "MIPS_GROUP", same, measures=(), pi=False),
    fails("DOC011", 26, ROOT, "twice", 2023, "MIPS_SUBGROUP", lambda doc: doc.sections.append(doc.pi)),
    fails("DOC012", 27, ROOT, "twice", 2019, "MIPS_GROUP", lambda doc: doc.sections.append(doc.ia)),
    fails("DOC013", 27, ROOT, "twice", 2025, "APP_PLUS_INDIV", lambda doc: doc.sections.append(doc.quality)),
    passes("DOC011", "once, as the first", 2023, "MIPS_SUBGROUP", lambda doc: doc.sections.reverse()),
    passes("DOC012", "two activities in one section", 2019, "MIPS_GROUP", same, ia=("IA_BE_4", "IA_EPA_1")),
    passes("DOC013", "two measures in one section", 2025, "APP_PLUS_INDIV", same, measures=("236", "134")),
    fails("DOC014", 78, ROOT, "no virtual group id", 2018, "MIPS_VIRTUALGROUP",
          lambda doc: organization_ids(doc).pop(), also="SUB026"),
    fails("DOC014", 78, ROOT, "an empty virtual group id", 2026, "MIPS_VIRTUALGROUP",
          lambda doc: put(organization_ids(doc)[-1], extension=""), also="DOC028 SUB026"),
    passes("DOC014", "a group needs none", 2018, "MIPS_GROUP", same),
    passes("DOC014", "the ids in another order", 2026, "MIPS_VIRTUALGROUP", lambda doc: organization_ids(doc).reverse(),
           also="DOC028 SUB026"),
    fails("DOC015", 32, QUALITY, "no period", 2018, "MIPS_GROUP", lambda doc: doc.quality.periods.clear()),
    fails("DOC015", 32, QUALITY, "two periods", 2025, "MIPS_APP1_GROUP", lambda doc: again(doc.quality.periods)),
    fails("DOC016", 22, PI, "no period", 2024, "MIPS_GROUP", lambda doc: doc.pi.periods.clear()),
    fails("DOC016", 22, PI, "two periods", 2019, "MIPS_GROUP", lambda doc: again(doc.pi.periods)),
    fails("DOC017", 44, IA, "no period", 2021, "MIPS_GROUP", lambda doc: doc.ia.periods.clear()),
    fails("DOC017", 44, IA, "two periods", 2025, "MIPS_GROUP", lambda doc: again(doc.ia.periods)),
    passes("DOC015", "a period of half a year", 2018, "MIPS_GROUP",
           lambda doc: put(doc.quality.period, end="20180630"), also="SUB034"),
    passes("DOC016", "a period of one day", 2019, "MIPS_GROUP", lambda doc: put(doc.pi.period, end="20190401"),
           also="SUB035"),
    passes("DOC017", "an end before the start", 2021, "MIPS_GROUP", lambda doc: put(doc.ia.period, end="20210401"),
           also="SUB032"),
    fails("DOC018", 29, QUALITY + PERIOD, "no start", 2018, "MIPS_GROUP",
          lambda doc: put(doc.quality.period, starts=[])),
    fails("DOC018", 29, PI + PERIOD, "a start without value", 2022, "MIPS_GROUP",
          lambda doc: put(doc.pi.period, start=None), also="SUB061"),
    fails("DOC018", 29, IA + PERIOD, "two starts", 2025, "MIPS_GROUP", lambda doc: again(doc.ia.period.starts)),
    fails("DOC018", 29, QUALITY + PERIOD, "no time at all", 2025, "APP_PLUS_GROUP",
          lambda doc: put(doc.quality.period, starts=[], ends=[])),
    passes("DOC018", "a second start without value", 2025, "MIPS_GROUP", lambda doc: doc.ia.period.starts.append(None)),
    fails("DOC019", 30, QUALITY + PERIOD, "no end", 2018, "MIPS_GROUP", lambda doc: put(doc.quality.period, ends=[])),
    fails("DOC019", 30, PI + PERIOD, "an end without value", 2022, "MIPS_GROUP",
          lambda doc: put(doc.pi.period, end=None), also="SUB061"),
    fails("DOC019", 30, IA + PERIOD, "two ends", 2025, "MIPS_GROUP", lambda doc: again(doc.ia.period.ends)),
    passes("DOC019", "a second end without value", 2025, "MIPS_GROUP", lambda doc: doc.ia.period.ends.append(None)),
    *(
        fails("DOC020", 69, QUALITY + PERIOD, f"the date {text!r}", year, "MIPS_GROUP", start(text),
              also="SUB061" if year == 2022 else "")
        for year, text in (
            (2018, "01/01/2018"), (2019, "1/1/2019"), (2020, "2020"), (2021, "202101"), (2022, "20220230"),
            (2023, "1 January 2023"), (2024, ""), (2025, "2025-1-1"), (2025, "202501011"), (2025, "2025-01/01"),
        )
    ),
    fails("DOC020", 69, PI + PERIOD, "an end that is no date", 2025, "MIPS_GROUP",
          lambda doc: put(doc.pi.period, end="soon")),
    *(
        passes("DOC020", f"the date {text!r}", 2025, "MIPS_GROUP", start(text))
        for text in (
            "2025-01-01", "2025/01/01", "20250101120000-0500", "20250101120000", "2025-01-01T00:00:00", "202501010000",
            " 20250101 ",
        )
    ),
    passes("DOC020", "a day within the year", 2025, "MIPS_GROUP", start("20250131"), also="SUB034"),
    passes("DOC020", "a leap day", 2024, "MIPS_GROUP", start("20240229"), also="SUB034"),
    fails("DOC021", 81, QUALITY, "no measure", 2019, "MIPS_GROUP", lambda doc: doc.quality.entries.clear()),
    fails("DOC021", 81, QUALITY, "no measure", 2026, "APP_PLUS_APMENTITY", lambda doc: doc.quality.entries.clear()),
    passes("DOC021", "no section instead of an empty one", 2019, "MIPS_GROUP",
           lambda doc: doc.sections.remove(doc.quality)),
    fails("DOC022", None, QUALITY, "no quality measure", 2018, "MIPS_GROUP", lambda doc: doc.quality.entries.clear()),
    fails("DOC022", None, PI, "no promoting interoperability measure", 2024, "MIPS_APP1_INDIV",
          lambda doc: doc.pi.entries.clear()),
    passes("DOC022", "one measure left", 2024, "MIPS_APP1_INDIV", lambda doc: doc.pi.entries.pop()),
    fails("DOC023", 95, QUALITY, "missing", 2019, "MIPS_GROUP",
          lambda doc: drop(doc.quality.templates, CATEGORY_TEMPLATE)),
    fails("DOC023", 95, QUALITY, "twice", 2022, "MIPS_APP1_GROUP",
          lambda doc: doc.quality.templates.append(one(doc.quality.templates, CATEGORY_TEMPLATE)), also="SUB061"),
    fails("DOC023", 95, QUALITY, "of another year", 2025, "APP_PLUS_GROUP",
          lambda doc: put(one(doc.quality.templates, CATEGORY_TEMPLATE), extension="2017-06-01")),
    fails("DOC023", 95, QUALITY, "without extension", 2024, "MIPS_GROUP",
          lambda doc: put(one(doc.quality.templates, CATEGORY_TEMPLATE), extension=None)),
    passes("DOC023", "missing before it was asked for", 2018, "MIPS_GROUP",
           lambda doc: drop(doc.quality.templates, CATEGORY_TEMPLATE)),
    passes("DOC023", "in another order", 2025, "APP_PLUS_GROUP", lambda doc: doc.quality.templates.reverse()),
    fails("DOC024", 45, IA, "a quality measure", 2021, "MIPS_GROUP",
          lambda doc: doc.ia.entries.append(quality_measure(2021, "112"))),
    fails("DOC024", 45, IA, "a measure with counts", 2023, "MIPS_GROUP",
          lambda doc: doc.ia.entries.append(pi_proportion(2023, "PI_PEA_1")), also="PI005"),
    fails("DOC024", 45, IA, "a measure answered with yes or no", 2025, "MIPS_GROUP",
          lambda doc: doc.ia.entries.append(pi_answer(2025, "PI_INFBLO_1"))),
    passes("DOC024", "a second activity", 2021, "MIPS_GROUP",
           lambda doc: doc.ia.entries.append(activity(2021, "IA_EPA_1"))),
    fails("DOC025", 43, IA, "no activity", 2018, "MIPS_GROUP", lambda doc: doc.ia.entries.clear()),
    fails("DOC025", 43, IA, "no activity", 2025, "MIPS_SUBGROUP", lambda doc: doc.ia.entries.clear()),
    passes("DOC025", "an activity answered with no", 2025, "MIPS_SUBGROUP",
           lambda doc: put(doc.activity("IA_BE_4").answers[0], code="N"), also="SUB079"),
    fails("DOC026", None, QUALITY + PERIOD, "the first section is of the year before", 2025, "MIPS_GROUP",
          lambda doc: dated(doc, "quality", 2024), also="SUB029 SUB033"),
    fails("DOC026", None, QUALITY + PERIOD, "two sections are of the year before", 2025, "MIPS_GROUP",
          both(lambda doc: dated(doc, "quality", 2024), lambda doc: dated(doc, "pi", 2024)),
          also="DOC027 SUB029 SUB033"),
    passes("DOC026", "the second section is of the year before", 2025, "MIPS_GROUP", lambda doc: dated(doc, "pi", 2024),
           also="DOC027 SUB033"),
    fails("DOC027", None, IA + PERIOD, "the last section is of the year after", 2023, "MIPS_GROUP",
          lambda doc: dated(doc, "ia", 2024), also="SUB033"),
    passes("DOC027", "an end in the year after", 2023, "MIPS_GROUP", lambda doc: put(doc.ia.period, end="20240131"),
           also="SUB033"),
    fails("DOC045", None, QUALITY + PERIOD + "/effectiveTime/low", "the first section is of the year 1", 2025,
          "MIPS_GROUP", lambda doc: put(doc.quality.period, start="00010101"), also="SUB033"),
    fails("DOC045", None, QUALITY + PERIOD + "/effectiveTime/low", "the first section is of the year 9999", 2025,
          "MIPS_GROUP", lambda doc: dated(doc, "quality", 9999), also="SUB033"),
    passes("DOC045", "the first section is of another year that there is", 2025, "MIPS_GROUP",
           lambda doc: dated(doc, "quality", 2024), also="DOC026 SUB029 SUB033"),
    fails("DOC028", None, ROOT, "a year without final identifiers", 2026, "MIPS_APP1_GROUP", same),
    passes("DOC028", "nothing of it concerns measures", 2026, "MIPS_GROUP", same, measures=()),
    passes("DOC028", "a year with final identifiers", 2025, "MIPS_APP1_GROUP", same),
    fails("DOC029", None, QUALITY, "a section of two categories", 2025, "APP_PLUS_GROUP",
          lambda doc: doc.quality.templates.append(template(doc, "pi_section"))),
    fails("DOC029", None, PROPORTION, "a measure with counts and answered", 2018, "MIPS_GROUP",
          lambda doc: proportion(doc).templates.append(template(doc, "pi_measure_performed"))),
    passes("DOC029", "a template twice", 2025, "APP_PLUS_GROUP",
           lambda doc: doc.quality.templates.append(one(doc.quality.templates, QUALITY_TEMPLATE))),
    passes("DOC029", "two templates of one kind", 2019, "MIPS_GROUP", same),
    fails("DOC030", None, MEASURE, "a quality section without its template", 2025, "APP_PLUS_GROUP",
          lambda doc: drop(doc.quality.templates, QUALITY_TEMPLATE), also="DOC033", times=6),
    fails("DOC030", None, PROPORTION, "a measure in a section without template", 2020, "MIPS_GROUP",
          both(lambda doc: doc.pi.templates.clear(), lambda doc: doc.pi.entries.pop()), also="DOC033", times=3),
    fails("DOC030", None, FIRST_RATE, "the rate and the populations of a measure without template", 2023, "MIPS_GROUP",
          lambda doc: drop(measure(doc).templates, "27.3.17"), also="DOC021 DOC033", times=5),
    passes("DOC030", "counts of supplemental data", 2025, "APP_PLUS_GROUP", lambda doc: supplemental(doc, "4")),
    fails("DOC031", None, PI + "/entry[4]/organizer", "an activity among the measures", 2023, "MIPS_GROUP",
          lambda doc: doc.pi.entries.append(activity(2023, "IA_EPA_1"))),
    fails("DOC031", None, PI + "/entry[4]/organizer", "a quality measure among the others", 2025, "APP_PLUS_GROUP",
          lambda doc: doc.pi.entries.append(quality_measure(2025, "134"))),
    fails("DOC031", None, QUALITY + "/entry[3]/organizer", "a measure answered with yes or no", 2018, "MIPS_GROUP",
          lambda doc: doc.quality.entries.append(pi_answer(2018, "PI_INFBLO_1"))),
    passes("DOC031", "a measure in its own section", 2023, "MIPS_GROUP",
           lambda doc: doc.pi.entries.append(pi_answer(2023, "PI_INFBLO_1"))),
    fails("DOC033", None, DENOM, "a population", 2025, "APP_PLUS_GROUP", lambda doc: lose_template(doc, "DENOM"),
          also="POP001 POP002"),
    fails("DOC033", None, NUMER + COUNT, "a count", 2021, "MIPS_APP1_GROUP",
          lambda doc: population(doc, "NUMER").counts[0].templates.clear(), also="POP006"),
    fails("DOC033", None, QUALITY + PERIOD, "a performance period", 2018, "MIPS_GROUP",
          lambda doc: doc.quality.period.templates.clear(), also="DOC015"),
    fails("DOC033", None, ACTIVITY, "the only activity", 2023, "MIPS_GROUP",
          lambda doc: drop(doc.activity("IA_BE_4").templates, "27.3.33"), also="DOC025 DOC030"),
    passes("DOC033", "the population is not there", 2025, "APP_PLUS_GROUP",
           lambda doc: remove_population(doc, "DENOM"), also="POP001 POP002"),
    passes("DOC033", "the count is not there", 2021, "MIPS_APP1_GROUP",
           lambda doc: population(doc, "NUMER").counts.clear(), also="POP006"),
    passes("DOC033", "the period is not there", 2018, "MIPS_GROUP", lambda doc: doc.quality.periods.clear(),
           also="DOC015"),
    fails("DOC034", None, FIRST_RATE, "a performance rate", 2025, "APP_PLUS_GROUP",
          lambda doc: drop(measure(doc).rates[0].templates, "27.3.25")),
    fails("DOC034", None, IPOP, "an initial population", 2018, "MIPS_GROUP", lambda doc: lose_template(doc, "IPOP"),
          also="POP015"),
    fails("DOC034", None, MEASURE + "/component[6]/observation", "a numerator exclusion", 2024, "MIPS_GROUP",
          lambda doc: lose_template(doc, "NUMEX"), measures=("472",)),
    passes("DOC034", "the rate is not there", 2025, "APP_PLUS_GROUP", lambda doc: measure(doc).rates.clear()),
    fails("DOC050", 25, ROOT, "a program of hospitals", 2025, "MIPS_GROUP", lambda doc: put(doc, program="HQR_PI")),
    fails("DOC050", 25, ROOT, "small letters and a blank", 2019, "MIPS_INDIV",
          lambda doc: put(doc, program="hqr_iqr_vol ")),
    fails("DOC050", 25, ROOT, "a program from before 2017", 2018, "MIPS_GROUP",
          lambda doc: put(doc, program="PQRS_MU_GROUP")),
    passes("DOC050", "a name that begins otherwise", 2025, "MIPS_GROUP", lambda doc: put(doc, program="QR_PI"),
           also="DOC007"),
    fails("DOC051", 25, ROOT, "the name in QPP JSON", 2025, "MIPS_GROUP", lambda doc: put(doc, program="APP1")),
    fails("DOC051", 25, ROOT, "the name of the other one", 2026, "MIPS_GROUP", lambda doc: put(doc, program="appPlus"),
          also="DOC028"),
    fails("DOC051", 25, ROOT, "the beginning of three names", 2023, "MIPS_APP1_GROUP",
          lambda doc: put(doc, program="MIPS_APP1")),
    passes("DOC051", "before there was the program", 2020, "MIPS_GROUP", lambda doc: put(doc, program="APP1"),
           also="DOC007"),
    passes("DOC051", "a part of one name", 2025, "MIPS_GROUP", lambda doc: put(doc, program="MIPS_GR"), also="DOC007"),
    fails("DOC052", None, RECIPIENT, "a name of the first years", 2018, "MIPS_INDIV",
          lambda doc: put(doc, program="MIPS")),
    fails("DOC052", None, RECIPIENT, "in small letters", 2025, "MIPS_INDIV", lambda doc: put(doc, program="mips")),
    passes("DOC052", "the name that says who reports", 2025, "MIPS_INDIV", same),
    passes("DOC034", "the initial population is not there", 2018, "MIPS_GROUP",
           lambda doc: remove_population(doc, "IPOP"), also="POP015"),
)  # fmt: skip

# --- quality measures --------------------------------------------------------------------------------------------

GUIDS = (
    fails("GUID001", 6, MEASURE, "a GUID that is none", 2021, "MIPS_APP1_GROUP",
          lambda doc: put(measure(doc), guid=UNKNOWN_GUID)),
    fails("GUID001", 6, MEASURE, "a GUID that is none, in capital letters", 2018, "MIPS_GROUP",
          guid(UNKNOWN_GUID.upper())),
    passes("GUID001", "capital letters", 2021, "MIPS_APP1_GROUP", capital_guid),
    fails("GUID002", 6, MEASURE, "the version of the year before", 2025, "APP_PLUS_GROUP",
          lambda doc: version_of(doc, 2024)),
    fails("GUID002", 6, MEASURE, "the version of the year after", 2019, "MIPS_INDIV",
          lambda doc: version_of(doc, 2020)),
    passes("GUID002", "the version of the year", 2025, "APP_PLUS_GROUP", lambda doc: version_of(doc, 2025)),
    fails("GUID003", 70, MEASURE, "no extension", 2022, "MIPS_APP1_INDIV", lambda doc: put(measure(doc), guid=None)),
    fails("GUID003", 70, MEASURE, "no id", 2018, "MIPS_GROUP", lambda doc: measure(doc).ids.clear()),
    fails("GUID003", 70, MEASURE, "an id of the vendor alone", 2025, "APP_PLUS_GROUP",
          lambda doc: put(measure(doc).ids[0], root="2.16.840.1.113883.4.1", extension="77")),
    passes("GUID003", "another id before it", 2022, "MIPS_APP1_INDIV",
           lambda doc: measure(doc).ids.insert(0, Id("1.2.3", "236")), also="SUB061"),
    fails("GUID004", 70, MEASURE, "GUIDs of two measures", 2024, "MIPS_APP1_GROUP",
          lambda doc: measure(doc).ids.append(Id(GUID_ROOT, measure_facts(2024, "112")["guid"]))),
    fails("GUID004", 70, MEASURE, "one GUID twice", 2025, "APP_PLUS_GROUP", lambda doc: again(measure(doc).ids)),
    passes("GUID004", "a second id without extension", 2025, "APP_PLUS_GROUP",
           lambda doc: measure(doc).ids.append(Id(GUID_ROOT))),
    fails("GUID005", 71, QUALITY, "twice", 2021, "MIPS_APP1_GROUP", lambda doc: again(doc.quality.entries)),
    fails("GUID005", 71, QUALITY, "twice, once in capital letters", 2025, "APP_PLUS_GROUP",
          both(lambda doc: doc.quality.entries.append(quality_measure(2025, "236")), capital_guid)),
    passes("GUID005", "two measures", 2021, "MIPS_APP1_GROUP",
           lambda doc: doc.quality.entries.append(quality_measure(2021, "134"))),
    fails("GUID006", 6, MEASURE, "the set id", 2025, "APP_PLUS_GROUP",
          lambda doc: put(measure(doc), guid=measure(doc).set_id)),
    fails("GUID006", 6, MEASURE, "the set id in capital letters", 2019, "MIPS_GROUP",
          lambda doc: put(measure(doc), guid=str(measure(doc).set_id).upper())),
    passes("GUID006", "the GUID beside the set id", 2025, "APP_PLUS_GROUP",
           lambda doc: measure(doc).ids.insert(0, Id("1.2.3", measure(doc).set_id))),
    fails("GUID007", 6, MEASURE, "the id of the numerator", 2025, "APP_PLUS_GROUP",
          lambda doc: put(measure(doc), guid=population(doc, "NUMER").id)),
    fails("GUID007", 6, MEASURE, "the id of a stratum", 2023, "MIPS_GROUP",
          lambda doc: put(measure(doc), guid=measure_facts(2023, "113")["strata"][0]["stratumIds"][0]),
          measures=("113",)),
    passes("GUID007", "the GUID beside the id of the numerator", 2025, "APP_PLUS_GROUP",
           lambda doc: measure(doc).ids.append(Id("1.2.3", population(doc, "NUMER").id))),
    fails("GUID008", 6, MEASURE, "a measure that is no longer there", 2025, "APP_PLUS_GROUP",
          guid(measure_facts(2024, "472")["guid"])),
    fails("GUID008", 6, MEASURE, "a measure that is not there yet", 2024, "MIPS_GROUP",
          guid(measure_facts(2025, "340")["guid"])),
    passes("GUID008", "a measure in its last year", 2024, "MIPS_GROUP", same, measures=("472",), also="POP013"),
    passes("GUID008", "a measure in its first year", 2025, "MIPS_GROUP", same, measures=("340",)),
    fails("GUID009", 6, MEASURE, "a hospital measure", 2025, "APP_PLUS_GROUP",
          guid("8a6d0454-8df0-2d9f-018e-68a1046135de")),
    fails("GUID009", 6, MEASURE, "a hospital measure from before MIPS", 2018, "MIPS_GROUP",
          guid("40280381-3d27-5493-013d-4be1467a5c5a")),
    passes("GUID009", "the set id of a hospital measure", 2025, "APP_PLUS_GROUP",
           guid("7fe69617-fa28-4305-a2b8-ceb6bcd9693d"), also="GUID006"),
    fails("GUID010", 6, MEASURE, "the version of 2015", 2018, "MIPS_GROUP",
          guid("40280381-4b9a-3825-014b-c290abf408ca")),
    fails("GUID010", 6, MEASURE, "a version that was replaced in 2016", 2025, "APP_PLUS_GROUP",
          guid("40280381-5118-2f4e-0151-1b57de6f0153"), measures=("134",)),
    passes("GUID010", "the first version of MIPS", 2018, "MIPS_GROUP", lambda doc: version_of(doc, 2017),
           also="GUID002"),
    fails("GUID011", 6, MEASURE, "the FHIR version", 2025, "MIPS_GROUP",
          guid("00ad5281-ab7f-4e65-842f-b296dd094771"), measures=("374",)),
    passes("GUID011", "the QDM version", 2025, "MIPS_GROUP", same, measures=("374",)),
    fails("GUID012", 6, MEASURE, "published a year early", 2024, "MIPS_GROUP",
          guid("2c928082-86db-6718-0186-e05c1eb0010e")),
    fails("GUID012", 6, MEASURE, "published after the last year", 2025, "APP_PLUS_GROUP",
          guid("2c928083-8907-ce68-0189-2bbfe4a8068e")),
    passes("GUID012", "the version before it", 2024, "MIPS_GROUP", same, measures=("472",), also="POP013"),
    fails("GUID013", 6, MEASURE, "braces", 2025, "APP_PLUS_GROUP",
          lambda doc: put(measure(doc), guid=f"{{{measure(doc).guid}}}")),
    fails("GUID013", 6, MEASURE, "a prefix", 2018, "MIPS_GROUP",
          lambda doc: put(measure(doc), guid=f"urn:uuid:{measure(doc).guid}")),
    passes("GUID013", "capital letters alone", 2025, "APP_PLUS_GROUP", capital_guid),
    fails("GUID014", 6, MEASURE, "the last digit is missing", 2025, "APP_PLUS_GROUP",
          lambda doc: put(measure(doc), guid=str(measure(doc).guid)[:-1])),
    fails("GUID014", 6, MEASURE, "no hyphens", 2018, "MIPS_GROUP",
          lambda doc: put(measure(doc), guid=str(measure(doc).guid).replace("-", ""))),
    fails("GUID014", 6, MEASURE, "two wrong digits", 2025, "MIPS_GROUP", guid("2c9a8083-8907-ce68-0189-2bbd3106064e")),
    passes("GUID014", "three wrong digits", 2025, "MIPS_GROUP", guid("2c9a8083-8907-ce68-0189-2bbd3100064e"),
           also="GUID001"),
    fails("GUID015", 6, MEASURE, "an empty GUID", 2018, "MIPS_GROUP", guid("")),
    fails("GUID015", 6, MEASURE, "half of a GUID", 2025, "APP_PLUS_GROUP",
          lambda doc: put(measure(doc), guid=str(measure(doc).guid)[:18])),
    fails("GUID015", 6, MEASURE, "a title", 2022, "MIPS_APP1_GROUP", guid("Controlling High Blood Pressure")),
    passes("GUID015", "no extension", 2018, "MIPS_GROUP", lambda doc: put(measure(doc), guid=None), also="GUID003"),
    passes("GUID015", "a GUID that is none", 2025, "APP_PLUS_GROUP", guid(UNKNOWN_GUID), also="GUID001"),
    fails("GUID016", 6, MEASURE, "the CMS id", 2025, "APP_PLUS_GROUP", guid("CMS165v13")),
    fails("GUID016", 6, MEASURE, "the measure id", 2019, "MIPS_GROUP", guid("236")),
    passes("GUID016", "the CMS id beside the GUID", 2025, "APP_PLUS_GROUP",
           lambda doc: measure(doc).ids.append(Id("1.2.3", "CMS165v13"))),
    passes("GUID016", "the id of another list", 2025, "APP_PLUS_GROUP", guid("NQF0018"), also="GUID015"),
    fails("GUID017", 70, MEASURE, "under another root", 2025, "APP_PLUS_GROUP",
          lambda doc: put(measure(doc).ids[0], root="2.16.840.1.113883.4.1")),
    fails("GUID017", 70, MEASURE, "in the root", 2018, "MIPS_GROUP",
          lambda doc: put(measure(doc), ids=[Id(measure(doc).guid)])),
    fails("GUID017", 70, MEASURE, "in the set id", 2022, "MIPS_APP1_GROUP",
          lambda doc: put(measure(doc), set_id=measure(doc).guid, ids=[])),
    passes("GUID017", "under another root too", 2025, "APP_PLUS_GROUP",
           lambda doc: measure(doc).ids.append(Id("2.16.840.1.113883.4.1", measure(doc).guid))),
    passes("GUID017", "the set id in its place", 2022, "MIPS_APP1_GROUP", lambda doc: measure(doc).ids.clear(),
           also="GUID003"),
    fails("GUID019", None, MEASURE, "the title of another measure", 2025, "APP_PLUS_GROUP",
          lambda doc: put(measure(doc), title=measure_facts(2025, "001")["title"])),
    fails("GUID019", None, MEASURE, "its title of an earlier year, in other letters", 2025, "MIPS_GROUP",
          lambda doc: put(measure(doc), title=measure_facts(2019, "001")["title"].upper())),
    fails("GUID019", None, MEASURE, "the set id of another measure", 2018, "MIPS_GROUP",
          lambda doc: put(measure(doc), set_id=measure_facts(2018, "001")["setId"].upper())),
    fails("GUID019", None, MEASURE, "another CMS id in the text", 2023, "MIPS_APP1_GROUP",
          lambda doc: put(measure(doc), title="Blood pressure (CMS122v11)")),
    passes("GUID019", "the own CMS id, of another version", 2023, "MIPS_APP1_GROUP",
           lambda doc: put(measure(doc), title="CMS165v4 High Blood Pressure")),
    passes("GUID019", "several CMS ids", 2025, "MIPS_GROUP",
           lambda doc: put(measure(doc), title="CMS122v13 and CMS165v13")),
    passes("GUID019", "the title of a measure that is not known", 2025, "MIPS_GROUP",
           lambda doc: put(measure(doc), title="Diabetes: Poor Control of it", set_id=UNKNOWN_GUID)),
    passes("GUID019", "a title, where the GUID is that of another year", 2025, "MIPS_GROUP",
           both(lambda doc: put(measure(doc), title=measure_facts(2025, "001")["title"]),
                lambda doc: put(measure(doc), guid=measure_facts(2024, "236")["guid"])), also="GUID002"),
    fails("GUID018", None, ROOT, "two measures of two", 2025, "APP_PLUS_GROUP", versions_of(2024, "236", "134"),
          measures=("236", "134"), also="GUID002"),
    fails("GUID018", None, ROOT, "two measures of three", 2019, "MIPS_GROUP", versions_of(2018, "236", "134"),
          measures=("236", "134", "226"), also="GUID002"),
    passes("GUID018", "two measures of four", 2025, "APP_PLUS_GROUP", versions_of(2024, "236", "134"),
           measures=("236", "134", "226", "001"), also="GUID002 SUB045"),
    passes("GUID018", "one measure of one", 2019, "MIPS_GROUP", versions_of(2018, "236"), also="GUID002"),
)  # fmt: skip

POPULATIONS = (
    fails("POP001", 14, MEASURE, "a second denominator", 2025, "APP_PLUS_GROUP",
          lambda doc: measure(doc).populations.append(population(doc, "DENOM"))),
    fails("POP001", 14, MEASURE, "no numerator", 2021, "MIPS_APP1_GROUP", lambda doc: remove_population(doc, "NUMER"),
          also="POP002"),
    fails("POP001", 14, MEASURE, "an exception that the measure does not have", 2018, "MIPS_GROUP",
          lambda doc: add_population(doc, "DENEXCEP", UNKNOWN_GUID)),
    fails("POP001", 14, MEASURE, "a code in small letters", 2023, "MIPS_GROUP",
          lambda doc: put(population(doc, "DENEX"), role="denex"), also="POP002 POP019"),
    passes("POP001", "no initial population", 2025, "APP_PLUS_GROUP", lambda doc: remove_population(doc, "IPOP"),
           also="POP015"),
    passes("POP001", "two initial populations", 2018, "MIPS_GROUP",
           lambda doc: measure(doc).populations.append(population(doc, "IPOP")), also="POP015"),
    fails("POP002", 59, MEASURE, "a denominator of unknown id", 2025, "APP_PLUS_GROUP",
          lambda doc: put(population(doc, "DENOM"), id=UNKNOWN_GUID)),
    fails("POP002", 59, MEASURE, "the id of the population in another role", 2019, "MIPS_GROUP",
          lambda doc: put(population(doc, "DENEX"), id=population(doc, "DENOM").id)),
    fails("POP002", 59, MEASURE, "the populations of one rate under the ids of another", 2024, "MIPS_APP1_GROUP",
          lambda doc: put(population(doc, "DENOM", 1), id=population(doc, "DENOM", 0).id), measures=("226",)),
    passes("POP002", "an id in small letters", 2025, "APP_PLUS_GROUP", lambda doc: small(population(doc, "DENOM"))),
    passes("POP002", "an id in capital letters", 2019, "MIPS_GROUP", lambda doc: capital(population(doc, "DENEX"))),
    passes("POP002", "an initial population of unknown id", 2024, "MIPS_GROUP",
           lambda doc: put(population(doc, "IPOP"), id=UNKNOWN_GUID), also="POP015"),
    fails("POP003", 7, MEASURE, "no population", 2022, "MIPS_APP1_APMENTITY",
          lambda doc: measure(doc).populations.clear(), also="POP001 POP002"),
    fails("POP003", 7, MEASURE, "no population of an unknown measure", 2025, "APP_PLUS_GROUP",
          both(lambda doc: measure(doc).populations.clear(), lambda doc: put(measure(doc), guid=UNKNOWN_GUID)),
          also="GUID001"),
    passes("POP003", "one population", 2022, "MIPS_APP1_APMENTITY",
           lambda doc: put(measure(doc), populations=[population(doc, "IPOP")]), also="POP001 POP002"),
    fails("POP004", 57, DENOM, "two ids", 2025, "APP_PLUS_GROUP",
          lambda doc: population(doc, "DENOM").ids.append(Id(UNKNOWN_GUID))),
    fails("POP004", 57, NUMER, "no id", 2018, "MIPS_GROUP", lambda doc: population(doc, "NUMER").ids.clear(),
          also="POP002"),
    passes("POP004", "an initial population with two ids", 2025, "APP_PLUS_GROUP",
           lambda doc: population(doc, "IPOP").ids.append(Id(UNKNOWN_GUID))),
    passes("POP004", "an initial population without id", 2018, "MIPS_GROUP",
           lambda doc: population(doc, "IPOP").ids.clear(), also="POP015"),
    passes("POP004", "an unknown measure", 2021, "MIPS_APP1_GROUP",
           both(lambda doc: population(doc, "DENOM").ids.clear(), lambda doc: put(measure(doc), guid=UNKNOWN_GUID)),
           also="GUID001"),
    fails("POP005", 58, DENEX, "two codes", 2025, "APP_PLUS_GROUP",
          lambda doc: population(doc, "DENEX").codes.append("DENEXCEP")),
    fails("POP005", 58, DENEX, "no code", 2020, "MIPS_GROUP", lambda doc: population(doc, "DENEX").codes.clear(),
          also="POP001 POP002"),
    passes("POP005", "the other code of the initial population", 2025, "APP_PLUS_GROUP",
           lambda doc: put(population(doc, "IPOP"), role="IPP")),
    fails("POP006", 52, DENOM, "no count", 2025, "APP_PLUS_GROUP", lambda doc: population(doc, "DENOM").counts.clear()),
    fails("POP006", 52, IPOP, "no count of the initial population", 2018, "MIPS_GROUP",
          lambda doc: population(doc, "IPOP").counts.clear()),
    fails("POP006", 52, NUMER, "two counts", 2023, "MIPS_GROUP", lambda doc: again(population(doc, "NUMER").counts)),
    fails("POP006", 52, DENOM, "the counts of supplemental data alone", 2024, "MIPS_APP1_INDIV",
          both(lambda doc: supplemental(doc, "4"), lambda doc: population(doc, "DENOM").counts.clear())),
    passes("POP006", "a count and those of supplemental data", 2024, "MIPS_APP1_INDIV", same, supplemental=True),
    passes("POP006", "a count and those of reporting strata", 2019, "MIPS_GROUP", same, measures=("370",),
           reporting_strata=True, also="POP011"),
    fails("POP007", 8, NUMER + COUNT, "no value", 2025, "APP_PLUS_GROUP", lambda doc: counts(doc, NUMER=None)),
    fails("POP007", 8, IPOP + COUNT, "no value of the initial population", 2018, "MIPS_GROUP",
          lambda doc: counts(doc, IPOP=None)),
    fails("POP007", 8, DENOM + "/entryRelationship[2]/observation" + COUNT, "no value in supplemental data", 2022,
          "MIPS_APP1_GROUP", lambda doc: supplemental(doc, None)),
    passes("POP007", "the value 0", 2025, "APP_PLUS_GROUP", lambda doc: measure(doc).set_counts(NUMER=0)),
    *(
        fails("POP008", 9, NUMER + COUNT, f"the count {number[:11]!r}", year, program, numerator(number))
        for year, program, number in (
            (2018, "MIPS_GROUP", "12.5"), (2019, "MIPS_GROUP", "1e3"), (2020, "MIPSAPM", ""),
            (2021, "MIPS_APP1_GROUP", " 7 "), (2022, "MIPS_GROUP", "1,000"), (2023, "MIPS_GROUP", "twelve"),
            (2024, "MIPS_INDIV", "2147483648"), (2025, "APP_PLUS_GROUP", "-2147483649"),
            (2025, "APP_PLUS_GROUP", "0x1F"), (2025, "MIPS_GROUP", "1_0"), (2025, "MIPS_GROUP", "+"),
            (2025, "MIPS_GROUP", "5.0"), (2025, "MIPS_GROUP", "9" * 5000),
        )
    ),
    fails("POP008", 9, DENOM + "/entryRelationship[2]/observation" + COUNT, "in supplemental data", 2025,
          "MIPS_APP1_GROUP", lambda doc: supplemental(doc, "n/a")),
    *(
        passes("POP008", f"the count {number!r}", 2025, "APP_PLUS_GROUP", numerator(number), also="SUB075")
        for number in ("+5", "007", "0", "+0", "00000000012")
    ),
    passes("POP008", "the largest count", 2025, "APP_PLUS_GROUP", lambda doc: counts(doc, IPOP="2147483647")),
    fails("POP009", 53, NUMER + COUNT, "a numerator below 0", 2025, "APP_PLUS_GROUP",
          lambda doc: counts(doc, NUMER="-1")),
    fails("POP009", 53, IPOP + COUNT, "an initial population below 0", 2018, "MIPS_GROUP",
          lambda doc: counts(doc, IPOP="-3"), also="POP010"),
    fails("POP009", 53, DENEX + COUNT, "the smallest count", 2021, "MIPS_APP1_GROUP",
          lambda doc: counts(doc, DENEX="-2147483648")),
    passes("POP009", "0 below the line", 2025, "APP_PLUS_GROUP", lambda doc: counts(doc, NUMER="-0"), also="SUB075"),
    passes("POP009", "in supplemental data", 2018, "MIPS_GROUP", lambda doc: supplemental(doc, "-1")),
    fails("POP010", 13, DENOM + COUNT, "one more", 2025, "APP_PLUS_GROUP",
          lambda doc: counts(doc, IPOP=400, DENOM=401), also="SUB075"),
    fails("POP010", 13, DENOM + COUNT, "one more, ids in small letters", 2019, "MIPS_GROUP",
          both(lambda doc: counts(doc, IPOP=400, DENOM=401), lambda doc: small(population(doc, "IPOP"))),
          also="SUB075"),
    fails("POP010", 13, MEASURE + "/component[9]/observation" + COUNT, "in the second rate", 2022, "MIPS_APP1_GROUP",
          lambda doc: counts(doc, 1, IPOP=400, DENOM=401), measures=("226",), also="SUB045 SUB075"),
    passes("POP010", "as many", 2025, "APP_PLUS_GROUP", lambda doc: measure(doc).set_counts(IPOP=401, DENOM=401)),
    passes("POP010", "one less", 2019, "MIPS_GROUP", lambda doc: measure(doc).set_counts(IPOP=401, DENOM=400)),
    passes("POP010", "more than the initial population of another rate", 2022, "MIPS_GROUP",
           lambda doc: measure(doc).set_counts(1, IPOP=9000, DENOM=8000), measures=("226",)),
    fails("POP011", None, MEASURE, "measure 370", 2019, "MIPS_GROUP", same, measures=("370",)),
    fails("POP011", None, MEASURE, "measure 370", 2025, "MIPS_APP1_GROUP", same, measures=("370",), also="SUB045"),
    passes("POP011", "measure 370 when it had one rate", 2018, "MIPS_GROUP", same, measures=("370",)),
    passes("POP011", "another measure with several rates", 2025, "MIPS_GROUP", same, measures=("226",)),
    *(
        fails("POP012", None, MEASURE, f"measure {name}", year, program, same, measures=(name,), also=also)
        for year, program, name, also in (
            (2018, "MIPS_GROUP", "438", ""), (2019, "MIPS_GROUP", "005", ""), (2020, "MIPS_GROUP", "008", ""),
            (2021, "MIPS_APP1_GROUP", "143", "SUB045"), (2024, "MIPS_GROUP", "007", ""),
            (2025, "APP_PLUS_GROUP", "438", "SUB045"),
        )
    ),
    passes("POP012", "measure 007 when its rates were apart", 2019, "MIPS_GROUP", same, measures=("007",)),
    passes("POP012", "measure 005 when it had one population set", 2018, "MIPS_GROUP", same, measures=("005",)),
    fails("POP013", None, MEASURE + "/component[6]/observation" + COUNT, "one rate", 2024, "MIPS_GROUP", same,
          measures=("472",)),
    fails("POP013", None, MEASURE + "/component[12]/observation" + COUNT, "in the second rate", 2022, "MIPS_APP1_GROUP",
          same, measures=("238",), also="SUB045"),
    passes("POP013", "nobody excluded", 2024, "MIPS_GROUP", lambda doc: counts(doc, NUMEX=0), measures=("472",)),
    fails("POP014", None, MEASURE + "/component[6]/observation", "a numerator exclusion", 2025, "APP_PLUS_GROUP",
          lambda doc: add_population(doc, "NUMEX", UNKNOWN_GUID)),
    fails("POP014", None, MEASURE + "/component[6]/observation", "an unknown code", 2018, "MIPS_GROUP",
          lambda doc: add_population(doc, "MSRPOPL", UNKNOWN_GUID)),
    passes("POP014", "a numerator exclusion of the measure", 2024, "MIPS_GROUP", same, measures=("472",),
           also="POP013"),
    fails("POP015", None, MEASURE, "missing", 2025, "APP_PLUS_GROUP", lambda doc: remove_population(doc, "IPOP")),
    fails("POP015", None, MEASURE, "twice", 2018, "MIPS_GROUP",
          lambda doc: measure(doc).populations.append(population(doc, "IPOP"))),
    fails("POP015", None, MEASURE, "one of two, of a measure whose sets are summed", 2025, "MIPS_APP1_GROUP",
          lambda doc: population(doc, "IPOP").ids.clear(), measures=("007",), also="POP012 SUB045"),
    passes("POP015", "an id in small letters", 2025, "APP_PLUS_GROUP", lambda doc: small(population(doc, "IPOP"))),
    fails("POP016", None, MEASURE + "/component[4]/observation", "no id", 2025, "APP_PLUS_GROUP",
          lambda doc: population(doc, "IPOP").ids.clear(), measures=("226",), also="POP015"),
    fails("POP016", None, MEASURE + "/component[8]/observation", "an id without root", 2019, "MIPS_GROUP",
          lambda doc: put(population(doc, "IPOP", 1), id=None), measures=("226",), also="POP015"),
    passes("POP016", "a measure with one rate", 2025, "APP_PLUS_GROUP", lambda doc: population(doc, "IPOP").ids.clear(),
           also="POP015"),
    passes("POP016", "an unknown id", 2025, "APP_PLUS_GROUP", lambda doc: put(population(doc, "IPOP"), id=UNKNOWN_GUID),
           measures=("226",), also="POP015 SUB045"),
    fails("POP017", None, MEASURE, "denominator and numerator", 2025, "APP_PLUS_GROUP",
          lambda doc: swap_ids(doc, "DENOM", "NUMER"), also="POP002"),
    fails("POP017", None, MEASURE, "initial population and denominator", 2018, "MIPS_GROUP",
          lambda doc: swap_ids(doc, "IPOP", "DENOM"), also="POP002 POP015"),
    fails("POP017", None, MEASURE, "in the second rate", 2024, "MIPS_APP1_GROUP",
          lambda doc: swap_ids(doc, "DENOM", "NUMER", 1), measures=("226",), also="POP002"),
    passes("POP017", "a ring of three", 2025, "APP_PLUS_GROUP",
           both(lambda doc: swap_ids(doc, "DENOM", "NUMER"), lambda doc: swap_ids(doc, "DENEX", "NUMER")),
           also="POP002"),
    passes("POP017", "one id twice", 2018, "MIPS_GROUP",
           lambda doc: put(population(doc, "DENEX"), id=population(doc, "NUMER").id), also="POP002"),
    fails("POP018", None, MEASURE, "all of them", 2025, "APP_PLUS_GROUP", ids_of("001", 4), also="POP002 POP015"),
    fails("POP018", None, MEASURE, "three of four", 2018, "MIPS_GROUP", ids_of("001", 3), also="POP002 POP015"),
    fails("POP018", None, MEASURE, "the GUID of another measure", 2022, "MIPS_APP1_GROUP",
          lambda doc: put(measure(doc), guid=measure_facts(2022, "001")["guid"]), also="POP002 POP015 RATE004"),
    passes("POP018", "half of them", 2025, "APP_PLUS_GROUP", ids_of("001", 2), also="POP002 POP015"),
    passes("POP018", "unknown ids", 2018, "MIPS_GROUP",
           unknown_ids, also="POP002 POP015"),
    fails("POP019", None, DENEX, "an exception that is an exclusion", 2025, "APP_PLUS_GROUP",
          lambda doc: put(population(doc, "DENEX"), role="DENEXCEP"), also="POP001 POP002"),
    fails("POP019", None, NUMER, "a second denominator that is the numerator", 2018, "MIPS_GROUP",
          lambda doc: put(population(doc, "NUMER"), role="DENOM"), also="POP001 POP002"),
    passes("POP019", "the other code of the initial population", 2025, "APP_PLUS_GROUP",
           lambda doc: put(population(doc, "IPOP"), role="IPP")),
    passes("POP019", "an exclusion of unknown id with the code of an exception", 2018, "MIPS_GROUP",
           lambda doc: put(population(doc, "DENEX"), role="DENEXCEP", id=UNKNOWN_GUID), also="POP001 POP002"),
    passes("POP019", "two codes exchanged", 2025, "APP_PLUS_GROUP",
           lambda doc: swap_ids(doc, "DENEX", "NUMER"), also="POP017 POP002"),
)  # fmt: skip

RATES = (
    *(
        fails("RATE001", 33, FIRST_RATE, f"the rate {value!r}", year, program, rate_value(value),
              also="SUB061" if year == 2022 else "")
        for year, program, value in (
            (2018, "MIPS_GROUP", "85"), (2019, "MIPS_GROUP", "85%"), (2020, "MIPS_GROUP", "1.000001"),
            (2021, "MIPS_APP1_GROUP", "-0.1"), (2022, "MIPS_GROUP", "NaN"), (2023, "MIPS_GROUP", "0,85"),
            (2024, "MIPS_INDIV", "NA"), (2024, "MIPS_INDIV", "-0"),
            (2025, "APP_PLUS_GROUP", "inf"), (2025, "APP_PLUS_GROUP", "0_1"),
        )
    ),
    *(
        passes("RATE001", f"the rate {value!r}", 2025, "APP_PLUS_GROUP", rate_value(value), also="SUB075")
        for value in ("0", "1", "0.0", "1.0", "0.850000", ".5")
    ),
    fails("RATE002", 72, FIRST_RATE, "no value", 2025, "APP_PLUS_GROUP", lambda doc: rate(doc, None)),
    fails("RATE002", 72, FIRST_RATE, "an empty value", 2018, "MIPS_GROUP", lambda doc: rate(doc, "")),
    fails("RATE002", 72, FIRST_RATE, "nullFlavor NI", 2022, "MIPS_APP1_GROUP", lambda doc: rate(doc, None, "NI"),
          also="SUB061"),
    passes("RATE002", "nullFlavor NA", 2025, "APP_PLUS_GROUP", lambda doc: rate(doc, None, "NA"), also="SUB077"),
    passes("RATE002", "no rate at all", 2018, "MIPS_GROUP", lambda doc: measure(doc).rates.clear()),
    fails("RATE003", 61, FIRST_RATE, "two ids", 2023, "MIPS_APP1_GROUP",
          lambda doc: measure(doc).rates[0].ids.append(Id(UNKNOWN_GUID))),
    fails("RATE003", 61, FIRST_RATE, "no id", 2019, "MIPS_GROUP", lambda doc: measure(doc).rates[0].ids.clear()),
    passes("RATE003", "an unknown measure", 2019, "MIPS_GROUP",
           both(lambda doc: measure(doc).rates[0].ids.clear(), lambda doc: put(measure(doc), guid=UNKNOWN_GUID)),
           also="GUID001"),
    fails("RATE004", 59, MEASURE, "the id of the denominator", 2025, "APP_PLUS_GROUP",
          lambda doc: put(measure(doc).rates[0], id=population(doc, "DENOM").id)),
    fails("RATE004", 59, MEASURE, "an unknown id", 2018, "MIPS_GROUP",
          lambda doc: put(measure(doc).rates[0], id=UNKNOWN_GUID)),
    passes("RATE004", "small letters", 2025, "APP_PLUS_GROUP", lambda doc: small(measure(doc).rates[0])),
    passes("RATE004", "two rates of one numerator", 2024, "MIPS_GROUP",
           lambda doc: put(measure(doc).rates[0], id=measure(doc).rates[1].id), measures=("226",), also="SUB075"),
)  # fmt: skip

# --- the other categories ----------------------------------------------------------------------------------------

PROMOTING_INTEROPERABILITY = (
    fails("PI001", 12, PERFORMED, "no id", 2018, "MIPS_GROUP", lambda doc: answered(doc).ids.clear()),
    fails("PI001", 12, PERFORMED, "two ids", 2025, "MIPS_APP1_GROUP",
          lambda doc: answered(doc).ids.append(Id("2.16.840.1.113883.3.7031", "PI_PPHI_2"))),
    passes("PI001", "a second id without extension", 2025, "MIPS_APP1_GROUP",
           lambda doc: answered(doc).ids.append(Id("1.2.3"))),
    fails("PI002", 16, PROPORTION, "no id", 2019, "MIPS_GROUP", lambda doc: proportion(doc).ids.clear()),
    fails("PI002", 16, PROPORTION, "one id twice", 2026, "APP_PLUS_GROUP", lambda doc: again(proportion(doc).ids),
          also="DOC028"),
    passes("PI002", "an id without root", 2019, "MIPS_GROUP", lambda doc: put(proportion(doc).ids[0], root=None)),
    fails("PI003", 17, PROPORTION, "no counts", 2020, "MIPS_GROUP",
          both(lambda doc: proportion(doc).numerators.clear(), lambda doc: proportion(doc).denominators.clear())),
    passes("PI003", "one of them is missing", 2020, "MIPS_GROUP", lambda doc: proportion(doc).numerators.clear(),
           also="PI004"),
    fails("PI004", 18, PROPORTION, "no denominator", 2021, "MIPS_APP1_INDIV",
          lambda doc: proportion(doc).denominators.clear()),
    fails("PI004", 18, PROPORTION, "two numerators", 2025, "APP_PLUS_GROUP",
          lambda doc: again(proportion(doc).numerators)),
    passes("PI004", "a numerator above its denominator", 2025, "APP_PLUS_GROUP",
           lambda doc: put(proportion(doc).numerators[0], count=500), also="SUB059"),
    fails("PI005", 15, QUALITY + "/entry[3]/organizer", "in the quality section", 2018, "MIPS_GROUP",
          lambda doc: doc.quality.entries.append(pi_proportion(2018, "PI_PEA_1"))),
    fails("PI005", 15, IA + "/entry[3]/organizer", "among the activities", 2024, "MIPS_GROUP",
          lambda doc: doc.ia.entries.append(pi_proportion(2024, "PI_PEA_1")), also="DOC024"),
    passes("PI005", "in its section", 2018, "MIPS_GROUP",
           lambda doc: doc.pi.entries.append(pi_proportion(2018, "PI_PEA_1"))),
    fails("PI006", 11, PERFORMED, "no answer", 2022, "MIPS_APP1_GROUP", lambda doc: answered(doc).answers.clear(),
          also="SUB061"),
    fails("PI006", 11, PERFORMED, "two answers", 2018, "MIPS_GROUP", lambda doc: again(answered(doc).answers)),
    passes("PI006", "no answer beside the counts", 2018, "MIPS_GROUP",
           lambda doc: put(proportion(doc), answers=[answer(2018)]), also="PI013"),
    *(
        fails("PI007", 51, PERFORMED + "/component/observation", f"the answer {codes}", year, "MIPS_GROUP",
              answers(codes))
        for year, codes in (
            (2018, ["X"]), (2021, []), (2023, ["Y", "N"]), (2024, [""]), (2025, ["Yes"]), (2025, ["true"]),
        )
    ),
    *(
        passes("PI007", f"the answer {code}", year, "MIPS_GROUP", answers([code]), also=also)
        for year, code, also in ((2018, "Y", ""), (2021, "y", ""), (2023, "N", "SUB068"), (2025, "n", "SUB068"))
    ),
    fails("PI008", 39, PI_NUMERATOR, "no count", 2023, "MIPS_GROUP",
          lambda doc: proportion(doc).numerators[0].counts.clear()),
    fails("PI008", 39, PI_DENOMINATOR, "two counts", 2018, "MIPS_GROUP",
          lambda doc: again(proportion(doc).denominators[0].counts)),
    passes("PI008", "one count each", 2023, "MIPS_GROUP", same),
    fails("PI009", 42, PI_NUMERATOR + COUNT, "no value", 2024, "MIPS_APP1_GROUP",
          lambda doc: put(proportion(doc).numerators[0], count=None)),
    fails("PI009", 42, PI_DENOMINATOR + COUNT, "below 0", 2019, "MIPS_GROUP",
          lambda doc: put(proportion(doc).denominators[0], count=-1)),
    passes("PI009", "the value 0", 2019, "MIPS_GROUP", lambda doc: put(proportion(doc).numerators[0], count=0),
           also="SUB069"),
    *(
        fails("PI010", 41, PI_DENOMINATOR + COUNT, f"the count {number!r}", year, "MIPS_GROUP", pi_denominator(number),
              also="SUB061" if year == 2022 else "")
        for year, number in ((2018, "1.5"), (2020, ""), (2022, "2147483648"), (2025, " 7"), (2025, "many"))
    ),
    *(
        passes("PI010", f"the count {number!r}", 2025, "MIPS_GROUP", pi_denominator(number))
        for number in ("2147483647", "+400", "0407")
    ),
    fails("PI011", 102, PI, "with the measure that it replaces", 2021, "MIPS_GROUP",
          lambda doc: doc.pi.entries.append(pi_proportion(2021, "PI_HIE_5")), pi=("PI_HIE_1",)),
    fails("PI011", 102, PI, "with an exclusion", 2025, "APP_PLUS_GROUP",
          lambda doc: doc.pi.entries.append(pi_proportion(2025, "PI_HIE_5")), pi=("PI_LVOTC_1",)),
    passes("PI011", "with another measure", 2021, "MIPS_GROUP",
           lambda doc: doc.pi.entries.append(pi_proportion(2021, "PI_HIE_5")), pi=("PI_EP_1",), also="SUB048"),
    passes("PI011", "answered with yes", 2025, "APP_PLUS_GROUP", same, pi=("PI_LVOTC_1", "PI_HIE_5"), also="SUB065"),
    passes("PI011", "before there was such a rule", 2020, "MIPS_GROUP",
           lambda doc: doc.pi.entries.append(pi_proportion(2020, "PI_HIE_5")), pi=("PI_HIE_1",), also="SUB046"),
)  # fmt: skip

IMPROVEMENT_ACTIVITIES = (
    fails("IA001", 50, ACTIVITY, "no answer", 2018, "MIPS_GROUP", lambda doc: doc.activity("IA_BE_4").answers.clear()),
    fails("IA001", 50, ACTIVITY, "two answers", 2019, "MIPS_GROUP", lambda doc: again(doc.activity("IA_BE_4").answers)),
    passes("IA001", "one answer", 2019, "MIPS_GROUP", same),
    *(
        fails("IA002", 51, ACTIVITY + "/component/observation", f"the answer {codes}", year, "MIPS_GROUP",
              activity_answers(codes), also="SUB061" if year == 2022 else "")
        for year, codes in ((2019, ["X"]), (2020, []), (2022, ["N", "N"]), (2024, [""]), (2025, [" Y"]))
    ),
    *(
        passes("IA002", f"the answer {code}", year, "MIPS_GROUP", activity_answers([code]), also=also)
        for year, code, also in ((2018, "y", ""), (2020, "n", "SUB079"), (2023, "N", "SUB079"), (2025, "Y", ""))
    ),
    fails("IA003", None, ACTIVITY, "no id", 2023, "MIPS_GROUP", lambda doc: doc.activity("IA_BE_4").ids.clear()),
    fails("IA003", None, ACTIVITY, "two ids", 2018, "MIPS_GROUP", lambda doc: again(doc.activity("IA_BE_4").ids)),
    passes("IA003", "a second id without extension", 2018, "MIPS_GROUP",
           lambda doc: doc.activity("IA_BE_4").ids.append(Id("1.2.3"))),
)  # fmt: skip

# --- the submission ----------------------------------------------------------------------------------------------

SUBMISSION = (
    fails("SUB002", None, ROOT, "an APM entity without id", 2021, "MIPS_APP1_APMENTITY",
          lambda doc: organization_ids(doc).pop()),
    fails("SUB002", None, ROOT, "a subgroup without id", 2025, "MIPS_SUBGROUP",
          lambda doc: put(organization_ids(doc)[-1], extension=None, null_flavor="NA")),
    passes("SUB002", "an APM entity before it had an id", 2020, "MIPSAPM", same),
    passes("SUB002", "a virtual group without id", 2025, "MIPS_VIRTUALGROUP", lambda doc: organization_ids(doc).pop(),
           also="DOC014 SUB026"),
    fails("SUB003", None, ROOT, "no NPI", 2018, "MIPS_INDIV", lambda doc: doc.performers[0].ids.clear()),
    fails("SUB003", None, ROOT, "an NPI that is not applicable", 2025, "APP_PLUS_INDIV",
          lambda doc: put(doc.performers[0].ids[0], extension=None, null_flavor="NA")),
    passes("SUB003", "a group has none", 2018, "MIPS_GROUP", lambda doc: doc.performers[0].ids.clear()),
    passes("SUB003", "another id before it", 2025, "APP_PLUS_INDIV",
           lambda doc: doc.performers[0].ids.insert(0, Id("1.2.3", "4"))),
    fails("SUB004", None, ROOT, "no TIN", 2019, "MIPS_GROUP", lambda doc: organization_ids(doc).clear()),
    fails("SUB004", None, ROOT, "an empty TIN", 2021, "MIPS_APP1_INDIV",
          lambda doc: put(organization_ids(doc)[0], extension="")),
    passes("SUB004", "a subgroup has none", 2025, "MIPS_SUBGROUP", same),
    passes("SUB004", "an APM entity has none", 2021, "MIPS_APP1_APMENTITY", same),
    fails("SUB006", None, CLINICIAN, "a group", 2018, "MIPS_GROUP", npi(NPI)),
    fails("SUB006", None, CLINICIAN, "an APM entity", 2025, "APP_PLUS_APMENTITY", npi("77")),
    passes("SUB006", "an individual", 2018, "MIPS_INDIV", npi(NPI)),
    passes("SUB006", "an NPI that is not applicable", 2025, "APP_PLUS_APMENTITY", same),
    fails("SUB007", None, CLINICIAN, "TIN and NPI", 2018, "MIPS_INDIV", both(npi(TIN), tin(NPI))),
    fails("SUB007", None, CLINICIAN, "a TIN with a dash", 2025, "APP_PLUS_INDIV", both(npi("00-0417263"), tin(NPI))),
    passes("SUB007", "the NPI twice", 2018, "MIPS_INDIV", tin(NPI), also="SUB010"),
    passes("SUB007", "the TIN twice", 2025, "APP_PLUS_INDIV", npi(TIN), also="SUB008"),
    fails("SUB008", None, CLINICIAN, "nine digits", 2019, "MIPS_INDIV", npi(NPI[:-1])),
    fails("SUB008", None, CLINICIAN, "dashes", 2025, "MIPS_APP1_INDIV", npi("2003-004-175")),
    passes("SUB008", "ten digits", 2019, "MIPS_INDIV", npi("1234567893")),
    passes("SUB008", "a group", 2025, "MIPS_APP1_GROUP", npi("2003-004-175"), also="SUB006"),
    fails("SUB009", None, CLINICIAN, "the last digit", 2019, "MIPS_INDIV", npi("2003004176")),
    fails("SUB009", None, CLINICIAN, "two digits exchanged", 2025, "APP_PLUS_INDIV", npi("2003004157")),
    passes("SUB009", "another right one", 2025, "APP_PLUS_INDIV", npi("1234567893")),
    passes("SUB009", "a group", 2019, "MIPS_GROUP", npi("2003004176"), also="SUB006"),
    fails("SUB010", None, PRACTICE, "a dash", 2018, "MIPS_GROUP", tin("00-0417263")),
    fails("SUB010", None, PRACTICE, "leading zeros lost", 2025, "APP_PLUS_INDIV", tin("417263")),
    fails("SUB010", None, PRACTICE + "[1]", "ten digits", 2023, "MIPS_VIRTUALGROUP", tin(NPI), also="SUB026"),
    passes("SUB010", "an APM entity", 2025, "MIPS_APP1_APMENTITY", tin("00-0417263")),
    passes("SUB010", "zeros", 2018, "MIPS_GROUP", tin("000000000")),
    fails("SUB011", None, PERFORMER + "[2]", "two", 2018, "MIPS_INDIV", lambda doc: again(doc.performers)),
    fails("SUB011", None, PERFORMER + "[2]", "three", 2025, "APP_PLUS_GROUP",
          both(lambda doc: again(doc.performers), lambda doc: again(doc.performers))),
    passes("SUB011", "one", 2018, "MIPS_INDIV", same),
)  # fmt: skip

BEFORE_CONVERSION: tuple[Case, ...] = (
    *FILE, *DOCUMENT, *GUIDS, *POPULATIONS, *RATES, *PROMOTING_INTEROPERABILITY, *IMPROVEMENT_ACTIVITIES, *SUBMISSION
)  # fmt: skip
