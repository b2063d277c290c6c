"""Code frames as reports show them: of the most telling place, masked, and cut to a width."""

from collections.abc import Iterable

from converter.findings.finding import Finding
from converter.findings.frame import FrameLine
from converter.findings.mask import Mask
from converter.language.english import cut

_GAP = "..."


def frame_of(finding: Finding, mask: Mask) -> tuple[FrameLine, ...]:
    """Return the code frame of a finding, masked; empty where there is nothing to show."""
    lines = finding.place.frame if finding.place else ()
    return tuple(FrameLine(one.line, mask.markup(one.text), one.marked, one.mark) for one in lines)


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
