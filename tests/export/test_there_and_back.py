"""What goes out comes back: the same facts and the same plan for every day."""

import gzip
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from lumbar.app.ports import Exported
from lumbar.app.rules import Rules
from lumbar.core.errors import BadFact, BadImport, Conflict, LumbarError
from lumbar.core.plan import plan
from lumbar.core.record import Fact, Record, new_fact
from lumbar.core.script import compile_script
from lumbar.export.record_file import FORMAT, SCHEMA, RecordFile, read_record

from .conftest import BEGAN, NOW, stories

Some = Callable[[str], list[Fact]]
DAYS = [BEGAN + timedelta(days=number, hours=number % 14) for number in range(0, 19, 3)]


def days(rules: Rules, facts: list[Fact]) -> list[Any]:
    record = Record(facts)
    return [plan(rules.programme, record.until(at), at).as_json() for at in DAYS]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories())
def test_export_erase_import_gives_the_same_facts_and_days(home: Any, rules: Rules, told: Any, story: Any) -> None:
    home.house.erase_everything(home.person, "erase")
    home.store.append(home.person.id, told(story, home.person.id))
    before = home.facts()
    exported = home.export()
    home.house.erase_everything(home.person, "erase")
    assert home.facts() == []
    brought = home.house.import_record.take(home.person, exported)
    assert (brought.new, brought.known, brought.taken) == (len(before), 0, True)
    assert home.facts() == before
    assert [fact.at.isoformat() for fact in home.facts()] == [fact.at.isoformat() for fact in before]
    assert days(rules, home.facts()) == days(rules, before)
    again = home.house.import_record.take(home.person, exported)
    assert (again.new, again.known, again.differing) == (0, len(before), 0)
    assert home.facts() == before
    assert home.export() == exported


def test_the_random_records_are_those_of_people_in_the_plan(rules: Rules, told: Any) -> None:
    """What comes back is worth comparing: most days have something due or done, changed and closed in many ways."""
    kinds: Counter[str] = Counter()
    states: Counter[str] = Counter()
    reasons: set[str] = set()

    @seed(7)
    @settings(max_examples=40, database=None, phases=(Phase.generate,))
    @given(story=stories())
    def look(story: Any) -> None:
        for day in days(rules, told(story, "p")):
            kinds[day["kind"]] += 1
            states.update(item["state"] for step in day["steps"] for item in step["items"])
            reasons.update(why["message"]["id"] for step in day["steps"] for item in step["items"]
                           for why in item["reasons"])  # fmt: skip

    look()
    assert kinds["first-run"] < 0.4 * kinds.total()
    assert {"strength", "stretch", "paused"} <= kinds.keys()
    assert {"due", "done", "later", "closed", "optional"} <= states.keys()
    assert {"plan.reason.flare", "plan.reason.review-stop", "plan.reason.reviewed", "plan.reason.eased-back",
            "plan.reason.tested"} <= reasons  # fmt: skip


@given(story=stories())
def test_the_file_is_as_its_schema_says(told: Any, story: Any) -> None:
    exported = Exported("p", NOW, tuple(told(story, "0" * 36)))
    written = b"".join(RecordFile("0.1.0")(exported))
    jsonschema.validate(json.loads(written), json.loads(SCHEMA.read_text("utf-8")))
    assert read_record(written) == exported


def test_half_a_character_comes_back_as_well() -> None:
    fact = replace(_one(), body={"note": "\ud83e half \u0000"})
    written = b"".join(RecordFile("1")(Exported("p", NOW, (fact,))))
    assert read_record(written).facts == (fact,)


def test_spaces_and_the_order_of_fields_do_not_matter(home: Any, some: Some) -> None:
    home.store.append(home.person.id, some(home.person.id))
    data = json.loads(home.export())
    data["facts"] = [dict(reversed(fact.items())) for fact in data["facts"]]
    assert home.house.import_record.look(home.person, json.dumps(data, indent=3).encode()).known == len(data["facts"])


def test_packed_files_are_taken_too(home: Any, some: Some) -> None:
    home.store.append(home.person.id, some(home.person.id))
    packed = gzip.compress(home.export())
    assert home.house.import_record.look(home.person, packed).known == len(home.facts())


