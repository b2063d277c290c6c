"""QPP JSON: the submission as CMS takes it, in the member order of the official converter."""

from converter.model.submission import Submission


def qpp_json(submission: Submission, indent: int | None = None) -> str:
    """Return the submission as JSON text; members without value are left out."""
    return submission.model_dump_json(exclude_none=True, indent=indent)
