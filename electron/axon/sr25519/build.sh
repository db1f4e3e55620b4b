#!/bin/sh
# Compiles src/lib.rs and writes it as text into the program of the request server. Needs Rust 1.95.0 with the target
# wasm32-unknown-unknown; the same Rust and Cargo.lock give the same bytes.
set -eu
cd "$(dirname "$0")"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
home=${CARGO_HOME:-$HOME/.cargo}
cargo fetch --locked --quiet --target wasm32-unknown-unknown
# Paths of whoever compiles would be in the texts of panics, with the name of where the crates came from. Of two that fit the last wins.
RUSTFLAGS="--remap-path-prefix=$home=/cargo --remap-path-prefix=$PWD=/sr25519 --remap-path-prefix=$(rustc --print sysroot)=/rust"
for crates in "$home"/registry/src/*; do
  RUSTFLAGS="$RUSTFLAGS --remap-path-prefix=$crates=/crates"
done
export RUSTFLAGS
CARGO_TARGET_DIR="$folder" cargo build --locked --quiet --release --target wasm32-unknown-unknown
program="$folder/wasm32-unknown-unknown/release/sr25519_batch.wasm"
{
  printf '/** `sr25519/src/lib.rs`, compiled by `sr25519/build.sh`: WebAssembly in base64. Not to be edited. */\nexport const SR25519_PROGRAM =\n'
  printf "  '%s'\n" "$(base64 -w 0 "$program")"
} >../worker/sr25519-program.ts
# As in docs/adr/0024-signatures-together.md.
sha256sum <"$program"
