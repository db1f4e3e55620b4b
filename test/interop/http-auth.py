"""Signs with http_auth of bittensor 11, sends honestly and not; prints our answers beside the verdict of the official server."""

import json
import sys
import time
import urllib.error
import urllib.request

from bittensor import http_auth
from bittensor.sp_core import Keypair

BODY = '{"messages": [{"role": "user", "content": "Gr\u00fc\u00dfe"}]}'.encode()
STREAM = b'{"messages": [{"role": "user", "content": "Hi"}], "stream": true}'
PATH = "/v1/chat/completions?x=%20"


def main(url: str, miner: str, stranger: str, crypto: int) -> dict:
    key = Keypair.create_from_uri("//Alice", crypto_type=crypto)
    store = http_auth.InMemoryNonceStore()

    def signed(body=BODY, receiver=miner, by=key, seconds=0.0):
        nonce = time.time_ns() + int(seconds * 1e9)
        return http_auth.sign(by, method="POST", path=PATH, body=body, receiver_ss58=receiver, nonce_ns=nonce)

    def verdict(headers, body, path) -> str:
        try:
            http_auth.verify(headers, body, method="POST", path=path, self_hotkey_ss58=miner, nonce_store=store)
            return "Caller"
        except http_auth.AuthError as error:
            return type(error).__name__

    def post(headers, body=BODY, path=PATH) -> list:
        request = urllib.request.Request(
            url + path, data=body, headers={**headers, "Content-Type": "application/json"}, method="POST"
        )
        official = verdict(headers, body, path)
        try:
            with urllib.request.urlopen(request) as reply:
                return [reply.status, official, reply.read().decode()]
        except urllib.error.HTTPError as error:
            return [error.code, official, json.load(error)["error"]["code"]]

    once = signed()
    unsigned = {name: value for name, value in signed().items() if "Signature" not in name}
    return {
        "valid": post(once),
        "replayed": post(once),
        "stream": post(signed(STREAM), STREAM),
        "old": post(signed(seconds=-11)),
        "ahead": post(signed(seconds=3)),
        "tampered": post(signed(), BODY + b" "),
        "moved": post(signed(), BODY, PATH + "y"),
        "unsigned": post(unsigned),
        "bare": post({}),
        "receiver": post(signed(receiver=stranger)),
        "anybody": post(signed(receiver=None)),
        "forged": post({**signed(by=Keypair.create_from_uri("//Bob", crypto_type=crypto)), "X-Bittensor-Hotkey": key.ss58_address}),
    }


print(json.dumps(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))))
