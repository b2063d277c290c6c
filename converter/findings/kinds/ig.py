"""IG: the structure that the implementation guide and its schema ask for."""

from converter.findings.finding import Effect, Kind, Severity, Stage

ELEMENT_UNKNOWN = Kind(
    id="IG001",
    slug="element-unknown",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} is not allowed in {parent_element}{note}.",
    expected="{allowed}",
    fix="{remedy}",
    data=("element", "parent_element", "allowed_elements"),
    optional=("meant",),
    wording=("allowed", "note", "remedy"),
)

ELEMENT_OUT_OF_ORDER = Kind(
    id="IG002",
    slug="element-out-of-order",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="In {parent_element}, the element {element} comes {stands} {other_element}, but it must come {belongs} it.",
    expected="{element} {belongs} {other_element}",
    fix="Move {element} to directly {belongs} {other_element}; the order of elements in CDA is fixed.",
    data=("element", "parent_element", "other_element"),
    wording=("belongs", "stands"),
)

ELEMENT_MISSING = Kind(
    id="IG003",
    slug="element-missing",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {parent_element} is missing {what}.",
    expected="{name} {where}",
    fix="Add {name} {where}.",
    data=("parent_element", "elements"),
    wording=("name", "what", "where"),
)

ELEMENT_REPEATED = Kind(
    id="IG004",
    slug="element-repeated",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {parent_element} has {what}, but {limit} allowed.",
    expected="{allowed}",
    fix="Keep what is right and remove the rest; move anything that belongs to another {parent_element} into that one.",
    data=("parent_element", "elements", "count"),
    optional=("maximum",),
    wording=("allowed", "limit", "what"),
)

ATTRIBUTE_MISSING = Kind(
    id="IG005",
    slug="attribute-missing",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} is missing the attribute {attribute}.",
    expected="{attribute} with {words}",
    fix="Add the attribute {attribute} to {element}, with {words}.",
    data=("element", "attribute"),
    wording=("words",),
)

ATTRIBUTE_UNKNOWN = Kind(
    id="IG006",
    slug="attribute-unknown",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} has the attribute {attribute}, which is not allowed there{note}.",
    expected="{allowed}",
    fix="{remedy}",
    data=("element", "attribute", "allowed_attributes"),
    optional=("meant",),
    wording=("allowed", "note", "remedy"),
)

VALUE_NOT_OF_ITS_TYPE = Kind(
    id="IG007",
    slug="value-not-of-its-type",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The {part} of the element {element} {states} {words}.",
    expected="{wanted}",
    fix="Write {words}.",
    data=("element",),
    optional=("attribute",),
    wording=("part", "states", "wanted", "words"),
)

DATA_TYPE_WRONG = Kind(
    id="IG008",
    slug="data-type-missing-or-wrong",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} {problem}.",
    expected="xsi:type with a data type such as CD (a code), INT (a whole number) or REAL (a number)",
    fix="{remedy}",
    data=("element",),
    wording=("problem", "remedy"),
)

TEXT_NOT_EXPECTED = Kind(
    id="IG009",
    slug="text-not-expected",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} contains text, but none is allowed there.",
    expected="No text; the data is in attributes and elements",
    fix="Remove the text, or move it to the attribute or element that is meant for it.",
    data=("element",),
)

STRUCTURE_OTHERWISE = Kind(
    id="IG010",
    slug="structure-otherwise",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="The element {element} does not have the structure that the schema requires.",
    expected="{allowed}",
    fix="Compare {element} with the schema, and correct the export.",
    data=("element", "allowed_elements"),
    wording=("allowed",),
)

MORE_STRUCTURE_ERRORS = Kind(
    id="IG011",
    slug="more-structure-errors",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.GUIDE,
    message="There {more}, left out of this list.",
    expected="-",
    fix="Correct those that are listed, and check again; most of the others will be of the same kind.",
    data=("count",),
    wording=("more",),
)
