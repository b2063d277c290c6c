"""DOC: parts of a document that are not read where or as they are written."""

from converter.findings.finding import Effect, Kind, Severity

TWO_TEMPLATES = Kind(
    id="DOC029",
    slug="element-of-two-kinds",
    message="An element is marked as two different things at once ({kinds}), so it is not clear which of them it is.",
    expected="The templates of one kind",
    fix="{remedy}",
    data=("roots",),
    wording=("kinds", "remedy"),
)

OUT_OF_PLACE = Kind(
    id="DOC030",
    slug="entry-out-of-place",
    message="{what} is in a place where it has no meaning, so its data would be lost.",
    expected="The element inside {expected}",
    fix="Move the element into {expected}, or give the element around it the templateId that is missing.",
    wording=("expected", "what"),
)

TEMPLATE_MISSING_BY_SHAPE = Kind(
    id="DOC033",
    slug="entry-without-template",
    message="A part of the document looks like {detail}, but {lacks}, so it is not read.",
    expected="templateId {template}",
    fix="{remedy}",
    data=("element", "root"),
    optional=("extension",),
    wording=("detail", "lacks", "remedy", "template"),
)

OPTIONAL_TEMPLATE_MISSING = Kind(
    id="DOC034",
    slug="optional-entry-without-template",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="A part of the document looks like {detail}, but {lacks}; it is not read, and the submission does not "
    "need it.",
    expected="templateId {template}",
    fix="{remedy} The implementation guide requires it.",
    data=("element", "root"),
    optional=("extension",),
    wording=("detail", "lacks", "remedy", "template"),
)

COUNT_OUT_OF_PLACE = Kind(
    id="DOC035",
    slug="count-out-of-place",
    message="A count{value} {where}, so it does not belong to any population and would be lost.",
    expected="Each aggregate count directly inside the population, numerator or denominator that it belongs to",
    fix="{remedy}",
    wording=("remedy", "value", "where"),
)

PART_IN_ANOTHER_NAMESPACE = Kind(
    id="DOC036",
    slug="part-in-another-namespace",
    message="The element {element} is in {namespace} instead of urn:hl7-org:v3, the namespace of the document, so its "
    "contents are not read.",
    expected="Every part of the document in the namespace urn:hl7-org:v3",
    fix="Remove the declaration {declaration} from this element, so that it is in the namespace of the document.",
    data=("element",),
    wording=("declaration", "namespace"),
)

PART_NOT_UNDERSTOOD = Kind(
    id="DOC038",
    slug="part-not-understood",
    message="The element {element} contains {held} but does not look like any part of a report, so it is not read.",
    expected="A part of QRDA III with its templateId",
    fix="Remove the element if nothing in it is meant to be reported; otherwise, ask the EHR vendor which part of the "
    "report it is and to mark it with the templateId of that part.",
    data=("element",),
    wording=("held",),
)
