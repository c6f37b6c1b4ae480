// A photo, fetched with the token once it comes into sight; its place has its size from the start.

import { blob } from "./api.js";
import { h } from "./dom.js";

/** `kind`: thumb, whole, or nothing: how the frame is filled. */
export function picture(path, text, signal, kind = "") {
  const frame = h("div", { class: `frame ${kind}` });
  const seen = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      seen.disconnect();
      load(frame, path, text, signal);
    }
  }, { rootMargin: "300px" });
  seen.observe(frame);
  signal.addEventListener("abort", () => seen.disconnect());
  return frame;
}

async function load(frame, path, text, signal) {
  try {
    const address = URL.createObjectURL(await blob(path, { signal }));
    signal.addEventListener("abort", () => URL.revokeObjectURL(address));
    const image = h("img", { src: address, alt: text });
    image.addEventListener("error", () => none(frame));
    frame.replaceChildren(image);
  } catch (failure) {
    if (failure.name !== "AbortError") {
      none(frame);
    }
  }
}

function none(frame) {
  frame.replaceChildren(h("span", null, "cannot be shown"));
}
