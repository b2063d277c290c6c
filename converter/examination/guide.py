"""The implementation guide's assertions asked of a document: findings, and the list of all that fail."""

from collections.abc import Sequence

from converter.examination.told import Told
from converter.facts.files import Folders, is_there
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.failures import report_failure
from converter.findings.finding import Severity
from converter.findings.place import Place
from converter.guide.guides import load_guide
from converter.guide.mistake import Mistake
from converter.guide.mistakes import mistakes
from converter.guide.seen import Seen
from converter.guide.speaker import Speaker, Words
from converter.guide.walk import failures
from converter.model.assertion import FailedAssertion
from converter.resolve.edition import OF_NO_EDITION
from converter.source.xml.tree import XmlTree

_HL7 = "hl7"


def examine_guide(
    tree: XmlTree, findings: Collector, folders: Folders, year: int | None, *, asserted: bool, whose: str
) -> tuple[FailedAssertion, ...]:
    """Ask the assertions of the guide of a year; what fails becomes findings, unless another finding tells it already.

    Args:
        tree: the document.
        findings: what was found before, which takes what is found now.
        folders: where the data files are looked for.
        year: the year of the document, be it only assumed; None where nothing told one.
        asserted: whether the caller says that it is of that year.
        whose: `cms` or `hl7`.

    Returns:
        Every assertion that fails, at each of its places, in the order of the document.
    """
    if year is None:
        remedy = "Say which year it is meant for, with --year."
        findings.add(kinds.GUIDE_NOT_CHECKED, problem="its performance year is not known", year=None, remedy=remedy)
        return ()
    if not asserted and any(one.kind in OF_NO_EDITION for one in findings):
        problem = f"its edition is not known; the nearest one is that of {year}"
        remedy = f"If it is meant for {year}, check it with --year {year}."
        findings.add(kinds.GUIDE_NOT_CHECKED, problem=problem, year=year, remedy=remedy)
        return ()
    if not any(is_there(one / "guide" / f"{year}.json") for one in folders):
        problem = f"there is no guide of {year} among the data files"
        remedy = f"Add guide/{year}.json to the catalog folder, or leave the check out with --guide none."
        findings.add(kinds.GUIDE_NOT_CHECKED, problem=problem, year=year, remedy=remedy)
        return ()
    before = len(findings)
    try:
        return _examine(tree, findings, folders, year, whose)
    except Exception as error:
        findings.drop(before)
        report_failure(findings, "comparison with the implementation guide", error)
        return ()


def _examine(
    tree: XmlTree, findings: Collector, folders: Folders, year: int, whose: str
) -> tuple[FailedAssertion, ...]:
    guide = load_guide(folders, year, hl7=whose == _HL7)
    found = failures(tree.root, guide)
    if not found:
        return ()
    told = Told(list(findings), tree)
    speaker = Speaker(guide, Seen(tree.root, guide.value_sets))
    groups: dict[tuple[str, str], list[Mistake]] = {}
    said: dict[tuple[str, str], Words] = {}
    tellers: dict[int, str] = {}
    for one in mistakes(tree.root, guide, found):
        teller = told.teller(one)
        if teller is not None:
            told.relate(teller, one)
            tellers |= {id(failure): told.findings[teller].id for failure in one.failures}
            continue
        words = speaker.words(one)
        key = (words.kind.id, one.assertion.id)
        said.setdefault(key, words)
        groups.setdefault(key, []).append(one)
        tellers |= {id(failure): words.kind.id for failure in one.failures}
    findings.relate(told.related)
    for key, ones in sorted(groups.items(), key=lambda item: item[1][0].assertion.severity is Severity.WARNING):
        _add(findings, tree, said[key], ones)
    return tuple(
        FailedAssertion(one.id, one.severity, tree.place_itself(failure.element), tellers[id(failure)])
        for failure in found
        for one in failure.assertions
    )


def _add(findings: Collector, tree: XmlTree, words: Words, ones: Sequence[Mistake]) -> None:
    """Add one finding of all mistakes that fail the same assertion in the same way."""
    ids = {one.id: None for mistake in ones for failure in mistake.failures for one in failure.assertions}
    places = [tree.place_itself(one) for one in {mistake.scope: None for mistake in ones[1:]}]
    findings.add(
        words.kind,
        tree.place_itself(words.element, words.attribute),
        found=words.found,
        related=tuple[Place, ...](places),
        assertion=ones[0].assertion.id,
        assertions=tuple(ids),
        required=ones[0].assertion.severity is Severity.ERROR,
        **words.words,
    )
