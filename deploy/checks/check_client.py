"""The Python client against the packaged service, and against a server that fails at random."""

import gc
import io
import itertools
import json
import multiprocessing
import os
import pathlib
import pickle
import random
import sys
import tempfile
import threading
import time

import numpy as np

import faulty_server
from expect import equal, same
from faulty_server import FaultyServer
from patience import PATIENCE
from service import ROOT, Service, draw_sample

CLIENTS = ROOT / "app/src/main/resources/clients"
# In the environment as well: spawned workers import the client too.
os.environ["PYTHONPATH"] = os.pathsep.join([str(CLIENTS), os.environ.get("PYTHONPATH", "")])
sys.path.insert(0, str(CLIENTS))

import captionary  # noqa: E402
from captionary import Batches, Client, Problem  # noqa: E402


def raises(kind, call, *parts):
    """The exception of this kind that the call must raise, its text holding the parts."""
    try:
        call()
    except kind as error:
        missing = [part for part in parts if part not in str(error)]
        if missing:
            raise SystemExit(f"{error!r} does not say {missing}") from error
        return error
    raise SystemExit(f"no {kind.__name__} that says {parts}")


def alike(what, ours, theirs):
    """Two batches: the same arrays in the same order, of the same types."""
    equal(f"{what} names", list(ours), list(theirs))
    for name in theirs:
        equal(f"{what} {name} type", ours[name].dtype, theirs[name].dtype)
        same(f"{what} {name}", np.asarray(ours[name]), np.asarray(theirs[name]))


def loaded(body):
    with np.load(io.BytesIO(body)) as file:
        return {name: file[name] for name in file.files}


class Real:
    """A preparation of the packaged service, and its batches as the service itself gives them."""

    def __init__(self, service, preparation):
        self.service = service
        self.preparation = preparation
        self.client = Client(service.url, service.token)

    def batches(self, **parameters):
        return Batches(self.client, self.preparation, **{"size": 100, **parameters})

    def expected(self):
        return [self.batch(n, "size=100") for n in range(self.batches().count)]

    def batch(self, number, query):
        path = f"/api/preparations/{self.preparation}/batches/{number}.npz?{query}"
        return loaded(self.service.request(path))


def epochs(real):
    """Whole epochs, byte by byte, fetched in any way."""
    expected = real.expected()
    for prefetch in (0, 1, 4, 50):
        batches = real.batches(prefetch=prefetch)
        equal("count", (batches.count, len(batches)), (len(expected), len(expected)))
        for epoch in range(2):
            equal("epoch", (batches.epoch, batches.next), (epoch, 0))
            for n, batch in enumerate(batches):
                alike(f"batch {n}", batch, expected[n])
            equal("last", n, len(expected) - 1)
    onehot = real.batches(target="onehot", layout="expanded", photo="pixels", photos=3)
    query = "target=onehot&layout=expanded&photo=pixels&photos=3"
    alike("one-hot", next(iter(onehot)), real.batch(0, query))
    batch = expected[0]
    rows = captionary.expand(batch)
    same("expanded", rows["photos"], batch["photos"][batch["photo_index"]])
    equal("expanded twice", captionary.expand(rows) is rows, True)


def kept(real):
    """Photos that are pulled once give the same batches, from memory and from a file."""
    with tempfile.TemporaryDirectory() as folder:
        for place, parameters in itertools.product(
            ("memory", folder),
            (
                {"shuffle": "examples"},
                {"shuffle": "captions", "split": "train", "layout": "expanded", "encoding": "safetensors"},
                {"model": "sequence", "photos": 5, "photo": "pixels", "prefetch": 0},
            ),
        ):
            plain = real.batches(**parameters)
            batches = real.batches(**parameters, keep_photos=place)
            equal("count", batches.count, plain.count)
            for n, (ours, theirs) in enumerate(zip(batches, plain)):
                alike(f"kept {n} {parameters}", ours, theirs)
            equal("last", n, plain.count - 1)
        files = {path: path.stat().st_mtime_ns for path in pathlib.Path(folder).iterdir()}
        equal("files", len(files), 3)
        again = pickle.loads(pickle.dumps(real.batches(shuffle="examples", keep_photos=folder)))
        alike("again", next(iter(again)), next(iter(real.batches(shuffle="examples"))))
        equal("unchanged", {path: path.stat().st_mtime_ns for path in files}, files)


def documents(real):
    """What the client reads beside batches."""
    service, id = real.service, real.preparation
    base = f"/api/preparations/{id}"
    equal("manifest", real.client.manifest(id), service.json(base))
    equal("preparations", real.client.preparations(), service.json("/api/preparations"))
    equal("vocabulary", real.client.vocabulary(id), service.json(base + "/vocabulary"))
    tokenizer = service.request(base + "/tokenizer.json").decode()
    equal("tokenizer", real.client.tokenizer_json(id), tokenizer)


