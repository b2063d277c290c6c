"""IA: activities of the improvement activities section."""

from converter.findings.finding import Kind

IA_PERFORMED_COUNT = Kind(
    id="IA001",
    slug="ia-performed-number",
    official_code=50,
    message="{activity} {answered}.",
    expected="One measure performed observation (template 2.16.840.1.113883.10.20.27.3.27)",
    fix="Give the activity exactly one answer; if one is there, it is missing its templateId.",
    data=("count",),
    optional=("activity_id",),
    wording=("activity", "answered"),
)

IA_ANSWER = Kind(
    id="IA002",
    slug="ia-answer-invalid",
    official_code=51,
    message="The answer to {activity} is {answer} instead of Y or N.",
    expected="One value with the code Y or N",
    fix="Answer Y for yes or N for no.",
    optional=("activity_id",),
    wording=("activity", "answer"),
    structure=("IG007 value",),
)

IA_ID = Kind(
    id="IA003",
    slug="ia-measure-id",
    message="An improvement activity has {given}, so it cannot be submitted.",
    expected="One reference/externalDocument/id with an activity id such as IA_EPA_1",
    fix="Give the activity its id, once.",
    data=("count",),
    wording=("given",),
)
