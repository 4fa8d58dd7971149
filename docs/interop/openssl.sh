#!/bin/sh
# Verifies with openssl alone: the signature of a bundle's checkpoint, its time-stamp if it has one, and, if the bundle
# holds its proof, that an entry is in the signed tree.
# usage: openssl.sh DIR VKEY [INDEX]     Exit status: 0 verified, 1 not, 2 could not run.  Needs OpenSSL 1.1.1 or newer.
[ $# -ge 2 ] || { echo "usage: openssl.sh DIR VKEY [INDEX]"; exit 2; }
dir=$1 vkey=$2 index=$3
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
no() { echo "NOT VERIFIED $1"; exit 1; }
[ -r "$dir/checkpoint" ] || { echo "NOT VERIFIED there is no checkpoint in $dir"; exit 2; }

# 1. The key: what follows the second plus sign, without its first byte, behind the prefix of an Ed25519 key (RFC 8410).
name=${vkey%%+*}
{ printf MCowBQYDK2VwAyEA | base64 -d; printf %s "${vkey#*+*+}" | base64 -d | tail -c 32; } > "$work/key" 2>/dev/null
openssl pkey -pubin -inform DER -in "$work/key" -noout 2>/dev/null || { echo "NOT VERIFIED this is no verifier key"; exit 2; }

# 2. The checkpoint: its text is signed, up to the empty line; the signature's last 64 bytes are Ed25519's.
sed '/^$/,$d' "$dir/checkpoint" > "$work/text"
[ "$(head -n 1 "$work/text")" = "$name" ] || no "the checkpoint is for another log"
grep -F -- "— $name " "$dir/checkpoint" | head -n 1 | cut -d' ' -f3 | base64 -d 2>/dev/null | tail -c 64 > "$work/signature"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key" -rawin -in "$work/text" -sigfile "$work/signature" \
    > /dev/null 2>&1 || no "the signature is wrong"
size=$(sed -n 2p "$work/text")
echo "VERIFIED $name has signed a tree of $size entries"

# 3. The time-stamp is over the whole file, signatures included (RFC 3161).
token="$dir/tsa/$size.tsr"
if [ -r "$token" ]; then
    openssl ts -verify -data "$dir/checkpoint" -in "$token" -CAfile "${TSA_ROOT:-$dir/tsa/chain.pem}" > /dev/null 2>&1 ||
        no "the time-stamp does not verify; give the authority's root as TSA_ROOT"
    openssl ts -reply -in "$token" -text 2>/dev/null | sed -n 's/^Time stamp: /VERIFIED it existed at /p'
fi

# 4. An entry of a dossier: hash it as a leaf, then fold the proof (RFC 6962 §2.1.1).
[ -n "$index" ] || exit 0
proof="$dir/proofs/$index.tlog-proof"
[ -r "$proof" ] && [ -r "$dir/entries/$index" ] || { echo "NOT VERIFIED the bundle holds no proof of entry $index"; exit 2; }
{ printf '\000'; cat "$dir/entries/$index"; } | openssl dgst -sha256 -binary > "$work/hash"
at=$index last=$((size - 1))
for sibling in $(sed -n '/^index /,/^$/p' "$proof" | sed '1d;$d'); do
    printf %s "$sibling" | base64 -d > "$work/sibling" 2>/dev/null
    while [ $((at % 2)) -eq 0 ] && [ "$at" -eq "$last" ] && [ "$at" -gt 0 ]; do at=$((at / 2)) last=$((last / 2)); done
    if [ $((at % 2)) -eq 1 ]; then left=sibling right=hash; else left=hash right=sibling; fi
    { printf '\001'; cat "$work/$left" "$work/$right"; } | openssl dgst -sha256 -binary > "$work/node"
    mv "$work/node" "$work/hash"
    at=$((at / 2)) last=$((last / 2))
done
[ "$last" -eq 0 ] || no "the proof of entry $index has another length"
[ "$(openssl base64 -A -in "$work/hash")" = "$(sed -n 3p "$work/text")" ] || no "entry $index is not in the signed tree"
echo "VERIFIED entry $index is in it, unaltered"
