// A caption's examples as model `word` gets them: the words so far, and the next one.

import { h } from "./dom.js";

export function unrolled(encoded, words, maxLength) {
  const shown = h("div", { class: "scroll" });
  const show = (asIndices) => shown.replaceChildren(list(encoded, words, maxLength, asIndices));
  const box = h("input", { type: "checkbox", on: { change: (event) => show(event.target.checked) } });
  show(false);
  return h("div", { class: "stack close" }, h("label", { class: "check" }, box, "As padded indices"), shown);
}

function list(encoded, words, maxLength, asIndices) {
  const rows = encoded.slice(1).map((next, i) => ({ before: encoded.slice(0, i + 1), next }));
  return h("table", { class: "unrolled" },
    h("thead", null, h("tr", null, h("th", { scope: "col" }, "photo and words so far"), h("th", { scope: "col" }, "next word"))),
    h("tbody", null, rows.map(({ before, next }) => h("tr", null,
      h("td", { class: asIndices ? "mono" : null }, asIndices ? padded(before, maxLength) : before.map((i) => words.get(i)).join(" ")),
      h("td", { class: "next" }, asIndices ? String(next) : words.get(next))))));
}

/** Left-padded with 0; a longer one loses its head. */
function padded(before, maxLength) {
  const kept = before.slice(-maxLength);
  const zeros = maxLength - kept.length;
  return [zeros > 0 && h("span", { class: "pad" }, "0 ".repeat(zeros)), kept.join(" ")];
}
