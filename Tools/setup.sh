#!/bin/sh
# Installs what the tests and benchmarks compare Nightjar with, and only what is missing: the
# reference interpreter and its C library, LuaJIT, Lua programs that nobody here wrote, GNU time,
# Python with pip. The Swift toolchain is expected to be there. Run again, it does nothing.
#
#   Tools/setup.sh            install what is missing
#   Tools/setup.sh --check    only say what is missing; status 1 if anything is
set -eu

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

check_only=false
[ "${1:-}" = "--check" ] && check_only=true

if ! command -v swift >/dev/null 2>&1; then
  fail "no swift on the path; Nightjar needs Swift 6.3 or later (https://www.swift.org/install)"
fi

missing=""
need_command() { # command, package
  command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
need_path() { # file that the package brings, package
  [ -e "$1" ] || missing="$missing $2"
}

need_command lua5.4 lua5.4
need_command luajit luajit
need_command lua5.1 lua5.1
need_command lua5.2 lua5.2
need_command lua5.3 lua5.3
need_path /usr/include/lua5.4/lua.h liblua5.4-dev
need_path /usr/share/gocode/src/github.com/yuin/gopher-lua/_lua5.1-tests \
  golang-github-yuin-gopher-lua-dev
need_command python3 python3
need_command time time
python3 -m pip --version >/dev/null 2>&1 || missing="$missing python3-pip"
need_path /usr/share/lua/5.1/pl/init.lua lua-penlight
need_path /usr/share/lua/5.1/inspect.lua lua-inspect
need_path /usr/share/lua/5.1/json.lua lua-json
need_path /usr/share/lua/5.1/luaunit.lua lua-unit
need_path /usr/share/lua/5.1/luacheck/init.lua lua-check
need_path /usr/share/lua/5.1/argparse.lua lua-argparse

if [ -z "$missing" ]; then
  say "everything is here"
  exit 0
fi
if $check_only; then
  fail "missing:$missing"
fi
if ! command -v apt-get >/dev/null 2>&1; then
  fail "missing:$missing
  This script knows apt-get only. Install the like of these packages with the system's own
  package manager, or run on Debian 12, where all of them exist."
fi

as_root=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || fail "missing:$missing
  Installing them takes root, and there is no sudo. As root: apt-get install$missing"
  as_root="sudo"
fi

say "installing$missing"
export DEBIAN_FRONTEND=noninteractive
install() { $as_root apt-get install -y --no-install-recommends "$@"; }
# shellcheck disable=SC2086 # The list is words on purpose.
if ! install $missing >/dev/null 2>&1; then
  say "refreshing the package lists first"
  $as_root apt-get update -q >/dev/null || fail "apt-get update failed: is there a network?"
  install $missing || fail "could not install$missing"
fi
say "done"
