// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CreditLedger} from "../../src/CreditLedger.sol";
import {
    BadNonce,
    BadSignature,
    InsufficientCredit,
    InvalidRecipient,
    SignatureExpired,
    ZeroAddress,
    ZeroAmount
} from "../../src/ChargeErrors.sol";
import {ChargeTerms, Withdraw} from "../../src/ChargeTypes.sol";
import {HostileToken} from "../tokens/HostileToken.sol";
import {Eip712} from "../support/Eip712.sol";
import {SmartWallet} from "../support/Wallets.sol";
import {World} from "../support/World.sol";

contract WithdrawTest is World {
    using Eip712 for *;

    function test_Withdraws() public {
        vm.expectEmit(address(escrow));
        emit CreditLedger.CreditWithdrawn(driver, address(euro), stranger, 10 * EURO);
        vm.prank(driver);
        escrow.withdraw(address(euro), 10 * EURO, stranger);
        vm.assertEq(euro.balanceOf(stranger), 10 * EURO);
        vm.assertEq(creditOf(driver), 990 * EURO);
    }

    function test_EmptiesAndRefills() public {
        vm.prank(driver);
        escrow.withdraw(address(euro), 1000 * EURO, driver);
        vm.assertEq(creditOf(driver), 0);
        vm.assertEq(euro.balanceOf(address(escrow)), 0);
        fund(driver, 1);
        vm.assertEq(creditOf(driver), 1);
    }

    function test_RevertWhen_TheOrderIsEmpty() public {
        vm.startPrank(driver);
        vm.expectRevert(abi.encodeWithSelector(ZeroAmount.selector));
        escrow.withdraw(address(euro), 0, driver);
        vm.expectRevert(abi.encodeWithSelector(ZeroAddress.selector));
        escrow.withdraw(address(euro), 1, address(0));
        vm.expectRevert(abi.encodeWithSelector(InvalidRecipient.selector, address(escrow)));
        escrow.withdraw(address(euro), 1, address(escrow));
        vm.stopPrank();
    }

    function test_RevertWhen_TheCreditIsShort() public {
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(InsufficientCredit.selector, 1000 * EURO, 1000 * EURO + 1));
        escrow.withdraw(address(euro), 1000 * EURO + 1, driver);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(InsufficientCredit.selector, 0, 1));
        escrow.withdraw(address(euro), 1, stranger);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(InsufficientCredit.selector, 0, 1));
        escrow.withdraw(address(0xbad), 1, driver);
    }

    function test_RevertWhen_TheTokenRefuses() public {
        HostileToken token = new HostileToken();
        escrow = deployEscrow(address(token));
        token.mint(address(this), 100 * EURO);
        token.approve(address(escrow), 100 * EURO);
        escrow.deposit(address(token), 100 * EURO, driver);
        HostileToken.Mood[2] memory moods = [HostileToken.Mood.Reverts, HostileToken.Mood.ReturnsFalse];
        for (uint256 i = 0; i < moods.length; ++i) {
            token.setMood(moods[i]);
            vm.prank(driver);
            vm.expectRevert();
            escrow.withdraw(address(token), EURO, driver);
        }
        token.setMood(HostileToken.Mood.ReturnsNothing);
        vm.prank(driver);
        escrow.withdraw(address(token), EURO, driver);
        vm.assertEq(token.balanceOf(driver), EURO);
        vm.assertEq(escrow.creditOf(driver, address(token)), 99 * EURO);
    }

    function test_APayeeWithdrawsWhatItEarned() public {
        ChargeTerms memory t = credit();
        opened(t);
        afterCharge();
        escrow.settle(settlement(t, receiptFor(t)));
        vm.prank(payout);
        escrow.withdraw(address(euro), 8_850_000, owner);
        vm.assertEq(euro.balanceOf(owner), 8_850_000);
    }

    // ---- Signed

    function order() internal view returns (Withdraw memory) {
        return Withdraw(driver, address(euro), 10 * EURO, stranger, 0, uint48(T0 + 60));
    }

    function test_Signed() public {
        Withdraw memory w = order();
        bytes memory signature = signed(DRIVER, w.hash());
        vm.warp(T0 + 60);
        vm.expectEmit(address(escrow));
        emit CreditLedger.CreditWithdrawn(driver, address(euro), stranger, 10 * EURO);
        escrow.withdrawSigned(w, signature);
        vm.assertEq(euro.balanceOf(stranger), 10 * EURO);
        vm.assertEq(creditOf(driver), 990 * EURO);
        vm.assertEq(escrow.withdrawNonceOf(driver, address(euro)), 1);
        vm.expectRevert(abi.encodeWithSelector(BadNonce.selector, 1, 0));
        escrow.withdrawSigned(w, signature);
        w.nonce = 1;
        escrow.withdrawSigned(w, signed(DRIVER, w.hash()));
        vm.assertEq(euro.balanceOf(stranger), 20 * EURO);
        vm.assertEq(escrow.withdrawNonceOf(driver, address(euro)), 2);
    }

    function test_Signed_RevertWhen_TooLate() public {
        Withdraw memory w = order();
        bytes memory signature = signed(DRIVER, w.hash());
        vm.warp(T0 + 61);
        vm.expectRevert(abi.encodeWithSelector(SignatureExpired.selector, T0 + 60));
        escrow.withdrawSigned(w, signature);
    }

    function test_Signed_RevertWhen_TheNonceIsAhead() public {
        Withdraw memory w = order();
        w.nonce = 1;
        bytes memory signature = signed(DRIVER, w.hash());
        vm.expectRevert(abi.encodeWithSelector(BadNonce.selector, 0, 1));
        escrow.withdrawSigned(w, signature);
    }

    function test_Signed_RevertWhen_AFieldDiffers() public {
        bytes memory signature = signed(DRIVER, order().hash());
        bytes memory reason = abi.encodeWithSelector(BadSignature.selector, driver);
        Withdraw memory w = order();
        w.to = owner;
        vm.expectRevert(reason);
        escrow.withdrawSigned(w, signature);
        w = order();
        w.amount += 1;
        vm.expectRevert(reason);
        escrow.withdrawSigned(w, signature);
        w = order();
        w.deadline += 1;
        vm.expectRevert(reason);
        escrow.withdrawSigned(w, signature);
        w = order();
        w.account = stranger;
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, stranger));
        escrow.withdrawSigned(w, signature);
    }

    function test_Signed_WhenTheAccountSends() public {
        vm.prank(driver);
        escrow.withdrawSigned(order(), "");
        vm.assertEq(euro.balanceOf(stranger), 10 * EURO);
    }

    function test_Signed_ByAContractWallet() public {
        SmartWallet wallet = new SmartWallet(driver);
        fund(address(wallet), 10 * EURO);
        Withdraw memory w = order();
        w.account = address(wallet);
        escrow.withdrawSigned(w, signed(DRIVER, w.hash()));
        vm.assertEq(euro.balanceOf(stranger), 10 * EURO);
    }

    /// @dev An order for one token leaves the nonce of another alone.
    function test_Signed_NoncesAreByToken() public {
        vm.prank(driver);
        escrow.withdrawSigned(order(), "");
        vm.assertEq(escrow.withdrawNonceOf(driver, address(0xbad)), 0);
        vm.assertEq(escrow.withdrawNonceOf(stranger, address(euro)), 0);
    }

    function testFuzz_NoncesAndBalancesDoNotMix(uint64 balance, uint8 orders) public {
        fund(owner, bound(balance, 300, type(uint64).max));
        uint256 before = creditOf(owner);
        for (uint256 i = 0; i < orders % 8; ++i) {
            vm.prank(owner);
            escrow.withdrawSigned(Withdraw(owner, address(euro), 7, stranger, i, uint48(T0)), "");
        }
        vm.assertEq(creditOf(owner), before - 7 * uint256(orders % 8));
        vm.assertEq(escrow.withdrawNonceOf(owner, address(euro)), orders % 8);
    }

    /// @dev A slot that was used stays non-zero, so that refilling it is cheap; a stranger's stays empty.
    function test_AUsedAccountKeepsItsSlot() public {
        vm.prank(driver);
        escrow.withdraw(address(euro), 1000 * EURO, driver);
        vm.record();
        vm.assertEq(creditOf(driver), 0);
        (bytes32[] memory reads,) = vm.accesses(address(escrow));
        vm.assertEq(reads.length, 1);
        vm.assertEq(vm.load(address(escrow), reads[0]), bytes32(uint256(1) << 255));
    }
}
