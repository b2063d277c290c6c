"""Another schema in place of our own: `--xsd FILE`."""

import os
from pathlib import Path

import pytest
from lxml import etree

import converter
from converter.errors import UsageError
from converter.facts.files import shipped_folder
from converter.findings.finding import Finding, Stage
from converter.structure import load_structure, reader
from tests.cli.runner import qrda2qpp
from tests.documents import document
from tests.structure.broken_structures import ENTITY, ROOT, append, data, remove

HEAD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:hl7-org:v3" targetNamespace="urn:hl7-org:v3" '
    'elementFormDefault="qualified">'
)
ANYTHING = (
    '<xs:complexType name="Anything" mixed="true"><xs:sequence>'
    '<xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>'
    '<xs:anyAttribute processContents="skip"/></xs:complexType>'
)
DOCUMENT = '<xs:element name="ClinicalDocument" type="Anything"/>'
GOOD = document(2025).bytes()
OWN = shipped_folder() / "qrda" / "qrda3.xsd"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def schema(*parts: str, name: str = "other.xsd") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join((HEAD, *parts, "</xs:schema>")), encoding="utf-8")
    return path


def guide(xsd: Path | str, document: bytes = GOOD) -> list[Finding]:
    return [one for one in converter.check(document, xsd=xsd, guide="none").findings if one.stage is Stage.GUIDE]


def root_with(content: str) -> str:
    return f'<xs:element name="ClinicalDocument"><xs:complexType mixed="true">{content}</xs:complexType></xs:element>'


def test_another_schema_decides() -> None:
    broken = data(remove(ROOT + "/custodian"))
    assert guide(schema(ANYTHING, DOCUMENT), broken) == []
    (finding,) = guide(schema(root_with("<xs:sequence/>"), name="strict.xsd"))[:1]
    assert finding.id == "IG001"


