"""What a measure or activity reports: counts, rates and answers. Values only."""

from dataclasses import dataclass, field

from converter.findings.place import Place
from converter.model.inventory import EntryItem
from converter.model.numbers import decimal_number, whole_number

UNCLEAR = "unclear"
"""In place of a count of which there are several: which one counts cannot be told."""


@dataclass(slots=True)
class PopulationSetResult:
    """The counts of a population set (or stratum) of a quality measure.

    Attributes:
        name: name of the population set; empty where the measure has only one.
        counts: role -> count as written.
        reported: the performance rate as written, or None.
    """

    name: str
    counts: dict[str, str] = field(default_factory=dict)
    reported: str | None = None

    @property
    def populations(self) -> dict[str, int | None]:
        """Role -> count as a number; None for one that is no whole number, or not clear."""
        return {role: whole_number(text) for role, text in self.counts.items()}

    @property
    def reported_rate(self) -> float | None:
        """The performance rate that is reported, from 0 to 1; None where there is none that is a number."""
        return None if self.reported is None else decimal_number(self.reported)

    @property
    def rate(self) -> float | None:
        """NUMER / (DENOM - DENEX - DENEXCEP), computed from the counts; None where that cannot be computed."""
        numbers = {role: whole_number(self.counts.get(role, "0")) for role in ("DENEX", "DENEXCEP")}
        numbers |= {role: whole_number(self.counts.get(role)) for role in ("NUMER", "DENOM")}
        numerator, denominator = numbers["NUMER"], numbers["DENOM"]
        excluded, excepted = numbers["DENEX"], numbers["DENEXCEP"]
        if numerator is None or denominator is None or excluded is None or excepted is None:
            return None
        below = denominator - excluded - excepted
        return numerator / below if below > 0 else None


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """A measure or activity and what it reports.

    Attributes:
        category: quality, pi or ia.
        entry: what became of it, with each of its counts and answers.
        status: what became of it, in a word or two.
        rows: of a quality measure the counts of each population set; empty for others.
    """

    category: str
    entry: EntryItem
    status: str
    rows: tuple[PopulationSetResult, ...] = ()

    @property
    def measure_id(self) -> str | None:
        """Its id in QPP, such as `236`; None where it is not known."""
        return self.entry.label.measure_id

    @property
    def cms_id(self) -> str | None:
        """Its CMS id with version, such as `CMS165v13`; of a measure that is not known, its GUID as written."""
        return self.entry.label.cms_id

    @property
    def title(self) -> str | None:
        """Its title, or None."""
        return self.entry.label.title

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.entry.place

    @property
    def pointer(self) -> str | None:
        """JSON pointer of its measurement; None where it is not part of a submission."""
        return self.entry.pointer

    @property
    def answer(self) -> bool | None:
        """What it is answered with; None where it is reported with counts, or not answered with yes or no."""
        text = (self.entry.answer or "").lower()
        return {"y": True, "true": True, "n": False, "false": False}.get(text)

    @property
    def proportion(self) -> tuple[str, str] | None:
        """Numerator and denominator of a promoting interoperability measure, as written; None for other entries."""
        if self.category == "quality" or not self.entry.counts or self.entry.answer is not None:
            return None
        counts: dict[str | None, str] = {}
        for one in self.entry.counts:
            counts[one.role] = UNCLEAR if one.role in counts else one.text or "missing"
        return counts.get("numerator", "missing"), counts.get("denominator", "missing")

    @property
    def numerator(self) -> int | None:
        """Numerator of a promoting interoperability measure; None for other entries, and where it is no number."""
        return whole_number((self.proportion or ("", ""))[0])

    @property
    def denominator(self) -> int | None:
        """Denominator of a promoting interoperability measure, as `numerator`."""
        return whole_number((self.proportion or ("", ""))[1])

    @property
    def proportion_rate(self) -> float | None:
        """Numerator / denominator, or None where that cannot be computed."""
        numerator, denominator = self.numerator, self.denominator
        return numerator / denominator if numerator is not None and denominator else None
