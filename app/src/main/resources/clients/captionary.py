"""The Python client of Captionary: training batches over HTTP, for numpy, Keras and PyTorch.

One file; Python 3.9 or later and numpy are all it needs. The service itself gives it out:

    curl -O http://127.0.0.1:8080/clients/captionary.py

The token is taken from the environment variable CAPTIONARY_TOKEN, or given to `Client`.

numpy:

    from captionary import Batches, Client, expand

    batches = Batches(Client("http://127.0.0.1:8080"), "d5ef4d6e1ab6aead", split="train", size=64,
                      shuffle="examples", seed=7)
    for epoch in range(10):
        for batch in batches:       # arrays by name: photos, photo_index, sequences, targets
            batch = expand(batch)   # photos (64, 512), sequences (64, 34), targets (64,)

Keras 3:

    data = keras_dataset(batches)   # shuffling is the service's: not Keras's
    model.fit(data, epochs=10, shuffle=False, callbacks=[keras_progress(batches)])

or with a generator: `model.fit(tuples(batches), steps_per_epoch=len(batches), epochs=10)`.

PyTorch:

    loader = torch_loader(batches, num_workers=2)
    for epoch in range(10):
        for batch in loader:        # tensors by name; indices are int64, as losses want them
            loss = criterion(model(expand(batch)), batch["targets"])

Resume: a batch is an address, so a few numbers are the whole state of the input. Keep them with
the weights, and after a start anew load both; training goes on with the very next batch.

    json.dump(batches.state_dict(), file)
    batches.load_state_dict(json.load(file))

Captions for new photos, with the trained model:

    Captioner(client, "d5ef4d6e1ab6aead").caption("photo.jpg", predict, beams=3).text

and how good they are, beside those that people wrote:

    client.scores("d5ef4d6e1ab6aead", {photo id: caption, ...}, split="test")["corpus"]

Several machines: rank r of w takes each w-th batch from the r-th on. The state counts over all
ranks and is the same on each of them, so that a run may be resumed by more or fewer machines:
every batch of the epoch is still delivered once.

    batches = Batches(client, preparation, rank=rank, world_size=world_size, uneven="drop")
"""

import collections
import copy
import email.utils
import functools
import hashlib
import http.client
import io
import itertools
import json
import math
import operator
import os
import queue
import random
import re
import ssl
import struct
import tempfile
import threading
import time
import urllib.parse
import zipfile
import zlib

import numpy as np

__all__ = [
    "Batches",
    "Caption",
    "Captioner",
    "Client",
    "Problem",
    "embedding_matrix",
    "expand",
    "keras_dataset",
    "keras_progress",
    "load_npz",
    "load_safetensors",
    "torch_dataset",
    "torch_loader",
    "tuples",
]

_RETRIED = frozenset({429, 502, 503, 504})
_MEDIA_TYPES = {"npz": "application/x-npz", "safetensors": "application/vnd.safetensors"}
_FIRST_DELAY = 0.2
_LONGEST_DELAY = 15.0
_MOST_THREADS = 8
_ALIGNMENT = 64
_PHOTOS_AT_ONCE = 64


class Problem(Exception):
    """What the service answered instead: `status`, and as far as it said so, `field`, `value` and
    what is `allowed` there."""

    def __init__(self, status, detail, field=None, value=None, allowed=None):
        super().__init__(status, detail, field, value, allowed)
        self.status = status
        self.detail = detail
        self.field = field
        self.value = value
        self.allowed = allowed

    def __str__(self):
        allowed = f"; allowed: {self.allowed}" if self.allowed else ""
        return f"{self.status}: {self.detail}{allowed}"

    @staticmethod
    def _of(status, reason, body):
        """From a problem document (RFC 9457), or from whatever else something on the way sent."""
        try:
            document = json.loads(bytes(body))
            detail = document.get("detail") or document.get("title") or reason
        except (ValueError, AttributeError):
            document, detail = {}, reason
        found = [document.get(name) for name in ("field", "value", "allowed")]
        return Problem(status, detail, *found)


