"""What is said of who reports: profiles, rosters and weights, and those that contradict themselves."""

import json
from decimal import Decimal
from typing import Any

import pytest

import converter
from converter.errors import UsageError
from converter.scoring.official import official
from converter.scoring.profile import NOTHING_SAID, Profile, combined, profile_of
from converter.scoring.roster import Roster, read_roster, weights_in
from converter.scoring.shown.sentences import arithmetic_of, headline
from tests.scoring.examples import measurement, other_set, quality_set, score_of, submission


def test_a_profile() -> None:
    said = {"smallPractice": True, "rural": False, "availableMeasures": 4, "reweight": {"pi": 0}}
    found = profile_of(said)
    assert (found.small_practice, found.rural, found.available_measures) == (True, False, 4)
    assert dict(found.weights) == {"pi": 0}
    assert found.words == "small practice, 4 quality measures apply, pi weighs 0%"
    assert profile_of(found) is found
    assert profile_of({}) == NOTHING_SAID


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([], "JSON object"),
        ({"small": True}, 'no member "small"'),
        ({"smallPractice": "yes"}, "true or false"),
        ({"availableMeasures": 7}, "from 1 to 6"),
        ({"availableMeasures": True}, "from 1 to 6"),
        ({"reweight": 0}, "an object"),
        ({"reweight": {"pie": 0}}, "no category 'pie'"),
        ({"reweight": {"pi": "much"}}, "not 'much'"),
        ({"reweight": {"pi": "NaN"}}, "not 'NaN'"),
        ({"reweight": {"pi": "sNaN"}}, "not 'sNaN'"),
        ({"reweight": {"pi": "-Infinity"}}, "not '-Infinity'"),
        ({"reweight": {"pi": -1}}, "not '-1'"),
        ({"reweight": {"quality": 100, "pi": "1e-99999999", "ia": 0, "cost": 0}}, "more than 10 decimals"),
        ({"reweight": {"quality": 100, "pi": "0e-99999999", "ia": 0, "cost": 0}}, "more than 10 decimals"),
        ({"reweight": {"pi": 25}}, "all categories"),
        ({"reweight": {"pi": 25, "quality": 25, "ia": 25, "cost": 26}}, "add up to 101"),
    ],
)
def test_a_profile_that_is_wrong(said: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        profile_of(said)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"smallPractice": False}, {"smallPractice": True}),
        ({"availableMeasures": 3}, {"availableMeasures": 4}),
        ({"reweight": {"pi": 0}}, {"reweight": {"cost": 0}}),
    ],
)
def test_what_contradicts_itself(one: Any, other: Any) -> None:
    with pytest.raises(UsageError, match=r"contradicts|different"):
        combined(profile_of(one), profile_of(other))
    assert combined(profile_of(one), profile_of(one)) == profile_of(one)


ROSTER = """tin,npi,smallPractice,availableMeasures,reweight
000123456,,yes,,
000123456,1234567893,no,4,pi=0
00-0654321,,1,,quality=40;pi=20;ia=20;cost=20
"""


