"""What CMS knows of who reports, and files do not say: special status, reweighting, the choice of measures."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from converter.errors import UsageError
from converter.findings.mask import masked_text

CATEGORIES = ("quality", "pi", "ia", "cost")
_DECIMALS = 10
"""More of them no weight has, and to reckon with a million of them takes minutes."""

MEMBERS: Mapping[str, str] = {
    "smallPractice": "small_practice",
    "rural": "rural",
    "hpsa": "hpsa",
    "nonPatientFacing": "non_patient_facing",
    "iaPcmh": "ia_pcmh",
    "apmParticipant": "apm_participant",
}
"""Member of a profile file that is yes or no -> attribute."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is said of who reports; nothing is known of what is not said.

    Attributes:
        small_practice: 15 clinicians or fewer.
        rural: in a rural area.
        hpsa: in a health professional shortage area.
        non_patient_facing: a non-patient-facing clinician or group.
        ia_pcmh: a certified patient-centered medical home.
        apm_participant: takes part in an APM.
        available_measures: how many quality measures apply, where CMS asks for fewer than six; None for all.
        weights: category -> weight in percent that CMS has approved; a category that is 0 is not scored.
        denied: attributes that are said not to be so.
    """

    small_practice: bool = False
    rural: bool = False
    hpsa: bool = False
    non_patient_facing: bool = False
    ia_pcmh: bool = False
    apm_participant: bool = False
    available_measures: int | None = None
    weights: tuple[tuple[str, Decimal], ...] = ()
    denied: frozenset[str] = frozenset()

    @property
    def special_status(self) -> bool:
        """Whether fewer improvement activities are enough."""
        return self.small_practice or self.rural or self.hpsa or self.non_patient_facing

    @property
    def words(self) -> str:
        """What is said, in words."""
        names = {
            "small practice": self.small_practice, "rural": self.rural, "shortage area": self.hpsa,
            "non-patient-facing": self.non_patient_facing, "patient-centered medical home": self.ia_pcmh,
            "APM participant": self.apm_participant,
        }  # fmt: skip
        said = [name for name, is_so in names.items() if is_so]
        if self.available_measures is not None:
            said.append(f"{self.available_measures} quality measures apply")
        said += [f"{name} weighs {weight:f}%" for name, weight in self.weights]
        return ", ".join(said)


NOTHING_SAID = Profile()


def profile_of(data: object) -> Profile:
    """Return the profile that a JSON object describes.

    Members: `smallPractice`, `rural`, `hpsa`, `nonPatientFacing`, `iaPcmh`, `apmParticipant` (true or false),
    `availableMeasures` (1 to 6) and `reweight` (category -> weight).

    Raises:
        UsageError: it has another member or another type, or contradicts itself.
    """
    if isinstance(data, Profile):
        return data
    if not isinstance(data, Mapping):
        raise UsageError('A profile is a JSON object such as {"smallPractice": true}.')
    values: dict[str, Any] = {}
    denied: set[str] = set()
    for name, value in data.items():
        if name in MEMBERS:
            if not isinstance(value, bool):
                raise UsageError(f'"{name}" of a profile is true or false.')
            values[MEMBERS[name]] = value
            denied |= set() if value else {MEMBERS[name]}
        elif name == "availableMeasures":
            values["available_measures"] = available(value)
        elif name == "reweight":
            if not isinstance(value, Mapping):
                raise UsageError('"reweight" of a profile is an object such as {"pi": 0}.')
            values["weights"] = weights_of({str(key): str(one) for key, one in value.items()})
        else:
            known = ", ".join((*MEMBERS, "availableMeasures", "reweight"))
            raise UsageError(f'A profile has no member "{masked_text(str(name))}"; it has {known}.')
    return Profile(**values, denied=frozenset(denied))


def available(value: object) -> int:
    """Return how many quality measures apply.

    Raises:
        UsageError: it is not a number from 1 to 6.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 6:
        raise UsageError("The number of available measures is from 1 to 6.")
    return value


def weights_of(given: Mapping[str, str]) -> tuple[tuple[str, Decimal], ...]:
    """Return category weights.

    Raises:
        UsageError: a category is not known, a weight is not from 0 to 100 or has too many decimals, or all four do not
            add up to 100.
    """
    found: dict[str, Decimal] = {}
    for name, text in given.items():
        if name not in CATEGORIES:
            raise UsageError(
                f"There is no category '{masked_text(name)}' to reweight; there are {', '.join(CATEGORIES)}."
            )
        try:
            weight = Decimal(text)
        except InvalidOperation:
            raise UsageError(f"The weight of {name} is a number from 0 to 100, not '{masked_text(text)}'.") from None
        exponent = weight.as_tuple().exponent  # a letter where it is no number
        if not isinstance(exponent, int) or not 0 <= weight <= 100:
            raise UsageError(f"The weight of {name} is a number from 0 to 100, not '{masked_text(text)}'.")
        if exponent < -_DECIMALS:
            raise UsageError(f"The weight of {name} has more than {_DECIMALS} decimals.")
        found[name] = weight
    if len(found) == len(CATEGORIES) and sum(found.values()) != 100:
        raise UsageError(f"The weights add up to {sum(found.values()):f}, not to 100.")
    if any(found.values()) and len(found) < len(CATEGORIES):
        missing = [name for name in CATEGORIES if name not in found]
        raise UsageError(f"Give the weights of all categories; {', '.join(missing)} is missing.")
    return tuple(sorted(found.items()))


def combined(one: Profile, other: Profile) -> Profile:
    """Return what two profiles say together; what the second says of a number or of weights replaces the first.

    Raises:
        UsageError: they contradict each other.
    """
    if one.weights and other.weights and one.weights != other.weights:
        raise UsageError("The profile and the options give different weights; leave one of them out.")
    if None not in (one.available_measures, other.available_measures) and (
        one.available_measures != other.available_measures
    ):
        raise UsageError("The profile and the options give different numbers of available measures.")
    values = {field.name: getattr(other, field.name) or getattr(one, field.name) for field in fields(Profile)}
    values["denied"] = one.denied | other.denied
    both = [name for name, attribute in MEMBERS.items() if attribute in values["denied"] and values[attribute]]
    if both:
        raise UsageError(f"What is said of the practice contradicts itself: {', '.join(both)} is both true and false.")
    return Profile(**values)
