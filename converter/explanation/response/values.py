"""From the groups of an answer and its text to the value that callers get."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from converter.explanation.explanation import Explanation
from converter.explanation.response.answer import Answer
from converter.explanation.response.explained import ExplainedAnswer, ExplainedMessage, Mention
from converter.explanation.response.groups import Entry, Group
from converter.explanation.response.writer import Written, readable
from converter.facts.catalog import Catalog
from converter.findings.finding import Finding
from converter.findings.mask import Mask


class Values:
    """Makes the values; what may be a TIN or NPI is masked in every text of them."""

    def __init__(self, catalog: Catalog, mask: Mask) -> None:
        """Take the measures of the year that is meant, and what hides TIN and NPI."""
        self._catalog, self._mask = catalog, mask

    def answer(self, answer: Answer, groups: Sequence[Group], written: Written) -> ExplainedAnswer:
        """Return the value of an answer."""
        return ExplainedAnswer(
            kind=self._shown(answer.kind),
            text=written.text,
            year=self._catalog.year,
            items=tuple(self._item(group, text) for group, text in zip(groups, written.paragraphs, strict=True)),
            title=self._line(answer.title) if answer.title else None,
            notes=tuple(self._shown(note) for note in answer.notes),
            lines=tuple(self._shown(line) for line in answer.lines),
            unnamed=_ids(written.unnamed),
        )

    def _item(self, group: Group, text: str) -> ExplainedMessage:
        said, message, spot = group.first.said, group.first.message, group.first.spot
        fixes = dict.fromkeys(one.fix for one in spot.findings if one.fix) if group.answered else ()
        return ExplainedMessage(
            message=self._line(said.message),
            what=group.what,
            text=text,
            warning=said.warning,
            certain=group.certain,
            title=group.kinds[0].slug if said.finding else message.title,
            side=message.side,
            code=said.code,
            codes=message.codes,
            meaning=self._shown(group.meaning),
            measure=message.measure(self._catalog),
            findings=tuple(kind.id for kind in group.kinds),
            found=_ids(spot.findings) if group.answered else (),
            identifiers=tuple(self._identifier(one) for one in group.identifiers),
            advice=tuple(self._shown(line) for line in (*group.advice, *fixes)),
            mentions=tuple(self._mention(entry) for entry in group.entries),
        )

    def _mention(self, entry: Entry) -> Mention:
        said, spot = entry.said, entry.spot
        place = spot.place
        return Mention(
            message=self._line(said.message),
            path=self._optional(said.path),
            pointer=self._optional(spot.pointer),
            words=self._optional(spot.words or said.label),
            measure=spot.measure,
            element=self._optional(place.path) if place else None,
            line=place.line if place else said.line,
            column=place.column if place else said.column,
            missing=self._optional(spot.missing),
            findings=_ids(spot.findings) if spot.near else (),
        )

    def _identifier(self, one: Explanation) -> Explanation:
        return replace(one, word=self._shown(one.word), text=self._mask.foreign(one.text))

    def _optional(self, words: str | None) -> str | None:
        return None if words is None else self._shown(words)

    def _line(self, words: str) -> str:
        return self._shown(" ".join(words.split()))

    def _shown(self, words: str) -> str:
        return readable(self._mask.foreign(words))


def _ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.id for one in findings))
