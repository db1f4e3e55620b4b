"""Compares a file of epochs with the chain's own stakes and events, to the last unit: earnings_totals.py CSV ENDPOINT

Shares nothing with the program that wrote the file: the chain is read with the official SDK. Prints one JSON line; what differs
is listed under "wrong", and the exit code is 1 then.
"""

import asyncio
import csv
import json
import sys
from collections import defaultdict

from bittensor.client import Client

# What a mechanism of a subnet is stored under: its number times this, plus the subnet.
SUBNETS_OF_A_MECHANISM = 4096
AMOUNTS = ("stake_before", "stake_after", "flows", "earned", "mined", "unexplained", "elsewhere")


def lines_of(path: str) -> list:
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for name in ("netuid", "from_block", "block"):
            row[name] = int(row[name]) if row[name] not in ("", "unknown") else None
        if row["line"] == "epoch":
            for name in AMOUNTS:
                row[name] = int(row[name + "_rao"])
    return rows


# Blocks: each account of the run has an epoch more often.
MOST_BEHIND = 60


class Chain:
    """Stakes, places and events of past blocks, each read once."""

    def __init__(self, client: Client):
        self.client = client
        self.views, self.kept = {}, {}

    async def view(self, block: int):
        if block not in self.views:
            self.views[block] = await self.client.at(block)
        return self.views[block]

    async def once(self, key, read):
        if key not in self.kept:
            self.kept[key] = await read()
        return self.kept[key]

    async def stakes(self, coldkey: str, block: int) -> dict:
        async def read():
            rows = await (await self.view(block)).read("stake_for_coldkey", coldkey_ss58=coldkey)
            return {(int(row.netuid), row.hotkey): row.stake.rao for row in rows}

        return await self.once(("stakes", coldkey, block), read)

    async def stored(self, block: int, item: str, *params):
        async def read():
            return await (await self.view(block)).query(("SubtensorModule", item), list(params))

        return await self.once((item, block, params), read)

    async def events(self, block: int) -> list:
        async def read():
            substrate = self.client._substrate
            records = await substrate.events(await substrate.block_hash(block))
            found = []
            for record in records:
                record = getattr(record, "value", record)
                event = record.get("event", record)
                if event.get("module_id") == "SubtensorModule":
                    found.append((event["event_id"], event["attributes"]))
            return found

        return await self.once(("events", block), read)


def move_of(name: str, value) -> tuple:
    """(coldkey, netuid, hotkey, signed alpha) of an event that moves stake."""
    if name == "StakeAdded":
        coldkey, hotkey, _tao, alpha, netuid, _fee = value
        return coldkey, int(netuid), hotkey, int(alpha)
    if name == "StakeRemoved":
        coldkey, hotkey, _tao, alpha, netuid, fee = value
        return coldkey, int(netuid), hotkey, -(int(alpha) + int(fee))
    coldkey, hotkey, alpha, netuid = value
    return coldkey, int(netuid), hotkey, -int(alpha)


MOVES = ("StakeAdded", "StakeRemoved", "AlphaBurned", "AlphaRecycled")


