"""Code frames as reports show them: of the place of a fault and of the other one of a pair, masked, cut to a width."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from converter.findings.fault import Framed
from converter.findings.finding import Finding
from converter.findings.frame import FrameLine
from converter.findings.mask import Mask
from converter.findings.place import Place
from converter.language.english import capital, cut
from converter.language.visible import visible

_GAP = "..."


class Frame(NamedTuple):
    """A code frame, and what is said above it: which one it is; nothing where that is plain."""

    words: str
    place: Place
    lines: tuple[FrameLine, ...]


class Frames:
    """The code frames of findings that are shown one after another: none is shown twice in a row."""

    def __init__(self, mask: Mask) -> None:
        self.mask = mask
        self._last: tuple[Frame, ...] = ()

    def of(self, finding: Finding) -> tuple[Frame, ...]:
        """Return what is shown of the document: one frame, two for a pair; none where there is nothing to show."""
        places = finding.frames or ((Framed("", finding.place),) if finding.place else ())
        found = [Frame(one.words, one.place, self._masked(one.place)) for one in places]
        return _joined([one for one in found if one.lines])

    def unless_shown(self, finding: Finding) -> tuple[tuple[Frame, ...], bool]:
        """Return the frames of the next finding, and whether they are left out because they were shown just before."""
        frames, last = self.of(finding), self._last
        self._last = frames
        again = bool(frames) and [one.lines for one in frames] == [one.lines for one in last]
        return (() if again else frames), again

    def _masked(self, place: Place) -> tuple[FrameLine, ...]:
        return tuple(visible_line(one._replace(text=self.mask.markup(one.text))) for one in place.frame)


def visible_line(line: FrameLine) -> FrameLine:
    """Return a line with escapes for what is not to be shown raw, and the mark where it was."""
    text = visible(line.text)
    if text == line.text or line.mark is None:
        return line._replace(text=text)
    start, end = (len(visible(line.text[:at])) for at in line.mark)
    return line._replace(text=text, mark=(start, end))


def _joined(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Show a pair in one frame where the frame of the one has the line of the other."""
    if len(frames) < 2:
        return tuple(frames)
    first, second = frames
    other = next(one for one in second.lines if one.marked)
    tag = other.text.rstrip("/>")
    lines = first.lines
    at = next(
        (i for i, one in enumerate(lines) if not one.marked and one.line == other.line and one.text.startswith(tag)),
        None,
    )
    if at is None:
        return tuple(frames)
    mark = other.mark if lines[at].text == other.text else None
    ordered = frames if at > next(i for i, one in enumerate(lines) if one.marked) else frames[::-1]
    words = " and ".join(f"{one.words} (line {one.place.line})" for one in ordered)
    return (Frame(words, first.place, (*lines[:at], lines[at]._replace(marked=True, mark=mark), *lines[at + 1 :])),)


def caption(frame: Frame) -> str:
    """Return the words above a frame, such as `Reported here (line 104)`; empty where there are none."""
    line = "" if "(line " in frame.words else f" (line {frame.place.line})"
    return f"{capital(frame.words)}{line}" if frame.words else ""


def underlined(line: FrameLine) -> tuple[int, int]:
    """Return start and end of what is to be marked in a line: the attribute, or the whole tag."""
    return line.mark or (len(line.text) - len(line.text.lstrip()), len(line.text))


def plain_lines(lines: Iterable[FrameLine], width: int) -> list[str]:
    """Return a frame as lines of text, with line numbers, a `>` before the marked line and carets below the mark."""
    lines = tuple(lines)
    digits = max(len(str(one.line)) for one in lines)
    room = width - digits - len("> |  ")
    shown = []
    for one in lines:
        text, start, end = _cut_around(one.text, *underlined(one), room) if one.marked else (cut(one.text, room), 0, 0)
        shown.append(f"{'>' if one.marked else ' '} {one.line:>{digits}} | {text}")
        if one.marked:
            shown.append(f"  {'':>{digits}} | {' ' * start}{'^' * (end - start)}")
    return shown


def _cut_around(text: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """Cut a marked line to a width so that the mark stays in sight; return it with the mark's new start and end."""
    if len(text) <= room or end <= room - len(_GAP):
        return cut(text, room), start, end
    head = len(text) - len(text.lstrip()) + len(text.split(maxsplit=1)[0]) + 1
    drop = min(start - head, end - room + 2 * len(_GAP) + 1)
    if drop > len(_GAP) + 1:
        text = f"{text[:head]}{_GAP} {text[head + drop :]}"
        start, end = start - drop + len(_GAP) + 1, end - drop + len(_GAP) + 1
    text = cut(text, room)
    return text, min(start, len(text) - 1), min(end, len(text))
