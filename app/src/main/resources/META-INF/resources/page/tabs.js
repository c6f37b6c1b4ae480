// The head that a preparation's views have in common.

import { h } from "./dom.js";
import { heading } from "./parts.js";
import { short } from "./recipe.js";

const TABS = [["Overview", ""], ["Vocabulary", "/vocabulary"], ["Photos", "/photos"], ["Pull it", "/pull"]];

export function tabs(manifest, here) {
  const base = `#/preparations/${manifest.id}`;
  return [
    heading(manifest.id, { below: short(manifest.recipe), crumbs: [["Preparations", "#/preparations"], [manifest.dataset, `#/datasets/${encodeURIComponent(manifest.dataset)}`]] }),
    h("nav", { class: "tabs", "aria-label": "Preparation" }, TABS.map(([title, path]) =>
      h("a", { href: base + path, "aria-current": title === here ? "page" : null }, title))),
  ];
}
