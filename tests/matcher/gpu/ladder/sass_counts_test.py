"""The counter of machine instructions: on a listing made by hand, and, where cuobjdump is there, on what was built: the committed
counts are those of our kernels."""
import json
import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT / "matcher/gpu/ladder"))
import sass_counts  # noqa: E402

# Two tasks' loop, in it one of rows: an add, two logic operations, a load, a multiplication, a population count.
LISTING = """
\t\tFunction : _ZN7matcher3gpu12block_kernelILj12ENS0_12FiveBitSlotsENS0_11ScoreMatrixENS0_10CrossTasksEEEvNS0_8PatternsE
        /*0000*/                   S2R R0, SR_TID.X ;                  /* 0x0 */
        /*0010*/                   IADD3 R1, R0, 0x1, RZ ;             /* 0x0 */
        /*0020*/                   IADD3 R1, R1, 0x1, RZ ;             /* 0x0 */
        /*0030*/                   LDS R2, [R1] ;                      /* 0x0 */
        /*0040*/                   LOP3.LUT R2, R2, R1, R0, 0x96, !PT ;  /* 0x0 */
        /*0050*/              @!P0 LOP3.LUT R2, R2, R1, R0, 0x96, !PT ;  /* 0x0 */
        /*0060*/                   IMAD R2, R2, R1, R0 ;               /* 0x0 */
        /*0070*/                   POPC R3, R2 ;                       /* 0x0 */
        /*0080*/               @P0 BRA 0x20 ;                          /* 0x0 */
        /*0090*/                   IADD3 R0, R0, 0x1, RZ ;             /* 0x0 */
        /*00a0*/               @P1 BRA 0x10 ;                          /* 0x0 */
        /*00b0*/                   EXIT ;                              /* 0x0 */
        /*00c0*/                   BRA 0xc0;                           /* 0x0 */
"""


class SassCounts(unittest.TestCase):
    def test_only_the_loop_over_rows_is_counted(self):
        self.assertEqual(sass_counts.table(LISTING), [{
            "kernel": "block", "output": "scores", "slots": 12, "instructions": 7, "alu": 3, "fma": 1, "lsu": 1, "xu": 1, "control": 1,
            "uniform": 0}])

    def test_other_kernels_are_left_out(self):
        self.assertEqual(sass_counts.table(LISTING.replace("12block_kernel", "12fused_kernel")), [])
        self.assertEqual(sass_counts.table(LISTING.replace("10CrossTasks", "11ListedTasks")), [])

    def test_committed_counts_are_those_of_the_built_kernels(self):
        committed = json.loads((ROOT / "reports/published/gpu-sass.json").read_text())["kernels"]
        self.assertEqual(sass_counts.table(self.built("blocks")), committed)

    def test_loops_that_rates_are_measured_with_hold_their_instruction(self):
        found = set()
        for name, code in sass_counts.functions(self.built("rates")):
            first, last = sass_counts.row_loop(code)
            opcodes = [opcode for address, opcode, _ in code if first <= address <= last]
            most = max(set(opcodes), key=opcodes.count)
            self.assertEqual((opcodes.count(most), len(opcodes)), (32, 35), name)
            found.add(most)
        self.assertEqual(found, {"LOP3", "IMAD", "SHF", "POPC", "LDS", "SHFL", "MATCH"})

    def built(self, part):
        """The machine code of the object whose name holds the word."""
        objects = [name for name in os.environ.get("ASSAY_KERNEL_OBJECTS", "").split(":") if part in Path(name).name]
        if not objects or not shutil.which("cuobjdump"):
            self.skipTest("no cuobjdump or no compiled kernels")
        return subprocess.run(["cuobjdump", "-sass", *objects], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    unittest.main()
