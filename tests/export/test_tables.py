"""Tables out, which no spreadsheet runs, and tables in, of which nothing bad gets through."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.app.ports import Exported
from lumbar.core.errors import BadImport, LumbarError
from lumbar.core.record import Fact
from lumbar.export.csv_tables import CsvTables, cell, tables
from lumbar.export.fhir import FhirBundle
from lumbar.export.sessions_table import SessionsTable

from .conftest import NOW, stories

Some = Callable[[str], list[Fact]]
HEAD = "date,exercise,seconds,side\n"
GOOD = f"{HEAD}2026-03-01,plank,42,\n2026-03-01,Side Plank,20.5,left\n2026-03-02,plank,42,\n2026-03-02,plank,42,\n"


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_the_zip_has_a_table_of_each_type(home: Any, some: Some) -> None:
    home.store.append(home.person.id, some(home.person.id))
    with zipfile.ZipFile(io.BytesIO(home.export("csv"))) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["flare-reported.csv", "session-started.csv", "set-done.csv"]
        held, flare = rows(packed.read("set-done.csv")), rows(packed.read("flare-reported.csv"))
        assert "script" not in rows(packed.read("session-started.csv"))[0]
    assert [row["credited_s"] for row in held] == ["28.5"] * 10
    assert held[0]["exercise"] == "plank"
    assert flare[0]["note"].startswith("'=cmd")
    assert flare[0]["note"].endswith("腰痛 ظهر")


def test_what_is_large_is_not_read_and_not_missed(home: Any, some: Some) -> None:
    home.store.append(home.person.id, some(home.person.id))
    whole = Exported(home.person.id, NOW, tuple(home.store.record(home.person.id)))
    assert any(fact.body.get("script") for fact in whole.facts)
    assert home.export("csv") == b"".join(CsvTables()(whole))
    fhir = FhirBundle(home.house.rules, snomed=False)
    assert json.loads(home.export("fhir")) == json.loads(b"".join(fhir(whole)))


SIGNS = "=+-@＝＋－＠"


@given(st.text() | st.text(alphabet=f'{SIGNS};\t\r\n "a1'))
def test_no_cell_is_a_formula_wherever_a_spreadsheet_parts_it(text: str) -> None:
    for shown in (cell(text), cell([text])):
        assert not shown.startswith(("\t", "\r", "\n"))
        assert not any(part.lstrip(' "').startswith(tuple(SIGNS)) for part in re.split(r"[;\t\r\n]", shown))
    assert cell(text).replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("a;=1+1", "a;'=1+1"),
        ("a; =1+1", "a;' =1+1"),
        ("x\n=HYPERLINK(1)", "x\n'=HYPERLINK(1)"),
        ("x\t@SUM(1)", "x\t'@SUM(1)"),
        ("2026-03-02", "2026-03-02"),
        ("slept well; no pain - fine", "slept well; no pain - fine"),
    ],
)
def test_a_formula_inside_a_cell_gets_its_apostrophe(text: str, shown: str) -> None:
    assert cell(text) == shown


@given(stories())
def test_every_fact_is_a_line(told: Any, story: Any) -> None:
    facts = told(story, "p")
    found = [row for table in tables(facts).values() for row in rows(table)]
    assert sorted(row["id"] for row in found) == sorted(fact.id for fact in facts)


def test_past_sessions_come_in_after_a_look_and_once(home: Any) -> None:
    look = home.house.import_record.look(home.person, GOOD.encode())
    assert (look.new, look.taken, str(look.first), str(look.last)) == (4, False, "2026-03-01", "2026-03-02")
    assert home.facts() == []
    assert home.house.import_record.take(home.person, GOOD.encode()).new == 4
    home.clock.at = (NOW + timedelta(days=40)).astimezone(timezone(timedelta(hours=5)))  # the clocks may have changed
    again = home.house.import_record.take(home.person, GOOD.encode())
    assert (again.new, again.known, again.differing) == (0, 4, 0)
    assert [(fact.body["exercise"], fact.body["credited_s"], fact.source) for fact in home.facts()].count(
        ("plank", 42.0, "import")
    ) == 3
    history = home.house.show_history(home.person, 28)
    assert history is not None


@pytest.mark.parametrize("form", ["{}", "\ufeff{}", "\n\n{}"])
@pytest.mark.parametrize("separator", ",;\t")
def test_as_spreadsheets_write_it(rules: Any, form: str, separator: str) -> None:
    text = form.format(GOOD.replace(",", separator)).replace("\n", "\r\n")
    assert len(SessionsTable(rules.catalogue)(text.encode(), "p", NOW).facts) == 4


@pytest.mark.parametrize(
    "text",
    [
        "date,exercise\n2026-03-01,plank\n",
        "date,exercise,seconds,note\n2026-03-01,plank,3,=1+1\n",
        "date,date,exercise,seconds\n1,2,3,4\n",
        f"{HEAD}2026-03-01,plank,=30,\n",
        f"{HEAD}2026-03-01,plank,-30,\n",
        f"{HEAD}2026-03-01,plank,0,\n",
        f"{HEAD}2026-03-01,plank,nan,\n",
        f"{HEAD}2026-03-01,plank,99999,\n",
        f"{HEAD}2026-03-01,plank,\u0663\u0660,\n",
        f"{HEAD}2026-03-01,=HYPERLINK(1),30,\n",
        f"{HEAD}2026-03-01,plank,30,left\n",
        f"{HEAD}2026-03-01,side-plank,30,\n",
        f"{HEAD}2026-03-20,plank,30,\n",
        f"{HEAD}2126-03-20,plank,30,\n",
        f"{HEAD}01.03.2026,plank,30,\n",
        f"{HEAD}2026-03-01,plank,30\n",
        f'{HEAD}2026-03-01,"plank,30,\n',
        f'{HEAD}2026-03-01,"plank"x,30,\n',
        "date,exercise,seconds,rung\n2026-03-01,plank,30,unheard-of\n",
        "just some text",
        "\u0000",
        HEAD + "2026-03-01," + "p" * 200_000 + ",30,\n",
    ],
)  # fmt: skip
def test_a_line_that_is_none_lets_nothing_in(home: Any, rules: Any, text: str) -> None:
    with pytest.raises(LumbarError) as refused:
        home.house.import_record.take(home.person, (text + "\n" + GOOD.split("\n", 1)[1]).encode())
    assert rules.words.written(refused.value.message).endswith(".")
    assert home.facts() == []


@pytest.mark.parametrize("text", [HEAD, f"{HEAD}\n,,,\n"])
def test_a_table_without_a_line_is_told_to_hold_nothing(rules: Any, text: str) -> None:
    with pytest.raises(BadImport, match="import-no-rows"):
        SessionsTable(rules.catalogue)(text.encode(), "p", NOW)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1"])
def test_other_encodings_are_refused(rules: Any, encoding: str) -> None:
    with pytest.raises(BadImport, match="import-encoding"):
        SessionsTable(rules.catalogue)((GOOD + "2026-03-01,plänk,3,").encode(encoding), "p", NOW)


def test_a_million_lines_are_refused(rules: Any) -> None:
    days = [date(2015, 1, 1) + timedelta(days=number) for number in range(4_000)]
    lines = "".join(f"{day},plank,30,\n" for day in days) * 250
    with pytest.raises(BadImport, match="import-rows"):
        SessionsTable(rules.catalogue)((HEAD + lines).encode(), "p", NOW)
    with pytest.raises(BadImport, match="import-day"):
        SessionsTable(rules.catalogue)((HEAD + "2026-03-01,plank,30,\n" * 1_000_000).encode(), "p", NOW)
