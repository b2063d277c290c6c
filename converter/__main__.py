"""Run the command as `python -m converter`."""

from converter.cli.main import run

run()
