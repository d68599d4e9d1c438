#!/usr/bin/env bash
# The offline page that checks an evidence bundle: built twice, every vector under Node and in Chromium, its policy,
# keyboard, small screens, paper. Usage: web.sh [PART OF A SENTENCE]; ends with `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." || exit 4
tools/web/build || exit 4
cd tests/browser || exit 4
# shellcheck source=tools/lib/npm.sh
source ../../tools/lib/npm.sh
install_locked "$PWD" || exit 4
cd ../web || exit 4
exec node main.js "$@"
