"""A job on two nodes is held back, over a restart of both; goes on; and others are given up."""

import time

from cluster import ask, at_once, ended, submit, until
from expect import equal

RECIPE = {"captions": "all"}
# What is under way on a node is finished.
LONGEST_CHUNK = 15
QUIET_SECONDS = 2
# Every ten seconds a node takes away what was given up.
SWEPT_SECONDS = 30


def act(node, job, action):
    status, kind, body = ask(node, f"/api/admin/jobs/{job}/{action}", {})
    equal(f"{action} of job {job}", (status, kind), (200, "application/json"))
    return body["state"]


def refused(node, job, actions):
    for action in actions:
        status, kind, body = ask(node, f"/api/admin/jobs/{job}/{action}", {})
        equal(action, (status, kind), (409, "application/problem+json"))
        equal(action, body["type"], "urn:captionary:problem:conflict")
        equal(action, f"cannot {action} job {job}: " in body["detail"], True)


def is_quiet(database):
    """Nothing more is taken up or committed once what was in hand is done."""
    began = time.monotonic()
    until("the end of what was under way", lambda: not database.held(), LONGEST_CHUNK)
    seconds = time.monotonic() - began
    count = len(database.rows("SELECT FROM check_history"))
    time.sleep(QUIET_SECONDS)
    equal("chunks while held back", len(database.rows("SELECT FROM check_history")), count)
    return seconds


def pause_and_resume(scene):
    database, (a, b) = scene.database, scene.nodes
    job = submit(a, RECIPE)
    until("features", lambda: database.history("done", "EXTRACT"))
    refused(b, job, ["resume", "retry"])
    equal("paused", act(b, job, "pause"), "PAUSED")
    refused(a, job, ["pause", "retry"])
    seconds = is_quiet(database)
    print(f"held back: quiet after {seconds:.1f} s")
    at_once(*[node.restart for node in scene.nodes])
    equal("state after a restart", a.json(f"/api/admin/jobs/{job}")["state"], "PAUSED")
    is_quiet(database)
    equal("resumed", act(a, job, "resume"), "RUNNING")
    view = ended(b, job)
    refused(a, job, ["pause", "resume", "retry", "cancel"])
    scene.is_as_undisturbed(job, view["preparation"])
    print("went on after a restart of both nodes; all rows are the same")


def hidden(database):
    """Preparations and snapshots that are given up, and whose rows are not all gone yet."""
    return database.one(
        "SELECT (SELECT count(*) FROM preparation WHERE job_id IS NULL)"
        " + (SELECT count(*) FROM snapshot WHERE dataset_id IS NULL)"
    )


def cancel(scene, phase):
    """In another rendering, so that photos are read and features extracted anew."""
    database, (a, b) = scene.database, scene.nodes
    job = submit(b, {**RECIPE, "resize": "box"}, force=True)
    until(phase, lambda: any(found == phase for found, _ in database.held()), pause=0.005)
    equal("cancelled", act(a, job, "cancel"), "CANCELLED")
    until(
        "the end of all that was under way", lambda: database.is_idle(job), LONGEST_CHUNK, pause=0.2
    )
    until("the end of what is out of sight", lambda: not hidden(database), SWEPT_SECONDS, pause=0.5)
    refused(a, job, ["pause", "resume", "retry", "cancel"])
    equal("preparations left", database.one("SELECT count(*) FROM preparation"), 1)
    left = database.owned()
    for table, expected in scene.rows.items():
        # Pixels and features of other renderings, and a snapshot that was read to its end, stay.
        if table in ("clean_caption", "vocabulary", "vocabulary_word", "encoded_photo", "caption_run"):
            equal(f"{table} after a cancelled job", left[table], expected)
    print(f"cancelled in {phase}: nothing is left")


def check(scene):
    pause_and_resume(scene)
    cancel(scene, "READ")
    cancel(scene, "ENCODE")
    cancel(scene, "EXTRACT")
