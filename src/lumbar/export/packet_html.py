"""The packet as one HTML file that opens anywhere, offline: it refers to nothing outside of itself, and its own policy
lets it run nothing but its own script. It holds a form, and saves an answer that is sealed for this packet alone.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from lumbar.catalog.words import Words
from lumbar.core.exercise import Exercise
from lumbar.core.packet import Packet, Question
from lumbar.export.figure import outlines
from lumbar.export.sheet import Curve, Line, Sheet, Teller, sheet_of

_HERE = Path(__file__).parent
_WORDS = ("missing", "unable", "saved", "until-late", "rows-filled", "no-change")
_DECISIONS = {"go-on": "approve", "with-changes": "changes", "stop": "hold", "contact": "contact"}


def packet_html(packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, bound: Mapping[str, str]) -> str:
    """The file. bound: what an answer is bound to: packet, person, digest, key and made_on, as text."""
    t, sheet = Teller(words), sheet_of(packet, exercises, words)
    style = (_HERE / "packet.css").read_text("utf-8")
    script = (_HERE / "packet.js").read_text("utf-8")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    decisions = {"changes": t("packet.decide.changes"), "approve": t("packet.decide.approve")}
    told = {name: t(f"packet.form.{name}", days=packet.review_days, **decisions) for name in _WORDS}
    about = {
        **bound,
        "days": packet.review_days,
        "exercises": [line.exercise for line in sheet.lines],
        "proposals": {one.about: one.proposal.as_json() for one in packet.questions if one.proposal is not None},
        "says": told,
    }
    plain = json.dumps(about, ensure_ascii=True).replace("<", "\\u003c")
    body = "".join((*_front(sheet, packet, exercises, t), *_form(sheet, packet, exercises, t), *_behind(sheet, t)))
    return (
        f'<!doctype html>\n<html lang="{escape(words.language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(sheet.title)}</title><style>{style}</style></head><body><main>{body}</main>"
        f'<script type="application/json" id="about">{plain}</script><script>{script}</script></body></html>\n'
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _block(title: str, *lines: str) -> str:
    """A heading with its lines; a person's own words run in whichever direction they are written."""
    told = "".join(f"<p dir='auto'>{_e(line)}</p>" for line in lines)
    return f"<section><h2>{_e(title)}</h2>{told}</section>"


def _front(sheet: Sheet, packet: Packet, exercises: Mapping[str, Exercise], t: Teller) -> Iterable[str]:
    yield f'<header><p class="logo">lumbar</p><p class="quiet">{_e(t.day(packet.on))}</p></header>'
    yield f"<h1>{_e(sheet.title)}</h1><p class='lead'>{_e(sheet.lead)} {_e(sheet.review)}</p><div class='who'>"
    yield _block(t("packet.person"), *sheet.person) + _block(sheet.screen_title, *sheet.screen)
    yield _block(t("packet.goal"), sheet.goal) + "</div>"
    yield f"<h2>{_e(t('packet.plan'))}</h2><div class='wide'><table><thead><tr><td></td>"
    yield "".join(
        f"<th scope='col'>{_e(t(f'packet.col.{name}'))}</th>" for name in ("exercise", "dose", "form", "held", "next")
    )
    yield "</tr></thead><tbody>"
    yield "".join(_row(line, exercises[line.exercise]) for line in sheet.lines)
    yield "</tbody></table></div>"
    yield f"<p><b>{_e(sheet.walk[0])}</b>: {_e(' · '.join(sheet.walk[1:]))}</p>" if sheet.walk else ""
    yield "<div class='two'>"
    scores = "".join(
        f"<p>{_e(name)}: <b>{_e(numbers)}</b><br><span class='quiet'>{_e(said)}</span></p>"
        for name, numbers, said in sheet.scores
    )
    scores = scores or f"<p>{_e(sheet.scores_none)}</p>"
    past = "".join(f"<li>{_e(one)}</li>" for one in sheet.past)
    yield f"<section><h2>{_e(t('packet.scores'))}</h2>{scores}</section>"
    yield f"<section><h2>{_e(t('packet.past'))}</h2><ul>{past}</ul></section></div>"