class Client:
    """A service at an address. May be shared by threads, pickled, and used after a fork.

    Connection errors, timeouts, bodies cut short and the statuses 429, 502, 503 and 504 are tried
    again up to `retries` times, after 0.2 s at first and up to 15 s at last, or later if
    `Retry-After` says so: ten are 40 s at the least, in which a database is restarted; a ConnectionError or a Problem tells that it was of no use. Any other
    error status is a Problem at once. `timeout` is in seconds, for each wait for the network.
    """

    def __init__(self, url="http://127.0.0.1:8080", token=None, timeout=60.0, retries=10):
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"not an http:// or https:// address: {url!r}")
        self.url = url.rstrip("/")
        self.token = os.environ.get("CAPTIONARY_TOKEN") if token is None else token
        self.timeout = timeout
        self.retries = retries
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._prefix = parts.path.rstrip("/")
        self._open()

    def _open(self):
        self._process = os.getpid()
        self._idle = collections.deque()

    def __getstate__(self):
        return {
            name: value
            for name, value in self.__dict__.items()
            if name not in ("_process", "_idle")
        }

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._open()

    def preparations(self):
        """The list of preparations, as GET /api/preparations gives it."""
        return self._json("/api/preparations")

    def manifest(self, id):
        """The manifest of a preparation: its figures and where they come from."""
        return self._json(_preparation(id))

    def vocabulary(self, id):
        """`vocabularySize`, `maxLength`, `wordIndex` and `counts`."""
        return self._json(_preparation(id) + "/vocabulary")

    def tokenizer_json(self, id):
        """What Keras's `tokenizer_from_json` reads."""
        return self.get(_preparation(id) + "/tokenizer.json").decode()

    def decode(self, id, sequences):
        """Captions of sequences of word indices, and what in them was no word's: `captions` and
        `unknown`. `sequences`: an array with a row for each, or lists of any lengths."""
        path = _preparation(id) + "/decode"
        if isinstance(sequences, np.ndarray):
            body = io.BytesIO()
            np.savez(body, sequences=sequences)
            return self._post(path, body.getvalue(), _MEDIA_TYPES["npz"])
        return self._post(path, {"sequences": [[int(i) for i in row] for row in sequences]})

    def scores(self, id, candidates, split="all", **options):
        """BLEU, ROUGE-L, CIDEr-D and METEOR of captions by photo id, as `corpus` and `perPhoto`.
        Every photo of the split needs one unless `partial=True`. Options: `references="cleaned"`,
        `tokenizer="whitespace"`, and `name`, under which the service keeps them."""
        body = {"split": split, "candidates": dict(candidates), **options}
        return self._post(_preparation(id) + "/scores", body)

    def people_scores(self, id, split="all", **options):
        """The human line: the captions of each photo against one another."""
        query = urllib.parse.urlencode({"split": split, **options})
        return self._json(f"{_preparation(id)}/scores/people?{query}")

    def judgement_scores(self, id, split="all", **options):
        """Kendall's tau of each metric with people's judgements: `judgements="expert"` (what it is
        unless given) or `"crowd"`."""
        query = urllib.parse.urlencode({"split": split, **options})
        return self._json(f"{_preparation(id)}/scores/judgements?{query}")

    def _json(self, path):
        return json.loads(self.get(path))

    def _post(self, path, body, media_type="application/json"):
        if media_type == "application/json":
            body = json.dumps(body).encode()
        with self._connection() as connection:
            answer = self._ask(connection, "POST", path, "*/*", content=body, sent=media_type)
        return json.loads(bytes(answer[1]))

    def get(self, path, accept="*/*"):
        """The whole body at a path of the service, such as "/api/preparations"."""
        with self._connection() as connection:
            return bytes(self._ask(connection, "GET", path, accept)[1])

    def features(self, id, layer=None):
        """Yields (photo id, array) for each photo; held in a temporary file, not in memory."""
        query = "" if layer is None else "?" + urllib.parse.urlencode({"layer": layer})
        with tempfile.TemporaryFile() as file:
            with self._connection() as connection:
                path = _preparation(id) + "/features.npz" + query
                self._ask(connection, "GET", path, _MEDIA_TYPES["npz"], into=_ToFile(file))
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    with archive.open(name) as member:
                        array = np.lib.format.read_array(member, allow_pickle=False)
                    yield name[: -len(".npy")], array

    def _connection(self):
        """An idle connection, or a new one; as a context manager it is given back."""
        if self._process != os.getpid():
            # Those of the parent process are its own.
            self._open()
        try:
            return self._idle.pop()
        except IndexError:
            return _Connection(self)

    def photo_features(self, id, photo):
        """The features of one more photo, by layer: the very numbers that the preparation would
        have for it. `photo`: the bytes of its file, or the path."""
        if not isinstance(photo, (bytes, bytearray, memoryview)):
            with open(photo, "rb") as file:
                photo = file.read()
        path = "/api/photos/features?" + urllib.parse.urlencode({"preparation": id})
        with self._connection() as connection:
            body = self._ask(connection, "POST", path, _MEDIA_TYPES["npz"], content=bytes(photo))
        return load_npz(body[1])

    def _ask(
        self,
        connection,
        method,
        path,
        accept,
        into=None,
        stop=None,
        content=None,
        sent="application/octet-stream",
    ):
        """Headers and `into(response)` of the first answer that is whole.

        A ValueError of `into` means a damaged body. `stop`, an Event, ends the waiting.
        """
        headers = {"Accept": accept}
        if content is not None:
            headers["Content-Type"] = sent
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        attempt = 0
        while True:
            reused, told = connection.is_open(), 0.0
            try:
                status, reason, found, body = connection.exchange(
                    method, self._prefix + path, headers, into or _body, content
                )
                if status < 300:
                    return found, body
                failure = Problem._of(status, reason, body)
                if status not in _RETRIED:
                    raise failure
                told = _retry_after(found.get("Retry-After"))
            except (ssl.SSLCertVerificationError, http.client.InvalidURL):
                raise
            except (OSError, http.client.HTTPException) as error:
                failure = ConnectionError(f"{method} {self.url}{path}: {error or repr(error)}")
                failure.__cause__ = error
                if reused and not (stop and stop.is_set()):
                    # A kept connection may have been closed meanwhile: no sign of trouble.
                    continue
            if attempt >= self.retries or (stop and stop.is_set()):
                raise failure
            _wait(max(told, _delay(attempt)), stop)
            attempt += 1


def _preparation(id):
    return "/api/preparations/" + urllib.parse.quote(id, safe="")


def _delay(attempt):
    # Jitter: trainers that failed together should not come back together.
    return min(_FIRST_DELAY * 2**attempt, _LONGEST_DELAY) * random.uniform(0.5, 1.0)


def _retry_after(text):
    """Seconds, from seconds or an HTTP-date; a little more than told, for the same reason."""
    if text is None:
        return 0.0
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(text).timestamp() - time.time()
        except (TypeError, ValueError):
            return 0.0
    return max(seconds, 0.0) + random.uniform(0.0, 0.2) if math.isfinite(seconds) else 0.0


