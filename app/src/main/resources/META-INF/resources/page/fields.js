// Fields of forms, and the refusal of one shown beside it.

import { h } from "./dom.js";
import { problem } from "./parts.js";

/** A labelled input; `name` is the key that a problem document names. */
export function field(name, title, input, hint) {
  input.setAttribute("name", name);
  const id = `wrong-${name}`;
  input.setAttribute("aria-describedby", id);
  return h("label", null, title, input, hint && h("small", null, hint),
    h("span", { class: "wrong", id, "data-for": name }));
}

export function option(value, text = value, selected = false) {
  return h("option", { value, selected }, text);
}

export function tick(name, title, checked = false) {
  return h("label", { class: "check" }, h("input", { type: "checkbox", name, checked }), title);
}

/** Texts by name, trimmed; of checkboxes whether they are ticked. */
export function read(form) {
  const values = {};
  for (const input of form.querySelectorAll("[name]")) {
    values[input.name] = input.type === "checkbox" ? input.checked : input.value.trim();
  }
  return values;
}

/** Shows a refusal beside the field that it names, else in `place`. */
export function formError(form, failure, place, prefix = "") {
  clearErrors(form, place);
  const name = failure.field?.startsWith(prefix) ? failure.field.slice(prefix.length) : failure.field;
  const input = name && form.querySelector(`[name="${CSS.escape(name)}"]`);
  if (!input) {
    place.replaceChildren(problem(failure));
    return;
  }
  input.setAttribute("aria-invalid", "true");
  input.closest("details")?.setAttribute("open", "");
  const allowed = failure.allowed ? ` Allowed: ${failure.allowed.join(", ")}.` : "";
  const words = form.querySelector(`[data-for="${CSS.escape(name)}"]`);
  words ? words.textContent = `${failure.message}.${allowed}` : place.replaceChildren(problem(failure));
}

export function clearErrors(form, place) {
  form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
  form.querySelectorAll(".wrong").forEach((words) => (words.textContent = ""));
  place.replaceChildren();
}
