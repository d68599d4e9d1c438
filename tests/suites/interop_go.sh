#!/usr/bin/env bash
# Go's x/mod libraries (sumdb/note, sumdb/tlog) against the log side of bundles: the checkpoint, inclusion and
# consistency proofs and a witness's cosignature hold, and each changed one is refused.
# Usage: interop_go.sh [BIN_DIR, default $TICKMARK_BIN_DIR or build/dev/bin]. Ends with `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." || exit 4
bin=$(realpath "${1:-${TICKMARK_BIN_DIR:-build/dev/bin}}")
work=$(mktemp -d) || exit 4
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check() {  # check NAME COMMAND...: the command must succeed
    local name=$1
    shift
    if "$@" >"$work/told" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $name" >&2
        cat "$work/told" >&2
    fi
}
refused() {  # refused WORDS COMMAND...: exit code 1 and these words, so that nothing else failed
    local words=$1 code=0
    shift
    "$@" >"$work/answer" 2>&1 || code=$?
    cat "$work/answer"
    [[ $code == 1 ]] && grep -qF "$words" "$work/answer"
}

if ! GO111MODULE=off GOFLAGS='' GOPATH=/usr/share/gocode GOCACHE="$work/cache" \
    go build -o "$work/logcheck" tests/interop/go/logcheck.go; then
    echo "Go or golang-golang-x-mod-dev is missing: apt-get install golang-go golang-golang-x-mod-dev" >&2
    exit 4
fi

# A log with two bundles, of which a witness saw the first.
export TICKMARK_DATA=$work/data
name=witness.example/audits
seal() { "$bin/tickmark" bundle seal --audit IA-2022-03 --as la-01; }
witness() { "$bin/tickmark-verify" witness "$1" --dir "$work/witness" "${@:2}" 2>>"$work/words"; }
furnish() {
    "$bin/tickmark" init --organisation "Go House" &&
        "$bin/tickmark" demo &&
        witness_key=$(witness init --name "$name") &&
        "$bin/tickmark" ledger witness add "$name" "$witness_key" &&
        log_key=$(cat "$TICKMARK_DATA/keys/ledger.vkey") &&
        seal &&
        witness add --log "$log_key" --first --out "$work/answer" "$TICKMARK_DATA/bundles/B-0001.evidence.zip" &&
        "$bin/tickmark" ledger cosign "$work/answer" &&
        seal &&
        unzip -q "$TICKMARK_DATA/bundles/B-0002.evidence.zip" -d "$work/good"
}
furnish >"$work/told" 2>&1 || { cat "$work/told" "$work/words" >&2; exit 4; }

logcheck=$work/logcheck
good=$work/good
check "a good bundle holds" "$logcheck" "$good" "$log_key"
check "a good bundle holds with the witness" "$logcheck" "$good" "$log_key" "$witness_key"
"$logcheck" "$good" "$log_key" "$witness_key" >"$work/holds"
check "the head that the witness cosigned was looked at" grep -qF "history: witness $name" "$work/holds"
check "the head of the bundle before was looked at" grep -qF "history: bundle B-0001" "$work/holds"

copy() {  # copy: a fresh copy of the bundle to change
    rm -rf "$work/bad"
    cp -r "$good" "$work/bad"
}
other_log=$("$bin/tickmark" --data "$work/other" init --organisation "Go House" >/dev/null && cat "$work/other/keys/ledger.vkey")
other_witness=$("$bin/tickmark-verify" witness init --dir "$work/stranger" --name "$name" 2>/dev/null)
check "another log's key is refused" refused "checkpoint: " "$logcheck" "$good" "$other_log"
check "another witness's key is refused" refused "history: " "$logcheck" "$good" "$log_key" "$other_witness"

copy
sed -i '2s/^.*$/5/' "$work/bad/tlog/checkpoint"
check "a checkpoint of another size is refused" refused "checkpoint: invalid signature" "$logcheck" "$work/bad" "$log_key"
copy
sed -i 's/"kind":"bundle.seal"/"kind":"bundle.sealt"/' "$work/bad/tlog/seal.json"
check "a changed leaf is refused" refused "seal: " "$logcheck" "$work/bad" "$log_key"
copy
hash=$(printf x | openssl dgst -sha256 -binary | base64)
sed -i "3s|^.*\$|$hash|" "$work/bad/tlog/seal.tlog-proof"
check "a changed inclusion proof is refused" refused "seal: " "$logcheck" "$work/bad" "$log_key"
copy
sed -i '1s/"role":"LA"/"role":"AU"/;2s/"actor":"/"actor":"x/' "$work/bad/data/audit-trail/entries.jsonl"
check "a changed entry of the audit trail is refused" refused "audit trail: line " "$logcheck" "$work/bad" "$log_key"
copy
sed -i '1s/"index":[0-9]*/"index":3/' "$work/bad/tlog/entries.proofs.jsonl"
check "a proof for another position is refused" refused "audit trail: line 1" "$logcheck" "$work/bad" "$log_key"
copy
zeros=$(printf '0%.0s' {1..64})
sed -i "s/\"proof\":\[\"[0-9a-f]*\"/\"proof\":[\"$zeros\"/" "$work/bad/tlog/history.json"
check "a changed consistency proof is refused" refused "history: B-0001" "$logcheck" "$work/bad" "$log_key"
copy
sed -i 's/"proof":\["[0-9a-f]*",/"proof":[/g' "$work/bad/tlog/history.json"
check "a shortened consistency proof is refused" refused "history: B-0001" "$logcheck" "$work/bad" "$log_key"
copy
printf '{"entries":[]}' >"$work/bad/tlog/history.json"
check "a history without the witness is refused" refused "no head that this witness cosigned" \
    "$logcheck" "$work/bad" "$log_key" "$witness_key"

# The checkpoint that the server prints, and the witness's own copy of the head.
mkdir -p "$work/plain/tlog"
"$bin/tickmark" ledger checkpoint >"$work/plain/tlog/checkpoint"
check "the server's checkpoint is opened, and only the rest is missing" refused "seal: open" \
    "$logcheck" "$work/plain" "$log_key"

printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