def _wait(seconds, stop):
    if stop:
        stop.wait(seconds)
    else:
        time.sleep(seconds)


class _Connection:
    """A persistent connection, in use by one thread at a time."""

    def __init__(self, client):
        self._client = client
        self._aborted = False
        kind = http.client.HTTPSConnection if client._secure else http.client.HTTPConnection
        self._http = kind(client._host, client._port, timeout=client.timeout)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._aborted:
            self._http.close()
        else:
            self._client._idle.append(self)

    def __del__(self):
        self._http.close()

    def is_open(self):
        return self._http.sock is not None

    def exchange(self, method, path, headers, into, content=None):
        """Status, reason, headers and the body, by `into` unless it is an error's."""
        try:
            self._http.request(method, path, body=content, headers=headers)
            if self._aborted:
                raise ConnectionAbortedError("the iterator was closed")
            response = self._http.getresponse()
            body = _read(response, into if response.status < 300 else _body)
            return response.status, response.reason, response.headers, body
        except BaseException:
            self._http.close()
            raise

    def abort(self):
        """Ends an exchange of another thread: its next read or write fails."""
        self._aborted = True
        sock = self._http.sock
        if sock is not None:
            try:
                sock.shutdown(2)
            except OSError:
                pass


def _read(response, into):
    with response:
        try:
            return into(response)
        except ValueError as error:
            raise http.client.HTTPException(f"damaged body: {error}") from error


def _body(response):
    """The body, as a writable buffer of its own."""
    if response.length is None:
        return memoryview(bytearray(response.read()))
    body = _aligned(response.length)
    _fill(response, body)
    return body


def _aligned(length):
    """Memory that starts where arrays like to start."""
    space = np.empty(length + _ALIGNMENT, dtype=np.uint8)
    skipped = -space.ctypes.data % _ALIGNMENT
    return memoryview(space[skipped : skipped + length])


def _fill(response, body):
    done = 0
    while done < len(body):
        count = response.readinto(body[done:])
        if not count:
            raise http.client.IncompleteRead(b"", len(body) - done)
        done += count


class _ToFile:
    """Copies a body to the start of a file."""

    def __init__(self, file):
        self._file = file

    def __call__(self, response):
        self._file.seek(0)
        self._file.truncate()
        expected = response.length
        while chunk := response.read(1 << 20):
            self._file.write(chunk)
        if expected is not None and self._file.tell() != expected:
            raise http.client.IncompleteRead(b"", expected - self._file.tell())


