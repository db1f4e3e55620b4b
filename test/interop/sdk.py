"""Uses the practice network as any Bittensor program would; prints what it saw as one JSON line."""

import asyncio
import json
import sys

import bittensor
import bittensor_core
from bittensor import Balance
from bittensor.client import Client
from bittensor.intents.staking import AddStake, RemoveStake
from bittensor.intents.transfer import Transfer


class ProvingSigner:
    """Signs as a Ledger does: only together with the digest of the metadata (RFC 78)."""

    def __init__(self, keypair):
        self.keypair = keypair
        self.ss58_address = keypair.ss58_address
        self.public_key = keypair.public_key
        self.crypto_type = keypair.crypto_type
        self.digest = b""

    def metadata_digest(self, context) -> bytes:
        self.digest = bytes(
            bittensor_core.metadata_digest(context.metadata_bytes, context.spec_version, context.spec_name)
        )
        return self.digest

    def sign(self, data):
        return self.keypair.sign(data)


def connected(endpoint: str) -> Client:
    return Client(endpoint, fallback_endpoints=[], archive_endpoints=[])


async def main(endpoint: str, wallet_path: str, recipient: str, validator: str) -> dict:
    wallet = bittensor.Wallet("alice", path=wallet_path)
    address = wallet.coldkeypub.ss58_address
    seen: dict = {}
    async with connected(endpoint) as client:
        seen["block"] = await client.block()
        seen["spec"] = await client.spec_version()
        seen["subnets"] = [info.netuid for info in await client.subnets.all()]
        graph = await client.read("metagraph", netuid=1)
        seen["hotkeys"] = len(graph["hotkeys"])
        seen["balance"] = (await client.balances.get(address)).rao

        sent = await client.execute(Transfer(recipient, Balance.from_tao(2)), wallet)
        added = await client.execute(AddStake(validator, 1, Balance.from_tao(5)), wallet)
        staked = await client.read("stake", coldkey_ss58=address, hotkey_ss58=validator, netuid=1)
        removed = await client.execute(RemoveStake(validator, 1, staked), wallet)
        left = await client.read("stake", coldkey_ss58=address, hotkey_ss58=validator, netuid=1)
        seen["success"] = [sent.success, added.success, removed.success]
        seen["messages"] = [sent.message, added.message, removed.message]
        seen["staked"] = staked.rao
        seen["left"] = left.rao
        hidden = await client.submit_shielded(AddStake(validator, 1, Balance.from_tao(5)), wallet)
        seen["hidden"] = [hidden.success, hidden.data.get("shielded"), hidden.message]
    # The SDK counts nonces itself and does not count the hidden one: a new connection asks the chain.
    async with connected(endpoint) as client:
        emptied = await client.execute(RemoveStake(validator, 1, "all"), wallet)
        seen["emptied"] = [emptied.success, emptied.message]
        signer = ProvingSigner(wallet.coldkey)
        proven = await client.execute(Transfer(recipient, Balance.from_tao(1)), signer)
        seen["proven"] = [proven.success, proven.message]
        seen["digest"] = "0x" + signer.digest.hex()
        seen["after"] = (await client.balances.get(address)).rao
        seen["received"] = (await client.balances.get(recipient)).rao
    return seen


print(json.dumps(asyncio.run(main(*sys.argv[1:]))))
