"""Two processes of the service on one PostgreSQL, and what its database tells of them: who took which
chunk when, and all rows that a preparation owns."""

import concurrent.futures
import json
import pathlib
import random
import re
import socket
import time
import urllib.error
import urllib.request

import pg8000.native

from patience import PATIENCE
from service import Service

# Tables whose rows a preparation, its snapshot or its photos own, and the column that is a key.
OWNED = {
    "clean_caption": "preparation_key",
    "vocabulary": "preparation_key",
    "vocabulary_word": "preparation_key",
    "encoded_photo": "preparation_key",
    "caption_run": "preparation_key",
    "photo": "snapshot_id",
    "photo_split": "snapshot_id",
    "caption": "snapshot_id",
    "rejected_input": "snapshot_id",
    "photo_features": "extractor_id",
    "photo_pixels": None,
}

# Notes each time that a node takes a chunk up or commits it, with the transaction that does so.
HISTORY = """
CREATE TABLE check_history (
  at timestamptz NOT NULL DEFAULT clock_timestamp(), event text NOT NULL, job bigint NOT NULL,
  phase text NOT NULL, number integer NOT NULL, node text NOT NULL, units bigint NOT NULL);
CREATE FUNCTION check_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.attempt > OLD.attempt THEN
    INSERT INTO check_history (event, job, phase, number, node, units)
      VALUES ('taken', NEW.job_id, NEW.phase, NEW.number, NEW.node, 0);
  ELSIF OLD.done_at IS NULL AND NEW.done_at IS NOT NULL THEN
    INSERT INTO check_history (event, job, phase, number, node, units)
      VALUES ('done', NEW.job_id, NEW.phase, NEW.number, NEW.node, NEW.units);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER check_note AFTER UPDATE ON job_chunk FOR EACH ROW EXECUTE FUNCTION check_note();
"""

WORDS = "a the dog boy girl man runs jumps plays with on in red blue ball water grass snow two".split()


def until(what, holds, seconds=60, pause=0.02):
    """What it gives, once that is true: within so many seconds, or longer with patience."""
    found = within(seconds, holds, pause)
    if not found:
        raise SystemExit(f"{what}: not within {seconds * PATIENCE} s")
    return found


def within(seconds, holds, pause=0.02):
    """As `until`, but what is not true by then is given too."""
    deadline = time.monotonic() + seconds * PATIENCE
    while not (found := holds()) and time.monotonic() <= deadline:
        time.sleep(pause)
    return found


def describe_more(texts, photos, captions=5):
    """Adds captions of photos that have no file, so that text takes several chunks, a row that is none
    and one that names no photo."""
    draw = random.Random(5)
    with open(pathlib.Path(texts) / "Flickr8k.token.txt", "a") as file:
        file.write("no tab\n.jpg#0\tno name\n")
        for photo in range(photos):
            for n in range(captions):
                text = " ".join(draw.choices(WORDS, k=draw.randrange(3, 15)))
                file.write(f"more{photo:06}.jpg#{n}\t{text} .\n")


