# shellcheck shell=bash
# What the shell tools say, and how they run a long step. Sourced, never run.
# The caller sets SAY_LOGS to the folder for the logs.

# say TEXT: one short line for the person at the terminal.
say() { printf '%s\n' "$*"; }

# complain TEXT: one line on standard error.
complain() { printf '%s\n' "$*" >&2; }

# give_up TEXT [CODE]: ends the tool; 4 (environment) unless told otherwise.
give_up() {
    complain "$1"
    exit "${2:-4}"
}

# elapsed SINCE: the time since $SECONDS was SINCE, as 1m05s.
elapsed() {
    local took=$((SECONDS - $1))
    if ((took >= 60)); then printf '%dm%02ds' $((took / 60)) $((took % 60)); else printf '%ds' "$took"; fi
}

# Shows the last line of a growing log below a step's title, for a person who waits; ends with its step, and
# with the tool when that is interrupted.
follow_log() {
    while sleep 1 && kill -0 "$$" 2>/dev/null; do
        printf '\r\033[K  %s' "$(tail -n 1 "$1" 2>/dev/null | tr -d '\r' | cut -c "1-$((${COLUMNS:-80} - 4))")"
    done
}

# step TITLE LOG COMMAND...: runs the command with its output in $SAY_LOGS/LOG.log and says how long it took.
# On failure the end of the log is shown and the command's status returned.
step() {
    local title=$1 log="$SAY_LOGS/$2.log" begun=$SECONDS status=0 follower=
    shift 2
    mkdir -p "$SAY_LOGS"
    printf '%s…' "$title"
    if [[ -t 1 ]]; then
        printf '\n'
        : >"$log"
        follow_log "$log" &
        follower=$!
    fi
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [[ -n $follower ]]; then
        kill "$follower" 2>/dev/null
        wait "$follower" 2>/dev/null || true
        printf '\r\033[K  '
    fi
    if ((status == 0)); then
        printf ' done (%s)\n' "$(elapsed "$begun")"
        return 0
    fi
    printf ' FAILED (%s)\n' "$(elapsed "$begun")"
    complain "--- the end of ${log#"$PWD"/}:"
    tail -n "${SAY_TAIL:-40}" "$log" >&2
    return "$status"
}
