// The vocabulary: searched as one types, found words marked in the plot.

import { get, part } from "./api.js";
import { h } from "./dom.js";
import { count, percent, several } from "./format.js";
import { frequencies } from "./frequencies.js";
import { empty, table, tableCard } from "./parts.js";
import { tabs } from "./tabs.js";

const PAGE = 100;

export async function vocabulary({ id }, { signal }) {
  const path = `/api/preparations/${part(id)}`;
  const [manifest, found] = await Promise.all([get(path, { signal }), get(`${path}/vocabulary`, { signal })]);
  const words = Object.entries(found.wordIndex).map(([word, index]) => ({ word, index, times: found.counts[word] ?? 0 }));
  const total = words.reduce((sum, w) => sum + w.times, 0);
  const plot = h("div");
  const list = h("div", { class: "stack" });
  const told = h("span", { class: "soft small", role: "status" });
  const search = h("input", { type: "search", placeholder: "dog, *ing, 17", spellcheck: "false", autocapitalize: "off" });
  const show = (number) => {
    const chosen = matching(words, search.value.trim());
    told.textContent = several(chosen.length, "word");
    plot.replaceChildren(frequencies(found.counts, search.value.trim() ? chosen.slice(0, 8).map((w) => w.word) : undefined));
    list.replaceChildren(result(chosen.slice(0, number), total));
    if (chosen.length > number) {
      list.append(h("div", { class: "row" }, h("button", { type: "button", on: { click: () => show(number + 5 * PAGE) } }, "Show more")));
    }
  };
  search.addEventListener("input", () => show(PAGE));
  slash(search, signal);
  show(PAGE);
  return h("div", { class: "stack" }, tabs(manifest, "Vocabulary"),
    h("div", { class: "two" },
      h("div", { class: "stack beside" },
        h("div", { class: "card stack close" },
          h("label", null, "Find words", search, h("small", null,
            "A part of a word, a pattern with *, or an index; the key / comes here.")), told),
        h("div", { class: "card" }, plot)),
      list));
}

/** `*` stands for anything; a number is an index; else words that hold the text, exact ones first. */
function matching(words, text) {
  if (/^\d+$/.test(text)) {
    return words.filter((w) => w.index === Number(text) || w.word === text);
  }
  if (text.includes("*")) {
    const escaped = text.split("*").map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const form = new RegExp(`^${escaped.join(".*")}$`, "iu");
    return words.filter((w) => form.test(w.word));
  }
  const small = text.toLowerCase();
  const holds = words.filter((w) => w.word.toLowerCase().includes(small));
  const place = (w) => (w.word === text ? 0 : w.word.startsWith(small) ? 1 : 2);
  return small ? holds.sort((a, b) => place(a) - place(b) || a.index - b.index) : holds;
}

function result(words, total) {
  if (words.length === 0) {
    return h("div", { class: "card" }, empty("No such word", "It may have been cleaned away, or be rarer than minCount."));
  }
  const columns = [
    { title: "Index", right: true, of: (w) => count(w.index) },
    { title: "Word", of: (w) => w.word },
    { title: "Count", right: true, of: (w) => count(w.times) },
    { title: "Of the text", right: true, of: (w) => percent(w.times / Math.max(total, 1)) },
  ];
  return tableCard(null, table(columns, words, { label: "Words", stacks: false, dense: true }));
}

/** The key / comes to the search, as in many places. */
export function slash(search, signal) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      search.focus();
    }
  }, { signal });
}
