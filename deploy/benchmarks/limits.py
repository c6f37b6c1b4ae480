"""Bounds the processor time of processes by control groups (cpu.cfs_quota_us, cpu.max), as containers do.

Needs root, or groups that the user may make.
"""

import contextlib
import os
import pathlib

ROOT = pathlib.Path("/sys/fs/cgroup")
# Short, so that a bounded process runs a little all the time rather than in jerks.
PERIOD = 20_000


class Limit:
    """`with Limit("name", 0.5, pids)`: half a core for the processes and those that they start."""

    def __init__(self, name, cores, pids):
        old = (ROOT / "cpu/cpu.cfs_quota_us").exists()
        self.parent = ROOT / "cpu" if old else ROOT
        self.folder = self.parent / f"captionary-{os.getpid()}-{name}"
        quota = int(cores * PERIOD)
        self.settings = (
            {"cpu.cfs_period_us": PERIOD, "cpu.cfs_quota_us": quota}
            if old
            else {"cpu.max": f"{quota} {PERIOD}"}
        )
        self.pids = pids

    def __enter__(self):
        try:
            self.folder.mkdir()
            for name, value in self.settings.items():
                (self.folder / name).write_text(str(value))
            for pid in self.pids:
                (self.folder / "cgroup.procs").write_text(str(pid))
        except OSError as error:
            raise SystemExit(f"processor time cannot be bounded here: {error}") from error
        return self

    def __exit__(self, *_):
        for pid in (self.folder / "cgroup.procs").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                (self.parent / "cgroup.procs").write_text(pid)
        self.folder.rmdir()
