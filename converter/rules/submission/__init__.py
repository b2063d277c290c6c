"""Rules about the submission: what CMS would reject, what costs points, and what it holds against who submits.

They look at the submission as JSON and so serve converted documents and QPP JSON files alike. What CMS is known to
refuse is an error; what follows from policy, or is only inferred, is a warning that says so. The numbers SV-nnn in the
docstrings are those of `docs/submission-rules.md`, which lists every rule with its source and its finding.
"""

from converter.resolve.submission_context import SubmissionRule
from converter.rules.submission import (
    activities,
    completeness,
    counts,
    measurements,
    promoting_interoperability_set,
    reporter,
    scoring,
    sets,
)

SUBMISSION: tuple[SubmissionRule, ...] = (
    *reporter.RULES,
    *sets.RULES,
    *measurements.RULES,
    *counts.RULES,
    *promoting_interoperability_set.RULES,
    *scoring.RULES,
    *completeness.RULES,
    *activities.RULES,
)
