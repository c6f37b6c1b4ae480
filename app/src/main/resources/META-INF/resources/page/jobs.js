// Jobs, those under way with their progress.

import { get } from "./api.js";
import { h } from "./dom.js";
import { count, lasted, moment } from "./format.js";
import { empty, heading, link, state, table, tableCard } from "./parts.js";
import { short } from "./recipe.js";

const EVERY = 1000;

export async function jobs(_, { signal }) {
  const all = (await get("/api/admin/jobs", { signal })).sort((a, b) => b.id - a.id);
  return h("div", { class: "stack" }, heading("Jobs"),
    all.length
      ? tableCard(null, jobTable(all, signal))
      : h("div", { class: "card" }, empty("No job yet", "A job prepares a data set by a recipe.",
          link("Choose a data set", "#/datasets", "button first"))));
}

/** A table that is brought up to date as long as one of its jobs is under way. */
export function jobTable(all, signal) {
  const shown = h("div");
  const ids = new Set(all.map((job) => job.id));
  const show = (now) => keepingFocus(shown, () => shown.replaceChildren(plain(now)));
  show(all);
  if (all.some((job) => !job.endedAt)) {
    refresh(ids, show, signal);
  }
  return shown;
}

/** On the same link, which is another element afterwards. */
function keepingFocus(place, change) {
  const focused = place.contains(document.activeElement) && document.activeElement.getAttribute("href");
  change();
  if (focused) {
    place.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  }
}

async function refresh(ids, show, signal) {
  let open = true;
  while (open && !signal.aborted) {
    await new Promise((done) => setTimeout(done, EVERY));
    try {
      const now = (await get("/api/admin/jobs", { signal })).filter((job) => ids.has(job.id));
      show(now.sort((a, b) => b.id - a.id));
      open = now.some((job) => !job.endedAt);
    } catch {
      // It is asked again: the service may be starting anew.
    }
  }
}

function plain(all) {
  const columns = [
    { title: "Job", tight: true, of: (job) => link(`Job ${job.id}`, `#/jobs/${job.id}`) },
    { title: "Data set", of: (job) => job.dataset },
    { title: "Recipe", of: (job) => short(job.recipe) },
    { title: "State", of: (job) => job.endedAt ? state(job.state) : underWay(job) },
    { title: "Started", tight: true, of: (job) => moment(job.startedAt ?? job.createdAt) },
    { title: "Took", right: true, of: (job) => lasted(job.startedAt, job.endedAt) || "–" },
  ];
  return table(columns, all, { label: "Jobs" });
}

function underWay(job) {
  const step = [...job.steps].reverse().find((s) => s.startedAt && !s.endedAt);
  return h("span", { class: "stack close" }, h("span", { class: "row" }, state(job.state),
    step && h("span", { class: "small soft number" }, `${step.name} ${count(step.done)}/${count(step.total)}`)),
  step && h("progress", { max: Math.max(step.total, 1), value: step.done, "aria-label": step.name }));
}
