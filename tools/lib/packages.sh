# shellcheck shell=bash
# Installs Debian packages by name from tools/packages.txt. Sourced after say.sh, never run.

# missing_packages LIST GROUP...: the names in those groups that this machine lacks, one per line.
missing_packages() {
    local list=$1 group name command installed
    shift
    installed=$(dpkg-query -W -f='${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^ii *//p')
    while read -r group name command; do
        [[ -z $group || $group == \#* ]] && continue
        [[ " $* " == *" $group "* ]] || continue
        [[ -n $command ]] && command -v "$command" >/dev/null 2>&1 && continue
        grep -qxF -- "$name" <<<"$installed" || printf '%s\n' "$name"
    done <"$list"
}

# as_root COMMAND...: runs it as root, through sudo when needed.
as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo -- "$@"
    fi
}

apt_install() {
    local wait_for_lock=(-o DPkg::Lock::Timeout=300)
    as_root env DEBIAN_FRONTEND=noninteractive apt-get "${wait_for_lock[@]}" update || return
    as_root env DEBIAN_FRONTEND=noninteractive apt-get "${wait_for_lock[@]}" install -y \
        --no-install-recommends "$@"
}

# install_packages LIST GROUP...: installs what is missing; silent and quick when nothing is.
install_packages() {
    local list=$1 missing
    command -v dpkg-query >/dev/null 2>&1 ||
        give_up "This is not a Debian system. Install the counterparts of the packages in $list, see CONTRIBUTING.md."
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} == 0)) && return 0
    if ((EUID != 0)) && ! command -v sudo >/dev/null 2>&1; then
        give_up "These packages are missing, and this account has no sudo to install them: ${missing[*]}
Ask an administrator to run: apt-get install --no-install-recommends ${missing[*]}"
    fi
    # Asks for the password now, where the question can be seen, and not inside the logged step.
    if ((EUID != 0)) && [[ -t 0 ]]; then sudo -v || give_up "sudo refused; nothing was installed."; fi
    local noun=packages
    ((${#missing[@]} == 1)) && noun=package
    step "Installing ${#missing[@]} $noun" install apt_install "${missing[@]}" ||
        give_up "The packages could not be installed. Is this Debian 12 with a working package source?"
}
