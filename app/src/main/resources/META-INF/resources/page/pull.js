// The code that pulls a preparation's batches, as it has to be copied.

import { BASE, get, part, token } from "./api.js";
import { h } from "./dom.js";
import { field, option, read } from "./fields.js";
import { code } from "./parts.js";
import { curl } from "./snippets/curl.js";
import { java } from "./snippets/java.js";
import { keras } from "./snippets/keras.js";
import { python } from "./snippets/python.js";
import { torch } from "./snippets/torch.js";
import { tabs } from "./tabs.js";

const LANGUAGES = [["Python", python], ["Keras", keras], ["PyTorch", torch], ["Java", java], ["curl", curl]];
const KEY = "captionary.language";

export async function pull({ id }, { signal }) {
  const manifest = await get(`/api/preparations/${part(id)}`, { signal });
  const shown = h("div", { class: "stack", role: "tabpanel", "aria-live": "off" });
  const choice = h("form", { class: "fields" }, choices(manifest));
  let language = LANGUAGES.findIndex(([name]) => name === sessionStorage.getItem(KEY));
  const show = () => shown.replaceChildren(...steps(LANGUAGES[Math.max(language, 0)][1], manifest, choice));
  const bar = h("div", { class: "tabs", role: "tablist", "aria-label": "Language" },
    LANGUAGES.map(([name], i) => h("button", { type: "button", role: "tab", on: { click: () => pick(i) } }, name)));
  const pick = (i) => {
    language = i;
    sessionStorage.setItem(KEY, LANGUAGES[i][0]);
    [...bar.children].forEach((tab, k) => {
      tab.setAttribute("aria-selected", String(k === i));
      tab.tabIndex = k === i ? 0 : -1;
    });
    show();
  };
  bar.addEventListener("keydown", (event) => arrows(event, bar));
  choice.addEventListener("input", show);
  choice.addEventListener("submit", (event) => event.preventDefault());
  pick(Math.max(language, 0));
  return h("div", { class: "stack" }, tabs(manifest, "Pull it"),
    h("section", { class: "card" }, choice), h("section", { class: "card stack" }, bar, shown));
}

function arrows(event, bar) {
  const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (move) {
    const all = [...bar.children];
    const next = all[(all.indexOf(document.activeElement) + move + all.length) % all.length];
    next.focus();
    next.click();
  }
}

function choices(manifest) {
  const splits = ["all", ...Object.keys(manifest.splits)];
  const layers = manifest.features.map((f) => f.layer);
  const select = (name, title, values, chosen) => field(name, title,
    h("select", null, values.map((value) => option(value, value, value === chosen))));
  return [
    select("split", "Split", splits, splits.includes("train") ? "train" : "all"),
    select("photo", "Photos as", [...(layers.length ? ["features"] : []), "pixels", "none"]),
    layers.length > 1 && select("layer", "Layer", layers),
    field("size", "Examples a batch", h("input", { type: "number", min: 1, max: 65536, value: 64 })),
    select("shuffle", "Shuffle", ["examples", "captions", "none"]),
    field("seed", "Seed", h("input", { type: "number", value: 7 })),
  ];
}

function asked(manifest, choice) {
  const values = read(choice);
  return {
    url: BASE, id: manifest.id, split: values.split, photo: values.photo, shuffle: values.shuffle,
    size: Number(values.size) || 32, seed: Math.trunc(Number(values.seed)) || 0,
    layer: values.photo === "features" && manifest.features.length > 1 ? values.layer : null,
    shape: shape(manifest, values),
  };
}

/** Of one photo. */
function shape(manifest, { photo, layer }) {
  const stored = manifest.features.find((f) => !layer || f.layer === layer);
  return { none: null, pixels: [224, 224, 3], features: stored?.shape }[photo];
}

function steps(snippet, manifest, choice) {
  const { shell, file, text, run } = snippet(asked(manifest, choice));
  const secret = token.get().replaceAll("'", "'\\''");
  const first = [`export CAPTIONARY_TOKEN='${secret}'`, ...shell].join("\n");
  return [
    h("h3", null, "In a shell, once"),
    code(first, { label: "Shell", hidden: secret }),
    h("p", { class: "soft small" }, "The token is copied with it. Give trainers the trainer's, which may only read."),
    text && h("h3", null, file),
    text && code(text, { label: file }),
    run && h("h3", null, text ? "Then" : "Pull"),
    run && code(run, { label: "Run" }),
  ].filter(Boolean);
}
