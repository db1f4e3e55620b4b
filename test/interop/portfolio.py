"""Reads one portfolio, the markets around it and its fees at given blocks with the SDK's own calls; prints one JSON line."""

import asyncio
import json
import sys
from fractions import Fraction

from bittensor import Balance
from bittensor._generated import runtime_apis as api
from bittensor._generated import storage as st
from bittensor.client import Client
from bittensor.intents.lock import LockStake
from bittensor.intents.registration import ClaimRoot, ClaimRootWithHotkey
from bittensor.intents.staking import AddStakeLimit, MoveStake, RemoveStakeLimit, SetAutoStake
from bittensor.intents.transfer import Transfer
from bittensor.reads.locks import _project_lock
from bittensor.sp_core import ss58_decode

CAP = 21_000_000 * 10**9


class Watched:
    """An address without its key: enough to price a call."""

    crypto_type = 1

    def __init__(self, address: str):
        self.ss58_address = address
        self.public_key = bytes(ss58_decode(address))

    def sign(self, payload):
        raise RuntimeError("nothing is signed here")


def tao(rao) -> Balance:
    return Balance.from_rao(int(rao))


def alpha(units, netuid: int) -> Balance:
    return Balance.from_rao(int(units), netuid)


async def account(view, me: str) -> dict:
    return {
        "free": (await view.read("balance", coldkey_ss58=me)).rao,
        "existential": (await view.read("existential_deposit")).rao,
        "proxies": (await view.read("proxies", coldkey_ss58=me))["proxies"],
        "reserved": (await view.query(st.System.Account, [me]))["data"]["reserved"],
    }


async def available(view, me: str) -> list:
    positions = await view.read("stake_for_coldkey", coldkey_ss58=me)
    netuids = [one.netuid for one in positions]
    rows = await view.read("stake_availability_for_coldkey", coldkey_ss58=me, netuids=netuids)
    return [[row["netuid"], row["total"].rao, row["available"].rao] for row in rows]


async def portfolio(view, me: str) -> dict:
    positions = await view.read("stake_for_coldkey", coldkey_ss58=me)
    value = await view.read("stake_value_for_coldkey", coldkey_ss58=me)
    prices = await view.runtime(api.SwapRuntimeApi.current_alpha_price_all, [])
    return {
        "account": await account(view, me),
        "positions": [[one.netuid, one.hotkey, one.stake.rao, one.is_registered] for one in positions],
        "available": await available(view, me),
        "atSpot": value.stake_value.rao,
        "prices": [[row["netuid"], row["price"]] for row in prices],
    }


def bits(fixed) -> int:
    return int(fixed["bits"]) if isinstance(fixed, dict) else int(fixed)


async def lock_of(view, me: str, row: dict, steps: list) -> dict:
    netuid, hotkey = row["netuid"], row["hotkey"]
    state = await view.runtime(api.StakeInfoRuntimeApi.get_coldkey_lock, [me, netuid])
    unlock = int(await view.query(st.SubtensorModule.UnlockRate))
    maturity = int(await view.query(st.SubtensorModule.MaturityRate))
    owner = str(await view.query(st.SubtensorModule.SubnetOwnerHotkey, [netuid])) == hotkey
    later = [
        _project_lock(
            row["locked_alpha"].rao,
            bits(state["conviction"]) / 2**64,
            block - view.block,
            unlock,
            maturity,
            perpetual=row["is_perpetual"],
            owner=owner,
        )[0]
        for block in steps
    ]
    return {
        "netuid": netuid,
        "hotkey": hotkey,
        "amount": row["locked_alpha"].rao,
        "perpetual": row["is_perpetual"],
        "conviction": bits(state["conviction"]) >> 64,
        "hotkeyConviction": (await view.read("hotkey_conviction", hotkey_ss58=hotkey, netuid=netuid))[
            "conviction_alpha"
        ].rao,
        "later": [int(mass) for mass in later],
    }


async def holdings(view, me: str, steps: dict) -> dict:
    locks = await view.read("locks_for_coldkey", coldkey_ss58=me)
    owed = await view.read("root_basket_owed_breakdown", coldkey_ss58=me)
    hold = int(await view.query(st.SubtensorModule.RootStakeUnlockInterval))
    behind = await view.read("staking_hotkeys", coldkey_ss58=me)
    last = {hotkey: await view.query(st.SubtensorModule.LastColdkeyHotkeyStakeBlock, [me, hotkey]) for hotkey in behind}
    return {
        "available": await available(view, me),
        "locks": [await lock_of(view, me, row, steps.get(str(row["netuid"]), [])) for row in locks],
        "autoStake": await view.read("auto_stake_all", coldkey_ss58=me),
        "acceptsLocked": await view.read("accepts_locked_alpha", coldkey_ss58=me),
        "owed": (await view.read("root_basket_owed", coldkey_ss58=me)).rao,
        "byValidator": sorted([row["hotkey"], row["owed_tao"].rao] for row in owed),
        "threshold": (await view.read("root_claim_threshold")).rao,
        "hold": hold,
        "heldUntil": {hotkey: int(block) + hold for hotkey, block in last.items() if block is not None},
    }


