"""What a form of the page asks for: files, one of them, and how they are to be looked at."""

import asyncio
from typing import NamedTuple

from starlette.requests import Request

from converter.errors import SourceError
from converter.language.visible import visible
from converter.service.page.files import files_in, held
from converter.service.problems import Problem
from converter.service.settings import Settings
from converter.service.upload import Upload
from converter.service.uploads import Form, read_form
from converter.service.work import Wanted
from converter.source.inputs import Input

_NOTHING = "Choose a file, or paste its text."
_LONGEST_FOLDER = 500


class Asked(NamedTuple):
    """A form that was posted.

    Attributes:
        name: name of the file.
        files: the documents in it, in the order of their names; at least one. Those of an archive are not unpacked.
        member: number of the one that is asked for, or None.
        wanted: how they are to be looked at.
        sent: the file that an answer of CMS is about, or None.
    """

    name: str
    files: list[Input]
    member: int | None
    wanted: Wanted
    sent: Input | None

    @property
    def one(self) -> Input | None:
        """The document that is asked for; None where there are several, and none was chosen."""
        if self.member is not None:
            return self.files[self.member]
        return self.files[0] if len(self.files) == 1 else None


async def asked(request: Request) -> Asked:
    """Read a form of the page.

    Raises:
        Problem: it has no file, names a member that is not there, or cannot be read.
    """
    form, settings = await read_form(request), request.app.state.settings
    file = _file(form)
    name = _in_folder(file.name, form.fields.get("folder", ""))
    wanted = _wanted(form, settings)
    sent = next((one for one in form.files if one.field == "sent" and one.data), None)
    found = await asyncio.to_thread(files_in, name, file.data, wanted.limits)
    return Asked(name, found, _member(form, len(found)), wanted, held(sent.name, sent.data) if sent else None)


async def unpacked(file: Input) -> Input:
    """Return a document of an archive with its bytes, so that the archive need not travel with each of them."""
    if file.name and file.path is None and file.size is not None:
        try:
            return held(file.name, await asyncio.to_thread(file.read))
        except SourceError:
            pass  # the check says why it cannot be read
    return file


def _file(form: Form) -> Upload:
    """The file of a form, or the text that was pasted in its place.

    Raises:
        Problem: it has neither.
    """
    file = next((one for one in form.files if one.field == "file"), None)
    text = form.fields.get("text", "")
    if text.strip() and (file is None or not file.data):
        return Upload("text", "pasted text", text.encode("utf-8", "replace"))
    # A browser sends a part without a name and content where nothing was chosen.
    if file is None or (not file.data and file.name == "upload"):
        raise Problem(400, _NOTHING)
    return file


def _in_folder(name: str, folder: str) -> str:
    """The name of a file as it is shown, with the folder that it was dropped in."""
    steps = [visible(one) for one in folder[:_LONGEST_FOLDER].split("/") if one not in ("", ".", "..")]
    return "/".join((*steps, name))


def _wanted(form: Form, settings: Settings) -> Wanted:
    year = form.fields.get("year", "").strip()
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Problem(400, "The performance year is a number of four digits.")
    return Wanted(
        settings.folders, settings.limits, year=int(year) if year else None, show_ids=form.fields.get("show_ids") == "1"
    )


def _member(form: Form, number: int) -> int | None:
    text = form.fields.get("member", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) < number):
        raise Problem(400, "There is no such file in the archive.")
    return int(text)
