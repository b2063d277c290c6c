"""The measures of a package: a zip archive of archives, one for each measure, with its HQMF document among others."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from converter.errors import ConverterError, SourceError
from converter.findings.collector import Collector
from converter.parsers.hqmf.measure import NotRateError, PackagedMeasure, is_hqmf, read_measure
from converter.source.archives import Held, archive_members
from converter.source.inputs import Input
from converter.source.limits import Limits
from converter.source.xml.parse import parse_xml

_ENDINGS = (".xml", ".json", ".zip")
_DEEPEST = 3
"""How many archives may be inside of each other; the packages of CMS have two."""
_FHIR = re.compile(rb'"resourceType"\s*:')
_ROOT = re.compile(rb"<(?:\w+:)?QualityMeasureDocument[\s>]")


class PackageError(ConverterError):
    """A package cannot be used. The text says why, and what to do."""


class Package(NamedTuple):
    """What is in a package.

    Attributes:
        measures: its measures, in the order of their CMS ids.
        without_rate: CMS ids of measures that have no performance rate.
    """

    measures: tuple[PackagedMeasure, ...]
    without_rate: tuple[str, ...]


def read_package(path: Path, limits: Limits) -> Package:
    """Read the measures of a package.

    Raises:
        PackageError: it is not a package of HQMF documents, or a part of it is damaged.
    """
    found: dict[str, PackagedMeasure] = {}
    without_rate: set[str] = set()
    has_fhir = False
    for item in _documents(path, limits):
        data = _content(item)
        if not item.name.lower().endswith(".xml"):
            has_fhir = has_fhir or _FHIR.search(data) is not None
            continue
        try:
            measure = _measure(item.name, data, limits)
        except NotRateError as error:
            without_rate.add(str(error))
            continue
        if measure is None:
            continue
        if found.setdefault(measure.cms_id, measure) != measure:
            raise PackageError(f"{path} has two versions of {measure.cms_id} with different identifiers.")
    if not found and not without_rate:
        raise PackageError(_nothing(path, has_fhir))
    return Package(tuple(sorted(found.values(), key=lambda one: _order(one.cms_id))), tuple(sorted(without_rate)))


def _documents(path: Path, limits: Limits) -> Iterator[Input]:
    yield from _unpacked(archive_members(path, PurePosixPath(), limits, _ENDINGS), limits, 1)


def _unpacked(items: Iterator[Input], limits: Limits, depth: int) -> Iterator[Input]:
    for item in items:
        if not item.name.lower().endswith(".zip"):
            yield item
        elif depth < _DEEPEST:
            held = Held(item.name, _content(item))
            yield from _unpacked(archive_members(held, PurePosixPath(), limits, _ENDINGS), limits, depth + 1)


def _content(item: Input) -> bytes:
    try:
        return item.read()
    except SourceError as error:
        remedy = f" {error.remedy}" if error.remedy else ""
        raise PackageError(f"{item.name} cannot be read: {error}.{remedy}") from error


def _measure(name: str, data: bytes, limits: Limits) -> PackagedMeasure | None:
    """The measure that a document describes; None where it is one of the others of a package, such as its logic.

    Raises:
        PackageError: it describes a measure, and is damaged.
        NotRateError: the measure has no performance rate.
    """
    if not _ROOT.search(data):
        return None
    findings = Collector()
    tree = parse_xml(data, limits, findings)
    if tree is None:
        raise PackageError(f"{name} cannot be read: {next(iter(findings)).message}")
    if not is_hqmf(tree.root):
        return None
    try:
        return read_measure(tree.root)
    except ValueError as error:
        raise PackageError(f"{name} cannot be used: {error}.") from error


def _nothing(path: Path, has_fhir: bool) -> str:
    if has_fhir:
        return (
            f"{path} is a FHIR package: its populations have names in place of the ids that QRDA III needs. "
            "Take the HQMF (QDM) package of the same year."
        )
    return f"{path} has no HQMF documents. Take the package of eCQM specifications of the eCQI Resource Center."


def _order(cms_id: str) -> tuple[int, int]:
    number, version = cms_id.removeprefix("CMS").split("v")
    return int(number), int(version)
