"""libsodium's Argon2i as btwallet asks for it. One run for each line on stdin; prints the processor time of it in ms."""

import ctypes
import ctypes.util
import sys
import time

PASSES = 8
MEMORY_BYTES = 536870912
ARGON2I13 = 1
SALT = bytes.fromhex("137183dff15a09bc9c90b5518739e9b1")

found = ctypes.util.find_library("sodium")
if not found:
    sys.exit("no libsodium on this computer")
sodium = ctypes.CDLL(found)
sodium.sodium_init()
key = ctypes.create_string_buffer(32)
password = b"testpassword"
print("ready", flush=True)
for _line in sys.stdin:
    before = time.process_time()
    failed = sodium.crypto_pwhash(
        key,
        ctypes.c_ulonglong(len(key)),
        password,
        ctypes.c_ulonglong(len(password)),
        SALT,
        ctypes.c_ulonglong(PASSES),
        ctypes.c_size_t(MEMORY_BYTES),
        ARGON2I13,
    )
    if failed:
        sys.exit("libsodium has not the memory")
    print((time.process_time() - before) * 1000, key.raw.hex(), flush=True)
