"""The database of two nodes crashes, and then stays away for half a minute, while a job runs."""

import time

from cluster import ended, submit, until
from expect import equal

RECIPE = {"captions": "all"}
AWAY_SECONDS = 30


def done(database, phase):
    return len(database.history("done", phase))


def check(scene):
    database, nodes, server = scene.database, scene.nodes, scene.server
    job = submit(nodes[0], RECIPE)
    until("photos are read", lambda: database.held() and done(database, "LOOK"), pause=0.005)
    time.sleep(0.3)
    server.crash()
    server.start()
    database.connection = None
    until("features are extracted", lambda: done(database, "EXTRACT"))
    server.stop()
    print(f"stopped for {AWAY_SECONDS} s ...")
    time.sleep(AWAY_SECONDS)
    server.start()
    back = time.time()
    database.connection = None
    view = ended(nodes[1], job)
    again = [at for *_, at in database.history("done") if at > back]
    workers = {node for _, _, node, _, at in database.history("done", "EXTRACT") if at > back}
    equal("nodes that went on", workers, {node.name() for node in nodes})
    scene.is_as_undisturbed(job, view["preparation"])
    failures = nodes[0].json(f"/api/admin/jobs/{job}/failures")
    print(
        f"went on {again[0] - back:.1f} s after the database was back, ended"
        f" {again[-1] - back:.1f} s after it; {len(failures)} attempts failed; all rows are the same"
    )
