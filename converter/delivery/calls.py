"""The calls of the submission API, as values: one function for each, and nothing is sent by making one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from converter.delivery.secret import Secret

SUBMISSIONS_TYPE = "application/vnd.qpp.cms.gov.v1+json"
AUTH_TYPE = "application/vnd.qpp.cms.gov.v2+json"
TIN_HEADER = "qpp-taxpayer-identification-number"
_API = "/api/submissions"
_PAGE = 100


@dataclass(frozen=True, slots=True)
class Call:
    """One call.

    Attributes:
        name: what it does, in words: `read the submissions`.
        method: GET, POST, PUT or DELETE.
        path: path below the host, or a whole URL for an endpoint of the sign-in.
        query: parameters of the URL; never a TIN.
        headers: its own headers.
        body: JSON that is sent, or None.
        form: form that is sent, or None; its values may be secrets.
        signed: whether the token is sent along.
        changes: whether it changes what is stored. Such a call is never repeated before it was looked what is stored.
    """

    name: str
    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    form: Mapping[str, "str | Secret"] | None = field(default=None, repr=False)
    signed: bool = True
    changes: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose submission it is: what CMS finds it by.

    Attributes:
        year: performance year.
        entity_type: individual, group, virtualGroup, apm or subgroup.
        tin: taxpayer identification number, or None.
        npi: national provider identifier, or None.
        entity_id: id of the virtual group, APM entity or subgroup, or None.
        program: program of the whole submission, as files of 2017 may have it, or None.
    """

    year: int
    entity_type: str
    tin: str | None = field(default=None, repr=False)
    npi: str | None = field(default=None, repr=False)
    entity_id: str | None = None
    program: str | None = None

    def members(self) -> dict[str, Any]:
        """Return it as the members of a submission."""
        every = {
            "performanceYear": self.year,
            "entityType": self.entity_type,
            "taxpayerIdentificationNumber": self.tin,
            "nationalProviderIdentifier": self.npi,
            "entityId": self.entity_id,
            "programName": self.program,
        }
        return {name: value for name, value in every.items() if value is not None}


def validate(submission: Mapping[str, Any]) -> Call:
    """Ask whether a submission is valid; nothing is stored, and no token is needed."""
    return _call("validate the submission", "POST", "/public/validate-submission", body=submission, signed=False)


def score_preview(submission: Mapping[str, Any]) -> Call:
    """Ask what a submission would score; nothing is stored."""
    return _call("preview the score", "POST", "/submissions/score-preview", body=submission)


def find_submissions(identity: Identity, start: int = 0) -> Call:
    """Read the submissions of an identity, from the one at `start` on."""
    query = {
        "performanceYear": str(identity.year),
        "entityType": identity.entity_type,
        "nationalProviderIdentifier": identity.npi,
        "entityId": identity.entity_id,
        "startIndex": str(start),
        "itemsPerPage": str(_PAGE),
    }
    headers = {TIN_HEADER: identity.tin} if identity.tin else {}
    given = {name: value for name, value in query.items() if value is not None}
    return _call("read the stored submissions", "GET", "/submissions", query=given, headers=headers)


def read_submission(submission_id: str) -> Call:
    """Read one submission."""
    return _call("read the stored submission", "GET", f"/submissions/{_segment(submission_id)}")


def read_score(submission_id: str) -> Call:
    """Read the score of what is stored."""
    return _call("read the score", "GET", f"/submissions/{_segment(submission_id)}/score")


def read_set(set_id: str) -> Call:
    """Read one measurement set."""
    return _call("read a measurement set", "GET", f"/measurement-sets/{_segment(set_id)}")


def create_set(identity: Identity, members: Mapping[str, Any]) -> Call:
    """Store a set that is not there yet, and the submission with it if there is none."""
    body = {**members, "submission": identity.members()}
    return _call("store a new measurement set", "POST", "/measurement-sets", body=body, changes=True)


def replace_set(set_id: str, members: Mapping[str, Any]) -> Call:
    """Put a set in place of the whole one that is stored."""
    return _call(
        "replace a measurement set", "PUT", f"/measurement-sets/{_segment(set_id)}", body=members, changes=True
    )


def delete_set(set_id: str) -> Call:
    """Delete a set."""
    return _call("delete a measurement set", "DELETE", f"/measurement-sets/{_segment(set_id)}", changes=True)


def benchmarks(year: int, measure_id: str | None = None) -> Call:
    """Read the benchmarks of a performance year, or of one of its measures; no token is needed."""
    query = {"performanceYear": str(year)} | ({"measureId": measure_id} if measure_id else {})
    return _call("read the benchmarks", "GET", "/public/benchmarks", query=query, signed=False)


def discovery() -> Call:
    """Read where the endpoints of the sign-in are."""
    return Call("find the sign-in", "GET", "/api/auth/oauth", headers={"Accept": AUTH_TYPE}, signed=False)


def sign_in_form(name: str, endpoint: str, form: Mapping[str, "str | Secret"]) -> Call:
    """Send a form to an endpoint of the sign-in; it uses up a code or refresh token, so it is not repeated."""
    return Call(name, "POST", endpoint, headers={"Accept": "application/json"}, form=form, signed=False, changes=True)


def keys(endpoint: str) -> Call:
    """Read the keys that identity tokens are signed with."""
    return Call("read the keys of the sign-in", "GET", endpoint, headers={"Accept": "application/json"}, signed=False)


def _call(name: str, method: str, path: str, **more: Any) -> Call:
    headers = {"Accept": SUBMISSIONS_TYPE, **more.pop("headers", {})}
    return Call(name, method, f"{_API}{path}", headers=headers, **more)


def _segment(identifier: str) -> str:
    from urllib.parse import quote

    return quote(identifier, safe="", errors="replace")
