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


PERIODS = [
    (2025, "03-30", 0), (2025, "03-31", 50), (2024, "03-29", 0), (2024, "03-30", 25), (2018, "03-30", 0),
    (2017, "01-31", 25),
]  # fmt: skip


@pytest.mark.parametrize(("year", "end", "value"), PERIODS)
def test_the_period_of_a_set_is_long_enough(year: int, end: str, value: int) -> None:
    """The length that the year asks for; that of 2017 is not known."""
    short = other_set("ia", {MEDIUM: True}, year, performanceEnd=f"{year}-{end}")
    found = score_of(submission(year, [short])).category("ia")
    assert found.value == value
    told = [words for words in found.notes if "days" in words]
    assert bool(told) is (value == 0)
    if told:
        assert told == [f"{MEDIUM} earns nothing: the performance period has 89 days; 90 are required."]
        assert [(one.measure_id, one.points, one.answer) for one in found.items] == [(MEDIUM, None, True)]


def test_an_activity_of_a_short_and_of_a_long_period_counts() -> None:
    short = other_set("ia", {MEDIUM: True, HIGH: True}, 2025, performanceEnd="2025-02-28")
    long = other_set("ia", {MEDIUM: True}, 2025, submissionMethod="electronicHealthRecord")
    found = score_of(submission(2025, [short, long])).category("ia")
    assert found.value == 50
    assert {one.measure_id: one.points for one in found.items} == {MEDIUM: 1, HIGH: None}


def test_a_medical_home_needs_no_period() -> None:
    short = other_set("ia", {MEDIUM: True}, 2025, performanceEnd="2025-02-28")
    found = score_of(submission(2025, [short]), profile=Profile(ia_pcmh=True)).category("ia")
    assert found.value == 100
    assert any("earns nothing" in words for words in found.notes)


@pytest.mark.parametrize(
    ("year", "name", "program", "value"),
    [
        (2025, "IA_EPA_3", "M0005", 0),
        (2025, "IA_EPA_3", "mips", 50),
        (2025, "IA_MVP", "mips", 0),
        (2025, "IA_MVP", "G0053", 100),
        (2022, "IA_EPA_3", "mips", 25),
    ],
)
def test_an_activity_that_the_program_does_not_take_earns_nothing(
    year: int, name: str, program: str, value: int
) -> None:
    found = of(year, (name,), program=program)
    assert found.value == value
    told = f"{name} earns nothing: not one of the activities of this program."
    assert (told in found.notes) is (value == 0)
    both = of(year, (name, MEDIUM), program=program)
    assert both.value == (100 if program != "mips" else min(value + {2022: 25, 2025: 50}[year], 100))
