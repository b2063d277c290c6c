"""Measure packages in the form of those of CMS, written from a catalog: HQMF documents of our own, in archives."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

_ELEMENTS = {
    "IPOP": "initialPopulationCriteria",
    "DENOM": "denominatorCriteria",
    "DENEX": "denominatorExclusionCriteria",
    "NUMER": "numeratorCriteria",
    "NUMEX": "numeratorExclusionCriteria",
    "DENEXCEP": "denominatorExceptionCriteria",
}
NEW_SET = "77777777-2222-3333-4444-555555555555"
"""Set id of a measure of which none is known."""
LOWER, HIGHER = "A lower score indicates better quality", "Higher score indicates better quality"


def hqmf(row: Mapping[str, Any], notation: str | None = None) -> str:
    """The HQMF document of a measure of a catalog."""
    number, _, version = row["eMeasureId"].removeprefix("CMS").partition("v")
    sets = [one for one in row["strata"] if "populations" in one]
    attributes = {
        "eCQM Identifier (Measure Authoring Tool)": ("originalText", number),
        "Improvement Notation": ("displayName", notation or (LOWER if row["isInverse"] else HIGHER)),
    }
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<QualityMeasureDocument xmlns="urn:hl7-org:v3" xmlns:cql-ext="urn:hhs-cql:hqmf-n1-extensions:v1">',
            '<typeId extension="POQM_HD000001UV02" root="2.16.840.1.113883.1.3"/>',
            f"<id root={quoteattr(row['guid'])}/>",
            f"<title value={quoteattr(row['title'])}/>",
            f"<setId root={quoteattr(row.get('setId', NEW_SET))}/>",
            f'<versionNumber value="{version}.2.000"/>',
            *(
                f'<subjectOf><measureAttribute><code nullFlavor="OTH"><{element} value={quoteattr(name)}/></code>'
                f'<value mediaType="text/plain" value={quoteattr(value)}/></measureAttribute></subjectOf>'
                for name, (element, value) in attributes.items()
            ),
            "<component><dataCriteriaSection/></component>",
            *(f"<component>{_population_set(one)}</component>" for one in sets),
            "</QualityMeasureDocument>",
        ]
    )


def _population_set(one: Mapping[str, Any]) -> str:
    parts = [(_ELEMENTS[code], code, id_) for code, id_ in one["populations"].items()]
    parts += [("stratifierCriteria", "STRAT", id_) for id_ in one.get("stratumIds", ())]
    inside = "".join(
        f'<component typeCode="COMP"><{name}><id extension="x" root="{id_}"/><code code="{code}"/>'
        f'<precondition><criteriaReference><id root="41810103-F6AA-4482-A207-ED0E6D9CDCED"/></criteriaReference>'
        f"</precondition></{name}></component>"
        for name, code, id_ in parts
    )
    more = "<component><cql-ext:supplementalDataElement/></component>"
    own = '<id extension="PopulationCriteria1" root="775FD0C2-7BDD-40A8-A382-8E14CAB7641B"/>'
    return f"<populationCriteriaSection>{own}{inside}{more}</populationCriteriaSection>"


def package(path: Path, documents: Mapping[str, str], others: Sequence[str] = ("library.xml",)) -> Path:
    """Write a package: an archive for each document, with files that a package has beside it."""
    with zipfile.ZipFile(path, "w") as whole:
        whole.writestr("read me.txt", "not read")
        for name, text in documents.items():
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w") as archive:
                archive.writestr(f"{name}/{name}.xml", text)
                archive.writestr(f"{name}/{name}.html", "<html/>")
                for one in others:
                    archive.writestr(f"{name}/{one}", '<library xmlns="urn:hl7-org:elm:r1"/>')
            whole.writestr(f"{name}.zip", inner.getvalue())
    return path


def of_catalog(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write the package of the measures of a catalog."""
    return package(path, {row["eMeasureId"]: hqmf(row) for row in rows})