def problems(real):
    """Told at once, with all that the service says."""
    begun = time.monotonic()
    wrong = raises(Problem, lambda: real.batches(split="nowhere").count, "nowhere")
    told = (wrong.status, wrong.field, wrong.value)
    equal("status, field, value", told, (400, "split", "nowhere"))
    equal("allowed", "train" in wrong.allowed, True)
    equal("pickled", str(pickle.loads(pickle.dumps(wrong))), str(wrong))
    missing = Batches(real.client, "0123456789abcdef")
    equal("404", raises(Problem, lambda: next(iter(missing))).status, 404)
    stranger = Client(real.service.url, "x" * 20)
    equal("401", raises(Problem, stranger.preparations).status, 401)
    accept = raises(Problem, lambda: real.client.get("/api/preparations", accept="image/png"))
    equal("406", accept.status, 406)
    # The first wait between two tries may be a tenth of a second, the nine of them half a minute.
    if time.monotonic() - begun > 10:
        raise SystemExit("errors were tried again")


def resume(real):
    """After every number, by a state that went through JSON; and after leaving a loop."""
    expected = real.expected()
    for stop in range(len(expected) + 1):
        first = real.batches(prefetch=3)
        for batch in itertools.islice(first, stop):
            pass
        second = real.batches()
        second.load_state_dict(json.loads(json.dumps(first.state_dict())))
        equal("next", second.next, stop)
        for batches in (second, first):
            rest = list(batches)
            equal("rest", len(rest), len(expected) - stop)
            for ours, theirs in zip(rest, expected[stop:]):
                alike("resumed", ours, theirs)
            equal("after", (batches.epoch, batches.next), (1, 0))


def wrong_states(real):
    batches = real.batches()
    for name, value in [("size", 99), ("split", "train"), ("seed", 5), ("preparation", "x")]:
        other = {**batches.state_dict(), name: value}
        ours = repr(batches.state_dict()[name])
        raises(ValueError, lambda: batches.load_state_dict(other), name, repr(value), ours)
    lacking = {k: v for k, v in batches.state_dict().items() if k != "shuffle"}
    raises(ValueError, lambda: batches.load_state_dict(lacking), "shuffle")
    loop = iter(batches)
    next(loop)
    batches.set_epoch(0)
    raises(RuntimeError, lambda: next(loop), "another loop")
    raises(ValueError, lambda: real.batches(rank=2, world_size=2), "rank")


def worlds(real):
    """Ranks in step, left anywhere and resumed by any number of ranks: each batch once."""
    theirs = sorted(batch["sequences"].tobytes() for batch in real.expected())
    chance = random.Random(3)
    for _ in range(20):
        state, seen = real.batches().state_dict(), []
        while state["epoch"] == 0 and state["next"] < len(theirs):
            size = chance.randint(1, 5)
            ranks = [real.batches(rank=r, world_size=size, prefetch=2) for r in range(size)]
            for rank in ranks:
                rank.load_state_dict(state)
            steps = chance.randint(0, 3)
            for rank in ranks:
                taken = itertools.islice(rank, steps)
                seen += [batch["sequences"].tobytes() for batch in taken]
            state = ranks[0].state_dict()
        equal("each batch once", sorted(seen), theirs)


