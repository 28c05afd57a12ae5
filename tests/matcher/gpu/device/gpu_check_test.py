"""scripts/gpu_check.sh says what a machine lacks, with exit code 75, before it builds anything."""
import ctypes
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[4] / "scripts"
NO_GPU = 75


def run(script, *arguments, path=None):
    environment = dict(os.environ, PATH=path or os.environ["PATH"])
    return subprocess.run([SCRIPTS / script, *arguments], capture_output=True, text=True, env=environment)


def has_driver():
    try:
        ctypes.CDLL("libcuda.so.1")
    except OSError:
        return False
    return True


class GpuCheck(unittest.TestCase):
    def path_with(self, *programs):
        """A folder with links to these programs, and an nvcc that does nothing if it is among them."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name in ("bash", "env", "dirname", *programs):
            target = next(p for p in (Path("/bin") / name, Path("/usr/bin") / name, Path("/bin/true")) if p.exists())
            (Path(folder.name) / name).symlink_to(target)
        return folder.name

    def test_help_names_the_exit_codes(self):
        answer = run("gpu_check.sh", "--help")
        self.assertEqual(answer.returncode, 0)
        self.assertIn("75 no CUDA toolkit", answer.stdout)

    def test_unknown_option_is_a_mistake_of_usage(self):
        self.assertEqual(run("gpu_check.sh", "--no-such-option").returncode, 2)
        self.assertEqual(run("gpu_bundle.sh").returncode, 2)

    def test_no_toolkit(self):
        answer = run("gpu_check.sh", "--probe", path=self.path_with())
        self.assertEqual((answer.returncode, "nvcc is not on the PATH" in answer.stderr), (NO_GPU, True), answer.stderr)

    @unittest.skipIf(has_driver(), "this machine has a driver")
    def test_toolkit_without_driver(self):
        answer = run("gpu_check.sh", "--probe", path=self.path_with("nvcc", "python3"))
        self.assertEqual((answer.returncode, "libcuda.so.1 is not there" in answer.stderr), (NO_GPU, True), answer.stderr)

    def test_bundle_into_a_folder_with_something_in_it_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "file").touch()
            answer = run("gpu_bundle.sh", folder)
            self.assertEqual(answer.returncode, 2, answer.stderr)


if __name__ == "__main__":
    unittest.main()
