// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {
    BadBatchSize,
    BadMeterSignature,
    GasTooLow,
    Implausible,
    MeterKeyCompromised,
    NotAuthorised,
    OnlySelf,
    TooLate,
    WrongMeterKey,
    WrongRecordKind,
    WrongSession,
    WrongStatus
} from "../../src/ChargeErrors.sol";
import {ChargeTerms, MeterRecord, RecordKind, Session, Status} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract StartTest is World {
    using Eip712 for *;

    function asReceipter(ChargeTerms memory t) internal {
        vm.prank(receipter);
        escrow.acknowledgeStart(t);
    }

    function requested() internal returns (ChargeTerms memory t) {
        t = credit();
        opened(t);
        vm.warp(t.startBy + 1);
        vm.prank(driver);
        escrow.requestCancel(t, 0, "");
    }

    function test_GivenOpen() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionStarted(id);
        asReceipter(t);
        assertStatus(id, Status.Started);
        vm.assertEq(heldOf(id), 25 * EURO);
    }

    function test_WhenTheOwnerSends() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.prank(owner);
        escrow.acknowledgeStart(t);
    }

    function test_RevertWhen_TheSenderMayNot() public {
        ChargeTerms memory t = credit();
        opened(t);
        address[4] memory others = [stranger, driver, quoter, canceller];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(
                abi.encodeWithSelector(NotAuthorised.selector, operatorId, others[i], Scopes.RECEIPT)
            );
            escrow.acknowledgeStart(t);
        }
    }

    function test_GivenCancelRequested() public {
        ChargeTerms memory t = requested();
        vm.warp(t.startBy + 1 + 2 hours);
        asReceipter(t);
        Session memory session = escrow.sessionOf(idOf(t));
        vm.assertEq(uint256(session.status), uint256(Status.Started));
        vm.assertEq(session.deadline, 0);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Started));
        escrow.finaliseCancel(t);
    }

    function test_RevertGiven_CancelAtHasPassed() public {
        ChargeTerms memory t = requested();
        vm.warp(t.startBy + 1 + 2 hours + 1);
        vm.prank(receipter);
        vm.expectRevert(abi.encodeWithSelector(TooLate.selector, t.startBy + 1 + 2 hours));
        escrow.acknowledgeStart(t);
    }

    function test_RevertGiven_SettleByHasPassed() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.warp(t.settleBy + 1);
        vm.prank(receipter);
        vm.expectRevert(abi.encodeWithSelector(TooLate.selector, t.settleBy));
        escrow.acknowledgeStart(t);
        vm.warp(t.settleBy);
        asReceipter(t);
    }

    function test_RevertGiven_StartedAlready() public {
        ChargeTerms memory t = credit();
        opened(t);
        asReceipter(t);
        vm.prank(receipter);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Started));
        escrow.acknowledgeStart(t);
    }

    // ---- In a batch

    function several(uint256 count) internal returns (ChargeTerms[] memory batch) {
        batch = new ChargeTerms[](count);
        for (uint256 i = 0; i < count; ++i) {
            batch[i] = credit();
            batch[i].connector = uint16(i + 1);
            opened(batch[i]);
        }
    }

    function test_Batch() public {
        ChargeTerms[] memory batch = several(3);
        vm.prank(canceller);
        escrow.cancel(batch[1]);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionStarted(idOf(batch[0]));
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.ItemSkipped(idOf(batch[1]), WrongStatus.selector);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionStarted(idOf(batch[2]));
        vm.recordLogs();
        vm.prank(receipter);
        escrow.acknowledgeStartBatch(batch);
        vm.assertEq(vm.getRecordedLogs().length, 3, "one event per item");
        assertStatus(idOf(batch[2]), Status.Started);
    }

    function test_Batch_SkipsAllForAStranger() public {
        ChargeTerms[] memory batch = several(1);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.ItemSkipped(idOf(batch[0]), NotAuthorised.selector);
        vm.prank(stranger);
        escrow.acknowledgeStartBatch(batch);
        assertStatus(idOf(batch[0]), Status.Open);
    }

    function test_Batch_RevertWhen_TheSizeIsWrong() public {
        vm.expectRevert(abi.encodeWithSelector(BadBatchSize.selector, 0));
        escrow.acknowledgeStartBatch(new ChargeTerms[](0));
        vm.expectRevert(abi.encodeWithSelector(BadBatchSize.selector, 101));
        escrow.acknowledgeStartBatch(new ChargeTerms[](101));
        escrow.acknowledgeStartBatch(new ChargeTerms[](100));
    }

    function test_Batch_RevertWhen_GasIsShort() public {
        ChargeTerms[] memory batch = several(1);
        vm.prank(receipter);
        vm.expectRevert(abi.encodeWithSelector(GasTooLow.selector));
        escrow.acknowledgeStartBatch{gas: 420_000}(batch);
    }

    function test_Item_RevertWhen_NotTheEscrow() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.prank(receipter);
        vm.expectRevert(abi.encodeWithSelector(OnlySelf.selector));
        escrow.acknowledgeItem(t, receipter);
    }

    // ---- With a record of the meter

    function withRecord(ChargeTerms memory t, MeterRecord memory record, bytes memory reason) internal {
        bytes memory signature = signed(METER, record.hash());
        if (reason.length != 0) vm.expectRevert(reason);
        escrow.acknowledgeStartWithRecord(t, record, abi.encodePacked(meter), signature);
    }

    function test_Record() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        vm.warp(T0 + 60);
        vm.prank(stranger);
        withRecord(t, startRecord(t), "");
        assertStatus(id, Status.Started);
    }

    function test_Record_OfAP256Meter() public {
        (uint256 x, uint256 y) = vm.publicKeyP256(P256_METER);
        bytes memory key = abi.encodePacked(address(verifier), x, y);
        ChargeTerms memory t = credit();
        t.meterKeyHash = keccak256(key);
        bytes32 id = opened(t);
        vm.warp(T0 + 60);
        MeterRecord memory record = startRecord(t);
        bytes memory signature = p256Signed(P256_METER, recordDigest(record));
        escrow.acknowledgeStartWithRecord(t, record, key, signature);
        assertStatus(id, Status.Started);
    }

    function test_Record_RevertWhen_ItIsAnothers() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        vm.warp(T0 + 60);
        MeterRecord memory record = startRecord(t);
        record.sessionId = "another";
        withRecord(t, record, abi.encodeWithSelector(WrongSession.selector, id, bytes32("another")));
        record = startRecord(t);
        record.kind = RecordKind.End;
        withRecord(t, record, abi.encodeWithSelector(WrongRecordKind.selector));
        record.kind = RecordKind.Interim;
        withRecord(t, record, abi.encodeWithSelector(WrongRecordKind.selector));
        record = startRecord(t);
        bytes memory signature = signed(STRANGER, record.hash());
        vm.expectRevert(abi.encodeWithSelector(BadMeterSignature.selector));
        escrow.acknowledgeStartWithRecord(t, record, abi.encodePacked(meter), signature);
        bytes memory otherKey = abi.encodePacked(stranger);
        vm.expectRevert(
            abi.encodeWithSelector(WrongMeterKey.selector, t.meterKeyHash, keccak256(otherKey))
        );
        escrow.acknowledgeStartWithRecord(t, record, otherKey, signature);
    }

    function test_Record_RevertWhen_TheKeyIsFlagged() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.warp(T0 + 60);
        vm.prank(keeper);
        evses.flagMeterKey(operatorId, t.meterKeyHash);
        withRecord(t, startRecord(t), abi.encodeWithSelector(MeterKeyCompromised.selector, t.meterKeyHash));
    }

    function test_Record_RevertWhen_TheTimeIsOff() public {
        ChargeTerms memory t = credit();
        opened(t);
        MeterRecord memory record = startRecord(t);
        bytes memory reason = abi.encodeWithSelector(Implausible.selector);
        record.time = uint48(T0 - 5 minutes - 1);
        withRecord(t, record, reason);
        record.time = uint48(T0 + 5 minutes + 1);
        withRecord(t, record, reason);
        uint256 snapshot = vm.snapshotState();
        record.time = uint48(T0 + 5 minutes);
        withRecord(t, record, "");
        vm.revertToState(snapshot);
        record.time = uint48(T0 - 5 minutes);
        withRecord(t, record, "");
    }

    function test_Record_RevertGiven_Started() public {
        ChargeTerms memory t = credit();
        opened(t);
        asReceipter(t);
        vm.warp(T0 + 60);
        withRecord(t, startRecord(t), abi.encodeWithSelector(WrongStatus.selector, Status.Started));
    }
}
