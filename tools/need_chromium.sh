#!/usr/bin/env bash
# Makes sure that there is a Chromium for the tests of the page: $LUMBAR_CHROMIUM, or Debian's.
set -euo pipefail

[[ -x "${LUMBAR_CHROMIUM:-/usr/bin/chromium}" ]] && exit 0
if [[ -n "${LUMBAR_CHROMIUM:-}" ]]; then
  echo "LUMBAR_CHROMIUM names $LUMBAR_CHROMIUM, which is no program. Point it at a Chromium, or unset it." >&2
  exit 1
fi

as_root=()
if [[ $EUID -ne 0 ]]; then
  as_root=(sudo -n)
  if ! sudo -n true 2>/dev/null; then
    echo "The tests of the page need Chromium. Install it (on Debian: sudo apt-get install chromium fonts-liberation)" \
      "or set LUMBAR_CHROMIUM to one, then run this again." >&2
    exit 1
  fi
fi
if ! command -v apt-get >/dev/null; then
  echo "The tests of the page need Chromium. Install it and set LUMBAR_CHROMIUM to it, then run this again." >&2
  exit 1
fi

echo "Installing Chromium for the tests of the page …"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q </dev/null
"${as_root[@]}" apt-get install -q -y --no-install-recommends chromium fonts-liberation </dev/null
