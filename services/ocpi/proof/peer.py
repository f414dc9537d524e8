"""A roaming partner made of a public OCPI library as it is installed: this file gives it a memory and a door to look into it.

usage: peer.py PORT VERSION      (VERSION: 2.1.1 or 2.2.1)
The library is configured by its own environment variables. GET /held?module=locations answers what it holds of ours.
"""
import secrets
import sys
from copy import deepcopy

import uvicorn
from py_ocpi import get_application
from py_ocpi.core.enums import Action, ModuleID, RoleEnum
from py_ocpi.modules.versions.enums import VersionNumber

port, number = int(sys.argv[1]), sys.argv[2]
version = VersionNumber(number)
old = number == "2.1.1"
token_a = "token-a-of-the-peer"
country, party = "DE", "ABC"
at = "2026-11-22T10:00:00Z"

own = {} if old else {"country_code": country, "party_id": party}
evse = {
    "uid": "PEER-EVSE-1",
    "evse_id": "DE*ABC*EPEER1",
    "status": "AVAILABLE",
    "capabilities": ["RFID_READER", "REMOTE_START_STOP_CAPABLE"],
    "connectors": [
        {
            "id": "1",
            "standard": "IEC_62196_T2",
            "format": "SOCKET",
            "power_type": "AC_3_PHASE",
            **({"voltage": 230, "amperage": 32, "tariff_id": "PEER-T"} if old
               else {"max_voltage": 230, "max_amperage": 32, "tariff_ids": ["PEER-T"]}),
            "last_updated": at,
        }
    ],
    "directions": [], "parking_restrictions": [], "images": [],
    "last_updated": at,
}


def location(index):
    return {
        **own,
        "id": f"PEER-{index}",
        **({"type": "ON_STREET"} if old else {"publish": True, "time_zone": "Europe/Berlin"}),
        "name": f"Peer {index}", "address": "Hauptstr. 1", "city": "Berlin", "postal_code": "10115", "country": "DEU",
        "coordinates": {"latitude": "52.520008", "longitude": "13.404954"},
        "evses": [{**evse, "uid": f"PEER-EVSE-{index}", "evse_id": f"DE*ABC*EPEER{index}"}],
        "time_zone": "Europe/Berlin",
        "last_updated": at,
    }


tariff = {
    **own, "id": "PEER-T", "currency": "EUR",
    "elements": [{"price_components": [{"type": "ENERGY", "price": 0.4, "step_size": 1, **({} if old else {"vat": 19})}]}],
    "last_updated": at,
}
token = {
    **own, "uid": "PEERCARD1", "type": "RFID",
    **({"auth_id": "DE-ABC-C00001"} if old else {"contract_id": "DE-ABC-C00001"}),
    "issuer": "Peer", "valid": True, "whitelist": "NEVER", "last_updated": at,
}
mine = {
    "locations": {f"peer-{i}": location(i) for i in range(1, 6)},
    "tariffs": {"peer-t": tariff},
    "tokens": {"peercard1": token},
    "sessions": {}, "cdrs": {},
}
held = {name: {} for name in ("locations", "tariffs", "tokens", "sessions", "cdrs")}
tokens_c, credentials = [], {}


def name_of(module):
    return getattr(module, "value", module)


def my_credentials():
    fresh = secrets.token_hex(16)
    tokens_c.append(fresh)
    details = {"name": "Peer", "website": None, "logo": None}
    url = f"http://127.0.0.1:{port}/ocpi/versions"
    if old:
        return {"token": fresh, "url": url, "business_details": details, "party_id": party, "country_code": country}
    roles = [{"role": r, "business_details": details, "party_id": party, "country_code": country} for r in ("CPO", "EMSP")]
    return {"token": fresh, "url": url, "roles": roles}


class Crud:
    @classmethod
    async def get(cls, module, role, id, *args, **kwargs):
        name = name_of(module)
        if name == "credentials":
            return credentials.get("mine")
        if name == "commands":
            return {"result": "ACCEPTED"}
        key = str(id).lower()
        # As CPO it shows its own, as eMSP what it was sent; tokens are the other way round.
        first, second = (held, mine) if (role == RoleEnum.emsp) != (name == "tokens") else (mine, held)
        return deepcopy(first[name].get(key) or second[name].get(key))

    @classmethod
    async def list(cls, module, role, filters, *args, **kwargs):
        every = list(mine[name_of(module)].values())
        page = every[filters["offset"]: filters["offset"] + filters["limit"]]
        return deepcopy(page), len(every), filters["offset"] + filters["limit"] >= len(every)

    @classmethod
    async def create(cls, module, role, data, *args, **kwargs):
        name = name_of(module)
        if name == "credentials":
            credentials["theirs"] = data["credentials"]
            credentials["endpoints"] = data["endpoints"]
            credentials["mine"] = my_credentials()
            return credentials["mine"]
        held[name][str(data.get("uid") or data["id"]).lower()] = data
        return data

    @classmethod
    async def update(cls, module, role, data, id, *args, **kwargs):
        name = name_of(module)
        if name == "credentials":
            credentials["theirs"] = data["credentials"]
            credentials["mine"] = my_credentials()
            return credentials["mine"]
        held[name][str(id).lower()] = data
        return data

    @classmethod
    async def delete(cls, module, role, id, *args, **kwargs):
        name = name_of(module)
        if name == "credentials":
            credentials.clear()
            tokens_c.clear()
        else:
            held[name].pop(str(id).lower(), None)

    @classmethod
    async def do(cls, module, role, action, data=None, *args, **kwargs):
        if action == Action.get_client_token:
            return (credentials.get("theirs") or {}).get("token")
        if action == Action.authorize_token:
            card = mine["tokens"][str(data["token_uid"]).lower()]
            return {"allowed": "ALLOWED", "location": data.get("location_reference"), **({} if old else {"token": card})}
        return {"result": "ACCEPTED"} if old else {"result": "ACCEPTED", "timeout": 10}


from py_ocpi.core.authentication.authenticator import Authenticator  # noqa: E402


class Door(Authenticator):
    @classmethod
    async def get_valid_token_c(cls):
        return tokens_c

    @classmethod
    async def get_valid_token_a(cls):
        return [token_a]


modules = [ModuleID.credentials_and_registration, ModuleID.locations, ModuleID.tariffs, ModuleID.tokens,
           ModuleID.sessions, ModuleID.cdrs, ModuleID.commands]
app = get_application([version], [RoleEnum.cpo, RoleEnum.emsp], Crud, modules, Door, http_push=True)


@app.get("/held")
def look(module: str):
    return held[module]


@app.get("/token-c")
def token_c():
    return {"token": tokens_c[-1] if tokens_c else None, "ours": (credentials.get("theirs") or {}).get("token")}


uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