def _row(line: Line, exercise: Exercise) -> str:
    return (
        f"<tr><td>{_figure(exercise, line.rung)}</td><th scope='row'>{_e(line.name)}</th><td>{_e(line.dose)}</td>"
        f"<td>{_e(line.form)}</td><td>{_e(line.held)}</td><td class='quiet'>{_e(line.next)}</td></tr>"
    )


def _figure(exercise: Exercise, rung: str) -> str:
    _, shapes = outlines(exercise, rung)
    drawn = []
    for kind, outline in shapes:
        points = " ".join(f"{100 * x:.1f},{100 * y:.1f}" for x, y in outline)
        drawn.append(f"<{'polyline' if kind == 'thing' else 'polygon'} class='{kind}' points='{points}'/>")
    return f"<svg viewBox='0 0 178 100' width='64' height='36' aria-hidden='true'>{''.join(drawn)}</svg>"


def _form(sheet: Sheet, packet: Packet, exercises: Mapping[str, Exercise], t: Teller) -> Iterable[str]:
    yield f"<form id='answer' novalidate><h2>{_e(t('packet.form.title'))}</h2><p>{_e(t('packet.form.lead'))}</p>"
    yield f"<fieldset><legend>{_e(t('packet.decide'))}</legend>"
    for value, name in _DECISIONS.items():
        yield f"<label><input type='radio' name='decision' value='{value}'> {_e(t(f'packet.decide.{name}'))}</label>"
    yield f"<label><input type='checkbox' name='examined'> {_e(t('packet.decide.examined'))}</label>"
    yield f"<label><input type='checkbox' name='load'> {_e(t('packet.form.load'))}</label></fieldset>"
    yield f"<fieldset><legend>{_e(t('packet.ask'))}</legend>"
    for question, text in zip(packet.questions, sheet.questions, strict=True):
        if question.proposal is not None:
            yield _proposal(question, text, t)
        elif question.kind == "item":
            yield f"<label><input type='checkbox' name='may' value='{_e(question.about)}'> {_e(text)}</label>"
        elif question.kind == "watched":
            yield f"<label><input type='checkbox' name='watched' value='{_e(question.about)}'> {_e(text)}</label>"
        else:
            yield f"<p>{_e(text)}</p>"
    told = sheet.questions_left if packet.questions else sheet.questions_none
    yield f"<p>{_e(told)}</p>" if told else ""
    yield "</fieldset>"
    yield from _resting(packet, t)
    yield f"<fieldset id='rows'><legend>{_e(t('packet.decide.changes'))}</legend>"
    yield "".join(_changes(line, exercises[line.exercise], t) for line in sheet.lines)
    yield f"</fieldset><label class='block'>{_e(t('packet.decide.note'))}"
    yield "<textarea name='note' maxlength='400' rows='3'></textarea></label>"
    yield "<div class='two'>"
    written = r"type='text' maxlength='200' required pattern='.*\S.*'"
    for name, label, how in (
        ("by_whom", t("packet.decide.name"), written),
        ("profession", t("packet.decide.profession"), written),
        ("reviewed_on", t("packet.form.seen"), f"type='date' required min='{packet.on.isoformat()}'"),
        ("until", t("packet.form.until", days=packet.review_days), "type='date'"),
    ):
        yield f"<label class='block'>{_e(label)}<input name='{name}' {how}></label>"
    options = "".join(
        f"<option value='{value}'>{_e(t(f'packet.form.waits.{name}'))}</option>"
        for value, name in (("", "keep"), ("yes", "yes"), ("no", "no"))
    )
    yield f"<label class='block'>{_e(t('packet.form.waits'))}<select name='waits'>{options}</select></label>"
    yield f"</div><p>{_e(t('packet.form.hold'))}</p><p>{_e(t('packet.decide.unticked'))}</p>"
    yield f"<button type='submit'>{_e(t('packet.form.save'))}</button><p id='said' role='status'></p></form>"


def _resting(packet: Packet, t: Teller) -> Iterable[str]:
    """A tick for each exercise that rests, however many: one without would rest on whatever was decided."""
    names = [row.exercise for row in packet.rows if row.rests]
    if not names:
        return
    yield f"<fieldset><legend>{_e(t('packet.form.rests'))}</legend><p>{_e(t('packet.form.rests.note'))}</p>"
    for name in names:
        yield f"<label><input type='checkbox' name='go_on' value='{_e(name)}'> {_e(t(f'{name}.name'))}</label>"
    yield "</fieldset>"


