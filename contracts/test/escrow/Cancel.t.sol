// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {
    BadSignature,
    NotAuthorised,
    SignatureExpired,
    TooEarly,
    TooLate,
    WrongStatus
} from "../../src/ChargeErrors.sol";
import {ChargeReceipt, ChargeTerms, Session, Source, Status} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract CancelTest is World {
    using Eip712 for *;

    // ---- requestCancel

    function test_Request_RevertWhen_StartByHasNotPassed() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.warp(t.startBy);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(TooEarly.selector, t.startBy + 1));
        escrow.requestCancel(t, 0, "");
    }

    function test_Request_RevertWhen_SettleByHasPassed() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.warp(t.settleBy + 1);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(TooLate.selector, t.settleBy));
        escrow.requestCancel(t, 0, "");
        vm.warp(t.settleBy);
        vm.prank(driver);
        escrow.requestCancel(t, 0, "");
    }

    function test_Request_WhenTheDriverSends() public {
        requestsAs(driver);
    }

    function test_Request_WhenTheSessionKeySends() public {
        requestsAs(sessionKey);
    }

    function requestsAs(address sender) internal {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        vm.warp(t.startBy + 1);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.CancelRequested(id, t.startBy + 1 + 2 hours);
        vm.prank(sender);
        escrow.requestCancel(t, 0, "");
        Session memory session = escrow.sessionOf(id);
        vm.assertEq(uint256(session.status), uint256(Status.CancelRequested));
        vm.assertEq(session.deadline, t.startBy + 1 + 2 hours);
        vm.assertEq(session.held, 25 * EURO);
    }

    function test_Request_WhenTheDriverSigned() public {
        requestsBy(DRIVER);
    }

    function test_Request_WhenTheSessionKeySigned() public {
        requestsBy(SESSION_KEY);
    }

    function requestsBy(uint256 key) internal {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        uint48 deadline = t.startBy + 60;
        bytes memory signature = signed(key, Eip712.requestCancel(id, deadline));
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(SignatureExpired.selector, deadline));
        escrow.requestCancel(t, deadline, signature);
        vm.warp(deadline);
        escrow.requestCancel(t, deadline, signature);
        assertStatus(id, Status.CancelRequested);
        // Once answered, the same signature does nothing more.
        vm.prank(receipter);
        escrow.acknowledgeStart(t);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Started));
        escrow.requestCancel(t, deadline, signature);
    }

    function test_Request_RevertWhen_AnotherAsks() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        vm.warp(t.startBy + 1);
        uint48 deadline = uint48(block.timestamp);
        bytes memory byStranger = signed(STRANGER, Eip712.requestCancel(id, deadline));
        bytes memory toStop = signed(DRIVER, Eip712.requestStop(id, deadline));
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.requestCancel(t, deadline, byStranger);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.requestCancel(t, deadline, toStop);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.requestCancel(t, deadline, "");
        vm.expectRevert(abi.encodeWithSelector(SignatureExpired.selector, deadline - 1));
        escrow.requestCancel(t, deadline - 1, "");
    }

    function test_Request_GivenNoSessionKey() public {
        ChargeTerms memory t = credit();
        t.sessionKey = address(0);
        bytes32 id = opened(t);
        vm.warp(t.startBy + 1);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.requestCancel(t, uint48(block.timestamp), new bytes(65));
        vm.prank(driver);
        escrow.requestCancel(t, 0, "");
        assertStatus(id, Status.CancelRequested);
    }

    function test_Request_RevertGiven_AnotherStatus() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.warp(t.startBy + 1);
        vm.prank(driver);
        escrow.requestCancel(t, 0, "");
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.CancelRequested));
        escrow.requestCancel(t, 0, "");
    }

    // ---- requestStop

    function test_Stop() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        address[2] memory senders = [driver, sessionKey];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectEmit(address(escrow));
            emit ChargeEscrow.StopRequested(id);
            vm.prank(senders[i]);
            escrow.requestStop(t, 0, "");
        }
        uint48 deadline = uint48(T0 + 60);
        bytes memory signature = signed(SESSION_KEY, Eip712.requestStop(id, deadline));
        vm.warp(deadline);
        escrow.requestStop(t, deadline, signature);
        assertStatus(id, Status.Open);
        vm.assertEq(heldOf(id), 25 * EURO);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(SignatureExpired.selector, deadline));
        escrow.requestStop(t, deadline, signature);
        bytes memory toCancel = signed(SESSION_KEY, Eip712.requestCancel(id, deadline + 1));
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.requestStop(t, deadline + 1, toCancel);
    }

    function test_Stop_RevertGiven_NotLive() public {
        ChargeTerms memory t = credit();
        proposed(t);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Proposed));
        escrow.requestStop(t, 0, "");
    }

    // ---- finaliseCancel

    function test_Finalise() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Open));
        escrow.finaliseCancel(t);
        vm.warp(t.startBy + 1);
        vm.prank(driver);
        escrow.requestCancel(t, 0, "");
        uint256 cancelAt = t.startBy + 1 + 2 hours;
        vm.warp(cancelAt);
        vm.expectRevert(abi.encodeWithSelector(TooEarly.selector, cancelAt + 1));
        escrow.finaliseCancel(t);
        vm.warp(cancelAt + 1);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionCancelled(id, 25 * EURO);
        vm.prank(stranger);
        escrow.finaliseCancel(t);
        assertEnded(id, Status.Cancelled);
        vm.assertEq(creditOf(driver), 1000 * EURO);
    }

    // ---- cancel

    function test_Cancel_ByWhom() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        address[4] memory others = [stranger, driver, receipter, quoter];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(
                abi.encodeWithSelector(NotAuthorised.selector, operatorId, others[i], Scopes.CANCEL)
            );
            escrow.cancel(t);
        }
        vm.prank(owner);
        escrow.cancel(t);
        assertEnded(id, Status.Cancelled);
    }

    function test_Cancel_GivenProposed() public {
        ChargeTerms memory t = credit();
        (bytes32 id, ChargeReceipt memory r) = proposed(t);
        vm.warp(t.settleBy + 100 days);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionCancelled(id, r.amount + EURO);
        vm.prank(owner);
        escrow.cancel(t);
        assertEnded(id, Status.Cancelled);
        vm.assertEq(creditOf(driver), 1000 * EURO);
        vm.assertEq(creditOf(payout), 0);
    }

    function test_Cancel_GivenStartedAndRequested() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.prank(receipter);
        escrow.acknowledgeStart(t);
        vm.prank(canceller);
        escrow.cancel(t);
        t.salt = "2";
        opened(t);
        vm.warp(t.startBy + 1);
        vm.prank(driver);
        escrow.requestCancel(t, 0, "");
        vm.prank(canceller);
        escrow.cancel(t);
        vm.assertEq(creditOf(driver), 1000 * EURO);
    }

    function test_Cancel_RevertGiven_Disputed() public {
        ChargeTerms memory t = credit();
        disputed(t, 0);
        vm.prank(canceller);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Disputed));
        escrow.cancel(t);
    }

    function test_Cancel_ReturnsToTheWallet() public {
        ChargeTerms memory t = terms(Source.Authorization);
        bytes32 id = opened(t);
        vm.prank(canceller);
        escrow.cancel(t);
        assertEnded(id, Status.Cancelled);
        vm.assertEq(euro.balanceOf(driver), 25 * EURO);
        vm.assertEq(creditOf(driver), 1000 * EURO);
    }

    // ---- reclaim

    function test_Reclaim() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        vm.warp(t.settleBy);
        vm.expectRevert(abi.encodeWithSelector(TooEarly.selector, t.settleBy + 1));
        escrow.reclaim(t);
        vm.warp(t.settleBy + 1);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionReclaimed(id, 25 * EURO);
        vm.prank(stranger);
        escrow.reclaim(t);
        assertEnded(id, Status.Reclaimed);
        vm.assertEq(creditOf(driver), 1000 * EURO);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, Status.Reclaimed));
        escrow.reclaim(t);
    }

    function test_Reclaim_GivenStartedOrRequested() public {
        ChargeTerms memory t = terms(Source.Allowance);
        opened(t);
        vm.prank(receipter);
        escrow.acknowledgeStart(t);
        ChargeTerms memory other = credit();
        other.connector = 2;
        opened(other);
        vm.warp(t.startBy + 1);
        vm.prank(driver);
        escrow.requestCancel(other, 0, "");
        vm.warp(t.settleBy + 1);
        escrow.reclaim(t);
        escrow.reclaim(other);
        vm.assertEq(euro.balanceOf(driver), 25 * EURO);
        vm.assertEq(creditOf(driver), 1000 * EURO);
    }

    function assertEnded(bytes32 id, Status status) internal view {
        Session memory session = escrow.sessionOf(id);
        vm.assertEq(uint256(session.status), uint256(status));
        vm.assertEq(uint256(session.source), 0);
        vm.assertEq(uint256(session.openedAt) + session.deadline + session.bond + session.amount + session.held, 0);
    }
}
