"""What only programs of practice sites read: address, performers, supplemental data and strata.

Like the official converter, this finds a part by a `templateId` of whatever namespace, and reads the part in that one.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

from converter.model.document import Count, Node, Population
from converter.parsers.qrda3.elements import (
    ASSOCIATED_ENTITY,
    DOCUMENTATION_OF,
    ID,
    PARTICIPANT,
    PERFORMER,
    REPRESENTED_ORGANIZATION,
    SERVICE_EVENT,
    descend,
)
from converter.source.xml.tree import CDA

_ADDR = CDA + "addr"
_ANY_TEMPLATE = "{*}templateId"
_COUNT = "aggregate_count"
Types = Mapping[str, tuple[str, int]]


class SiteHeader(NamedTuple):
    """What the header of a document of a practice site says.

    Attributes:
        addresses: the text of each address, without spaces around it.
        several: numbers of the performers, from 1, that list several clinicians or organizations, and the elements.
    """

    addresses: tuple[str, ...] = ()
    several: tuple[tuple[int, Node], ...] = ()


class Part(NamedTuple):
    """Supplemental data or a stratum of a population.

    Attributes:
        nodes: root of each of its `templateId` -> the `templateId`.
        codes: codes of its values.
        translations: codes of the translations of its values.
        ids: roots of the ids that it refers to.
        counts: how many aggregate counts are its own.
    """

    nodes: Mapping[str, Node]
    codes: tuple[str, ...]
    translations: tuple[str, ...]
    ids: tuple[str, ...]
    counts: int


class Parts(NamedTuple):
    """What a population holds: supplemental data and strata, in document order."""

    supplemental: tuple[Part, ...]
    strata: tuple[Part, ...]


def site_header(root: etree._Element) -> SiteHeader:
    """Read what the header of a document of a practice site says."""
    addresses = descend(root, PARTICIPANT, ASSOCIATED_ENTITY, _ADDR)
    performers = descend(root, DOCUMENTATION_OF, SERVICE_EVENT, PERFORMER)
    return SiteHeader(
        tuple("".join(map(str, one.itertext(with_tail=False))).strip() for one in addresses),
        tuple((number, one) for number, one in enumerate(performers, 1) if _lists_several(one)),
    )


def _lists_several(performer: etree._Element) -> bool:
    """Whether several children of a performer have an id, or several an organization."""
    children = list(performer)
    return any(
        sum(1 for one in children if next(one.iterchildren(name), None) is not None) > 1
        for name in (ID, REPRESENTED_ORGANIZATION)
    )


def parts_of(population: Population, types: Types) -> Parts:
    """Read supplemental data and strata of a population."""
    element = population.node.getparent()
    found: dict[str, list[Part]] = {"supplemental": [], "reporting_stratum": []}
    # The type of an element comes from the first of its templates that has one, as in the walk.
    typed: dict[etree._Element, str] = {element: ""}
    counts: dict[etree._Element, int] = {}
    nodes: list[tuple[str, etree._Element]] = []
    for template, name in _templates(element, types):
        part: Any = template.getparent()
        if part in typed:
            continue
        typed[part] = name
        if name in found:
            nodes.append((name, template))
        elif name == _COUNT:
            around = part.getparent()
            while around not in typed:
                around = around.getparent()
            counts[around] = counts.get(around, 0) + 1
    for name, template in nodes:
        found[name].append(_part(template, counts))
    return Parts(tuple(found["supplemental"]), tuple(found["reporting_stratum"]))


def _templates(element: etree._Element, types: Types) -> Iterator[tuple[etree._Element, str]]:
    for template in element.iter(_ANY_TEMPLATE):
        name = types.get(template.get("root", ""), ("",))[0]
        if name:
            yield template, name


def _part(template: etree._Element, counts: Mapping[etree._Element, int]) -> Part:
    element: Any = template.getparent()
    namespace = str(template.tag).removesuffix("templateId")
    values = list(element.iterchildren(f"{namespace}value"))
    translations = [one for value in values for one in value.iterchildren(f"{namespace}translation")]
    ids = descend(element, f"{namespace}reference", f"{namespace}externalObservation", f"{namespace}id")
    return Part(
        {one.get("root", ""): one for one in element.iterchildren(template.tag)},
        tuple(code for one in values if (code := one.get("code")) is not None),
        tuple(code for one in translations if (code := one.get("code")) is not None),
        tuple(root for one in ids if (root := one.get("root")) is not None),
        counts.get(element, 0),
    )


def first_count(population: Population, types: Types) -> Count | None:
    """The count of a population or, where it has none of its own, the first inside of it; None where there is none."""
    if population.counts:
        return population.counts[0]
    for template, name in _templates(population.node.getparent(), types):
        if name == _COUNT:
            element: Any = template.getparent()
            value = next(element.iterchildren(str(template.tag).replace("templateId", "value")), None)
            return Count(template, None if value is None else value.get("value"), value)
    return None
