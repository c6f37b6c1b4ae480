"""Debian's chromium for checks of the page: what went wrong in it ends the check."""

import contextlib
import shutil

from playwright.sync_api import sync_playwright

# Stricter than what the service sends: nothing inline, no address but its own.
POLICY = "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'"

# Adds up how far what is there already is moved by what comes (cumulative layout shift).
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  window.shifts += entry.hadRecentInput ? 0 : entry.value;
})).observe({ type: "layout-shift", buffered: true });
"""


def chromium():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if shutil.which(name):
            return shutil.which(name)
    raise SystemExit("no chromium on the PATH: apt-get install chromium")


def under_policy(url):
    def answer(route):
        served = route.fetch()
        headers = {**served.headers, "content-security-policy": POLICY}
        route.fulfill(response=served, headers=headers)

    return lambda page: page.route(url + "/", answer)


@contextlib.contextmanager
def page_of(url):
    """A page in a browser of its own; `page.wrongs` are errors of scripts and foreign requests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.add_init_script(SHIFTS)
        page.wrongs = []
        page.on("pageerror", lambda error: page.wrongs.append(str(error)))
        page.on("console", lambda said: note(page, said))
        page.on("request", lambda asked: note_foreign(page, asked.url, url))
        under_policy(url)(page)
        yield page
        browser.close()
        if page.wrongs:
            raise SystemExit(f"the page: {page.wrongs}")


def note(page, said):
    # What the service refuses is told by the page itself, and checked there.
    if said.type == "error" and "Failed to load resource" not in said.text:
        page.wrongs.append(said.text)


def note_foreign(page, asked, url):
    if not asked.startswith((url + "/", "blob:" + url, "data:")):
        page.wrongs.append("asked for " + asked)
