"""What people paste into `explain`, and what must be answered. The values are of the catalogs, found when it is run."""

from typing import NamedTuple

from converter import Certainty, Subject
from tests.documents import measure_facts


class Paste(NamedTuple):
    """A pasted text, what it must be found to be, its id (None where it has none), and words of the answer."""

    word: str
    what: Subject
    id: str | None
    words: tuple[str, ...] = ()
    certain: Certainty = Certainty.SURE


def _guid(year: int, measure: str = "236") -> str:
    guid: str = measure_facts(year, measure)["guid"]
    return guid.lower()


NEW, OLD, OTHER = _guid(2025), _guid(2024), _guid(2024, "001")
SET: str = measure_facts(2024, "236")["setId"].lower()
NUMER: str = measure_facts(2025, "236")["strata"][0]["populations"]["NUMER"].lower()
DASHES = "\N{EN DASH}\N{NON-BREAKING HYPHEN}\N{HYPHEN}\N{EM DASH}\N{MINUS SIGN}"
GUID, MEASURE, UNKNOWN = Subject.MEASURE_GUID, Subject.MEASURE, Subject.UNKNOWN
OF_2024 = ("CMS165v12", "2024", NEW)
NOT_KNOWN = Certainty.NOT_KNOWN

GUIDS = [
    Paste(OLD, GUID, OLD, OF_2024),
    Paste(OLD.upper(), GUID, OLD, OF_2024),
    Paste(OLD.replace("-", ""), GUID, OLD, ("no hyphens", *OF_2024)),
    Paste(OLD.replace("-", "").upper(), GUID, OLD, ("no hyphens", *OF_2024)),
    *(Paste(OLD[:at] + OLD[at + 1 :], GUID, OLD, ("a hyphen is missing", *OF_2024)) for at in (8, 13, 18, 23)),
    *(Paste(OLD.replace("-", dash), GUID, OLD, ("are not hyphens", *OF_2024)) for dash in DASHES),
    Paste(OLD.replace("-", " "), GUID, OLD, ("spaces instead of hyphens", *OF_2024)),
    Paste(OLD.replace("0", "O"), GUID, OLD, ("the letter O", *OF_2024)),
    Paste(OLD.replace("0", "o", 1), GUID, OLD, ("the letter o", *OF_2024)),
    Paste(OLD.replace("0", "O").replace("-", ""), GUID, OLD, ("no hyphens and the letter O", *OF_2024)),
    Paste(OLD.replace("-", "-\N{ZERO WIDTH SPACE}"), GUID, OLD, OF_2024),
    Paste(f"{OLD[:24]}\n{OLD[24:]}", GUID, OLD, OF_2024),
    Paste(f"{{{OLD}}}", GUID, OLD, OF_2024),
    Paste(f"({OLD.replace('-', '')})", GUID, OLD, OF_2024),
    Paste(f"urn:uuid:{OLD}", GUID, OLD, OF_2024),
    Paste(f'"{OLD}",', GUID, OLD, OF_2024),
    Paste(f"GUID: {OLD}", GUID, OLD, OF_2024),
    Paste(f"What is {OLD.replace('-', '')} of?", GUID, OLD, OF_2024),
    Paste(OLD[:30], GUID, OLD, ("is part of", *OF_2024)),
    Paste(f"{OLD[:26]}...", GUID, OLD, ("the only known GUID", *OF_2024)),
    Paste(f"{OLD[:26]}\N{HORIZONTAL ELLIPSIS}", GUID, OLD, OF_2024),
    Paste(f"{OLD[:18]}-...", GUID, OLD, OF_2024),
    Paste(f"...{OLD[-12:]}", GUID, OLD, OF_2024),
    Paste(f"{OLD[:8]}...{OLD[-12:]}", GUID, OLD, OF_2024),
    Paste(f"{OLD[:8]}...", UNKNOWN, None, ("too short", "GUIDs that are known"), NOT_KNOWN),
    Paste(OLD[:8], UNKNOWN, None, ("too short", "all 32 digits"), NOT_KNOWN),
    Paste(OLD[:7], UNKNOWN, None, ("too short",), NOT_KNOWN),
    Paste(f"{OLD[:4]}...", UNKNOWN, None, ("too short",), NOT_KNOWN),
    Paste("ffffffff-ffff-...", UNKNOWN, None, ("not part of the GUID of any",), NOT_KNOWN),
    Paste("ffffffff-ffff-4fff-8fff-ffffffffffff", UNKNOWN, "ffffffff-ffff-4fff-8fff-ffffffffffff",
          ("not the id of any measure",), NOT_KNOWN),
    Paste("f" * 31, UNKNOWN, "f" * 31, ("It has 31 digits; a GUID has 32",), NOT_KNOWN),
    Paste(OLD[:-1], GUID, OLD, ("is part of", *OF_2024)),
    Paste(OLD + "7", GUID, OLD, ("is extra", *OF_2024)),
    Paste(OLD[:-1] + ("4" if OLD[-1] != "4" else "3"), GUID, OLD, ("digit 32", *OF_2024)),
    Paste(f"{OLD} {OTHER}", GUID, OLD, (*OF_2024, "CMS122v12")),
    Paste(f"{OLD.replace('-', '')};{OTHER[:26]}...", GUID, OLD, (*OF_2024, "CMS122v12")),
    Paste(f'<id root="2.16.840.1.113883.4.738" extension="{OLD}"/>', GUID, OLD, OF_2024),
    Paste(f'<id root="2.16.840.1.113883.4.738" extension="{OLD[:8]}{OLD[9:]}"/>', GUID, OLD, OF_2024),
    Paste(f"<setId root='{SET}'/>", Subject.SET_ID, SET, ("Do not report it in place of the GUID", NEW)),
    Paste(SET.replace("-", ""), Subject.SET_ID, SET, ("no hyphens", "set id of CMS165")),
    Paste(NUMER.replace("-", ""), Subject.POPULATION, NUMER, ("NUMER population of CMS165",)),
    Paste(f"{NUMER[:20]}...", Subject.POPULATION, NUMER, ("NUMER population of CMS165",)),
]  # fmt: skip