class Batches:
    """One trainer's share of the epochs of a preparation: iterate for dicts of numpy arrays.

    Each `for` goes through the rest of the current epoch, and then the position is the start of
    the next one. A loop that is left early leaves the position behind the last batch it was given;
    the next loop goes on there. A new loop ends the former one. What the parameters mean stands
    with the service's batches; `seed` and the number of the epoch are sent if it shuffles.

    `rank` r of `world_size` w takes the numbers next + r, next + r + w, ...; `next` counts over all
    ranks, which move in step. `uneven` says what happens if the last round of an epoch does not
    give a batch to each rank: "serve" delivers every batch, so that ranks may differ by one step;
    "drop" leaves that round out, at most w - 1 batches an epoch, so that none waits for another.

    Up to `prefetch` batches are fetched ahead, by threads; with 0 each one when it is asked for. A
    loop's first batch is fetched alone, so that it comes soon, and then more and more at once.
    `cache_dir` keeps the bodies in a folder, by address, for good: they never change.

    `keep_photos` pulls each photo of the split once, before the first batch, and then only words
    and numbers, so that an epoch does not move a photo again for each of its examples; the batches
    are the same. "memory" holds the photos in memory, a folder's path in a file there, mapped into
    memory, which stays for the next run and is shared by processes (a DataLoader's workers).
    """

    def __init__(
        self,
        client,
        preparation,
        *,
        split="all",
        model="word",
        photo="features",
        layer=None,
        size=32,
        photos=None,
        target="index",
        layout="compact",
        shuffle="none",
        seed=0,
        rank=0,
        world_size=1,
        uneven="serve",
        prefetch=4,
        encoding="npz",
        cache_dir=None,
        keep_photos=None,
    ):
        if not 0 <= rank < world_size:
            raise ValueError(f"rank is {rank}, must be from 0 to world_size - 1 = {world_size - 1}")
        if uneven not in ("serve", "drop"):
            raise ValueError(f'uneven is {uneven!r}, must be "serve" or "drop"')
        if encoding not in _DECODERS:
            raise ValueError(f"encoding is {encoding!r}, must be one of {sorted(_DECODERS)}")
        if prefetch < 0:
            raise ValueError(f"prefetch is {prefetch}, must be 0 or more")
        self.client = client
        self.rank = rank
        self.world_size = world_size
        self.uneven = uneven
        self.prefetch = prefetch
        self.cache_dir = cache_dir
        self._encoding = encoding
        # What decides the order and the cut of an epoch; the rest only how a batch looks.
        self._fixed = {
            "preparation": preparation,
            "split": split,
            "model": model,
            "size": None if photos is not None else operator.index(size),
            "photos": None if photos is None else operator.index(photos),
            "shuffle": shuffle,
            "seed": operator.index(seed),
        }
        looks = {"photo": photo, "layer": layer, "target": target, "layout": layout}
        self._kept = None
        if keep_photos is not None and photo in ("features", "pixels"):
            self._kept = _KeptPhotos(client, preparation, split, photo, layer, keep_photos)
            self._is_expanded = layout == "expanded"
            looks.update(photo="index", layer=None, layout=None)
        query = {**self._fixed, **looks}
        del query["preparation"]
        if shuffle == "none":
            # The same address in every epoch, so that caches are of use.
            del query["seed"]
        given = {name: value for name, value in query.items() if value is not None}
        self._query = "?" + urllib.parse.urlencode(given)
        self._base = _preparation(preparation) + "/batches/"
        self._epoch = 0
        self._next = 0
        self._share = (0, 1)
        self._loop = 0
        self._count = None
        self._is_counted = False

    @property
    def count(self):
        """Batches of an epoch over all ranks; the service is asked once."""
        if self._count is None:
            self._count = self._ask_count()
        return self._count

    def _ask_count(self):
        address = self._address(0, 0)
        accept = _MEDIA_TYPES[self._encoding]
        with self.client._connection() as connection:
            try:
                headers, _ = self.client._ask(connection, "HEAD", address, accept)
            except Problem:
                # The answer to HEAD has no body that says what is wrong.
                headers, _ = self.client._ask(connection, "GET", address, accept)
        return int(headers["Batch-Count"])

    @property
    def epoch(self):
        """The number of the current epoch, from 0."""
        return self._epoch

    @property
    def next(self):
        """The number, over all ranks, from which the epoch goes on."""
        return self._next

    def __len__(self):
        """Batches of a whole epoch for this rank."""
        return len(self._numbers(0))

    def _numbers(self, start):
        """This rank's numbers from a position on; of a DataLoader's worker, its part of them."""
        stop = self.count
        if self.uneven == "drop":
            stop -= (stop - start) % self.world_size
        part, parts = self._share
        first = start + self.rank + part * self.world_size
        return range(first, max(stop, first), self.world_size * parts)

    def _address(self, epoch, number):
        sent = "" if self._fixed["shuffle"] == "none" else f"&epoch={epoch}"
        return f"{self._base}{number}.{self._encoding}{self._query}{sent}"

    def state_dict(self):
        """The position, and what it is a position in: a few numbers and strings."""
        return {**self._fixed, "epoch": self._epoch, "next": self._next}

    def load_state_dict(self, state):
        """Goes to a position. A state of other batches than these is a ValueError."""
        for name, ours in self._fixed.items():
            if name not in state:
                raise ValueError(f"the state lacks {name}")
            if state[name] != ours:
                raise ValueError(f"{name} is {state[name]!r} in the state, and {ours!r} here")
        self._move(state["epoch"], state["next"])

    def set_epoch(self, epoch):
        """Goes to the start of an epoch."""
        self._move(epoch, 0)

    def _move(self, epoch, number):
        for name, value in (("epoch", epoch), ("next", number)):
            if operator.index(value) < 0:
                raise ValueError(f"{name} is {value}, must be 0 or more")
        self._loop += 1
        self._epoch, self._next = epoch, number

    def _delivered(self):
        self._next += self.world_size * self._share[1]

    def __iter__(self):
        return self._counted(self._fetched(self._epoch, self._numbers(self._next)))

    def _counted(self, source):
        """Passes on the rest of the current epoch from `source`, and moves with it."""
        self._loop += 1
        return self._rest(self._loop, self._epoch, source)

    def _rest(self, loop, epoch, source):
        for batch in source:
            self._check(loop)
            self._delivered()
            yield batch
            self._check(loop)
        self._move(epoch + 1, 0)

    def _check(self, loop):
        if loop != self._loop:
            raise RuntimeError("another loop over these batches has begun, or they were moved")

    def _fetched(self, epoch, numbers):
        if self._kept and numbers:
            self._kept.open()
        if not self.prefetch:
            return (self._fetch(epoch, number) for number in numbers)
        return _ahead(self, epoch, numbers)

    def _fetch(self, epoch, number, connection=None, stop=None):
        """One batch: from the cache if it is there."""
        arrays = self._fetch_sent(self._address(epoch, number), connection, stop)
        return self._kept.put_into(arrays, self._is_expanded) if self._kept else arrays

    def _fetch_sent(self, address, connection, stop):
        if self.cache_dir is None:
            return self._pull(address, connection, stop)[0]
        cached = _Cached(self.cache_dir, self.client.url + address, self._encoding)
        arrays = cached.arrays()
        if arrays is None:
            arrays, body = self._pull(address, connection, stop)
            cached.keep(body)
        return arrays

    def _pull(self, address, connection, stop):
        """Arrays, and the body that they are views of."""
        if connection is None:
            with self.client._connection() as connection:
                return self._pull(address, connection, stop)
        accept = _MEDIA_TYPES[self._encoding]
        return self.client._ask(connection, "GET", address, accept, self._decoded, stop)[1]

    def _decoded(self, response):
        body = _body(response)
        return _DECODERS[self._encoding](body), body


