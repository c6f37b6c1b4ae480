"""Two trainers behind nginx: each batch is made once, the token is looked at all the same."""

import collections
import pathlib
import re
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

from expect import equal
from service import ROOT, Service, draw_sample, free_port

SERVE = ROOT / "deploy/nginx/serve.sh"


def status(url, **headers):
    """Status, body and headers of a GET."""
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


class Cache:
    """nginx in front of a service."""

    def __init__(self, service, folder):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "access.log"
        address = f"127.0.0.1:{service.port}", f"127.0.0.1:{self.port}"
        self.command = [str(SERVE), *address, str(folder / "cache"), "1g"]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=open(self.log, "wb"))
        for _ in range(100):
            try:
                urllib.request.urlopen(self.url + "/q/health/ready").close()
                return self
            except (urllib.error.URLError, ConnectionError):
                if self.process.poll() is not None:
                    raise SystemExit("nginx has not started")
                time.sleep(0.1)
        raise SystemExit("nginx is not ready")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def pull(cache, token, paths, bodies):
    for path in paths:
        code, body, _ = status(cache.url + path, Authorization=f"Bearer {token}")
        equal(path, code, 200)
        bodies.append(body)


def trainers(cache, tokens, paths):
    """Pulls the same epoch twice at once and returns what each got."""
    pulled = [[] for _ in tokens]
    threads = [
        threading.Thread(target=pull, args=(cache, token, paths, bodies))
        for token, bodies in zip(tokens, pulled)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return pulled


def made(service):
    """How often the service itself was asked for each batch, by its own access log."""
    log = (service.data_dir / "service.log").read_text()
    return collections.Counter(re.findall(r'"GET (\S+/batches/\S+) HTTP', log))


def check(service, cache, preparation):
    base = f"/api/preparations/{preparation}/batches"
    paths = [f"{base}/{n}.npz?size=32&shuffle=examples&seed=5" for n in range(20)]
    tokens = [service.token, (service.data_dir / "tokens/trainer").read_text().strip()]
    one, other = trainers(cache, tokens, paths)
    equal("bodies", len(one), len(paths))
    equal("bodies of the two trainers", one == other, True)
    equal("bodies without the cache", [service.request(path) for path in paths[:3]], one[:3])
    counts = made(service)
    asked = {path: counts[path] - (1 if path in paths[:3] else 0) for path in paths}
    equal("times that a batch was made", set(asked.values()), {1})

    for headers in ({}, {"Authorization": "Bearer no-such-token-at-all"}):
        code, body, got = status(cache.url + paths[0], **headers)
        equal("without a valid token", code, 401)
        equal("challenge", got["WWW-Authenticate"], "Bearer")
        equal("problem", b"urn:captionary:problem:unauthenticated" in body, True)
    code, _, got = status(cache.url + paths[0], Authorization=f"Bearer {tokens[1]}")
    equal("cache", (code, got["X-Cache"]), (200, "HIT"))
    held = {"Authorization": f"Bearer {tokens[1]}", "If-None-Match": got["ETag"]}
    equal("held already", status(cache.url + paths[0], **held)[0], 304)
    code, body, _ = status(cache.url + f"{base}/0.npz?size=0", Authorization=f"Bearer {tokens[1]}")
    equal("refused", (code, b'"field":"size"' in body), (400, True))
    for accept, first in (("application/json", b"{"), ("application/x-npz", b"P")):
        authorized = {"Authorization": f"Bearer {tokens[1]}", "Accept": accept}
        for _ in range(2):
            equal(accept, status(f"{cache.url}{base}/0?size=7", **authorized)[1][:1], first)
    equal("404", status(f"{cache.url}{base}/99999.npz", Authorization=f"Bearer {tokens[1]}")[0], 404)
    print(f"{len(paths)} batches for 2 trainers: each made once; 401 without a valid token")


def check_tokens(service, cache, preparation):
    """Made, revoked, and tried: nginx tells what the service tells."""
    path = f"/api/preparations/{preparation}/batches/0.npz"
    body = {"name": "trainer-7", "role": "trainer", "expiresAt": "2999-01-01T00:00:00Z"}
    made = service.json("/api/admin/tokens", body)["token"]
    equal("a new token", status(cache.url + path, Authorization=f"Bearer {made}")[0], 200)
    revoke = urllib.request.Request(
        service.url + "/api/admin/tokens/trainer-7",
        method="DELETE",
        headers={"Authorization": f"Bearer {service.token}"},
    )
    urllib.request.urlopen(revoke).close()
    deadline = time.monotonic() + 8
    while (code := status(cache.url + path, Authorization=f"Bearer {made}")[0]) != 401:
        equal("a revoked token", code, 200)
        if time.monotonic() > deadline:
            raise SystemExit("a revoked token is taken for more than 8 s")
        time.sleep(0.2)
    codes = []
    for n in range(30):
        guess = {"Authorization": f"Bearer not-a-token-{n}", "X-Forwarded-For": f"198.51.100.{n}"}
        code, body, got = status(cache.url + path, **guess)
        codes.append(code)
    equal("guesses", (codes[0], codes[-1], sorted(set(codes))), (401, 429, [401, 429]))
    equal("when again", got["Retry-After"], "60")
    equal("problem", b"urn:captionary:problem:too-many-failures" in body, True)
    equal("a good token", status(cache.url + path, Authorization=f"Bearer {service.token}")[0], 200)
    entries = service.json("/api/admin/audit")
    equal("who was noted", {(e["who"], e["address"]) for e in entries}, {("admin", "127.0.0.1")})
    service.stop()
    fresh = {"Authorization": "Bearer one-that-was-not-asked-for-before"}
    equal("without the service", status(cache.url + path, **fresh)[0], 503)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        sample = draw_sample(scratch, 24)
        log = {
            "QUARKUS_HTTP_ACCESS_LOG_ENABLED": "true",
            "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING": "true",
            "QUARKUS_HTTP_PROXY_ALLOW_X_FORWARDED": "true",
            "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES": "127.0.0.1",
        }
        with Service(scratch / "data", [scratch], **log) as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            recipe = {"captions": "all"}
            preparation = service.prepare("sample", recipe)["id"]
            with Cache(service, scratch) as cache:
                check(service, cache, preparation)
                check_tokens(service, cache, preparation)


main()
