"""A small server of made-up batches that fails as networks and overloaded services do."""

import collections
import email.utils
import hashlib
import http.server
import io
import json
import socket
import struct
import threading
import time
import urllib.parse

import numpy as np

FAULTS = ("503", "503 with a date", "reset", "truncated", "damaged", "slow", "hang up")


def arrays(number, epoch=0):
    """Batch `number`: what stands in it tells which it is. The last axis of photos is large, so
    that a body takes several reads."""
    made = np.random.default_rng([number, epoch])
    return {
        "photos": made.random((2, 20_000), dtype=np.float32),
        "photo_index": np.array([0, 0, 1], dtype=np.int32),
        "sequences": made.integers(0, 50, (3, 7), dtype=np.int32),
        "targets": np.array([number, epoch, 1], dtype=np.int32),
    }


def npz(content):
    file = io.BytesIO()
    np.savez(file, **content)
    return file.getvalue()


def safetensors(content):
    """With gaps filled by tensors named __padding_n__, as the service writes it."""
    kinds = {"float32": "F32", "int32": "I32"}
    header, data = {}, b""

    def add(name, kind, shape, more):
        nonlocal data
        header[name] = {"dtype": kind, "shape": shape}
        header[name]["data_offsets"] = [len(data), len(data) + len(more)]
        data += more

    for name, array in content.items():
        add(name, kinds[array.dtype.name], array.shape, array.tobytes())
        if gap := -len(data) % 64:
            add(f"__padding_{len(header)}__", "U8", [gap], bytes(gap))
    text = json.dumps(header).encode()
    text += b" " * (-(8 + len(text)) % 64)
    return struct.pack("<Q", len(text)) + text + data


class FaultyServer:
    """`with FaultyServer(count) as server:` serves `count` batches at server.url.

    Each address first fails `failures` times, with a fault that its hash chooses among `faults`;
    `asked` counts requests by path. The fault "stall" answers nothing until the server is left.
    Each answer begins after `delay` seconds; `together` notes of each request, in the order in
    which they came, how many then waited for the beginning of their answers, itself among them.
    """

    def __init__(self, count, faults=FAULTS, failures=0, delay=0):
        self.count = count
        self.faults = faults
        self.failures = failures
        self.delay = delay
        self.waiting = 0
        self.together = []
        self.asked = collections.Counter()
        self.lock = threading.Lock()
        self.connections = 0
        self.given = set()
        self.left = threading.Event()

    def __enter__(self):
        server = self
        handler = type("Handler", (_Handler,), {"faulty": server})
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.http.daemon_threads = True
        # Clients that go away in the middle are what is tried here.
        self.http.handle_error = lambda *_: None
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/behind/a/proxy"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.left.set()
        self.http.shutdown()
        self.http.server_close()

    def wait(self):
        with self.lock:
            self.waiting += 1
            self.together.append(self.waiting)
        time.sleep(self.delay)
        # Before the answer: whoever has read that may have sent the next request.
        with self.lock:
            self.waiting -= 1

    def fault(self, path):
        """The fault for this request, None for a whole answer."""
        with self.lock:
            self.asked[path] += 1
            if self.asked[path] > self.failures:
                return None
        chosen = hashlib.sha256(f"{path} {self.asked[path]}".encode()).digest()[0]
        fault = self.faults[chosen % len(self.faults)]
        self.given.add(fault)
        return fault


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    faulty = None

    def setup(self):
        super().setup()
        with self.faulty.lock:
            self.faulty.connections += 1

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.answer(200, b"", {"Batch-Count": self.faulty.count})

    def do_GET(self):
        self.faulty.wait()
        fault = self.faulty.fault(self.path)
        if fault is None:
            self.whole()
        elif fault.startswith("503"):
            date = email.utils.formatdate(time.time(), usegmt=True)
            self.answer(503, b"", {"Retry-After": date if "date" in fault else "0"})
        else:
            self.broken(fault)

    def whole(self):
        address = urllib.parse.urlsplit(self.path)
        name = address.path.rpartition("/")[2]
        number, _, suffix = name.partition(".")
        query = dict(urllib.parse.parse_qsl(address.query))
        if name == "features.npz":
            self.chunked(npz({f"photo{i}": np.full(3, i, np.float32) for i in range(40)}))
        elif query.get("split") == "wrong" or not number.isdigit():
            self.problem(400, "split")
        elif int(number) >= self.faulty.count:
            self.problem(404, None)
        else:
            encode = safetensors if suffix == "safetensors" else npz
            self.answer(200, encode(arrays(int(number), int(query.get("epoch", 0)))))

    def problem(self, status, field):
        document = {"detail": "no", "field": field, "value": "wrong", "allowed": ["all"]}
        self.answer(status, json.dumps(document).encode())

    def answer(self, status, body, headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, str(value))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def chunked(self, body):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(body), 1000):
            part = body[start : start + 1000]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def broken(self, fault):
        """An answer that goes wrong behind its head, or before it."""
        self.close_connection = True
        if fault == "stall":
            self.faulty.left.wait()
        if fault in ("hang up", "stall"):
            return
        body = bytearray(npz(arrays(0)))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault == "damaged":
            body[len(body) // 2] ^= 1
            self.wfile.write(body)
        elif fault == "slow":
            # Longer than the checks' clients wait.
            self.wfile.write(body[:100])
            time.sleep(1)
        else:
            self.wfile.write(body[: len(body) // 2])
            if fault == "reset":
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.connection.close()
