// The bar above every view, and the change from one view to the next.

import { h, say } from "./dom.js";
import { empty, link, problem } from "./parts.js";
import { find } from "./router.js";

const PLACES = [
  ["Data sets", "#/datasets"],
  ["Preparations", "#/preparations"],
  ["Jobs", "#/jobs", "admin"],
];

/** Returns what ends it. */
export function frame(app, role, leave) {
  const busy = h("div", { class: "busy", "aria-hidden": "true" });
  const main = h("main", { id: "main", tabindex: "-1" });
  const places = PLACES.filter(([, , needs]) => !needs || needs === role)
    .map(([text, to]) => h("a", { href: to }, text));
  app.replaceChildren(
    h("a", { href: "#main", class: "skip", on: { click: (event) => skip(event, main) } }, "Skip to content"),
    h("div", { class: "bar" },
      h("div", { class: "bar-in" },
        h("a", { class: "brand", href: "#/" }, h("img", { src: "page/icon.svg", alt: "" }), "Captionary"),
        h("nav", { "aria-label": "Main" }, places),
        h("div", { class: "who" },
          h("span", { class: "chip", title: "What your token may do" }, role),
          h("button", { class: "slim", type: "button", on: { click: () => leave() } }, "Sign out"))),
      busy),
    main);
  follow(main, places, busy, role);
  return () => {
    left.abort();
    window.onhashchange = null;
  };
}

function skip(event, main) {
  event.preventDefault();
  main.focus();
}

let left = new AbortController();

/** Shows what the address names, now and whenever it changes; the old view stays until then. */
function follow(main, places, busy, role) {
  const show = async (first) => {
    left.abort();
    left = new AbortController();
    const { signal } = left;
    mark(places);
    busy.classList.add("on");
    const view = await made(role, signal);
    if (signal.aborted) {
      return;
    }
    busy.classList.remove("on");
    main.replaceChildren(...[view].flat());
    arrive(main, first);
  };
  window.onhashchange = () => show(false);
  show(true);
}

async function made(role, signal) {
  try {
    const found = find(location.hash);
    return found
      ? await found.view(found.named, { role, signal, isAdmin: role === "admin" })
      : empty("There is nothing here", "This address names no view.", link("To the overview", "#/"));
  } catch (failure) {
    return failed(failure);
  }
}

function failed(failure) {
  if (failure.name !== "AbortError" && failure.status === undefined) {
    console.error(failure);
  }
  const again = h("button", { type: "button", on: { click: () => window.onhashchange() } }, "Try again");
  return h("div", { class: "stack" }, h("h1", { tabindex: "-1" }, "This view cannot be shown"),
    problem(failure), h("div", { class: "row" }, again));
}

function arrive(main, first) {
  const title = main.querySelector("h1");
  document.title = title ? `${title.textContent} · Captionary` : "Captionary";
  if (!first) {
    window.scrollTo(0, 0);
    title?.focus({ preventScroll: true });
    say(title?.textContent ?? "");
  }
}

function mark(places) {
  for (const place of places) {
    const here = location.hash.startsWith(place.getAttribute("href"));
    here ? place.setAttribute("aria-current", "page") : place.removeAttribute("aria-current");
  }
}
