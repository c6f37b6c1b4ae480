// Signing in: a token that the service knows, kept for this tab alone.

import { token } from "./api.js";
import { h } from "./dom.js";

export function signIn(then, words) {
  const input = h("input", {
    type: "password", id: "token", name: "token", required: true, autocomplete: "current-password",
    spellcheck: "false", "aria-describedby": "token-hint",
  });
  const enter = (event) => {
    event.preventDefault();
    token.set(input.value.trim());
    then();
  };
  queueMicrotask(() => input.focus());
  return h("main", { class: "enter" },
    h("div", { class: "brand" }, h("img", { src: "page/icon.svg", alt: "" }), "Captionary"),
    h("h1", null, "Sign in"),
    words && h("p", { class: "notice bad", role: "alert" }, words),
    h("form", { on: { submit: enter } },
      h("label", { for: "token" }, "Token", input),
      h("button", { class: "first", type: "submit" }, "Sign in")),
    h("p", { class: "soft small", id: "token-hint" },
      "The service made two tokens on its first start: ", h("code", null, "tokens/admin"),
      " for everything and ", h("code", null, "tokens/trainer"),
      " to read, in its data directory (", h("code", null, "captionary-data"),
      "). The token stays in this tab and is forgotten when it is closed."));
}
