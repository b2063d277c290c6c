"""The documents that are changed, and how a number becomes a changed document."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random

from lxml import etree

from tests.documents import document
from tests.fuzz.changes import CHANGES
from tests.fuzz.elements import Element
from tests.fuzz.picks import ISLAND, NAMESPACE

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"
CORPUS = ("cms-samples.zip", "generated.zip", "guide-bases.zip")
_LARGEST = 60_000
_MOST_OF_THE_CORPUS = 400
_NAMES, _WEIGHTS = list(CHANGES), list(CHANGES.values())


def _own() -> Iterator[tuple[str, bytes]]:
    """Small documents with what the fixtures have in large ones: special measures, supplemental data, a prefix."""
    for year in (2018, 2020, 2022, 2025, 2026):
        doc = document(year, "MIPS_GROUP", measures=("236",), supplemental=True)
        yield f"{year} supplemental", doc.bytes()
        yield f"{year} special", document(year, measures=("370", "226", "143"), pi=False, ia=False).bytes()
        yield f"{year} strata", document(year, measures=("305",), reporting_strata=True, ia=False).bytes()
        yield f"{year} several", document(year, measures=("236", "438"), ia=("IA_EPA_1", "IA_CC_1")).bytes()
        yield f"{year} small", document(year, measures=("236",)).bytes()
        yield f"{year} pi", document(year, measures=(), ia=("IA_EPA_1", "IA_BE_4")).bytes()
    yield "2025 prefix", document(2025, measures=("236",)).bytes(prefix="cda", indent=None)
    yield "2024 one line", document(2024, measures=("236",)).bytes(indent=None)


def _corpus() -> Iterator[tuple[str, bytes]]:
    folder = os.environ.get("QRDA2QPP_CORPUS")
    for name in CORPUS if folder else ():
        with zipfile.ZipFile(Path(str(folder)) / name) as archive:
            files = [one for one in archive.infolist() if one.file_size <= _LARGEST]
            names = [
                one.filename for one in files if one.filename.endswith(".xml") and _converts(archive, one.filename)
            ]
            for one in names[:: -(-len(names) // _MOST_OF_THE_CORPUS) or 1]:
                yield f"{name}/{one}", archive.read(one)


def _converts(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether the official converter converts a document; True where the corpus does not say."""
    try:
        return b'"submission"' in archive.read(f"{name[:-4]}.expected.json")
    except KeyError:
        return True


@cache
def bases(corpus: bool = True) -> tuple[tuple[str, Element], ...]:
    """All documents that are changed, by their names; those of the corpus where `QRDA2QPP_CORPUS` is set."""
    files = [(str(one.relative_to(FIXTURES)), one.read_bytes()) for one in sorted(FIXTURES.glob("20*/*.xml"))]
    clean = [one for one in files if "clean" in one[0] or "mvp" in one[0]]
    made = [*_own()] * 3 + clean * 3 + files + [*_corpus()] * corpus
    return tuple((name, root) for name, data in made if (root := _parsed(data)) is not None)


def _parsed(data: bytes) -> Element | None:
    try:
        return etree.fromstring(data)
    except etree.XMLSyntaxError:
        return None


def changed(seed: int, index: int, corpus: bool = True) -> tuple[bytes, str, list[str]]:
    """Return the changed document of a number, the name of its base, and what was done to it."""
    random = Random(f"{seed}/{index}")
    every = bases(corpus)
    name, base = every[random.randrange(len(every))]
    root = deepcopy(base)
    wanted = random.choice((1, 1, 1, 2, 2, 3))
    done: list[str] = []
    for _ in range(wanted * 4):
        change = random.choices(_NAMES, _WEIGHTS)[0]
        with suppress(ValueError):  # lxml refuses to put an element into itself
            done.extend(filter(None, [change(root, random)]))
        if len(done) == wanted:
            break
    return written(root), name, done


def written(root: Element) -> bytes:
    """The document as bytes, with the namespaces that `ISLAND` stands for."""
    of_all = root.get(ISLAND)
    if of_all is not None:
        del root.attrib[ISLAND]
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    if of_all is not None:
        data = data.replace(f'xmlns="{NAMESPACE}"'.encode(), f'xmlns="{of_all}"'.encode(), 1)
    return data.replace(ISLAND.encode(), b"xmlns")
