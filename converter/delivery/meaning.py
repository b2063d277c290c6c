"""What a failure means, in the words of `explain --response`, and where in the file it is."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from converter.delivery.answers import Failure, Trouble
from converter.errors import ConverterError
from converter.explanation.explanation import Subject
from converter.explanation.response import explain_response
from converter.explanation.response.explained import ExplainedMessage, Mention
from converter.findings.mask import masked_text
from converter.language.english import line_words, number_of

_MEANS: Mapping[Trouble, tuple[str, str]] = {
    Trouble.NO_TOKEN: (
        "There is no token for this system.",
        "Sign in with `qrda2qpp login`, or give the token of a registry with --token-file or QRDA2QPP_TOKEN.",
    ),
    Trouble.TOKEN: (
        "CMS did not accept the token or the sign-in: it is not valid, has expired, or is for another system.",
        "Sign in again with `qrda2qpp login`, or download the token of the registry again.",
    ),
    Trouble.NOT_ALLOWED: (
        "CMS accepts the token, but not for this data: the token is for another TIN or organization, or the year is "
        "closed.",
        "Compare the TIN of the file with those that the account may submit for.",
    ),
    Trouble.CLOSED: ("The performance year is closed at CMS.", "The data of a closed year can no longer be changed."),
    Trouble.REFUSED: ("CMS refused the data.", "Correct what the messages name, and submit the file again."),
    Trouble.DUPLICATE: (
        "CMS already has such a measurement set, which this tool did not see before.",
        "Look at it with `qrda2qpp stored FILE`, then submit the file again.",
    ),
    Trouble.NOT_FOUND: ("CMS does not have what was asked for, or not for this token.", "Run the command again."),
    Trouble.TOO_MANY: (
        "Too many calls came from this address, and CMS blocks it for ten minutes.",
        "Wait ten minutes, then run the command again. Other programs of this network count too.",
    ),
    Trouble.SERVER: ("The server failed.", "Run the command again later."),
    Trouble.NOT_JSON: (
        "What answered is not the API: it sent a web page or a redirect. It may be a firewall, a proxy or a "
        "maintenance page.",
        "Open the address in a browser, and run the command again later.",
    ),
    Trouble.UNREADABLE: (
        "The answer is not of the documented shape.",
        "Report it to the makers of this tool; the receipt shows the call.",
    ),
    Trouble.UNREACHABLE: (
        "There is no connection to the server, so this call was not sent.",
        "Check the network, the address after --to, and whether a proxy is needed (--proxy).",
    ),
    Trouble.TIMED_OUT: ("The server did not answer in time.", "Run the command again later."),
    Trouble.BROKEN: ("The connection broke before the answer was complete.", "Run the command again later."),
    Trouble.AMBIGUOUS: (
        "It is not certain which stored data is meant, so it is left alone.",
        "Look at the data on the site of CMS.",
    ),
    Trouble.NOT_SHOWN: (
        "CMS answered that this was done, but what it shows afterwards is not that. It may show it later, or keep it "
        "under another submitter.",
        "Look at the data on the site of CMS, then run the command again. --submitter says which sets are yours.",
    ),
}
_CLOCKS_DIFFER = 300
_MOST_PLACES = 5
_ROOT = re.compile(r"^\$(?=[.\[]|$)")
_SET_ERROR = "invalid measurement-set object"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a failure means.

    Attributes:
        call: which call failed, in words.
        status: status code, or None.
        said: what CMS said, each message once; masked.
        means: what that means, in sentences.
        advice: what to do.
        places: where it is in the file: line and element, or the place in the submission.
    """

    call: str
    status: int | None
    said: tuple[str, ...]
    means: tuple[str, ...]
    advice: tuple[str, ...]
    places: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return it in words."""
        status = f" (status {self.status})" if self.status else ""
        parts = (("CMS said", self.said), ("What it means", self.means), ("Where", self.places),
                 ("What to do", self.advice))  # fmt: skip
        return [f"Failed: {self.call}{status}", *(f"  {name}: {one}" for name, every in parts for one in every)]


def meaning_of(
    failure: Failure, source: bytes | None = None, set_number: int | None = None, *, show_ids: bool = False
) -> Meaning:
    """Explain a failure.

    Args:
        failure: what came of a call.
        source: the file that was sent, to find the places in it, or None.
        set_number: which measurement set of the submission was sent by itself, from 0; None for all of it.
        show_ids: do not mask TIN and NPI.
    """
    items = _items(failure, source, set_number, show_ids)
    means, advice = _MEANS[failure.trouble]
    notes = (*((failure.note,) if failure.note else ()), *_clock_words(failure.clock))
    shown = failure.said if show_ids else masked_text(failure.said)
    if not items:
        return Meaning(failure.call, failure.status, (shown,) if shown else (), (means, *notes), (advice,))
    known = [one.meaning for one in items if one.meaning and one.what is not Subject.UNKNOWN]
    own = () if known and failure.trouble in (Trouble.REFUSED, Trouble.SERVER) else (means,)
    return Meaning(
        failure.call,
        failure.status,
        tuple(one.message for one in items),
        (*own, *dict.fromkeys(known), *notes),
        tuple(dict.fromkeys(line for one in items for line in one.advice)) or (advice,),
        tuple(_places(items)),
    )


def _items(
    failure: Failure, source: bytes | None, set_number: int | None, show_ids: bool
) -> tuple[ExplainedMessage, ...]:
    if failure.body is None:
        return ()
    body = failure.body if set_number is None else _below(failure.body, set_number)
    try:
        return explain_response(json.dumps(body).encode("utf-8"), source=source, show_ids=show_ids).items
    except ConverterError:  # it is no answer in any known shape
        return ()


def _below(body: Mapping[str, Any], set_number: int) -> Mapping[str, Any]:
    """Let the paths of an answer about one measurement set begin at the submission, where the file has them."""
    error = body.get("error")
    details = error.get("details") if isinstance(error, Mapping) else None
    if not isinstance(error, Mapping) or not isinstance(details, list) or error.get("message") != _SET_ERROR:
        return body
    moved = [_moved(one, set_number) if isinstance(one, Mapping) else one for one in details]
    return {**body, "error": {**error, "details": moved}}


def _moved(detail: Mapping[str, Any], set_number: int) -> Mapping[str, Any]:
    path = detail.get("path")
    if not isinstance(path, str) or not _ROOT.match(path):
        return detail
    return {**detail, "path": _ROOT.sub(f"$.measurementSets[{set_number}]", path)}


def _places(items: tuple[ExplainedMessage, ...]) -> list[str]:
    found = list(dict.fromkeys(one for item in items for one in map(_place, item.mentions) if one))
    more = len(found) - _MOST_PLACES
    return found[:_MOST_PLACES] + ([f"... and {number_of(more, 'more place')}"] if more > 0 else [])


def _place(mention: Mention) -> str:
    lines = line_words(mention.line, mention.column) if mention.line else ""
    return ", ".join(one for one in (mention.words or mention.pointer or mention.path, lines, mention.element) if one)


def _clock_words(ahead: float | None) -> tuple[str, ...]:
    if ahead is None or abs(ahead) < _CLOCKS_DIFFER:
        return ()
    way = "behind" if ahead > 0 else "ahead of"
    return (f"The clock of this computer is {number_of(round(abs(ahead) / 60), 'minute')} {way} that of the server.",)
