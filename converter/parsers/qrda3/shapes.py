"""What an element without a type looks like: by its codes and by what it refers to, never by its name alone."""

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from converter.language.terms import ROLE_NAMES
from converter.model.document import Activity, Count, PiMeasure, Population, QualityMeasure, Section
from converter.parsers.qrda3.elements import (
    ACT,
    CODE,
    COUNT_CODE,
    EFFECTIVE_TIME,
    EXTERNAL_DOCUMENT,
    EXTERNAL_OBSERVATION,
    ID,
    OBSERVATION,
    ORGANIZER,
    REFERENCE,
    SECTION,
    TEMPLATE_ID,
    VALUE,
    code_of,
    descend,
)

Types = Mapping[str, tuple[str, int]]
Shape = tuple[str, str]
"""Name of the type that an element looks like, and what it would say: the role, the measure id, the number."""

_RATE, _PERIOD = "72510-1", "252116004"
_PI_PARTS = {"NUMER": "pi_numerator", "DENOM": "pi_denominator"}
SUPPLEMENTAL_CODES: Mapping[str, str] = {
    "76689-9": "sex", "72826-1": "race", "69490-1": "ethnicity", "48768-6": "payer", "184102003": "postal code",
}  # fmt: skip
"""Code of an observation -> the supplemental data that it is (QRDA III implementation guide)."""

_SECTION_OF = {
    "quality_measure": "quality_section",
    "population": "quality_section",
    "performance_rate": "quality_section",
    "pi_numerator_denominator": "pi_section",
    "pi_measure_performed": "pi_section",
    "pi_numerator": "pi_section",
    "pi_denominator": "pi_section",
    "ia_measure": "ia_section",
}
_ENTRIES = (QualityMeasure, PiMeasure, Activity)
_MEASURE_OF = {
    "population": "quality_measure",
    "performance_rate": "quality_measure",
    "pi_numerator": "pi_numerator_denominator",
    "pi_denominator": "pi_numerator_denominator",
}


class Shapes:
    """Tells shapes by the templates and the identifier roots of a year.

    Attributes:
        types: template root -> name and rank of the type.
        not_submitted: template root -> what it is, for parts of the standard that no submission takes.
    """

    __slots__ = ("_looks", "_measure_root", "not_submitted", "types")

    def __init__(self, types: Types, measure_root: str, not_submitted: Mapping[str, str]) -> None:
        self.types = types
        self.not_submitted = not_submitted
        self._measure_root = measure_root
        self._looks: Mapping[Any, Callable[[etree._Element, object], Shape | None]] = {
            SECTION: self._section,
            ORGANIZER: self._organizer,
            OBSERVATION: _observation,
            ACT: _act,
        }

    def of(self, element: etree._Element, owner: object) -> Shape | None:
        """Return the shape of an element whose nearest typed element around it is `owner`; None where it has none."""
        look = self._looks.get(element.tag)
        if look is not None:
            return look(element, owner) or count_shape(element)
        return _observation(element, owner) or self._organizer(element, owner)

    def inside(self, element: etree._Element, owner: object) -> Shape | None:
        """The same for an element inside of one whose shape is known: only what the element itself says."""
        if element.tag == SECTION:
            return None
        return self.referring(element) if element.tag == ORGANIZER else self.of(element, owner)

    def _section(self, element: etree._Element, owner: object) -> Shape | None:
        """A section is what its entries are, by their templates or by their own shapes.

        Inside of a section that is read it is only a wrapper: its entries are those of the section around it.
        """
        if type(owner) is Section:
            return None
        for template in element.iter(TEMPLATE_ID):
            name = self.types.get(template.get("root", ""), ("", 0))[0]
            if name in _SECTION_OF:
                return _SECTION_OF[name], ""
        for part in element.iter(ORGANIZER, OBSERVATION):
            shape = self.referring(part) if part.tag == ORGANIZER else _observation(part, owner)
            if shape and shape[0] in _SECTION_OF:
                return _SECTION_OF[shape[0]], ""
        return None

    def _organizer(self, element: etree._Element, owner: object) -> Shape | None:
        """A measure or activity: by the id that it refers to, else by the observations inside of it.

        Inside of an entry that is read, only the id tells: what is inside of it belongs to the entry around it.
        """
        shape = self.referring(element)
        if shape or type(owner) in _ENTRIES:
            return shape
        for part in element.iter(OBSERVATION):
            name = self._type_of(part) or (_observation(part, owner) or ("", ""))[0]
            if name in _MEASURE_OF:
                return _MEASURE_OF[name], ""
            if name == "measure_performed" and type(owner) is Section and owner.category != "quality":
                return ("ia_measure" if owner.category == "ia" else "pi_measure_performed"), ""
        return None

    def referring(self, element: etree._Element) -> Shape | None:
        """Return the measure or activity that an element refers to itself; None where it refers to none."""
        for one in descend(element, REFERENCE, EXTERNAL_DOCUMENT, ID):
            root, extension = one.get("root"), one.get("extension") or ""
            if root == self._measure_root:
                return "quality_measure", extension
            if extension.startswith("IA_"):
                return "ia_measure", extension
            # ACI: the ids of 2017, when the category was called advancing care information.
            if extension.startswith(("PI_", "ACI_")):
                return ("pi_numerator_denominator" if _is_counted(element) else "pi_measure_performed"), extension
        return None

    def _type_of(self, element: etree._Element) -> str:
        roots = (one.get("root", "") for one in element.iterchildren(TEMPLATE_ID))
        return next((self.types[root][0] for root in roots if root in self.types), "")


def _is_counted(element: etree._Element) -> bool:
    return any(one.get("code") == COUNT_CODE for one in element.iter(CODE))


def count_shape(element: etree._Element) -> Shape | None:
    """Return the shape of a count, by its code and its value, in an element of another name."""
    if all(one.get("code") != COUNT_CODE for one in element.iterchildren(CODE)):
        return None
    text = next((text for one in element.iterchildren(VALUE) if (text := one.get("value"))), None)
    return ("aggregate_count", text) if text else None


def _observation(element: etree._Element, owner: object) -> Shape | None:
    codes = {one.get("code") for one in element.iterchildren(CODE)}
    values = list(element.iterchildren(VALUE))
    if COUNT_CODE in codes:
        return "aggregate_count", next((text for one in values if (text := one.get("value"))), "")
    if _RATE in codes:
        return "performance_rate", ""
    role = next((code for one in values if (code := one.get("code"))), "")
    refers = next(descend(element, REFERENCE, EXTERNAL_OBSERVATION), None) is not None
    # NUMER and DENOM are codes of two categories. A population of a quality measure refers to its id, the numerator
    # of a promoting interoperability measure to nothing.
    if refers and (role in ROLE_NAMES or type(owner) is QualityMeasure):
        return "population", role
    if role in _PI_PARTS and type(owner) is not QualityMeasure:
        return _PI_PARTS[role], ""
    if role in ROLE_NAMES:
        return "population", role
    # A count that is out of place belongs to the entry around it.
    entry = owner.owner if type(owner) is Count else owner
    answers = role.upper() in ("Y", "N") and type(entry) is not QualityMeasure and type(entry) is not Population
    return ("measure_performed", role) if answers else None


def _act(element: etree._Element, _owner: object) -> Shape | None:
    dated = next(element.iterchildren(EFFECTIVE_TIME), None) is not None
    return ("reporting_parameters", "") if dated and code_of(element) == _PERIOD else None