class _KeptPhotos:
    """The photos of a split in the order of their numbers, pulled once."""

    def __init__(self, client, preparation, split, photo, layer, place):
        self._client = client
        self._query = {"split": split, "photo": photo, "layer": layer}
        self._preparation = preparation
        self._place = place
        self._rows = None

    def __getstate__(self):
        return {**self.__dict__, "_rows": None}

    def open(self):
        if self._rows is None:
            self._rows = self._in_memory() if self._place == "memory" else self._in_file()

    def _in_memory(self):
        return self._pull(lambda shape: np.empty(shape, np.float32))

    def _in_file(self):
        """Written beside its place and moved there whole; two processes may both do so."""
        what = json.dumps([self._client.url, self._preparation, self._query], sort_keys=True)
        name = hashlib.sha256(what.encode()).hexdigest() + ".npy"
        path = os.path.join(self._place, name)
        if not os.path.exists(path):
            os.makedirs(self._place, exist_ok=True)
            handle, made = tempfile.mkstemp(dir=self._place)
            os.close(handle)
            try:
                create = functools.partial(np.lib.format.open_memmap, made, "w+", np.float32)
                self._pull(create).flush()
                os.replace(made, path)
            except BaseException:
                os.unlink(made)
                raise
        return np.asarray(np.load(path, mmap_mode="r"))

    def _pull(self, create):
        """Model `sequence` numbers all photos, also those that have no examples."""
        manifest = self._client.manifest(self._preparation)
        split = self._query["split"]
        count = manifest["photos"] if split == "all" else manifest["splits"][split]["photos"]
        batches = Batches(
            self._client, self._preparation, model="sequence", photos=_PHOTOS_AT_ONCE, **self._query
        )
        rows, done = None, 0
        for batch in batches:
            photos = batch["photos"]
            if rows is None:
                rows = create(shape=(count, *photos.shape[1:]))
            rows[done : done + len(photos)] = photos
            done += len(photos)
        if done != count:
            raise ConnectionError(f"{done} photos came of {count}")
        return rows

    def put_into(self, arrays, expanded):
        """The arrays that the service would have sent; distinct photos by first appearance."""
        numbers = arrays.pop("photo_index")
        if expanded:
            return {"photos": self._rows[numbers], **arrays}
        distinct, first, index = np.unique(numbers, return_index=True, return_inverse=True)
        order = np.argsort(first)
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        index = place[index].astype(np.int32)
        return {"photos": self._rows[distinct[order]], "photo_index": index, **arrays}


class _Cached:
    """A batch's body as a file, named by its address."""

    def __init__(self, folder, address, encoding):
        name = hashlib.sha256(address.encode()).hexdigest()
        self._folder = folder
        self._path = os.path.join(folder, f"{name}.{encoding}")
        self._encoding = encoding

    def arrays(self):
        """None if it is not there whole."""
        try:
            body = memoryview(np.fromfile(self._path, dtype=np.uint8))
            return _DECODERS[self._encoding](body)
        except (FileNotFoundError, ValueError):
            return None

    def keep(self, body):
        os.makedirs(self._folder, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=self._folder)
        try:
            with open(handle, "wb") as file:
                file.write(body)
            # At once whole, also for others that look meanwhile.
            os.replace(path, self._path)
        except BaseException:
            os.unlink(path)
            raise


def _ahead(batches, epoch, numbers):
    """Yields the batches of the numbers in order, while threads fetch those that follow."""
    process = os.getpid()
    tasks, stop, waiting = queue.SimpleQueue(), threading.Event(), collections.deque()
    count = min(batches.prefetch, _MOST_THREADS, len(numbers))
    connections = [batches.client._connection() for _ in range(count)]
    for connection in connections:
        arguments = (batches._fetch, epoch, tasks, connection, stop)
        threading.Thread(target=_fetch_tasks, args=arguments, daemon=True).start()
    ahead, wanted = iter(numbers), 1
    try:
        # Alone, as those asked for beside it would delay it; then twice as many with each that came.
        for number in itertools.islice(ahead, wanted):
            _order(number, tasks, waiting)
        while waiting:
            if process != os.getpid():
                raise RuntimeError("these batches are being fetched by the parent process")
            batch, error = waiting.popleft().get()
            if error is not None:
                raise error
            wanted = min(2 * wanted, batches.prefetch)
            for number in itertools.islice(ahead, wanted - len(waiting)):
                _order(number, tasks, waiting)
            yield batch
    finally:
        # A child process that inherits this generator must leave the connections alone.
        if process == os.getpid():
            if waiting:
                # Before a thread is told to end: it then gives its connection back.
                for connection in connections:
                    connection.abort()
            stop.set()
            for _ in connections:
                tasks.put(None)


def _order(number, tasks, waiting):
    slot = queue.SimpleQueue()
    tasks.put((number, slot))
    waiting.append(slot)


def _fetch_tasks(fetch, epoch, tasks, connection, stop):
    """What a thread does until it is told to end."""
    with connection:
        while (task := tasks.get()) is not None and not stop.is_set():
            number, slot = task
            try:
                slot.put((fetch(epoch, number, connection, stop), None))
            except BaseException as error:
                slot.put((None, error))
            # Nothing of the batch is held while the next one is waited for.
            del task, slot


def load_npz(buffer):
    """The arrays of an .npz with stored members, by name, as read-only views of the buffer."""
    return _load_npz(memoryview(buffer).toreadonly().cast("B"))


def load_safetensors(buffer):
    """The arrays of a safetensors file, by name, as read-only views of the buffer."""
    return _load_safetensors(memoryview(buffer).toreadonly().cast("B"))


_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_NPY = re.compile(
    rb"\{'descr': '([<>|][biufc][0-9]{1,2})', 'fortran_order': (True|False), "
    rb"'shape': \(((?:[0-9]+,? ?)*)\), \} *\n"
)


def _load_npz(buffer):
    try:
        return dict(_members(buffer))
    except (struct.error, UnicodeDecodeError, OverflowError, TypeError) as error:
        raise ValueError(f"damaged npz: {error}") from error


