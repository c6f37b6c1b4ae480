// What a recipe would give, asked for as it is typed; the former answer stays until the next comes.

import { part, post } from "./api.js";
import { h } from "./dom.js";
import { count } from "./format.js";
import { figures } from "./parts.js";

const PAUSE = 300;
const AGAIN = 700;

export function previewer(dataset, left) {
  const told = h("div", { class: "told stack" }, h("p", { class: "soft" }, "Trying the recipe on the captions …"));
  const element = h("section", { class: "card preview", "aria-label": "Preview", "aria-live": "off" },
    h("h2", null, "Preview"), told);
  let asked = new AbortController();
  left.addEventListener("abort", () => asked.abort());
  const show = async (recipe, refused) => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    element.classList.add("stale");
    const answer = await ask(dataset, recipe, signal);
    if (!signal.aborted) {
      element.classList.remove("stale");
      refused(answer.failure?.status === 400 ? answer.failure : null);
      tell(told, answer);
    }
  };
  return { element, show };
}

async function ask(dataset, recipe, signal) {
  let wait = PAUSE;
  while (!signal.aborted) {
    await new Promise((done) => setTimeout(done, wait));
    try {
      return signal.aborted ? {} : { preview: await post(`/api/datasets/${part(dataset)}/recipes/preview`, { recipe }, { signal }) };
    } catch (failure) {
      if (failure.status !== 503) {
        return { failure };
      }
      wait = AGAIN; // Another recipe is being tried.
    }
  }
  return {};
}

function tell(told, { preview, failure }) {
  if (preview) {
    told.replaceChildren(...shown(preview));
  } else if (failure?.status === 409) {
    told.replaceChildren(h("p", { class: "soft" },
      "This data set's files were not read yet: start a first job, as a trial with the tutorial's recipe perhaps. " +
      "From then on each recipe can be tried here first."));
  } else if (failure && failure.status !== 400) {
    told.replaceChildren(h("p", { class: "notice bad" }, failure.message));
  }
}

function shown(p) {
  const lost = p.minCount;
  return [
    figures([
      ["Captions", p.captions], ["Vocabulary size", p.vocabularySize], ["Longest caption", p.maxLength],
      ["Examples", p.examples], ["To serve", p.servableExamples], ["Emptied captions", p.emptyCaptions],
    ]),
    lost.wordsDropped > 0 && h("p", { class: "notice" },
      `minCount drops ${count(lost.wordsDropped)} words, empties ${count(lost.captionsEmptied)} captions, ` +
      `and loses ${count(lost.examplesLost)} examples.`),
    h("h3", null, "Captions on their way"),
    h("div", { class: "samples" }, p.samples.slice(0, 6).map(sample)),
    h("h3", null, "Most frequent words"), words(p.mostFrequent),
    h("h3", null, "Rarest words"), words(p.leastFrequent),
  ].filter(Boolean);
}

function sample({ raw, tokens, encoded }) {
  return h("div", null,
    h("span", { class: "soft" }, raw),
    h("span", null, tokens.join(" ") || h("em", { class: "soft" }, "nothing is left")),
    h("span", { class: "mono small soft" }, encoded.join(" ")));
}

function words(list) {
  return h("div", { class: "words" }, list.map(({ word, count: times }) =>
    h("span", { class: "word" }, word, h("small", null, count(times)))));
}
