// One job: its steps as they go on, what can be done with it, and what failed on the way.

import { events, get, part, post } from "./api.js";
import { h, say } from "./dom.js";
import { count, lasted, moment, rate, seconds } from "./format.js";
import { action, card, facts, heading, link, problem, state, table, tableCard } from "./parts.js";
import { recipeTable } from "./recipe.js";

const MOVES = {
  QUEUED: ["pause", "cancel"], RUNNING: ["pause", "cancel"], PAUSED: ["resume", "cancel"], FAILED: ["retry"],
};

export async function job({ id }, { signal }) {
  const path = `/api/admin/jobs/${part(id)}`;
  const shown = { top: h("div"), steps: h("div"), facts: h("div"), failures: h("div", { class: "stack" }), said: h("div") };
  let now = await get(path, { signal });
  const show = async (next) => {
    const changed = next.state !== now.state || !shown.top.hasChildNodes();
    now = next;
    update(shown, now, changed && (() => buttons(path, now, shown, show, signal)));
    if (changed) {
      await showFailures(path, now, shown, signal);
    }
  };
  await show(now);
  follow(path, now, show, signal);
  return h("div", { class: "stack" }, shown.top, shown.said,
    card("Steps", shown.steps), shown.failures,
    h("div", { class: "two" }, card("Job", shown.facts), card("Recipe", recipeTable(now.recipe))));
}

/** Until it has ended; when the stream breaks it is asked again. */
async function follow(path, now, show, signal) {
  let last = now;
  while (!last.endedAt && !signal.aborted) {
    try {
      await events(`${path}/events`, (next) => { last = next; show(next); }, signal);
    } catch {
      // The service may be starting anew.
    }
    await new Promise((done) => setTimeout(done, 1000));
  }
}

function update(shown, now, made) {
  if (made) {
    const done = now.preparation && link("Open the preparation", `#/preparations/${now.preparation}`, "button first");
    shown.top.replaceChildren(heading(`Job ${now.id}`,
      { crumbs: [["Jobs", "#/jobs"]], chip: state(now.state), actions: [done, ...made()].filter(Boolean) }));
    say(`Job ${now.id} ${now.state.toLowerCase()}`);
  }
  if (shown.steps.childElementCount !== now.steps.length) {
    shown.steps.replaceChildren(...now.steps.map(() => step()));
  }
  now.steps.forEach((s, i) => fillStep(shown.steps.children[i], s));
  const known = [now.startedAt, now.endedAt, now.quarantined].join();
  if (shown.known !== known) {
    shown.known = known;
    shown.facts.replaceChildren(facts(about(now)));
  }
}

function about(now) {
  return [
    ["Data set", link(now.dataset, `#/datasets/${part(now.dataset)}`)],
    ["Created", moment(now.createdAt)],
    ["Started", moment(now.startedAt)],
    ["Ended", moment(now.endedAt)],
    ["Took", lasted(now.startedAt, now.endedAt) || "–"],
    ["Quarantined inputs", now.quarantined
      ? link(count(now.quarantined), `#/datasets/${part(now.dataset)}/quarantine`) : "0"],
  ];
}

function step() {
  return h("div", { class: "step" }, h("strong"), h("progress"), h("span", { class: "right" }),
    h("span", { class: "right soft small rate" }), h("span", { class: "right soft small eta" }));
}

function fillStep(row, { name, done, total, rate: speed, startedAt, endedAt, etaSeconds }) {
  const [title, bar, figures, pace, left] = row.children;
  title.textContent = name;
  bar.max = Math.max(total, 1);
  bar.value = endedAt ? bar.max : done;
  bar.className = endedAt ? "done" : "";
  bar.setAttribute("aria-label", `${name}: ${done} of ${total}`);
  figures.textContent = `${count(done)} / ${count(total)}`;
  pace.textContent = startedAt ? rate(speed) : "";
  left.textContent = endedAt ? lasted(startedAt, endedAt) : etaSeconds != null ? `${seconds(etaSeconds)} left` : "waiting";
}

function buttons(path, now, shown, show, signal) {
  return (MOVES[now.state] ?? []).map((move) => action(
    move[0].toUpperCase() + move.slice(1),
    async () => {
      await show(await post(`${path}/${move}`));
      if (move === "retry") {
        follow(path, { endedAt: null }, show, signal);
      }
    },
    shown.said, move === "cancel" ? "bad" : ""));
}

/** That they cannot be had is told in their place, and hides nothing else of the job. */
async function showFailures(path, now, shown, signal) {
  let failures;
  try {
    failures = await get(`${path}/failures`, { signal });
  } catch (failure) {
    if (failure.name !== "AbortError") {
      shown.failures.replaceChildren(problem(failure));
    }
    return;
  }
  const error = now.error && h("div", { class: "notice bad", role: "alert" }, h("strong", null, "The job failed"), now.error);
  shown.failures.replaceChildren(...[error, failures.length > 0 && tableCard("Failed attempts", attempts(failures))].filter(Boolean));
}

function attempts(failures) {
  const columns = [
    { title: "When", of: (f) => moment(f.at) },
    { title: "Step", of: (f) => f.step },
    { title: "Attempt", right: true, of: (f) => f.attempt },
    { title: "Node", of: (f) => f.node },
    { title: "Cause", of: (f) => f.cause },
  ];
  return table(columns, failures, { label: "Failed attempts" });
}
