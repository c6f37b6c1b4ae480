// Words by rank and count, both by powers of ten: Zipf's law is a straight line.

import { h, svg } from "./dom.js";
import { count, percent } from "./format.js";

const WIDTH = 520;
const HEIGHT = 210;
const FOOT = 24;
const LEFT = 46;
const POINTS = 300;

/** `counts` by word, in the order of indices; `marked`: words that are shown by name. */
export function frequencies(counts, marked) {
  const words = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  if (words.length === 0) {
    return h("p", { class: "soft" }, "The vocabulary is empty.");
  }
  const most = Math.max(words[0][1], 2);
  const decades = Math.log10(Math.max(words.length, 2));
  const x = (rank) => LEFT + (WIDTH - LEFT - 8) * Math.log10(rank) / decades;
  const y = (times) => 8 + (HEIGHT - FOOT - 8) * (1 - Math.log10(Math.max(times, 1)) / Math.log10(most));
  const named = marked ?? powers(words.length).map((rank) => words[rank - 1][0]);
  return h("div", { class: "stack close" },
    svg("svg", { class: "plot", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img",
      "aria-label": `Frequency of ${count(words.length)} words by rank; the most frequent is ${words[0][0]}, ${count(words[0][1])} times` },
    powers(most).map((value) => level(y(value), value)),
    powers(words.length).map((rank) => svg("text", { x: x(rank), y: HEIGHT - 6, "text-anchor": rank === 1 ? "start" : "middle" }, count(rank))),
    svg("path", { class: "curve", d: path(words, x, y) }),
    marks(words, named, x, y)),
    h("p", { class: "soft small" }, summary(words)));
}

function powers(most) {
  return Array.from({ length: Math.floor(Math.log10(Math.max(most, 1))) + 1 }, (_, i) => 10 ** i);
}

function level(y, value) {
  return [
    svg("line", { class: "axis", x1: LEFT, x2: WIDTH, y1: y, y2: y }),
    svg("text", { x: LEFT - 8, y: y + 4, "text-anchor": "end" }, count(value)),
  ];
}

/** At most so many ranks, evenly by power. */
function path(words, x, y) {
  const ranks = new Set(Array.from({ length: POINTS }, (_, i) => Math.round(words.length ** (i / (POINTS - 1)))));
  return [...ranks].map((rank, i) =>
    `${i ? "L" : "M"}${x(rank).toFixed(1)} ${y(words[rank - 1][1]).toFixed(1)}`).join("");
}

function marks(words, named, x, y) {
  const rank = new Map(words.map(([word], i) => [word, i + 1]));
  return named.filter((word) => rank.has(word)).slice(0, 12).map((word) => {
    const at = { x: x(rank.get(word)), y: y(words[rank.get(word) - 1][1]) };
    const end = at.x > WIDTH - 90;
    return svg("g", null,
      svg("circle", { class: "mark", cx: at.x, cy: at.y, r: 4 }),
      svg("text", { class: "named", x: at.x + (end ? -8 : 8), y: at.y - 6, "text-anchor": end ? "end" : "start" }, word));
  });
}

function summary(words) {
  const total = words.reduce((sum, [, times]) => sum + times, 0);
  const once = words.filter(([, times]) => times === 1).length;
  const top = words.slice(0, 100).reduce((sum, [, times]) => sum + times, 0);
  const share = words.length > 100 ? ` The 100 most frequent are ${percent(top / total)} of the text.` : "";
  return `${count(words.length)} words, ${count(once)} of them once.${share}`;
}