def test_wherever_a_file_is_cut_nothing_is_changed(home: Any, some: Some) -> None:
    home.store.append(home.person.id, some(home.person.id))
    whole = home.export()
    home.house.erase_everything(home.person, "erase")
    packed = gzip.compress(whole)
    for data in (whole, packed):
        for end in [*range(0, len(data) - 2, 97), len(data) - 3]:
            with pytest.raises(BadImport):
                home.house.import_record.take(home.person, data[:end])
    assert home.facts() == []


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"format": "lumbar-record/2"}, "error.import-newer"),
        ({"format": "lumbar-trace/1"}, "error.import-unknown"),
        ({"format": None}, "error.import-unknown"),
        ({"resourceType": "Bundle", "format": None}, "error.import-fhir"),
        ({"count": 3}, "error.import-changed"),
        ({"sha256": "0" * 64}, "error.import-changed"),
        ({"facts": {}}, "error.import-changed"),
        ({"facts": [1, 2]}, "error.import-changed"),
        ({"person": 7}, "error.import-changed"),
        ({"exported_at": "yesterday"}, "error.import-changed"),
    ],
)
def test_a_file_that_is_not_as_it_was_written(home: Any, some: Some, change: Any, wanted: str) -> None:
    data = {**json.loads(b"".join(RecordFile("1")(Exported("p", NOW, tuple(some("p")))))), **change}
    with pytest.raises(BadImport) as refused:
        home.house.import_record.take(home.person, json.dumps(data).encode())
    assert refused.value.message.id == wanted
    assert home.facts() == []


@pytest.mark.parametrize(
    "data",
    [b"", b" \n", b"[]", b"{}", b"{" * 100_000, b'{"a":' * 100_000, b"\xff\xfe{\x00}\x00", b'{"format": 1e999}',
     b"\x1f\x8b", b"PK\x03\x04rest", b"SQLite format 3\x00", b"%PDF-1.7", b"\x00" * 1_000],
)  # fmt: skip
def test_what_is_no_export_is_refused_in_a_sentence(home: Any, rules: Rules, data: bytes) -> None:
    with pytest.raises(LumbarError) as refused:
        home.house.import_record.take(home.person, data)
    assert rules.words.written(refused.value.message).endswith(".")


def test_a_bomb_is_not_unpacked(rules: Rules) -> None:
    from lumbar.export.incoming import ReadAny, unpacked
    from lumbar.export.sessions_table import SessionsTable

    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(BadImport, match="import-large"):
        ReadAny(SessionsTable(rules.catalogue), most_bytes=1_000_000)(bomb, "p", NOW)
    with pytest.raises(BadImport, match="import-large"):
        unpacked(gzip.compress(gzip.compress(b"") * 2 + b" " * 3_000_000), 1_000_000)


@pytest.mark.parametrize("piece", [b"{},", b"[],", b'{"a":1},'])
def test_few_bytes_that_would_fill_the_memory_are_never_parsed(
    rules: Rules, monkeypatch: pytest.MonkeyPatch, piece: bytes
) -> None:
    from lumbar.export import incoming
    from lumbar.export.sessions_table import SessionsTable

    monkeypatch.setattr(incoming, "read_record", lambda _data: pytest.fail("it was parsed"))
    bomb = gzip.compress(b'{"format":"lumbar-record/1","facts":[' + piece * 1_500_000 + b"{}]}", 1)
    with pytest.raises(BadImport, match="import-many"):
        incoming.ReadAny(SessionsTable(rules.catalogue))(bomb, "p", NOW)


