"""IG: the structure that the implementation guide and its schema ask for."""

from converter.findings.finding import Kind, Severity, Stage

ELEMENT_UNKNOWN = Kind(
    id="IG001",
    slug="element-unknown",
    severity=Severity.WARNING,
    stage=Stage.GUIDE,
    message="The element {name} is not known in {parent}{note}.",
    expected="{allowed}",
    fix="{remedy}",
)

ELEMENT_OUT_OF_ORDER = Kind(
    id="IG002",
    slug="element-out-of-order",
    severity=Severity.WARNING,
    stage=Stage.GUIDE,
    message="In {parent}, the element {name} stands {stands} {other}, but belongs {belongs} it.",
    expected="{name} {belongs} {other}",
    fix="Move {name} to directly {belongs} {other}; in CDA the order of the elements is fixed.",
)

ELEMENT_MISSING = Kind(
    id="IG003",
    slug="element-missing",
    severity=Severity.WARNING,
    stage=Stage.GUIDE,
    message="The element {parent} lacks {what}.",
    expected="{name} {where}",
    fix="Add {name} {where}.",
)

ELEMENT_REPEATED = Kind(
    id="IG004",
    slug="element-repeated",
    severity=Severity.WARNING,
    stage=Stage.GUIDE,
    message="The element {parent} holds {what}, but {limit} allowed.",
    expected="{allowed}",
    fix="Keep what is right and remove the rest; what belongs to another {parent} goes into one of its own.",
)

ATTRIBUTE_MISSING = Kind(
    id="IG005",
    slug="attribute-missing",
    severity=Severity.WARNING,
    stage=Stage.GUIDE,
    message="The element {name} lacks the attribute {attribute}.",
    expected="{attribute} with {words}",
    fix="Add the attribute {attribute} to {name}, with {words}.",
)

ATTRIBUTE_UNKNOWN = Kind(
    id="IG006",
    slug="attribute-unknown",
    severity=Severity.WARNING,
    stage=Stage.GUIDE,
    message="The element {name} has the attribute {attribute}, which is not known there{note}.",
    expected="{allowed}",
    fix="{remedy}",
)

VALUE_NOT_OF_ITS_TYPE = Kind(
    id="IG007",
    slug="value-not-of-its-type",
    severity=Severity.WARNING,
    stage=Stage.GUIDE,
    message="The {part} of the element {name} {states} {words}.",
    expected="{words}",
    fix="Write {words}.",
)

DATA_TYPE_WRONG = Kind(
    id="IG008",
    slug="data-type-missing-or-wrong",
    severity=Severity.WARNING,
    stage=Stage.GUIDE,
    message="The element {name} {problem}.",
    expected="xsi:type with a data type such as CD (a code), INT (a whole number) or REAL (a number)",
    fix="{remedy}",
)

TEXT_NOT_EXPECTED = Kind(
    id="IG009",
    slug="text-not-expected",
    severity=Severity.WARNING,
    stage=Stage.GUIDE,
    message="The element {name} holds a text, where none is allowed.",
    expected="No text; the data stands in attributes and in elements",
    fix="Remove the text, or write it into the attribute or element that is made for it.",
)

STRUCTURE_OTHERWISE = Kind(
    id="IG010",
    slug="structure-otherwise",
    severity=Severity.WARNING,
    stage=Stage.GUIDE,
    message="The element {name} does not have the structure that the schema describes.",
    expected="{allowed}",
    fix="Compare {name} with what the schema says of it, and correct the export.",
)

MORE_STRUCTURE_ERRORS = Kind(
    id="IG011",
    slug="more-structure-errors",
    severity=Severity.WARNING,
    stage=Stage.GUIDE,
    message="There {more} of structure, left out of this list.",
    expected="-",
    fix="Correct those that are listed, and check again; most of the others will be of the same kind.",
)
