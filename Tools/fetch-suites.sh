#!/usr/bin/env bash
# Brings the official Lua 5.4 test suite into .cache/lua-5.4-tests, unless it is there already.
# The suite comes with the source distribution of the Python package `lupa`; pip fetches that file
# and asks it for its metadata, for which LUPA_NO_BUNDLE keeps it from compiling anything.
set -eu
cd "$(dirname "$0")/.."
release=lupa-2.8
target=.cache/lua-5.4-tests
[ -f "$target/all.lua" ] && exit 0
mkdir -p .cache
scratch=$(mktemp -d .cache/fetch.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
echo "suites: fetching $release"
LUPA_NO_BUNDLE=true LUPA_NO_LUAJIT=true python3 -m pip download --quiet \
  --disable-pip-version-check --no-deps --no-binary :all: --dest "$scratch" "${release/-/==}"
tar -xzf "$scratch/$release.tar.gz" -C "$scratch" "$release/third-party/lua54/testes"
rm -rf "$target"
mv "$scratch/$release/third-party/lua54/testes" "$target"
echo "suites: $(find "$target" -name '*.lua' | wc -l) Lua files in $target"
