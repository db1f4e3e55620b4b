"""Records what the official packages write, for computers that have none of them: `python record-keyfiles.py > recorded.json`."""

import base64
import ctypes
import ctypes.util
import json
import os
import sys
import tempfile

import bittensor
from bittensor.keyfiles import Keyfile, Keypair

WORDS = "old leopard transfer rib spatial phone calm indicate online fire caution review"
SEED = "da3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143"
PRIVATE_KEY = (
    "1f1995bdf3a17b60626a26cfe6f564b337d46056b7a1281b64c649d592ccda0a"
    "9cffd34d9fb01cae1fba61aeed184c817442a2186d5172416729a4b54dd4b84e"
)
PASSWORD = "récorded, for nothing else"
MESSAGE = "signed by whoever recorded this"
# The constant salt of btwallet, and the lower cost that one graphical miner asks libsodium for.
SALT = bytes.fromhex("137183dff15a09bc9c90b5518739e9b1")
FOLDER = tempfile.mkdtemp()


def written(keypair, password=None):
    path = os.path.join(FOLDER, os.urandom(8).hex())
    Keyfile(path).set_keypair(keypair, encrypt=password is not None, password=password)
    with open(path, "rb") as file:
        content = file.read()
    return {"mode": oct(os.stat(path).st_mode & 0o777), "base64": base64.b64encode(content).decode()}


def recorded(kind, how, keypair, password=None):
    signature = bytes(keypair.sign(MESSAGE.encode())).hex()
    facts = {"kind": kind, "from": how, "cryptoType": keypair.crypto_type, "address": keypair.ss58_address}
    return {**facts, "signature": signature, **written(keypair, password)}


def cheaper(plain):
    """The box of libsodium itself, at the lower cost."""
    sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
    sodium.sodium_init()
    content, password, nonce = base64.b64decode(plain["base64"]), PASSWORD.encode(), os.urandom(24)
    key, box = ctypes.create_string_buffer(32), ctypes.create_string_buffer(len(content) + 16)
    size, long = ctypes.c_size_t, ctypes.c_ulonglong
    sodium.crypto_pwhash(key, long(32), password, long(len(password)), SALT, long(6), size(128 * 1024 * 1024), 1)
    sodium.crypto_secretbox_easy(box, content, long(len(content)), nonce, key)
    return {**plain, "kind": "nacl-cheaper", "base64": base64.b64encode(b"$NACL" + nonce + box.raw).decode()}


files = []
for crypto_type in (1, 0):
    made = {
        "words": Keypair.create_from_mnemonic(WORDS, crypto_type=crypto_type),
        "seed": Keypair.create_from_seed(bytes.fromhex(SEED), crypto_type=crypto_type),
        "key": Keypair.create_from_private_key(PRIVATE_KEY if crypto_type == 1 else SEED, crypto_type=crypto_type),
    }
    files += [recorded("plain", how, keypair) for how, keypair in made.items()]
    files.append(recorded("nacl", "words", made["words"], PASSWORD))
files.append(cheaper(files[0]))

about = {"madeBy": f"bittensor {bittensor.__version__}", "words": WORDS, "seed": SEED, "privateKey": PRIVATE_KEY}
json.dump({**about, "password": PASSWORD, "message": MESSAGE, "files": files}, sys.stdout, indent=2, ensure_ascii=False)
