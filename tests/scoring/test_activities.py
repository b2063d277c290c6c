"""Improvement activities: by weight until 2024, by number from 2025 on."""

from decimal import Decimal

import pytest

from converter.scoring.profile import NOTHING_SAID, Profile
from converter.scoring.values import CategoryScore
from tests.scoring.examples import other_set, score_of, submission

HIGH, MEDIUM, THIRD = "IA_BE_6", "IA_BE_12", "IA_BE_14"
SPECIAL = [Profile(small_practice=True), Profile(rural=True), Profile(hpsa=True), Profile(non_patient_facing=True)]


def of(
    year: int, names: tuple[str, ...], profile: Profile = NOTHING_SAID, entity: str = "group", program: str = "mips"
) -> CategoryScore:
    sets = [other_set("ia", dict.fromkeys(names, True), year, programName=program)]
    return score_of(submission(year, sets, entity), profile=profile, program=program).category("ia")


@pytest.mark.parametrize(
    ("names", "points"),
    [((), 0), ((MEDIUM,), 10), ((HIGH,), 20), ((HIGH, MEDIUM), 30), ((HIGH, THIRD, MEDIUM), 40)],
)
def test_weights(names: tuple[str, ...], points: int) -> None:
    assert of(2024, names).points == points
    assert of(2024, names).possible == 40


@pytest.mark.parametrize("profile", SPECIAL)
def test_weights_are_doubled(profile: Profile) -> None:
    assert of(2024, (MEDIUM,), profile).points == 20
    assert of(2024, (HIGH,), profile).points == 40


@pytest.mark.parametrize(
    ("names", "value"), [((), 0), ((MEDIUM,), 50), ((MEDIUM, HIGH), 100), ((MEDIUM, HIGH, THIRD), 100)]
)
def test_without_weights(names: tuple[str, ...], value: int) -> None:
    assert of(2025, names).value == value


@pytest.mark.parametrize("profile", SPECIAL)
def test_one_activity_is_enough(profile: Profile) -> None:
    assert of(2025, (MEDIUM,), profile).value == 100


def test_one_activity_is_enough_under_a_pathway() -> None:
    assert of(2025, (MEDIUM,), program="M0005").value == 100
    assert of(2024, (MEDIUM,), program="M0005").points == 20


@pytest.mark.parametrize("year", [2019, 2024, 2025])
def test_medical_home(year: int) -> None:
    assert of(year, (), Profile(ia_pcmh=True)).value == 100
    assert of(year, ("IA_PCMH",)).value == 100


@pytest.mark.parametrize(("year", "weighted"), [(2019, "7.5"), (2024, "7.5"), (2025, "7.5")])
def test_an_apm_participant_gets_half(year: int, weighted: str) -> None:
    """As in an example of CMS' guides: 7.50 of 15."""
    assert of(year, (), Profile(apm_participant=True)).weighted == Decimal(weighted)
    assert of(year, (), entity="apm").weighted == Decimal(weighted)
    assert of(year, ()).weighted == 0
    assert of(year, (HIGH, MEDIUM), Profile(apm_participant=True)).value == 100


@pytest.mark.parametrize(("year", "program"), [(2021, "app1"), (2025, "app1"), (2025, "appPlus")])
def test_full_credit_under_the_app(year: int, program: str) -> None:
    assert of(year, (), program=program).value == 100


def test_an_activity_twice_counts_once_and_one_of_another_year_not() -> None:
    sets = [other_set("ia", {MEDIUM: True}, 2025), other_set("ia", {MEDIUM: True, "IA_NO_1": True, HIGH: False}, 2025)]
    found = score_of(submission(2025, sets)).category("ia")
    assert found.value == 50
    assert "1 activity of another year is left out." in found.notes