def _members(buffer):
    """Walks the central directory at the end of the archive."""
    at = len(buffer) - _END.size
    if at < 0:
        raise ValueError("truncated npz")
    mark, *_, count, length, start, comment = _END.unpack_from(buffer, at)
    if mark != b"PK\5\6" or comment or start + length != at:
        raise ValueError("truncated or damaged npz: no directory at its end")
    place = start
    for _ in range(count):
        entry = _CENTRAL.unpack_from(buffer, place)
        mark, flags, method, crc, size, whole = (entry[i] for i in (0, 3, 4, 7, 8, 9))
        name_end = place + _CENTRAL.size + entry[10]
        if mark != b"PK\1\2" or name_end > at:
            raise ValueError("damaged npz: no member where its directory names one")
        if method or flags & 1 or size != whole:
            raise ValueError("this npz is compressed; only stored members can be viewed")
        name = str(buffer[place + _CENTRAL.size : name_end], "utf-8")
        content = _content(buffer[:start], entry[16], size)
        if zlib.crc32(content) != crc:
            raise ValueError(f"damaged npz: checksum of {name}")
        yield name[:-4] if name.endswith(".npy") else name, _npy(content)
        place = name_end + entry[11] + entry[12]
    if place != at:
        raise ValueError("damaged npz: its directory ends early")


def _content(buffer, offset, size):
    header = _LOCAL.unpack_from(buffer, offset)
    start = offset + _LOCAL.size + header[9] + header[10]
    if header[0] != b"PK\3\4" or start + size > len(buffer):
        raise ValueError("damaged npz: a member is not where its directory says")
    return buffer[start : start + size]


def _npy(content):
    """An array from its .npy file."""
    wide = len(content) > 6 and content[6] > 1
    start = (12 if wide else 10) + struct.unpack_from("<L" if wide else "<H", content, 8)[0]
    dtype, order, shape = _npy_header(bytes(content[: min(start, 1 << 16)]))
    return _array(content[start:], dtype, shape, order)


@functools.lru_cache(maxsize=4096)
def _npy_header(header):
    found = _NPY.fullmatch(header, 12 if header[6:7] > b"\1" else 10)
    if not header.startswith(b"\x93NUMPY") or found is None:
        raise ValueError("damaged npz: not the header of an array of numbers")
    shape = tuple(int(side) for side in found[3].replace(b",", b" ").split())
    return np.dtype(found[1].decode()), "F" if found[2] == b"True" else "C", shape


def _array(content, dtype, shape, order="C"):
    count = math.prod(shape)
    if count * dtype.itemsize != len(content):
        raise ValueError(f"damaged: {len(content)} bytes for {dtype} of shape {shape}")
    if not count:
        return np.empty(shape, dtype)
    return np.frombuffer(content, dtype).reshape(shape, order=order)


_SAFETENSORS_DTYPES = {
    "BOOL": "|b1",
    "U8": "|u1",
    "I8": "|i1",
    "U16": "<u2",
    "I16": "<i2",
    "F16": "<f2",
    "U32": "<u4",
    "I32": "<i4",
    "F32": "<f4",
    "U64": "<u8",
    "I64": "<i8",
    "F64": "<f8",
}
_SAFETENSORS_DTYPES = {name: np.dtype(code) for name, code in _SAFETENSORS_DTYPES.items()}


def _load_safetensors(buffer):
    try:
        return _tensors(buffer)
    except (struct.error, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"damaged safetensors: {error!r}") from error


def _tensors(buffer):
    start = 8 + struct.unpack_from("<Q", buffer)[0]
    if start > len(buffer):
        raise ValueError("truncated safetensors")
    header = json.loads(bytes(buffer[8:start]))
    header.pop("__metadata__", None)
    entries = sorted(header.items(), key=lambda item: item[1]["data_offsets"])
    arrays, place, data = {}, 0, buffer[start:]
    for name, entry in entries:
        first, last = entry["data_offsets"]
        if first != place or last < first or last > len(data):
            raise ValueError(f"truncated or damaged safetensors: the place of {name}")
        dtype = _SAFETENSORS_DTYPES[entry["dtype"]]
        array = _array(data[first:last], dtype, tuple(map(operator.index, entry["shape"])))
        # The format allows no holes; the service fills those that align the arrays.
        if not name.startswith("__padding_"):
            arrays[name] = array
        place = last
    if place != len(data):
        raise ValueError("damaged safetensors: bytes behind the last array")
    return arrays


_DECODERS = {"npz": _load_npz, "safetensors": _load_safetensors}


def expand(batch):
    """The batch with a row of photos for each example. Arrays and tensors both do."""
    if "photo_index" not in batch:
        return batch
    expanded = {name: array for name, array in batch.items() if name != "photo_index"}
    expanded["photos"] = batch["photos"][batch["photo_index"]]
    return expanded


def _pair(batch, expanded):
    """(inputs, targets); inputs that the batch does not have are left out, a single one stands
    alone."""
    batch = expand(batch) if expanded else batch
    names = ("photos", "photo_index", "sequences")
    inputs = tuple(batch[name] for name in names if name in batch)
    return (inputs if len(inputs) != 1 else inputs[0]), batch["targets"]


def tuples(batches, expand=True):
    """Endless ((photos, sequences), targets), epoch after epoch: for Keras's fit with
    `steps_per_epoch=len(batches)`. Not expanded, inputs are (photos, photo_index, sequences)."""
    if not len(batches):
        raise ValueError("an epoch has no batch for this rank")
    return _endless(batches, expand)


def _endless(batches, expanded):
    while True:
        for batch in batches:
            yield _pair(batch, expanded)


