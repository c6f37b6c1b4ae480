// A recipe's fields: their defaults, and what of a recipe differs from them.

import { h } from "./dom.js";
import { table } from "./parts.js";

export const DEFAULTS = {
  captions: "first", fitOn: "all", limit: null, minExpertScore: null, minCrowdYes: null,
  cleaning: "tutorial", tokenizer: "whitespace", locale: "und", minTokenLength: 2, lettersOnly: false,
  minCount: 1, startEnd: false, outOfVocabulary: false,
  extractor: "vgg16", features: "avg", resize: "nearest", exifOrientation: false,
  precision: "float32", stored: "float32",
};

/** The layers of each network, the default first. */
export const LAYERS = {
  vgg16: ["avg", "block5_pool", "fc1", "fc2"],
  vgg19: ["avg", "block5_pool", "fc1", "fc2"],
  resnet50: ["avg", "conv5_block3_out"],
};

function written(value) {
  return Array.isArray(value) ? value.join(", ") : String(value ?? "–");
}

/** Only what is not the tutorial's. */
export function changed(recipe) {
  return Object.fromEntries(Object.entries(recipe).filter(([name, value]) =>
    written(value) !== written(DEFAULTS[name])));
}

/** In a few words. */
export function short(recipe) {
  const words = Object.entries(changed(recipe)).map(([name, value]) =>
    value === true ? name : `${name} ${written(value)}`);
  return words.length ? words.join(" · ") : "the tutorial's";
}

export function recipeTable(recipe) {
  const others = changed(recipe);
  const columns = [
    { title: "Field", of: ([name]) => h("code", null, name) },
    { title: "Value", of: ([name, value]) => name in others ? h("strong", null, written(value)) : written(value) },
  ];
  const all = Object.entries(recipe);
  const usual = all.filter(([name]) => !(name in others));
  const own = all.filter(([name]) => name in others);
  return [
    own.length > 0 ? table(columns, own, { label: "Fields that differ", stacks: false })
      : h("p", { class: "soft" }, "The tutorial's recipe, in every field."),
    h("details", { class: "small" }, h("summary", null, `${usual.length} fields as by default`),
      table(columns, usual, { label: "Fields as by default", stacks: false })),
  ];
}