IDS = [
    Paste("CMS165", MEASURE, "CMS165v13", (NEW, OLD, "All performance years")),
    Paste("CMS165v13", MEASURE, "CMS165v13", (NEW, OLD)),
    Paste("CMS165v12", MEASURE, "CMS165v12", OF_2024),
    Paste("CMS165V05", MEASURE, "CMS165v5", ("2017", NEW)),
    Paste("CMS165v14", MEASURE, "CMS165v14", ("2026", NEW)),
    Paste("CMS165v15", MEASURE, "CMS165v15", ("2027", "not published", NEW)),
    Paste("CMS165v4", MEASURE, "CMS165v4", ("before MIPS began", NEW)),
    Paste("CMS165v99", MEASURE, "CMS165v99", ("not the version for any performance year", NEW)),
    Paste("CMS 122", MEASURE, "CMS122v13", ("measure 001", OTHER)),
    Paste("cms-122", MEASURE, "CMS122v13", ("measure 001",)),
    Paste("CMS122 v12", MEASURE, "CMS122v12", ("2024",)),
    Paste("CMS 122 version 12", MEASURE, "CMS122v12", ("2024",)),
    Paste("CMS122v12.0.000", MEASURE, "CMS122v12", ("2024",)),
    Paste("CMS0122v12", MEASURE, "CMS122v12", ("2024",)),
    Paste("eCQM CMS122", MEASURE, "CMS122v13", ("measure 001",)),
    Paste("CMS165FHIR", MEASURE, "CMS165v13", ("FHIR", NEW)),
    Paste("CMS82v6", MEASURE, "CMS82v6", ("2018", "cannot be reported from an EHR")),
    Paste("CMS1206v4", MEASURE, "CMS1206v4", ("hospitals",)),
    Paste("236", MEASURE, "CMS165v13", (NEW, OLD)),
    Paste("Q001", MEASURE, "CMS122v13", (OTHER,)),
    Paste("q 1", MEASURE, "CMS122v13", (OTHER,)),
    Paste("#236", MEASURE, "CMS165v13", (NEW,)),
    Paste("# 236", MEASURE, "CMS165v13", (NEW,)),
    Paste("Quality ID #236", MEASURE, "CMS165v13", (NEW,)),
    Paste("measure 236", MEASURE, "CMS165v13", (NEW,)),
    Paste("MIPS 236", MEASURE, "CMS165v13", (NEW,)),
    Paste("QPP 1", MEASURE, "CMS122v13", (OTHER,)),
]  # fmt: skip

