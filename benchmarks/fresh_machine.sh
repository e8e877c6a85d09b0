#!/bin/sh
# What a newcomer sees: clone, make demo, make test, in an empty home directory.
# Prints the seconds each step took; fails when one of them does.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
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

# Only what reaches the package registry is taken along.
fresh() {
    env -i HOME="$place/home" PATH="$PATH" LANG=C.UTF-8 \
        ${SSL_CERT_FILE:+SSL_CERT_FILE="$SSL_CERT_FILE"} \
        ${HTTPS_PROXY:+HTTPS_PROXY="$HTTPS_PROXY"} \
        ${UV_CACHE_DIR:+UV_CACHE_DIR="$UV_CACHE_DIR"} \
        "$@"
}

# The page of the address the demo has printed, or nothing yet.
shows_page() {
    address=$(grep -o 'http://[^ ]*' "$place/demo.log" | head -n 1)
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
fresh setsid make demo >"$place/demo.log" 2>&1 </dev/null &
demo=$!
until shows_page; do
    if ! kill -0 "$demo" 2>/dev/null || [ $(($(now) - started)) -gt 600 ]; then
        echo "make demo showed no page:" >&2
        tail -n 40 "$place/demo.log" >&2
        exit 1
    fi
    sleep 1
done
echo "make demo: page at $address after $(($(now) - started)) s"
kill -TERM -"$demo"
wait "$demo" 2>/dev/null || true
demo=

started=$(now)
fresh make test
echo "make test: $(($(now) - started)) s"
