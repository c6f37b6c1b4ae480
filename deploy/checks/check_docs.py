"""The page of the API in a real browser, under the headers that the service sends: it shows every call,
takes a token, and calls the service with it."""

import tempfile

from browser import page_of
from service import Service


def shown(page, service):
    page.goto(service.url + "/docs/")
    page.locator(".opblock-tag-section").first.wait_for()
    calls = page.locator(".opblock").count()
    described = page.evaluate(
        "async () => (await (await fetch('/openapi.yaml')).text()).match(/operationId:/g).length"
    )
    if calls != described:
        raise SystemExit(f"{calls} of {described} calls are shown")
    print(f"shows {calls} calls")


def called(page, service):
    page.locator("button.authorize").first.click()
    page.locator(".modal-ux input").fill(service.token)
    page.locator(".modal-ux button.authorize").click()
    page.locator(".modal-ux button.btn-done").click()
    call = page.locator("#operations-service-getToken")
    call.locator(".opblock-summary-control").click()
    call.locator("button.execute").click()
    call.locator(".live-responses-table .response-col_status", has_text="200").wait_for()
    if '"admin"' not in call.locator(".live-responses-table .microlight").first.inner_text():
        raise SystemExit("the answer to the call is not shown")
    print("takes a token, calls the service and shows its answer")


def opened(page):
    """A call with tables, code and bodies of several types, so that what is drawn of them is."""
    for call in ("models-score", "models-decode", "batches-getBatch"):
        page.locator(f"#operations-{call} .opblock-summary-control").click()
        page.locator(f"#operations-{call} .responses-wrapper .microlight").first.wait_for()
    print("shows parameters, examples and answers")


def main():
    with tempfile.TemporaryDirectory() as folder:
        with Service(folder + "/data", []) as service, page_of(service.url) as page:
            shown(page, service)
            called(page, service)
            opened(page)


if __name__ == "__main__":
    main()
