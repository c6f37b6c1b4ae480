// The form that registers a data set.

import { part, post } from "./api.js";
import { h } from "./dom.js";
import { field, formError, option, read } from "./fields.js";
import { heading } from "./parts.js";
import { go } from "./router.js";

const FORMATS = ["flickr8k", "flickr30k", "kaggle", "coco", "karpathy", "imagefolder", "webdataset"];
const FILES = ["splits.train", "splits.dev", "splits.test", "annotations.expert", "annotations.crowd"];

export async function register() {
  const failures = h("div");
  const form = h("form", { class: "card stack", novalidate: true },
    h("div", { class: "fields" },
      field("name", "Name", h("input", { required: true, placeholder: "flickr8k" })),
      field("format", "Format", h("select", null, option("", "as its files are"), FORMATS.map((f) => option(f, f))))),
    field("photos", "Photos", path("/data/Flicker8k_Dataset"),
      "The folder of photos or a .zip; for webdataset the shards"),
    field("captions", "Captions", path("/data/Flickr8k_text/Flickr8k.token.txt"),
      "The file of captions; left empty for webdataset"),
    h("details", null, h("summary", null, "Splits and human judgements (optional)"),
      h("div", { class: "stack close" }, FILES.map((name) => field(name, title(name), path(""))))),
    failures,
    h("div", { class: "row" }, h("button", { class: "first", type: "submit" }, "Register")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, failures);
  });
  return h("div", { class: "stack" },
    heading("Register a data set", { crumbs: [["Data sets", "#/datasets"]] }),
    h("p", { class: "soft" }, "Paths are absolute, on the service's machine, and below a folder named in ",
      h("code", null, "CAPTIONARY_DATASET_ROOTS"), ". No file is changed or copied."),
    form);
}

function path(example) {
  return h("input", { placeholder: example, spellcheck: "false", autocapitalize: "off" });
}

function title(name) {
  const [kind, of] = name.split(".");
  return kind === "splits" ? `Split ${of}` : `Judgements, ${of}`;
}

async function send(form, failures) {
  const body = {};
  for (const [name, value] of Object.entries(read(form)).filter(([, value]) => value !== "")) {
    const [kind, of] = name.split(".");
    of ? ((body[kind] ??= {})[of] = value) : (body[name] = value);
  }
  try {
    await post("/api/datasets", body);
    go(`/datasets/${part(body.name)}/prepare`);
  } catch (failure) {
    formError(form, failure, failures);
  }
}
