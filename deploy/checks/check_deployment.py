"""What deploy/ holds for operators is what the tools take that will read it: Dockerfile, compose file,
Kubernetes manifests, nginx's configuration, systemd's unit, Prometheus's configuration and rules; every metric
that dashboards and alerts ask for is one that a node has; every setting stands in README.md or SECURITY.md."""

import os
import pathlib
import re
import subprocess
import tempfile
import urllib.request

import compose
import metric_names
import tools
from cluster import describe_more, register, submit, until
from expect import equal
from service import ROOT, Service, draw_sample

DEPLOY = ROOT / "deploy"
SOURCES = ["app/src/main", "adapters-persistence/src/main", "adapters-inference/src/main"]
# Of 10, as `systemd-analyze security` counts: 0 is the least exposed.
MOST_EXPOSED = 2.5


def check_image():
    tools.run("hadolint", "--ignore", "SC2086", DEPLOY / "container/Dockerfile")
    tools.run("bash", "-n", DEPLOY / "container/healthy.sh")
    return "Dockerfile"


def check_compose(scratch):
    given = {"CAPTIONARY_DATABASE_PASSWORD": "p", "CAPTIONARY_ADMIN_TOKEN": "a" * 16}
    project = compose.rendered(scratch, CAPTIONARY_TRAINER_TOKEN="t" * 16, **given)
    equal("services", sorted(project["services"]), ["app1", "app2", "cache", "database"])
    return "compose file"


def check_kubernetes(scratch):
    kustomize = tools.built(tools.KUSTOMIZE)
    for folder in ("base", "overlays/example"):
        built = scratch / "manifests.yaml"
        built.write_text(tools.run(kustomize, "build", DEPLOY / "kubernetes" / folder))
        tools.run("kubernetes-validate", "--strict", "--quiet", built)
        check_references(built.read_text())
    return "Kubernetes manifests"


def check_references(manifests):
    """Secrets are named and never there, and no pod runs as root."""
    equal("secrets", re.findall(r"^kind: Secret$", manifests, re.M), [])
    equal("secrets named", len(set(re.findall(r"name: (captionary-(?:tokens|database))$", manifests, re.M))), 2)
    equal("root", manifests.count("runAsNonRoot: true"), manifests.count("kind: Deployment\nmetadata"))


def check_nginx(scratch):
    nginx = tools.found("nginx", "apt-get install nginx")
    folder = scratch / "nginx"
    folder.mkdir()
    (scratch / "bin").mkdir()
    # serve.sh begins nginx at its end; here it tests its configuration.
    fake = scratch / "bin/nginx"
    fake.write_text(f'#!/bin/sh\nexec {nginx} -t "$@"\n')
    fake.chmod(0o755)
    environment = {**os.environ, "PATH": f"{scratch}/bin:{os.environ['PATH']}"}
    upstreams = "127.0.0.1:8080,127.0.0.1:8090"
    serve = [DEPLOY / "nginx/serve.sh", upstreams, "127.0.0.1:8081", folder]
    tools.run(*serve, env=environment)
    equal("upstreams", (folder / "nginx.conf").read_text().count("server 127.0.0.1:80"), 2)
    return "nginx"


def check_systemd(scratch):
    systemd = tools.found("systemd-analyze", "apt-get install systemd")
    unit = scratch / "captionary.service"
    java = tools.found("java", "a JDK")
    text = (DEPLOY / "systemd/captionary.service").read_text()
    unit.write_text(text.replace("/usr/bin/java", java))
    equal("systemd-analyze verify", tools.run(systemd, "verify", unit), "")
    threshold = f"--threshold={int(MOST_EXPOSED * 10)}"
    tools.run(systemd, "security", "--offline=true", "--no-pager", threshold, unit)
    return "systemd unit"


