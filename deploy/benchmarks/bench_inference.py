"""Compares VGG16's engines with ONNX Runtime, alone and from JPEG files to rows in PostgreSQL.

    deploy/benchmark.sh inference [--photos 400] [--rounds 3] [--seconds 6]

Untrained weights, float32 unless said otherwise. Each measurement is a process of its own; in each
round all take turns, and medians count. A photo's convolutions are 30.69 GFLOP. Ours are measured
from pixels to features, ONNX Runtime from prepared arrays. `error`: of a photo's block5_pool against
ONNX Runtime's, by norm. The service: a sample data set is imported and its features `avg` are
extracted by a job, after a job of eight photos that loads the engine; it is asked for every five
seconds, and some of its first half minute goes to the JVM's compiler.
"""

import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile

import numpy as np
from service import ROOT, Service, draw_sample

GFLOP = 30.69
BATCHES = (1, 8, 32)
PEER = "onnxruntime"
CPU = pathlib.Path("/proc/cpuinfo")
BFLOAT16 = ["bfloat16"] if CPU.exists() and "bf16" in CPU.read_text() else []
MAIN = "org.captionary.inference.network.EngineRate"


def classpath(folder):
    listed = folder / "classpath"
    goals = ["test-compile", "dependency:build-classpath", f"-Dmdep.outputFile={listed}"]
    modules = ["-pl", "domain,adapters-inference"]
    subprocess.run(["./mvnw", "-q", "-ntp", *modules, *goals], cwd=ROOT, check=True)
    target = ROOT / "adapters-inference/target"
    return f"{target}/classes:{target}/test-classes:{listed.read_text()}"


class Bench:
    """Runs measurements, keeps their figures."""

    def __init__(self, folder, seconds):
        self.folder = folder
        self.seconds = str(seconds)
        self.pixels = folder / "pixels"
        self.figures = {}
        self.java = ["java", "-Xmx512m", "-Dslf4j.internal.verbosity=ERROR", "-cp", classpath(folder), MAIN]
        self.python = [sys.executable, str(pathlib.Path(__file__).with_name("peer_onnxruntime.py"))]
        np.random.default_rng(1).integers(0, 256, 32 * 224 * 224 * 3, np.uint8).tofile(self.pixels)

    def measure(self, name, amount):
        command = self.python if name in (PEER, "sgemm") else self.java
        arguments = [name, str(amount), self.seconds]
        if name != "sgemm":
            arguments += [str(self.pixels), str(self.folder / name)]
        ran = subprocess.run([*command, *arguments], stdout=subprocess.PIPE, text=True, check=True)
        rate, megabytes = map(float, ran.stdout.split()[-2:])
        self.figures.setdefault((name, amount), []).append((rate, megabytes))
        print(f"{name:12} {amount:5} {rate:8.2f}", flush=True)

    def rate(self, *key):
        return statistics.median(rate for rate, _ in self.figures[key])

    def peak(self, *key):
        return max(megabytes for _, megabytes in self.figures[key])

    def error(self, name):
        found, expected = (np.fromfile(self.folder / n, np.float32) for n in (name, PEER))
        return np.linalg.norm(found - expected) / np.linalg.norm(expected)

    def report(self):
        limit = self.rate("sgemm", 4096)
        print(f"\nsgemm 4096 (numpy): {limit:.0f} GFLOP/s")
        print("engine       photos photos/s GFLOP/s of sgemm of ORT peak MB  error")
        for name, amount in self.figures:
            if name != "sgemm":
                rate = self.rate(name, amount)
                peer = rate / self.rate(PEER, amount)
                print(
                    f"{name:12} {amount:6} {rate:8.2f} {rate * GFLOP:7.0f} {rate * GFLOP / limit:8.2f}"
                    f" {peer:6.2f} {self.peak(name, amount):7.0f} {self.error(name):.1e}"
                )


class EndToEnd:
    """The service with an engine: photos/s of the step that extracts, and of the whole job."""

    def __init__(self, folder, photos):
        self.folder = folder
        self.photos = photos
        self.rates = {}
        self.data = draw_sample(folder, photos)

    def measure(self, engine):
        count = sum(map(len, self.rates.values()))
        environment = {"CAPTIONARY_INFERENCE_ENGINE": engine}
        with Service(self.folder / f"service-{count}", [self.data], **environment) as service:
            for name, recipe in ("first", {"limit": 8}), ("all", {}):
                photos, texts = self.data / "Flicker8k_Dataset", self.data / "Flickr8k_text"
                service.register(name, photos, texts)
                job = service.run(name, {"features": "avg", **recipe}, poll=5)
        whole, extracting = ((self.photos - 8) / seconds(t) for t in (job, job["steps"][-1]))
        self.rates.setdefault(engine, []).append((extracting, whole))
        print(f"service, {engine:6} features {extracting:.2f}, whole job {whole:.2f}", flush=True)

    def report(self, peer):
        print("\nfrom JPEG files to rows in PostgreSQL, photos/s (of ONNX Runtime's bare rate)")
        for engine, found in self.rates.items():
            extracting, whole = (statistics.median(rates) for rates in zip(*found))
            print(
                f"{engine:8} features {extracting:.2f} ({extracting / peer:.2f}),"
                f" whole job {whole:.2f} ({whole / peer:.2f})"
            )


def seconds(timed):
    begin, end = (np.datetime64(timed[name].rstrip("Z")) for name in ("startedAt", "endedAt"))
    return (end - begin) / np.timedelta64(1, "s")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=6)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        bench = Bench(folder, options.seconds)
        service = EndToEnd(folder, options.photos)
        for _ in range(options.rounds):
            bench.measure("sgemm", 4096)
            for amount in BATCHES:
                for engine in ("onednn", PEER, "dl4j", *BFLOAT16):
                    bench.measure(engine, amount)
            for engine in "auto", "dl4j":
                service.measure(engine)
                bench.measure(PEER, 8)
        bench.measure("zoo", 1)
        bench.report()
        service.report(bench.rate(PEER, 8))


if __name__ == "__main__":
    main()
