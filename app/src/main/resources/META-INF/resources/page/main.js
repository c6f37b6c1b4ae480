// The page's start: signed in or not, and from then on the view that the address names.

import { get, onSignedOut, token } from "./api.js";
import { frame } from "./frame.js";
import { signIn } from "./signin.js";
import "./routes.js";

let stop = () => {};

const app = document.getElementById("app");

async function start(words) {
  if (!token.get()) {
    app.replaceChildren(signIn(start, words));
    return;
  }
  try {
    const { role } = await get("/api/token");
    stop = frame(app, role, leave);
  } catch (failure) {
    leave(failure.status === 401 ? "This token is not, or no longer, valid." : failure.message);
  }
}

/** Once, however many requests find that the token is not good. */
function leave(words) {
  if (!token.get()) {
    return;
  }
  token.forget();
  stop();
  if (!words) {
    location.hash = "";
  }
  start(words);
}

onSignedOut(() => leave("This token is not, or no longer, valid."));
start();
