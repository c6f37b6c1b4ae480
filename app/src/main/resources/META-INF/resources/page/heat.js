// A photo's features as small heat maps: vectors as a block of cells, 7 x 7 maps as their mean.

import { get, part } from "./api.js";
import { h } from "./dom.js";
import { percent } from "./format.js";
import { card } from "./parts.js";

/** Dark to bright, as in viridis; told apart without colour too. */
const COLOURS = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];

export function heats(path, photo, manifest, signal) {
  return card("Features", h("div", { class: "heats" }, manifest.features.map((feature) => {
    const place = h("div", { class: "stack close" }, h("h3", null, h("code", null, feature.layer), " ",
      h("span", { class: "soft small" }, feature.shape.join(" × "))));
    const canvas = canvasFor(feature);
    const told = h("p", { class: "soft small number" }, " ");
    place.append(canvas, told);
    load(`${path}/photos/features?photo=${part(photo)}&layer=${part(feature.layer)}`, feature, canvas, told, signal);
    return place;
  })));
}

function size({ shape }) {
  if (shape.length === 3) {
    return [shape[1], shape[0]];
  }
  const high = 2 ** Math.floor(Math.log2(Math.sqrt(shape[0] / 2)));
  return [Math.ceil(shape[0] / high), high];
}

function canvasFor(feature) {
  const [width, height] = size(feature);
  return h("canvas", { class: "heat", width, height, role: "img", "aria-label": `Heat map of ${feature.layer}`,
    style: { "aspect-ratio": `${width} / ${height}`, "max-width": feature.shape.length === 3 ? "220px" : "100%" } });
}

async function load(path, feature, canvas, told, signal) {
  try {
    const values = (await get(path, { signal }))[feature.layer].flat(Infinity);
    paint(canvas, feature.shape.length === 3 ? means(values, feature.shape) : values);
    told.textContent = summary(values, feature);
  } catch (failure) {
    told.textContent = failure.name === "AbortError" ? "" : failure.message;
  }
}

/** Over the channels, which are last. */
function means(values, [rows, columns, channels]) {
  return Array.from({ length: rows * columns }, (_, i) =>
    values.slice(i * channels, (i + 1) * channels).reduce((a, b) => a + b, 0) / channels);
}

function paint(canvas, cells) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const [least, most] = bounds(cells);
  cells.forEach((value, i) => image.data.set([...colour((value - least) / (most - least || 1)), 255], 4 * i));
  context.putImageData(image, 0, 0);
}

function bounds(values) {
  return values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
}

function colour(share) {
  const at = share * (COLOURS.length - 1);
  const low = Math.min(Math.floor(at), COLOURS.length - 2);
  return COLOURS[low].map((from, i) => Math.round(from + (COLOURS[low + 1][i] - from) * (at - low)));
}

function summary(values, { shape }) {
  const [least, most] = bounds(values);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const zeros = values.filter((value) => value === 0).length / values.length;
  const text = `${least.toPrecision(3)} to ${most.toPrecision(3)}, mean ${mean.toPrecision(3)}, ${percent(zeros)} zeros`;
  return shape.length === 3 ? `Mean over ${shape[2]} channels. ${text}` : text;
}
