"""The example trainers by their real commands, against the packaged service: do they learn from the
photos, describe photos that they have not seen, and lose nothing when killed?

  check_trainers.py [--photos N] [--epochs N] [--trainers keras torch]
"""

import argparse
import collections
import io
import math
import pathlib
import re
import subprocess
import tempfile
import time

import numpy as np

from service import ROOT, Service, draw_sample

RECIPE = {"captions": "all", "startEnd": True, "features": ["avg", "fc2", "block5_pool"]}
INPUTS = (["--layer", "avg"], ["--layer", "fc2"], ["--layer", "block5_pool"], ["--photo", "pixels"])
TRAINERS = ROOT / "deploy/trainers"
SUFFIX = {"keras": ".keras", "torch": ".pt"}
FINGERPRINT = {
    "keras": "import sys, hashlib, keras, numpy; sys.path.insert(0, sys.argv[2]); import keras_trainer;"
    "m, _ = keras_trainer.load(sys.argv[1]);"
    "arrays = [numpy.asarray(v) for v in m.variables + m.optimizer.variables];"
    "print(len(arrays), hashlib.sha256(b''.join(a.tobytes() for a in arrays)).hexdigest())",
    "torch": "import sys, hashlib, torch; s = torch.load(sys.argv[1], weights_only=True);"
    "o = [each for p in s['optimiser']['state'].values() for each in p.values()];"
    "arrays = [t.numpy() for t in [*s['model'].values(), *o, s['random']]];"
    "print(len(arrays), hashlib.sha256(b''.join(a.tobytes() for a in arrays)).hexdigest())",
}


class Trainer:
    """The command of one trainer, with the options that all its runs share."""

    def __init__(self, name, service, preparation, folder):
        self.name = name
        self.folder = folder
        self.command = [
            str(TRAINERS / f"train-{name}.sh"),
            *("--url", service.url, "--preparation", preparation),
            *("--token-file", str(service.data_dir / "tokens/trainer")),
        ]

    def checkpoint(self, run):
        return self.folder / f"{self.name}-{run}{SUFFIX[self.name]}"

    def start(self, run, *options):
        command = [*self.command, "--checkpoint", str(self.checkpoint(run)), *options]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def run(self, run, *options):
        process = self.start(run, *options)
        printed = process.communicate()[0]
        if process.returncode:
            raise SystemExit(f"{self.name} {options}: exit code {process.returncode}\n{printed}")
        return printed

    def fingerprint(self, run):
        """Of weights, optimiser and random state, bit for bit."""
        venv = ROOT / "deploy/in-venv.sh", TRAINERS / f"requirements-{self.name}.txt"
        command = [*venv, "python", "-c", FINGERPRINT[self.name], self.checkpoint(run), TRAINERS]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def losses(printed):
    return [float(loss) for loss in re.findall(r"^epoch .*: loss ([0-9.]+)", printed, re.M)]


def blind_floor(service, preparation, examples):
    """The least mean loss on the split trained on of any model that does not look at the photos:
    the entropy of the next word, given all the words before it."""
    following = collections.defaultdict(collections.Counter)
    path = f"/api/preparations/{preparation}/batches/0.npz?split=train&photo=none&size={examples}"
    with np.load(io.BytesIO(service.request(path))) as batch:
        for words, target in zip(batch["sequences"], batch["targets"]):
            following[words.tobytes()][int(target)] += 1
    nats = sum(
        count * -math.log(count / sum(counts.values()))
        for counts in following.values()
        for count in counts.values()
    )
    return nats / examples


def captions(printed):
    """{photo: (words written, words of its references)}"""
    found = {}
    for block in re.split(r"^photo ", printed, flags=re.M)[1:]:
        photo, written, *references = block.splitlines()
        words = {word for line in references for word in line.split()[1:]}
        found[photo] = (set(written.split()[1:]), words)
    return found


