#!/bin/sh
# Verifies a bundle with Go's sumdb packages as Debian ships them: apt-get install golang-go golang-golang-x-mod-dev
# usage: sumdb.sh DIR VKEY [PIN]...     Exit status: 0 verified, 1 not, 2 could not run.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 2
program=$(mktemp -d) || exit 2
trap 'rm -rf "$program"' EXIT
# Sources that Debian installs are found on the old path, without modules and without a network.
GO111MODULE=off GOPATH="${GOPATH:-/usr/share/gocode}" GOFLAGS= go build -o "$program/sumdb" "$here/sumdb.go" || exit 2
"$program/sumdb" "$@"
