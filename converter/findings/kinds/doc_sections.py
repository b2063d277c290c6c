"""DOC: the sections of a document and their performance periods."""

from converter.findings.finding import Effect, Kind, Severity

NO_SECTION = Kind(
    id="DOC010",
    slug="no-section",
    official_code=23,
    message="The document has no section that can be submitted.",
    expected="At least one quality, promoting interoperability or improvement activities section",
    fix="Include at least one category in the export; if a category is already there, its section is missing its "
    "templateId.",
    structure=("IG003 structuredBody/component",),
)

PI_SECTION_REPEATED = Kind(
    id="DOC011",
    slug="pi-section-repeated",
    official_code=26,
    message="The document has {count} promoting interoperability sections, but only one is allowed.",
    expected="One promoting interoperability section",
    fix="Combine all measures in one section; if a measure is in more than one, have the EHR compute it once for all "
    "patients instead of adding the counts.",
    data=("count",),
)

IA_SECTION_REPEATED = Kind(
    id="DOC012",
    slug="ia-section-repeated",
    official_code=27,
    message="The document has {count} improvement activities sections, but only one is allowed.",
    expected="One improvement activities section",
    fix="Combine all activities in one section, each activity once.",
    data=("count",),
)

QUALITY_SECTION_REPEATED = Kind(
    id="DOC013",
    slug="quality-section-repeated",
    official_code=27,
    message="The document has {count} quality sections, but only one is allowed.",
    expected="One quality section",
    fix="Combine all measures in one section; if a measure is in more than one, have the EHR compute it once for all "
    "patients instead of adding the counts.",
    data=("count",),
)

QUALITY_PERIOD_ACTS = Kind(
    id="DOC015",
    slug="quality-period-act-count",
    official_code=32,
    message="The quality section {states}.",
    expected="One reporting parameters act",
    fix="Give one performance period, with its start date and end date.",
    data=("count",),
    wording=("states",),
)

PI_PERIOD_ACTS = Kind(
    id="DOC016",
    slug="pi-period-act-count",
    official_code=22,
    message="The promoting interoperability section {states}.",
    expected="One reporting parameters act",
    fix="Give one performance period, with its start date and end date.",
    data=("count",),
    wording=("states",),
)

IA_PERIOD_ACTS = Kind(
    id="DOC017",
    slug="ia-period-act-count",
    official_code=44,
    message="The improvement activities section {states}.",
    expected="One reporting parameters act",
    fix="Give one performance period, with its start date and end date.",
    data=("count",),
    wording=("states",),
)

PERIOD_START_COUNT = Kind(
    id="DOC018",
    slug="period-start-count",
    official_code=29,
    message="The performance period has {given}.",
    expected="One effectiveTime/low with a date such as {year}0101",
    fix="Give the first day of the performance period once, as YYYYMMDD.",
    data=("year", "count"),
    wording=("given",),
    structure=("IG004 effectiveTime/low",),
)

PERIOD_END_COUNT = Kind(
    id="DOC019",
    slug="period-end-count",
    official_code=30,
    message="The performance period has {given}.",
    expected="One effectiveTime/high with a date such as {year}1231",
    fix="Give the last day of the performance period once, as YYYYMMDD.",
    data=("year", "count"),
    wording=("given",),
    structure=("IG004 effectiveTime/high",),
)

PERIOD_DATE_FORMAT = Kind(
    id="DOC020",
    slug="period-date-format",
    official_code=69,
    message="The {bound} date of the performance period, {found}, cannot be read as a date{note}.",
    expected="A date as YYYYMMDD, such as {example}",
    fix="Write the date as YYYYMMDD, such as {example}.",
    data=("bound",),
    wording=("example", "note"),
)

QUALITY_SECTION_EMPTY = Kind(
    id="DOC021",
    slug="quality-section-empty",
    official_code=81,
    message="The quality section does not contain any measures.",
    expected="At least one measure (template 2.16.840.1.113883.10.20.27.3.17)",
    fix="Add the measures, or leave the section out; if the measures are there, they are missing their templateId.",
)

SECTION_WOULD_BE_LOST = Kind(
    id="DOC022",
    slug="section-without-entries",
    message="The {category} section contains nothing that can be submitted, so the whole category would be lost.",
    expected="At least one measure in the section",
    fix="Add the measures, or leave the section out; if the measures are there, they are missing their templateId.",
    data=("category",),
)

CATEGORY_TEMPLATE = Kind(
    id="DOC023",
    slug="category-section-template",
    official_code=95,
    message="The quality section {states} the measure section template of performance year {year}{note}.",
    expected='One templateId root="{root}" extension="{extension}"',
    fix='Have the vendor write <templateId root="{root}" extension="{extension}"/> once in the quality section.',
    data=("year", "root", "extension"),
    wording=("note", "states"),
)

IA_SECTION_OTHER_ENTRY = Kind(
    id="DOC024",
    slug="ia-section-other-entry",
    official_code=45,
    message="The improvement activities section contains an entry of another category ({kinds}).",
    expected="Only improvement activities and the reporting parameters act",
    fix="Move the entry to the section of its own category.",
    wording=("kinds",),
)

IA_SECTION_EMPTY = Kind(
    id="DOC025",
    slug="ia-section-empty",
    official_code=43,
    message="The improvement activities section does not contain any activities.",
    expected="At least one improvement activity",
    fix="Add the activities, or leave the section out; if the activities are there, they are missing their templateId.",
)

SECTION_OF_ANOTHER_YEAR = Kind(
    id="DOC027",
    slug="section-dated-in-another-year",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    message="The performance period of the {category} section starts in {found}, but the document is for {year}.",
    expected="A performance period in {year}",
    fix="Correct the dates if this section reports {year} data; otherwise, report the section in a separate document "
    "for {found}.",
    data=("year", "other_year", "category"),
)

ENTRY_IN_WRONG_SECTION = Kind(
    id="DOC031",
    slug="entry-in-wrong-section",
    message="{what} is in the {category} section, so it would be submitted in the wrong category or lost.",
    expected="The entry in the section of its own category",
    fix="Move the entry to the section of its own category.",
    data=("category",),
    wording=("what",),
)
