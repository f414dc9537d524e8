// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {
    AmountAboveLimit,
    BadSignature,
    NotAuthorised,
    NotTheProposal,
    SignatureExpired,
    TooLate,
    WrongStatus
} from "../../src/ChargeErrors.sol";
import {ChargeReceipt, ChargeTerms, MeterEvidence, MeterRecord, Session, Source, Status} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract DisputeTest is World {
    using Eip712 for *;

    function test_WhenTheDriverSends() public {
        disputesAs(driver);
    }

    function test_WhenTheSessionKeySends() public {
        disputesAs(sessionKey);
    }

    function disputesAs(address sender) internal {
        ChargeTerms memory t = credit();
        (bytes32 id, ChargeReceipt memory r) = proposed(t);
        uint48 until = uint48(block.timestamp + 72 hours);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionDisputed(id, 2 * EURO, until);
        vm.prank(sender);
        escrow.dispute(t, 2 * EURO, 0, "");
        Session memory session = escrow.sessionOf(id);
        vm.assertEq(uint256(session.status), uint256(Status.Disputed));
        vm.assertEq(session.deadline, until);
        vm.assertEq(session.amount, r.amount);
        vm.assertEq(session.bond, EURO);
        vm.assertEq(session.held, r.amount + EURO - 2 * EURO);
        vm.assertEq(creditOf(payout), 2 * EURO);
    }

    function test_WhenSigned() public {
        ChargeTerms memory t = credit();
        (bytes32 id,) = proposed(t);
        uint48 deadline = uint48(block.timestamp + 60);
        uint256[2] memory keys = [DRIVER, SESSION_KEY];
        for (uint256 i = 0; i < 2; ++i) {
            bytes memory signature = signed(keys[i], Eip712.dispute(id, 2 * EURO, deadline));
            uint256 snapshot = vm.snapshotState();
            vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
            escrow.dispute(t, 1 * EURO, deadline, signature);
            vm.warp(deadline + 1);
            vm.expectRevert(abi.encodeWithSelector(SignatureExpired.selector, deadline));
            escrow.dispute(t, 2 * EURO, deadline, signature);
            vm.warp(deadline);
            escrow.dispute(t, 2 * EURO, deadline, signature);
            vm.assertEq(creditOf(payout), 2 * EURO);
            vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Disputed));
            escrow.dispute(t, 2 * EURO, deadline, signature);
            vm.revertToState(snapshot);
        }
    }

    function test_RevertWhen_AnotherSends() public {
        ChargeTerms memory t = credit();
        proposed(t);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.dispute(t, 0, uint48(block.timestamp), "");
    }

    function test_RevertWhen_NothingIsDisputed() public {
        ChargeTerms memory t = credit();
        (, ChargeReceipt memory r) = proposed(t);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(AmountAboveLimit.selector, r.amount, r.amount));
        escrow.dispute(t, r.amount, 0, "");
        vm.prank(driver);
        escrow.dispute(t, r.amount - 1, 0, "");
        vm.assertEq(creditOf(payout), r.amount - 1);
    }

    function test_RevertWhen_TooLate() public {
        ChargeTerms memory t = credit();
        proposed(t);
        uint256 until = block.timestamp + 24 hours;
        vm.warp(until + 1);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(TooLate.selector, until));
        escrow.dispute(t, 0, 0, "");
        vm.warp(until);
        vm.prank(driver);
        escrow.dispute(t, 0, 0, "");
    }

    // ---- concede

    function test_Concede() public {
        ChargeTerms memory t = credit();
        (bytes32 id, ChargeReceipt memory r) = disputed(t, 2 * EURO);
        address[3] memory others = [stranger, receipter, driver];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(
                abi.encodeWithSelector(NotAuthorised.selector, operatorId, others[i], Scopes.CANCEL)
            );
            escrow.concede(t);
        }
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionConceded(id);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionSettled(id, 0, 0, r.amount + EURO - 2 * EURO);
        vm.prank(canceller);
        escrow.concede(t);
        assertStatus(id, Status.Settled);
        vm.assertEq(creditOf(payout), 2 * EURO);
        vm.assertEq(creditOf(driver), 998 * EURO);
    }

    function test_Concede_AtAnyTime() public {
        ChargeTerms memory t = credit();
        disputed(t, 0);
        vm.warp(block.timestamp + 365 days - 5000);
        vm.prank(owner);
        escrow.concede(t);
        vm.assertEq(creditOf(driver), 1000 * EURO);
    }

    /// @dev Paying nothing writes nothing: an account that never had credit keeps its empty slot, and the caller its gas.
    function test_Concede_WritesNothingForNothing() public {
        ChargeTerms memory t = credit();
        disputed(t, 0);
        vm.record();
        vm.prank(canceller);
        escrow.concede(t);
        vm.assertEq(slotsWritten(), 2, "the session's and the driver's slot");
    }

    // ---- prove

    function test_Prove_GivenTheWholeAmount() public {
        ChargeTerms memory t = credit();
        (bytes32 id, ChargeReceipt memory r) = disputed(t, 2 * EURO);
        MeterEvidence memory e = evidence(t);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionProven(id, r.amount);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionSettled(id, r.hash(), r.amount - 2 * EURO + EURO, 0);
        vm.prank(stranger);
        escrow.prove(t, r, e);
        assertStatus(id, Status.Settled);
        vm.assertEq(heldOf(id), 0);
        vm.assertEq(creditOf(payout), r.amount + EURO);
        vm.assertEq(creditOf(driver), 1000 * EURO - r.amount - EURO);
    }

    /// @dev A receipt that claims more energy than the END record shows.
    function overclaimed(ChargeTerms memory t, uint256 undisputed)
        internal
        returns (bytes32 id, ChargeReceipt memory r, MeterEvidence memory e)
    {
        id = opened(t);
        afterCharge();
        MeterRecord memory end = endRecord(t);
        end.wh = 1_006_000;
        e = evidenceOf(startRecord(t), end);
        r = receiptFor(t);
        (r.meterRoot,,) = tree(startRecord(t), end);
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
        vm.prank(driver);
        escrow.dispute(t, undisputed, 0, "");
    }

    function test_Prove_GivenLess() public {
        ChargeTerms memory t = credit();
        (bytes32 id, ChargeReceipt memory r, MeterEvidence memory e) = overclaimed(t, 2 * EURO);
        uint256 proven = 7_050_000; // 0.35 + 2.70 + 3.00 + 1.00
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionProven(id, proven);
        escrow.prove(t, r, e);
        vm.assertEq(creditOf(payout), proven);
        vm.assertEq(creditOf(driver), 1000 * EURO - proven);
    }

    function test_Prove_GivenLessThanUndisputed() public {
        ChargeTerms memory t = credit();
        (, ChargeReceipt memory r, MeterEvidence memory e) = overclaimed(t, 8 * EURO);
        escrow.prove(t, r, e);
        vm.assertEq(creditOf(payout), 8 * EURO);
        vm.assertEq(creditOf(driver), 992 * EURO);
    }

    function test_Prove_ReturnsToTheWallet() public {
        ChargeTerms memory t = terms(Source.Authorization);
        (, ChargeReceipt memory r, MeterEvidence memory e) = overclaimed(t, 0);
        escrow.prove(t, r, e);
        vm.assertEq(euro.balanceOf(driver), 25 * EURO - 7_050_000);
    }

    function test_Prove_RevertWhen_TooLate() public {
        ChargeTerms memory t = credit();
        (, ChargeReceipt memory r) = disputed(t, 0);
        MeterEvidence memory e = evidence(t);
        uint256 until = block.timestamp + 72 hours;
        vm.warp(until + 1);
        vm.expectRevert(abi.encodeWithSelector(TooLate.selector, until));
        escrow.prove(t, r, e);
        vm.warp(until);
        escrow.prove(t, r, e);
    }

    function test_Prove_RevertWhen_NotTheProposal() public {
        ChargeTerms memory t = credit();
        (, ChargeReceipt memory r) = disputed(t, 0);
        MeterEvidence memory e = evidence(t);
        bytes32 hash = r.hash();
        r.amount -= 1;
        bytes32 other = r.hash();
        vm.expectRevert(abi.encodeWithSelector(NotTheProposal.selector, hash, other));
        escrow.prove(t, r, e);
    }

    function test_Prove_RevertGiven_Proposed() public {
        ChargeTerms memory t = credit();
        (, ChargeReceipt memory r) = proposed(t);
        MeterEvidence memory e = evidence(t);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Proposed));
        escrow.prove(t, r, e);
    }

    function testFuzz_Prove_PaysWhatIsProven(uint64 undisputed, uint64 wh, uint32 charging, uint32 idle) public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        afterCharge();
        MeterRecord memory end = endRecord(t);
        end.wh = 1_000_000 + uint64(bound(wh, 0, 20_000));
        end.chargingSeconds = uint32(bound(charging, 0, 4200));
        end.idleSeconds = uint32(bound(idle, 0, 4200 - end.chargingSeconds));
        ChargeReceipt memory r = receiptFor(t);
        (r.meterRoot,,) = tree(startRecord(t), end);
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
        uint256 u = bound(undisputed, 0, r.amount - 1);
        vm.prank(driver);
        escrow.dispute(t, u, 0, "");
        escrow.prove(t, r, evidenceOf(startRecord(t), end));
        uint256 proven = 350_000 + (min(end.wh - 1_000_000, 10_000) * 450_000 * 60
                    + min(end.chargingSeconds, 3600) * 50_000 * 1000 + min(end.idleSeconds, 600) * 100_000 * 1000)
            / 60_000;
        uint256 paid = proven >= r.amount ? r.amount + EURO : (proven > u ? proven : u);
        vm.assertEq(creditOf(payout), paid);
        vm.assertEq(creditOf(driver), 1000 * EURO - paid);
        vm.assertEq(heldOf(id), 0);
    }

    function min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
