#!/bin/sh
# What a newcomer sees: clone, make demo, make test, in an empty home directory.
# Prints the seconds each step took; fails when one of them does, or when the page takes longer
# than three minutes.  `--demo-only` leaves the tests out.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
caches=${XDG_CACHE_HOME:-$HOME/.cache}
longest=180
place=$(mktemp -d)
demo=

finish() {
    # The demo is a family of processes in a session of its own.
    [ -z "$demo" ] || kill -TERM -"$demo" 2>/dev/null || true
    rm -rf "$place"
}
trap finish EXIT
trap 'exit 130' INT TERM

now() { date +%s; }

# Only what reaches the package registry is taken along, and the package caches, which are warm.
# Takes the shell's place, so that the number of the process is that of the command.
fresh() {
    exec env -i HOME="$place/home" PATH="$PATH" LANG=C.UTF-8 \
        UV_CACHE_DIR="${UV_CACHE_DIR:-$caches/uv}" PIP_CACHE_DIR="${PIP_CACHE_DIR:-$caches/pip}" \
        ${SSL_CERT_FILE:+SSL_CERT_FILE="$SSL_CERT_FILE"} \
        ${HTTPS_PROXY:+HTTPS_PROXY="$HTTPS_PROXY"} \
        "$@"
}

# The address is printed when the last day is played; the page must then be there.
shows_page() {
    address=$(sed -n "s/^Sakidori's demo is ready: \(http[^ ]*\).*/\1/p" "$place/demo.log")
    [ -n "$address" ] && .venv/bin/python - "$address" <<'PYTHON' 2>/dev/null
import sys
from urllib.request import urlopen

with urlopen(sys.argv[1], timeout=5) as answer:
    sys.exit(answer.status != 200 or b"<title>" not in answer.read())
PYTHON
}

mkdir "$place/home"
started=$(now)
git clone --quiet "$root" "$place/sakidori"
cd "$place/sakidori"
echo "clone: $(($(now) - started)) s"

started=$(now)
(fresh setsid make demo) >"$place/demo.log" 2>&1 </dev/null &
demo=$!
until shows_page; do
    if ! kill -0 "$demo" 2>/dev/null || [ $(($(now) - started)) -gt 900 ]; then
        echo "make demo showed no page:" >&2
        tail -n 40 "$place/demo.log" >&2
        exit 1
    fi
    sleep 1
done
seconds=$(($(now) - started))
cat "$place/demo.log"
echo "make demo: page at $address after $seconds s"
kill -TERM -"$demo"
wait "$demo" 2>/dev/null || true
demo=

if [ "${1:-}" != --demo-only ]; then
    started=$(now)
    (fresh make test)
    echo "make test: $(($(now) - started)) s"
fi

if [ "$seconds" -gt "$longest" ]; then
    echo "The page took $seconds s; $longest are promised. Is something else running?" >&2
    exit 1
fi
