"""The table of all rules in `docs/scoring.md` is that of the data files."""

from tools.build_scoring_table import PAGE, main, page, table
from tools.data_files import load


def test_the_page_is_up_to_date() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text, "python -m tools.build_scoring_table"
    assert main(["--check"]) == 0


def test_every_row_is_in_it() -> None:
    lines = list(table())
    rows = [row for rows in load("scoring.json").values() if isinstance(rows, list) for row in rows]
    for row in (one for one in rows if isinstance(one, dict)):
        assert any(row["what"] in line and row["source"] in line for line in lines), row
