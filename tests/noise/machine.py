"""What other processes do to the machine, and noise of our own: shared by the programs that measure error rates."""
import contextlib
import os
import resource
import subprocess
import time
from pathlib import Path

# Bursts are busy a fifth of the time on every processor, hogs all of it.
REGIMES = {
    "idle": None,
    "hog": ["--regime", "cpu"],
    "memory_hog": ["--regime", "memory"],
    "bursts": ["--regime", "cpu", "--duty", "0.2"],
    "memory_bursts": ["--regime", "memory", "--duty", "0.2"],
}
OTHERS_SHARE = 0.10  # of one processor; beyond it a run is left out: it was not measured in its regime


def model():
    """The processor's name, as the kernel has it."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown processor")


def busy_seconds():
    """Processor seconds of all processes since the machine started, with steal (man 5 proc)."""
    ticks = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def own_seconds():
    """Of this process and of those it started that have ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def wait_for_quiet(patience):
    """Returns when nobody has used a processor for 0.3 s, or patience (seconds) has run out."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        before = busy_seconds()
        time.sleep(0.3)
        if busy_seconds() - before <= 0.03:
            return


@contextlib.contextmanager
def noise(build, regime, seed):
    """Keeps the machine as noisy as the regime says."""
    if not REGIMES[regime]:
        yield
        return
    process = subprocess.Popen([build / "bin/assay-noise", *REGIMES[regime], "--seed", str(seed), "--seconds", "300"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


class Watch:
    """How much of one processor others used while the block ran, and how long it took; noise made and ended inside counts as ours."""

    def __enter__(self):
        self.busy, self.ours, self.began = busy_seconds(), own_seconds(), time.monotonic()
        return self

    def __exit__(self, *failure):
        self.seconds = time.monotonic() - self.began
        self.others = max(0.0, busy_seconds() - self.busy - (own_seconds() - self.ours)) / self.seconds
