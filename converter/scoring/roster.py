"""A roster: what is said of many who report, as a table (CSV) with a row for each TIN, or TIN and NPI."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from converter.errors import UsageError
from converter.findings.mask import masked_text
from converter.scoring.profile import MEMBERS, NOTHING_SAID, Profile, combined, profile_of

_IDS = ("tin", "npi", "entityId")
_ANSWERS: Mapping[str, bool] = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_COLUMNS = (*_IDS, *MEMBERS, "availableMeasures", "reweight")

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Roster:
    """Profiles by TIN, NPI and entity id; an id that is not given is empty.

    Attributes:
        base: what applies to everybody.
        rows: (TIN, NPI, entity id) -> profile.
    """

    base: Profile = NOTHING_SAID
    rows: Mapping[Key, Profile] = field(default_factory=dict)

    def of(self, identity: Mapping[str, str]) -> tuple[Profile, bool]:
        """Return the profile of somebody, and whether the roster has a row for them.

        The row of the entity id is taken before that of TIN and NPI, and this before that of the TIN alone.

        Raises:
            UsageError: the row contradicts what applies to everybody.
        """
        tin, npi, entity = (identity.get(name, "") for name in _IDS)
        for key in ((tin, npi, entity), ("", "", entity), (tin, npi, ""), (tin, "", ""), ("", npi, "")):
            if any(key) and key in self.rows:
                return combined(self.base, self.rows[key]), True
        return self.base, False


def read_roster(lines: Iterable[str], base: Profile = NOTHING_SAID) -> Roster:
    """Return the roster of the lines of a CSV file.

    Columns: `tin`, `npi`, `entityId` (one of them at least), those of a profile that are yes or no,
    `availableMeasures`, and `reweight` such as `pi=0`. A row with an entity id is of this entity, whatever TIN and NPI
    it has as well.

    Raises:
        UsageError: a column or a value is not known, or somebody has two rows that differ.
    """
    try:
        table = csv.DictReader(lines, strict=True)
        unknown = [one for one in table.fieldnames or () if one not in _COLUMNS]
        if unknown or not set(table.fieldnames or ()).intersection(_IDS):
            raise UsageError(
                f"A roster has the columns {', '.join(_COLUMNS)}, with tin, npi or entityId at least"
                + (f"; it has no column {masked_text(', '.join(map(repr, unknown)))}." if unknown else ".")
            )
        rows: dict[Key, Profile] = {}
        for number, row in enumerate(table, 2):
            key, profile = _row(row, number)
            if rows.get(key, profile) != profile:
                who = "entity id" if key[2] else "TIN and NPI"
                raise UsageError(f"Line {number} of the roster contradicts an earlier line for the same {who}.")
            rows[key] = profile
    except csv.Error as error:
        raise UsageError(f"The roster is not a CSV file: {error}.") from None
    except UnicodeDecodeError:
        raise UsageError("The roster is not a text in UTF-8.") from None
    return Roster(base, rows)


def _row(row: Mapping[str, str | None], number: int) -> tuple[Key, Profile]:
    tin, npi, entity = (_id(row.get(name), digits=name != "entityId") for name in _IDS)
    key = ("", "", entity) if entity else (tin, npi, "")
    if not any(key):
        raise UsageError(f"Line {number} of the roster has no TIN, NPI or entity id.")
    if None in row:
        raise UsageError(f"Line {number} of the roster has more cells than the header.")
    data: dict[str, object] = {}
    for name in MEMBERS:
        text = (row.get(name) or "").strip().lower()
        if text and text not in _ANSWERS:
            raise UsageError(f"Line {number} of the roster: {name} is yes or no, not {masked_text(repr(text))}.")
        if text:
            data[name] = _ANSWERS[text]
    available, weights = (row.get("availableMeasures") or "").strip(), (row.get("reweight") or "").strip()
    if available:
        data["availableMeasures"] = int(available) if re.fullmatch("[1-6]", available) else available
    if weights:
        data["reweight"] = weights_in(weights.replace(";", " ").split())
    try:
        return key, profile_of(data)
    except UsageError as error:
        raise UsageError(f"Line {number} of the roster: {error}") from None


def _id(text: str | None, *, digits: bool) -> str:
    return re.sub(r"[-\s]", "", text or "") if digits else (text or "").strip()


def weights_in(words: Iterable[str]) -> dict[str, str]:
    """Return category -> weight of words such as `pi=0`.

    Raises:
        UsageError: a word is not like that, or a category has two weights.
    """
    found: dict[str, str] = {}
    for word in words:
        name, sign, weight = word.partition("=")
        if not sign:
            raise UsageError(f"A weight is given as CATEGORY=WEIGHT, such as pi=0, not '{masked_text(word)}'.")
        if found.get(name, weight) != weight:
            raise UsageError(masked_text(f"The category {name} has two weights, {found[name]} and {weight}."))
        found[name] = weight
    return found
