"""Fuzzes every call of openapi.yaml, as an admin and as a trainer, against a prepared sample: no answer is
a 5xx, has a status that is not described, or a body of another type or form than described. Seed and
number of cases are fixed."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

from service import ROOT, Service, draw_sample

DOCUMENT = ROOT / "app/src/main/resources/META-INF/resources/openapi.yaml"
SEED = 20
EXAMPLES = {"admin": 30, "trainer": 15}
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "negative_data_rejection",
]

# The framework's own addresses take any method.
PARTS = [
    ("--exclude-path-regex", CHECKS),
    ("--include-path-regex", [check for check in CHECKS if check != "unsupported_method"]),
]
FRAMEWORK = "^/q/"

# Real names in most cases: an address that nothing has is refused before anything is looked at.
HOOKS = """
import json, os
import schemathesis

REAL = json.loads(os.environ["CAPTIONARY_FUZZ_NAMES"])

def real(parameters, operation):
    for name, value in (parameters or {}).items():
        known = REAL.get(kind(operation.path, name))
        if operation.method.upper() == "DELETE":
            # Names of earlier answers come up again; what the others are to find must stay.
            if value == known:
                parameters[name] = "absent"
            continue
        # As a number is as good a coin as any, and the same in every run.
        if known is not None and len(str(value)) % 4 != 3:
            parameters[name] = known
    return parameters

def kind(path, name):
    if "/jobs/" in path:
        return "job"
    if path.startswith("/api/datasets"):
        return "dataset"
    return "preparation" if name == "id" else name

@schemathesis.hook
def map_path_parameters(context, path_parameters):
    return real(path_parameters, context.operation)
"""


def command(url, token, role, filtered, checks):
    # Following the events of a job that fuzzing has begun takes as long as the job.
    return [
        "schemathesis",
        "run",
        str(DOCUMENT),
        *("--url", url),
        *("--header", f"Authorization: Bearer {token}"),
        *("--phases", "examples,coverage,fuzzing"),
        *("--checks", ",".join(checks)),
        *(filtered, FRAMEWORK),
        *("--max-examples", str(EXAMPLES[role])),
        *("--seed", str(SEED)),
        *("--request-timeout", "30"),
        *("--suppress-health-check", "all"),
        *("--warnings", "off"),
        *("--exclude-operation-id", "followJob"),
        "--continue-on-failure",
        "--no-shrink",
        "--no-color",
    ]


def fuzz(service, role, names, folder):
    token = (service.data_dir / "tokens" / role).read_text().strip()
    (folder / "fuzz_hooks.py").write_text(HOOKS)
    environment = {
        **service.environment,
        "SCHEMATHESIS_HOOKS": "fuzz_hooks",
        "PYTHONPATH": str(folder),
        "CAPTIONARY_FUZZ_NAMES": json.dumps(names),
    }
    for filtered, checks in PARTS:
        ran = subprocess.run(
            command(service.url, token, role, filtered, checks),
            env=environment,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if ran.returncode:
            sys.stdout.write(ran.stdout[-60000:])
            log = (service.data_dir / "service.log").read_text()
            raise SystemExit(f"the fuzz as {role} found something; the service's log:\n{log[-4000:]}")
        cases = re.search(r"(\d+) generated", ran.stdout)
        print(f"{role}: {cases[1]} cases, nothing found", flush=True)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        sample = draw_sample(scratch, 9)
        with Service(scratch / "data", [scratch]) as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            job = service.run("sample", {"captions": "all"})
            names = {"dataset": "sample", "job": job["id"], "preparation": job["preparation"]}
            for role in ("trainer", "admin"):
                fuzz(service, role, names, scratch)
            if service.process.poll() is not None:
                raise SystemExit("the service has stopped")
            # Anew, as an admin may have deleted all there was.
            service.register("after", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            manifest = service.prepare("after", {"captions": "all"}, seconds=120)
            print(f"still prepares and serves {manifest['servableExamples']} examples")


main()
