#!/usr/bin/env python3
"""Counts the machine instructions that the block kernels need for 32 pairs, by the pipe that carries them out.

Reads `cuobjdump -sass` of the object files that are named. The body of the loop over left rows is straight code, so that its static
count is what a warp does for one row and its 32 texts. Pipes as NVIDIA's tuning guide and Nsight Compute name them for sm_90.

example: matcher/gpu/ladder/sass_counts.py build/release/obj/matcher/gpu/kernels/CMakeFiles/matcher_gpu_kernels.dir/catalog_blocks.cu.o
"""
import argparse
import collections
import json
import re
import subprocess
import sys

KERNEL = re.compile(r"(block_kernel|block_pruned_kernel)ILj(\d+)ENS0_12FiveBitSlots(?:ENS0_\d+(ScoreMatrix|MatchList))?")
INSTRUCTION = re.compile(r"^\s+/\*([0-9a-f]{4,})\*/\s+(?:@!?U?P\d+\s+)?([A-Z0-9_]+)((?:\.[A-Za-z0-9_]+)*)([^;]*);")
# Everything else of the datapath of a lane: LOP3, IADD3, SHF, PRMT, ISETP, SEL, LEA, VIMNMX, ...
PIPES = {"fma": ("IMAD", "FFMA", "FMUL", "FADD", "HFMA2"), "xu": ("POPC", "FLO", "BREV", "MUFU", "I2F", "F2I", "I2FP"),
         "lsu": ("LDS", "STS", "LDG", "STG", "LDL", "STL", "ATOMS", "ATOMG", "RED", "SHFL", "MATCH", "LD", "ST"),
         "control": ("BRA", "BSSY", "BSYNC", "EXIT", "WARPSYNC", "NOP", "BAR", "CALL", "RET", "BREAK", "DEPBAR", "LDC", "VOTE", "S2R", "S2UR", "CS2R", "ERRBAR", "MEMBAR")}
PIPE_OF = {opcode: pipe for pipe, opcodes in PIPES.items() for opcode in opcodes}


def pipe_of(opcode):
    if opcode in PIPE_OF:
        return PIPE_OF[opcode]
    # The uniform datapath is a warp's, not a lane's.
    return "uniform" if opcode.startswith("U") or opcode == "R2UR" else "alu"


def functions(listing):
    """(mangled name, [(address, opcode, operands)])"""
    for text in listing.split("Function : ")[1:]:
        name, body = text.split("\n", 1)
        found = [INSTRUCTION.match(line) for line in body.splitlines()]
        yield name.strip(), [(int(one[1], 16), one[2], one[4]) for one in found if one]


def loops(code):
    """(first, last address) of every backward branch."""
    for address, opcode, operands in code:
        target = re.search(r"0x([0-9a-f]+)", operands) if opcode == "BRA" else None
        if target and int(target[1], 16) < address:
            yield int(target[1], 16), address


def row_loop(code):
    """The longest loop that holds no other of half its length: the rows of a task, not the tasks."""
    found = sorted(set(loops(code)), key=lambda loop: loop[0] - loop[1])
    for first, last in found:
        inner = [b - a for a, b in found if (a, b) != (first, last) and first <= a and b <= last]
        if not inner or max(inner) < (last - first) / 2:
            return first, last
    return None


def counts(code):
    first, last = row_loop(code)
    pipes = collections.Counter(pipe_of(opcode) for address, opcode, _ in code if first <= address <= last)
    return {"instructions": sum(pipes.values()), **{pipe: pipes[pipe] for pipe in ("alu", "fma", "lsu", "xu", "control", "uniform")}}


def table(listing):
    """One entry a kernel for alphabets of five bits, by output and slots."""
    rows = []
    for name, code in functions(listing):
        kernel = KERNEL.search(name)
        if kernel and kernel[1] == "block_kernel" and "ListedTasks" not in name:  # lists of tasks have the same loop
            output = "scores" if kernel[3] == "ScoreMatrix" else "matches"
            rows.append({"kernel": "block", "output": output, "slots": int(kernel[2]), **counts(code)})
    return sorted(rows, key=lambda row: (row["output"], row["slots"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("objects", nargs="+")
    parser.add_argument("-o", "--output", help="file for the JSON (default: standard output)")
    arguments = parser.parse_args()
    try:
        listing = subprocess.run(["cuobjdump", "-sass", *arguments.objects], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        sys.exit("sass_counts.py: cuobjdump is not on the PATH; it comes with a CUDA toolkit, or as nvidia-cuda-cuobjdump")
    text = json.dumps({"schema": "assay-gpu-sass/1", "architecture": "sm_90", "kernels": table(listing)}, indent=1) + "\n"
    if arguments.output:
        with open(arguments.output, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
