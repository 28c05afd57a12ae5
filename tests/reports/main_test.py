"""The command line: exit codes and one clear line."""
import subprocess
import sys

import fake_run
from reports.__main__ import main


def test_main_good_folder_writes_the_page(tmp_path, capsys):
    fake_run.write_run(tmp_path, {}, {})
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_main_output_goes_where_asked(tmp_path):
    fake_run.write_run(tmp_path, {}, {})
    assert main([str(tmp_path), "-o", str(tmp_path / "other.html")]) == 0
    assert (tmp_path / "other.html").exists() and not (tmp_path / "report.html").exists()


def test_main_missing_folder_is_exit_2_and_one_line(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere")]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and error.startswith("assay report: ") and "nowhere" in error


def test_main_unwritable_place_is_exit_2_and_one_line(tmp_path, capsys):
    fake_run.write_run(tmp_path, {}, {})
    assert main([str(tmp_path), "-o", str(tmp_path / "no" / "such" / "report.html")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_main_missing_package_is_exit_2_and_names_it(tmp_path):
    (tmp_path / "jsonschema.py").write_text("raise ModuleNotFoundError(\"No module named 'jsonschema'\", name='jsonschema')", encoding="utf-8")
    command = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(fake_run.ROOT)!r}]; from reports.__main__ import main; sys.exit(main(['.']))"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stderr == "assay report: python package 'jsonschema' is missing; install python3-jsonschema\n"
