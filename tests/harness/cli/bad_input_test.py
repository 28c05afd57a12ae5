"""Bad input of every kind: the documented exit code, one line that says what, where and what to do, nothing left behind."""
import json
import os
import resource
import shutil
import subprocess

import pytest
from conftest import BUILD, COMPARE, TEMPLATE, is_one_error_line, journal, read

DATASET = "people-2k-dirty-42"


def with_changes(command, **changes):
    """COMPARE with other values after the named options."""
    command = list(command)
    for option, value in changes.items():
        command[command.index("--" + option) + 1] = value
    return command


@pytest.mark.parametrize("arguments, parts", [
    (["run", "qick"], ["no suite 'qick'", "quick"]),
    (["audit", "name_macher"], ["no audit 'name_macher'", "name_matcher"]),
    (["compare", "template.birthdat", TEMPLATE], ["no variant 'template.birthdat'", TEMPLATE, "assay list"]),
    (with_changes(COMPARE, datasets="peple-2k"), ["'peple-2k'", "people-10k"]),
    (with_changes(COMPARE, workload="persons.births"), ["'persons.births'", "persons.birthdates"]),
    (with_changes(COMPARE, workload="persons.match"), [TEMPLATE, "does not serve", "'persons.match'"]),
    (["compare", TEMPLATE, TEMPLATE, "-p", "algorithm=A9"], ["'algorithm'", "'A9'", "A1, A2, A3, A4"]),
    (["compare", TEMPLATE, TEMPLATE, "-p", "speed=11"], ["no parameter 'speed'", "algorithm"]),
    (["compare", TEMPLATE, TEMPLATE, "-p", "algorithm"], ["'algorithm'", "key=value"]),
    ([*COMPARE, "--profile", "filthy"], ["'filthy'", "dirty"]),
    ([*COMPARE, "--budget", "-1"], ["--budget", "-1"]),
    ([*COMPARE, "--launches", "0"], ["--launches", "0"]),
    ([*COMPARE, "--launches", "many"], ["--launches", "many"]),
    ([*COMPARE, "--speed", "11"], ["--speed"]),
    (["compare", TEMPLATE], ["candidate"]),
    ([*COMPARE, "--budget", "nan"], ["--budget", "nan is not a number from 0.01 to 86400"]),
    ([*COMPARE, "--limit", "0"], ["--limit", "0 is not a number"]),
    (["run", "quick", "--datasets", "people-10k,peple-100k"], ["no case", "'peple-100k'"]),
    (["cmopare"], ["'cmopare'", "compare"]),
    (["dataset", "mkae"], ["'mkae'", "make"]),
    ([], ["--help"]),
    (["list", "--plugins", "absent"], ["'absent'", "No such file", "--plugins"]),
    (["validate", "absent.so"], ["absent.so", "does not exist"]),
    (["report", "absent"], ["'absent'", "no run"]),
    (["export", "absent"], ["absent", "No such file"]),
    (["export", "absent", "--to", "xml"], ["'xml'", "google-benchmark"]),
    (["dataset", "check", "absent"], ["absent"]),
    (["dataset", "make", "people-2k", "--seed", "minus"], ["--seed", "minus"]),
], ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else None)
def test_wrong_argument_is_a_usage_error_in_one_line(shared, tmp_path, arguments, parts):
    process = shared(*arguments, cwd=tmp_path)
    assert process.returncode == 2, process.stderr
    is_one_error_line(process, *parts)
    assert process.stdout == ""
    assert shared.runs() == []
    assert list(tmp_path.iterdir()) == []


def test_datasets_that_no_case_uses_are_named(shared):
    process = shared("audit", "name_matcher", "--datasets", "people-3k")
    assert process.returncode == 2
    is_one_error_line(process, "people-3k")


def test_home_without_workloads_is_named(shared, tmp_path):
    process = shared("list", env={"ASSAY_HOME": str(tmp_path)})
    assert process.returncode == 2
    is_one_error_line(process, "ASSAY_HOME", tmp_path)


@pytest.fixture
def copied(shared, assay):
    """A state of one's own with a copy of people-2k, to be damaged."""
    shutil.copytree(shared.state / "datasets", assay.state / "datasets")
    folders = [path for path in (assay.state / "datasets").iterdir() if path.name.startswith(DATASET)]
    assert len(folders) == 1
    assay.dataset = folders[0]
    return assay


def test_flipped_byte_is_found_by_its_digest(copied):
    damaged = copied.dataset / "left.col"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    process = copied(*COMPARE, "--budget", "0.05", "-q")
    assert process.returncode == 2
    is_one_error_line(process, damaged, "sha256", "remove", "make it anew")
    assert copied.runs() == []
    assert copied("dataset", "check", copied.dataset).returncode == 2


@pytest.mark.parametrize("damage", [
    lambda path: path.write_text(path.read_text()[:100]),
    lambda path: path.write_text("{}"),
    lambda path: path.write_bytes(b"\x00\xff" * 50),
    lambda path: path.write_text(json.dumps({**json.loads(path.read_text()), "seed": -1})),
], ids=["cut short", "empty object", "no text", "seed below 0"])
def test_damaged_manifest_is_named_by_check_and_made_anew_by_a_run(copied, damage):
    manifest = copied.dataset / "manifest.json"
    before = read(manifest)
    damage(manifest)
    process = copied("dataset", "check", copied.dataset)
    assert process.returncode == 2, process.stderr
    is_one_error_line(process, manifest)
    process = copied(*COMPARE, "--budget", "0.05", "--launches", "1", "-q")
    assert process.returncode == 0, process.stderr
    assert read(manifest) == before


