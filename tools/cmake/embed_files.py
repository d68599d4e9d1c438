#!/usr/bin/env python3
"""Writes a C++ source that holds files as arrays. Usage: embed_files.py NAME BASE OUTPUT FILE..."""
import pathlib
import sys


def main():
    name, base, output, *files = sys.argv[1:]
    lines = [f'#include "tickmark/embedded/{name}.h"', "", "#include <array>", "", "namespace tickmark::embedded {",
             "namespace {"]
    entries = []
    for number, file in enumerate(sorted(files)):
        data = pathlib.Path(file).read_bytes()
        label = pathlib.Path(file).relative_to(base).as_posix() if base else pathlib.Path(file).name
        lines.append(f"constexpr char file{number}[] = {{")
        for start in range(0, len(data), 32):
            chunk = (str(b if b < 128 else b - 256) for b in data[start:start + 32])
            lines.append("    " + ", ".join(chunk) + ",")
        lines.append("    0};")
        entries.append(f'    {{"{label}", {{file{number}, {len(data)}}}}},')
    lines += [f"constexpr std::array<EmbeddedFile, {len(entries)}> files{{{{", *entries, "}};", "}  // namespace", "",
              f"std::span<const EmbeddedFile> {name}() noexcept {{ return files; }}",
              "}  // namespace tickmark::embedded", ""]
    pathlib.Path(output).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
