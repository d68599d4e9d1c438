# shellcheck shell=bash
# Installs the pinned tools of package-lock.json into node_modules. Sourced from this folder, never run.

# install_tools: nothing to do when node_modules was made from this very lock file.
install_tools() {
    local stamp=node_modules/.installed-from lock
    lock=$(sha256sum package-lock.json | cut -d' ' -f1)
    [[ -f $stamp && $(<"$stamp") == "$lock" ]] && return 0
    echo "Installing the tools of tests/browser/package-lock.json"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || {
        echo "npm could not install them. Is there a connection to a package registry?" >&2
        return 4
    }
    printf '%s\n' "$lock" >"$stamp"
}
