# shellcheck shell=bash
# Installs what the package-lock.json of a folder pins. Sourced, never run.

# install_locked FOLDER: nothing to do when its node_modules was made from this very lock file.
install_locked() (
    cd "$1" || exit 4
    command -v npm >/dev/null || {
        echo "npm is not installed; $1 needs the packages of its lock file. Install nodejs and npm." >&2
        exit 4
    }
    exec 9>.npm-lock && flock 9 || exit 4  # two builds at once install once
    stamp=node_modules/.installed-from
    lock=$(sha256sum package-lock.json | cut -d' ' -f1)
    [[ -f $stamp && $(<"$stamp") == "$lock" ]] && exit 0
    echo "Installing the packages of $1/package-lock.json"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || {
        echo "npm could not install them. Is there a connection to a package registry?" >&2
        exit 4
    }
    printf '%s\n' "$lock" >"$stamp"
)
