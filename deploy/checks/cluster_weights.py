"""A second node without the weights of a job, or with others."""

import os
import shutil
import time

import h5py
import numpy as np

from cluster import at_once, ended, submit, until
from expect import equal

RECIPE = {"captions": "all"}
CONVOLUTIONS = [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]
# Twice as long as a node waits until it looks again for what it takes to be given up by all.
LOOKS = 9


def write_other_weights(path):
    """A file of Keras without the dense layers; all are zeros."""
    inputs, names = 3, []
    with h5py.File(path, "w") as file:
        for block, (count, outputs) in enumerate(CONVOLUTIONS, 1):
            for number in range(1, count + 1):
                name = f"block{block}_conv{number}"
                names.append(name.encode())
                group = file.create_group(name)
                group.attrs["weight_names"] = [f"{name}_W_1:0".encode(), f"{name}_b_1:0".encode()]
                group[f"{name}_W_1:0"] = np.zeros((3, 3, inputs, outputs), np.float32)
                group[f"{name}_b_1:0"] = np.zeros(outputs, np.float32)
                inputs = outputs
        file.attrs["layer_names"] = names


def missing(scene):
    """It says so and ends, and the job goes on without it."""
    a, b = scene.nodes
    b.stop()
    job = submit(a, RECIPE)
    b.environment["CAPTIONARY_VGG16_WEIGHTS"] = str(scene.folder / "absent.h5")
    before = len(b.log())
    try:
        b.start()
    except SystemExit:
        pass
    else:
        raise SystemExit("a node without its weights has started")
    said = b.log()[before:]
    for part in "captionary.vgg16.weights", "absent.h5", "cannot be used":
        equal(f"{part} is said", part in said, True)
    equal("no stack trace", "\tat " in said, False)
    scene.is_as_undisturbed(job, ended(a, job)["preparation"])
    print("a node whose weights are missing does not start; the job went on")


def others(scene):
    """It takes text, and never features, also if these wait for very long."""
    database, (a, b) = scene.database, scene.nodes
    weights = scene.folder / "zeros.h5"
    write_other_weights(weights)
    b.environment["CAPTIONARY_VGG16_WEIGHTS"] = str(weights)
    b.start()
    job = submit(a, RECIPE)
    until("features", lambda: database.history("done", "EXTRACT"))
    first = database.history("taken", "EXTRACT")[0][-1]
    a.stop()
    waiting = "SELECT count(*) FROM scheduled_tasks WHERE task_name LIKE 'extract-%' AND NOT picked"
    before = database.one(waiting)
    database.rows("UPDATE scheduled_tasks SET execution_time = execution_time - interval '30 days'")
    time.sleep(LOOKS)
    equal("features that wait", database.one(waiting), before)
    a.start()
    view = ended(a, job)
    names = {"a": a.name(), "b": b.name()}
    text = {node for phase, _, node, *_ in database.history("done") if phase in ("CLEAN", "COUNT")}
    equal("the other node takes text", names["b"] in text, True)
    extracted = {node for _, _, node, *_ in database.history("taken", "EXTRACT")}
    equal("the other node takes features", names["b"] in extracted, False)
    began = database.one(
        "SELECT extract(epoch FROM max(at))::float8 FROM check_history WHERE phase = 'ENCODE'"
    )
    if first - began > 2:
        raise SystemExit(f"features were held up for {first - began:.1f} s")
    scene.is_as_undisturbed(job, view["preparation"])
    print(f"a node with other weights took text alone; features began after {first - began:.2f} s")


def lost(scene):
    """Both have them when they start. One that loses them leaves features to the other."""
    database, nodes = scene.database, scene.nodes
    for node in nodes:
        folder = scene.folder / f"weights-of-{node.data_dir.name}"
        folder.mkdir()
        weights = shutil.copy(scene.folder / "zeros.h5", folder)
        node.environment["CAPTIONARY_VGG16_WEIGHTS"] = str(weights)
    at_once(*[node.restart for node in nodes])
    a, b = nodes
    os.remove(b.environment["CAPTIONARY_VGG16_WEIGHTS"])
    before = len(b.log())
    ended(a, submit(a, RECIPE))
    done = {node for _, _, node, *_ in database.history("done", "EXTRACT")}
    equal("who extracted", done, {a.name()})
    said = b.log()[before:]
    equal("the other says why it does not", "is left to other nodes: features" in said, True)
    # Of features: what it gives back is not in its hands, so it is not to beat for it.
    missed = [line for line in said.splitlines() if "failed heartbeats" in line and "extract-" in line]
    equal("warnings of heartbeats", missed, [])
    print("a node that lost its weights after its start left features to the other")


def check(scene):
    missing(scene)
    scene.begin_anew()
    others(scene)
    scene.begin_anew()
    lost(scene)
    for node in scene.nodes:
        node.environment.pop("CAPTIONARY_VGG16_WEIGHTS")
    at_once(*[node.restart for node in scene.nodes])
