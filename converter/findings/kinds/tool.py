"""TOOL: failures of this tool."""

from converter.findings.finding import Effect, Kind, Severity, Stage

CHECK_FAILED = Kind(
    id="TOOL001",
    slug="check-failed",
    stage=Stage.TOOL,
    no_verdict="not checked, because this tool failed",
    message="The step {step} of this tool failed ({problem}), so the document was not converted; the other findings "
    "hold.",
    expected="-",
    fix="This is a fault of the tool, not of the document: report it to its developers with the name of the step.",
    data=("step",),
    wording=("problem",),
)

STRUCTURE_CHECK_FAILED = Kind(
    id="TOOL002",
    slug="structure-check-failed",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.TOOL,
    unchecked="the structure",
    message="The structure check of this tool failed ({problem}), so nothing is said about the structure; all else "
    "holds.",
    expected="-",
    fix="This is a fault of the tool, not of the document, which needs no change: report it to the developers of the "
    "tool.",
    wording=("problem",),
)
