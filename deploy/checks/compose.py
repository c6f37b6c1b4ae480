"""The compose file as `docker compose config` would show it: read by the library that is inside it."""

import json
import re
import shutil

import tools
from service import ROOT

VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def rendered(folder, **variables):
    """The project with the variables of example.env and those given; `folder` takes a copy of it."""
    shutil.copytree(ROOT / "deploy/compose", folder / "compose")
    file = folder / "compose/compose.yaml"
    # The library's own command passes no environment on, so that variables are put in before.
    file.write_text(filled(file.read_text(), {**examples(), **variables}))
    command = [tools.built(tools.COMPOSE), "-format", "json", file.name]
    return json.loads(tools.run(*command, cwd=file.parent))


def examples():
    text = (ROOT / "deploy/compose/example.env").read_text()
    return dict(re.findall(r"^(\w+)=(.*)$", text, re.M))


def filled(text, variables):
    def value(match):
        name, operator, word = match.groups()
        if found := variables.get(name):
            return found
        if operator == "-":
            return word
        raise SystemExit(f"compose.yaml: {name} is not set: {word}")

    return VARIABLE.sub(value, text)
