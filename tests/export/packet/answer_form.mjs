// Runs a packet's own script over a form of plain values: node answer_form.mjs SCRIPT, with the case on standard input.
import { readFileSync } from "node:fs";

const told = JSON.parse(readFileSync(0, "utf8"));
const said = { textContent: "" };
const opened = new Set();
const elements = {};
let submit;
let saved = null;

const field = (name) => {
  elements[name] ??= { closest: () => ({ setAttribute: () => opened.add(name) }) };
  return elements[name];
};
const form = {
  addEventListener: (_, listener) => (submit = listener),
  elements: { namedItem: field },
  querySelectorAll: () => told.invalid.map(field),
  reportValidity: () => told.invalid.length === 0,
};
globalThis.FormData = function () {
  const all = (name) => [told.fields[name] ?? []].flat();
  return { get: (name) => all(name)[0] ?? null, getAll: all };
};
globalThis.Blob = class {
  constructor(parts) {
    saved = parts[0];
  }
};
URL.createObjectURL = () => "blob:";
globalThis.document = {
  getElementById: (id) => ({ about: { textContent: JSON.stringify(told.about) }, answer: form, said })[id],
  createElement: () => ({ click() {}, remove() {} }),
  body: { append() {} },
};
(0, eval)(readFileSync(process.argv[2], "utf8"));
await submit({ preventDefault() {} });
const answer = saved === null ? null : JSON.parse(JSON.parse(saved).payload);
console.log(JSON.stringify({ said: said.textContent, answer, opened: [...opened], seen_max: elements.reviewed_on?.max }));