def uneven(real):
    """Drop gives all ranks the same number of steps, serve every batch."""
    count = real.batches().count
    for size in range(1, count + 2):
        ranks = [real.batches(rank=r, world_size=size, uneven="drop") for r in range(size)]
        equal("drop", [len(list(rank)) for rank in ranks], [count // size] * size)
        equal("len", [len(rank) for rank in ranks], [count // size] * size)
        ranks = [real.batches(rank=r, world_size=size) for r in range(size)]
        lengths = [len(list(rank)) for rank in ranks]
        equal("serve", (sum(lengths), lengths), (count, [len(rank) for rank in ranks]))
        if max(lengths) - min(lengths) > 1:
            raise SystemExit(f"ranks take {lengths} steps")


def numbers_in(batches):
    return (int(batch["targets"][0]) for batch in batches)


def numbers(batches):
    return list(numbers_in(batches))


def faults():
    """Whatever fails, all batches arrive whole and in order."""
    given = set()
    for count, prefetch in ((6, 0), (24, 4), (24, 20)):
        with FaultyServer(count, failures=2) as server:
            batches = Batches(Client(server.url, timeout=0.3), "p", prefetch=prefetch)
            for n, batch in enumerate(batches):
                alike(f"batch {n}", batch, faulty_server.arrays(n))
            equal("last", n, count - 1)
            equal("tries", set(server.asked.values()), {3})
            given |= server.given
    equal("faults", given, set(faulty_server.FAULTS))


def begins_alone():
    """The first batch shares the service with no other, then few do: from the start, in the next
    epoch and after a resume."""
    with FaultyServer(24, delay=0.03) as server:
        batches = Batches(Client(server.url), "p", prefetch=4)
        middle = {**batches.state_dict(), "next": 10}
        for start in (0, 0, 10):
            if start:
                batches.load_state_dict(middle)
            server.together.clear()
            equal("in order", numbers(batches), list(range(start, 24)))
            equal("the first alone", server.together[:2], [1, 1])
            equal("then two", server.together[2:3] <= [2], True)
            equal("at last", max(server.together), 4)


def gives_up():
    """Problems are not tried again; other failures as often as told; each at its place."""
    with FaultyServer(5, faults=["503"], failures=100) as server:
        few = Batches(Client(server.url, retries=2), "p", prefetch=0)
        equal("503", raises(Problem, lambda: next(iter(few))).status, 503)
        equal("tries", list(server.asked.values()), [3])
    with FaultyServer(5, faults=["reset"], failures=100) as server:
        few = Batches(Client(server.url, retries=2), "p", prefetch=0)
        raises(ConnectionError, lambda: next(iter(few)), "/batches/0.npz")
        # One more, as the first went over the connection that the count had left open.
        equal("tries", list(server.asked.values()), [4])
    with FaultyServer(5) as server:
        batches = Batches(Client(server.url), "p")
        # A count that is too high: the error comes behind the batches before it.
        batches._count, seen = 8, []
        equal("404", raises(Problem, lambda: seen.extend(numbers_in(batches))).status, 404)
        equal("before the error", seen, [0, 1, 2, 3, 4])
        equal("position", batches.next, 5)
        equal("tries of an error", server.asked[batches.client._prefix + batches._address(0, 5)], 1)


def threads(after=10):
    """How many threads fetch, once those that were told to end have had time to."""
    deadline = time.monotonic() + after * PATIENCE
    while (left := fetching()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return left


def fetching():
    return sum("_fetch_tasks" in thread.name for thread in threading.enumerate())


def stops():
    """Threads end with the iterator, even while they wait for a server; connections are kept."""
    with FaultyServer(40) as server:
        batches = Batches(Client(server.url), "p", prefetch=4)
        for _ in range(3):
            equal("epoch", numbers(batches), list(range(40)))
            equal("threads", threads(), 0)
        # Four, and that of the count.
        if server.connections > 5:
            raise SystemExit(f"{server.connections} connections for 4 threads")
        for _ in zip(range(7), batches):
            pass
        gc.collect()
        equal("threads after a break", threads(), 0)
    with FaultyServer(40) as server:
        loop = iter(Batches(Client(server.url), "p", prefetch=4))
        for _ in range(3):
            next(loop)
        while len(server.asked) < 3 + 4:
            time.sleep(0.01)
        server.faults, server.failures = ["stall"], 1
        # Four are ahead: those behind them stall until the server is left.
        for _ in range(4):
            next(loop)
        while "stall" not in server.given:
            time.sleep(0.01)
        equal("threads wait", fetching() > 0, True)
        loop.close()
        equal("threads after a close", threads(), 0)
    shuffled = {"shuffle": "examples", "seed": -3}
    with FaultyServer(6) as server:
        batches = Batches(Client(server.url), "p", **shuffled)
        for epoch in range(3):
            equal("epoch sent", {int(b["targets"][1]) for b in batches}, {epoch})
        equal("seed sent", all("seed=-3" in path for path in server.asked), True)


def child(batches, queue):
    queue.put(numbers(batches))


def processes():
    """Forked and spawned with connections open in the parent."""
    with FaultyServer(12) as server:
        batches = Batches(Client(server.url), "p")
        loop = iter(batches)
        next(loop)
        for method in ("fork", "spawn"):
            context = multiprocessing.get_context(method)
            queue = context.Queue()
            process = context.Process(target=child, args=(batches, queue))
            process.start()
            equal(method, queue.get(timeout=60), list(range(1, 12)))
            process.join()
        equal("parent", numbers(loop), list(range(1, 12)))


def other_encodings():
    with FaultyServer(4) as server, tempfile.TemporaryDirectory() as folder:
        client = Client(server.url)
        batches = Batches(client, "p", encoding="safetensors")
        for n, batch in enumerate(batches):
            alike("safetensors", batch, faulty_server.arrays(n))
        features = dict(client.features("p"))
        equal("features", list(features), [f"photo{i}" for i in range(40)])
        same("a feature", features["photo7"], np.full(3, 7, np.float32))
        cached(server, client, folder)


def cached(server, client, folder):
    """The second epoch asks for nothing; a damaged file is fetched anew."""
    batches = Batches(client, "p", cache_dir=os.path.join(folder, "cache"))
    for epoch in range(2):
        before = sum(server.asked.values())
        for n, batch in enumerate(batches):
            alike("cached", batch, faulty_server.arrays(n))
        equal("asked", sum(server.asked.values()) - before, 0 if epoch else 4)
    damaged = sorted(pathlib.Path(folder, "cache").iterdir())[0]
    damaged.write_bytes(damaged.read_bytes()[:-5])
    equal("after damage", numbers(batches), [0, 1, 2, 3])
    equal("asked again", sum(server.asked.values()) - before, 1)


def loads():
    """Against numpy and the safetensors package; any part of a file is refused."""
    import safetensors.numpy

    content = {name: array[..., :5] for name, array in faulty_server.arrays(3).items()}
    content["photos"] = content["photos"].copy()
    content |= {"none": np.empty((0, 3), np.int32), "number": np.array(2.5)}
    content["fortran"] = np.asfortranarray(np.arange(6).reshape(2, 3))
    bodies = [(captionary.load_npz, faulty_server.npz(content))]
    plain = {name: np.array(array, order="C") for name, array in content.items()}
    bodies.append((captionary.load_safetensors, safetensors.numpy.save(plain)))
    for load, body in bodies:
        arrays = load(body)
        alike(load.__name__, {name: arrays[name] for name in content}, content)
        writeable = [array.flags.writeable for array in arrays.values() if array.size]
        equal("read-only", any(writeable), False)
        for length in range(len(body)):
            raises(ValueError, lambda: load(body[:length]))
    few = {"photos": content["photos"], "sequences": content["sequences"]}
    padded = faulty_server.safetensors(few)
    alike("padded", captionary.load_safetensors(padded), few)
    equal("names", "__padding_" in ".".join(safetensors.numpy.load(padded)), True)
    damaged_npz(bodies[0][1], captionary.load_npz(bodies[0][1]))
    compressed = io.BytesIO()
    np.savez_compressed(compressed, **content)
    raises(ValueError, lambda: captionary.load_npz(compressed.getvalue()), "compressed")


def damaged_npz(body, whole):
    """Any one byte changed: either refused, or in a place that does not matter."""
    for at in range(len(body)):
        changed = bytearray(body)
        changed[at] ^= 0x11
        try:
            arrays = captionary.load_npz(changed)
        except ValueError:
            continue
        for ours, theirs in zip(arrays.values(), whole.values()):
            same(f"changed at {at}", ours, theirs)


BAD_VECTORS = [
    ("", "line 1"),
    ("a 1 2\nb 1\n", "line 2"),
    ("a 1 2\ndog 1 x\n", "line 2"),
    ("2 2\na 1 2\ndog nan 1\n", "line 3"),
    ("3 2\na 1 2\n", "line 2"),
]


def embeddings():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "vectors.txt")
        words = {"dog": 1, "caf\u00e9": 2, "cat": 4}
        glove = "the 9 9 9\ndog 1 2.5 -3e-1\n. . 7 7 7\ncaf\u00e9 4 5 6\ndog 8 8 8\n"
        expected = np.zeros((5, 3), np.float32)
        expected[1], expected[2] = [1, 2.5, -0.3], [4, 5, 6]
        for text in (glove, "5 3\n" + glove):
            path.write_text(text, encoding="utf-8")
            matrix, found = captionary.embedding_matrix(path, words)
            equal("found, type", (found, matrix.dtype), (2, np.float32))
            same("matrix", matrix, expected)
        equal("rows", captionary.embedding_matrix(path, words, 9)[0].shape, (9, 3))
        for text, line in BAD_VECTORS:
            path.write_text(text)
            raises(ValueError, lambda: captionary.embedding_matrix(path, words), line)


def main():
    faults()
    begins_alone()
    gives_up()
    stops()
    processes()
    other_encodings()
    loads()
    embeddings()
    print("client: all batches arrive whole and in order, whatever fails")
    with tempfile.TemporaryDirectory() as scratch:
        sample = draw_sample(scratch, 24)
        with Service(pathlib.Path(scratch, "data"), [scratch]) as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            real = Real(service, service.prepare("sample", {"captions": "all"})["id"])
            for check in (epochs, kept, documents, problems, resume, wrong_states, worlds, uneven):
                check(real)
            count = real.batches().count
            print(f"client: {count} batches, resumed anywhere by any number of ranks")


# Spawned processes import this file.
if __name__ == "__main__":
    main()