_SIX = Subject.OFFICIAL_CODE, "6", ("GUID001",)
CODES = [
    *(Paste(word, *_SIX) for word in (
        "6", "6.", "6:", "(6)", "[6]", "CT - 6", "CT-6", "CT 6", "CT \N{EN DASH} 6", "error 6", "Error: 6", "error #6",
        "code 6", "code: 6", "Code 006", "error code 6", "Error code: 6.", "official code 6", "errorCode 6",
        '"errorCode": 6', "errorCode=6", "error number 6",
    )),
    Paste("code 59", Subject.OFFICIAL_CODE, "59", ("POP002",)),
    Paste("code 999", UNKNOWN, None, ("No public release of CMS' converter emits a code 999",), NOT_KNOWN),
]  # fmt: skip

PROGRAM, TERM, OID = Subject.PROGRAM, Subject.TERM, Subject.OID
WORDS = [
    Paste("MIPS_GROUP", PROGRAM, "MIPS_GROUP", ("a group", "2017 to 2026", 'programName "mips"')),
    Paste("mips-group", PROGRAM, "MIPS_GROUP", ("a group",)),
    Paste("MIPS INDIV", PROGRAM, "MIPS_INDIV", ("an individual clinician",)),
    Paste("MIPS_APP1_INDIV", PROGRAM, "MIPS_APP1_INDIV", ("APM Performance Pathway", "2021 to 2026", "app1")),
    Paste("APP_PLUS_APMENTITY", PROGRAM, "APP_PLUS_APMENTITY", ("an APM entity", "2025 and 2026", "appPlus")),
    Paste("MIPS_VIRTUALGROUP", PROGRAM, "MIPS_VIRTUALGROUP", ("a virtual group", "2018 to 2026")),
    Paste("CPCPLUS", PROGRAM, "CPCPLUS", ("Comprehensive Primary Care Plus", "2017 to 2021")),
    Paste("PCF", PROGRAM, "PCF", ("Primary Care First", "2021 to 2025")),
    Paste("MCP_STANDARD", PROGRAM, "MCP_STANDARD", ("Making Care Primary", "in any performance year")),
    Paste("HQR_PI", PROGRAM, "HQR_PI", ("a program of CMS' Hospital Quality Reporting",)),
    Paste("MIPS", PROGRAM, "MIPS", ("Merit-based Incentive Payment System",)),
    *(Paste(word, TERM, id, ("In the XML", "In the JSON")) for word, id in (
        ("NPI", "NPI"), ("TIN", "TIN"), ("what is a TIN?", "TIN"), ("What does CEHRT mean?", "CEHRT"),
        ("CEHRT id", "CEHRT id"), ("MVP", "MVP"), ("APP", "APP"), ("virtual group", "virtual group"),
        ("DENOM", "DENOM"), ("denominator exclusions", "DENEX"), ("DENEX", "DENEX"), ("numer", "NUMER"),
        ("DENEXCEP", "DENEXCEP"), ("the denominator exception", "DENEXCEP"), ("stratum", "stratum"),
        ("strata", "stratum"), ("population id", "population"), ("measure GUID", "measure GUID"),
        ("UUID", "measure GUID"),
        ("performance met", "performanceMet"), ("eligiblePopulation", "eligiblePopulation"),
        ("eligiblePopulationExclusion", "eligiblePopulationExclusion"), ("measurementSets", "measurementSets"),
        ("measure id", "measureId"), ("entityType", "entityType"), ("programName", "programName"),
        ("performance period", "reporting parameters"), ("Promoting Interoperability", "promoting interoperability"),
        ("IA", "improvement activities"),
    )),
    *(Paste(word, TERM, id, ("In the XML",)) for word, id in (
        ("IPOP", "IPOP"), ("IPP", "IPOP"), ("initial population", "IPOP"), ("set id", "set id"), ("setId", "set id"),
        ("template", "template"), ("templateId", "template"), ("OID", "OID"), ("nullFlavor", "nullFlavor"),
        ("QRDA III", "QRDA III"), ("QRDA I", "QRDA I"), ("NUMEX", "NUMEX"), ("supplemental data", "supplemental data"),
    )),
    Paste("data completeness", TERM, "data completeness", ("75 %",)),
    Paste("performanceNotMet", TERM, "performanceNotMet", ("In the JSON",)),
    Paste("Cypress", TERM, "Cypress", ("certify EHRs",)),
    *(Paste(word, TERM, "invalid GUID", ("qrda2qpp check", "GUID001")) for word in (
        "invalid GUID", "Invalid measure GUID.", "GUID not found", "unknown GUID",
    )),
    Paste("422 Unprocessable Entity", TERM, "HTTP 422", ("breaks a rule",)),
    Paste("HTTP 401", TERM, "HTTP 401", ("sign-in",)),
    Paste("error 500", TERM, "HTTP 500", ("Try again",)),
    Paste("2.16.840.1.113883.10.20.27.1.2", OID, "2.16.840.1.113883.10.20.27.1.2", ("2025  2024-12-01", "2017-07-01")),
    Paste("2.16.840.1.113883.10.20.27.1.2:2024-12-01", OID, "2.16.840.1.113883.10.20.27.1.2", ("is the one for 2025",)),
    Paste("urn:hl7ii:2.16.840.1.113883.10.20.27.1.2:2022-12-01", OID, "2.16.840.1.113883.10.20.27.1.2",
          ("is the one for 2023 and 2024",)),
    Paste("2.16.840.1.113883.10.20.27.1.2 2031-01-01", OID, "2.16.840.1.113883.10.20.27.1.2",
          ("not the one for any performance year",)),
    Paste("urn:oid:2.16.840.1.113883.4.6", OID, "2.16.840.1.113883.4.6", ("an NPI",)),
    Paste("2.16.840.1.113883.4.738", OID, "2.16.840.1.113883.4.738", ("a measure GUID",)),
    Paste("2.16.840.1.113883.10.20.27.9.9", UNKNOWN, "2.16.840.1.113883.10.20.27.9.9",
          ("is not a known template",), NOT_KNOWN),
    Paste("2024-12-01", Subject.EDITION, "2024-12-01", ("QRDA III document: 2025",)),
    Paste("2024-07-01", Subject.EDITION, "2024-07-01", ("first edition of 2025, replaced later",)),
    Paste("2024-02-30", UNKNOWN, None, ("not the edition",), NOT_KNOWN),
    Paste('<templateId root="2.16.840.1.113883.10.20.27.1.2" extension="2024-12-01"/>', OID,
          "2.16.840.1.113883.10.20.27.1.2", ("is the one for 2025",)),
    Paste('<id root="2.16.840.1.113883.3.249.7" extension="MIPS_GROUP"/>', PROGRAM, "MIPS_GROUP",
          ("intended recipient",)),
    Paste('<value code="DENEX" codeSystem="2.16.840.1.113883.5.4"/>', TERM, "DENEX", ("eligiblePopulationExclusion",)),
    Paste('<id root="2.16.840.1.113883.3.7031" extension="PI_EP_1"/>', Subject.PI_MEASURE, "PI_EP_1",
          ("e-Prescribing",)),
    Paste('"eligiblePopulation": 100', TERM, "eligiblePopulation", ("denominator",)),
    Paste("TIN/NPI", TERM, "TIN", ("taxpayerIdentificationNumber", "nationalProviderIdentifier")),
    Paste("numerator and denominator", TERM, "NUMER", ("performanceMet", "eligiblePopulation")),
    Paste("MVP M1366", TERM, "MVP", ("M1366: MIPS Value Pathway",)),
    Paste("1234567890", UNKNOWN, None, ("form of an NPI", "This tool cannot tell"), NOT_KNOWN),
    Paste("12-3456789", UNKNOWN, None, ("form of a TIN",), NOT_KNOWN),
    Paste("0015ABCDEFGHIJK", UNKNOWN, None, ("CEHRT id", "This tool cannot tell"), NOT_KNOWN),
]  # fmt: skip

