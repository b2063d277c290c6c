"""The score of a submission: the one place that knows who computes it."""

from collections.abc import Mapping
from typing import Any

from converter.facts.files import Folders
from converter.service.sandbox.answers import ApiError


def score_of(submission: Mapping[str, Any], _folders: Folders, _program: str | None) -> dict[str, Any]:
    """Return the score of a submission, as CMS answers it.

    Args:
        submission: a submission that the rules have nothing against.
        _folders: where the data files are looked for.
        _program: the program that is scored; None for that of the sets.

    Raises:
        ApiError: 501, there is no score for it.
    """
    year = submission.get("performanceYear")
    raise ApiError(501, "NotImplemented", f"The sandbox has no score for {year}: it comes with a later version.")
