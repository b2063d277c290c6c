"""Write the documents of `fixtures/`: clean ones, broken ones with one defect each, files that are no QRDA III.

python -m tools.build_fixtures

All of them are invented; templates, ids and measures come from `schemas/`. The same call always writes the same bytes.
What the converter should say of them is not written here but by `python -m tests.goldens.update`.
"""

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.documents import (
    YEARS,
    Doc,
    add_supplemental,
    dated_ahead,
    document,
    profile,
    replace_once,
)
from tools import data_files
from tools.fixture_defects import BROKEN, defective

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"


def main() -> int:
    """Write all documents and remove those that are no longer made, with what was expected of them."""
    made = fixtures()
    folders = {FOLDER / name.partition("/")[0] for name in made}
    for path in sorted(path for folder in folders for path in folder.glob("*.xml")):
        if path.relative_to(FOLDER).as_posix() not in made:
            for old in path.parent.glob(f"{path.stem}.*"):
                old.unlink()
    for name, data in made.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(made)} documents, {sum(map(len, made.values())) // 1024} KB, written to {FOLDER.name}/")
    return 0


def fixtures() -> dict[str, bytes]:
    """Return all inputs: path below `fixtures/` -> bytes."""
    made = dict(_clean()) | dict(_ahead())
    for case in BROKEN:
        made[case.path] = defective(case)
    for name, data in _hostile():
        made[f"hostile/{name}.xml"] = data
    return made


# --- clean documents ---------------------------------------------------------------------------------------------

_MEASURES_OF_INDIVIDUALS = {
    2017: ("236", "001", "009"),
    2018: ("236", "226", "238"),
    2019: ("236", "370", "008"),
    2020: ("236", "438", "366"),
    2021: ("001", "370", "226"),
    2022: ("236", "438", "238"),
    2023: ("236", "238", "472", "008"),
    2024: ("236", "370", "305"),
    2025: ("236", "438", "226"),
    2026: ("236", "370", "009", "438"),
}
"""Between them: one rate, several rates, summed sets, the one measure with a made-up split, NUMEX, inverse measures."""

_APP_MEASURES = ("001", "134", "236")
_APP_PLUS_MEASURES = {2025: ("001", "112", "134", "236"), 2026: ("001", "112", "113", "134", "236")}
_PRACTICE_SITES: dict[int, dict[str, tuple[str, ...]]] = {
    2020: {"CPCPLUS": ("001", "236")},
    2024: {"PCF": ("001", "113", "236")},
}
_APP_WITH_PI = {(2022, "MIPS_APP1_INDIV"), (2025, "APP_PLUS_INDIV"), (2026, "MIPS_APP1_APMENTITY")}
_APM_WITH_PI = (2023, 2025)


def _clean() -> Iterator[tuple[str, bytes]]:
    for year in YEARS:
        programs = profile(year)["programs"]
        for name, facts in programs.items():
            if facts["accepted"] and facts["family"] in ("mips", "app1", "appPlus") and name != "MIPS":
                yield f"{year}/{name}-clean.xml", _clean_document(year, name).bytes(indent=1)
        for name, wanted in _PRACTICE_SITES.get(year, {}).items():
            yield f"{year}/{name}-clean.xml", document(year, name, measures=wanted).xml().encode()
        if "MIPS_SUBGROUP" in programs and programs["MIPS_SUBGROUP"]["accepted"]:
            doc = document(
                year,
                "MIPS_INDIV",
                measures=("236", "438"),
                pi=required_pi(year) if year in (2024, 2026) else False,
                ia=("IA_BE_24",),
                mvp="G0054",
            )
            yield f"{year}/MIPS_INDIV-mvp.xml", doc.bytes(indent=1)


def _clean_document(year: int, program: str) -> Doc:
    facts = profile(year)["programs"][program]
    entity, pi = facts["entityType"], required_pi(year)
    if facts["family"] != "mips":
        measures = _APP_MEASURES if facts["family"] == "app1" else _APP_PLUS_MEASURES[year]
        return document(year, program, measures=measures, pi=pi if (year, program) in _APP_WITH_PI else False, ia=False)
    if entity == "individual":
        measures = _MEASURES_OF_INDIVIDUALS[year]
        return document(
            year, program, measures=measures, pi=pi if year in (2017, 2019, 2022) else False, reporting_strata=True
        )
    if entity == "group":
        return _group(year, program, pi)
    if entity == "subgroup":
        return document(year, program, measures=("001", "130", "236"), pi=pi if year == 2023 else False, mvp="M0002")
    apm_pi = pi if entity == "apm" and year in _APM_WITH_PI else False
    return document(year, program, measures=("236", "134"), pi=apm_pi, ia=entity == "virtualGroup")


def _group(year: int, program: str, pi: list[str]) -> Doc:
    """Return a group's document: in some years with supplemental data, or with another choice of measures."""
    if year >= 2021 and year % 3 == 0:
        pi = [item for item in pi if item not in ("PI_HIE_1", "PI_HIE_4")]
        pi.insert(1, "PI_HIE_5")
    doc = document(year, program, measures=("001", "309"), pi=pi, ia=("IA_EPA_2", "IA_BE_4"))
    if year in (2020, 2026):
        for population in doc.measure("001").populations:
            add_supplemental(doc, population)
    doc.activity("IA_BE_4").answers[0].code = "N" if year % 3 == 2 else "Y"
    return doc


def required_pi(year: int) -> list[str]:
    """Return promoting interoperability measures that make a complete report of a year."""
    prefix = "ACI" if year == 2017 else "PI"
    if year < 2019:
        names = ["EP_1", "HIE_1", "HIE_2", "PEA_1", "PPHI_1", "INFBLO_1", "ONCDIR_1"]
    else:
        names = ["EP_1", "HIE_1", "HIE_4", "PEA_1", "PHCDRR_1", "PHCDRR_3", "PPHI_1", "INFBLO_1", "ONCDIR_1"]
    names += ["PPHI_2"] if year >= 2022 else []
    names += ["EP_2", "PHCDRR_1_PROD", "PHCDRR_3_PROD"] if year >= 2023 else []
    return [f"{prefix}_{name}" for name in names]


def _ahead() -> Iterator[tuple[str, bytes]]:
    """Documents of years whose identifiers are not published: of one known program, and of each new one."""
    for year in data_files.years_of("profiles"):
        if year not in YEARS:
            before = profile(year - 1)["programs"]
            for name in ("MIPS_GROUP", *(one for one in profile(year)["programs"] if one not in before)):
                yield f"{year}/{name}-ids-not-published.xml", dated_ahead(year, name)


# --- files that are no QRDA III ----------------------------------------------------------------------------------


def _hostile() -> Iterator[tuple[str, bytes]]:
    text = document(2025, pi=False, ia=False).xml()
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    before, sign, after = text.partition("</title>")
    yield "empty", b""
    half = text.index("<observation", len(text) // 2)
    yield "truncated", text[:half].encode()
    yield "truncated-in-a-value", text[: text.index("codeSystem=", half) + len('codeSystem="2.16.840')].encode()
    yield "doctype", replace_once(text, head, head + '<!DOCTYPE ClinicalDocument SYSTEM "CDA.dtd">\n').encode()
    yield "entities", (head + _LAUGHS + text[len(head) :].replace("Quality measures of", "&j; of")).encode()
    yield "wrong-encoding", text.replace("Larkspur Valley", "Vallée des Pieds-d'alouette").encode("ISO-8859-1")
    yield "undefined-entity", text.replace("Larkspur Valley", "Larkspur&nbsp;Valley").encode()
    yield "mismatched-tag", (before + sign.replace("title", "name") + after).encode()
    yield "no-namespace", b"<ClinicalDocument/>\n"
    yield (
        "deep",
        (head + '<ClinicalDocument xmlns="urn:hl7-org:v3">' + "<component>" * 300).encode()
        + (b"</component>" * 300 + b"</ClinicalDocument>\n"),
    )
    yield "zip-named", _zip(text)
    yield "binary", bytes(range(256)) * 8
    for other, words in _OTHERS.items():
        yield other, words.encode()


def _zip(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("report.xml", (2026, 1, 15, 12, 0, 0)), text[:500])
    return buffer.getvalue()


_LAUGHS = (
    '<!DOCTYPE ClinicalDocument [\n  <!ENTITY a "ha">\n'
    + "".join(f'  <!ENTITY {name} "{f"&{of};" * 10}">\n' for of, name in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>\n"
)

_OTHERS = {
    "html": """<!DOCTYPE html>
<html lang="en">
  <head><title>Sign in</title></head>
  <body><form action="/login"><p>Your session has ended. Sign in to download the report.</p></form></body>
</html>
""",
    "json": """{
  "performanceYear": 2025,
  "entityType": "group",
  "measurementSets": []
}
""",
    "csv": """Measure,Numerator,Denominator,Rate
CMS165,118,160,0.7375
CMS122,31,140,0.221429
""",
    "qrda-1": """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
  <realmCode code="US"/>
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <templateId root="2.16.840.1.113883.10.20.24.1.1" extension="2017-08-01"/>
  <templateId root="2.16.840.1.113883.10.20.24.1.2" extension="2021-08-01"/>
  <id root="0d3a1c52-7f4e-4b0a-9f21-6b1f5d2e8c33"/>
  <code code="55182-0" codeSystem="2.16.840.1.113883.6.1"/>
  <title>Quality data of one patient</title>
  <component><structuredBody/></component>
</ClinicalDocument>
""",
    "c-cda": """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
  <realmCode code="US"/>
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <templateId root="2.16.840.1.113883.10.20.22.1.1" extension="2015-08-01"/>
  <templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>
  <id root="7b6de2f4-1c8a-4f57-8d0e-2a9c3b4d5e6f"/>
  <code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/>
  <title>Continuity of care</title>
  <component><structuredBody/></component>
</ClinicalDocument>
""",
    "not-cda": """<?xml version="1.0" encoding="UTF-8"?>
<report xmlns="urn:example:report">
  <measure id="CMS165" numerator="118" denominator="160"/>
</report>
""",
}


if __name__ == "__main__":
    sys.exit(main())