TITLES = [
    Paste("Controlling High Blood Pressure", MEASURE, "CMS165v13", (NEW, OLD)),
    Paste("controlling high-blood pressure", MEASURE, "CMS165v13", (NEW,)),
    Paste("Colorectal cancer screening", MEASURE, "CMS130v13", ("measure 113",)),
    Paste("depression", Subject.SEVERAL, None, ("CMS2v14", "CMS159v13", "in the title")),
    Paste("depression remission twelve", MEASURE, "CMS159v13", ("measure 370",)),
    Paste("twelve months remission", MEASURE, "CMS159v13", ("measure 370",)),
    Paste("blood pressure", Subject.SEVERAL, None, ("236", "CMS165v13")),
    Paste("e-Prescribing", Subject.SEVERAL, None, ("PI_EP_1", "PI_LVPP_1")),
    Paste("BMI", Subject.SEVERAL, None, ("CMS69v13", "in the title")),
    Paste("236, 001", MEASURE, "CMS165v13", (NEW, "CMS122v13")),
    Paste("CMS165v12 CMS122v12", MEASURE, "CMS165v12", (OLD, OTHER)),
    Paste("What is CMS165?", MEASURE, "CMS165v13", (NEW,)),
    Paste("GUID for CMS165v12", MEASURE, "CMS165v12", (OLD,)),
    Paste("PREV-6", MEASURE, "PREV-6", ("measure 113", "CMS130v13", "closed")),
    Paste("prev 12", MEASURE, "PREV-12", ("measure 134",)),
    Paste("PREV13", MEASURE, "PREV-13", ("measure 438",)),
    Paste("CARE-2", MEASURE, "CARE-2", ("measure 318",)),
    Paste("HTN-2", MEASURE, "HTN-2", ("measure 236", NEW)),
    Paste("MH-1", MEASURE, "MH-1", ("measure 370",)),
    Paste("PREV-8", MEASURE, "PREV-8", ("measure 111", "cannot be reported from an EHR", "2017 and 2018")),
    Paste("pi ep 1", Subject.PI_MEASURE, "PI_EP_1", ("e-Prescribing",)),
    Paste("PI_EP_1", Subject.PI_MEASURE, "PI_EP_1", ("2018 to 2027",)),
    Paste("ACI_EP_1", Subject.PI_MEASURE, "ACI_EP_1", ("In 2025 it cannot be reported", "2017")),
    Paste("ia-epa-2", Subject.ACTIVITY, "IA_EPA_2", ("telehealth",)),
    Paste("G0053", Subject.PATHWAY, "G0053", ("2023 to 2027",)),
]  # fmt: skip

