// The service over HTTP, with the token of this tab.

const KEY = "captionary.token";

/** What the service answered instead (RFC 9457), or that it did not answer. */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail || document.title || `The service answered ${status}`);
    this.status = status;
    this.title = document.title;
    this.field = document.field;
    this.value = document.value;
    this.allowed = document.allowed;
  }
}

export const token = {
  get: () => sessionStorage.getItem(KEY),
  set: (value) => sessionStorage.setItem(KEY, value),
  forget: () => sessionStorage.removeItem(KEY),
};

/** Called when the token is no longer good. */
let signedOut = () => {};

export function onSignedOut(listener) {
  signedOut = listener;
}

/** Where the service is, without a slash at the end. */
export const BASE = new URL(".", document.baseURI).href.replace(/\/$/, "");

async function ask(path, { method = "GET", body, accept = "application/json", signal } = {}) {
  const headers = { Authorization: `Bearer ${token.get()}`, Accept: accept };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const answer = await reach(path, { method, headers, body: sent, signal });
  if (answer.ok) {
    return answer;
  }
  const problem = new Problem(answer.status, await documentOf(answer));
  if (answer.status === 401) {
    signedOut();
  }
  throw problem;
}

async function reach(path, request) {
  try {
    return await fetch(`${BASE}${path}`, request);
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    throw new Problem(0, { title: "No answer", detail: "The service cannot be reached" });
  }
}

async function documentOf(answer) {
  try {
    return await answer.json();
  } catch {
    return {};
  }
}

export async function get(path, options) {
  return (await ask(path, options)).json();
}

export async function post(path, body, options) {
  const answer = await ask(path, { ...options, method: "POST", body });
  return answer.status === 204 ? null : answer.json();
}

export async function remove(path) {
  await ask(path, { method: "DELETE" });
}

export async function blob(path, options) {
  return (await ask(path, { ...options, accept: "*/*" })).blob();
}

/** Gives each server-sent event's data to the listener; ends with the stream. */
export async function events(path, listener, signal) {
  const answer = await ask(path, { accept: "text/event-stream", signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (held + part.value).split(/\r?\n\r?\n/);
    held = blocks.pop();
    blocks.map(data).filter(Boolean).forEach((text) => listener(JSON.parse(text)));
  }
}

function data(block) {
  return block
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice(5))
    .join("\n");
}

/** A part of a path. */
export const part = encodeURIComponent;
