#!/usr/bin/env bash
# The description of the API: linted with Spectral's OpenAPI rules, and its operation names are unique.
# Errors fail, warnings are printed. Ends with `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../browser" || exit 4
# shellcheck source=tools/lib/npm.sh
source ../../tools/lib/npm.sh
install_locked "$PWD" || exit 4
exec node openapi.js
