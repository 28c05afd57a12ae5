"""The directions of dependency (docs/architecture.md): who may include whom, in C++ and in CMake."""
import re
from pathlib import PurePosixPath

from tree import Finding

STAGES = ("plan", "plugin_host", "isolate", "measure", "equivalence", "stats", "store", "history", "bisect", "gate", "programs", "interchange")
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
OURS = ("assay", "harness", "datasets", "matcher", "plugins", "reports", "tests")
ACCELERATOR = re.compile(r"^(cuda|nvml|cub/|thrust/|nvtx3/|cooperative_groups)")

# What the files below a folder may include, beside themselves; the longest folder counts. None: anything.
ALLOWED = {
    "include/assay": (),
    "harness/core": ("include/assay",),
    **{f"harness/{stage}": ("include/assay", "harness/core") for stage in STAGES},
    "harness/worker": ("include/assay", "datasets", "harness/core", *(f"harness/{stage}" for stage in STAGES)),
    "harness/cli": ("include/assay", "datasets", "harness/core", *(f"harness/{stage}" for stage in STAGES)),
    "harness": (),
    "datasets": ("include/assay", "harness/core"),
    "plugins": ("include/assay", "plugins/sdk", "plugins/persons", "plugins/names", "matcher", "matcher/gpu"),
    "plugins/sdk": ("include/assay",),
    "plugins/persons": ("include/assay", "plugins/sdk", "matcher"),
    "plugins/names": ("include/assay", "plugins/sdk", "matcher"),
    "plugins/reference": ("include/assay", "plugins/sdk", "plugins/persons", "matcher/reference", "matcher/model"),
    "matcher": ("matcher",),
    "matcher/reference": ("matcher/model",),
    "matcher/gpu": ("matcher/gpu", "matcher/similarity"),
    "matcher/gpu/device": ("matcher/gpu", "matcher/model", "matcher/io"),
    **{f"matcher/gpu/{part}": ("matcher/gpu", "matcher/similarity", "matcher/parallel") for part in ("layout", "ladder")},
    "matcher/gpu/engine": ("matcher",),
    "matcher/cli": ("matcher", "matcher/gpu/engine"),
    "matcher/benchmarks": ("matcher", "datasets", "include/assay", "harness/core"),
    "matcher/fuzz": ("matcher",),
    "tests": None,
    "reports": (),
}
# Stays out although the folder above it is allowed: the oracle and the fast paths share no code.
FORBIDDEN = {
    "matcher": ("matcher/reference", "matcher/gpu"),  # the engine works without a GPU
    "plugins": ("matcher/reference",),
    "plugins/persons": ("matcher/reference",),
    "matcher/gpu/device": (),
    "matcher/gpu/ladder": (),
    "matcher/gpu/layout": (),
    "matcher/gpu/engine": ("matcher/reference", "matcher/cli"),
    "matcher/cli": ("matcher/reference",),
    "matcher/benchmarks": (),
    "matcher/fuzz": (),  # compares them
    "matcher/reference": (),
    "matcher/gpu": (),
    "plugins/reference": (),
}
# A family of plugins is one folder; families share plugins/sdk and plugins/persons and nothing else.
FAMILIES = "plugins"


def below(path, folder):
    return path == folder or path.startswith(folder + "/")


def layer_of(path):
    """The longest key of ALLOWED that holds the path, or None."""
    fitting = [folder for folder in ALLOWED if below(path, folder)]
    return max(fitting, key=len, default=None)


def home_of(path):
    """The folder inside which a file may include freely: its layer, or its own folder below plugins/."""
    layer = layer_of(path)
    if layer == FAMILIES and path.count("/") >= 2:
        return "/".join(path.split("/")[:2])
    return layer


def target_of(path, quoted, angled, exists):
    """The path of ours that an include names, or None for the system's and other libraries'."""
    name = quoted or angled
    if name.startswith("assay/"):
        return "include/" + name
    if quoted:
        beside = PurePosixPath(path).parent / quoted
        if ".." not in beside.parts and exists(str(beside)):
            return str(beside)
    return name if name.split("/")[0] in OURS and "/" in name else None


def include_findings(path, text, exists=lambda path: False):
    """What is wrong with the includes of one file. exists: whether the tree has a path."""
    layer = layer_of(path)
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        name = match[1] or match[2]
        if layer is not None and below(path, "harness") and ACCELERATOR.match(name):
            found.append(Finding(path, number, f"the harness knows no accelerator, but includes '{name}'"))
        if below(path, "matcher") and not below(path, "matcher/gpu") and ACCELERATOR.match(name):
            found.append(Finding(path, number, f"the matcher knows accelerators in matcher/gpu only, but includes '{name}'"))
        if match[1] and ".." in name.split("/"):
            found.append(Finding(path, number, f"include '{name}' from the root of the tree, not through '..'"))
        target = target_of(path, match[1], match[2], exists)
        if target is not None and not may_include(path, target):
            found.append(Finding(path, number, f"{layer or path} may not include '{target}'"))
    return found


def may_include(path, target):
    layer = layer_of(path)
    if layer is None:
        return False  # a new folder needs a line in ALLOWED
    if ALLOWED[layer] is None or below(target, home_of(path)) and layer != "matcher":
        return True
    if any(below(target, folder) for folder in FORBIDDEN.get(layer, ())):
        return False
    return any(below(target, folder) for folder in ALLOWED[layer])


# The same directions between CMake targets.
LINKS = {
    "harness": re.compile(r"\b(matcher\w*|assay_sdk|plugins|CUDA\w*|cuda\w*|find_package\(CUDA\w*)\b"),
    "plugins": re.compile(r"\b(harness|assay_(core|plan|plugin_host|isolate|measure|equivalence|stats|store|programs|interchange|cli|worker))\b"),
    "matcher": re.compile(r"\b(harness|plugins|assay_(core|plan|plugin_host|isolate|measure|equivalence|stats|store|programs|interchange|cli|worker|sdk|abi|generator))\b"),
}


def link_findings(path, text):
    """What is wrong with the targets that one CMakeLists.txt names."""
    part = path.split("/")[0]
    if not path.endswith("CMakeLists.txt") or part not in LINKS or below(path, "matcher/benchmarks"):
        return []
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = LINKS[part].search(line.split("#")[0])
        if match:
            found.append(Finding(path, number, f"{part}/ may not name '{match[0]}'"))
    return found
