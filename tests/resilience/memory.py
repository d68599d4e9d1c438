#!/usr/bin/env python3
"""Memory that runs out: one allocation of a command fails, or every one from there on.

A preloaded allocator counts from the beginning of main (what the loader and the libraries' own beginnings take is not counted)
and answers NULL at the k-th call of malloc, calloc, realloc and the aligned ones. After each: no end by a signal, a refusal has
words, an exit code of 0 means that the thing is there, `check --read-data` is clean and the same command succeeds.

Cases: a drawn sample of 6 for each command (TICKMARK_SAMPLE says another number), or all with TICKMARK_LONG. TICKMARK_SEED
draws the same again.
"""
import os
import pathlib
import random
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import faults  # noqa: E402
from house import SOURCE, TICKMARK, VERIFY, Suite, run  # noqa: E402

SAMPLE = int(os.environ.get("TICKMARK_SAMPLE") or 6)
ALLOCATOR = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);
extern void* __libc_memalign(size_t, size_t);
static atomic_long made;
static long first = -1, last = -1;
static int on;
static int (*program)(int, char**, char**);

static int fails(void) {
    if (!on) return 0;
    long n = atomic_fetch_add(&made, 1) + 1;
    return first > 0 && n >= first && (last < 0 || n <= last);
}
static void tell(void) {
    on = 0;
    const char* path = getenv("ALLOCATIONS");
    FILE* file = path ? fopen(path, "w") : NULL;
    if (file) { fprintf(file, "%ld", (long)made); fclose(file); }
}
static int counted(int argc, char** argv, char** env) {
    const char* k = getenv("FAIL_AT");
    if (k) first = atol(k);
    last = getenv("FAIL_ON") ? -1 : first;
    atexit(tell);
    unsetenv("LD_PRELOAD"); /* children are not meant */
    on = 1;
    return program(argc, argv, env);
}
int __libc_start_main(int (*m)(int, char**, char**), int argc, char** argv, void (*i)(void), void (*f)(void), void (*r)(void), void* e) {
    int (*real)(int (*)(int, char**, char**), int, char**, void (*)(void), void (*)(void), void (*)(void), void*) =
        dlsym(RTLD_NEXT, "__libc_start_main");
    program = m;
    return real(counted, argc, argv, i, f, r, e);
}
static void* none(void) { errno = ENOMEM; return NULL; }
void* malloc(size_t n) { return fails() ? none() : __libc_malloc(n); }
void* calloc(size_t n, size_t s) { return fails() ? none() : __libc_calloc(n, s); }
void* realloc(void* p, size_t n) { return fails() ? none() : __libc_realloc(p, n); }
void* memalign(size_t a, size_t n) { return fails() ? none() : __libc_memalign(a, n); }
void* aligned_alloc(size_t a, size_t n) { return fails() ? none() : __libc_memalign(a, n); }
int posix_memalign(void** p, size_t a, size_t n) {
    if (fails()) return ENOMEM;
    *p = __libc_memalign(a, n);
    return *p ? 0 : ENOMEM;
}
"""

suite = Suite(faults.furnish)


def failing(house, command):
    """Runs the command with each drawn failure; `judge` gets the answer."""
    source, library = house.write("allocator.c", ALLOCATOR), house.path("allocator.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
    setting = {"LD_PRELOAD": str(library)}
    count = house.path("count")
    answer = run(*command(faults.fresh(house, "count-house")), env={**setting, "ALLOCATIONS": str(count)})
    assert answer.code == 0, answer
    total = int(count.read_text())
    assert total > 100, f"only {total} allocations: the count is broken"
    cases = [(k, on) for k in range(1, total + 1) for on in (False, True)]
    if not faults.LONG:
        cases = random.Random(faults.SEED).sample(cases, SAMPLE)
    return total, [(k, on, {**setting, "FAIL_AT": str(k), **({"FAIL_ON": "1"} if on else {})}) for k, on in cases]


def run_all(house, name, command, judge):
    total, cases = failing(house, command)
    broken, fine = [], 0
    for k, on, setting in cases:
        trial = faults.fresh(house, "trial")
        answer = run(*command(trial), env=setting)
        try:
            judge(trial, answer)
        except AssertionError as error:
            broken.append(f"allocation {k} of {total}{' and all after it' if on else ''}: {error}")
        fine += answer.code == 0
    print(f"# {name}: {len(cases)} of {2 * total} failures, {fine} done all the same, {len(broken)} broken, seed {faults.SEED}", flush=True)
    assert not broken, "\n".join(broken)


def of_the_house(house, name):
    job = faults.JOBS[name]
    run_all(house, name, lambda h: (TICKMARK, *job.words(h)), lambda h, answer: faults.judge(h, job, answer, False))


@suite.test
def memory_may_run_out_while_a_file_is_handed_over(house):
    of_the_house(house, "put")


@suite.test
def memory_may_run_out_while_a_bundle_is_sealed(house):
    of_the_house(house, "seal")


def verifying(house, name, good):
    bundle = SOURCE / "tests/vectors" / name

    def judge(_, answer):
        assert answer.code >= 0 and "terminate called" not in answer.err, f"it ended by signal {-answer.code}\n{answer}"
        assert good or answer.code != 0, f"a bad bundle passed\n{answer}"
        assert answer.code == 0 or answer.out + answer.err, "it failed without words"
    total, cases = failing(house, lambda h: (VERIFY, "--anchor", SOURCE / "tests/vectors/anchor.pem", SOURCE / "tests/vectors/good.evidence.zip"))
    broken = []
    for k, on, setting in cases:
        answer = run(VERIFY, "--anchor", SOURCE / "tests/vectors/anchor.pem", bundle, env=setting)
        try:
            judge(None, answer)
        except AssertionError as error:
            broken.append(f"allocation {k} of {total}{' and all after it' if on else ''}: {error}")
    print(f"# verify {name}: {len(cases)} of {2 * total} failures, {len(broken)} broken, seed {faults.SEED}", flush=True)
    assert not broken, "\n".join(broken)


@suite.test
def memory_may_run_out_while_a_good_bundle_is_verified(house):
    verifying(house, "good.evidence.zip", True)


@suite.test
def a_bad_bundle_never_passes_for_want_of_memory(house):
    verifying(house, "evidence-changed.evidence.zip", False)


if __name__ == "__main__":
    suite.main()
