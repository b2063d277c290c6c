"""IG, continued: the assertions of the implementation guide, one row for each kind of check."""

from converter.findings.finding import Effect, Kind, Severity, Stage

_DATA = ("assertion", "assertions", "required")
"""What each of them says of the assertion that fails."""

GUIDE_ELEMENT_MISSING = Kind(
    id="IG012",
    slug="guide-element-missing",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} has {few} {what}, but the guide {requires} {amount} ({rule}).",
    expected="{amount} {what}",
    fix="Write in {parent}: {piece}.",
    data=(*_DATA, "element", "count"),
    wording=(
        "amount",
        "few",
        "parent",
        "piece",
        "requires",
        "rule",
        "what",
    ),
)

GUIDE_ELEMENT_REPEATED = Kind(
    id="IG013",
    slug="guide-element-repeated",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} has {count} {what}, but the guide {requires} {amount} ({rule}).",
    expected="{amount} {what}",
    fix="Keep the one that is right and remove the others; it is written {piece}.",
    data=(*_DATA, "element", "count"),
    wording=(
        "amount",
        "piece",
        "requires",
        "rule",
        "what",
    ),
)

GUIDE_ELEMENT_NOT_ALLOWED = Kind(
    id="IG014",
    slug="guide-element-not-allowed",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} has {what}, which the guide does not allow there ({rule}).",
    expected="No {what}",
    fix="Remove this from {element}: {piece}.",
    data=(*_DATA, "element", "count"),
    wording=(
        "piece",
        "rule",
        "what",
    ),
)

GUIDE_TEMPLATE_MISSING = Kind(
    id="IG015",
    slug="guide-template-missing",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} is missing the templateId with {template}, which the guide {requires} ({rule}).",
    expected="templateId with {template}",
    fix="Write in {parent}, next to its other templateIds: {piece}.",
    data=(*_DATA, "element", "root"),
    wording=(
        "parent",
        "piece",
        "requires",
        "rule",
        "template",
    ),
)

GUIDE_ATTRIBUTE_WRONG = Kind(
    id="IG016",
    slug="guide-attribute-wrong",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The {attribute} of {element} is {found}, but the guide {requires} {value} ({rule}).",
    expected="{value}",
    fix="Write {piece}.",
    data=(*_DATA, "element", "attribute"),
    wording=(
        "piece",
        "requires",
        "rule",
        "value",
    ),
)

GUIDE_ATTRIBUTE_MISSING = Kind(
    id="IG017",
    slug="guide-attribute-missing",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} is missing the attribute {attribute}, which the guide {requires} ({rule}).",
    expected="{attribute} with {value}",
    fix="Write {piece}.",
    data=(*_DATA, "element", "attribute"),
    wording=(
        "piece",
        "requires",
        "rule",
        "value",
    ),
)

GUIDE_CODE_NOT_ALLOWED = Kind(
    id="IG018",
    slug="guide-code-not-allowed",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The {attribute} of {element} is {found}, which is not one of the values that the guide allows ({rule}).",
    expected="{value}",
    fix="Write {piece}, with one of the values {value}.",
    data=(*_DATA, "element", "attribute"),
    wording=(
        "piece",
        "rule",
        "value",
    ),
)

GUIDE_ONE_ATTRIBUTE = Kind(
    id="IG019",
    slug="guide-value-or-reason",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} has {has}, but the guide {requires} {amount} ({rule}).",
    expected="{amount}",
    fix='Write {piece}, or <{name} nullFlavor="..."/> if there is no value.',
    data=(*_DATA, "element"),
    wording=(
        "amount",
        "has",
        "name",
        "piece",
        "requires",
        "rule",
    ),
)

GUIDE_IDENTIFIER_INCOMPLETE = Kind(
    id="IG020",
    slug="guide-identifier-incomplete",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The identifier {element} has {has}, but the guide {requires} {amount} ({rule}).",
    expected="{amount}",
    fix='Write {piece}, or <{name} nullFlavor="..."/> if there is no identifier.',
    data=(*_DATA, "element"),
    wording=(
        "amount",
        "has",
        "name",
        "piece",
        "requires",
        "rule",
    ),
)

GUIDE_QUANTITY = Kind(
    id="IG021",
    slug="guide-quantity-incomplete",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The quantity {element} has {has}, but the guide {requires} value and unit, or nullFlavor alone ({rule}).",
    expected="value and unit, or nullFlavor alone",
    fix='Write <{name} xsi:type="PQ" value="..." unit="..."/>, or nullFlavor alone if there is no value.',
    data=(*_DATA, "element"),
    wording=(
        "has",
        "name",
        "requires",
        "rule",
    ),
)

GUIDE_TEXT_MISSING = Kind(
    id="IG022",
    slug="guide-text-missing",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} has neither text nor a nullFlavor, but the guide {requires} one of them ({rule}).",
    expected="Text, or nullFlavor",
    fix='Write <{name}>text</{name}>, or <{name} nullFlavor="NI"/> if there is none.',
    data=(*_DATA, "element"),
    wording=(
        "name",
        "requires",
        "rule",
    ),
)

GUIDE_FORM_WRONG = Kind(
    id="IG023",
    slug="guide-form-wrong",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The {attribute} of {element} is {found}, but the guide {requires} {form} ({rule}).",
    expected="{form}",
    fix='Write {piece}, where "..." stands for {form}.',
    data=(*_DATA, "element", "attribute"),
    wording=(
        "form",
        "piece",
        "requires",
        "rule",
    ),
)

GUIDE_TIME_ZONE = Kind(
    id="IG024",
    slug="guide-time-zone",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The time {found} in {element} {has} a time zone, but the time of the document {other} ({rule}).",
    expected="Times that all have a time zone, or none",
    fix="Write {piece}, {how} a time zone.",
    data=(*_DATA, "element"),
    wording=(
        "has",
        "how",
        "other",
        "piece",
        "rule",
    ),
)

GUIDE_PROGRAM = Kind(
    id="IG025",
    slug="guide-program-requirement",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="{program} the element {element} {has}, but the guide requires {amount} {what} ({rule}).",
    expected="{amount} {what}",
    fix="{remedy}",
    data=(*_DATA, "element"),
    wording=(
        "amount",
        "has",
        "program",
        "remedy",
        "rule",
        "what",
    ),
)

GUIDE_ALTERNATIVE_MISSING = Kind(
    id="IG026",
    slug="guide-alternative-missing",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} has none of the parts of which the guide requires at least one ({rule}).",
    expected="{what}",
    fix="Write in {parent}: {piece}, or another of them.",
    data=(*_DATA, "element"),
    wording=(
        "parent",
        "piece",
        "rule",
        "what",
    ),
)

GUIDE_NOT_CHECKED = Kind(
    id="IG027",
    slug="guide-not-checked",
    severity=Severity.INFO,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The document was not compared with an implementation guide: {problem}.",
    expected="-",
    fix="{remedy}",
    optional=("year",),
    wording=("problem", "remedy"),
)
