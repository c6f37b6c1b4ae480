// A preparation: its figures, how long captions are, how frequent words, and where it comes from.

import { get, part, remove } from "./api.js";
import { h } from "./dom.js";
import { count, moment } from "./format.js";
import { frequencies } from "./frequencies.js";
import { histogram } from "./histogram.js";
import { action, card, facts, figures, sure, table, tableCard } from "./parts.js";
import { recipeTable } from "./recipe.js";
import { go } from "./router.js";
import { tabs } from "./tabs.js";

export async function preparation({ id }, { isAdmin, signal }) {
  const path = `/api/preparations/${part(id)}`;
  const [manifest, lengths, vocabulary] = await Promise.all([
    get(path, { signal }), get(`${path}/lengths`, { signal }), get(`${path}/vocabulary`, { signal }),
  ]);
  const failures = h("div");
  return h("div", { class: "stack" }, tabs(manifest, "Overview"),
    manifest.notes.map((note) => h("p", { class: "notice" }, note)),
    figures([
      ["Described", manifest.describedPhotos], ["Photos", manifest.photos],
      ["Captions", manifest.captions], ["Emptied", manifest.emptyCaptions],
      ["Vocabulary size", manifest.vocabularySize], ["Max length", manifest.maxLength],
      ["Examples", manifest.examples], ["To serve", manifest.servableExamples],
    ]),
    h("div", { class: "two" },
      card("Words in a caption", histogram(lengths)),
      card("Frequency of words", frequencies(vocabulary.counts))),
    Object.keys(manifest.splits).length > 0 && tableCard("Splits", splitTable(manifest.splits)),
    manifest.features.length > 0 && tableCard("Features", featureTable(manifest.features)),
    h("div", { class: "two" }, card("Recipe", recipeTable(manifest.recipe)),
      card("Provenance", facts(provenance(manifest.provenance)))),
    failures,
    isAdmin && h("div", { class: "row" }, action("Delete preparation", () => drop(path, id), failures, "bad")));
}

function splitTable(splits) {
  const figure = (title, name) => ({ title, right: true, of: ([, s]) => count(s[name]) });
  return table([
    { title: "Split", of: ([name]) => name },
    figure("Described", "describedPhotos"), figure("Photos", "photos"), figure("Captions", "captions"),
    figure("Examples", "examples"), figure("To serve", "servableExamples"),
  ], Object.entries(splits), { label: "Splits" });
}

function featureTable(features) {
  return table([
    { title: "Layer", of: (f) => h("code", null, f.layer) },
    { title: "Shape", of: (f) => f.shape.join(" × ") },
    { title: "Network", of: (f) => f.extractor },
    { title: "Weights", of: (f) => h("span", { title: `SHA-256 ${f.weightsSha256}` }, f.weights) },
    { title: "Precision", of: (f) => f.precision },
    { title: "Stored as", of: (f) => f.stored },
  ], features, { label: "Features" });
}

function provenance(of) {
  const hash = (text) => h("code", { title: text }, `${text.slice(0, 16)}…`);
  return [
    ["Finished", moment(of.finishedAt)],
    ["Job", String(of.job)],
    ["Data set's SHA-256", hash(of.datasetSha256)],
    ["Captions' SHA-256", hash(of.captionsSha256)],
    ["Version", of.version],
    ["Java", of.java],
    ["Machine", of.machine],
  ];
}

async function drop(path, id) {
  if (sure(`Delete the preparation ${id}? Trainers that pull from it will be refused.`)) {
    await remove(path);
    go("/preparations");
  }
}
