"""One of two nodes is killed, again and again, in each step of a job."""

import collections
import random
import threading
import time

from cluster import at_once, ended, epoch, submit, until
from expect import equal

RECIPE = {"captions": "all"}
STEPS = ["READ", "CLEAN", "COUNT", "ENCODE", "EXTRACT"]
ORDER = ["LOOK", "READ", "SEAL", "CLEAN", "COUNT", "FIT", "MEASURE", "ENCODE", "EXTRACT", "PUBLISH"]
# From the kill of a node until another has committed some of what that one had in hand.
LONGEST_TAKEOVER = 15


class Killer:
    """Kills nodes by turns, and keeps what each had in hand."""

    def __init__(self, database, nodes, kills, seed):
        self.database = database
        self.nodes = nodes
        last = len(STEPS) - 1
        self.steps = [STEPS[n * last // max(1, kills - 1)] for n in range(kills)]
        self.draw = random.Random(seed)
        self.held = []
        self.takeovers = []

    def run(self):
        for turn, step in enumerate(self.steps):
            self.kill(self.nodes[turn % len(self.nodes)], step)

    def kill(self, victim, step):
        name = victim.name()
        until(f"{step} on {name}", lambda: self.is_at(name, step), pause=0.005)
        time.sleep(self.draw.uniform(0, 1 if step in ("READ", "EXTRACT") else 0.1))
        victim.kill()
        killed = time.time()
        starter = threading.Thread(target=victim.start)
        starter.start()
        held = self.left_by(name)
        self.held += held
        seconds = self.takeover(name, held, killed)
        starter.join()
        if not victim.is_ready():
            raise SystemExit("a node that was killed does not start again")
        taken = f"{seconds:.1f} s" if seconds else "nothing"
        print(f"killed in {step} or later, {held} in hand: {taken}")

    def is_at(self, name, step):
        return any(ORDER.index(phase) >= ORDER.index(step) for phase, _ in self.database.held(name))

    def left_by(self, name):
        """What it had in hand, when its last transaction is over."""
        until(
            "the end of the dead node's connections",
            lambda: self.database.one(
                "SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle'"
                " AND pid <> pg_backend_pid() AND query_start < now() - interval '100 ms'"
                " AND backend_type = 'client backend' AND wait_event = 'ClientRead'"
            )
            == 0,
            5,
        )
        return self.database.held(name)

    def takeover(self, name, held, killed):
        if not held:
            return None
        wanted = {tuple(chunk) for chunk in held}

        def first():
            done = self.database.history("done")
            return [at for phase, n, node, _, at in done if node != name and (phase, n) in wanted]

        at = min(until(f"takeover of {held}", first, LONGEST_TAKEOVER))
        self.takeovers.append(at - killed)
        return at - killed


def check_nothing_twice(database, nodes, held, photos):
    """Each chunk is taken up once, and once more for each kill of the node that had it in hand."""
    killed = collections.Counter(tuple(chunk) for chunk in held)
    taken = collections.Counter((phase, n) for phase, n, *_ in database.history("taken"))
    done = database.history("done")
    equal("chunks done once", len({(phase, n) for phase, n, *_ in done}), len(done))
    again = {chunk: times - 1 for chunk, times in taken.items() if times > 1}
    equal("chunks taken up again", again, dict(killed))
    units = {n: units for phase, n, _, units, _ in done if phase == "EXTRACT"}
    equal("photos whose features are committed", sum(units.values()), photos)
    most = photos + sum(units[n] for phase, n in held if phase == "EXTRACT")
    extracted = sum(node.extracted() for node in nodes)
    if not photos <= extracted <= most:
        raise SystemExit(f"{extracted} extractions of {photos} photos; {most} at most")
    return extracted


def check(scene, kills, seed):
    database, nodes = scene.database, scene.nodes
    job = submit(nodes[0], RECIPE)
    killer = Killer(database, nodes, kills, seed)
    killer.run()
    view = ended(nodes[0], job)
    scene.is_as_undisturbed(job, view["preparation"])
    extracted = check_nothing_twice(database, nodes, killer.held, scene.photos)
    for bodies in at_once(*[lambda n=node: epoch(n, view["preparation"]) for node in nodes]):
        equal("bytes of all batches", bodies == scene.batches, True)
    print(
        f"{kills} kills: taken over within {max(killer.takeovers):.1f} s at most;"
        f" {extracted} extractions of {scene.photos} photos; all rows and bytes are the same"
    )