def test_a_roster() -> None:
    roster = read_roster(ROSTER.splitlines(), Profile(rural=True))
    whole, there = roster.of({"tin": "000123456"})
    assert there
    assert (whole.small_practice, whole.rural) == (True, True)
    one, _ = roster.of({"tin": "000123456", "npi": "1234567893"})
    assert (one.small_practice, one.available_measures) == (False, 4)
    other, _ = roster.of({"tin": "000123456", "npi": "9999999999"})
    assert other.small_practice
    assert dict(roster.of({"tin": "000654321"})[0].weights)["pi"] == 20
    assert roster.of({"tin": "000000000"}) == (Profile(rural=True), False)
    assert roster.of({}) == (Profile(rural=True), False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tin,size\n1,2", "no column 'size'"),
        ("smallPractice\nyes", "tin, npi or entityId"),
        ("", "tin, npi or entityId"),
        ("tin,rural\n,yes", "Line 2 of the roster has no TIN"),
        ("tin,rural\n1,maybe", "Line 2 .* not 'maybe'"),
        ("tin,rural\n1,yes,no", "more cells"),
        ("tin,rural\n1,yes\n1,no", "Line 3 .* contradicts"),
        ("tin,availableMeasures\n1,nine", "Line 2 .* from 1 to 6"),
        pytest.param("tin,availableMeasures\n1," + "6" * 5000, "Line 2 .* from 1 to 6", id="many-digits"),
        ("tin,reweight\n1,pi", "CATEGORY=WEIGHT"),
    ],
)
def test_a_roster_that_is_wrong(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_roster(text.splitlines())


def test_weights_in_words() -> None:
    assert weights_in(["pi=0", "cost=0"]) == {"pi": "0", "cost": "0"}
    with pytest.raises(UsageError, match="two weights"):
        weights_in(["pi=0", "pi=5"])


@pytest.mark.parametrize(
    ("year", "said", "expected"),
    [
        (2017, {}, (60, 25, 15, 0)),
        (2017, {"reweight": {"pi": 0}}, (85, 0, 15, 0)),
        (2018, {}, (50, 25, 15, 10)),
        (2018, {"reweight": {"cost": 0}}, (60, 25, 15, 0)),
        (2020, {}, (45, 25, 15, 15)),
        (2021, {}, (40, 25, 15, 20)),
        (2025, {}, (30, 25, 15, 30)),
        (2025, {"reweight": {"pi": 0}}, (55, 0, 15, 30)),
        (2025, {"reweight": {"cost": 0}}, (55, 30, 15, 0)),
        (2025, {"smallPractice": True}, (40, 0, 30, 30)),
        (2025, {"smallPractice": True, "reweight": {"cost": 0}}, (50, 0, 50, 0)),
        (2021, {"smallPractice": True}, (40, 25, 15, 20)),
        (2025, {"nonPatientFacing": True}, (55, 0, 15, 30)),
        (2025, {"nonPatientFacing": True, "smallPractice": True}, (40, 0, 30, 30)),
        (2017, {"nonPatientFacing": True}, (85, 0, 15, 0)),
        (2021, {"reweight": {"quality": 70, "pi": 0, "ia": 30, "cost": 0}}, (70, 0, 30, 0)),
    ],
)
def test_weights(year: int, said: Any, expected: tuple[int, ...]) -> None:
    sets = [quality_set([measurement("236", 5, 5)], year)]
    found = score_of(submission(year, sets), profile=profile_of(said))
    assert tuple(one.weight for one in found.categories) == tuple(map(Decimal, expected))


@pytest.mark.parametrize(
    ("year", "program", "said", "without"),
    [
        (2021, "mips", {"reweight": {"pi": 0}}, "pi"),
        (2025, "mips", {"reweight": {"ia": 0}}, "ia"),
        (2025, "mips", {"reweight": {"pi": 0, "cost": 0}}, "pi and cost"),
        (2020, "mips", {"nonPatientFacing": True}, "pi"),
        (2025, "app1", {"smallPractice": True}, "pi"),
        (2026, "appPlus", {"smallPractice": True}, "pi"),
        (2025, "app1", {"nonPatientFacing": True}, "pi"),
    ],
)
def test_weights_that_are_not_known(year: int, program: str, said: Any, without: str) -> None:
    sets = [quality_set([measurement("236", 5, 5)], year, programName=program)]
    found = score_of(submission(year, sets), profile=profile_of(said), program=program)
    assert {(one.weight, one.weighted) for one in found.categories} == {(None, None)}
    assert found.total is None
    assert found.unknown[0].startswith(f"The category weights of {year} without {without} are not known for this ")
    assert "Give all four weights" in found.unknown[0]
    assert headline(found) == "Points from these files: -- of --"
    assert arithmetic_of(found) == "--"
    assert official(found)["value"] is None


def test_a_small_practice_with_data_is_not_reweighted() -> None:
    sets = [other_set("pi", {"PI_EP_1": True}, 2025, programName="app1")]
    found = score_of(submission(2025, sets), profile=Profile(small_practice=True), program="app1")
    assert found.category("pi").weight == 30


def test_non_patient_facing_is_marked_as_not_certain() -> None:
    sets = [quality_set([measurement("236", 5, 5)], 2025)]
    found = score_of(submission(2025, sets), profile=Profile(non_patient_facing=True))
    assert found.category("pi").weighted == 0
    assert any(words.startswith("A non-patient-facing clinician or group") for words in found.notes)
    assert any(words.startswith("A non-patient-facing clinician or group") for words in found.doubts)
    facing = [*sets, other_set("pi", {"PI_EP_1": True}, 2025)]
    assert score_of(submission(2025, facing), profile=Profile(non_patient_facing=True)).category("pi").weight == 25


@pytest.mark.parametrize("said", [{"pi": 0}, {"quality": 85, "pi": 0, "ia": 15, "cost": 0}])
def test_data_of_a_category_that_is_reweighted(said: Any) -> None:
    sets = [quality_set([measurement("236", 5, 5)], 2025)]
    words = (
        "You give no weight to promoting interoperability, but there is data of it: "
        "data that is submitted usually ends a reweighting."
    )
    profile = profile_of({"reweight": said})
    assert words not in score_of(submission(2025, sets), profile=profile).notes
    sets.append(other_set("pi", {"PI_EP_1": True}, 2025))
    assert words in score_of(submission(2025, sets), profile=profile).notes
    assert words not in score_of(submission(2025, sets)).notes


def test_one_row_whose_weights_are_not_known_does_not_keep_the_others_from_a_score() -> None:
    roster = read_roster(["tin,reweight", "000000001,ia=0", "000000002,pi=0"])
    sets = [quality_set([measurement("236", 80, 20)], 2025, cehrtId="XX15CABCDEFGHIJ")]
    files = [
        json.dumps(submission(2025, sets) | {"taxpayerIdentificationNumber": tin}).encode()
        for tin in ("000000001", "000000002", "000000003")
    ]
    found = converter.score(files, profile=roster)
    assert [one.total is None for one in found.scores] == [True, False, False]
    assert dict(found.scores[0].identity) == {"tin": "000000001"}
    assert "Give all four weights" in found.scores[0].unknown[0]
    assert not found.not_scored


def test_a_row_with_an_entity_id_is_of_the_entity() -> None:
    lines = ["tin,npi,entityId,smallPractice", "000123456,,SG-00000001,yes", "000123456,,,no"]
    roster = read_roster(lines)
    for ids in ({"entityId": "SG-00000001"}, {"tin": "000123456", "entityId": "SG-00000001"}):
        assert roster.of(ids) == (Profile(small_practice=True), True)
    assert not roster.of({"tin": "000123456"})[0].small_practice
    assert roster.of({"tin": "000123456", "entityId": "SG-00000002"})[0].denied == {"small_practice"}
    given = Roster(rows={("000123456", "", "A1"): Profile(rural=True)})
    assert given.of({"tin": "000123456", "entityId": "A1"}) == (Profile(rural=True), True)
    with pytest.raises(UsageError, match="Line 3 of the roster contradicts an earlier line for the same entity id"):
        read_roster(["tin,entityId,rural", "1,A1,yes", "2,A1,no"])