def share_true(found):
    """The share of telling words written that stand in the photo's own references, and the same
    with the references of each other photo. A word is telling if few photos' references have it."""
    holders = collections.Counter(word for _, words in found.values() for word in words)
    written = {p: {w for w in words if holders[w] < len(found) / 2} for p, (words, _) in found.items()}
    own, others = collections.Counter(), collections.Counter()
    for photo, words in written.items():
        for other, (_, references) in found.items():
            tally = own if other == photo else others
            tally["true"] += len(words & references)
            tally["all"] += len(words)
    return own["true"] / max(own["all"], 1), others["true"] / max(others["all"], 1)


def check_learning(trainer, floor, unseen, epochs):
    options = ["--layer", "avg", "--size", "32", "--epochs", str(epochs)]
    printed = trainer.run("learn", *options, "--caption", *unseen)
    reached = losses(printed)
    found = captions(printed)
    if len(reached) != epochs or set(found) != set(unseen):
        raise SystemExit(f"{trainer.name}: epochs or captions are missing\n{printed}")
    own, others = share_true(found)
    print(
        f"{trainer.name}: loss {reached[0]:.3f} to {reached[-1]:.3f}, without the photos at least"
        f" {floor:.3f}; words true of unseen photos {own:.0%}, of other photos {others:.0%}",
        flush=True,
    )
    if reached[-1] >= floor:
        raise SystemExit(f"{trainer.name}: a model that ignores the photos could reach that loss")
    if own < others + 0.1:
        raise SystemExit(f"{trainer.name}: the captions do not describe their photos")


def check_kill(trainer):
    options = ["--layer", "avg", "--split", "dev", "--size", "8", "--epochs", "2", "--every", "7"]
    straight = trainer.run("straight", *options)
    process = trainer.start("killed", *options)
    while not trainer.checkpoint("killed").exists():
        if process.poll() is not None:
            raise SystemExit(f"{trainer.name} ended before it could be killed")
        time.sleep(0.005)
    process.kill()
    before = process.communicate()[0]
    after = trainer.run("killed", *options)
    resumed = re.match(r"resumed at epoch (\d+), batch (\d+)\n", after)
    if not resumed or resumed[2] == "0":
        raise SystemExit(f"{trainer.name} was not resumed in mid-epoch:\n{before}{after}")
    if losses(before + after)[-2:] != losses(straight):
        raise SystemExit(f"{trainer.name}: other losses after the kill\n{straight}{before}{after}")
    if trainer.fingerprint("killed") != trainer.fingerprint("straight"):
        raise SystemExit(f"{trainer.name}: other weights after the kill")
    print(f"{trainer.name}: killed, {resumed[0].strip()}: the same weights, bit for bit", flush=True)


def check_inputs(trainer):
    for number, options in enumerate(INPUTS):
        printed = trainer.run(f"input{number}", *options, "--split", "dev", "--epochs", "1")
        if len(losses(printed)) != 1 or len(captions(printed)) != 3:
            raise SystemExit(f"{trainer.name} {options}:\n{printed}")
    print(f"{trainer.name}: avg, fc2, block5_pool and pixels fit", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=96)
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--trainers", nargs="+", default=["keras", "torch"], choices=SUFFIX)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        sample = draw_sample(folder, options.photos)
        with Service(folder / "data", [scratch]) as service:
            texts = sample / "Flickr8k_text"
            _, splits = service.register("sample", sample / "Flicker8k_Dataset", texts)
            manifest = service.prepare("sample", RECIPE)
            unseen = [
                line.split(".")[0]
                for split in ("dev", "test")
                for line in pathlib.Path(splits[split]).read_text().split()
            ]
            examples = manifest["splits"]["train"]["servableExamples"]
            floor = blind_floor(service, manifest["id"], examples)
            for name in options.trainers:
                trainer = Trainer(name, service, manifest["id"], folder)
                check_kill(trainer)
                check_inputs(trainer)
                check_learning(trainer, floor, unseen, options.epochs)


if __name__ == "__main__":
    main()