class Captioner:
    """Captions for photos, by a model that was trained on a preparation (model word).

        captioner = Captioner(client, preparation)
        captioner.caption("photo.jpg", lambda photos, sequences: model.predict([photos, sequences]))

    `begin` and `end` are the preparation's start and end words unless given; without any, a caption
    begins with nothing and ends at the longest length. `layer` is needed if several are stored.
    """

    def __init__(self, client, preparation, layer=None, begin=None, end=None):
        self.client, self.preparation, self.layer = client, preparation, layer
        vocabulary = client.vocabulary(preparation)
        self.max_length = vocabulary["maxLength"]
        self.word_index = vocabulary["wordIndex"]
        self.index_word = {index: word for word, index in self.word_index.items()}
        marks = client.manifest(preparation)["recipe"]["startEnd"]
        own = (["startseq", "endseq"] if marks is True else marks) or (None, None)
        self._begin = self._index("begin", own[0] if begin is None else begin)
        self._end = self._index("end", own[1] if end is None else end)

    def _index(self, what, word):
        if word is None:
            return None
        if word not in self.word_index:
            raise ValueError(f"{what}: {word!r} is not in the vocabulary")
        return self.word_index[word]

    def features(self, photo):
        """The array that the model is given for a photo: bytes of a file, or its path."""
        layers = self.client.photo_features(self.preparation, photo)
        if self.layer is None and len(layers) > 1:
            raise ValueError(f"layer: one of {', '.join(layers)}")
        return layers[self.layer] if self.layer else next(iter(layers.values()))

    def caption(self, photo, predict, beams=1, length_power=1.0):
        """The best caption that is found, as a `Caption` (text, words, log_probability).

        `photo`: an array of features, bytes of a file, or its path. `predict(photos, sequences)`:
        (k, ...) photos, all the same, and (k, maxLength) int32 words so far, left-padded with 0, to
        (k, vocabularySize) probabilities of the next word. `beams`: how many captions are
        followed; 1 is greedy. What counts is the logarithm of a caption's probability, divided
        by its number of words to the power `length_power` (0: not at all, and short ones win).
        """
        if beams < 1:
            raise ValueError(f"beams is 1 or more, not {beams}")
        if not isinstance(photo, np.ndarray):
            photo = self.features(photo)
        first = () if self._begin is None else (self._begin,)
        open_, ended = [(0.0, first)], []
        while open_ and len(open_[0][1]) < self.max_length:
            grown = self._grown(photo, predict, open_, beams)
            ended += [beam for beam in grown if beam[1][-1] == self._end]
            open_ = [beam for beam in grown if beam[1][-1] != self._end]
            if len(ended) >= beams:
                open_ = []
        best = max(ended + open_, key=lambda beam: self._value(beam, length_power))
        return self._told(*best)

    def _grown(self, photo, predict, beams, most):
        """The most probable of the captions that are a word longer."""
        sequences = np.zeros((len(beams), self.max_length), np.int32)
        for row, (_, words) in zip(sequences, beams):
            if words:
                row[-len(words) :] = words
        photos = np.repeat(photo[np.newaxis], len(beams), axis=0)
        found = np.array(predict(photos, sequences), np.float64)
        expected = len(beams), max(self.index_word) + 1
        if found.shape != expected:
            raise ValueError(f"predict gives an array of shape {found.shape}, not {expected}")
        # No caption holds padding, or begins anew.
        found[:, [0] if self._begin is None else [0, self._begin]] = 0
        with np.errstate(divide="ignore"):
            totals = np.log(found) + np.array([[total] for total, _ in beams])
        order = np.argsort(-totals, axis=None, kind="stable")[:most]
        rows, words = np.unravel_index(order, totals.shape)
        return [
            (totals[row, word], (*beams[row][1], int(word)))
            for row, word in zip(rows, words)
            if totals[row, word] > -np.inf
        ]

    def _value(self, beam, length_power):
        total, words = beam
        return total / max(len(words) - (self._begin is not None), 1) ** length_power

    def _told(self, total, words):
        marks = (self._begin, self._end)
        words = [self.index_word[index] for index in words if index not in marks]
        return Caption(" ".join(words), words, float(total))


Caption = collections.namedtuple("Caption", "text words log_probability")


def keras_dataset(batches):
    """A `keras.utils.PyDataset` of ((photos, sequences), targets), from the position of `batches`.

    Shuffling is the service's: give `shuffle=False` to `fit`, which would only mix whole batches
    and lose the position. Give it `keras_progress(batches)` too: Keras tells a dataset of ends of
    epochs before the first, so that only a callback knows what was trained on. Without one each
    Keras epoch is the same, which is right for validation data alone: batches that are shuffled, or
    that stand in the middle of an epoch, are then refused.

    In the middle of an epoch, the length is that of its rest. Keras keeps to the length that it
    finds first: give one `fit` to the rest (`epochs=batches.epoch + 1`) and one to what follows.

    Batches are fetched ahead by `prefetch` of `batches`. Keras's own `workers` stay at 1: with
    more, Keras hands what it had fetched ahead in one epoch to the next.
    """
    import keras

    class Dataset(keras.utils.PyDataset):
        def __init__(self):
            super().__init__(workers=1)
            self._begin()

        def _begin(self):
            self._epoch = batches.epoch
            self._numbers = batches._numbers(batches.next)
            self._repeats = batches._fixed["shuffle"] == "none" and batches.next == 0
            self._ahead, self._expected = iter(()), None

        def __len__(self):
            return len(self._numbers)

        def __getitem__(self, index):
            if not (self._repeats or batches._is_counted):
                raise ValueError("give keras_progress(batches) to the callbacks of fit")
            if index != self._expected:
                self._ahead = batches._fetched(self._epoch, self._numbers[index:])
            self._expected = index + 1
            return _pair(next(self._ahead), True)

        def on_epoch_end(self):
            if not batches._numbers(batches.next):
                batches.set_epoch(self._epoch + 1)
            self._begin()

    return Dataset()


