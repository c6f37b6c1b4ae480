// Composes a recipe beside a preview of what it gives, and starts the job.

import { get, part, post } from "./api.js";
import { h } from "./dom.js";
import { clearErrors, formError } from "./fields.js";
import { code, heading } from "./parts.js";
import { previewer } from "./preview.js";
import { recipeFields, recipeOf } from "./recipefields.js";
import { go } from "./router.js";

export async function prepare({ name }, { isAdmin, signal }) {
  const dataset = await get(`/api/datasets/${part(name)}`, { signal });
  const failures = h("div");
  const told = h("div");
  const form = h("form", { class: "card stack", novalidate: true },
    recipeFields(await splits(dataset, isAdmin, signal)), failures,
    h("div", { class: "row" },
      h("button", { class: "first", type: "submit", disabled: !isAdmin }, "Start the job"),
      !isAdmin && h("span", { class: "soft small" }, "Jobs need the admin token.")));
  const preview = previewer(name, signal);
  const change = () => {
    const recipe = recipeOf(form);
    told.replaceChildren(code(JSON.stringify(recipe, null, 2), { label: "Recipe as JSON" }));
    preview.show(recipe, (failure) => failure ? formError(form, failure, failures, "recipe.") : clearErrors(form, failures));
  };
  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start(name, form, failures);
  });
  change();
  return h("div", { class: "stack" },
    heading("Compose a recipe", { crumbs: [["Data sets", "#/datasets"], [name, `#/datasets/${part(name)}`]] }),
    h("div", { class: "compose" },
      h("div", { class: "stack" }, form,
        h("details", { class: "card" }, h("summary", null, "The recipe as the API takes it"), told)),
      preview.element));
}

/** Named at registration, or told by the captions themselves. */
async function splits(dataset, isAdmin, signal) {
  const named = Object.keys(dataset.splits);
  if (named.length > 0 || !dataset.lastImport || !isAdmin) {
    return named;
  }
  return Object.keys((await get(`/api/datasets/${part(dataset.name)}/report`, { signal })).splits);
}

async function start(dataset, form, failures) {
  try {
    const job = await post("/api/admin/jobs", { dataset, recipe: recipeOf(form) });
    go(`/jobs/${job.id}`);
  } catch (failure) {
    formError(form, failure, failures, "recipe.");
  }
}
