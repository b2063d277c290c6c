"""The plan: what it says changes is what changes, and nothing else."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.delivery.answers import Failure, Trouble
from converter.delivery.calls import Identity
from converter.delivery.comparing import Fate, compare
from converter.delivery.plan import Plan, Step, plan_to_send, plan_to_withdraw
from converter.delivery.set_values import Held, HeldSet, Wanted, held_set, original, wanted_of

IDENTITY = {"performanceYear": 2025, "entityType": "group", "taxpayerIdentificationNumber": "000417263"}
WHO = Identity(2025, "group", "000417263")

counts = st.integers(0, 500)
values = st.one_of(
    st.booleans(),
    st.fixed_dictionaries({"numerator": counts, "denominator": counts}),
    st.fixed_dictionaries(
        {"isEndToEndReported": st.just(True), "performanceMet": counts, "eligiblePopulation": counts},
        optional={"eligiblePopulationExclusion": counts, "performanceNotMet": counts},
    ),
    st.lists(st.fixed_dictionaries({"performanceMet": counts}), min_size=1, max_size=3).map(
        lambda every: {"strata": [{**one, "stratum": f"s{number}"} for number, one in enumerate(every)]}
    ),
)
measurements = st.dictionaries(st.sampled_from(["001", "236", "309", "PI_EP_1", "IA_EPA_2"]), values, max_size=4).map(
    lambda every: [{"measureId": name, "value": value} for name, value in every.items()]
)
keys = st.tuples(
    st.sampled_from(["quality", "pi", "ia"]),
    st.sampled_from(["electronicHealthRecord", "registry"]),
    st.sampled_from([None, "mips", "app1"]),
)
sets = st.dictionaries(keys, measurements, max_size=5).map(
    lambda every: [
        {"category": category, "submissionMethod": method, "measurements": found}
        | ({"programName": program} if program else {})
        for (category, method, program), found in every.items()
        if program != "mips" or (category, method, None) not in every
    ]
)


def stored(members: list[dict[str, Any]], submitter: str = "us", start: int = 0) -> tuple[HeldSet, ...]:
    """Return sets as CMS answers them: with ids, computed members and nulls."""
    found = []
    for number, one in enumerate(copy.deepcopy(members), start):
        for row in one["measurements"]:
            row |= {"id": f"m{number}{row['measureId']}", "measurementSetId": f"set{number}"}
            if isinstance(row["value"], dict):
                row["value"] |= {"performanceRate": 12.34, "caseCount": 7, "eligiblePopulationException": None}
        extra = {"id": f"set{number}", "submitterId": submitter, "updatedAt": f"t{number}", "source": None}
        found.append(held_set({**one, **extra}, "s1", WHO))
    return tuple(found)


def applied(plan: Plan, held: Held) -> Held:
    """Do to what is stored what the plan says, as CMS would."""
    after = {one.id: one for one in held.sets}
    for number, one in enumerate(plan.sets):
        if one.step is Step.NEW:
            assert one.wanted is not None
            (new,) = stored([dict(one.wanted.members)], start=1000 + number)
            after[new.id] = new
        elif one.step is Step.REPLACES:
            assert one.wanted is not None
            assert one.held is not None
            after[one.held.id] = held_set({**one.wanted.members, "id": one.held.id, "submitterId": "us"}, "s1", WHO)
        elif one.step is Step.WITHDRAW:
            assert one.held is not None
            del after[one.held.id]
    return Held("s1", tuple(after.values()))


def wanted(members: list[dict[str, Any]]) -> Wanted:
    return wanted_of({**IDENTITY, "measurementSets": members})


@settings(deadline=None, max_examples=60)
@given(old=sets, new=sets, foreign=sets)
def test_a_plan_gives_the_wanted_sets_and_changes_nothing_else(old: Any, new: Any, foreign: Any) -> None:
    held = Held("s1", (*stored(old), *stored(foreign, "them", 100)))
    plan = plan_to_send(wanted(new), held, "us")
    assert isinstance(plan, Plan)
    after = applied(plan, held)
    ours = {one.key: one for one in after.sets if one.submitter == "us"}
    for one in wanted(new).sets:
        assert compare(ours.pop(one.key).members, one.members).same
    assert list(ours.values()) == list(plan.staying)
    assert {one.id: one for one in after.sets if one.submitter == "them"} == {
        one.id: one for one in held.sets[len(stored(old)) :]
    }
    again = plan_to_send(wanted(new), after, "us")
    assert isinstance(again, Plan)
    assert not again.changes


@settings(deadline=None, max_examples=60)
@given(old=sets, new=sets)
def test_what_disappears_is_named(old: Any, new: Any) -> None:
    plan = plan_to_send(wanted(new), Held("s1", stored(old)), "us")
    assert isinstance(plan, Plan)
    before = {(one.key, row["measureId"]) for one in stored(old) for row in one.members["measurements"]}
    after = {(one.key, row["measureId"]) for one in wanted(new).sets for row in one.members["measurements"]}
    kept = {one.key for one in plan.staying}
    assert set(plan.removes) == {one for one in before - after if one[0] not in kept}


@settings(deadline=None, max_examples=60)
@given(old=sets, foreign=sets)
def test_withdrawing_leaves_what_others_have_sent(old: Any, foreign: Any) -> None:
    held = Held("s1", (*stored(old), *stored(foreign, "them", 100)))
    plan = plan_to_withdraw(wanted(old), held, "us")
    assert isinstance(plan, Plan)
    assert {one.submitter for one in applied(plan, held).sets} <= {"them"}


@settings(deadline=None, max_examples=60)
@given(old=sets)
def test_what_was_stored_can_be_sent_as_it_is(old: Any) -> None:
    again = [original(one.members) for one in stored(old)]
    plan = plan_to_send(wanted(again), Held("s1", stored(old)), "us")
    assert isinstance(plan, Plan)
    assert not plan.changes


def row(**value: Any) -> dict[str, Any]:
    measurement = {"measureId": "001", "value": {"isEndToEndReported": True, **value}}
    return {"category": "quality", "submissionMethod": "registry", "measurements": [measurement]}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (row(performanceMet=1), row(performanceMet=2), [("performanceMet", 1, 2)]),
        (row(performanceMet=1, eligiblePopulationExclusion=0), row(performanceMet=1), []),
        (row(performanceMet=1, eligiblePopulationExclusion=3), row(performanceMet=1),
         [("eligiblePopulationExclusion", 3, 0)]),
        (row(performanceMet=1, performanceRate=12.34), row(performanceMet=1), []),
        (row(performanceMet=1, performanceRate=12.34), row(performanceMet=1, performanceRate=12.3381), []),
        (row(performanceMet=1, performanceRate=12.34), row(performanceMet=1, performanceRate=13),
         [("performanceRate", 12.34, 13)]),
        (row(performanceMet=1), row(performanceMet=1.0), []),
        (row(performanceMet=1), row(performanceMet=True), [("performanceMet", 1, True)]),
        (row(strata=[{"stratum": "a", "performanceMet": 1}, {"stratum": "b", "performanceMet": 2}]),
         row(strata=[{"stratum": "b", "performanceMet": 2}, {"stratum": "a", "performanceMet": 5}]),
         [("strata.a.performanceMet", 1, 5)]),
    ],
)  # fmt: skip
def test_numbers_are_compared_one_by_one(old: dict[str, Any], new: dict[str, Any], said: list[Any]) -> None:
    comparison = compare(old, new)
    (measure,) = comparison.measures
    assert [(one.member, one.old or 0, one.new or 0) for one in measure.differences] == said
    assert measure.fate is (Fate.CHANGED if said else Fate.SAME)


def test_dates_and_the_certification_id_are_compared() -> None:
    old = {**row(performanceMet=1), "performanceStart": "2025-01-01T00:00:00Z", "cehrtId": "", "programName": "mips"}
    new = {**row(performanceMet=1), "performanceStart": "2025-01-01", "cehrtId": "XX15C"}
    assert [(one.member, one.old, one.new) for one in compare(old, new).members] == [("cehrtId", None, "XX15C")]


def test_an_equal_set_of_a_program_by_default_is_the_same_one() -> None:
    held = Held("s1", stored([{**row(performanceMet=1), "programName": "mips"}]))
    plan = plan_to_send(wanted([row(performanceMet=1)]), held)
    assert isinstance(plan, Plan)
    assert [one.step for one in plan.sets] == [Step.UNCHANGED]


def test_two_submitters_and_nobody_says_which_one_we_are() -> None:
    held = Held("s1", (*stored([row(performanceMet=1)]), *stored([row(performanceMet=2)], "them", 5)))
    plan = plan_to_send(wanted([row(performanceMet=1)]), held)
    assert isinstance(plan, Failure)
    assert plan.trouble is Trouble.AMBIGUOUS


def test_two_sets_of_ours_with_one_key_are_not_touched() -> None:
    held = Held("s1", (*stored([row(performanceMet=1)]), *stored([row(performanceMet=2)], "us", 5)))
    plan = plan_to_send(wanted([row(performanceMet=1)]), held, "us")
    assert isinstance(plan, Failure)
    assert plan.trouble is Trouble.AMBIGUOUS


def test_members_that_are_not_known_are_named() -> None:
    (held,) = stored([row(performanceMet=1)])
    members = copy.deepcopy(dict(held.members)) | {"reviewedBy": "x"}
    members["measurements"][0]["value"]["weightedRate"] = 3
    plan = plan_to_send(wanted([row(performanceMet=1)]), Held("s1", (held_set(members, "s1", WHO),)))
    assert isinstance(plan, Plan)
    assert plan.unknown == ("reviewedBy", "value.weightedRate")
    assert not plan.changes
