"""The scores' floating point is compiled without contraction: no fma in the PTX of score.hpp, by the flags of the build."""
import json
import os
import re
import shlex
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
DATABASE = Path(os.environ.get("ASSAY_COMPILE_COMMANDS", ""))
NVCC = os.environ.get("ASSAY_NVCC", "")
SOURCE = """
#include "matcher/similarity/score.hpp"
template <class Real>
__global__ void scores(const matcher::ScoreParts* parts, const unsigned* lengths, Real* out) {
  const unsigned i = threadIdx.x;
  out[4 * i] = matcher::levenshtein_percent<Real>(parts[i].distance, lengths[0]);
  out[4 * i + 1] = matcher::jaro<Real>(parts[i].matches, parts[i].half_transpositions, lengths[1], lengths[2]);
  out[4 * i + 2] = matcher::jaro_winkler_percent<Real>(parts[i].matches, parts[i].half_transpositions, parts[i].prefix, lengths[1], lengths[2]);
  out[4 * i + 3] = matcher::largest_percent<Real>(parts[i], lengths[1], lengths[2], lengths[0]);
}
template __global__ void scores<float>(const matcher::ScoreParts*, const unsigned*, float*);
template __global__ void scores<double>(const matcher::ScoreParts*, const unsigned*, double*);
"""
FUSED = re.compile(r"\bfma\.\w+\.(f32|f64)")


def build_flags():
    """What the build passes to nvcc for the kernels, without what concerns one file or one architecture."""
    for entry in json.loads(DATABASE.read_text()):
        if entry["file"].endswith("kernels/catalog_pairs.cu"):
            words = shlex.split(entry["command"])
            return [word for word in words if re.match(r"--?(O|D|std|fmad|ftz|prec|use_fast|Xcompiler|march)", word)]
    raise AssertionError(f"{DATABASE} does not say how catalog_pairs.cu is compiled")


def ptx(flags):
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "scores.cu", Path(folder) / "scores.ptx"
        source.write_text(SOURCE)
        subprocess.run([NVCC, *flags, "-arch=sm_90", "-ptx", "-I", ROOT, source, "-o", target], check=True)
        return target.read_text()


@unittest.skipUnless(NVCC, "no nvcc")
class Contraction(unittest.TestCase):
    def test_build_has_no_fused_multiply_add_and_fmad_would_be_found(self):
        flags = build_flags()
        self.assertIn("--fmad=false", flags)
        text = ptx(flags)
        self.assertIn("div.rn.f64", text)
        self.assertIn("div.rn.f32", text)
        self.assertIsNone(FUSED.search(text))
        contracted = ptx(["--fmad=true" if flag == "--fmad=false" else flag for flag in flags])
        self.assertEqual({"f32", "f64"}, set(FUSED.findall(contracted)))


if __name__ == "__main__":
    unittest.main()
