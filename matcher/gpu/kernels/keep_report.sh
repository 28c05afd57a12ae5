#!/bin/sh
# keep_report.sh <file> <command>...: runs a compiler and keeps what ptxas reports of each kernel (registers, stack, spills),
# which tests/matcher/gpu/kernels/resources_test.py reads. All else the compiler says is passed on.
if [ "$1" = "--help" ] || [ $# -lt 2 ]; then
  sed -n '2,3s/^# //p' "$0"
  exit 2
fi
report=$1
shift
"$@" 2>"$report"
status=$?
grep -v -e '^ptxas info' -e 'bytes stack frame' "$report" >&2
exit $status
