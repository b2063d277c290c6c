"""GUID: which measure an entry of the quality section reports."""

from converter.findings.finding import Effect, Kind, Severity

GUID_UNKNOWN = Kind(
    id="GUID001",
    slug="measure-guid-unknown",
    official_code=6,
    message="The measure GUID {found} is unknown: it does not belong to a measure of any year.{evidence}",
    expected="{wanted}",
    fix="Look up the measure with `qrda2qpp measures --year {year}` and replace the GUID with that of the measure.",
    data=("year", "guids"),
    wording=("evidence", "wanted"),
)

GUID_OF_ANOTHER_YEAR = Kind(
    id="GUID002",
    slug="measure-guid-of-another-year",
    official_code=6,
    message="The measure GUID {found} is for {measure}, the {other_year} version of the measure, but the document "
    "reports {year}.{evidence}",
    expected="{wanted}",
    fix="Update the EHR to the {year} measures and export again; changing only the GUID is right only if the counts "
    "already follow the {year} version.",
    data=("year", "other_year", "guids"),
    wording=("evidence", "wanted"),
)

GUID_MISSING = Kind(
    id="GUID003",
    slug="measure-guid-missing",
    official_code=70,
    message="A measure in the quality section {seen}.{evidence}",
    expected="{wanted}, as extension of an id with root {root}",
    fix="Add the measure's GUID to its reference.",
    data=("root", "guids"),
    wording=("evidence", "seen", "wanted"),
)

GUID_REPEATED = Kind(
    id="GUID004",
    slug="measure-guid-repeated",
    official_code=70,
    message="{which} has {count} measure GUIDs ({found}), but only one is allowed.",
    expected="One id with root {root}",
    fix="Keep the GUID of the measure that is reported here, and remove the others.",
    data=("root", "count"),
    wording=("which",),
)

MEASURE_REPORTED_TWICE = Kind(
    id="GUID005",
    slug="measure-reported-twice",
    official_code=71,
    message="{measure} is reported {times} in the quality section.",
    expected="Each measure once",
    fix="Keep one of the entries; if they contain different populations of the measure, combine them in one entry.",
    data=("count",),
    wording=("times",),
)

SET_ID_AS_GUID = Kind(
    id="GUID006",
    slug="set-id-in-place-of-guid",
    official_code=6,
    message="The id {found} is the set id of {measure}, which all versions of the measure share, not the GUID of one "
    "version.{evidence}",
    expected="{wanted}",
    fix="Replace the set id with the GUID from `qrda2qpp measures --year {year}`; published measure pages show the "
    "set id under the name GUID.",
    data=("year", "guids"),
    wording=("evidence", "wanted"),
)

POPULATION_ID_AS_GUID = Kind(
    id="GUID007",
    slug="population-id-in-place-of-guid",
    official_code=6,
    message="The id {found} belongs to {which} of {measure}; it is not the GUID of a measure.{evidence}",
    expected="{wanted}",
    fix="Replace it with the measure's GUID; a population id belongs only in the population itself.",
    data=("role", "guids"),
    wording=("evidence", "wanted", "which"),
)

MEASURE_NOT_IN_YEAR = Kind(
    id="GUID008",
    slug="measure-not-in-year",
    official_code=6,
    message="The measure GUID {found} is for {measure}, the {other_year} version of a measure that {span}, but not in "
    "{year}.{evidence}",
    expected="{wanted}",
    fix="{remedy}",
    data=("year", "other_year", "accepted_years", "guids"),
    wording=("evidence", "remedy", "span", "wanted"),
)

GUID_OF_HOSPITAL_MEASURE = Kind(
    id="GUID009",
    slug="guid-of-hospital-measure",
    official_code=6,
    message="The measure GUID {found} is for {which}hospital measure, which clinicians do not report.{evidence}",
    expected="{wanted}",
    fix="Leave the measure out, unless its populations are those of a measure for clinicians; in that case, use the "
    "GUID of that measure.",
    data=("guids",),
    wording=("evidence", "wanted", "which"),
)

GUID_BEFORE_MIPS = Kind(
    id="GUID010",
    slug="guid-from-before-mips",
    official_code=6,
    message="The measure GUID {found} is for a version of {measure} from before MIPS reporting began.{evidence}",
    expected="{wanted}",
    fix="Update the EHR to the {year} measures and export again.",
    data=("year", "guids"),
    wording=("evidence", "wanted"),
)

GUID_OF_FHIR_MEASURE = Kind(
    id="GUID011",
    slug="guid-of-fhir-measure",
    official_code=6,
    message="The measure GUID {found} is for {measure}, the FHIR version of the measure, which QRDA III does not "
    "use.{evidence}",
    expected="{wanted}",
    fix="Use the GUID of the measure's QDM version, which is the one published for QRDA.",
    data=("guids",),
    wording=("evidence", "wanted"),
)

GUID_NOT_REPORTABLE = Kind(
    id="GUID012",
    slug="guid-published-not-reportable",
    official_code=6,
    message="The measure GUID {found} is for {measure}, a version that was published but never accepted for "
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
    message='The measure GUID "{found}" is the right one for {measure}, but it has braces, quotation marks, a prefix '
    "or spaces around it.",
    expected="{wanted}",
    fix="Write only the GUID, with nothing around it.",
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
    fix="Correct the GUID; copy and paste it instead of typing it.",
    data=("near_guid", "guids"),
    wording=("difference", "evidence", "of_year", "sure", "wanted"),
)

GUID_MALFORMED = Kind(
    id="GUID015",
    slug="measure-guid-malformed",
    official_code=6,
    message="{what}.{evidence}",
    expected="{wanted}",
    fix="Replace it with the GUID of the measure: 32 hexadecimal digits with four hyphens.",
    data=("guids",),
    wording=("evidence", "wanted", "what"),
)

ID_IN_PLACE_OF_GUID = Kind(
    id="GUID016",
    slug="measure-id-in-place-of-guid",
    official_code=6,
    message='"{found}" appears instead of the GUID of {measure}.{evidence}',
    expected="{wanted}",
    fix="Replace it with the measure's GUID.",
    data=("guids",),
    wording=("evidence", "wanted"),
)

GUID_MISPLACED = Kind(
    id="GUID017",
    slug="measure-guid-misplaced",
    official_code=70,
    message="The GUID of {measure}, {found}, is in the wrong place in the reference, so it is not read as the "
    "measure's GUID.",
    expected="{guid} as extension of an id with root {root}",
    fix='Have the vendor write <id root="{root}" extension="{guid}"/> in the measure\'s reference (externalDocument).',
    data=("root", "guid"),
)

EXPORT_OF_ANOTHER_YEAR = Kind(
    id="GUID018",
    slug="export-of-another-year",
    message="{count} of {total} measures have {found} GUIDs: this is an export with the {found} measures, but the "
    "document reports {year}.",
    expected="Measures of {year}",
    fix="Update the EHR to the {year} measures and export again; this one cause explains the findings about the GUIDs "
    "of these measures.",
    data=("year", "other_year", "count", "total"),
)

REFERENCE_OF_TWO_MEASURES = Kind(
    id="GUID019",
    slug="reference-of-two-measures",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    message="The reference to {measure} names another measure as well: {parts}.{evidence}",
    expected="GUID, text and setId of one measure",
    fix="{remedy}",
    data=("other_measure",),
    optional=("guid",),
    wording=("evidence", "parts", "remedy"),
)
