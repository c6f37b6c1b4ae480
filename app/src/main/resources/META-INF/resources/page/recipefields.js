// The form's fields of a recipe, and the recipe that they mean.

import { h } from "./dom.js";
import { field, option, read, tick } from "./fields.js";
import { LAYERS } from "./recipe.js";

const RESIZE = ["nearest", "bilinear", "bicubic", "lanczos", "box", "hamming"];

export function recipeFields(splits) {
  const layers = h("div", { class: "stack close" });
  const extractor = choose("extractor", "Network", Object.keys(LAYERS), "vgg16 is the tutorial's; resnet50 the fastest");
  const network = extractor.querySelector("select");
  const showLayers = () => layers.replaceChildren(...LAYERS[network.value].map((layer, i) =>
    tick(`layer.${layer}`, layer, i === 0)));
  network.addEventListener("input", showLayers);
  showLayers();
  return [
    group("Captions",
      choose("captions", "Of each photo", ["first", "all", "longest", "best"]),
      choose("fitOn", "Vocabulary from", ["all", ...splits]),
      number("limit", "Limit", "Only the first so many photos, for a trial", 1)),
    group("Words",
      choose("cleaning", "Cleaning", ["tutorial", "unicode", "none"], "unicode: languages other than English"),
      choose("tokenizer", "Tokenizer", ["whitespace", "words"], "words: Chinese, Japanese, Thai …"),
      field("locale", "Locale", h("input", { placeholder: "und" }), "With unicode or words"),
      number("minTokenLength", "Shortest word", "In letters; 2, or 1 if not the tutorial's", 1),
      number("minCount", "Least count", "Rarer words are dropped; 1", 1),
      field("startEnd", "Start and end words", h("input", { placeholder: "none", spellcheck: "false", autocapitalize: "off" }),
        "Two words: startseq endseq"),
      ticks(tick("lettersOnly", "Letters only"),
        tick("outOfVocabulary", "Unknown words become <unk>"))),
    h("details", null, h("summary", null, "Human judgements"),
      h("div", { class: "fields" },
        number("minExpertScore", "Experts' mean", "At least, 1 to 4", 1, "any"),
        number("minCrowdYes", "Crowd's yes", "At least, 0 to 1", 0, "any"))),
    group("Features", extractor,
      h("div", { class: "field", role: "group", "aria-label": "Layers" }, "Layers", layers,
        h("span", { class: "wrong", "data-for": "features" }), h("input", { type: "hidden", name: "features" }))),
    h("details", null, h("summary", null, "How photos are read and kept"),
      h("div", { class: "fields" },
        choose("resize", "Resize", RESIZE), choose("precision", "Precision", ["float32", "bfloat16"]),
        choose("stored", "Stored as", ["float32", "float16"]),
        ticks(tick("exifOrientation", "Turn as EXIF says")))),
  ];
}

function group(title, ...fields) {
  return h("fieldset", null, h("legend", null, title), h("div", { class: "fields" }, fields));
}

function ticks(...all) {
  return h("div", { class: "field" }, all);
}

function choose(name, title, values, hint) {
  return field(name, title, h("select", null, values.map((value) => option(value))), hint);
}

function number(name, title, hint, min, step = 1) {
  return field(name, title, h("input", { type: "number", inputmode: "decimal", min, step }), hint);
}

const NUMBERS = ["limit", "minTokenLength", "minCount", "minExpertScore", "minCrowdYes"];
const USUAL = { captions: "first", fitOn: "all", cleaning: "tutorial", tokenizer: "whitespace", locale: "",
  extractor: "vgg16", resize: "nearest", precision: "float32", stored: "float32" };

/** Only what differs from the tutorial's recipe. */
export function recipeOf(form) {
  const values = read(form);
  const recipe = {};
  Object.entries(USUAL).filter(([name, usual]) => values[name] !== usual)
    .forEach(([name]) => (recipe[name] = values[name]));
  NUMBERS.filter((name) => values[name] !== "").forEach((name) => (recipe[name] = Number(values[name])));
  ["lettersOnly", "outOfVocabulary", "exifOrientation"].filter((name) => values[name])
    .forEach((name) => (recipe[name] = true));
  if (values.startEnd) {
    recipe.startEnd = /^startseq\s+endseq$/.test(values.startEnd) ? true : values.startEnd.split(/\s+/);
  }
  const layers = LAYERS[values.extractor].filter((layer) => values[`layer.${layer}`]);
  if (layers.length !== 1 || layers[0] !== "avg") {
    recipe.features = layers.length === 0 ? "none" : layers.length === 1 ? layers[0] : layers;
  }
  return recipe;
}
