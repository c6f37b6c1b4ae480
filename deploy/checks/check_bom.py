"""The bill of materials names every library that `java -jar` finds, with its hash, and no test's."""

import hashlib
import json

from service import ROOT

APP = ROOT / "app/target"


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def hashes(component):
    return {one["content"] for one in component.get("hashes", []) if one["alg"] == "SHA-256"}


def main():
    bill = json.loads((APP / "bom.json").read_text())
    if bill["bomFormat"] != "CycloneDX":
        raise SystemExit(f"a bill in the format {bill['bomFormat']}")
    named = set().union(*(hashes(component) for component in bill["components"]))
    # Our own modules are built anew each time.
    jars = [
        jar
        for jar in (APP / "quarkus-app/lib").rglob("*.jar")
        if not jar.name.startswith("org.captionary.")
    ]
    missing = sorted(jar.name for jar in jars if sha256(jar) not in named)
    if missing or not jars:
        raise SystemExit(f"not in the bill of materials: {missing}")
    tests = [c["name"] for c in bill["components"] if "junit" in c["name"] or "assertj" in c["name"]]
    if tests:
        raise SystemExit(f"for tests alone, and in the bill of materials: {tests}")
    print(f"{len(jars)} libraries, each in the bill of materials by its SHA-256")


main()
