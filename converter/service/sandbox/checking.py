"""What our own rules say of what is sent, as CMS would say it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from converter.facts.files import Folders
from converter.findings import kinds
from converter.findings.finding import Finding
from converter.pipeline import Options, convert_bytes
from converter.service.sandbox.wording import Detail, Sent, detail
from converter.source.limits import Limits

_NOT_SENT = (kinds.MEMBER_READ_ONLY, kinds.MEMBER_NULL)


class Checking(NamedTuple):
    """How what is sent is checked.

    Attributes:
        folders: where the data files are looked for.
        limits: sizes and time beyond which it is refused.
        preview: whether only invented TINs are taken.
        strict_members: whether members that CMS gives out, and null, are refused.
    """

    folders: Folders
    limits: Limits
    preview: bool
    strict_members: bool

    def submission(self, body: Mapping[str, Any]) -> list[Detail]:
        """Return what is wrong with a submission; empty where nothing is."""
        return self._details(body, Sent("Submission", body))

    def measurement_set(self, body: Mapping[str, Any], identity: Mapping[str, Any]) -> list[Detail]:
        """Return what is wrong with a measurement set.

        Args:
            body: the set.
            identity: the members of the submission that it is for.
        """
        alone = {name: value for name, value in body.items() if name not in ("submission", "submissionId")}
        whole = {**identity, "measurementSets": [alone]}
        return self._details(whole, Sent("MeasurementSet", whole, "/measurementSets/0"))

    def measurement(
        self, body: Mapping[str, Any], others: Sequence[Any], of_set: Mapping[str, Any], identity: Mapping[str, Any]
    ) -> list[Detail]:
        """Return what is wrong with a measurement.

        Args:
            body: the measurement.
            others: the other measurements of its set.
            of_set: the set.
            identity: the members of the submission that the set is for.
        """
        whole = {**identity, "measurementSets": [{**of_set, "measurements": [body, *others]}]}
        return self._details(whole, Sent("Measurement", whole, "/measurementSets/0/measurements/0"))

    def _details(self, whole: Mapping[str, Any], sent: Sent) -> list[Detail]:
        options = Options(strict=True, submissions=True, limits=self.limits)
        result = convert_bytes(json.dumps(whole).encode(), "body", self.folders, options)
        found = [detail(one, sent) for one in result.findings if one in result.blocking or self._refuses(one)]
        tin = whole.get("taxpayerIdentificationNumber")
        if self.preview and isinstance(tin, str) and not tin.startswith("000") and not found:
            found.append(sent.invalid("/taxpayerIdentificationNumber", "only TINs that begin with 000 are accepted"))
        return found

    def _refuses(self, finding: Finding) -> bool:
        return self.strict_members and finding.kind in _NOT_SENT
