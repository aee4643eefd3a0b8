#!/bin/sh
# Runs the test programs of a coverage build and prints the lines of the core that they reached.
set -eu
out=$1
number=0
while "$out/checks" "$number" >/dev/null; do number=$((number + 1)); done
"$out/powercut" random 1 3000 >/dev/null
"$out/powercut" every 3 20 >/dev/null
"$out/lines" </dev/null
cd "$out/core"
gcov --relative-only --branch-counts ./*.gcda 2>/dev/null | grep -A2 "^File '.*core/src" || true
