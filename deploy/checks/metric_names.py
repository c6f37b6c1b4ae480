"""The metrics that dashboards and alerts ask for, and those that a node has."""

import json
import re

import yaml

SELECTOR = re.compile(r"\b((?:captionary|http|jvm|process|system|up)(?:_[a-z_]+)?)\b(?:\{([^}]*)\})?")
# Prometheus's own, and labels that it adds to each series.
UP, ADDED = "up", {"instance", "job"}
# Not there before a part of a job has failed by what passes, which takes a fault: by its labels.
RARE = {"captionary_chunk_failures_total": {"phase"}}


def asked(folder):
    """Each expression of the dashboards and the alerts, by where it stands."""
    for file in sorted(folder.glob("grafana/dashboards/*.json")):
        for panel in json.loads(file.read_text())["panels"]:
            for target in panel.get("targets", []):
                yield f"{file.name}: {panel['title']}", target["expr"]
    for group in yaml.safe_load((folder / "alerts.yml").read_text())["groups"]:
        for rule in group["rules"]:
            yield f"alerts.yml: {rule['alert']}", rule["expr"]


def scraped(text):
    """Of each metric the labels that its series have."""
    labels = {}
    for line in text.splitlines():
        if match := re.match(r"([a-z_]+)(?:\{(.*)\})? ", line):
            names = re.findall(r'([a-z_]+)="', match[2] or "")
            labels.setdefault(match[1], set()).update(names)
    return labels


def missing(folder, text):
    """What is asked for and not there."""
    there = {**RARE, **scraped(text)}
    for where, expression in asked(folder):
        for metric, selection in SELECTOR.findall(expression):
            if metric == UP:
                continue
            if metric not in there:
                yield f"{where}: no metric {metric}"
                continue
            wanted = set(re.findall(r'([a-z_]+)=~?"', selection)) - ADDED
            if unknown := wanted - there[metric]:
                yield f"{where}: {metric} has no label {unknown}"
        grouped = re.findall(r"\bby \(([a-z_, ]+)\)", expression)
        for label in {name.strip() for names in grouped for name in names.split(",")} - ADDED:
            used = [m for m, _ in SELECTOR.findall(expression) if label in there.get(m, ())]
            if not used:
                yield f"{where}: nothing has the label {label}"
