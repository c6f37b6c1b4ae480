// What of a data set could not be used, with the photo where it can be shown.

import { get, part } from "./api.js";
import { h } from "./dom.js";
import { count } from "./format.js";
import { chip, empty, heading, table, tableCard } from "./parts.js";
import { picture } from "./picture.js";

const PAGE = 50;

export async function quarantine({ name }, { signal }) {
  const rows = await get(`/api/datasets/${part(name)}/quarantine`, { signal });
  const kinds = [...new Set(rows.map((row) => row.kind))];
  const shown = h("div", { class: "stack" });
  const show = (kind, number) => {
    const chosen = rows.filter((row) => !kind || row.kind === kind);
    shown.replaceChildren(list(chosen.slice(0, number), name, signal));
    if (chosen.length > number) {
      shown.append(h("button", { type: "button", on: { click: () => show(kind, number + PAGE) } },
        `Show more of ${count(chosen.length)}`));
    }
  };
  show(kinds.includes("photo") ? "photo" : "", PAGE);
  const crumbs = [["Data sets", "#/datasets"], [name, `#/datasets/${part(name)}`]];
  if (rows.length === 0) {
    return h("div", { class: "stack" }, heading("Quarantine", { crumbs }),
      h("div", { class: "card" }, empty("Nothing was put aside", "Every input of the last import could be used.")));
  }
  return h("div", { class: "stack" },
    heading("Quarantine", { crumbs, chip: chip(count(rows.length), "warn") }),
    choice(kinds, rows, show), shown);
}

function choice(kinds, rows, show) {
  const pick = (event) => show(event.target.value, PAGE);
  const number = (kind) => count(rows.filter((row) => row.kind === kind).length);
  const preferred = kinds.includes("photo") ? "photo" : "";
  const option = (value, text) => h("option", { value, selected: value === preferred }, text);
  return h("div", { class: "fields" }, h("label", null, "Kind of input",
    h("select", { on: { change: pick } },
      option("", `All (${count(rows.length)})`),
      kinds.map((kind) => option(kind, `${kind} (${number(kind)})`)))));
}

function list(rows, name, signal) {
  const photos = rows.some((row) => row.kind === "photo");
  const columns = [
    ...(photos ? [{ title: "Photo", of: (row) => row.kind === "photo" ? shot(row, name, signal) : "–" }] : []),
    { title: "Input", of: (row) => input(row) },
    { title: "Reason", of: (row) => row.reason },
  ];
  return tableCard(null, table(columns, rows, { label: "Quarantine" }));
}

function shot(row, name, signal) {
  const path = `/api/datasets/${part(name)}/quarantine/photo?source=${part(row.source)}`;
  return picture(path, row.source, signal, "thumb");
}

function input(row) {
  return h("span", null, h("code", null, row.source), row.line != null && ` line ${count(row.line)}`,
    row.text && h("div", { class: "soft small" }, row.text));
}
