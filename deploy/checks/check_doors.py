"""Slow and many clients, with the clock that they have: heads and bodies that trickle in, 1,000 idle
connections, tokens tried by the hundred; and a proxy's word on addresses."""

import pathlib
import socket
import tempfile
import threading
import time

from expect import equal
from patience import PATIENCE
from processes import MIB, resident
from service import Service

IDLE = 1_000
HEAD_SECONDS = 10
BODY_SECONDS = 30


def connect(service, source="127.0.0.1"):
    connection = socket.create_connection(
        ("127.0.0.1", service.port), timeout=90, source_address=(source, 0)
    )
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def hear(connection):
    """All up to the end of the connection."""
    heard = b""
    try:
        while part := connection.recv(65536):
            heard += part
    except ConnectionResetError:
        pass
    return heard


def ask(service, *headers, source="127.0.0.1", path="/api/token"):
    """The status line's code of a GET."""
    with connect(service, source) as connection:
        lines = [f"GET {path} HTTP/1.1", "Host: localhost", *headers, "Connection: close", "", ""]
        connection.sendall("\r\n".join(lines).encode())
        return int(hear(connection).split()[1])


def trickle(connection, seconds):
    """A byte a second, until the other side has closed; how long that took."""
    began = time.monotonic()
    try:
        while time.monotonic() - began < seconds:
            connection.sendall(b"x")
            time.sleep(1)
    except (BrokenPipeError, ConnectionResetError):
        pass
    return time.monotonic() - began


def slow_head(service, took):
    with connect(service) as connection:
        connection.sendall(b"GET /api/token HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        took["head"] = trickle(connection, 60)


def slow_second_head(service, took):
    with connect(service) as connection:
        connection.sendall(b"GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connection.recv(65536)
        time.sleep(15)
        connection.sendall(b"GET /api/token HTTP/1.1\r\nX-Slow: ")
        took["second head"] = trickle(connection, 60)


def slow_body(service, took):
    with connect(service) as connection:
        head = (
            "POST /api/datasets HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {service.token}\r\nContent-Length: 1000000\r\n\r\n"
        )
        connection.sendall(head.encode())
        took["body"] = trickle(connection, 90)


def body_that_stops(service, took):
    with connect(service) as connection:
        head = (
            "POST /api/datasets HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {service.token}\r\nContent-Length: 1000000\r\n\r\n{{"
        )
        connection.sendall(head.encode())
        began = time.monotonic()
        hear(connection)
        took["body that stops"] = time.monotonic() - began


def answers(service):
    began = time.monotonic()
    equal("token", ask(service, f"Authorization: Bearer {service.token}"), 200)
    return time.monotonic() - began


def check_slow(service):
    took = {}
    clients = [
        threading.Thread(target=client, args=(service, took))
        for client in [slow_head, slow_second_head, slow_body, body_that_stops]
    ]
    for client in clients:
        client.start()
    while any(client.is_alive() for client in clients):
        answers(service)
        time.sleep(0.5)
    for what, least, most in (
        ("head", HEAD_SECONDS - 1, HEAD_SECONDS + 8),
        ("second head", HEAD_SECONDS - 1, HEAD_SECONDS + 8),
        ("body", BODY_SECONDS - 1, BODY_SECONDS + 15),
        ("body that stops", 15, 40),
    ):
        if not least <= took[what] <= most * PATIENCE:
            raise SystemExit(f"a slow {what} was cut off after {took[what]:.1f} s")
    return took


def check_idle(service):
    before = resident(service.process.pid)
    idle = [connect(service) for _ in range(IDLE)]
    try:
        for connection in idle[::2]:
            connection.sendall(b"GET /api/token HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        slowest = max(answers(service) for _ in range(100))
        grown = resident(service.process.pid) - before
    finally:
        for connection in idle:
            connection.close()
    if slowest > PATIENCE:
        raise SystemExit(f"an answer took {slowest:.2f} s beside {IDLE} idle connections")
    return slowest, grown


def check_guesses(service):
    """A proxy that is trusted tells who asks; one that is not is not heard."""
    guess = "Authorization: Bearer not-a-token-at-all-{}"
    good = f"Authorization: Bearer {service.token}"
    codes = [
        ask(service, guess.format(n), "X-Forwarded-For: 198.51.100.7") for n in range(25)
    ]
    equal("guesses by way of the proxy", codes, [401] * 20 + [429] * 5)
    for neighbour, code in (("198.51.100.8", 401), ("198.51.100.7", 429)):
        equal(neighbour, ask(service, guess, f"X-Forwarded-For: {neighbour}"), code)
    equal("a good token", ask(service, good, "X-Forwarded-For: 198.51.100.7"), 200)
    codes = [
        ask(service, guess, f"X-Forwarded-For: 198.51.100.{100 + n}", source="127.0.0.7")
        for n in range(25)
    ]
    equal("guesses under invented addresses", codes, [401] * 20 + [429] * 5)
    equal("a good token", ask(service, good, source="127.0.0.7"), 200)


def main():
    proxy = {
        "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING": "true",
        "QUARKUS_HTTP_PROXY_ALLOW_X_FORWARDED": "true",
        "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES": "127.0.0.1",
    }
    with tempfile.TemporaryDirectory() as scratch:
        with Service(pathlib.Path(scratch, "data"), [], **proxy) as service:
            check_guesses(service)
            slowest, grown = check_idle(service)
            took = check_slow(service)
    cut = ", ".join(f"{what} after {seconds:.0f} s" for what, seconds in took.items())
    print(f"{IDLE} idle connections: slowest answer {slowest * 1e3:.0f} ms, {grown / MIB:.0f} MB more")
    print(f"cut off: {cut}; 429 from the 21st guess of an address on, not for good tokens")


main()
