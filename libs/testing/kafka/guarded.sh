#!/usr/bin/env bash
# Runs a program, its output in the file that comes first, and prints its number. The program is ended when whoever started
# this script ends, however that happens: then nobody holds the other end of the standard input any more.
log=$1
shift
"$@" </dev/null >>"$log" 2>&1 &
program=$!
echo "$program"
read -r _
kill -9 "$program" 2>/dev/null
