// A preparation's photos, a page at a time from wherever one wants.

import { get, part } from "./api.js";
import { h } from "./dom.js";
import { several } from "./format.js";
import { chip, empty, link } from "./parts.js";
import { picture } from "./picture.js";
import { go } from "./router.js";
import { tabs } from "./tabs.js";
import { slash } from "./vocabulary.js";

const PAGE = 24;

export async function photos({ id, from = "" }, { signal }) {
  const path = `/api/preparations/${part(id)}`;
  const [manifest, page] = await Promise.all([
    get(path, { signal }), get(`${path}/photos?limit=${PAGE}${from && `&from=${part(from)}`}`, { signal }),
  ]);
  return h("div", { class: "stack" }, tabs(manifest, "Photos"),
    h("div", { class: "row apart" }, jump(id, from, signal), pages(id, from, page.next)),
    page.photos.length
      ? h("ul", { class: "photos" }, page.photos.map((photo) => h("li", null, tile(id, photo, signal))))
      : h("div", { class: "card" }, empty("No photo from here on", "No id is this or stands behind it.", link("From the first", `#/preparations/${id}/photos`))),
    page.photos.length > 6 && h("div", { class: "row" }, pages(id, from, page.next)));
}

function tile(id, photo, signal) {
  const [caption] = photo.captions;
  return h("a", { href: `#/preparations/${id}/photos/${part(photo.id)}` },
    photo.servable
      ? picture(`/api/preparations/${id}/photos/file?photo=${part(photo.id)}`, caption.raw, signal)
      : h("div", { class: "frame" }, "no usable file"),
    h("div", { class: "said" }, h("p", null, caption.raw),
      h("span", { class: "soft small" }, several(photo.examples, "example"), photo.split && ` · ${photo.split}`),
      h("span", { class: "soft small mono" }, photo.id)));
}

function jump(id, from, signal) {
  const search = h("input", { type: "search", value: from, placeholder: "id, or its beginning", "aria-label": "Photos from this id on", spellcheck: "false" });
  slash(search, signal);
  return h("form", { class: "row", on: { submit: (event) => {
    event.preventDefault();
    const text = search.value.trim().replace(/\.[^/]*$/, "");
    go(`/preparations/${id}/photos${text ? `/from/${part(text)}` : ""}`);
  } } }, h("span", null, search), h("button", { type: "submit" }, "Go"));
}

function pages(id, from, next) {
  const base = `#/preparations/${id}/photos`;
  return h("div", { class: "row" },
    from && link("First page", base, "button"),
    next ? link("Next page", `${base}/from/${part(next)}`, "button") : chip("last page"));
}
