// The line that all Python snippets have in common.

/** `Batches(...)` of the client, with what is not its default. */
export function batches({ id, split, size, shuffle, seed, photo, layer }) {
  const options = [
    ["split", split !== "all" && text(split)],
    ["size", size],
    ["photo", photo !== "features" && text(photo)],
    ["layer", layer && text(layer)],
    ["shuffle", shuffle !== "none" && text(shuffle)],
    ["seed", shuffle !== "none" && seed],
  ].filter(([, value]) => value !== false && value !== null).map(([name, value]) => `${name}=${value}`);
  return `batches = captionary.Batches(\n    client, ${text(id)}, ${options.join(", ")}\n)`;
}

/** A string literal: JSON's are Python's and Java's too. */
export function text(value) {
  return JSON.stringify(value);
}

/** Systems' own Pythons take no packages. */
export function install(...packages) {
  return [
    "# in an environment of its own: python3 -m venv .venv && . .venv/bin/activate",
    `python3 -m pip install -q ${packages.join(" ")}`,
  ];
}

export function fetchClient(url, name = "captionary.py") {
  return `curl -fsSO ${url}/clients/${name}`;
}
