// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {CreditLedger} from "../../src/CreditLedger.sol";
import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {GasTooLow, OnlySelf} from "../../src/ChargeErrors.sol";
import {BatchItem, ChargeReceipt, ChargeTerms, Source, Status} from "../../src/ChargeTypes.sol";
import {HostileToken} from "../tokens/HostileToken.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract RefundTest is World {
    using Eip712 for *;

    HostileToken private token;

    function setUp() public override {
        vm.warp(T0);
        deployAll();
        foundOperator();
        token = new HostileToken();
        address[] memory accepted = new address[](2);
        accepted[0] = address(euro);
        accepted[1] = address(token);
        escrow = deployEscrow(accepted);
        token.mint(driver, 1000 * EURO);
        vm.prank(driver);
        token.approve(address(escrow), type(uint256).max);
    }

    function hostileTerms() internal view returns (ChargeTerms memory t) {
        t = terms(Source.Allowance);
        t.token = address(token);
    }

    function openHostile(ChargeTerms memory t) internal returns (bytes32) {
        return escrow.openWithPermit(t, noPermit(), agreed(t), quote(t));
    }

    function cancels(ChargeTerms memory t) internal {
        vm.prank(canceller);
        escrow.cancel(t);
    }

    function test_GivenATokenThatBehaves() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        cancels(t);
        vm.assertEq(token.balanceOf(driver), 1000 * EURO);
        vm.assertEq(escrow.creditOf(driver, address(token)), 0);
    }

    function test_GivenATokenThatReturnsNothing() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        token.setMood(HostileToken.Mood.ReturnsNothing);
        cancels(t);
        vm.assertEq(token.balanceOf(driver), 1000 * EURO);
        vm.assertEq(escrow.creditOf(driver, address(token)), 0);
    }

    /// @dev A charge that used the whole deposit up moves no tokens.
    function test_GivenNothingToRefund() public {
        ChargeTerms memory t = hostileTerms();
        ChargeReceipt memory r = receiptFor(t);
        t.maxAmount = r.amount;
        t.disputeBond = 0;
        openHostile(t);
        r = receiptFor(t);
        afterCharge();
        vm.expectCall(address(token), abi.encodeWithSelector(token.transfer.selector), 0);
        escrow.settle(settlement(t, r));
        vm.assertEq(escrow.creditOf(payout, address(token)), r.amount);
    }

    function keepsAsCredit(HostileToken.Mood mood) internal {
        ChargeTerms memory t = hostileTerms();
        bytes32 id = openHostile(t);
        token.setMood(mood);
        vm.expectEmit(address(escrow));
        emit CreditLedger.RefundKeptAsCredit(driver, address(token), 25 * EURO);
        cancels(t);
        assertStatus(id, Status.Cancelled);
        vm.assertEq(escrow.creditOf(driver, address(token)), 25 * EURO);
    }

    function test_GivenATokenThatReverts() public {
        keepsAsCredit(HostileToken.Mood.Reverts);
        token.setMood(HostileToken.Mood.Honest);
        vm.prank(driver);
        escrow.withdraw(address(token), 25 * EURO, stranger);
        vm.assertEq(token.balanceOf(stranger), 25 * EURO);
    }

    function test_GivenADenyList() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        token.deny(driver, true);
        cancels(t);
        vm.assertEq(escrow.creditOf(driver, address(token)), 25 * EURO);
        vm.prank(driver);
        escrow.withdraw(address(token), 25 * EURO, stranger);
    }

    function test_GivenATokenThatReturnsFalse() public {
        keepsAsCredit(HostileToken.Mood.ReturnsFalse);
    }

    // ---- What counts as yes

    /// @dev I1 with nothing given away: what the escrow has of the token is what it owes of it.
    function assertCovered() internal view {
        uint256 owed = escrow.creditOf(driver, address(token)) + escrow.creditOf(payout, address(token));
        vm.assertEq(token.balanceOf(address(escrow)), owed, "covered");
    }

    /// @dev The token moved the refund and denies it: the move is undone, and the refund waits as credit, once.
    function test_GivenATokenThatMovesAndAnswersTwo() public {
        keepsAsCredit(HostileToken.Mood.ReturnsTwo);
        vm.assertEq(token.balanceOf(driver), 975 * EURO);
        assertCovered();
    }

    function test_GivenATokenThatMovesAndAnswersTwo_InABatch() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        afterCharge();
        token.setMood(HostileToken.Mood.ReturnsTwo);
        BatchItem[] memory items = new BatchItem[](1);
        items[0] = batchItem(t, receiptFor(t));
        vm.assertEq(escrow.settleBatch(items), 1);
        vm.assertEq(token.balanceOf(driver), 975 * EURO);
        vm.assertEq(escrow.creditOf(driver, address(token)), 25 * EURO - 8_850_000);
        assertCovered();
        token.setMood(HostileToken.Mood.Honest);
        vm.prank(driver);
        escrow.withdraw(address(token), 25 * EURO - 8_850_000, stranger);
        vm.prank(payout);
        escrow.withdraw(address(token), 8_850_000, payout);
        vm.assertEq(token.balanceOf(address(escrow)), 0);
    }

    function delivers(bytes memory words, bool yes) internal {
        uint256 fresh = vm.snapshotState();
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        token.setAnswer(words);
        cancels(t);
        vm.assertEq(token.balanceOf(driver), yes ? 1000 * EURO : 975 * EURO);
        vm.assertEq(escrow.creditOf(driver, address(token)), yes ? 0 : 25 * EURO);
        assertCovered();
        vm.revertToState(fresh);
    }

    function test_OnlyTrueOrNothingIsYes() public {
        delivers(abi.encode(true), true);
        delivers("", true);
        delivers(abi.encode(true, 7), true);
        delivers(abi.encodePacked(abi.encode(true), new bytes(20_000)), true);
        delivers(abi.encode(false), false);
        delivers(abi.encode(uint256(2)), false);
        delivers(abi.encode(type(uint256).max), false);
        delivers(abi.encode(uint256(1) << 255 | 1), false);
        delivers(hex"01", false);
        delivers(new bytes(31), false);
        delivers(abi.encodePacked(bytes30(0), hex"01"), false);
        delivers(new bytes(20_000), false);
    }

    function testFuzz_OnlyTrueOrNothingIsYes(bytes32 word, bytes memory more) public {
        delivers(abi.encodePacked(word, more), word == bytes32(uint256(1)));
        delivers(more, more.length == 0 || (more.length >= 32 && bytes32(more) == bytes32(uint256(1))));
    }

    /// @dev Without code there is nobody who could have said yes.
    function test_GivenATokenWithoutCode() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        vm.etch(address(token), "");
        cancels(t);
        vm.assertEq(escrow.creditOf(driver, address(token)), 25 * EURO);
    }

    /// @dev A lie that cannot be undone: the refund is the token's to answer for, and the escrow owes no more than it has.
    function test_GivenATokenThatSaysYesAndMovesNothing() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        token.setMood(HostileToken.Mood.MovesNothing);
        cancels(t);
        vm.assertEq(escrow.creditOf(driver, address(token)), 0);
        vm.assertEq(token.balanceOf(address(escrow)), 25 * EURO);
    }

    function test_GivenATokenThatDeliversLess() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        token.setMood(HostileToken.Mood.FeeOut);
        cancels(t);
        vm.assertEq(token.balanceOf(driver), 975 * EURO + 24_750_000);
        assertCovered();
    }

    /// @dev The other way out: a withdrawal the token does not say yes to has not happened.
    function test_AWithdrawalNeedsAYesToo() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        token.setMood(HostileToken.Mood.ReturnsFalse);
        cancels(t);
        token.setMood(HostileToken.Mood.ReturnsTwo);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        escrow.withdraw(address(token), 25 * EURO, driver);
        vm.assertEq(escrow.creditOf(driver, address(token)), 25 * EURO);
        assertCovered();
    }

    function test_RevertWhen_AnotherDeliversARefund() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        address[4] memory others = [driver, owner, stranger, address(token)];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(OnlySelf.selector));
            escrow.deliverRefund(address(token), others[i], 1);
        }
    }

    // ---- What a delivery may cost

    function test_GivenATokenThatBurnsGas() public {
        keepsAsCredit(HostileToken.Mood.BurnsGas);
    }

    function test_GivenATokenThatReturnsABomb() public {
        keepsAsCredit(HostileToken.Mood.Bombs);
    }

    function test_BoundsTheGasOfATransfer() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        token.setMood(HostileToken.Mood.BurnsGas);
        uint256 before = gasleft();
        cancels(t);
        vm.assertLt(before - gasleft(), escrow.REFUND_GAS() + 100_000, "gas");
    }

    /// @dev From the least gas with which a cancellation succeeds on, a refund is delivered with all of REFUND_GAS, and one
    /// that fails is booked; with less the call reverts and nothing has happened. The token is cold, as in a transaction of
    /// its own.
    function test_RevertWhen_GasIsShort() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        token.setMood(HostileToken.Mood.BurnsGas);
        uint256 least = leastGas(abi.encodeCall(escrow.cancel, (t)));
        vm.assertGe(least, 215_000, "floor");
        vm.assertLe(least, 240_000, "floor");
        uint256 fresh = vm.snapshotState();
        vm.prank(canceller);
        vm.expectRevert(abi.encodeWithSelector(GasTooLow.selector));
        escrow.cancel{gas: least - 1}(t);
        vm.cool(address(token));
        vm.prank(canceller);
        escrow.cancel{gas: least}(t);
        vm.assertEq(escrow.creditOf(driver, address(token)), 25 * EURO);
        vm.revertToState(fresh);
        token.setMood(HostileToken.Mood.BurnsMost);
        vm.cool(address(token));
        vm.prank(canceller);
        escrow.cancel{gas: least}(t);
        vm.assertEq(token.balanceOf(driver), 1000 * EURO);
        // Its first look around cost the token less than a thousand.
        vm.assertGe(token.gasGiven(), escrow.REFUND_GAS() - 2000, "gas given");
        vm.assertLe(token.gasGiven(), 160_000, "gas given");
    }

    function leastGas(bytes memory call) internal returns (uint256) {
        uint256 low = 100_000;
        uint256 high = 400_000;
        while (high - low > 1) {
            uint256 middle = (low + high) / 2;
            uint256 snapshot = vm.snapshotState();
            vm.prank(canceller);
            (bool ok,) = address(escrow).call{gas: middle}(call);
            vm.revertToState(snapshot);
            if (ok) high = middle;
            else low = middle;
        }
        return high;
    }

    function test_GivenATokenThatCallsBack() public {
        ChargeTerms memory t = hostileTerms();
        bytes32 id = openHostile(t);
        ChargeTerms memory other = hostileTerms();
        other.connector = 2;
        openHostile(other);
        bytes[4] memory calls = [
            abi.encodeCall(escrow.cancel, (other)),
            abi.encodeCall(escrow.withdraw, (address(token), 1, address(token))),
            abi.encodeCall(escrow.deposit, (address(token), 1, address(token))),
            abi.encodeCall(escrow.finalise, (other))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            token.setPayload(address(escrow), calls[i]);
            cancels(t);
            vm.assertFalse(token.entered());
            vm.assertEq(
                token.answer(),
                abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector)
            );
            assertStatus(id, Status.Cancelled);
            vm.assertEq(token.balanceOf(driver), 975 * EURO);
            vm.revertToState(snapshot);
        }
    }

    function test_ATokenCannotCallWhatOnlyTheEscrowCalls() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        bytes[2] memory calls = [
            abi.encodeCall(escrow.acknowledgeItem, (t, receipter)),
            abi.encodeCall(escrow.deliverRefund, (address(token), address(token), 1))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            uint256 fresh = vm.snapshotState();
            token.setPayload(address(escrow), calls[i]);
            cancels(t);
            vm.assertFalse(token.entered());
            vm.assertEq(token.answer(), abi.encodeWithSelector(OnlySelf.selector));
            vm.revertToState(fresh);
        }
    }

    function test_InABatch() public {
        ChargeTerms memory hostile = hostileTerms();
        openHostile(hostile);
        ChargeTerms memory honest = credit();
        honest.connector = 2;
        fund(driver, 100 * EURO);
        opened(honest);
        afterCharge();
        BatchItem[] memory items = new BatchItem[](3);
        items[0] = batchItem(hostile, receiptFor(hostile));
        items[1] = batchItem(honest, receiptFor(honest));
        token.setMood(HostileToken.Mood.BurnsGas);
        ChargeTerms memory third = hostileTerms();
        third.connector = 3;
        vm.warp(T0);
        token.setMood(HostileToken.Mood.Honest);
        openHostile(third);
        afterCharge();
        token.setMood(HostileToken.Mood.Bombs);
        items[2] = batchItem(third, receiptFor(third));
        vm.assertEq(escrow.settleBatch(items), 3);
        assertStatus(idOf(honest), Status.Settled);
        vm.assertEq(escrow.creditOf(driver, address(token)), 2 * (25 * EURO - 8_850_000));
        vm.assertEq(escrow.creditOf(payout, address(token)), 2 * 8_850_000);
    }

    function test_KeepsTokensApart() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        fund(driver, 100 * EURO);
        token.setMood(HostileToken.Mood.Reverts);
        cancels(t);
        vm.assertEq(creditOf(driver), 100 * EURO);
        vm.assertEq(escrow.creditOf(driver, address(token)), 25 * EURO);
        vm.prank(driver);
        vm.expectRevert();
        escrow.withdraw(address(token), 25 * EURO, driver);
        vm.prank(driver);
        escrow.withdraw(address(euro), 100 * EURO, driver);
    }
}
