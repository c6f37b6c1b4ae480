// A data set: where its files are, and the account of its last import.

import { get, part, remove } from "./api.js";
import { imported } from "./datasets.js";
import { h } from "./dom.js";
import { count } from "./format.js";
import { action, card, facts, figures, heading, link, sure, table, tableCard } from "./parts.js";
import { newest, preparationTable } from "./preparations.js";
import { go } from "./router.js";

export async function dataset({ name }, { isAdmin, signal }) {
  const [found, preparations] = await Promise.all([
    get(`/api/datasets/${part(name)}`, { signal }),
    get("/api/preparations", { signal }),
  ]);
  const report = isAdmin && found.lastImport && await get(`/api/datasets/${part(name)}/report`, { signal });
  const failures = h("div");
  const made = preparations.filter((p) => p.dataset === name);
  return h("div", { class: "stack" },
    heading(name, {
      crumbs: [["Data sets", "#/datasets"]],
      chip: imported(found),
      actions: [link(isAdmin ? "Prepare" : "Try a recipe", `#/datasets/${part(name)}/prepare`, "button first")],
    }),
    failures,
    report && account(report, name),
    made.length > 0 && tableCard("Preparations", preparationTable(newest(made), true)),
    card("Files", facts(files(found))),
    isAdmin && h("div", { class: "row" }, action("Delete data set", () => drop(name), failures, "bad")));
}

function files(found) {
  const code = (text) => h("code", null, text);
  return [
    ["Format", found.format],
    ["Photos", code(found.photos)],
    ...(found.captions ? [["Captions", code(found.captions)]] : []),
    ...Object.entries(found.splits).map(([split, file]) => [`Split ${split}`, code(file)]),
    ...Object.entries(found.annotations).map(([of, file]) => [`Judgements, ${of}`, code(file)]),
  ];
}

function account(report, name) {
  const { captions, photos } = report;
  return [
    figures([
      ["Captions read", captions.rows ?? "–"], ["Captions kept", captions.kept],
      ["Described photos", captions.describedPhotos], ["Usable photos", photos.usable],
      ["Captions rejected", captions.rejected], ["Photos rejected", photos.rejected],
    ]),
    h("div", { class: "two" },
      report.rejected.length > 0 && tableCard("Put aside", rejected(report.rejected),
        link("Quarantine", `#/datasets/${part(name)}/quarantine`)),
      card("What stood out", facts(remarks(report)), listed(captions.withoutPhoto, "Described photos without a file"),
        listed(photos.withoutCaptions, "Photos without captions"))),
  ];
}

function rejected(rows) {
  const columns = [
    { title: "Kind", of: (r) => r.kind },
    { title: "Reason", of: (r) => r.reason },
    { title: "Inputs", right: true, of: (r) => count(r.count) },
  ];
  return table(columns, rows, { label: "Reasons of the quarantine" });
}

function remarks({ captions, photos, splits, sharedPhotos, encodings }) {
  return [
    ["Blank captions", count(captions.empty)],
    ["Repeated captions", count(captions.repeated)],
    ["Repeated photos", count(photos.repeated)],
    ["Described without a file", count(captions.withoutPhoto.count)],
    ["Photos without captions", count(photos.withoutCaptions.count)],
    ...Object.entries(splits).map(([split, number]) => [`Photos in ${split}`, count(number)]),
    ...Object.entries(sharedPhotos).map(([other, number]) => [`Shared with ${other}`, count(number)]),
    ...Object.entries(encodings).map(([file, encoding]) => [h("code", null, file), encoding]),
  ];
}

function listed({ count: number, first }, title) {
  return number > 0 && h("details", null, h("summary", null, `${title} (${count(number)})`),
    h("p", { class: "small" }, h("code", null, first.join(", ")), first.length < number && " …"));
}

async function drop(name) {
  if (sure(`Delete the data set "${name}" and every preparation that was made of it? Its files stay.`)) {
    await remove(`/api/datasets/${part(name)}`);
    go("/datasets");
  }
}
