"""GUID: which measure an entry of the quality section reports."""

from converter.findings.finding import Effect, Kind, Severity

GUID_UNKNOWN = Kind(
    id="GUID001",
    slug="measure-guid-unknown",
    official_code=6,
    message="The measure GUID {found} is not known: no measure of any year has it.{evidence}",
    expected="{wanted}",
    fix="Look up the measure with `qrda2qpp measures --year {year}` and put its GUID into "
    "externalDocument/id/@extension.",
    data=("year", "guids"),
    wording=("evidence", "wanted"),
)

GUID_OF_ANOTHER_YEAR = Kind(
    id="GUID002",
    slug="measure-guid-of-another-year",
    official_code=6,
    message="The measure GUID {found} is that of {measure}, the version of {other_year}, but the document reports "
    "{year}.{evidence}",
    expected="{wanted}",
    fix="Update the EHR to the measures of {year} and export again; to change the GUID alone is right only where the "
    "counts already follow the version of {year}.",
    data=("year", "other_year", "guids"),
    wording=("evidence", "wanted"),
)

GUID_MISSING = Kind(
    id="GUID003",
    slug="measure-guid-missing",
    official_code=70,
    message="A measure of the quality section has no measure GUID{seen}.{evidence}",
    expected="{wanted}, as extension of an id with root {root}",
    fix="Add the measure's GUID as extension of reference/externalDocument/id.",
    data=("root", "guids"),
    wording=("evidence", "seen", "wanted"),
)

GUID_REPEATED = Kind(
    id="GUID004",
    slug="measure-guid-repeated",
    official_code=70,
    message="{which} has {count} measure GUIDs ({found}), but only one is allowed.",
    expected="One id with root {root}",
    fix="Keep the GUID of the measure that is reported here and remove the others.",
    data=("root", "count"),
    wording=("which",),
)

MEASURE_REPORTED_TWICE = Kind(
    id="GUID005",
    slug="measure-reported-twice",
    official_code=71,
    message="{measure} is reported {count} times in the quality section.",
    expected="Each measure once",
    fix="Keep one of the entries; if they hold different populations of the measure, merge them into one.",
    data=("count",),
)

SET_ID_AS_GUID = Kind(
    id="GUID006",
    slug="set-id-in-place-of-guid",
    official_code=6,
    message="The id {found} is the set id of {measure}, which all its versions share, not the GUID of one "
    "version.{evidence}",
    expected="{wanted}",
    fix="Replace the set id by the GUID; published measure pages print the set id under the name GUID, so take the "
    "GUID from `qrda2qpp measures --year {year}`.",
    data=("year", "guids"),
    wording=("evidence", "wanted"),
)

POPULATION_ID_AS_GUID = Kind(
    id="GUID007",
    slug="population-id-in-place-of-guid",
    official_code=6,
    message="The id {found} is that of {which} of {measure}, not the GUID of a measure.{evidence}",
    expected="{wanted}",
    fix="Put the measure's GUID into externalDocument/id/@extension; population ids belong into "
    "externalObservation/id/@root.",
    data=("role", "guids"),
    wording=("evidence", "wanted", "which"),
)

MEASURE_NOT_IN_YEAR = Kind(
    id="GUID008",
    slug="measure-not-in-year",
    official_code=6,
    message="The measure GUID {found} is that of {measure}, the version of {other_year}; the measure can be reported "
    "from an EHR {span}, not in {year}.{evidence}",
    expected="{wanted}",
    fix="{remedy}",
    data=("year", "other_year", "accepted_years", "guids"),
    wording=("evidence", "remedy", "span", "wanted"),
)

GUID_OF_HOSPITAL_MEASURE = Kind(
    id="GUID009",
    slug="guid-of-hospital-measure",
    official_code=6,
    message="The measure GUID {found} is that of {which}measure for hospitals, which clinicians do not "
    "report.{evidence}",
    expected="{wanted}",
    fix="Leave the measure out, unless its populations are those of a measure for clinicians: then write that one's "
    "GUID.",
    data=("guids",),
    wording=("evidence", "wanted", "which"),
)

