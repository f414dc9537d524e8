"""What two public OCPI 2.3.0 packages, as they are installed, make of a node: types that read and write messages, and a client that asks.

usage: peer230.py            one JSON question a line on stdin, one JSON answer a line on stdout
  {"read": "Location", "object": {...}}     -> {"same": true} or {"lost": [paths]} or {"refused": why}; the object by ocpi-types and back
  {"write": "Location", "object": {...}}    -> {"object": {...}}: made and written by ocpi-types
  {"ask": "get_locations", "base": URL, "token": T, "args": [...]}  -> {"answer": {...}} or {"refused": why}: by latam-evra-ocpi
"""
import asyncio
import json
import sys

import ocpi_types.v2_3_0 as types
from latam_evra_ocpi import OcpiClient, OcpiError
from latam_evra_ocpi.models import commands


def lost(before, after, path="$"):
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if key not in after:
                yield f"{path}.{key}"
            else:
                yield from lost(value, after[key], f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            yield path
        for index, (one, other) in enumerate(zip(before, after)):
            yield from lost(one, other, f"{path}[{index}]")
    elif before != after:
        yield path


def read(question):
    kind = getattr(types, question["read"])
    try:
        again = kind.from_dict(question["object"]).to_dict()
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {error}"}
    missing = list(lost(question["object"], again))
    return {"lost": missing} if missing else {"same": True}


async def ask(question):
    args = [getattr(commands, one["make"])(**one["with"]) if isinstance(one, dict) and "make" in one else one
            for one in question["args"]]
    async with OcpiClient(base_url=question["base"]) as client:
        answer = await getattr(client, question["ask"])(question["token"], *args)
    return answer.model_dump(mode="json") if hasattr(answer, "model_dump") else answer


def answer_to(question):
    if "read" in question:
        return read(question)
    if "write" in question:
        return {"object": getattr(types, question["write"]).from_dict(question["object"]).to_dict()}
    try:
        return {"answer": asyncio.run(ask(question))}
    except OcpiError as error:
        return {"refused": f"{error.status_code} {error.status_message}"}
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {str(error)[:300]}"}


for line in sys.stdin:
    print(json.dumps(answer_to(json.loads(line))), flush=True)
