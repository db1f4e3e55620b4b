"""Writes and reads key files with the official packages. Takes a JSON list of tasks on stdin, prints a list of answers."""

import json
import sys

from bittensor.keyfiles import Keyfile, Keypair
from bittensor_core import decode_ss58


def made(task):
    kind, value, crypto_type = task["from"], task["value"], task["cryptoType"]
    if kind == "words":
        return Keypair.create_from_mnemonic(value, crypto_type=crypto_type)
    if kind == "seed":
        return Keypair.create_from_seed(bytes.fromhex(value), crypto_type=crypto_type)
    return Keypair.create_from_private_key(value, crypto_type=crypto_type)


def shown(keypair, message):
    answer = {
        "address": keypair.ss58_address,
        "cryptoType": keypair.crypto_type,
        "publicKey": bytes(decode_ss58(keypair.ss58_address)).hex(),
    }
    return {**answer, "signature": bytes(keypair.sign(message.encode())).hex()} if message else answer


def run(task):
    if task["do"] == "write":
        keypair = made(task)
        password = task.get("password")
        Keyfile(task["path"]).set_keypair(keypair, encrypt=password is not None, password=password)
        return shown(keypair, None)
    if task["do"] == "read":
        return shown(Keyfile(task["path"]).get_keypair(password=task.get("password")), task.get("message"))
    with open(task["path"], encoding="utf-8") as file:
        return shown(Keypair.create_from_encrypted_json(file.read(), task["password"]), task["message"])


def answer(task):
    try:
        return run(task)
    except Exception as cause:  # An answer too: refusals are compared.
        return {"refused": type(cause).__name__}


print(json.dumps([answer(task) for task in json.load(sys.stdin)]))
