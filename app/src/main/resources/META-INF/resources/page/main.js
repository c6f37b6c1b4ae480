// The page's start: signed in or not, and from then on the view that the address names.

import { get, onSignedOut, token } from "./api.js";
import { frame } from "./frame.js";
import { signIn } from "./signin.js";
import "./routes.js";

const app = document.getElementById("app");

async function start(words) {
  if (!token.get()) {
    app.replaceChildren(signIn(start, words));
    return;
  }
  try {
    const { role } = await get("/api/token");
    frame(app, role, leave);
  } catch (failure) {
    leave(failure.status === 401 ? "This token is not, or no longer, valid." : failure.message);
  }
}

function leave(words) {
  token.forget();
  location.hash = "";
  start(words);
}

onSignedOut(() => leave("This token is not, or no longer, valid."));
start();
