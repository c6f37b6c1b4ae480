// Where one arrives: what to do first, and then what is there and under way.

import { get } from "./api.js";
import { h } from "./dom.js";
import { several } from "./format.js";
import { figures, heading, link, tableCard } from "./parts.js";
import { jobTable } from "./jobs.js";
import { newest, preparationTable } from "./preparations.js";

const LATEST = 5;

export async function overview(_, { isAdmin, signal }) {
  const [datasets, preparations, jobs] = await Promise.all([
    get("/api/datasets", { signal }),
    get("/api/preparations", { signal }),
    isAdmin ? get("/api/admin/jobs", { signal }) : [],
  ]);
  if (preparations.length === 0) {
    return h("div", { class: "stack" }, heading("Welcome to Captionary"),
      firstSteps(datasets, jobs, isAdmin), isAdmin && jobs.length > 0 && latestJobs(jobs, signal));
  }
  return h("div", { class: "stack" },
    heading("Overview", { actions: isAdmin ? [link("Register a data set", "#/register", "button")] : [] }),
    figures([
      ["Data sets", datasets.length],
      ["Preparations", preparations.length],
      ["Examples to serve", preparations.reduce((sum, p) => sum + p.servableExamples, 0)],
      ...(isAdmin ? [["Jobs under way", jobs.filter((job) => !job.endedAt).length]] : []),
    ]),
    tableCard("Latest preparations", preparationTable(newest(preparations).slice(0, LATEST)),
      link(`All ${preparations.length}`, "#/preparations")),
    isAdmin && latestJobs(jobs, signal));
}

function latestJobs(jobs, signal) {
  const newestFirst = [...jobs].sort((a, b) => b.id - a.id).slice(0, LATEST);
  return tableCard("Latest jobs", jobTable(newestFirst, signal), link(`All ${jobs.length}`, "#/jobs"));
}

function firstSteps(datasets, jobs, isAdmin) {
  const first = datasets[0];
  return h("section", { class: "card stack" }, h("ol", { class: "steps" },
    step("Register a data set", datasets.length > 0,
      datasets.length > 0
        ? `${several(datasets.length, "data set")} registered.`
        : "Name a folder of photos and a file of captions that the service may read.",
      isAdmin && link("Register a data set", "#/register", datasets.length ? "" : "button first")),
    step("Prepare it", false,
      "Choose how captions are cleaned and which features are extracted; a job does it once.",
      first && isAdmin && link("Compose a recipe", `#/datasets/${encodeURIComponent(first.name)}/prepare`,
        jobs.some((job) => !job.endedAt) ? "" : "button first")),
    step("Pull batches", false,
      "Each preparation's page has the code: Python, Keras, PyTorch, Java, curl.")),
  isAdmin
    ? datasets.length === 0 && h("p", { class: "soft small" }, "No data set at hand? The service draws one, with captions: ",
        h("code", null, "java -jar quarkus-run.jar sample /data/sample --photos 60"))
    : h("p", { class: "soft small" }, "Registering and preparing need the admin token."));
}

function step(title, done, text, act) {
  return h("li", { class: done ? "done" : null }, h("h2", null, title),
    h("div", { class: "stack close" }, h("p", { class: "soft" }, text), act && h("div", { class: "row" }, act)));
}