GUID_BEFORE_MIPS = Kind(
    id="GUID010",
    slug="guid-from-before-mips",
    official_code=6,
    message="The measure GUID {found} is that of a version of {measure} from before MIPS reporting began.{evidence}",
    expected="{wanted}",
    fix="Update the EHR to the measures of {year} and export again.",
    data=("year", "guids"),
    wording=("evidence", "wanted"),
)

GUID_OF_FHIR_MEASURE = Kind(
    id="GUID011",
    slug="guid-of-fhir-measure",
    official_code=6,
    message="The measure GUID {found} is that of {measure}, the FHIR version of the measure, which QRDA III does not "
    "use.{evidence}",
    expected="{wanted}",
    fix="Use the GUID of the QDM version of the measure, the one published for QRDA.",
    data=("guids",),
    wording=("evidence", "wanted"),
)

GUID_NOT_REPORTABLE = Kind(
    id="GUID012",
    slug="guid-published-not-reportable",
    official_code=6,
    message="The measure GUID {found} is that of {measure}, a version that was published but never accepted for "
    "MIPS.{evidence}",
    expected="{wanted}",
    fix="Use the GUID of the version that is accepted in {year}, or leave the measure out.",
    data=("year", "guids"),
    wording=("evidence", "wanted"),
)

GUID_WRAPPED = Kind(
    id="GUID013",
    slug="measure-guid-wrapped",
    official_code=6,
    message='The measure GUID "{found}" is right, that of {measure}, but has braces, quotes, a prefix or blanks '
    "around it.",
    expected="{wanted}",
    fix="Write the GUID alone, with nothing around it.",
    data=("guids",),
    wording=("wanted",),
)

GUID_MISSPELT = Kind(
    id="GUID014",
    slug="measure-guid-misspelt",
    official_code=6,
    message="The measure GUID {found} {sure} a misspelling of {near_guid}, the GUID of {measure}{of_year}: "
    "{difference}.{evidence}",
    expected="{wanted}",
    fix="Correct the GUID; copy it instead of typing it.",
    data=("near_guid", "guids"),
    wording=("difference", "evidence", "of_year", "sure", "wanted"),
)

GUID_MALFORMED = Kind(
    id="GUID015",
    slug="measure-guid-malformed",
    official_code=6,
    message="{what}.{evidence}",
    expected="{wanted}",
    fix="Put the GUID of the measure there, 32 hexadecimal digits with four hyphens.",
    data=("guids",),
    wording=("evidence", "wanted", "what"),
)

ID_IN_PLACE_OF_GUID = Kind(
    id="GUID016",
    slug="measure-id-in-place-of-guid",
    official_code=6,
    message='The name "{found}" stands where the GUID of {measure} is expected.{evidence}',
    expected="{wanted}",
    fix="Replace it by the GUID of the measure.",
    data=("guids",),
    wording=("evidence", "wanted"),
)

GUID_MISPLACED = Kind(
    id="GUID017",
    slug="measure-guid-misplaced",
    official_code=70,
    message="The GUID of {measure}, {found}, stands in the wrong place of the reference, so the measure has none.",
    expected="{guid} as extension of an id with root {root}",
    fix='Write <id root="{root}" extension="{guid}"/> in reference/externalDocument.',
    data=("root", "guid"),
)

EXPORT_OF_ANOTHER_YEAR = Kind(
    id="GUID018",
    slug="export-of-another-year",
    message="{count} of {total} measures carry GUIDs of {found}: this is an export with the measures of {found}, but "
    "the document reports {year}.",
    expected="Measures of {year}",
    fix="Update the EHR's measures to {year} and export again; this one cause explains all of these findings.",
    data=("year", "other_year", "count", "total"),
)

REFERENCE_OF_TWO_MEASURES = Kind(
    id="GUID019",
    slug="reference-of-two-measures",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    message="The reference with the GUID of {measure} names another measure as well: {parts}.{evidence}",
    expected="GUID, text and setId of one measure",
    fix="Find out which measure was counted: for {other_measure}{with_guid}; for {measure}, correct its {what}.",
    data=("other_measure",),
    optional=("guid",),
    wording=("evidence", "parts", "what", "with_guid"),
)
