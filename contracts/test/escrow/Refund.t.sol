// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {CreditLedger} from "../../src/CreditLedger.sol";
import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {GasTooLow} from "../../src/ChargeErrors.sol";
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
    /// that fails is booked; with less the call reverts and nothing has happened.
    function test_RevertWhen_GasIsShort() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        token.setMood(HostileToken.Mood.BurnsMost);
        uint256 least = leastGas(abi.encodeCall(escrow.cancel, (t)));
        vm.prank(canceller);
        vm.expectRevert(abi.encodeWithSelector(GasTooLow.selector));
        escrow.cancel{gas: least - 1}(t);
        vm.prank(canceller);
        escrow.cancel{gas: least}(t);
        vm.assertEq(escrow.creditOf(driver, address(token)), 25 * EURO);
        vm.assertGe(token.gasGiven(), escrow.REFUND_GAS() - 2000, "gas given");
        vm.assertLe(token.gasGiven(), escrow.REFUND_GAS(), "gas given");
        vm.assertGe(least, 215_000, "floor");
        vm.assertLe(least, 240_000, "floor");
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

    function test_ATokenCannotCallTheItemFunctions() public {
        ChargeTerms memory t = hostileTerms();
        openHostile(t);
        token.setPayload(address(escrow), abi.encodeCall(escrow.acknowledgeItem, (t, receipter)));
        cancels(t);
        vm.assertFalse(token.entered());
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