class Database:
    """A database of its own on a server, and questions to it."""

    def __init__(self, server, name):
        self.server = server
        self.name = name
        with self.connect("postgres") as connection:
            connection.run(f"CREATE DATABASE {name}")
        self.connection = None

    def environment(self):
        environment = self.server.environment()
        url = environment["QUARKUS_DATASOURCE_JDBC_URL"].replace("/postgres", "/" + self.name)
        return {**environment, "QUARKUS_DATASOURCE_JDBC_URL": url}

    def connect(self, name):
        return pg8000.native.Connection(
            "captionary", host="127.0.0.1", port=self.server.port, database=name
        )

    def rows(self, sql, **values):
        """On a connection that is kept until it breaks."""
        if self.connection is None:
            self.connection = self.connect(self.name)
        try:
            return self.connection.run(sql, **values) or []
        except pg8000.exceptions.InterfaceError:
            self.connection = None
            raise

    def one(self, sql, **values):
        return self.rows(sql, **values)[0][0]

    def owned(self):
        """For each table how many rows there are, and what is in them, but for keys."""
        return {table: self.digest(table, key) for table, key in OWNED.items()}

    def digest(self, table, key):
        columns = self.rows(
            "SELECT column_name FROM information_schema.columns WHERE table_name = :t"
            " ORDER BY column_name",
            t=table,
        )
        shown = ", ".join(column for (column,) in columns if column != key)
        return tuple(
            self.rows(
                "SELECT count(*), md5(string_agg(digest, '' ORDER BY digest)) FROM"
                f" (SELECT md5(shown::text) AS digest FROM (SELECT {shown} FROM {table}) AS shown)"
                " AS digests"
            )[0]
        )

    def is_idle(self, job):
        """Whether nothing is left of what a job needed while it was under way."""
        return (
            self.one("SELECT count(*) FROM job_chunk WHERE job_id = :j", j=job) == 0
            and self.one("SELECT count(*) FROM word_tally") == 0
            and self.one(
                "SELECT count(*) FROM scheduled_tasks WHERE task_instance LIKE :j", j=f"{job}/%"
            )
            == 0
        )

    def held(self, node=None):
        """The chunks that a node, or any, has in hand."""
        return [
            (phase, number)
            for phase, number, by in self.rows(
                "SELECT phase, number, node FROM job_chunk WHERE held AND done_at IS NULL"
            )
            if node in (None, by)
        ]

    def history(self, event, phase=None):
        return self.rows(
            "SELECT phase, number, node, units, extract(epoch FROM at)::float8 FROM check_history"
            " WHERE event = :e AND (phase = :p OR :p IS NULL) ORDER BY at",
            e=event,
            p=phase,
        )

    def empty(self):
        """As after the first start, for the next part; what is counted goes on."""
        tables = self.rows(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND table_name NOT IN ('flyway_schema_history', 'extractor')"
        )
        self.rows("TRUNCATE " + ", ".join(table for (table,) in tables))


class Node(Service):
    """A process whose name in the database is told by its number."""

    def name(self):
        return f"{socket.gethostname()}-{self.process.pid}"

    def kill(self):
        self.process.kill()
        self.process.wait()

    def restart(self):
        self.stop()
        self.start()

    def log(self):
        return (self.data_dir / "service.log").read_text()

    def extracted(self):
        """Photos that went through VGG16, whether that was committed or not."""
        return sum(map(int, re.findall(r"extracted features of (\d+) photos", self.log())))


def at_once(*calls):
    """What each gives; all are made at the same time."""
    with concurrent.futures.ThreadPoolExecutor(len(calls)) as threads:
        return [future.result() for future in [threads.submit(call) for call in calls]]


def register(node, sample):
    node.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")


def submit(node, recipe, force=False):
    return node.json(
        "/api/admin/jobs", {"dataset": "sample", "recipe": recipe, "force": force}
    )["id"]


def over(node, job):
    """The job, if it is over, however it ended."""
    view = node.json(f"/api/admin/jobs/{job}")
    return None if view["state"] in ("QUEUED", "RUNNING") else view


def ended(node, job, seconds=180):
    """The job, once it has succeeded."""
    view = until(f"job {job}", lambda: over(node, job), seconds, 0.2)
    if view["state"] != "SUCCEEDED":
        raise SystemExit(f"job {job} {view['state']}: {view['error']}")
    return view


def ask(node, path, body):
    """Status, content type and answer to a POST."""
    headers = {"Authorization": "Bearer " + node.token, "Content-Type": "application/json"}
    request = urllib.request.Request(node.url + path, json.dumps(body).encode(), headers)
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers.get_content_type(), json.loads(answer.read())


def epoch(node, preparation):
    """The bytes of every batch."""
    base = f"/api/preparations/{preparation}"
    examples = node.json(base)["servableExamples"]
    return [node.request(f"{base}/batches/{n}.npz") for n in range(-(-examples // 32))]