async def quotes(view, ask: dict) -> dict:
    """Amounts of this many whole digits are exact in the floating numbers that the SDK takes."""

    async def sold(netuid, units):
        quote = await view.read("quote_unstake", netuid=netuid, amount_alpha=int(units) / 10**9)
        return [quote.tao.rao, quote.alpha_fee.rao]

    async def bought(netuid, rao):
        quote = await view.read("quote_stake", netuid=netuid, amount_tao=int(rao) / 10**9)
        return [quote.alpha.rao, quote.tao_fee.rao]

    def fee(origin, destination, amount):
        return view.runtime(
            api.StakeInfoRuntimeApi.get_stake_fee, [origin, ask["me"], destination, ask["me"], int(amount)]
        )

    swap = ask["swap"]
    first = await sold(swap["from"], swap["amount"])
    rate = int(await view.query(st.Swap.FeeRate, [swap["to"]]))
    # One swap pays one fee, the simulation of its second leg takes another: it is given that much more.
    gross = -(-first[0] * 65_535 // (65_535 - rate))
    second = await view.runtime(api.SwapRuntimeApi.sim_swap_tao_for_alpha, {"netuid": swap["to"], "tao": gross})
    one, two = ask["move"]["hotkeys"]
    return {
        "add": await bought(ask["add"]["netuid"], ask["add"]["amount"]),
        "remove": await sold(ask["remove"]["netuid"], ask["remove"]["amount"]),
        "swap": [first[0], first[1], int(second["alpha_amount"])],
        "moveFee": await fee((one, ask["move"]["netuid"]), (two, ask["move"]["netuid"]), ask["move"]["amount"]),
        "swapFee": await fee((one, swap["from"]), (one, swap["to"]), swap["amount"]),
    }


async def fees(client, ask: dict) -> dict:
    one, two = ask["move"]["hotkeys"]
    netuid, amount = ask["remove"]["netuid"], ask["remove"]["amount"]
    wanted = {
        "transfer": Transfer(two, tao(ask["add"]["amount"])),
        "add": AddStakeLimit(one, ask["add"]["netuid"], tao(ask["add"]["amount"]), 2 * 10**9),
        "remove": RemoveStakeLimit(one, netuid, alpha(amount, netuid), 1),
        "move": MoveStake(one, netuid, two, netuid, alpha(amount, netuid), slippage_protection=False),
        "lock": LockStake(netuid, alpha(amount, netuid), one),
        "autoStake": SetAutoStake(netuid, one),
        "claimOf": ClaimRootWithHotkey(one),
        "claim": ClaimRoot([]),
    }
    plans = {name: await client.plan(intent, Watched(ask["me"])) for name, intent in wanted.items()}
    return {name: [plan.fee.rao if plan.fee else None, plan.violations] for name, plan in plans.items()}


async def subnet_rows(view) -> list:
    infos = {int(row["netuid"]): row for row in await view.runtime(api.SubnetInfoRuntimeApi.get_all_dynamic_info, []) if row}
    symbols, names = await view.read("token_symbols"), await view.read("subnet_names")
    rows = []
    for info in await view.read("subnets"):
        netuid = info.netuid
        row = infos[netuid]
        rows.append(
            {
                "netuid": netuid,
                "tempo": info.tempo,
                "burn": info.burn.rao,
                "taken": info.neuron_count,
                "symbol": symbols.get(netuid, ""),
                "name": names.get(netuid, ""),
                "owner": str(row["owner_coldkey"]),
                "ownerHotkey": str(row["owner_hotkey"]),
                "registeredAt": row["network_registered_at"],
                "tao": row["tao_in"],
                "alphaIn": row["alpha_in"],
                "alphaOut": row["alpha_out"],
                "taoEmission": row["tao_in_emission"],
                "alphaEmission": row["alpha_out_emission"],
                "volume": row["subnet_volume"],
                "moving": bits(await view.query(st.SubtensorModule.SubnetMovingPrice, [netuid])) * 10**9 >> 32,
                "places": await view.query(st.SubtensorModule.MaxAllowedUids, [netuid]),
                "open": bool(await view.query(st.SubtensorModule.NetworkRegistrationAllowed, [netuid])),
                "started": bool(await view.query(st.SubtensorModule.SubtokenEnabled, [netuid])),
                "nextEpoch": await view.read("next_epoch_start_block", netuid=netuid) if netuid else None,
                "identity": await view.read("subnet_identity", netuid=netuid),
            }
        )
    return rows


async def validators(view, netuid: int) -> list:
    graph = await view.read("metagraph", netuid=netuid)
    hotkeys = [str(hotkey) for hotkey in graph["hotkeys"]]
    said = await view.read("hotkey_identities", hotkey_ss58s=hotkeys)
    rows = []
    for uid, hotkey in enumerate(hotkeys):
        if netuid and not graph["validator_permit"][uid]:
            continue
        coldkey = str(graph["coldkeys"][uid])
        rows.append(
            {
                "hotkey": hotkey,
                "coldkey": coldkey,
                "uid": uid,
                "name": said.get(hotkey, {}).get("name", ""),
                "url": said.get(hotkey, {}).get("url", ""),
                "take": (await view.read("delegate_take", hotkey_ss58=hotkey))["take_u16"],
                "own": (await view.read("stake", coldkey_ss58=coldkey, hotkey_ss58=hotkey, netuid=netuid)).rao,
                "stake": graph["alpha_stake"][uid],
                "rootWeight": graph["tao_stake"][uid],
                "total": graph["total_stake"][uid],
                "dividendsShare": graph["dividends"][uid],
                "lastUpdate": graph["last_update"][uid],
                "registeredAt": graph["block_at_registration"][uid],
                "dividends": await view.query(st.SubtensorModule.AlphaDividendsPerSubnet, [netuid, hotkey]),
            }
        )
    return rows


def halvings(issuance: int) -> int:
    """floor(log2(1 / (1 - issuance / cap))), in whole numbers."""
    part, count = 1 / (1 - Fraction(issuance, CAP)), 0
    while part >= 2 ** (count + 1):
        count += 1
    return count


async def network(view) -> dict:
    issuance = int(await view.query(st.SubtensorModule.TotalIssuance))
    graph = await view.read("metagraph", netuid=0)
    seats = [
        [str(coldkey), int(await view.query(st.SubtensorModule.TotalHotkeyAlpha, [str(hotkey), 0]))]
        for hotkey, coldkey in zip(graph["hotkeys"], graph["coldkeys"])
    ]
    owners: dict = {}
    for coldkey, stake in seats:
        owners[coldkey] = owners.get(coldkey, 0) + stake
    largest = lambda stakes: sum(sorted(stakes, reverse=True)[:5])
    count = halvings(issuance)
    at = int(CAP * (1 - Fraction(1, 2 ** (count + 1))))
    return {
        "issuance": issuance,
        "emission": int(await view.query(st.SubtensorModule.BlockEmission)),
        "byRule": 10**9 >> count,
        "halvingAt": at,
        "rootStake": int(await view.query(st.SubtensorModule.SubnetTAO, [0])),
        "topHotkeys": largest([stake for _, stake in seats]),
        "topOwners": largest(owners.values()),
    }


async def sales(client, rows: list) -> list:
    sold = []
    for row in rows:
        view = await client.at(row["block"])
        ask = {"netuid": row["netuid"], "alpha": int(row["alpha"])}
        answer = await view.runtime(api.SwapRuntimeApi.sim_swap_alpha_for_tao, ask)
        sold.append(int(answer["tao_amount"]))
    return sold


async def around(client, me: str, claim: dict) -> list:
    """Stake on root before and after the block of a claim."""
    views = [await client.at(claim["block"] - 1), await client.at(claim["block"])]
    return [(await view.read("stake", coldkey_ss58=me, hotkey_ss58=claim["hotkey"], netuid=0)).rao for view in views]


async def main(endpoint: str, ask: dict) -> dict:
    blocks, me = ask["blocks"], ask["me"]
    async with Client(endpoint, fallback_endpoints=[], archive_endpoints=[]) as client:
        return {
            "portfolio": await portfolio(await client.at(blocks["portfolio"]), me)
            | {"sales": await sales(client, ask["sales"])},
            "claimed": await around(client, me, ask["claimed"]),
            "holdings": await holdings(await client.at(blocks["holdings"]), me, ask["steps"]),
            "quotes": await quotes(await client.at(blocks["quotes"]), ask),
            "fees": await fees(client, ask),
            "subnets": await subnet_rows(await client.at(blocks["subnets"])),
            "validators": {
                netuid: await validators(await client.at(block), int(netuid))
                for netuid, block in blocks["validators"].items()
            },
            "network": await network(await client.at(blocks["network"])),
        }


def as_text(value):
    """Whole numbers as text: readers of JSON may round those above 2**53."""
    if isinstance(value, dict):
        return {str(key): as_text(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_text(one) for one in value]
    return value if value is None or isinstance(value, bool) else str(value)


print(json.dumps(as_text(asyncio.run(main(sys.argv[1], json.loads(sys.argv[2]))))))
