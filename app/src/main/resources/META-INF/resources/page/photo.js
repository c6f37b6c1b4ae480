// One photo: the file, its features, and each caption from raw to examples.

import { get, part } from "./api.js";
import { h } from "./dom.js";
import { several } from "./format.js";
import { heats } from "./heat.js";
import { card, chip, facts, heading, link } from "./parts.js";
import { picture } from "./picture.js";
import { go } from "./router.js";
import { unrolled } from "./unrolled.js";

export async function photo({ id, photo: wanted }, { signal }) {
  const path = `/api/preparations/${part(id)}`;
  const [manifest, page, vocabulary] = await Promise.all([
    get(path, { signal }), get(`${path}/photos?limit=1&from=${part(wanted)}`, { signal }),
    get(`${path}/vocabulary`, { signal }),
  ]);
  const [found] = page.photos;
  if (found?.id !== wanted) {
    throw Object.assign(new Error(`There is no photo "${wanted}" in this preparation`), { title: "Not found", status: 404 });
  }
  const words = new Map(Object.entries(vocabulary.wordIndex).map(([word, index]) => [index, word]));
  const back = `#/preparations/${id}/photos`;
  if (page.next) {
    keys({ ArrowRight: () => go(`/preparations/${id}/photos/${part(page.next)}`) }, signal);
  }
  return h("div", { class: "stack" },
    heading(found.id, {
      crumbs: [["Preparations", "#/preparations"], [id, `#/preparations/${id}`], ["Photos", back]],
      chip: found.split && chip(found.split),
      actions: [
        link("All photos", `${back}/from/${part(found.id)}`, "button"),
        page.next && link("Next →", `${back}/${part(page.next)}`, "button"),
      ].filter(Boolean),
    }),
    h("div", { class: "photo" },
      h("div", { class: "stack" }, shot(path, found, signal), found.servable && manifest.features.length > 0 && heats(path, found.id, manifest, signal)),
      h("div", { class: "stack" }, found.captions.map((caption, i) =>
        captionCard(caption, i, found, manifest, words)))));
}

function shot(path, found, signal) {
  return h("section", { class: "card stack close" },
    found.servable
      ? picture(`${path}/photos/file?photo=${part(found.id)}`, found.captions[0].raw, signal, "whole")
      : h("div", { class: "frame" }, "This photo has no usable file: its examples count in the text and cannot be served."),
    facts([["Captions", String(found.captions.length)], ["Examples", String(found.examples)]]));
}

function captionCard({ raw, tokens, encoded }, number, found, manifest, words) {
  const examples = Math.max(0, encoded.length - 1);
  return card(found.captions.length > 1 ? `Caption ${number + 1}` : "Caption",
    h("div", { class: "stack" },
      h("dl", { class: "stages" },
        h("dt", null, "raw"), h("dd", null, raw),
        h("dt", null, "cleaned"), h("dd", null, tokens.length ? tokens.join(" ") : h("em", { class: "soft" }, "nothing is left")),
        h("dt", null, "encoded"), h("dd", null, h("span", { class: "words" }, encoded.map((index) =>
          h("span", { class: "word" }, words.get(index) ?? "?", h("small", null, index)))))),
      examples > 0
        ? h("details", { open: number === 0 }, h("summary", null, `Unrolled into ${several(examples, "example")}`),
            unrolled(encoded, words, manifest.maxLength))
        : h("p", { class: "soft" }, "Fewer than two words: no example.")));
}

function keys(moves, signal) {
  document.addEventListener("keydown", (event) => {
    const typing = document.activeElement.matches("input:not([type=checkbox]), select, textarea, pre");
    if (!typing && !event.altKey && !event.ctrlKey && !event.metaKey) {
      moves[event.key]?.();
    }
  }, { signal });
}