def keras_progress(batches):
    """A Keras callback that counts trained batches in `batches`: callbacks that stand behind it
    find the right `state_dict()` after each step, whatever has been fetched ahead."""
    import keras

    class Progress(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            self._start = batches.next

        def on_train_batch_end(self, batch, logs=None):
            batches._next = self._start + (batch + 1) * batches.world_size

    batches._is_counted = True
    return Progress()


def torch_dataset(batches):
    """A `torch.utils.data.IterableDataset` of dicts of tensors, the rest of the current epoch.

    For `DataLoader(dataset, batch_size=None, num_workers=n)`; with any n, the batches come once and
    in order. Workers are processes of their own: with them, `batches` itself does not move. Call
    `batches.set_epoch` for each epoch, or better use `torch_loader`, which keeps count. With
    torchdata's StatefulDataLoader, state and position are the loader's.
    """
    return _torch_classes()(batches)


def torch_loader(batches, num_workers=0, **kwargs):
    """A DataLoader whose every loop is the rest of the current epoch of `batches`, which counts
    the batches as they are delivered: `batches.state_dict()` is right after each, whatever workers
    have fetched ahead. `kwargs` are DataLoader's."""
    return _TorchLoader(batches, num_workers, kwargs)


class _TorchLoader:
    def __init__(self, batches, num_workers, kwargs):
        import torch

        self._batches = batches
        # Shared with workers, which may outlive a loop: where the next loop begins.
        self._position = torch.zeros(2, dtype=torch.int64).share_memory_()
        # A copy moves in the workers, or here without any; the original counts what is delivered.
        dataset = _torch_classes()(copy.copy(batches), self._position)
        self._loader = torch.utils.data.DataLoader(
            dataset, batch_size=None, num_workers=num_workers, **kwargs
        )

    def __len__(self):
        return len(self._batches)

    def __iter__(self):
        position = (self._batches.epoch, self._batches.next)
        self._position[:] = self._position.new_tensor(position)
        return self._batches._counted(iter(self._loader))


@functools.lru_cache(maxsize=None)
def _torch_classes():
    import torch

    class Dataset(torch.utils.data.IterableDataset):
        def __init__(self, batches, position=None):
            batches.count  # Asked here, so that workers need not.
            self._batches = batches
            self._position = position

        def __reduce__(self):
            return _torch_again, (self._batches, self._position)

        def __len__(self):
            return len(self._batches)

        def __iter__(self):
            worker = torch.utils.data.get_worker_info()
            if worker is not None:
                self._batches._share = (worker.id, worker.num_workers)
            if self._position is not None:
                self._batches._move(*self._position.tolist())
            for batch in self._batches:
                yield {name: tensor(array) for name, array in batch.items()}

        def state_dict(self):
            return self._batches.state_dict()

        def load_state_dict(self, state):
            self._batches.load_state_dict(state)

    def tensor(array):
        made = torch.from_numpy(array)
        return made if made.is_floating_point() else made.long()

    return Dataset


def _torch_again(batches, position):
    return _torch_classes()(batches, position)


def embedding_matrix(path, word_index, vocabulary_size=None):
    """(matrix, found) from a text file of GloVe or word2vec, read line by line.

    The matrix is (vocabulary_size, dim) float32, a word's vector in the row of its index; row 0
    and rows of words that the file lacks are zero. `found` is how many words it had; of a word's
    lines the first counts. A line with too few fields, or with anything but numbers for a wanted
    word, is a ValueError with its number.
    """
    if vocabulary_size is None:
        vocabulary_size = max(word_index.values(), default=0) + 1
    rows = {word.encode(): row for word, row in word_index.items()}
    found = last = 0
    with open(path, "rb") as file:
        count, dim, lines = _vector_lines(path, file)
        matrix = np.zeros((vocabulary_size, dim), dtype=np.float32)
        for last, line in lines:
            # From the right, as some files have words with spaces.
            fields = line.rsplit(None, dim)
            if len(fields) != dim + 1:
                raise ValueError(f"{path}, line {last}: not a word and {dim} numbers")
            row = rows.pop(fields[0], None)
            if row is not None:
                matrix[row] = _vector(path, last, fields)
                found += 1
    if count is not None and last != count + 1:
        raise ValueError(f"{path}: {count} words announced, line {last} is the last")
    return matrix, found


def _vector_lines(path, file):
    """How many words are announced (None if not), how many numbers each has, and the numbered
    lines."""
    first = file.readline().split()
    if len(first) == 2 and first[0].isdigit() and first[1].isdigit() and int(first[1]) > 0:
        return int(first[0]), int(first[1]), enumerate(file, 2)
    if len(first) < 2:
        raise ValueError(f"{path}, line 1: not a word and numbers")
    file.seek(0)
    return None, len(first) - 1, enumerate(file, 1)


def _vector(path, number, fields):
    try:
        vector = np.array(fields[1:], dtype=np.float32)
    except ValueError as error:
        raise ValueError(f"{path}, line {number}: {error}") from error
    if not np.isfinite(vector).all():
        raise ValueError(f"{path}, line {number}: a number that is not finite")
    return vector
