#!/usr/bin/env bash
# tickmark-verify is a small program: no database, no server, no network library. Reads what it is linked to, and runs
# it on the stored vectors. Usage: verify_links.sh [BIN_DIR, default $TICKMARK_BIN_DIR or build/dev/bin].
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." || exit 4
program=${1:-${TICKMARK_BIN_DIR:-build/dev/bin}}/tickmark-verify
vectors=tests/vectors
passed=0
failed=0

check() {  # check NAME COMMAND...: the command must succeed
    local name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $name" >&2
    fi
}
exits_with() {  # exits_with CODE ARGUMENTS...: the program must end with that code
    local wanted=$1 code=0
    shift
    "$program" "$@" >/dev/null 2>&1 || code=$?
    [[ $code == "$wanted" ]]
}
does_not_link() { [[ $linked != *"$1"* ]]; }

linked=$(ldd "$program" 2>/dev/null)
check "its libraries can be read" test -n "$linked"
check "it links OpenSSL's libcrypto at least, so the list is real" grep -q 'libcrypto\.so' <<<"$linked"
for library in libPocoData libPocoNet libPocoFoundation libPocoUtil libsqlite3 libctemplate libprometheus libcurl; do
    check "it does not link $library" does_not_link "$library"
done

fingerprint=$(openssl x509 -in "$vectors/anchor.pem" -noout -fingerprint -sha256 | cut -d= -f2)
good=$vectors/good.evidence.zip
check "a good bundle passes with the anchor" exits_with 0 --anchor "$vectors/anchor.pem" "$good"
check "a good bundle passes with openssl's own fingerprint" exits_with 0 "$good" --fingerprint "SHA256:$fingerprint"
check "without an anchor it is undecided" exits_with 5 "$good"
check "a forged one fails" exits_with 1 --anchor "$vectors/anchor.pem" "$vectors/evidence-changed.evidence.zip"
check "a forged one fails without an anchor too" exits_with 1 "$vectors/signature-stripped.evidence.zip"
check "what is no bundle fails" exits_with 1 README.md
check "a file that is not there is an error of the environment" exits_with 4 "$vectors/none.evidence.zip"
check "an anchor that is not there is an error of the environment" exits_with 4 --anchor none.pem "$good"
check "a folder cannot be read" exits_with 4 tests
check "an anchor without a certificate is wrong usage" exits_with 2 --anchor README.md "$good"
check "a fingerprint that is none is wrong usage" exits_with 2 --fingerprint SHA256:12 "$good"
check "an unknown option is wrong usage" exits_with 2 --trust-me "$good"
check "no file is wrong usage" exits_with 2
check "--version answers" exits_with 0 --version
says() { [[ $("$program" "${@:2}" 2>/dev/null) == *"$1"* ]]; }
check "the text begins with the verdict" says "Passed: intact, authentic, complete, in the log" --anchor "$vectors/anchor.pem" "$good"
check "the JSON names the verdict" says '"verdict": "PASS"' --json --anchor "$vectors/anchor.pem" "$good"
silent() { [[ -z $("$program" --quiet "$good" 2>&1) ]]; }
check "--quiet says nothing" silent

printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
