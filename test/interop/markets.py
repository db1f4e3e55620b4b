"""Reads market, validators and network at given blocks as any Bittensor program would; prints one JSON line."""

import asyncio
import json
import sys

from bittensor._generated import runtime_apis as api
from bittensor.client import Client

NETUID = 1
POOL = ("SubnetTAO", "SubnetAlphaIn", "SubnetAlphaOut", "SubnetVolume")


async def stored(view, item: str, *params):
    return await view.query(("SubtensorModule", item), list(params))


async def validator(view, graph: dict, uid: int) -> dict:
    hotkey, coldkey = graph["hotkeys"][uid], graph["coldkeys"][uid]
    return {
        "hotkey": hotkey,
        "coldkey": coldkey,
        "take": (await view.read("delegate_take", hotkey_ss58=hotkey))["take_u16"],
        "own": (await view.read("stake", coldkey_ss58=coldkey, hotkey_ss58=hotkey, netuid=NETUID)).rao,
        "stake": int(graph["alpha_stake"][uid]),
        "total": int(graph["total_stake"][uid]),
        "lastUpdate": int(graph["last_update"][uid]),
        "dividends": int(await stored(view, "AlphaDividendsPerSubnet", NETUID, hotkey)),
        "stakeThen": int(await stored(view, "TotalHotkeyAlphaLastEpoch", hotkey, NETUID)),
    }


async def validators(view) -> list:
    graph = await view.read("metagraph", netuid=NETUID)
    with_permit = [uid for uid, permit in enumerate(graph["validator_permit"]) if permit]
    return [await validator(view, graph, uid) for uid in with_permit]


async def market(view) -> list:
    rows = await view.runtime(api.SubnetInfoRuntimeApi.get_all_dynamic_info, [])
    prices = await view.read("alpha_prices")
    return [
        {
            "netuid": int(row["netuid"]),
            "price": round(prices.get(int(row["netuid"]), 0) * 1e9),
            "tao": int(row["tao_in"]),
            "alphaIn": int(row["alpha_in"]),
            "alphaOut": int(row["alpha_out"]),
            "volume": int(row["subnet_volume"]),
            "movingBits": int(row["moving_price"]["bits"]),
        }
        for row in rows
        if row is not None
    ]


async def network(view) -> dict:
    graph = await view.read("metagraph", netuid=0)
    root = [int(await stored(view, "TotalHotkeyAlpha", hotkey, 0)) for hotkey in graph["hotkeys"]]
    return {"issuance": int(await stored(view, "TotalIssuance")), "root": sorted(root, reverse=True)}


async def sales(view, amounts: list) -> list:
    quoted = []
    for amount in amounts:
        answer = await view.runtime(api.SwapRuntimeApi.sim_swap_alpha_for_tao, {"netuid": NETUID, "alpha": int(amount)})
        quoted.append(int(answer["tao_amount"]))
    return quoted


async def main(endpoint: str, ask: dict) -> dict:
    async with Client(endpoint, fallback_endpoints=[], archive_endpoints=[]) as client:
        past = await client.at(ask["past"])
        return {
            "market": await market(await client.at(ask["market"])),
            "validators": await validators(await client.at(ask["validators"])),
            "network": await network(await client.at(ask["network"])),
            "sales": await sales(await client.at(ask["depth"]), ask["alpha"]),
            "past": [int(await stored(past, item, NETUID)) for item in POOL],
            "pastPrice": int((await past.read("alpha_price", netuid=NETUID))["price_rao"]),
        }


def as_text(value):
    """Whole numbers as text: readers of JSON may round those above 2**53."""
    if isinstance(value, dict):
        return {key: as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_text(one) for one in value]
    return str(value)


print(json.dumps(as_text(asyncio.run(main(sys.argv[1], json.loads(sys.argv[2]))))))
