"""What `score` shows: writes it to `tests/goldens/scores`.

    python -m tests.goldens.update_scores

The data is made here. After this, look at every line of `git diff tests/goldens/scores`.
"""

import copy
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import converter
from converter.scoring.comparison import differences
from converter.scoring.official import official
from converter.scoring.shown import show
from converter.scoring.values import Scores
from tests.documents import document
from tests.scoring.examples import EHR, REGISTRY, WEB, Json, measurement, other_set, quality_set, submission

FOLDER = Path(__file__).resolve().parent / "scores"
CEHRT = "XX15CABCDEFGHIJ"
ENDINGS = {"text": "txt", "html": "html", "csv": "csv", "json": "json"}


def _put_together() -> Scores:
    """A clinician of a small practice: EHR and registry data, activities, and a file that does not convert."""
    ones = [
        measurement("236", 66, 34),
        measurement("001", 30, 70),
        measurement("226", 9, 3),
        measurement("143", 90, 10),
    ]
    two = [measurement("236", 74, 26), measurement("047", 12, 61, 156), measurement("317", 0, 0, 10)]
    three = other_set("ia", {"IA_BE_6": True}, 2025)
    who: Json = {"entity": "individual", "nationalProviderIdentifier": "1234567893"}
    files = [
        submission(2025, [quality_set(ones, 2025, EHR, cehrtId=CEHRT)], **who),
        submission(2025, [quality_set(two, 2025, REGISTRY), three], **who),
    ]
    return _scored([*files, b"<ClinicalDocument"], smallPractice=True)


def _promoting_interoperability() -> Scores:
    """Promoting interoperability with an exclusion, a bonus and a formula for each measure."""
    values = {
        "PI_EP_1": {"numerator": 49, "denominator": 115},
        "PI_EP_2_EX_1": True,
        "PI_HIE_1": {"numerator": 1123, "denominator": 1951},
        "PI_HIE_4": {"numerator": 923, "denominator": 951},
        "PI_PEA_1": {"numerator": 861, "denominator": 1809},
        "PI_PHCDRR_1": True, "PI_PHCDRR_3": True, "PI_PHCDRR_4": True,
        "PI_PPHI_1": True, "PI_PPHI_2": True, "PI_ONCDIR_1": True, "PI_INFBLO_1": True,
    }  # fmt: skip
    return _scored([submission(2025, [other_set("pi", values, 2025)])])


def _app_plus() -> Scores:
    ones = [measurement("236", 99, 1), measurement("112", 90, 10)]
    return _scored([submission(2026, [quality_set(ones, 2026, EHR, programName="appPlus", cehrtId=CEHRT)], "apm",
                               entityId="A1234")])  # fmt: skip


def _bonuses_of_2019() -> Scores:
    ones = [measurement(name, 60, 40, isEndToEndReported=True) for name in ("236", "001", "226", "143", "130")]
    web = [measurement("112", 80, 20, 248)]
    return _scored([submission(2019, [quality_set(ones, 2019, EHR), quality_set(web, 2019, WEB)])])


def _document() -> Scores:
    return converter.score(document(2024, "MIPS_GROUP", measures=("236", "238", "370"), ia=True).bytes())


def _two_years() -> Scores:
    return _scored([submission(year, [other_set("ia", {"IA_BE_6": True}, year)]) for year in (2017, 2027)])


def _scored(files: list[Any], **profile: Any) -> Scores:
    return converter.score([one if isinstance(one, bytes) else json.dumps(one).encode() for one in files],
                           profile=profile)  # fmt: skip


@cache
def goldens() -> dict[Path, str]:
    """Path -> text of all goldens."""
    made = {
        "put-together": _put_together(),
        "promoting-interoperability": _promoting_interoperability(),
        "app-plus": _app_plus(),
        "bonuses-of-2019": _bonuses_of_2019(),
        "document": _document(),
        "two-years": _two_years(),
    }
    found = {FOLDER / f"{name}.txt": show(scores, "text") for name, scores in made.items()}
    for form in ("html", "csv", "json"):
        found[FOLDER / f"put-together.{ENDINGS[form]}"] = show(made["put-together"], form)
    one = made["promoting-interoperability"].scores[0]
    found[FOLDER / "compared.txt"] = show(Scores((one,)), "text", differences(one, _other(official(one))))
    return found


def _other(score: Json) -> Json:
    """A score that CMS might give instead: another count, another weight."""
    other = copy.deepcopy(score)
    pi = other["parts"][0]
    pi["metadata"]["maxContribution"], pi["value"], other["value"] = 30, 19.5, 34.5
    pi["original"]["parts"][0]["parts"][0]["value"] = 10
    return other


def present() -> set[Path]:
    """All goldens that are there."""
    return {path for path in FOLDER.iterdir() if path.name != ".gitattributes"}


def main() -> int:
    """Write all goldens and remove those that no case has."""
    wanted = goldens()
    for path in present() - wanted.keys():
        path.unlink()
    for path, words in wanted.items():
        path.write_bytes(words.encode())
    sys.stdout.write(f"{len(wanted)} goldens\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
