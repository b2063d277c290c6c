"""An assertion of the implementation guide that a document fails at one place."""

from typing import NamedTuple

from converter.findings.finding import Severity
from converter.findings.place import Place


class FailedAssertion(NamedTuple):
    """An assertion of the implementation guide that a document fails at one place.

    Attributes:
        id: its id, such as `4484-17208` or `CMS_41`.
        severity: error or warning, as the guide has it; the finding that tells it is a warning in any case.
        place: the element that fails it.
        finding: id of the finding that tells it, be it one of the guide, of a rule or of the structure.
    """

    id: str
    severity: Severity
    place: Place
    finding: str
