#!/usr/bin/env bash
# Brings the official test suites of Lua 5.3, 5.4 and 5.5 into .cache/lua-5.x-tests, unless they are there
# already, and that of 5.1 from where Tools/setup.sh installs it. The first three come with the source distribution of the Python package `lupa`; pip fetches that file
# and asks it for its metadata, for which LUPA_NO_BUNDLE keeps it from compiling anything.
set -eu
cd "$(dirname "$0")/.."
release=lupa-2.8
mkdir -p .cache
oldest=/usr/share/gocode/src/github.com/yuin/gopher-lua/_lua5.1-tests
if [ -d "$oldest" ] && [ ! -d .cache/lua-5.1-tests ]; then cp -R "$oldest" .cache/lua-5.1-tests; fi
[ -f .cache/lua-5.3-tests/all.lua ] && [ -f .cache/lua-5.4-tests/all.lua ] \
  && [ -f .cache/lua-5.5-tests/all.lua ] && exit 0
scratch=$(mktemp -d .cache/fetch.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
echo "suites: fetching $release"
LUPA_NO_BUNDLE=true LUPA_NO_LUAJIT=true python3 -m pip download --quiet \
  --disable-pip-version-check --no-deps --no-binary :all: --dest "$scratch" "${release/-/==}"
for version in 5.3 5.4 5.5; do
  source="$release/third-party/lua${version/./}/testes"
  target=.cache/lua-$version-tests
  tar -xzf "$scratch/$release.tar.gz" -C "$scratch" "$source"
  rm -rf "$target"
  mv "$scratch/$source" "$target"
  echo "suites: $(find "$target" -name '*.lua' | wc -l) Lua files in $target"
done
