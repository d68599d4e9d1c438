# bash completion of tickmark and tickmark-verify: commands and options as the program's own --help lists them.
_tickmark() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} word help
    local -a path=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        # A command's name follows the commands before it; options and their values do not.
        if [[ $word =~ ^[a-z][a-z-]*$ ]] && "${COMP_WORDS[0]}" "${path[@]}" --help 2>/dev/null | grep -qE "^  $word( |\$)"; then
            path+=("$word")
        fi
    done
    help=$("${COMP_WORDS[0]}" "${path[@]}" --help 2>/dev/null) || return
    if [[ $before == --* ]] && grep -qE -- "$before (PATH|FILE|FOLDER|DIR|TEXT:(FILE|DIR))" <<<"$help"; then
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
    fi
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(grep -oE -- '--[a-z][a-z-]*' <<<"$help" | sort -u)" -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -W "$(sed -n '/^Subcommands:/,$s/^  \([a-z][a-z-]*\).*/\1/p' <<<"$help")" -- "$current")
        ((${#COMPREPLY[@]} > 0)) || mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -o filenames -F _tickmark tickmark tickmark-verify
