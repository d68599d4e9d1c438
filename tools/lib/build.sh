# shellcheck shell=bash
# Configures and builds one preset. Sourced after say.sh, never run.

# build_jobs: as many compilers as there are cores, and no more than one per GiB of free memory.
build_jobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo 2>/dev/null)
    if [[ -n $memory ]] && ((memory < cores)); then cores=$memory; fi
    printf '%d' $((cores > 0 ? cores : 1))
}

# configure PRESET: only when it has not been configured yet; ninja repeats it by itself when needed.
configure() {
    [[ -f build/$1/build.ninja ]] && return 0
    step "Configuring $1" "configure-$1" cmake --preset "$1"
}

# build PRESET [TARGET...]: everything, or the named targets. Ninja makes it a no-op when nothing changed.
build() {
    local preset=$1
    shift
    configure "$preset" || return
    step "Building $preset" "build-$preset" \
        env NINJA_STATUS='[%f/%t] ' ninja -C "build/$preset" -j "$(build_jobs)" "$@"
}
