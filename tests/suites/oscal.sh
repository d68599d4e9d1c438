#!/usr/bin/env bash
# What is inside bundles of the demonstration: the OSCAL documents by their schemas and digests, the manifest by its
# schema, and the report as HTML, in a browser, in light and dark and on a small screen. Usage: oscal.sh [PART OF A
# SENTENCE]; ends with `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../browser" || exit 4
# shellcheck source=tools/lib/npm.sh
source ../../tools/lib/npm.sh
install_locked "$PWD" || exit 4
exec node bundle-content.js "$@"
