"""Programs that checks of the deployment need beside Python's: found, or built from Go modules once."""

import os
import shutil
import subprocess

from service import ROOT

BUILT = ROOT / "deploy/target/go"
KUSTOMIZE = "sigs.k8s.io/kustomize/kustomize/v5@v5.6.0"
COMPOSE = "github.com/compose-spec/compose-go/v2/cmd@v2.6.3"


def found(program, hint):
    path = shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/usr/local/go/bin")
    if not path:
        raise SystemExit(f"{program} is needed: {hint}")
    return path


def built(module):
    """The program of a Go module at a version."""
    path, version = module.split("@")
    folder = BUILT / version
    name = [part for part in path.split("/") if part != "v5"][-1]
    if not (folder / name).exists():
        environment = {**os.environ, "GOBIN": str(folder), "GOFLAGS": "-mod=mod"}
        command = [found("go", "Go 1.22 or newer"), "install", module]
        subprocess.run(command, check=True, env=environment)
    return folder / name


def run(*command, **options):
    """What it prints; everything it said if it fails."""
    ran = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
    if ran.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}:\n{ran.stdout[-4000:]}")
    return ran.stdout