def test_file_that_was_changed_is_read_anew() -> None:
    path = schema(ANYTHING, DOCUMENT)
    assert guide(path) == []
    path.write_text(schema(root_with("<xs:sequence/>"), name="new.xsd").read_text(encoding="utf-8"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert guide(path)


@pytest.mark.parametrize("name", ["parts/a.xsd", "with blank/#1 100%20.xsd", "größe.xsd"])
def test_schema_may_include_others_beside_it(name: str) -> None:
    part = Path(name)
    schema(ANYTHING, name=name)
    main = schema(f'<xs:include schemaLocation="part.xsd"/>{DOCUMENT}', name=str(part.with_name("main.xsd")))
    part.rename(part.with_name("part.xsd"))
    assert guide(main) == []
    assert guide(main.absolute()) == []


@pytest.mark.parametrize("name", ["parts/a.xsd", "with blank/#1 100%20.xsd", "größe.xsd"])
def test_errors_of_another_schema_are_explained(name: str) -> None:
    content = '<xs:sequence><xs:element name="realmCode" type="Anything"/></xs:sequence>'
    found = guide(schema(ANYTHING, root_with(content), name=name))
    assert {one.id for one in found} == {"IG001"}
    assert "The element typeId is not allowed in ClinicalDocument" in found[0].message
    assert found[0].expected == "realmCode"


def test_extensions_are_for_another_schema_to_allow() -> None:
    text = OWN.read_text(encoding="utf-8").replace('schemaLocation="', f'schemaLocation="{OWN.parent.as_uri()}/')
    Path("copy.xsd").write_text(text, encoding="utf-8")
    extended = data(append(ENTITY, "<sdtc:patient/>"))
    assert guide(OWN, extended) and guide("copy.xsd", extended)
    assert [one.id for one in converter.check(extended, guide="none").findings if one.stage is Stage.GUIDE] == []


def test_structure_that_is_no_row_of_elements() -> None:
    """What the parts of this explanation do not cover is one finding, "IG010", with what may stand there."""
    content = '<xs:all><xs:element name="id" type="Anything"/><xs:element name="code" type="Anything"/></xs:all>'
    (finding,) = guide(schema(ANYTHING, root_with(content)))
    assert finding.id == "IG010"
    assert finding.place and finding.place.path == ROOT
    assert finding.expected == "One of id or code"
    assert guide(schema(ANYTHING, DOCUMENT)) == []


def test_schema_that_does_not_know_the_document() -> None:
    (finding,) = guide(schema('<xs:element name="other"/>'))
    assert (finding.id, finding.expected) == ("IG010", "-")


def test_simple_types_of_another_schema() -> None:
    kinds = (
        '<xs:simpleType name="one"><xs:restriction base="xs:token"><xs:enumeration value="X1"/>'
        '<xs:enumeration value="X2"/></xs:restriction></xs:simpleType>'
        '<xs:complexType name="Code"><xs:attribute name="code" type="one"/></xs:complexType>'
    )
    content = (
        '<xs:sequence><xs:element name="realmCode" type="Code"/>'
        '<xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence>'
    )
    (finding,) = guide(schema(kinds, root_with(content)))
    assert finding.message == "The attribute code of the element realmCode is not one of X1 or X2."
    assert (finding.found, finding.fix) == ("US", "Write one of X1 or X2.")


def test_text_of_a_simple_type_is_not_quoted() -> None:
    content = '<xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/></xs:sequence>'
    found = guide(schema(root_with(content), '<xs:element name="title" type="xs:integer"/>'))
    assert (found[0].id, found[0].found) == ("IG007", None)
    assert found[0].message == "The text of the element title is not a value of the kind that the schema describes."


def test_schema_that_only_lxml_understands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.structure.examine.read_schema", lambda _: None)
    (finding,) = guide(schema(root_with("<xs:sequence/>")))
    assert (finding.id, finding.expected) == ("IG010", "-")


def test_nonsense_gives_no_reader() -> None:
    path = schema(ANYTHING, DOCUMENT)
    structure = load_structure(path)
    path.write_text("<a/", encoding="utf-8")
    assert reader.read_schema(structure) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "There is no schema file"),
        ("", "is not well-formed XML"),
        ("<a", "is not well-formed XML (line 1)"),
        ("<a/>", "is not an XML schema that can be used"),
        (HEAD + '<xs:include schemaLocation="missing.xsd"/></xs:schema>', "is not an XML schema that can be used"),
        (HEAD + '<xs:element name="a" type="missing"/></xs:schema>', "is not an XML schema that can be used"),
        (HEAD + '<xs:include schemaLocation="http://schema.invalid/a.xsd"/></xs:schema>', "read from the network"),
    ],
)
def test_schema_that_cannot_be_used(content: str | None, words: str) -> None:
    if content is not None:
        Path("bad.xsd").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"bad\.xsd") as raised:
        converter.check(GOOD, xsd="bad.xsd")
    assert words in str(raised.value)
    result = qrda2qpp("check", "--xsd", "bad.xsd", stdin=GOOD)
    assert (result.code, result.stdout) == (2, b"")
    assert words in result.stderr


def test_folder_is_no_schema() -> None:
    Path("folder").mkdir()
    with pytest.raises(UsageError, match="folder"):
        converter.check(GOOD, xsd="folder")


def test_entities_of_a_schema_are_not_read() -> None:
    Path("secret.txt").write_text("secret", encoding="utf-8")
    text = '<!DOCTYPE xs:schema [<!ENTITY e SYSTEM "secret.txt">]>' + HEAD + "&e;</xs:schema>"
    Path("bad.xsd").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        converter.check(GOOD, xsd="bad.xsd")
    assert "secret." not in str(raised.value).replace("secret.txt", "")


# --- the command -------------------------------------------------------------------------------------------------


def test_command_warns_and_exits_with_0() -> None:
    result = qrda2qpp("check", stdin=data(remove(ROOT + "/custodian")))
    assert result.code == 0
    assert "IG003" in result.text
    assert "is missing the element custodian (the organization that keeps the document)" in " ".join(
        result.text.split()
    )


def test_command_takes_another_schema() -> None:
    path = schema(ANYTHING, DOCUMENT)
    assert "IG003" not in qrda2qpp("check", "--xsd", str(path), stdin=data(remove(ROOT + "/custodian"))).text


def test_convert_has_no_such_option() -> None:
    assert qrda2qpp("convert", "--xsd", str(OWN), stdin=GOOD).code == 2
    assert "IG" not in qrda2qpp("convert", "--strict", stdin=data(remove(ROOT + "/custodian"))).stderr


def test_our_own_schema_is_a_schema_by_itself() -> None:
    """Others may use it without this program, which takes out extensions before."""
    compiled = etree.XMLSchema(etree.parse(str(OWN)))
    assert compiled.validate(etree.fromstring(GOOD))
