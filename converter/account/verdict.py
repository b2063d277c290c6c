"""What the verdict on an input is, from its findings and from what was not checked."""

from collections.abc import Iterable, Sequence

from converter.account.reading import Reading
from converter.findings.finding import Effect, Finding, Stage, breaks_guide
from converter.language.english import listed
from converter.language.terms import CATEGORY_NAMES
from converter.model.readiness import CategoryReadiness
from converter.model.verdict import Verdict, VerdictKind

_PLURAL = CATEGORY_NAMES["ia"]
_OFF_GUIDE = "it does not follow the implementation guide"
_CLEAN = "nothing found that CMS would reject"


def verdict(findings: Sequence[Finding], reading: Reading, *, blocking: frozenset[Stage]) -> Verdict:
    """Return the verdict on an input.

    Args:
        findings: all that was found.
        reading: the input, for its submission and for what was not checked of it.
        blocking: the stages that block: with `submission` it was asked what CMS would reject, else whether a document
            can be converted; with `guide` also whether it follows the implementation guide.
    """
    checked = Stage.SUBMISSION in blocking
    unchecked = (
        *dict.fromkeys(one.kind.unchecked for one in findings if one.kind.unchecked),
        *_not_asked(reading.readiness()),
    )
    errors = [one for one in findings if one.effect is Effect.REFUSES]
    if errors:
        return _against(errors, unchecked, checked=checked, converted=reading.facts.summary is not None)
    if Stage.GUIDE in blocking and any(breaks_guide(one) for one in findings):
        return Verdict(VerdictKind.REFUSED, _OFF_GUIDE, unchecked)
    words = _loss(findings, _CLEAN if unchecked else "CMS would accept it")
    kind = VerdictKind.COSTS_POINTS if words else VerdictKind.UNCHECKED if unchecked else VerdictKind.ACCEPTED
    words = words or (f"{_CLEAN}; not checked: {'; '.join(unchecked)}" if unchecked else _CLEAN)
    return Verdict(kind, words if checked else f"converted; {words}", unchecked)


def _against(errors: Sequence[Finding], unchecked: tuple[str, ...], *, checked: bool, converted: bool) -> Verdict:
    """The verdict on an input with errors. Those of the machine or of this tool alone are no refusal."""
    if all(one.kind.no_verdict for one in errors):
        return Verdict(VerdictKind.UNCHECKED, errors[0].kind.no_verdict, unchecked)
    if checked:
        return Verdict(VerdictKind.REFUSED, "CMS would reject it", unchecked)
    return Verdict(
        VerdictKind.REFUSED, "converted, but CMS would reject it" if converted else "not converted", unchecked
    )


def _loss(findings: Sequence[Finding], accepted: str) -> str:
    """What it costs to send a submission without errors; empty where it costs nothing."""
    lost = list(dict.fromkeys(_category(one) for one in findings if one.effect is Effect.LOSES_CATEGORY))
    scores = f"{listed(lost)} {'scores' if len(lost) == 1 and lost[0] != _PLURAL else 'score'} 0" if lost else ""
    effects = {one.effect for one in findings}
    if Effect.MAY_REFUSE in effects:
        return "CMS may reject it" + (f", and {scores}" if scores else "")
    if scores:
        return f"{accepted}, but {scores}"
    return f"{accepted}, but it may cost points" if Effect.COSTS_POINTS in effects else ""


def _category(finding: Finding) -> str:
    return CATEGORY_NAMES[finding.kind.category] if finding.kind.category else str(finding.data["category"])


def _not_asked(readiness: Iterable[CategoryReadiness]) -> Iterable[str]:
    """What was not checked of categories; the same of several of them once."""
    names: dict[str, list[str]] = {}
    for row in readiness:
        for words in row.unchecked:
            names.setdefault(words, []).append(CATEGORY_NAMES.get(row.category, row.category))
    return [f"{words} ({listed(list(dict.fromkeys(ones)))})" for words, ones in names.items()]
