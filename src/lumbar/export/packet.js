"use strict";
// Saves what the expert decided as a small file, sealed for this packet. It sends nothing, and runs without a network.
(() => {
  const about = JSON.parse(document.getElementById("about").textContent);
  const form = document.getElementById("answer");
  const said = document.getElementById("said");
  const DAY_MS = 86400000;

  const text = (fields, name) => String(fields.get(name) ?? "").trim();
  const today = () => {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  };
  const number = (fields, name) => {
    const told = text(fields, name);
    return told === "" || !Number.isFinite(Number(told)) ? null : Number(told);
  };

  function rowOf(fields, id) {
    const row = {
      stop: fields.get(`${id} stop`) !== null,
      rung: text(fields, `${id} rung`) || null,
      sets: number(fields, `${id} sets`),
      hold_s: number(fields, `${id} hold_s`),
      load_kg: number(fields, `${id} load_kg`),
      days_per_week: number(fields, `${id} days_per_week`),
      note: text(fields, `${id} note`) || null,
    };
    return Object.values(row).some((value) => value !== null && value !== false) ? row : null;
  }

  function proposalsOf(fields) {
    const told = {};
    for (const [id, { kind, rung }] of Object.entries(about.proposals)) {
      const answer = text(fields, `${id} proposal`);
      if (answer) told[id] = { kind, rung, yes: answer === "yes", why: text(fields, `${id} why`) || null };
    }
    return told;
  }

  const rowsOf = (fields) => about.exercises.map((id) => [id, rowOf(fields, id)]).filter((row) => row[1] !== null);

  function answerOf(fields) {
    const decision = text(fields, "decision");
    const goesOn = decision === "go-on" || decision === "with-changes";
    return {
      person: about.person,
      digest: about.digest,
      decision,
      contact: decision === "contact",
      examined: fields.get("examined") !== null,
      load: fields.get("load") !== null && goesOn,
      may_exercise: fields.getAll("may"),
      go_on: goesOn ? fields.getAll("go_on") : [],
      watched: goesOn ? fields.getAll("watched") : [],
      by_whom: text(fields, "by_whom"),
      profession: text(fields, "profession"),
      reviewed_on: text(fields, "reviewed_on"),
      until: text(fields, "until") || null,
      note: text(fields, "note") || null,
      proposals: goesOn ? proposalsOf(fields) : {},
      waits: decision === "contact" ? null : ({ yes: true, no: false }[text(fields, "waits")] ?? null),
      changes: Object.fromEntries(rowsOf(fields)),
    };
  }

  /** Whether anything is changed, by a field, a tick or in words: what was meant and not filled in is lost unseen. */
  const says = ({ changes, note, proposals, go_on, watched, load }) =>
    note !== null || load || [changes, proposals, go_on, watched].some((told) => Object.keys(told).length > 0);

  async function sealOf(payload) {
    const bytes = Uint8Array.from(about.key.match(/../g), (pair) => Number.parseInt(pair, 16));
    const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const sealed = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${about.packet}\n${payload}`));
    return Array.from(new Uint8Array(sealed), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function save(content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    link.download = `lumbar-answer-${about.made_on}.json`;
    document.body.append(link);
    link.click();
    link.remove();
  }

  /** Opens the rows that fields lie in: a browser can point at nothing that is folded away. */
  function show(fields) {
    for (const field of fields) field.closest("details")?.setAttribute("open", "");
  }

  /** Whether every number and day is one that lumbar takes; the browser points at the first that is not. */
  function fits() {
    const seen = form.elements.namedItem("reviewed_on");
    seen.max = today() < about.made_on ? about.made_on : today(); // west of the person it may still be the day before
    form.elements.namedItem("until").min = today();
    show(form.querySelectorAll(":invalid:not(fieldset)"));
    return form.reportValidity();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    const answer = answerOf(new FormData(form));
    if (!answer.decision || !answer.by_whom || !answer.profession || !answer.reviewed_on) {
      said.textContent = about.says.missing;
      return;
    }
    const changed = Object.keys(answer.changes);
    if (changed.length > 0 && answer.decision !== "with-changes") {
      show(changed.map((id) => form.elements.namedItem(`${id} note`)));
      said.textContent = about.says["rows-filled"];
      return;
    }
    if (!fits()) return;
    if (answer.decision === "with-changes" && !says(answer)) {
      said.textContent = about.says["no-change"];
      return;
    }
    const lasts = answer.until === null ? 0 : (Date.parse(answer.until) - Date.parse(answer.reviewed_on)) / DAY_MS;
    if (lasts < 0 || lasts > about.days) {
      said.textContent = about.says["until-late"];
      return;
    }
    if (!globalThis.crypto || !crypto.subtle) {
      said.textContent = about.says.unable;
      return;
    }
    const payload = JSON.stringify(answer);
    const file = { format: "lumbar-review/1", packet: about.packet, payload, seal: await sealOf(payload) };
    save(JSON.stringify(file, null, 2));
    said.textContent = about.says.saved;
  });
})();
