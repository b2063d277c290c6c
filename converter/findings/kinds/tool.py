"""TOOL: failures of this tool."""

from converter.findings.finding import Effect, Kind, Severity, Stage

CHECK_FAILED = Kind(
    id="TOOL001",
    slug="check-failed",
    stage=Stage.TOOL,
    message="A step of this tool, {step}, failed ({problem}), so the document was not converted; the other findings "
    "still apply.",
    expected="-",
    fix="This is a fault in the tool, not in the document: report it to the developers of the tool, with the name of "
    "the step.",
    data=("step",),
    wording=("problem",),
    no_verdict="not checked, because this tool failed",
)

STRUCTURE_CHECK_FAILED = Kind(
    id="TOOL002",
    slug="structure-check-failed",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.TOOL,
    message="The structure check of this tool failed ({problem}), so the structure was not checked; everything else "
    "still applies.",
    expected="-",
    fix="This is a fault in the tool, not in the document, which needs no change: report it to the developers of the "
    "tool.",
    wording=("problem",),
    unchecked="the structure",
)
