"""How points are put into words, whoever has computed them: this tool or CMS."""

from collections.abc import Mapping

from converter.language.terms import CATEGORY_NAMES

NOT_KNOWN = "--"
"""In place of a number that cannot be known."""
NOT_OF_CMS = "This is not a score of CMS, and not a final score."

CLASSES: Mapping[int, str] = {
    1: "class 1: benchmark, enough cases, complete data",
    2: "class 2: no benchmark, or too few cases",
    3: "class 3: incomplete data",
}
"""Class of a measure -> what it means."""

METHODS: Mapping[str, str] = {
    "electronicHealthRecord": "EHR",
    "registry": "registry",
    "claims": "claims",
    "cmsWebInterface": "CMS Web Interface",
}
"""Submission method -> how it is called."""

CATEGORY_TITLES: Mapping[str, str] = {name: CATEGORY_NAMES[name] for name in ("quality", "pi", "ia", "cost")}
"""Category -> how it is called, in the order in which they are shown."""

NO_BENCHMARK, TOPPED_OUT = "no benchmark", "topped out"


def facts(rate: str | None, reported: str | None, cases: str | None, decile: str | None) -> list[str]:
    """What is known of a measure, in words; None for what is not."""
    return [
        form.format(number)
        for form, number in (
            ("rate {}%", rate), ("reported {}%", reported), ("{} cases", cases), ("decile {}", decile),
        )
        if number
    ]  # fmt: skip


def class_words(text: object) -> str:
    """What CMS' name of a class means, such as `Class 2`; empty for another text."""
    return next((words for number, words in CLASSES.items() if text == f"Class {number}"), "")
