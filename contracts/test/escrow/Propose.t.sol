// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {
    AmountAboveLimit,
    AmountAboveTariff,
    BadSignature,
    Implausible,
    NotAuthorised,
    TooEarly,
    TooLate,
    WrongSession,
    WrongStatus
} from "../../src/ChargeErrors.sol";
import {ChargeReceipt, ChargeTerms, Session, Source, Status} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract ProposeTest is World {
    using Eip712 for *;

    function proposes(ChargeTerms memory t, ChargeReceipt memory r) internal {
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
    }

    function refuses(ChargeTerms memory t, ChargeReceipt memory r, bytes memory reason) internal {
        bytes memory signature = signed(RECEIPTER, r.hash());
        vm.expectRevert(reason);
        escrow.propose(t, r, receipter, signature);
    }

    function test_Proposes() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        afterCharge();
        ChargeReceipt memory r = receiptFor(t);
        uint48 until = uint48(block.timestamp + 24 hours);
        uint256 returned = 25 * EURO - r.amount - EURO;
        bytes memory signature = signed(RECEIPTER, r.hash());
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionProposed(id, r.hash(), r.amount, EURO, returned, until);
        vm.prank(stranger);
        escrow.propose(t, r, receipter, signature);
        Session memory session = escrow.sessionOf(id);
        vm.assertEq(uint256(session.status), uint256(Status.Proposed));
        vm.assertEq(session.deadline, until);
        vm.assertEq(session.openedAt, T0);
        vm.assertEq(session.amount, r.amount);
        vm.assertEq(session.bond, EURO);
        vm.assertEq(session.held, r.amount + EURO);
        vm.assertEq(escrow.proposalOf(id), r.hash());
        vm.assertEq(creditOf(driver), 975 * EURO + returned);
        vm.assertEq(creditOf(payout), 0);
    }

    function test_WhenTheSignerSends() public {
        ChargeTerms memory t = credit();
        opened(t);
        afterCharge();
        ChargeReceipt memory r = receiptFor(t);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, receipter));
        escrow.propose(t, r, receipter, "");
        vm.prank(receipter);
        escrow.propose(t, r, receipter, "");
    }

    function test_KeepsTheBondOnlyFromTheSurplus() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        afterCharge();
        ChargeReceipt memory r = receiptFor(t);
        r.endWh = r.startWh + 25_766;
        r.chargingSeconds = 4200;
        r.idleSeconds = 0;
        r.amount = 15_444_700; // 0.35 + 11.5947 + 3.50
        vm.prank(driver);
        escrow.topUp(t, 26 * EURO, 0, "");
        proposes(t, r);
        vm.assertEq(escrow.sessionOf(id).bond, EURO);

        ChargeTerms memory tight = credit();
        vm.warp(T0);
        tight.connector = 2;
        tight.maxAmount = 20 * EURO;
        tight.disputeBond = uint64(EURO);
        tight.pricePerKWh = 600_000;
        bytes32 other = opened(tight);
        afterCharge();
        r.sessionId = other;
        r.amount = 19_309_600; // 0.35 + 15.4596 + 3.50
        proposes(tight, r);
        Session memory session = escrow.sessionOf(other);
        vm.assertEq(session.bond, 20 * EURO - r.amount);
        vm.assertEq(session.held, 20 * EURO);
    }

    function test_ReturnsToTheWalletAtOnce() public {
        ChargeTerms memory t = terms(Source.Allowance);
        (, ChargeReceipt memory r) = proposed(t);
        vm.assertEq(euro.balanceOf(driver), 25 * EURO - r.amount - EURO);
        vm.warp(block.timestamp + 24 hours + 1);
        escrow.finalise(t);
        vm.assertEq(euro.balanceOf(driver), 25 * EURO - r.amount);
    }

    function test_RevertWhen_TheSignerMayNot() public {
        ChargeTerms memory t = credit();
        opened(t);
        afterCharge();
        ChargeReceipt memory r = receiptFor(t);
        uint256[4] memory others = [QUOTER, CANCELLER, METER, DRIVER];
        for (uint256 i = 0; i < others.length; ++i) {
            bytes memory signature = signed(others[i], r.hash());
            address signer = vm.addr(others[i]);
            vm.expectRevert(abi.encodeWithSelector(NotAuthorised.selector, operatorId, signer, Scopes.RECEIPT));
            escrow.propose(t, r, signer, signature);
            vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, receipter));
            escrow.propose(t, r, receipter, signature);
        }
    }

    function test_RevertWhen_TheReceiptIsWrong() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        afterCharge();
        ChargeReceipt memory r = receiptFor(t);
        r.sessionId = "other";
        refuses(t, r, abi.encodeWithSelector(WrongSession.selector, id, bytes32("other")));
        r = receiptFor(t);
        r.amount += 1;
        refuses(t, r, abi.encodeWithSelector(AmountAboveTariff.selector, r.amount, r.amount - 1));
        r.amount = 25 * EURO + 1;
        refuses(t, r, abi.encodeWithSelector(AmountAboveLimit.selector, 25 * EURO + 1, 25 * EURO));
        r = receiptFor(t);
        r.endWh = r.startWh - 1;
        refuses(t, r, abi.encodeWithSelector(Implausible.selector));
    }

    function test_RevertGiven_SettleByHasPassed() public {
        ChargeTerms memory t = credit();
        opened(t);
        ChargeReceipt memory r = receiptFor(t);
        vm.warp(t.settleBy + 1);
        refuses(t, r, abi.encodeWithSelector(TooLate.selector, t.settleBy));
        vm.warp(t.settleBy);
        proposes(t, r);
    }

    function test_GivenCancelRequested() public {
        ChargeTerms memory t = credit();
        opened(t);
        ChargeReceipt memory r = receiptFor(t);
        vm.warp(T0 + 4260);
        vm.prank(driver);
        escrow.requestCancel(t, 0, "");
        uint256 cancelAt = block.timestamp + 2 hours;
        vm.warp(cancelAt + 1);
        refuses(t, r, abi.encodeWithSelector(TooLate.selector, cancelAt));
        vm.warp(cancelAt);
        proposes(t, r);
        vm.assertEq(escrow.sessionOf(idOf(t)).deadline, cancelAt + 24 hours);
    }

    function test_RevertGiven_ProposedAlready() public {
        ChargeTerms memory t = credit();
        (, ChargeReceipt memory r) = proposed(t);
        r.amount -= 1;
        refuses(t, r, abi.encodeWithSelector(WrongStatus.selector, Status.Proposed));
    }

    // ---- finalise

    function test_Finalise_GivenProposed() public {
        ChargeTerms memory t = credit();
        (bytes32 id, ChargeReceipt memory r) = proposed(t);
        uint256 until = block.timestamp + 24 hours;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(TooEarly.selector, until + 1));
        escrow.finalise(t);
        vm.warp(until + 1);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionSettled(id, r.hash(), r.amount, EURO);
        vm.prank(stranger);
        escrow.finalise(t);
        assertStatus(id, Status.Settled);
        vm.assertEq(heldOf(id), 0);
        vm.assertEq(creditOf(payout), r.amount);
        vm.assertEq(creditOf(driver), 1000 * EURO - r.amount);
    }

    function test_Finalise_GivenDisputed() public {
        ChargeTerms memory t = credit();
        (bytes32 id, ChargeReceipt memory r) = disputed(t, 2 * EURO);
        uint256 until = block.timestamp + 72 hours;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(TooEarly.selector, until + 1));
        escrow.finalise(t);
        vm.warp(until + 1);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionSettled(id, 0, 0, r.amount + EURO - 2 * EURO);
        escrow.finalise(t);
        vm.assertEq(creditOf(payout), 2 * EURO);
        vm.assertEq(creditOf(driver), 998 * EURO);
    }

    function test_Finalise_RevertGiven_Live() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.warp(T0 + 365 days);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Open));
        escrow.finalise(t);
    }
}
