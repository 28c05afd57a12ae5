"""Two builds of one adjustable variant, the gate between them, and the gate over their records, for the end-to-end tests."""
import json
import shutil

from conftest import BUILD, ROOT, keeps_schema, read

STUB = "stub.adjustable.so"
GATE_HOME = ROOT / "tests" / "stub_plugins" / "home"
POLICY = {"schema": "assay-policy/1", "suite": "gated", "margin": 0.1, "budget_seconds": 20,
          "budgets": {"memory/allocations": 0, "memory/peak_live_bytes": 0.05}}
SIMULATED = {"ASSAY_HOME": str(GATE_HOME), "ASSAY_SIMULATED": "1"}


class Gate:
    """Two folders with builds of one variant, and the gate between them."""

    def __init__(self, assay, folder):
        self.assay, self.folder = assay, folder
        self.policy = dict(POLICY)
        for side in ("base", "head"):
            (folder / side).mkdir()
            shutil.copy(BUILD / "stub_plugins" / STUB, folder / side)
        with open(folder / "head" / STUB, "ab") as module:
            module.write(b"another build")

    def head(self, *knobs):
        (self.folder / "head" / (STUB + ".knobs")).write_text(" ".join(knobs))
        return self

    def __call__(self, *arguments, **options):
        policy = self.folder / "policy.json"
        policy.write_text(json.dumps(self.policy))
        environment = {"ASSAY_HOME": str(GATE_HOME), **options.pop("env", {})}
        run = self.assay("gate", "--policy", policy, "--baseline", self.folder / "base", "--candidate", self.folder / "head", "-o", self.folder / "run",
                         *arguments, env=environment, **options)
        self.report = read(self.folder / "run" / "gate.json") if (self.folder / "run" / "gate.json").exists() else None
        if self.report:
            keeps_schema("gate", self.report)
            assert self.report["exit_code"] == run.returncode
            self.cell = self.report["cells"][0]
        return run


class Stored:
    """Runs of builds of the adjustable variant, and the gate over their records. Times are simulated, or written by the test."""

    def __init__(self, assay, folder):
        self.assay, self.folder = assay, folder
        self.policy = dict(POLICY)

    def call(self, *arguments, **env):
        return self.assay(*arguments, env={**SIMULATED, **env})

    def build(self, name, *knobs, bytes_of=None):
        modules = self.folder / f"{name}-plugins"
        modules.mkdir()
        shutil.copy(BUILD / "stub_plugins" / STUB, modules)
        with open(modules / STUB, "ab") as module:
            module.write((bytes_of or name).encode())
        (modules / (STUB + ".knobs")).write_text(" ".join(knobs))
        return modules

    def run(self, name, *knobs, bytes_of=None):
        folder = self.folder / name
        process = self.call("run", "gated", "--plugins", self.build(name, *knobs, bytes_of=bytes_of), "--no-report", "-q", "-o", folder)
        assert process.returncode in (0, 4, 6), process.stderr
        return folder

    def edited(self, folder, name, edit):
        """A copy of a run whose run.json and records an edit has changed."""
        copied = shutil.copytree(folder, self.folder / name)
        for path in (copied / "run.json", *(copied / "records").iterdir()):
            value = read(path)
            edit(value)
            path.write_text(json.dumps(value))
        return copied

    def gate(self, base, head, *arguments, **options):
        policy = self.folder / "policy.json"
        policy.write_text(json.dumps(self.policy))
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        process = self.call("gate", "--policy", policy, "--baseline", base, "--candidate", head, "-o", self.folder / "out", *arguments,
                            **options)
        self.report = read(self.folder / "out" / "gate.json") if (self.folder / "out" / "gate.json").exists() else None
        if self.report:
            keeps_schema("gate", self.report)
            assert self.report["exit_code"] == process.returncode
            assert self.report["stored"]["baseline"]["source"] == str(base)
            self.cell = self.report["cells"][0]
        return process


def wasteful(value):
    """One allocation more; simulated workers make their memory up."""
    for row in value.get("comparisons", []):
        if row["metric"] == "memory/allocations":
            row.update(baseline=row["baseline"] + 1, candidate=row["candidate"] + 1)
    for side in ("baseline", "candidate"):
        if side in value:
            value[side]["plugin_sha256"] = 64 * "1"


def other_machine(value):
    value["environment"]["cpu_model"] = "Another Processor"
