"""DOC: parts of a document that are not read where or as they are written."""

from converter.findings.finding import Effect, Kind, Severity

TWO_TEMPLATES = Kind(
    id="DOC029",
    slug="element-of-two-kinds",
    message="An element carries the templates of two kinds at once ({kinds}), so it cannot be told which one it is.",
    expected="The templates of one kind",
    fix="{remedy}",
    data=("roots",),
    wording=("kinds", "remedy"),
)

OUT_OF_PLACE = Kind(
    id="DOC030",
    slug="entry-out-of-place",
    message="An element with the template of {what} stands where it has no meaning, so its data would be lost.",
    expected="The element inside {expected}",
    fix="Move the element to where it belongs, or give the element around it the templateId that is missing.",
    wording=("expected", "what"),
)

TEMPLATE_MISSING_BY_SHAPE = Kind(
    id="DOC033",
    slug="entry-without-template",
    message="This {what} looks like {detail} but {lacks}, so it is not read.",
    expected="templateId {template}",
    fix="{remedy}",
    data=("element", "root"),
    optional=("extension",),
    wording=("detail", "lacks", "remedy", "template", "what"),
)

OPTIONAL_TEMPLATE_MISSING = Kind(
    id="DOC034",
    slug="optional-entry-without-template",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="This {what} looks like {detail} but {lacks}; it is not read, and the submission does not need it.",
    expected="templateId {template}",
    fix="{remedy} The implementation guide asks for it.",
    data=("element", "root"),
    optional=("extension",),
    wording=("detail", "lacks", "remedy", "template", "what"),
)

COUNT_OUT_OF_PLACE = Kind(
    id="DOC035",
    slug="count-out-of-place",
    message="An aggregate count{value} {where}, so it belongs to no population and would be lost.",
    expected="Each aggregate count directly inside of the population, numerator or denominator that it counts",
    fix="{remedy}",
    wording=("remedy", "value", "where"),
)

PART_IN_ANOTHER_NAMESPACE = Kind(
    id="DOC036",
    slug="part-in-another-namespace",
    message="The element {element} is in {namespace} and not in urn:hl7-org:v3 like the document, so what it holds "
    "is not read.",
    expected="Every part of the document in the namespace urn:hl7-org:v3",
    fix="Remove the declaration {declaration} from this element, so that it is in the namespace of the document.",
    data=("element",),
    wording=("declaration", "namespace"),
)

PART_NOT_UNDERSTOOD = Kind(
    id="DOC038",
    slug="part-not-understood",
    message="The element {element} holds {held} but does not look like any part of a report, so it is not read.",
    expected="A part of QRDA III with its templateId",
    fix="Remove the element if nothing in it is to be reported; otherwise ask the vendor of the EHR which part it is "
    "meant to be, and to write it with the templateId of that part.",
    data=("element",),
    wording=("held",),
)
