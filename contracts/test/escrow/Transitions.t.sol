// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BatchItem, ChargeReceipt, ChargeTerms, MeterRecord, Status} from "../../src/ChargeTypes.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

/// @dev The table of transitions, cell by cell: ten statuses, every call, before and after each deadline, made by who may.
contract TransitionsTest is World {
    using Eip712 for *;

    ChargeTerms private t;
    ChargeReceipt private r;
    bytes32 private id;

    enum When {
        Early, // within all deadlines
        DeadlineOver, // cancelAt, disputeUntil or proveUntil has passed, settleBy has not
        SettleByOver // settleBy has passed as well
    }

    function setUp() public override {
        super.setUp();
        t = credit();
        r = receiptFor(t);
        id = idOf(t);
    }

    /// @dev Brings the session into a status, shortly after startBy.
    function reach(Status status) internal {
        if (status == Status.None) return;
        if (status == Status.Voided) {
            vm.prank(driver);
            return escrow.voidTerms(t, 0, "");
        }
        opened(t);
        vm.warp(T0 + 60 + 4200);
        if (status == Status.CancelRequested) {
            vm.prank(driver);
            escrow.requestCancel(t, 0, "");
        } else if (status == Status.Started) {
            vm.prank(receipter);
            escrow.acknowledgeStart(t);
        } else if (status == Status.Settled) {
            escrow.settle(settlement(t, r));
        } else if (status == Status.Cancelled) {
            vm.prank(canceller);
            escrow.cancel(t);
        } else if (status == Status.Reclaimed) {
            vm.warp(t.settleBy + 1);
            escrow.reclaim(t);
        } else if (status != Status.Open) {
            vm.prank(receipter);
            escrow.propose(t, r, receipter, "");
            if (status == Status.Disputed) {
                vm.prank(driver);
                escrow.dispute(t, EURO, 0, "");
            }
        }
    }

    function await_(Status status, When when) internal {
        if (when == When.DeadlineOver && status != Status.Reclaimed) {
            if (status == Status.CancelRequested) vm.warp(block.timestamp + 2 hours + 1);
            if (status == Status.Proposed) vm.warp(block.timestamp + 24 hours + 1);
            if (status == Status.Disputed) vm.warp(block.timestamp + 72 hours + 1);
        }
        if (when == When.SettleByOver) vm.warp(uint256(t.settleBy) + 72 hours + 1);
    }

    function expects(Status from, When when, Status to, address sender, bytes memory call) internal {
        uint256 snapshot = vm.snapshotState();
        reach(from);
        await_(from, when);
        vm.prank(sender);
        (bool ok,) = address(escrow).call(call);
        bool allowed = to != Status.None;
        vm.assertEq(ok, allowed, string.concat("from ", vm.toString(uint256(from)), " when ", vm.toString(uint256(when))));
        assertStatus(id, allowed ? to : from);
        vm.revertToState(snapshot);
    }

    /// @dev `row[when]` holds the status a call leads to, by the status it starts from; None = it reverts.
    function expectsRow(Status[10][3] memory row, address sender, bytes memory call) internal {
        for (uint8 when = 0; when < 3; ++when) {
            for (uint8 from = 0; from < 10; ++from) {
                expects(Status(from), When(when), row[when][from], sender, call);
            }
        }
    }

    function only(Status[10][3] memory row, Status from, Status to) internal pure returns (Status[10][3] memory) {
        for (uint256 when = 0; when < 3; ++when) row[when][uint8(from)] = to;
        return row;
    }

    function except(Status[10][3] memory row, Status from, When when) internal pure returns (Status[10][3] memory) {
        row[uint8(when)][uint8(from)] = Status.None;
        return row;
    }

    function fromLive(Status to) internal pure returns (Status[10][3] memory row) {
        row = only(only(only(row, Status.Open, to), Status.CancelRequested, to), Status.Started, to);
    }

    function test_1_open() public {
        Status[10][3] memory row;
        row = except(only(row, Status.None, Status.Open), Status.None, When.SettleByOver);
        expectsRow(row, stranger, abi.encodeCall(escrow.open, (t, agreed(t), quote(t))));
    }

    function test_2_openDirect() public {
        Status[10][3] memory row;
        row = except(only(row, Status.None, Status.Open), Status.None, When.SettleByOver);
        expectsRow(row, driver, abi.encodeCall(escrow.openDirect, (t, quote(t))));
    }

    function test_3_voidTerms() public {
        Status[10][3] memory row;
        expectsRow(only(row, Status.None, Status.Voided), driver, abi.encodeCall(escrow.voidTerms, (t, 0, "")));
    }

    function test_4_topUp() public {
        Status[10][3] memory row;
        row = except(only(row, Status.Open, Status.Open), Status.Open, When.SettleByOver);
        row = except(only(row, Status.Started, Status.Started), Status.Started, When.SettleByOver);
        expectsRow(row, driver, abi.encodeCall(escrow.topUp, (t, 40 * EURO, 0, "")));
    }

    function started() internal pure returns (Status[10][3] memory row) {
        row = except(only(row, Status.Open, Status.Started), Status.Open, When.SettleByOver);
        row = except(only(row, Status.CancelRequested, Status.Started), Status.CancelRequested, When.SettleByOver);
        row = except(row, Status.CancelRequested, When.DeadlineOver);
    }

    function test_5_acknowledgeStart() public {
        expectsRow(started(), receipter, abi.encodeCall(escrow.acknowledgeStart, (t)));
    }

    function test_5_acknowledgeStartWithRecord() public {
        MeterRecord memory record = startRecord(t);
        bytes memory signature = signed(METER, record.hash());
        bytes memory call = abi.encodeCall(
            escrow.acknowledgeStartWithRecord, (t, record, abi.encodePacked(meter), signature)
        );
        expectsRow(started(), stranger, call);
    }

    function test_6_requestCancel() public {
        Status[10][3] memory row;
        row = except(only(row, Status.Open, Status.CancelRequested), Status.Open, When.SettleByOver);
        expectsRow(row, sessionKey, abi.encodeCall(escrow.requestCancel, (t, 0, "")));
    }

    function test_7_finaliseCancel() public {
        Status[10][3] memory row;
        row = only(row, Status.CancelRequested, Status.Cancelled);
        row = except(row, Status.CancelRequested, When.Early);
        expectsRow(row, stranger, abi.encodeCall(escrow.finaliseCancel, (t)));
    }

    function test_8_cancel() public {
        Status[10][3] memory row = only(fromLive(Status.Cancelled), Status.Proposed, Status.Cancelled);
        expectsRow(row, canceller, abi.encodeCall(escrow.cancel, (t)));
    }

    function test_9_12_15_settle() public {
        Status[10][3] memory row = only(fromLive(Status.Settled), Status.Proposed, Status.Settled);
        row = only(row, Status.Disputed, Status.Settled);
        expectsRow(row, stranger, abi.encodeCall(escrow.settle, (settlement(t, r))));
    }

    function test_10_propose() public {
        Status[10][3] memory row = fromLive(Status.Proposed);
        row = except(row, Status.CancelRequested, When.DeadlineOver);
        for (uint8 from = 2; from < 5; ++from) row = except(row, Status(from), When.SettleByOver);
        expectsRow(row, receipter, abi.encodeCall(escrow.propose, (t, r, receipter, "")));
    }

    function test_11_17_finalise() public {
        Status[10][3] memory row;
        row = except(only(row, Status.Proposed, Status.Settled), Status.Proposed, When.Early);
        row = except(only(row, Status.Disputed, Status.Settled), Status.Disputed, When.Early);
        expectsRow(row, stranger, abi.encodeCall(escrow.finalise, (t)));
    }

    function test_13_dispute() public {
        Status[10][3] memory row;
        row[0][uint8(Status.Proposed)] = Status.Disputed;
        expectsRow(row, sessionKey, abi.encodeCall(escrow.dispute, (t, EURO, 0, "")));
    }

    function test_14_prove() public {
        Status[10][3] memory row;
        row[0][uint8(Status.Disputed)] = Status.Settled;
        expectsRow(row, stranger, abi.encodeCall(escrow.prove, (t, r, evidence(t))));
    }

    function test_16_concede() public {
        Status[10][3] memory row;
        row = only(row, Status.Disputed, Status.Settled);
        expectsRow(row, canceller, abi.encodeCall(escrow.concede, (t)));
    }

    function test_18_reclaim() public {
        Status[10][3] memory row;
        row[2] = fromLive(Status.Reclaimed)[2];
        expectsRow(row, stranger, abi.encodeCall(escrow.reclaim, (t)));
    }

    function test_requestStop() public {
        Status[10][3] memory row;
        row = only(only(row, Status.Open, Status.Open), Status.Started, Status.Started);
        row = only(row, Status.CancelRequested, Status.CancelRequested);
        expectsRow(row, sessionKey, abi.encodeCall(escrow.requestStop, (t, 0, "")));
    }

    /// @dev In a batch what the table does not list is skipped, not reverted.
    function test_settleBatch() public {
        BatchItem[] memory items = new BatchItem[](1);
        items[0] = batchItem(t, r);
        for (uint8 from = 0; from < 10; ++from) {
            uint256 snapshot = vm.snapshotState();
            reach(Status(from));
            bool allowed = from >= uint8(Status.Open) && from <= uint8(Status.Disputed);
            vm.assertEq(escrow.settleBatch(items), allowed ? 1 : 0);
            assertStatus(id, allowed ? Status.Settled : Status(from));
            vm.revertToState(snapshot);
        }
    }

    /// @dev R2: every session is terminal, with a stranger's help, by settleBy + disputeWindow + 72 h.
    function test_EverySessionEndsByAStrangersHand() public {
        for (uint8 from = uint8(Status.Open); from <= uint8(Status.Disputed); ++from) {
            uint256 snapshot = vm.snapshotState();
            reach(Status(from));
            vm.warp(uint256(t.settleBy) + t.disputeWindow + 72 hours + 1);
            bool proposal = from >= uint8(Status.Proposed);
            vm.prank(stranger);
            if (proposal) escrow.finalise(t);
            else escrow.reclaim(t);
            vm.assertTrue(uint8(statusOf(id)) >= uint8(Status.Settled));
            vm.assertEq(heldOf(id), 0);
            vm.revertToState(snapshot);
        }
    }
}