def test_the_densest_of_a_long_record_may_come_in(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    from lumbar.export import incoming

    answers = dict.fromkeys(rules.form.items, "no")
    told = [
        ("screen-answered", {"kind": "full", "answers": answers, "details": {}, "nprs": 5, "pain_now": 2}),
        ("acknowledged", {"text": "screen.acknowledge", "version": 1}),
        ("pain-reported", {"when": "before", "nprs": 2, "further_down_leg": False}),
    ]
    facts = [new_fact(kind, body, fact_id=kind, person="p", at=BEGAN) for kind, body in told]
    script = compile_script(plan(rules.programme, Record(facts), BEGAN), rules.programme, session="s").as_json()
    begun = new_fact("session-started", {"session": "s", "script": script}, fact_id="s", person="p", at=BEGAN)
    data = b"".join(RecordFile("1")(Exported("p", NOW, (*facts, begun))))
    assert data.count(b"{") > 100
    monkeypatch.setattr(incoming, "MOST_FACTS", 0)  # as if it were as long as may be
    incoming.check_count(data)


def test_one_bad_fact_lets_none_in(home: Any, some: Some) -> None:
    facts = some("p")
    for bad in (
        replace(facts[0], id="a" * 400),
        replace(facts[0], id="\u0000" + facts[0].id[1:]),
        replace(facts[0], zone="x" * 200),
        replace(facts[0], device="new\nline"),
        replace(facts[0], type="Type"),
        replace(facts[0], source="" * 3 + "x" * 99),
        replace(facts[0], at=facts[0].at.replace(year=1700), on=facts[0].on.replace(year=1700)),
        replace(facts[0], body={**facts[0].body, "credited_s": -1}),
        replace(facts[0], type="unheard-of", body={"a": [[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]}),
    ):
        data = b"".join(RecordFile("1")(Exported("p", NOW, (*facts[1:], bad))))
        with pytest.raises(BadFact):
            home.house.import_record.take(home.person, data)
    twice = (facts[0], replace(facts[0], device="another"))
    with pytest.raises(BadImport, match="twice"):
        home.house.import_record.take(home.person, b"".join(RecordFile("1")(Exported("p", NOW, twice))))
    assert home.facts() == []


def test_what_was_recorded_in_the_future_is_recorded_now(home: Any) -> None:
    later = replace(_one(), recorded_at=NOW + timedelta(days=90), at=NOW + timedelta(days=80))
    later = replace(later, on=later.at.date())
    home.house.import_record.take(home.person, b"".join(RecordFile("1")(Exported("p", NOW, (later,)))))
    assert home.facts()[0].recorded_at == NOW
    assert home.facts()[0].happened_at == NOW


def test_another_household_is_asked_about_first(home: Any, some: Some, opened: Any) -> None:
    other = opened("other")
    other.store.append(other.person.id, some(other.person.id))
    file = other.export()
    mine = replace(_one(), id="f" * 8 + "-0000" * 3 + "-" + "0" * 12, person=home.person.id)
    home.store.append(home.person.id, [mine])
    assert home.house.import_record.look(home.person, file).other_person
    with pytest.raises(Conflict):
        home.house.import_record.take(home.person, file)
    assert home.facts() == [mine]
    home.house.import_record.take(home.person, file, mine=True)
    assert {fact.person for fact in home.facts()} == {home.person.id}
    assert len(home.facts()) == len(other.facts()) + 1
    again = home.house.import_record.take(home.person, file)  # it is known to be ours by now
    assert (again.new, again.other_person) == (0, False)


def test_what_is_here_stays_when_a_file_has_it_otherwise(home: Any) -> None:
    one = replace(_one(), person=home.person.id)
    home.store.append(home.person.id, [one])
    changed = replace(one, device="elsewhere")
    brought = home.house.import_record.take(
        home.person, b"".join(RecordFile("1")(Exported(home.person.id, NOW, (changed,))))
    )
    assert (brought.new, brought.differing) == (0, 1)
    assert home.facts() == [one]


def test_the_page_of_a_running_server_sees_it_all(home: Any, some: Some) -> None:
    """Whoever had read the record before reads what came and what went."""
    home.store.append(home.person.id, some(home.person.id))
    file, shown = home.export(), home.house.show_today(home.person).as_json()
    home.house.erase_everything(home.person, "erase")
    assert home.house.show_today(home.person).as_json()["kind"] == "first-run"
    home.house.import_record.take(home.person, file)
    assert home.house.show_today(home.person).as_json() == shown


def _one() -> Fact:
    from .conftest import facts_of

    return facts_of([("flare-reported", {"note": None}, 10, 0, 0)], "p")[0]


def test_the_schema_names_the_format() -> None:
    assert json.loads(SCHEMA.read_text("utf-8"))["properties"]["format"]["const"] == FORMAT
    assert Path(SCHEMA).is_file()


def test_our_own_bundle_is_told_to_be_for_reading(home: Any, some: Some) -> None:
    home.store.append(home.person.id, some(home.person.id))
    bundle = b"".join(home.house.export_record(home.person, "fhir").pieces)
    with pytest.raises(BadImport) as refused:
        home.house.import_record.look(home.person, bundle)
    assert refused.value.message.id == "error.import-fhir"
