"""The shapes of answers in JSON: one function for each, which returns the answer, or None where it is another shape."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from converter.explanation.messages import recognise
from converter.explanation.response.answer import Answer, Said, objects, part, said, whole, words
from converter.explanation.response.scores import score
from converter.explanation.response.web_interface import web_interface

Document: TypeAlias = Mapping[str, Any]

_CHECKED_AGAIN = "A report of this tool is read best as text: `qrda2qpp check EXPORT.xml` writes it."
_DONE = "Nothing needs to be fixed; keep the answer as a proof of what was sent."
_RESENT = "Sending again replaces the whole measurement set, so a measure that the next file leaves out is gone at CMS."
_NOTHING_REFUSED = (
    "It says that nothing was refused, not that something was stored: a submission that was taken comes back in the "
    "answer, or is shown on the site."
)
_SIGN_IN = "The data was not looked at. It is about the application and its token, not about the file."
_PARTLY = "A file with several measurement sets may have been taken in part: the sets without an error may be stored."


def _own_report(document: Document) -> Answer | None:
    if "reportVersion" not in document or "documents" not in document:
        return None
    findings = [one for item in objects(document["documents"]) for one in objects(item.get("findings"))]
    messages = tuple(_own(one) for one in findings)
    return Answer("This is a JSON report of this tool, not an answer of CMS", messages, notes=(_CHECKED_AGAIN,))


def _own(finding: Mapping[str, Any]) -> Said:
    place = part(finding, "place")
    return Said(
        message=words(finding.get("message")) or "(no message)",
        path=words(place.get("path")),
        line=whole(place.get("line")),
        column=whole(place.get("column")),
        warning=finding.get("severity") != "error",
        finding=words(finding.get("id")),
        fix=words(finding.get("fix")),
    )


def _api_error(document: Document) -> Answer | None:
    error = part(document, "error")
    if not error:
        return None
    kind, title, details = words(error.get("type")), words(error.get("message")), error.get("details")
    named = f" ({kind})" if kind else ""
    if isinstance(details, list) and objects(details):
        return Answer(
            f"CMS' submission API refused the submission{named}", tuple(said(objects(details))), title, (_PARTLY,)
        )
    notes: tuple[str, ...] = ()
    if kind == "DuplicateEntryError":
        stored = words(part(error, "details").get("submissionId"))
        notes = (f"The submission that is already there has the id {stored}.",) if stored else ()
    elif isinstance(details, Mapping) and (details.get("message") or details.get("path")):
        return Answer(f"CMS' submission API refused the submission{named}", tuple(said([details])), title)
    plain = [word for word in (title, *_plain(details)) if word] or [kind or "(no message)"]
    known = f"{plain[0]} ({kind})" if kind and kind != plain[0] else plain[0]
    return Answer(
        f"CMS' submission API refused the call{named}", (Said(known), *(Said(word) for word in plain[1:])), None, notes
    )


def _plain(details: object) -> list[str]:
    return [one for one in details if isinstance(one, str)] if isinstance(details, list) else []


def _conversion_report(document: Document) -> Answer | None:
    errors, warnings = objects(document.get("errors")), objects(document.get("warnings"))
    if not isinstance(document.get("errors"), list | dict) or (not errors and document["errors"]):
        return None
    messages: list[Said] = []
    for error in errors:
        details = objects(error.get("details"))
        messages += said(details or [error])
    messages += said(warnings, warning=True)
    if not messages:
        return Answer("This is an error report without errors", notes=(_NOTHING_REFUSED,))
    titles = dict.fromkeys(title for error in errors if error.get("details") and (title := words(error.get("message"))))
    return Answer(_kind_of_report(errors), tuple(messages), "; ".join(titles) or None, _notes_of_report(messages))


def _kind_of_report(errors: list[Mapping[str, Any]]) -> str:
    details = [one for error in errors for one in objects(error.get("details"))]
    if any("slug" in one for one in details):
        return "This is an error JSON of this tool, in the shape of CMS' error reports"
    if any("path" in one and "location" not in one for one in details):
        return "CMS' conversion service refused the file (error report in the shape of 2017 and 2018)"
    return "CMS' conversion service refused the file (error report of the upload page)"


def _notes_of_report(messages: list[Said]) -> tuple[str, ...]:
    if any(one.finding for one in messages):
        return (_CHECKED_AGAIN,)
    return (_PARTLY,) if any(one.message.startswith("SV") for one in messages) else ()


def _first_report(document: Document) -> Answer | None:
    if not isinstance(document.get("errorSources"), list):
        return None
    errors = [one for item in objects(document["errorSources"]) for one in objects(item.get("validationErrors"))]
    return Answer("CMS' converter refused the file (error report in the shape of 2017)", tuple(said(errors)))


def _converted(document: Document) -> Answer | None:
    submission = part(document, "qpp")
    if not submission:
        return None
    warnings = tuple(said(objects(document.get("warnings")), warning=True))
    return Answer("CMS' conversion service accepted the file", warnings, None, (_DONE, _RESENT), submission)


def _accepted(document: Document) -> Answer | None:
    data = part(document, "data")
    if not data:
        return None
    found = [*objects(document.get("warnings")), *objects(data.get("warnings"))]
    warnings = tuple(said(found, warning=True))
    if "submission" in data or "measurementSet" in data:
        what = "submission" if "submission" in data else "measurement set"
        return Answer(
            f"CMS' submission API accepted the {what}", warnings, None, (_DONE, _RESENT), part(data, "submission")
        )
    if "submissions" in data:
        number = len(objects(data["submissions"]))
        return Answer(f"CMS' submission API lists what it has stored ({number} here)", warnings)
    return Answer("CMS' submission API answered with data, not with an error", warnings)


def _sign_in(document: Document) -> Answer | None:
    """An error of OAuth (RFC 6749): a word, and a sentence beside it."""
    error, sentence = document.get("error"), words(document.get("error_description"))
    if not isinstance(error, str) or not (sentence or recognise(error).side == "oauth"):
        return None
    return Answer(
        "CMS' sign-in (OAuth) refused the call",
        (Said(f"{error}: {sentence}" if sentence else error),),
        None,
        (_SIGN_IN,),
    )


def _transport(document: Document) -> Answer | None:
    status = whole(document.get("statusCode")) or whole(document.get("status"))
    error = document.get("error")
    message = words(document.get("message")) or (error if isinstance(error, str) else None)
    if set(document) - {"statusCode", "status", "message", "error", "timestamp", "path", "requestId"} or not message:
        return None
    if isinstance(document.get("message"), list):
        return Answer(f"CMS' system refused the call{_number(status)}", tuple(said([document])))
    if status is None and error is None and document.keys() != {"message"}:
        return None
    return Answer(f"CMS' system refused the call{_number(status)}", (Said(_with_status(message, status)),))


def _number(status: int | None) -> str:
    return f" (HTTP {status})" if status else ""


def _with_status(message: str, status: int | None) -> str:
    """Let the number of the answer lead the message: it says what the message means where that is not known."""
    return f"HTTP {status} {message}" if status and status != 422 else message


def _details(document: Document) -> Answer | None:
    details = objects(document.get("details")) or ([document] if "message" in document else [])
    wanted = [one for one in details if {"path", "location", "errorCode", "type", "message"} & one.keys()]
    if not wanted or len(wanted) != len(details) or not any("message" in one for one in wanted):
        return None
    return Answer("These are details of an answer of CMS", tuple(said(wanted)))


SHAPES: tuple[Callable[[Any], Answer | None], ...] = (
    _own_report,
    score,
    web_interface,
    _api_error,
    _first_report,
    _conversion_report,
    _converted,
    _accepted,
    _sign_in,
    _transport,
    _details,
)
"""Tried in this order; each is given the JSON object."""
