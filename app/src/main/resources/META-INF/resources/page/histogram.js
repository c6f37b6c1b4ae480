// How many captions have how many words, as bars.

import { h, svg } from "./dom.js";
import { count, several } from "./format.js";

const WIDTH = 520;
const HEIGHT = 210;
const FOOT = 24;
const LEFT = 46;
const MOST_BARS = 60;

export function histogram(lengths) {
  if (lengths.length === 0) {
    return h("p", { class: "soft" }, "No captions.");
  }
  const bars = binned(lengths);
  const highest = Math.max(...bars.map((bar) => bar.captions));
  const width = (WIDTH - LEFT) / bars.length;
  const y = (captions) => (HEIGHT - FOOT) * (1 - captions / highest);
  const every = Math.ceil(bars.length / 14);
  const total = lengths.reduce((sum, l) => sum + l.captions, 0);
  const mean = lengths.reduce((sum, l) => sum + l.captions * l.words, 0) / total;
  return h("div", { class: "stack close" },
    svg("svg", { class: "plot", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img",
      "aria-label": `Histogram of caption lengths, ${lengths[0].words} to ${lengths.at(-1).words} words, mean ${mean.toFixed(1)}` },
    [0, 0.5, 1].map((share) => grid(y(share * highest), Math.round(share * highest))),
    bars.map((bar, i) => svg("rect", { class: "bar-of", x: LEFT + i * width + width * 0.08, width: width * 0.84,
      y: y(bar.captions), height: HEIGHT - FOOT - y(bar.captions), rx: Math.min(2, width / 4) },
    svg("title", null, `${bar.name} words: ${several(bar.captions, "caption")}`))),
    bars.map((bar, i) => i % every === 0 && svg("text", { x: LEFT + (i + 0.5) * width, y: HEIGHT - 6, "text-anchor": "middle" }, bar.name))),
    h("p", { class: "soft small" }, `${several(total, "caption")}, ${mean.toFixed(1)} words on average; start and end words count.`));
}

function grid(y, value) {
  return [
    svg("line", { class: "axis", x1: LEFT, x2: WIDTH, y1: y, y2: y }),
    svg("text", { x: LEFT - 8, y: Math.max(y + 4, 9), "text-anchor": "end" }, count(value)),
  ];
}

/** A bar for each length, or for as many neighbours as fit. */
function binned(lengths) {
  const from = lengths[0].words;
  const to = lengths.at(-1).words;
  const size = Math.ceil((to - from + 1) / MOST_BARS);
  const bars = Array.from({ length: Math.ceil((to - from + 1) / size) }, (_, i) => {
    const first = from + i * size;
    return { name: size === 1 ? `${first}` : `${first}–${first + size - 1}`, captions: 0 };
  });
  lengths.forEach(({ words, captions }) => (bars[Math.floor((words - from) / size)].captions += captions));
  return bars;
}