def _proposal(question: Question, text: str, t: Teller) -> str:
    """A change that waits for this word: yes, not yet with a reason, or nothing, and then it waits on."""
    name = _e(question.about)
    answers = "".join(
        f"<label><input type='radio' name='{name} proposal' value='{value}'> {_e(t(f'packet.form.{value}'))}</label>"
        for value in ("yes", "not-yet")
    )
    why = f"<label>{_e(t('packet.form.why'))} <input type='text' name='{name} why' maxlength='200'></label>"
    return f"<fieldset class='proposal'><legend>{_e(text)}</legend>{answers}{why}</fieldset>"


def _changes(line: Line, exercise: Exercise, t: Teller) -> str:
    name = _e(line.exercise)
    rungs = "".join(
        f"<option value='{_e(rung.id)}'>{_e(t(f'{exercise.id}.rung.{rung.id}'))}</option>" for rung in exercise.rungs
    )
    numbers = [("sets", 1, 10), ("hold_s", 5, 600)] if exercise.step.value == "core" else [("hold_s", 5, 600)]
    numbers = [] if exercise.repetition is not None else numbers
    numbers += [("load_kg", 0, 500)] if exercise.loads else []
    numbers += [("days_per_week", 1, 7)]
    words = {"sets": "sets", "hold_s": "seconds", "load_kg": "kg", "days_per_week": "days"}
    steps = {"load_kg": "any"}
    fields = "".join(
        f"<label>{_e(t(f'packet.form.{words[field]}'))} "
        f"<input type='number' name='{name} {field}' min='{low}' max='{high}' step='{steps.get(field, '1')}'></label>"
        for field, low, high in numbers
    )
    return (
        f"<details><summary>{_e(line.name)}</summary>"
        f"<label><input type='checkbox' name='{name} stop'> {_e(t('packet.form.out'))}</label>"
        f"<label>{_e(t('packet.col.form'))} <select name='{name} rung'>"
        f"<option value=''>{_e(t('packet.form.keep'))}</option>{rungs}</select></label>{fields}"
        f"<label>{_e(t('packet.form.note'))} <input type='text' name='{name} note' maxlength='200'></label></details>"
    )


def _behind(sheet: Sheet, t: Teller) -> Iterable[str]:
    yield f"<h2>{_e(t('packet.more.title'))}</h2><h3>{_e(sheet.changed_title)}</h3>"
    yield f"<ul>{''.join(f'<li>{_e(one)}</li>' for one in sheet.changed)}</ul>" if sheet.changed else ""
    rules = "".join(f"<li>{_e(one)}</li>" for one in sheet.rules)
    yield f"<h3>{_e(t('packet.more.rules'))}</h3><ul>{rules}</ul>" if rules else ""
    yield f"<h3>{_e(t('packet.more.curves'))}</h3><div class='curves'>{''.join(map(_curve, sheet.curves))}</div>"
    yield f"<h3>{_e(t('packet.more.events'))}</h3>"
    rows = "".join(
        f"<tr><td>{_e(on)}</td><td>{_e(what)}</td><td>{_e(advised)}</td></tr>" for on, what, advised in sheet.events
    )
    yield f"<table><tbody>{rows}</tbody></table>" if rows else f"<p>{_e(sheet.events_none)}</p>"
    yield f"<p>{_e(sheet.events_left)}</p><p class='quiet'>{_e(sheet.foot)}</p>"


def _curve(curve: Curve) -> str:
    at = [(4 + 172 * x, 56 - 50 * y) for x, y in curve.shape]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    ends = "".join(f"<circle class='end' cx='{x:.1f}' cy='{y:.1f}' r='3'/>" for x, y in dict.fromkeys(at[:1] + at[-1:]))
    days = " – ".join(dict.fromkeys(day for day in curve.days if day))
    return (
        f"<figure><figcaption><b>{_e(curve.title)}</b> {_e(curve.last)}</figcaption>"
        f"<svg viewBox='0 0 180 60' role='img' aria-label='{_e(curve.told)}'><path class='floor' d='M0 56H180'/>"
        f"<polyline class='curve' points='{points}'/>{ends}</svg>"
        f"<p class='quiet'>{_e(days)}</p><p class='quiet'>{_e(curve.said)}</p></figure>"
    )


def _e(text: str) -> str:
    return escape(text)
