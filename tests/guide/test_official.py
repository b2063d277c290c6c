"""Every recipe and document fails exactly the assertions that the official Schematron fails, at the same places."""

import pytest

from converter.facts.files import data_folders
from converter.findings.collector import Collector
from converter.findings.finding import Severity
from converter.guide.guides import load_guide
from converter.guide.walk import Failure, failures
from converter.source.limits import DEFAULT_LIMITS
from converter.source.xml.parse import parse_xml
from converter.source.xml.tree import XmlTree
from tests.guide.recipes import BASES, EXPECTED, Failed, base, documents, edited, expected, path_of

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not (EXPECTED.is_file() and BASES.is_file()),
        reason="no recipes: name the folder of the corpus in QRDA2QPP_CORPUS, with reference/ beside it",
    ),
]
YEARS = range(2018, 2028)


def tree_of(data: bytes) -> XmlTree:
    tree = parse_xml(data, DEFAULT_LIMITS, Collector())
    assert tree is not None
    return tree


def ids(found: list[Failure]) -> list[tuple[str, Failure]]:
    return [
        (f"{one.id}!" if one.severity is Severity.WARNING else one.id, failure)
        for failure in found
        for one in failure.assertions
    ]


def failed(found: list[Failure]) -> set[Failed]:
    return {(id, path_of(failure.element)) for id, failure in ids(found)}


@pytest.mark.parametrize("year", YEARS)
def test_recipes(year: int) -> None:
    guide, recipes = load_guide(data_folders(()), year), expected()["recipes"][str(year)]
    assert recipes
    for recipe in recipes:
        root = tree_of(base(str(year), recipe["base"])).root
        edited(root, recipe["edits"])
        assert failed(failures(root, guide)) == {tuple(one) for one in recipe["fails"]}, recipe["edits"]


def test_documents() -> None:
    for data, row in documents():
        found = ids(failures(tree_of(data).root, load_guide(data_folders(()), row["year"])))
        assert sorted({id for id, _ in found}) == sorted(row["fails"]), row["name"]
        assert len({(id, failure.element) for id, failure in found}) == row["number"], row["name"]
