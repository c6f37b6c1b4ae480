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


def every_call_opened(page):
    """So that whatever a call may show was shown under the policy."""
    for summary in page.locator(".opblock:not(.is-open) .opblock-summary-control").all()[::-1]:
        summary.click()
    page.locator(".opblock.is-open .responses-wrapper").last.wait_for()
    print("opens every call")


def main():
    with tempfile.TemporaryDirectory() as folder:
        with Service(folder + "/data", []) as service, page_of(service.url) as page:
            shown(page, service)
            called(page, service)
            every_call_opened(page)


if __name__ == "__main__":
    main()