def check_prometheus(scratch):
    promtool = tools.found("promtool", "apt-get install prometheus")
    tools.run(promtool, "check", "rules", DEPLOY / "monitoring/alerts.yml")
    config = (DEPLOY / "monitoring/prometheus.yml").read_text()
    token = scratch / "captionary.token"
    token.write_text("token")
    (scratch / "alerts.yml").write_text((DEPLOY / "monitoring/alerts.yml").read_text())
    copy = scratch / "prometheus.yml"
    copy.write_text(config.replace("/etc/prometheus/captionary.token", str(token)))
    tools.run(promtool, "check", "config", copy)
    return "Prometheus"


def metrics_of_use(scratch):
    """All that a node has measured after a job, a failed job and batches."""
    sample = draw_sample(scratch, 9)
    describe_more(sample / "Flickr8k_text", 5)
    with Service(scratch / "data", [scratch]) as service:
        register(service, sample)
        preparation = service.run("sample", {"captions": "all"})["preparation"]
        service.request(f"/api/preparations/{preparation}/batches/0.npz")
        # A start word that stands in captions fails the job.
        job = submit(service, {"startEnd": ["the", "endseq"], "features": "none"})
        state = lambda: service.json(f"/api/admin/jobs/{job}")["state"]
        until("failure", lambda: state() == "FAILED")
        # A batch is counted when its last byte is gone, which may be after a reader has it.
        metrics = lambda: service.request("/q/metrics", accept="text/plain").decode()
        served = "captionary_batch_duration_seconds_bucket"
        text = until("count of the batch", lambda: (now := metrics()) and served in now and now)
        page = urllib.request.urlopen(service.url + "/docs/").read()
        equal("the API's page", b"swagger" in page, True)
        environment = {**os.environ, "QUARKUS_HTTP_PORT": str(service.port)}
        healthy = [DEPLOY / "container/healthy.sh"]
        equal("healthy.sh", subprocess.run(healthy, env=environment).returncode, 0)
    stopped = subprocess.run(healthy, env=environment, stderr=subprocess.DEVNULL)
    equal("healthy.sh of one that has stopped", stopped.returncode, 1)
    return text


def check_metrics(scratch):
    missing = list(metric_names.missing(DEPLOY / "monitoring", metrics_of_use(scratch)))
    equal("metrics that dashboards ask for and a node has not", missing, [])
    asked = len(list(metric_names.asked(DEPLOY / "monitoring")))
    return f"{asked} expressions of dashboard and alerts"


def check_settings():
    """The table of settings has every key of the service, and no other."""
    keys = set()
    for folder in SOURCES:
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".java", ".properties"):
                text = file.read_text()
                keys |= set(re.findall(r'(?:^# ?|^|"|; )(captionary\.[a-z0-9.-]+)(?:=|: |, |")', text, re.M))
    keys -= measured()
    # Put together in the code.
    keys.add("captionary.trainer-token")
    keys.update(f"captionary.{network}.weights" for network in ("vgg16", "vgg19", "resnet50"))
    # What ends in a dot is put together too, of keys that are described.
    variables = {re.sub(r"[.-]", "_", key).upper() for key in keys if not key.endswith(".")}
    pages = [(DEPLOY / page).read_text() for page in ("README.md", "SECURITY.md")]
    table = set(re.findall(r"`(CAPTIONARY_[A-Z0-9_]+)`", "".join(pages)))
    equal("settings without a row", sorted(variables - table), [])
    equal("rows without a setting", sorted(table - variables), [])
    return f"{len(variables)} settings"


def measured():
    """Names of metrics and of other things, which look like keys."""
    names = set()
    for file in (ROOT / "app/src/main/java/org/captionary/app/metrics").glob("*.java"):
        names |= set(re.findall(r'"(captionary\.[a-z.]+)"', file.read_text()))
    return names | {"captionary.py", "captionary.head-timer"}


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        passed = [check_settings(), check_image(), check_compose(scratch), check_kubernetes(scratch)]
        passed += [check_nginx(scratch), check_systemd(scratch), check_prometheus(scratch)]
        passed.append(check_metrics(scratch))
        print("taken by their tools: " + ", ".join(passed))


main()
