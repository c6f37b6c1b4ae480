// Which view an address behind `#` means.

const routes = [];

/** `pattern`: "/datasets/:name"; a part that begins with a colon is given to the view. */
export function route(pattern, view) {
  const names = [...pattern.matchAll(/:(\w+)/g)].map((found) => found[1]);
  const form = new RegExp(`^${pattern.replace(/:\w+/g, "([^/]+)")}$`);
  routes.push({ form, names, view });
}

/** The view of an address and what the address names; none if no view has it. */
export function find(hash) {
  const path = hash.replace(/^#/, "") || "/";
  for (const { form, names, view } of routes) {
    const found = form.exec(path);
    if (found) {
      const named = names.map((name, i) => [name, decodeURIComponent(found[i + 1])]);
      return { view, named: Object.fromEntries(named) };
    }
  }
  return null;
}

export function go(path) {
  location.hash = path;
}
