// The data sets that are registered.

import { get, part } from "./api.js";
import { h } from "./dom.js";
import { count } from "./format.js";
import { chip, empty, heading, link, table, tableCard } from "./parts.js";

export async function datasets(_, { isAdmin, signal }) {
  const all = await get("/api/datasets", { signal });
  const register = isAdmin ? [link("Register a data set", "#/register", "button first")] : [];
  return h("div", { class: "stack" }, heading("Data sets", { actions: all.length ? register : [] }),
    all.length
      ? tableCard(null, datasetTable(all, isAdmin))
      : h("div", { class: "card" }, empty("No data set yet",
          isAdmin
            ? "A data set is a folder of photos and a file of captions that the service may read."
            : "Somebody with the admin token has to register one.", register)));
}

function datasetTable(all, isAdmin) {
  const columns = [
    { title: "Name", of: (d) => link(d.name, `#/datasets/${part(d.name)}`) },
    { title: "Format", of: (d) => d.format },
    { title: "Splits", of: (d) => Object.keys(d.splits).join(", ") || "–" },
    { title: "Last import", of: (d) => imported(d) },
    { title: "Quarantined", right: true, of: (d) => quarantined(d, isAdmin) },
  ];
  return table(columns, all, { label: "Data sets" });
}

export function imported(dataset) {
  if (!dataset.lastImport) {
    return chip("not yet read");
  }
  return dataset.lastImport.complete ? chip("complete", "good") : chip("under way", "live");
}

function quarantined(dataset, isAdmin) {
  const number = dataset.lastImport?.quarantined;
  return number && isAdmin
    ? link(count(number), `#/datasets/${part(dataset.name)}/quarantine`)
    : count(number);
}
