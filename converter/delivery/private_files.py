"""Files that only their owner reads (0600), written whole or not at all.

On Windows a new file has the rights of its folder, and the profile of a user is closed to other users.
"""

import contextlib
import errno
import os
import sys
from pathlib import Path

from filelock import FileLock

_OTHERS = 0o077


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner may enter, and those above it, as far as they are missing; return it."""
    if not path.exists() and path.parent != path:
        private_folder(path.parent)
    path.mkdir(exist_ok=True, mode=0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Write a text file in place of the one that is there; after a crash there is either the old or the new one.

    A link is followed, and stays: a secret is not left behind where it leads.

    Raises:
        OSError: it cannot be written.
    """
    path = Path(os.path.realpath(path)) if path.is_symlink() else path
    private_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text.encode("utf-8", "backslashreplace"))  # half a surrogate pair, which JSON may name
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def is_open_to_others(path: Path) -> bool:
    """Whether other users of the machine may read or change a file; False on Windows, where the mode does not say."""
    return sys.platform != "win32" and bool(path.stat().st_mode & _OTHERS)


def private_key(path: Path) -> bytes:
    """Return the random key in a file, which is made where it is missing.

    Raises:
        OSError: it can be neither read nor written, or is damaged.
    """
    private_folder(path.parent)
    with FileLock(path.with_name(f"{path.name}.lock")):  # two runs at once make one key
        if not path.exists():
            write_private(path, os.urandom(32).hex())
        try:
            return bytes.fromhex(path.read_text(encoding="ascii"))
        except ValueError as error:
            raise OSError(errno.EINVAL, f"{path.name} is damaged") from error