class Totals:
    def __init__(self, chain: Chain, rows: list):
        self.chain = chain
        self.epochs = [row for row in rows if row["line"] == "epoch"]
        self.coldkeys = {row["coldkey"] for row in self.epochs}
        self.moves = defaultdict(lambda: defaultdict(int))
        self.touched = defaultdict(int)
        self.incentive, self.sent = {}, defaultdict(list)
        self.wrong = []

    def check(self, what: str, ours, theirs, where) -> None:
        if ours != theirs:
            self.wrong.append({"what": what, "file": str(ours), "chain": str(theirs), "where": [str(one) for one in where]})

    async def read_events(self, first: int, last: int) -> None:
        for block in range(first, last + 1):
            for name, value in await self.chain.events(block):
                if name in MOVES:
                    coldkey, netuid, hotkey, alpha = move_of(name, value)
                    self.touched[netuid, hotkey] += 1
                    if coldkey in self.coldkeys:
                        self.moves[coldkey, netuid, hotkey][block] += alpha
                elif name == "IncentiveAlphaEmittedToMiners":
                    netuid = int(value["netuid"]) % SUBNETS_OF_A_MECHANISM
                    before = self.incentive.get((block, netuid), [])
                    amounts = [int(one) for one in value["emissions"]]
                    width = max(len(before), len(amounts))
                    pad = lambda of: of + [0] * (width - len(of))
                    self.incentive[block, netuid] = [a + b for a, b in zip(pad(before), pad(amounts))]
                elif name == "AutoStakeAdded":
                    self.sent[block, int(value["netuid"])].append(value)

    def moved(self, key: tuple, after: int, through: int) -> int:
        return sum(alpha for block, alpha in self.moves[key].items() if after < block <= through)

    async def mined(self, row: dict) -> tuple:
        """What the chain says of a hotkey's incentive: (came here, went elsewhere)."""
        block, netuid, hotkey, coldkey = row["block"], row["netuid"], row["hotkey"], row["coldkey"]
        sent = self.sent[block, netuid]
        arrived = sum(
            int(one["incentive"])
            for one in sent
            if one["destination"] == hotkey and one["hotkey"] != hotkey and one["owner"] == coldkey
        )
        owner = await self.chain.stored(block - 1, "Owner", hotkey)
        uid = await self.chain.stored(block - 1, "Uids", netuid, hotkey)
        amounts = self.incentive.get((block, netuid), [])
        if owner != coldkey or uid is None or int(uid) >= len(amounts) or netuid == 0:
            return arrived, 0
        # No default of the storage: who has no place has none.
        if await self.chain.stored(block - 1, "Keys", netuid, int(uid)) != hotkey:
            return arrived, 0
        amount = amounts[int(uid)]
        if await self.chain.stored(block - 1, "SubnetOwner", netuid) == coldkey:
            return arrived, amount
        away = sum(int(one["incentive"]) for one in sent if one["hotkey"] == hotkey and one["destination"] != hotkey)
        return amount - away + arrived, away

    async def check_row(self, row: dict) -> None:
        key = (row["coldkey"], row["netuid"], row["hotkey"])
        where = (*key, row["block"])
        stakes = [await self.chain.stakes(row["coldkey"], row[at]) for at in ("from_block", "block")]
        self.check("stake_before", row["stake_before"], stakes[0].get(key[1:], 0), where)
        self.check("stake_after", row["stake_after"], stakes[1].get(key[1:], 0), where)
        self.check("flows", row["flows"], self.moved(key, row["from_block"], row["block"]), where)
        change = row["flows"] + row["earned"] + row["unexplained"]
        self.check("sum of the line", row["stake_before"] + change, row["stake_after"], where)
        came, went = await self.mined(row)
        self.check("mined", row["mined"], came, where)
        self.check("elsewhere", row["elsewhere"], went, where)

    async def check_account(self, coldkey: str, last: int) -> dict:
        """All positions of an account, from where its counting began to the end: none is missing in the file."""
        rows = [row for row in self.epochs if row["coldkey"] == coldkey]
        first = min(row["from_block"] for row in rows)
        # An account is booked as a whole, one after the other: the file may be written while the last ones are behind.
        until, last = last, max(row["block"] for row in rows)
        if until - last > MOST_BEHIND:
            self.check("last line of an account", last, until, (coldkey,))
        before, after = await self.chain.stakes(coldkey, first), await self.chain.stakes(coldkey, last)
        moved = {key[1:] for key in self.moves if key[0] == coldkey}
        earned = credited = 0
        for place in {*before, *after, *moved, *((row["netuid"], row["hotkey"]) for row in rows)}:
            of = [row for row in rows if (row["netuid"], row["hotkey"]) == place]
            ours = sum(row["earned"] + row["unexplained"] for row in of)
            theirs = after.get(place, 0) - before.get(place, 0) - self.moved((coldkey, *place), first, last)
            # Behind its last line a position changes by own moves, and by a unit for each move of anybody there.
            slack = self.slack(place, max([first, *(row["block"] for row in of)]), last)
            if abs(ours - theirs) > slack:
                self.check("sum of all lines", ours, theirs, (coldkey, *place))
            earned, credited = earned + ours, credited + theirs
        return {"coldkey": coldkey, "file": str(earned), "chain": str(credited), "lines": len(rows)}

    def slack(self, place: tuple, after: int, last: int) -> int:
        if after >= last:
            return 0
        # On root each epoch of any subnet puts something behind a validator.
        epochs = sum(1 for block, _ in self.incentive if after < block <= last)
        return self.touched[place] + (2 * epochs if place[0] == 0 else 0)


async def main(path: str, endpoint: str) -> dict:
    rows = lines_of(path)
    async with Client(endpoint, fallback_endpoints=[], archive_endpoints=[]) as client:
        totals = Totals(Chain(client), rows)
        last = max(row["block"] for row in totals.epochs)
        await totals.read_events(min(row["from_block"] for row in totals.epochs) + 1, last)
        for row in totals.epochs:
            await totals.check_row(row)
        accounts = [await totals.check_account(coldkey, last) for coldkey in sorted(totals.coldkeys)]
    status = defaultdict(int)
    for row in rows:
        status[row["status"] or row["line"]] += 1
    kinds = ("mined", "validated", "staked", "root", "owner_cut")
    return {
        "lines": len(rows),
        "status": status,
        "kinds": {name: str(sum(int(row[name + "_rao"]) for row in totals.epochs)) for name in kinds},
        "elsewhere": str(sum(row["elsewhere"] for row in totals.epochs)),
        "unexplained": str(sum(row["unexplained"] for row in totals.epochs)),
        "accounts": accounts,
        "wrong": totals.wrong,
    }


found = asyncio.run(main(*sys.argv[1:]))
print(json.dumps(found))
sys.exit(1 if found["wrong"] else 0)
