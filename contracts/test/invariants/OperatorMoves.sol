// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    BatchItem,
    ChargeReceipt,
    ChargeTerms,
    MeterRecord,
    RecordKind,
    RoamingStatement,
    Settlement,
    Status
} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {Eip712} from "../support/Eip712.sol";
import {DriverMoves} from "./DriverMoves.sol";

/// @dev What the operator does: acknowledge, propose, settle, cancel, concede, pay partners, change keys and payout.
abstract contract OperatorMoves is DriverMoves {
    using Eip712 for *;

    function acknowledge(uint256 which, uint256 how) external {
        (bool found, uint256 place) = pick(which);
        if (!found) return;
        ChargeTerms memory t = plays[place].terms;
        ChargeTerms[] memory batch = new ChargeTerms[](1);
        batch[0] = t;
        if (odd(how)) act("acknowledgeBatch", receipter, abi.encodeCall(escrow.acknowledgeStartBatch, (batch)));
        else act("acknowledge", receipter, abi.encodeCall(escrow.acknowledgeStart, (t)));
    }

    /// @dev A receipt for what might have happened since the session was opened; sometimes it claims too much.
    function receipt(Play storage play, uint256 seed) internal view returns (ChargeReceipt memory r) {
        uint256 openedAt = escrow.sessionOf(play.id).openedAt;
        r.sessionId = play.id;
        r.startWh = uint64(1_000_000 + seed % 1000);
        r.startedAt = uint48(openedAt + seed % 600);
        r.endedAt = uint48(bound(seed, r.startedAt, r.startedAt + 3 hours));
        uint256 duration = r.endedAt - r.startedAt;
        r.endWh = r.startWh + uint64(bound(seed / 3, 0, 22_000 * duration / 3600 + 100));
        r.chargingSeconds = uint32(bound(seed / 5, 0, duration));
        r.idleSeconds = uint32(bound(seed / 7, 0, duration - r.chargingSeconds));
        uint256 price = priceOf(play.terms, r);
        r.amount = seed % 5 == 0 ? price + 1 + seed / 5 % EURO : bound(seed / 11, price / 2, price);
    }

    function records(ChargeReceipt memory r, uint256 seed)
        internal
        pure
        returns (MeterRecord memory start, MeterRecord memory end)
    {
        start = MeterRecord(r.sessionId, RecordKind.Start, r.startWh, r.startedAt, 0, 0, 1);
        end = MeterRecord(r.sessionId, RecordKind.End, r.endWh, r.endedAt, r.chargingSeconds, r.idleSeconds, 2);
        // The operator claims more than its meter saw, now and then.
        if (seed % 3 == 0) end.wh = r.startWh + (r.endWh - r.startWh) / 2;
    }

    function propose(uint256 which, uint256 seed, uint256 how) external {
        (bool found, uint256 place) = pick(which);
        if (!found) return;
        Play storage play = plays[place];
        ChargeReceipt memory r = receipt(play, seed);
        // Once more, for a little more.
        if (play.last == Status.Proposed) (r = play.receipt).amount += 1 + seed % 1000;
        (MeterRecord memory start, MeterRecord memory end) = records(r, seed);
        (r.meterRoot,,) = tree(start, end);
        bytes memory signature = odd(how) ? bytes("") : signed(RECEIPTER, r.hash());
        bytes memory call = abi.encodeCall(escrow.propose, (play.terms, r, receipter, signature));
        if (!act("propose", odd(how) ? receipter : stranger, call)) return;
        play.receipt = r;
        play.start = start;
        play.end = end;
        play.bound = priceOf(play.terms, r);
    }

    function settle(uint256 which, uint256 seed) external {
        (bool found, uint256 place) = pick(which);
        if (!found) return;
        Play storage play = plays[place];
        ChargeReceipt memory r = receipt(play, seed);
        uint256 before = play.bound;
        play.bound = max(before, priceOf(play.terms, r));
        Settlement memory item = settlement(play.terms, r);
        if (!act("settle", stranger, abi.encodeCall(escrow.settle, (item)))) play.bound = before;
    }

    function settleBatch(uint256 which, uint256 seed, uint256 count) external {
        if (plays.length == 0) return;
        BatchItem[] memory items = new BatchItem[](bound(count, 1, 4));
        for (uint256 i = 0; i < items.length; ++i) {
            Play storage play = plays[(which % plays.length + i) % plays.length];
            ChargeReceipt memory r = receipt(play, seed / (i + 1));
            if (!isTerminal(play.last)) play.bound = max(play.bound, priceOf(play.terms, r));
            items[i] = batchItem(play.terms, r);
        }
        act("settleBatch", stranger, abi.encodeCall(escrow.settleBatch, (items)));
    }

    function cancel(uint256 which) external {
        (bool found, uint256 place) = pick(which);
        if (found) act("cancel", canceller, abi.encodeCall(escrow.cancel, (plays[place].terms)));
    }

    function concede(uint256 which) external {
        (bool found, uint256 place) = pickIn(which, Status.Disputed);
        if (found) act("concede", canceller, abi.encodeCall(escrow.concede, (plays[place].terms)));
    }

    function payStatement(uint256 total, uint256 how) external {
        (uint64 number, uint48 periodEnd) = escrow.lastStatementOf(operatorId, operatorId, address(euro));
        RoamingStatement memory s = RoamingStatement({
            payerId: operatorId,
            payeeId: operatorId,
            token: address(euro),
            number: number + 1,
            periodStart: periodEnd,
            periodEnd: periodEnd + 1,
            total: bound(total, 1, 20 * EURO),
            root: 0,
            deadline: uint48(block.timestamp)
        });
        uint256 key = odd(how) ? PAYER : OWNER;
        bytes memory call = abi.encodeCall(escrow.payStatement, (s, vm.addr(key), signed(key, s.hash())));
        act("payStatement", stranger, call);
    }

    function changePayout(uint256 how) external {
        vm.prank(owner);
        operators.proposePayout(operatorId, odd(how) ? otherPayout : payout);
    }

    /// @dev The RECEIPT key is revoked and restored.
    function changeKeys(uint256 how) external {
        vm.startPrank(owner);
        if (odd(how)) operators.removeDelegate(operatorId, receipter);
        else delegate(receipter, Scopes.RECEIPT);
        vm.stopPrank();
    }

    function max(uint256 a, uint256 b) internal pure returns (uint256) {
        return a > b ? a : b;
    }
}