def test_table_that_is_missing_is_named_by_check_and_made_anew_by_a_run(copied):
    table = copied.dataset / "right.col"
    before = table.read_bytes()
    table.unlink()
    process = copied("dataset", "check", copied.dataset)
    assert process.returncode == 2, process.stderr
    is_one_error_line(process, table)
    process = copied(*COMPARE, "--budget", "0.05", "--launches", "1", "-q")
    assert process.returncode == 0, process.stderr
    assert table.read_bytes() == before


@pytest.fixture
def plugins(tmp_path):
    """The template beside a module of another ABI major."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    for module in (BUILD / "plugins" / f"{TEMPLATE}.so", BUILD / "stub_plugins" / "stub.old_abi.so"):
        shutil.copy(module, folder)
    return folder


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["table", "json"])
def test_plugin_of_another_abi_is_refused_and_the_others_work(shared, plugins, options):
    process = shared("list", "--plugins", plugins, *options)
    assert process.returncode == 0
    assert TEMPLATE in process.stdout
    is_one_error_line(process, "refused", "stub.old_abi.so", "ABI 0.", "rebuild")


def test_other_plugins_can_be_measured_beside_a_refused_one(shared, plugins, tmp_path):
    process = shared(*COMPARE, "--budget", "0.05", "--launches", "1", "--plugins", plugins, "-o", tmp_path / "run", "-q")
    assert process.returncode == 0, process.stderr


def test_variant_of_a_refused_plugin_is_not_just_unknown(shared, plugins):
    process = shared("compare", "stub.old_abi", TEMPLATE, "--plugins", plugins)
    assert process.returncode == 2
    is_one_error_line(process, "'stub.old_abi'", "stub.old_abi.so", "ABI 0.")


@pytest.mark.parametrize("spoil, parts", [
    (lambda folder, name: (folder / "records" / name).write_text("{"), ["records", "not valid JSON"]),
    (lambda folder, name: (folder / "records" / name).write_text('{"schema": "assay-result/1"}'), ["records", "damaged"]),
    (lambda folder, name: (folder / "records" / name).write_text('{"schema": 1}'), ["records", "assay-result/1"]),
    (lambda folder, name: (folder / "records" / name).write_text("[]"), ["records", "assay-result/1"]),
    (lambda folder, name: (folder / "records" / name).unlink(), ["records", "No such file"]),
    (lambda folder, name: (folder / "run.json").write_text("{}"), ["run.json", "records"]),
], ids=["cut short", "no keys", "other schema", "list", "missing", "run.json empty"])
def test_damaged_record_is_named_by_export(shared, run, tmp_path, spoil, parts):
    folder = tmp_path / "run"
    shutil.copytree(run.folder, folder)
    spoil(folder, read(folder / "run.json")["records"][0])
    process = shared("export", folder, "-o", tmp_path / "out.json")
    assert process.returncode == 2, process.stderr
    is_one_error_line(process, folder, *parts)
    assert not (tmp_path / "out.json").exists()


class Disk:
    """A small place to write to, and how a process is kept inside it."""

    def __init__(self, folder, mounted):
        self.folder = folder
        self.options = {} if mounted else {"preexec_fn": limit_file_size}
        self.budget = "0.05" if mounted else "1"  # a limit on each file is only met by a longer journal


def limit_file_size():
    """More than a worker needs to hand over its result, less than the journal of a run of one second."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


@pytest.fixture
def full_disk(request, tmp_path):
    """A mounted tmpfs of the given size, or, where mounting is not allowed, a limit on the size of each file."""
    size = request.param
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    mounted = mount and subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True).returncode == 0
    yield Disk(folder, mounted)
    if mounted:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.parametrize("full_disk", [4096, 12288, 16384, 20480], indirect=True)
def test_full_disk_ends_a_run_with_one_line_and_whole_files(shared, full_disk):
    folder = full_disk.folder / "run"
    process = shared(*COMPARE, "--budget", full_disk.budget, "-o", folder, "-q", **full_disk.options)
    assert process.returncode == 1, process.stdout + process.stderr
    is_one_error_line(process, folder)
    assert "No space left" in process.stderr or "File too large" in process.stderr
    for path in full_disk.folder.rglob("*.json"):
        read(path)
    if (folder / "journal.jsonl").exists():
        journal(folder)
    assert not list(full_disk.folder.rglob("*.tmp*"))


@pytest.mark.parametrize("full_disk", [100_000], indirect=True)
def test_full_disk_leaves_no_part_of_a_data_set(assay, full_disk):
    process = assay("dataset", "make", "people-10k", "-q", env={"ASSAY_STATE": str(full_disk.folder)}, **full_disk.options)
    assert process.returncode == 1, process.stderr
    is_one_error_line(process, full_disk.folder)
    assert [path for path in full_disk.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["--help"], ["dataset", "list"]], ids=" ".join)
def test_standard_output_that_cannot_be_written_is_an_error(shared, arguments):
    with open("/dev/full", "w") as full:
        process = shared(*arguments, stdout=full)
    assert process.returncode == 1
    is_one_error_line(process, "standard output", "No space left")


def test_output_below_a_file_is_named(shared, tmp_path):
    (tmp_path / "file").write_text("")
    process = shared(*COMPARE, "--budget", "0.05", "-o", tmp_path / "file" / "run", "-q")
    assert process.returncode == 1
    is_one_error_line(process, tmp_path / "file" / "run", "Not a directory")
    assert os.listdir(tmp_path) == ["file"]
