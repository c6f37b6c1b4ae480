// Every preparation.

import { get } from "./api.js";
import { h } from "./dom.js";
import { count, moment } from "./format.js";
import { empty, heading, link, table, tableCard } from "./parts.js";
import { short } from "./recipe.js";

export async function preparations(_, { isAdmin, signal }) {
  const all = newest(await get("/api/preparations", { signal }));
  return h("div", { class: "stack" }, heading("Preparations"),
    all.length
      ? tableCard(null, preparationTable(all))
      : h("div", { class: "card" }, empty("No preparation yet",
          "A job makes one of a data set, by a recipe.",
          isAdmin && link("Choose a data set", "#/datasets", "button first"))));
}

/** The last made first. */
export function newest(preparations) {
  const time = (p) => new Date(p.provenance.finishedAt);
  return [...preparations].sort((a, b) => time(b) - time(a));
}

/** `within` a data set its name is left out. */
export function preparationTable(all, within = false) {
  const columns = [
    { title: "Preparation", tight: true, of: (p) => h("a", { href: `#/preparations/${p.id}`, class: "mono" }, p.id) },
    ...(within ? [] : [{ title: "Data set", of: (p) => p.dataset }]),
    { title: "Recipe", of: (p) => short(p.recipe) },
    { title: "Photos", right: true, of: (p) => count(p.photos) },
    { title: "Vocabulary", right: true, of: (p) => count(p.vocabularySize) },
    { title: "Examples", right: true, of: (p) => count(p.servableExamples) },
    { title: "Made", tight: true, of: (p) => moment(p.provenance.finishedAt) },
  ];
  return table(columns, all, { label: "Preparations" });
}
