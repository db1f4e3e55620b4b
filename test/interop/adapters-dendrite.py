"""Asks a miner with the dendrite of bittensor 10 as a validator of the practice network does; prints what came back as one JSON line."""

import asyncio
import json
import sys
from typing import List, Optional

from bittensor.core.chain_data import AxonInfo
from bittensor.core.dendrite import Dendrite
from bittensor.core.stream import StreamingSynapse
from bittensor.core.synapse import Synapse
from bittensor.utils import networking
from bittensor_wallet import Keypair

# It would be asked for on the internet, and is sent as a remark only.
networking.get_external_ip = lambda: "203.0.113.7"


class Chat(Synapse):
    prompt: str
    max_tokens: int = 8
    completion: Optional[str] = None


class StreamChat(StreamingSynapse):
    prompt: str
    max_tokens: int = 8
    completion: Optional[str] = None

    async def process_streaming_response(self, response):
        self.completion = ""
        async for chunk in response.content.iter_any():
            self.completion += chunk.decode()
            yield chunk.decode()

    def extract_response_json(self, response):
        return {"prompt": self.prompt, "completion": self.completion}


class Embed(Synapse):
    texts: List[str]
    embeddings: Optional[List[List[float]]] = None


def is_signed(synapse, miner: str, caller: str) -> bool:
    axon = synapse.axon
    text = f"{axon.nonce}.{caller}.{miner}.{axon.uuid}"
    return bool(axon.signature) and Keypair(ss58_address=miner).verify(text, axon.signature)


async def main(port: int, miner: str, what: str) -> dict:
    keypair = Keypair.create_from_uri("//PracticeValidator")
    dendrite = Dendrite(keypair)
    axon = AxonInfo(version=10005000, ip="127.0.0.1", port=port, ip_type=4, hotkey=miner, coldkey=miner)

    async def call(synapse):
        return await dendrite.call(axon, synapse, timeout=60.0, deserialize=False)

    seen = {}
    if what == "embed":
        embedded = await call(Embed(texts=["a", "b"]))
        seen["embed"] = {"status": embedded.dendrite.status_code, "embeddings": embedded.embeddings}
    else:
        chat = await call(Chat(prompt="Hello"))
        seen["chat"] = {
            "status": chat.dendrite.status_code,
            "completion": chat.completion,
            "signed": is_signed(chat, miner, keypair.ss58_address),
        }
        pieces = []
        async for piece in dendrite.call_stream(axon, StreamChat(prompt="Hello"), timeout=60.0, deserialize=False):
            pieces.append(piece)
        last = pieces[-1]
        seen["stream"] = {
            "status": last.dendrite.status_code,
            "joined": "".join(piece for piece in pieces[:-1]) == last.completion,
            "length": len(last.completion),
            "signed": is_signed(last, miner, keypair.ss58_address),
        }
    await dendrite.aclose_session()
    return seen


print(json.dumps(asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))))
