"""SUB: a submission as JSON: its syntax, its members and their values."""

from converter.findings.finding import Effect, Kind, Severity, Stage

JSON_NOT_WELL_FORMED = Kind(
    id="SUB012",
    slug="json-not-well-formed",
    stage=Stage.SUBMISSION,
    message="The file is not well-formed JSON: {problem}.",
    expected="Well-formed JSON",
    fix="Correct the JSON at this place, or write the file again with the program that created it.",
    wording=("problem",),
)

JSON_TRUNCATED = Kind(
    id="SUB013",
    slug="json-truncated",
    stage=Stage.SUBMISSION,
    message="The JSON breaks off before its end: {problem}.",
    expected="A complete file, in which every bracket that is opened is closed",
    fix="Write or download the file again; an interrupted transfer leaves a file like this.",
    wording=("problem",),
)

JSON_MEMBER_REPEATED = Kind(
    id="SUB014",
    slug="json-member-repeated",
    stage=Stage.SUBMISSION,
    message='The member "{member}" appears twice in one object, so only one of the two is read and the other is lost.',
    expected="Each member once",
    fix="Keep the one that is right, and remove the other.",
    data=("member",),
)

NOT_A_SUBMISSION = Kind(
    id="SUB015",
    slug="not-a-submission",
    stage=Stage.SUBMISSION,
    message="{where} is not a QPP submission; it is {what}.",
    expected="A QPP submission: an object with performanceYear, entityType and measurementSets; one of its "
    "measurement sets; or a list of submissions",
    fix="{remedy}",
    wording=("remedy", "what", "where"),
)

YEAR_NOT_KNOWN = Kind(
    id="SUB016",
    slug="performance-year-not-known",
    stage=Stage.SUBMISSION,
    message="The {part} {problem}.",
    expected="A known performance year: {known}",
    fix="{remedy}",
    data=("known_years",),
    wording=("known", "part", "problem", "remedy"),
)

YEAR_NOT_ASSERTED = Kind(
    id="SUB017",
    slug="performance-year-not-asserted",
    stage=Stage.SUBMISSION,
    message="The {part} is for performance year {found}, but it was to be checked for {asserted}.",
    expected="The performance year {asserted}",
    fix="Use the file for {asserted}, or check this one for {found}.",
    data=("year", "asserted"),
    wording=("part",),
)

MEMBER_UNKNOWN = Kind(
    id="SUB018",
    slug="member-unknown",
    stage=Stage.SUBMISSION,
    message='The member "{member}" is not allowed in {parent}{near}.',
    expected="{known}",
    fix="{remedy}",
    data=("member", "known_members"),
    optional=("meant",),
    wording=("known", "near", "parent", "remedy"),
)

MEMBER_MISSING = Kind(
    id="SUB019",
    slug="member-missing",
    stage=Stage.SUBMISSION,
    message='{parent} is missing the member "{member}".',
    expected='The member "{member}"{shape}',
    fix='Add "{member}".',
    data=("member",),
    wording=("parent", "shape"),
)

MEMBER_TYPE = Kind(
    id="SUB020",
    slug="member-type",
    stage=Stage.SUBMISSION,
    message='"{member}" is {given} instead of {wanted}.',
    expected='"{member}" as {wanted}',
    fix="{remedy}",
    data=("member", "types"),
    wording=("given", "remedy", "wanted"),
)

MEMBER_VALUE = Kind(
    id="SUB021",
    slug="member-value",
    stage=Stage.SUBMISSION,
    message='"{member}" has a value that is not allowed: {problem}.',
    expected="{wanted}",
    fix='Correct the value of "{member}".',
    data=("member",),
    wording=("problem", "wanted"),
)

METHOD_NOT_ACCEPTED = Kind(
    id="SUB022",
    slug="submission-method-not-accepted",
    stage=Stage.SUBMISSION,
    message='The submission method "{found}" is not accepted in files{why}.',
    expected="registry or electronicHealthRecord",
    fix="{remedy}",
    optional=("meant",),
    wording=("remedy", "why"),
)

MEMBER_READ_ONLY = Kind(
    id="SUB023",
    slug="member-read-only",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message='The member "{member}" is filled in by CMS and should not be sent; the submission system probably rejects '
    "it (inferred from CMS' own upload client, which removes it).",
    expected="The submission as it is sent to CMS, not as CMS returns it",
    fix='Remove "{member}".',
    data=("member",),
)

MEMBER_NULL = Kind(
    id="SUB024",
    slug="member-null",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message='The member "{member}" is null; the submission system probably rejects that (inferred from CMS\' own '
    "upload client, which removes such members).",
    expected="A value, or no such member",
    fix='Remove "{member}", or give it a value.',
    data=("member",),
)
