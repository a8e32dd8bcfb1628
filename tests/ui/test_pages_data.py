"""Your data: out, in after a look, a backup, and everything gone after a word was typed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.ui

TABLE = "date,exercise,seconds,side\n2026-01-01,plank,42,\n2026-01-02,side plank,20,right\n"


def test_out_gone_and_in_again(house, visit: Callable, tmp_path: Path) -> None:
    house.screened()
    seen = visit(house)
    page = seen.go("/settings")
    page.get_by_role("link", name="Your data").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Complete file (JSON)").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    assert json.loads(file.read_text())["count"] == 2
    page.get_by_role("button", name="Make one now").click()
    expect(page.get_by_text("The backup is made, and it is whole.")).to_be_visible()

    gone = page.get_by_role("button", name="Erase everything")
    expect(gone).to_be_disabled()
    page.get_by_label("Type “erase” to go on").fill("erase")
    gone.click()
    expect(page.get_by_role("heading", name="Everything is erased")).to_be_visible()
    expect(page.get_by_text("snapshots of its own")).to_be_visible()
    assert house.facts() == []
    assert list((house.home / "backups").iterdir()) == []
    assert page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('lumbar.'))") == []
    page.get_by_role("button", name="To the first page").click()
    page.wait_for_url(house.url + "/")

    page = seen.go("/data")
    expect(page.get_by_text("no file yet")).to_be_visible()
    page.get_by_label("The file").set_input_files(file)
    expect(page.get_by_text(file.name, exact=True)).to_be_visible()
    expect(page.get_by_text("2 entries would come in. Already here: 0.")).to_be_visible()
    assert house.facts() == []
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("2 entries came in.")).to_be_visible()
    assert len(house.facts()) == 2
    page.get_by_label("The file").set_input_files([])
    page.get_by_label("The file").set_input_files(file)
    expect(page.get_by_text("0 entries would come in. Already here: 2.")).to_be_visible()
    expect(page.get_by_role("button", name="Bring it in")).to_have_count(0)
    assert seen.errors == []
    assert seen.strangers == []


def test_a_table_of_past_sessions(house, visit: Callable, tmp_path: Path) -> None:
    table = tmp_path / "past.csv"
    table.write_text(TABLE)
    page = visit(house).go("/data")
    page.get_by_label("The file").set_input_files(table)
    expect(page.get_by_text("From 2026-01-01 to 2026-01-02.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Holds: 2")).to_be_visible()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("2 entries came in.")).to_be_visible()
    assert [fact["type"] for fact in house.facts()] == ["set-done", "set-done"]


def test_a_file_that_is_none_is_one_sentence(house, visit: Callable, tmp_path: Path) -> None:
    table = tmp_path / "past.csv"
    table.write_text(TABLE + "2026-01-03,plank,=2+3,\n")
    page = visit(house).go("/data")
    page.get_by_label("The file").set_input_files(table)
    expect(page.get_by_text("Line 4 of the table: seconds must be")).to_be_visible()
    assert house.facts() == []
