#!/usr/bin/env bash
# The pages in Chromium: the journeys of three people, refusals, every page of every role, the keyboard, pictures in
# build/screenshots. Usage: browser.sh [PART OF A SENTENCE]; ends with `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../browser" || exit 4
# shellcheck source=tools/lib/npm.sh
source ../../tools/lib/npm.sh
install_locked "$PWD" || exit 4
exec node main.js "$@"
