"""Two builds of one adjustable variant, and the gate between them, for the end-to-end tests."""
import json
import shutil

from conftest import BUILD, ROOT, keeps_schema, read

STUB = "stub.adjustable.so"
GATE_HOME = ROOT / "tests" / "stub_plugins" / "home"
POLICY = {"schema": "assay-policy/1", "suite": "gated", "margin": 0.1, "budget_seconds": 20,
          "budgets": {"memory/allocations": 0, "memory/peak_live_bytes": 0.05}}


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
