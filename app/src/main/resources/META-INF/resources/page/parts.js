// What all views are put together from.

import { h, say } from "./dom.js";
import { count } from "./format.js";

/** The head of a view: where it stands, its title, what can be done. */
export function heading(title, { crumbs = [], actions = [], chip, below } = {}) {
  const trail = crumbs.flatMap(([text, to]) => [h("a", { href: to }, text), " / "]);
  return h("header", null,
    h("p", { class: "crumbs" }, trail.length ? trail : " "),
    h("div", { class: "row apart" },
      h("div", { class: "row" }, h("h1", { tabindex: "-1" }, title), chip),
      h("div", { class: "row" }, actions)),
    below && h("p", { class: "soft" }, below));
}

export function card(title, ...children) {
  return h("section", { class: "card" }, title && h("h2", null, title), children);
}

/** A card that a table fills to its edges. */
export function tableCard(title, table, aside) {
  return h("section", { class: "card flush" },
    title && h("div", { class: "head row apart" }, h("h2", null, title), aside),
    h("div", { class: "scroll" }, table));
}

/**
 * A table that becomes a list of cards on narrow screens.
 * Columns: { title, of(row): node or text, right: for numbers, tight: never broken }.
 */
export function table(columns, rows, { label, stacks = true, dense = false } = {}) {
  const head = columns.map((c) => h("th", { scope: "col", class: c.right ? "right" : null }, c.title));
  const line = (row) => columns.map((c) =>
    h("td", { class: c.right ? "right" : c.tight ? "tight" : null, "data-label": c.title }, h("span", { class: "long" }, c.of(row))));
  return h("table", { class: `${stacks ? "stacks" : ""} ${dense ? "dense" : ""}`, "aria-label": label },
    h("thead", null, h("tr", null, head)),
    h("tbody", null, rows.map((row) => h("tr", { class: "link" }, line(row)))));
}

export function figures(pairs) {
  return h("dl", { class: "figures" }, pairs.map(([name, value]) =>
    h("div", null, h("dt", null, name), h("dd", null, typeof value === "number" ? count(value) : value))));
}

export function facts(pairs) {
  return h("dl", { class: "facts" }, pairs.flatMap(([name, value]) =>
    [h("dt", null, name), h("dd", null, value)]));
}

export function chip(text, kind) {
  return h("span", { class: `chip ${kind ?? ""}` }, text);
}

const STATES = { SUCCEEDED: "good", FAILED: "bad", RUNNING: "live", QUEUED: "live", PAUSED: "warn" };

export function state(name) {
  return chip(name.toLowerCase(), STATES[name]);
}

/** A problem document in words, with what is allowed. */
export function problem(failure) {
  const allowed = failure.allowed?.length ? `Allowed: ${failure.allowed.join(", ")}.` : null;
  return h("div", { class: "notice bad", role: "alert" },
    h("strong", null, failure.title ?? "Something went wrong"),
    failure.message !== failure.title && h("p", null, failure.message),
    allowed && h("p", { class: "small" }, allowed));
}

export function empty(title, text, ...actions) {
  return h("div", { class: "empty" }, h("h2", null, title), h("p", null, text), actions);
}

export function link(text, to, kind) {
  return h("a", { href: to, class: kind }, text);
}

/** Code with a button that copies it; `hidden` is shown as dots, and copied as it is. */
export function code(text, { label = "Code", hidden } = {}) {
  const shown = hidden ? text.replaceAll(hidden, "•".repeat(12)) : text;
  const button = h("button", { type: "button", class: "slim", "aria-label": `Copy: ${label}` }, "Copy");
  button.addEventListener("click", () => copy(text, button));
  return h("div", { class: "code" },
    h("pre", { tabindex: "0", "aria-label": label }, h("code", null, shown)), button);
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyOldWay(text);
  }
  button.textContent = "Copied";
  say("Copied");
  setTimeout(() => (button.textContent = "Copy"), 1600);
}

/** Browsers give the clipboard to https and localhost alone. */
function copyOldWay(text) {
  const area = h("textarea", { class: "hidden", readonly: true, value: text });
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

/** Asks before something is lost. */
export function sure(question) {
  return window.confirm(question);
}

/** A button that runs something once at a time; what fails is shown in `place`. */
export function action(text, run, place, kind = "") {
  const button = h("button", { type: "button", class: kind }, text);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await run();
      place.replaceChildren();
    } catch (failure) {
      place.replaceChildren(problem(failure));
    }
    button.disabled = false;
  });
  return button;
}