YEAR, CODE = Subject.YEAR, Subject.OFFICIAL_CODE
NUMBERS = [
    *(
        Paste(word, YEAR, "2025", ("2024-12-01", "47 that can be reported", "APP_PLUS_GROUP"))
        for word in (
            "2025",
            "PY2025",
            "PY 2025",
            "performance year 2025",
            "MIPS 2025",
        )
    ),
    Paste("2026", YEAR, "2026", ("2025-05-01", "GUIDs preliminary")),
    Paste("2027", YEAR, "2027", ("2026-07-01", "GUIDs not published yet")),
    Paste("2016", UNKNOWN, "2016", ("known are 2017 to",), NOT_KNOWN),
    *(
        Paste(word, MEASURE, "CMS165v13", ("NQF 0018", NEW))
        for word in (
            "NQF 0018",
            "NQF0018",
            "nqf 18",
            "NQF #0018",
            "CBE 0018",
            "CBE ID 0018",
            "0018",
        )
    ),
    Paste("NQF 0059e", MEASURE, "CMS122v13", ("measure 001",)),
    Paste("NQF 9999", UNKNOWN, None, ("NQF 9999 is not",), NOT_KNOWN),
    *(
        Paste(word, MEASURE, "CMS165v13", (NEW,))
        for word in (
            "the measure 236 is wrong",
            "measure 236 was rejected!",
            "why does #236 fail",
            "Please check quality id 236 for us",
        )
    ),
    *(
        Paste(word, CODE, "6", ("GUID001",))
        for word in (
            "I get error code 6 when I upload",
            "what does code 6 mean for our file",
        )
    ),
    Paste("we see GUID002 in every file", Subject.FINDING, "GUID002", ("**Practice.**",)),
    Paste("PI_EP_1 is missing in the file", Subject.PI_MEASURE, "PI_EP_1", ("numerator and denominator",)),
]
