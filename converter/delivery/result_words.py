"""What became of a file, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from converter.delivery.answers import Failure
from converter.delivery.meaning import meaning_of
from converter.delivery.plan import Step
from converter.delivery.plan_words import Named
from converter.delivery.receipts import differences_of
from converter.delivery.run import Ended, Prepared
from converter.delivery.sending import DONE, Outcome, SetResult
from converter.findings.mask import Mask

_SAYS = {
    Outcome.STORED: "stored, and read back number by number",
    Outcome.UNCHANGED: "was stored before, and is unchanged",
    Outcome.WITHDRAWN: "deleted",
    Outcome.ANSWERED: "CMS answered that it is stored, but it was not read back",
    Outcome.DIFFERENT: "stored with other values than those of the file",
    Outcome.REFUSED: "refused by CMS; it is not stored",
    Outcome.CHANGED: "not stored: somebody else has changed it since the plan was made",
    Outcome.NOT_SENT: "not stored",
    Outcome.UNKNOWN: "it is not known whether it is stored",
}
_SAYS_OF_WITHDRAWAL = {
    **_SAYS,
    Outcome.ANSWERED: "CMS answered that it is deleted, but that was not read back",
    Outcome.REFUSED: "CMS refused to delete it; it is still stored",
    Outcome.CHANGED: "not deleted: somebody else has changed it since the plan was made",
    Outcome.NOT_SENT: "not deleted; it is still stored",
    Outcome.UNKNOWN: "it is not known whether it is deleted",
}
_VERDICT = {
    0: "Everything is as the plan says.",
    1: "Nothing was stored.",
    4: "Only a part is stored, or it is not known. Run the command again: the new plan shows what is missing.",
}
_VERDICT_OF_WITHDRAWAL = {
    0: "Everything is as the plan says.",
    1: "Nothing was deleted.",
    4: "Only a part is deleted, or it is not known. Run the command again: the new plan shows what is still stored.",
}


def result_lines(ended: Ended, file: Prepared, named: Named, *, show_ids: bool = False) -> Iterator[str]:
    """Yield the lines about a file that was sent, or whose sets were to be deleted."""
    identity = file.wanted.identity
    mask = Mask([one for one in (identity.tin, identity.npi) if one], show_ids)
    yield from (mask.foreign(line) for line in _lines(ended, file, named, show_ids))
    yield f"  Receipt: {ended.receipt}"


def _lines(ended: Ended, file: Prepared, named: Named, show_ids: bool) -> Iterator[str]:
    withdraws = any(one.planned.step is Step.WITHDRAW for one in ended.results)
    verdict, says = (_VERDICT_OF_WITHDRAWAL, _SAYS_OF_WITHDRAWAL) if withdraws else (_VERDICT, _SAYS)
    yield f"Result for {file.name}: {verdict[ended.code]}"
    if ended.problem:
        yield f"  {ended.problem}"
    told: set[tuple[str, ...]] = set()
    for one in ended.results:
        held = f" (id {one.held.id})" if one.held and one.outcome is not Outcome.WITHDRAWN else ""
        yield f"  {one.planned.key}: {says[one.outcome]}{held}"
        if one.remark:
            yield f"    {one.remark}"
        yield from _why(one, file, named, told, show_ids)
    if isinstance(ended.score, Failure):
        yield f"  Score: it could not be read ({ended.score.trouble.value})"
    elif ended.score is not None:
        yield f"  Score: {score_words(ended.score)}"


def score_words(score: Mapping[str, Any]) -> str:
    """Return a score in one line: `36.93 points (quality 20.96, pi 9.47)`."""
    value = score.get("value")
    if not isinstance(value, int | float):
        return "the answer has none"
    every = score.get("parts")
    parts = [one for one in every if isinstance(one, Mapping)] if isinstance(every, list) else []
    named = [f"{one.get('name')} {_points(one['value'])}" for one in parts if isinstance(one.get("value"), int | float)]
    return f"{_points(value)} points" + (f" ({', '.join(named)})" if named else "")


def _points(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _why(one: SetResult, file: Prepared, named: Named, told: set[tuple[str, ...]], show_ids: bool) -> Iterator[str]:
    for measure, difference in differences_of(one):
        where = f"{named(measure)}, " if measure else ""
        yield f"    {where}{difference.member}: sent {difference.new}, stored {difference.old}"
    if one.failure is None or one.outcome in DONE:
        return
    number = one.planned.wanted.number if one.planned.wanted else None
    lines = meaning_of(one.failure, file.data, number, show_ids=show_ids).lines()
    if tuple(lines) not in told:
        told.add(tuple(lines))
        yield from (f"    {line}" for line in lines)
