"""`qrda2qpp demo`: samples to try the tool with."""

import os
from pathlib import Path

import click

from converter.cli.words import echo


@click.command("demo")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> int:
    """Write a sample of each kind into the folder DIR: clean and broken documents, and QPP JSON.

    The README.txt in DIR says which commands to try. Everything in the samples is invented.

    \b
    Examples:
      qrda2qpp demo samples
    """
    from converter.cli.output import write_file
    from converter.facts.files import shipped_folder

    samples = sorted((shipped_folder() / "demo").iterdir())
    for sample in samples:
        target = folder / sample.name
        if os.path.lexists(target) and not _is_ours(target, sample.read_bytes()):
            raise click.UsageError(f"{target} is already there and is not one of our samples; choose another folder.")
    for sample in samples:
        write_file(folder / sample.name, [sample.read_text(encoding="utf-8")])
    echo(f"{len(samples) - 1} samples are in {folder}. {folder / 'README.txt'} says what to try; begin with:")
    echo(f"  qrda2qpp check {folder / 'wrong-guid.xml'}")
    return 0


def _is_ours(target: Path, sample: bytes) -> bool:
    """Whether a file is a sample; what is no regular file is not opened, as a pipe or a device may have no end."""
    return target.is_file() and target.stat().st_size == len(sample) and target.read_bytes() == sample
