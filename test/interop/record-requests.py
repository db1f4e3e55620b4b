"""
Records signed requests of the official packages for electron/axon/worker/protocols/fixtures. Run it once in the
environment of each: `python record-requests.py btauth` with bittensor 11, `python record-requests.py dendrite` with 10.
The second also signs for Epistula v2, which has no package of its own: its clients sign with the key pairs of this one.
"""

import hashlib
import json
import sys
import time
from typing import Optional

MINER = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty"


def btauth() -> list:
    from bittensor import http_auth
    from bittensor.sp_core import Keypair

    body = '{"messages": [{"role": "user", "content": "Gr\u00fc\u00dfe"}]}'
    path = "/v1/chat/completions?x=%20"
    made = []
    for scheme, crypto in (("sr25519", 1), ("ed25519", 0)):
        key = Keypair.create_from_uri("//Alice", crypto_type=crypto)
        headers = http_auth.sign(key, method="POST", path=path, body=body.encode(), receiver_ss58=MINER)
        made.append({"scheme": scheme, "target": path, "headers": headers, "body": body})
    return made


def dendrite() -> list:
    from bittensor.core.chain_data import AxonInfo
    from bittensor.core.dendrite import Dendrite
    from bittensor.core.synapse import Synapse
    from bittensor.utils import networking
    from bittensor_wallet import Keypair

    networking.get_external_ip = lambda: "203.0.113.7"

    class Chat(Synapse):
        prompt: str
        completion: Optional[str] = None

    class HashedChat(Synapse):
        prompt: str
        turns: int
        plain: bool
        completion: Optional[str] = None
        required_hash_fields = ("prompt", "turns", "plain")

    key = Keypair.create_from_uri("//Alice")
    caller = Dendrite(key)
    axon = AxonInfo(version=10005000, ip="192.0.2.1", port=8091, ip_type=4, hotkey=MINER, coldkey=MINER)
    made = []
    for synapse, fields in (
        (Chat(prompt="Gr\u00fc\u00dfe"), []),
        (HashedChat(prompt="Gr\u00fc\u00dfe", turns=3, plain=True), ["prompt", "turns", "plain"]),
    ):
        ready = caller.preprocess_synapse_for_request(axon, synapse, 12.0)
        headers = ready.to_headers()
        body = json.dumps(ready.model_dump())
        made.append({"target": f"/{ready.name}", "hashFields": fields, "headers": headers, "body": body})
    return made


def epistula() -> list:
    from bittensor_wallet import Keypair

    key = Keypair.create_from_uri("//Alice")
    body = '{"messages": [{"role": "user", "content": "Gr\u00fc\u00dfe"}]}'
    timestamp = round(time.time() * 1000)
    uuid = "7f0a1f5c-9c3c-4c55-8d52-0d1b6b8f2a11"
    text = f"{hashlib.sha256(body.encode()).hexdigest()}.{uuid}.{timestamp}.{MINER}"
    headers = {
        "Epistula-Version": "2",
        "Epistula-Timestamp": str(timestamp),
        "Epistula-Uuid": uuid,
        "Epistula-Signed-By": key.ss58_address,
        "Epistula-Signed-For": MINER,
        "Epistula-Request-Signature": "0x" + key.sign(text).hex(),
    }
    return [{"target": "/v1/chat/completions", "headers": headers, "body": body}]


def write(name: str, requests: list) -> None:
    import importlib.metadata

    kept = {"bittensor": importlib.metadata.version("bittensor"), "miner": MINER, "requests": requests}
    with open(f"electron/axon/worker/protocols/fixtures/{name}.json", "w") as file:
        json.dump(kept, file, indent=2)
        file.write("\n")


if sys.argv[1] == "btauth":
    write("btauth-1", btauth())
else:
    write("axon-v10", dendrite())
    write("epistula-2", epistula())
