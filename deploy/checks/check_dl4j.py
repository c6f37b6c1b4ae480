"""Trains with DL4J on a sample through the packaged service, kills the trainer and lets it go on."""

import collections
import io
import json
import math
import os
import pathlib
import re
import subprocess
import tempfile
import time
import zipfile

import numpy

from service import ROOT, Service, draw_sample

SCRIPT = ROOT / "deploy/trainers/train-dl4j.sh"
PHOTOS = 24
SIZE = 64
EPOCHS = 26
RECIPE = {"captions": "all", "startEnd": True, "features": ["avg", "block5_pool", "fc1"]}


def command(service, preparation, *options):
    return [
        *(str(SCRIPT), "--url", service.url),
        *("--token-file", str(service.data_dir / "tokens/trainer")),
        *("--preparation", preparation, "--size", str(SIZE), *options),
    ]


def train(service, preparation, *options):
    """What the trainer prints."""
    done = subprocess.run(
        command(service, preparation, *options), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{options}: {done.stdout}{done.stderr}")
    return done.stdout


def losses(output):
    return [float(loss) for loss in re.findall(r"epoch \d+/\d+: loss (\d+\.\d+) ", output)]


def bound(service, preparation, examples):
    """The least mean loss that a model can have which sees the words so far and no photo.

    For each sequence of words the best guess is how often which word follows it in these very
    examples, which gives the conditional entropy of the next word.
    """
    path = f"/api/preparations/{preparation}/batches/0.npz?split=train&photo=none&size=65536"
    batch = numpy.load(io.BytesIO(service.request(path)))
    if len(batch["targets"]) != examples:
        raise SystemExit(f"{len(batch['targets'])} examples instead of {examples}")
    followers = collections.defaultdict(collections.Counter)
    for words, target in zip(batch["sequences"], batch["targets"], strict=True):
        followers[words.tobytes()][int(target)] += 1
    nats = sum(
        -count * math.log(count / sum(after.values()))
        for after in followers.values()
        for count in after.values()
    )
    return nats / examples


def state(checkpoint):
    with zipfile.ZipFile(checkpoint) as archive:
        return json.loads(json.loads(archive.read("captionary.json"))["state"])


def stopped_in_mid_epoch(service, preparation, checkpoint, *options):
    """Kills the trainer once its checkpoint stands inside the second epoch; where it stood."""
    run = subprocess.Popen(
        command(service, preparation, "--checkpoint", str(checkpoint), *options),
        stdout=subprocess.DEVNULL,
    )
    while run.poll() is None:
        if checkpoint.exists() and state(checkpoint)["epoch"] == 1 and state(checkpoint)["next"]:
            run.kill()
            run.wait()
            return state(checkpoint)
        time.sleep(0.02)
    raise SystemExit(f"the trainer ended before it could be killed: {run.returncode}")


def batches_trained(checkpoint):
    """How often the model's weights were changed, by DL4J's own count."""
    with zipfile.ZipFile(checkpoint) as archive:
        return json.loads(archive.read("configuration.json"))["iterationCount"]


def check_resume(service, manifest, scratch):
    checkpoint = scratch / "cut.zip"
    options = ("--layer", "avg", "--epochs", "2", "--every", "2")
    stood = stopped_in_mid_epoch(service, manifest["id"], checkpoint, *options)
    examples = manifest["splits"]["train"]["servableExamples"]
    batches = -(-examples // SIZE)
    if batches_trained(checkpoint) != batches + stood["next"]:
        raise SystemExit(f"{batches_trained(checkpoint)} batches trained, but stood at {stood}")
    rest = train(service, manifest["id"], "--checkpoint", str(checkpoint), *options)
    expected = f"resumed at epoch 2, batch {stood['next']}\n"
    if not rest.startswith(expected) or len(losses(rest)) != 1:
        raise SystemExit(f"{rest!r} does not start with {expected!r}, or has other epochs")
    if batches_trained(checkpoint) != 2 * batches:
        raise SystemExit(f"{batches_trained(checkpoint)} batches trained instead of {2 * batches}")
    print(f"killed at batch {stood['next']} of {batches} of epoch 2, and went on there")


def check_learning(service, manifest, scratch):
    examples = manifest["splits"]["train"]["servableExamples"]
    least = bound(service, manifest["id"], examples)
    output = train(
        *(service, manifest["id"], "--layer", "avg", "--epochs", str(EPOCHS)),
        *("--learning-rate", "0.003", "--checkpoint", str(scratch / "learned.zip")),
    )
    reached = float(re.search(r"split train: loss (\d+\.\d+) without dropout", output)[1])
    if not reached < least:
        raise SystemExit(f"loss {reached} after {EPOCHS} epochs, {least:.3f} can be had blindly")
    written = re.findall(r"  written:   (.+)", output)
    if len(written) != 3:
        raise SystemExit(f"three captions are expected: {output}")
    print(f"loss {losses(output)[0]} -> {reached}, below the {least:.3f} of any blind model")
    print(output[output.index("split ") :])


def check_inputs(service, preparation, scratch):
    """Each form of a photo once, one with vectors of words from a file."""
    vectors = scratch / "vectors.txt"
    vectors.write_text("3 2\nred 1 0\nblue 0.5 1e-1\nnosuchword 1 1\n")
    for options in (
        ["--layer", "fc1", "--embeddings", str(vectors)],
        ["--layer", "block5_pool"],
        ["--photo", "pixels"],
    ):
        checkpoint = scratch / f"{options[1]}.zip"
        output = train(
            *(service, preparation, "--split", "dev", "--epochs", "1", *options),
            *("--checkpoint", str(checkpoint)),
        )
        if len(losses(output)) != 1 or state(checkpoint)["epoch"] != 1:
            raise SystemExit(f"{options}: {output}")
        if "--embeddings" in options and "embeddings: 2 of " not in output:
            raise SystemExit(f"{options}: {output}")
        print(f"{options[1]}: loss {losses(output)[0]}")


def main():
    os.environ.setdefault("OMP_NUM_THREADS", "2")
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        sample = draw_sample(scratch, PHOTOS)
        with Service(scratch / "data", [scratch]) as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            manifest = service.prepare("sample", RECIPE)
            check_learning(service, manifest, scratch)
            check_resume(service, manifest, scratch)
            check_inputs(service, manifest["id"], scratch)


main()
