"""How long things took, by the service's account, and what PostgreSQL's processes took for them."""

import datetime
import os
import pathlib


def seconds(timed, begin="startedAt", end="endedAt"):
    """Of a job or step, as the service shows it."""
    began, ended = (datetime.datetime.fromisoformat(timed[name]) for name in (begin, end))
    return (ended - began).total_seconds()


def server_seconds(server):
    """Processor seconds of a PostgreSQL: of its processes, and of those that have ended."""
    parent, *children = pids(server)
    ticks = sum(times(parent)) + sum(sum(times(child)[:2]) for child in children)
    return ticks / os.sysconf("SC_CLK_TCK")


def pids(server):
    parent = server.process.pid
    children = pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [parent, *map(int, children)]


def times(pid):
    """User and system time, then those of children that have ended."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return [int(field) for field in fields[11:15]]
