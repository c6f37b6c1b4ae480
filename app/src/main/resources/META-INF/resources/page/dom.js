// Elements without markup in strings, so that nothing needs escaping and no style is inline.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. `props`: attributes; `on`: listeners by event; `style`: CSS properties;
 * true is an attribute without a value, false and null leave it out.
 */
export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props ?? {}, children);
}

export function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props ?? {}, children);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    set(element, name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

function set(element, name, value) {
  if (name === "on") {
    Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
  } else if (name === "style") {
    Object.entries(value).forEach(([property, text]) => element.style.setProperty(property, text));
  } else if (name === "value" || name === "checked") {
    element[name] = value ?? "";
  } else if (value !== false && value != null) {
    element.setAttribute(name, value === true ? "" : value);
  }
}

/** Tells those who do not see the page. */
export function say(text) {
  document.getElementById("said").textContent = text;
}
