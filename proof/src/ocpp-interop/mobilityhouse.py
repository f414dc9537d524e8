"""A charging station on the PyPI package `ocpp` (The Mobility House), which is used as its README shows and is not changed.

mobilityhouse.py URL IDENTITY PASSWORD 1.6|2.0.1|2.1: boots, waits to be started, charges until it is told to stop, and leaves.
Every frame goes to standard output as the package itself logs it.
"""

import asyncio
import base64
import logging
import sys
from datetime import datetime, timezone

import websockets
from ocpp.routing import after, on

url, identity, password, version = sys.argv[1:5]
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(asctime)s %(message)s")

READINGS = 4
STEP_WH = 25


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


if version == "1.6":
    from ocpp.v16 import ChargePoint, call, call_result

    class Station(ChargePoint):
        register_wh = 12_000

        def prepare(self):
            self.stopping = asyncio.Event()
            self.done = asyncio.Event()

        @on("ChangeConfiguration")
        def on_change_configuration(self, **_):
            return call_result.ChangeConfiguration(status="Accepted")

        @on("TriggerMessage")
        def on_trigger_message(self, **_):
            return call_result.TriggerMessage(status="NotImplemented")

        @on("RemoteStartTransaction")
        def on_remote_start(self, **_):
            return call_result.RemoteStartTransaction(status="Accepted")

        @after("RemoteStartTransaction")
        async def charge(self, id_tag, connector_id=1, **_):
            await self.status(connector_id, "Preparing")
            await self.call(call.Authorize(id_tag=id_tag))
            started = await self.call(
                call.StartTransaction(
                    connector_id=connector_id, id_tag=id_tag, meter_start=self.register_wh, timestamp=now()
                )
            )
            await self.status(connector_id, "Charging")
            readings = 0
            while not self.stopping.is_set() or readings < READINGS:
                readings += 1
                self.register_wh += STEP_WH
                await self.call(
                    call.MeterValues(
                        connector_id=connector_id,
                        transaction_id=started.transaction_id,
                        meter_value=[
                            {
                                "timestamp": now(),
                                "sampledValue": [
                                    {
                                        "value": str(self.register_wh),
                                        "measurand": "Energy.Active.Import.Register",
                                        "unit": "Wh",
                                    },
                                    {"value": "11000", "measurand": "Power.Active.Import", "unit": "W"},
                                ],
                            }
                        ],
                    )
                )
                await asyncio.sleep(0.05)
            await self.call(
                call.StopTransaction(
                    meter_stop=self.register_wh,
                    timestamp=now(),
                    transaction_id=started.transaction_id,
                    reason="Remote",
                    id_tag=id_tag,
                )
            )
            await self.status(connector_id, "Available")
            self.done.set()

        @on("RemoteStopTransaction")
        def on_remote_stop(self, **_):
            self.stopping.set()
            return call_result.RemoteStopTransaction(status="Accepted")

        async def status(self, connector_id, word):
            await self.call(
                call.StatusNotification(connector_id=connector_id, error_code="NoError", status=word, timestamp=now())
            )

        async def arrive(self):
            await self.call(call.BootNotification(charge_point_vendor="MobilityHouse", charge_point_model="ocpp"))
            await self.status(1, "Available")
            await self.call(call.Heartbeat())

else:
    if version == "2.0.1":
        from ocpp.v201 import ChargePoint, call, call_result
    else:
        from ocpp.v21 import ChargePoint, call, call_result

    class Station(ChargePoint):
        register_wh = 12_000
        seq_no = -1
        transaction_id = "MH-1"

        def prepare(self):
            self.stopping = asyncio.Event()
            self.done = asyncio.Event()

        @on("SetVariables")
        def on_set_variables(self, set_variable_data, **_):
            return call_result.SetVariables(
                set_variable_result=[
                    {
                        "attribute_status": "Accepted",
                        "component": entry["component"],
                        "variable": entry["variable"],
                    }
                    for entry in set_variable_data
                ]
            )

        @on("TriggerMessage")
        def on_trigger_message(self, **_):
            return call_result.TriggerMessage(status="NotImplemented")

        @on("RequestStartTransaction")
        def on_request_start(self, **_):
            return call_result.RequestStartTransaction(status="Accepted", transaction_id=self.transaction_id)

        @after("RequestStartTransaction")
        async def charge(self, id_token, remote_start_id, **_):
            await self.status("Occupied")
            await self.call(call.Authorize(id_token=id_token))
            await self.event(
                "Started",
                "RemoteStart",
                {"charging_state": "Charging", "remote_start_id": remote_start_id},
                "Transaction.Begin",
                id_token=id_token,
            )
            readings = 0
            while not self.stopping.is_set() or readings < READINGS:
                readings += 1
                self.register_wh += STEP_WH
                await self.event("Updated", "MeterValuePeriodic", {"charging_state": "Charging"}, "Sample.Periodic")
                await asyncio.sleep(0.05)
            await self.event("Ended", "RemoteStop", {"stopped_reason": "Remote"}, "Transaction.End")
            await self.status("Available")
            self.done.set()

        @on("RequestStopTransaction")
        def on_request_stop(self, **_):
            self.stopping.set()
            return call_result.RequestStopTransaction(status="Accepted")

        async def event(self, kind, trigger, info, context, **more):
            self.seq_no += 1
            await self.call(
                call.TransactionEvent(
                    event_type=kind,
                    timestamp=now(),
                    trigger_reason=trigger,
                    seq_no=self.seq_no,
                    transaction_info={"transaction_id": self.transaction_id, **info},
                    evse={"id": 1, "connector_id": 1},
                    meter_value=[
                        {
                            "timestamp": now(),
                            "sampled_value": [
                                {
                                    "value": self.register_wh,
                                    "measurand": "Energy.Active.Import.Register",
                                    "context": context,
                                    "unit_of_measure": {"unit": "Wh"},
                                }
                            ],
                        }
                    ],
                    **more,
                )
            )

        async def status(self, word):
            await self.call(
                call.StatusNotification(timestamp=now(), connector_status=word, evse_id=1, connector_id=1)
            )

        async def arrive(self):
            await self.call(
                call.BootNotification(
                    charging_station={"vendor_name": "MobilityHouse", "model": "ocpp"}, reason="PowerUp"
                )
            )
            await self.status("Available")
            await self.call(call.Heartbeat())


async def main():
    login = base64.b64encode(f"{identity}:{password}".encode()).decode()
    async with websockets.connect(
        url + identity, subprotocols=["ocpp" + version], additional_headers={"Authorization": f"Basic {login}"}
    ) as socket:
        station = Station(identity, socket)
        station.prepare()
        serving = asyncio.create_task(station.start())
        await station.arrive()
        await asyncio.wait_for(station.done.wait(), 60)
        serving.cancel()


asyncio.run(main())
