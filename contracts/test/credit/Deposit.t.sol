// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

import {CreditLedger} from "../../src/CreditLedger.sol";
import {
    AmountTooLarge,
    ReceivedAmountMismatch,
    TokenNotAccepted,
    ZeroAddress,
    ZeroAmount
} from "../../src/ChargeErrors.sol";
import {Deposit, Permit} from "../../src/ChargeTypes.sol";
import {HostileToken} from "../tokens/HostileToken.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract DepositTest is World {
    using Eip712 for *;

    function setUp() public override {
        super.setUp();
        euro.mint(stranger, 100 * EURO);
    }

    function approve(uint256 amount) internal {
        vm.prank(stranger);
        euro.approve(address(escrow), amount);
    }

    function test_Deposits() public {
        approve(10 * EURO);
        vm.expectEmit(address(escrow));
        emit CreditLedger.CreditDeposited(owner, address(euro), stranger, 10 * EURO);
        vm.prank(stranger);
        escrow.deposit(address(euro), 10 * EURO, owner);
        vm.assertEq(creditOf(owner), 10 * EURO);
        vm.assertEq(creditOf(stranger), 0);
        vm.assertEq(euro.balanceOf(stranger), 90 * EURO);
        vm.assertEq(euro.balanceOf(address(escrow)), 1010 * EURO);
    }

    function test_AddsUp() public {
        approve(100 * EURO);
        vm.startPrank(stranger);
        escrow.deposit(address(euro), 10 * EURO, driver);
        escrow.deposit(address(euro), 1, driver);
        vm.stopPrank();
        vm.assertEq(creditOf(driver), 1010 * EURO + 1);
    }

    function test_RevertWhen_TheOrderIsEmpty() public {
        vm.expectRevert(abi.encodeWithSelector(ZeroAmount.selector));
        escrow.deposit(address(euro), 0, owner);
        vm.expectRevert(abi.encodeWithSelector(ZeroAddress.selector));
        escrow.deposit(address(euro), 1, address(0));
        vm.expectRevert(abi.encodeWithSelector(AmountTooLarge.selector, uint256(1) << 64));
        escrow.deposit(address(euro), uint256(1) << 64, owner);
    }

    function test_TakesTheLargestAmount() public {
        fund(owner, type(uint64).max);
        vm.assertEq(creditOf(owner), type(uint64).max);
    }

    function test_RevertWhen_TheTokenIsNotAccepted() public {
        HostileToken other = new HostileToken();
        vm.expectRevert(abi.encodeWithSelector(TokenNotAccepted.selector, address(other)));
        escrow.deposit(address(other), 1, owner);
        vm.expectRevert(abi.encodeWithSelector(TokenNotAccepted.selector, address(0)));
        escrow.deposit(address(0), 1, owner);
    }

    function test_RevertWhen_TheTokenRefuses() public {
        approve(10 * EURO - 1);
        vm.prank(stranger);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(escrow), 10 * EURO - 1, 10 * EURO
            )
        );
        escrow.deposit(address(euro), 10 * EURO, owner);
    }

    function test_RevertWhen_TheTokenDeliversLess() public {
        HostileToken token = new HostileToken();
        escrow = deployEscrow(address(token));
        token.mint(address(this), 100 * EURO);
        token.approve(address(escrow), 100 * EURO);
        token.setMood(HostileToken.Mood.FeeIn);
        vm.expectRevert(abi.encodeWithSelector(ReceivedAmountMismatch.selector, 100 * EURO, 99 * EURO));
        escrow.deposit(address(token), 100 * EURO, owner);
        token.setMood(HostileToken.Mood.ReturnsFalse);
        vm.expectRevert();
        escrow.deposit(address(token), 100 * EURO, owner);
        vm.assertEq(escrow.creditOf(owner, address(token)), 0);
    }

    // ---- With a permit

    function permitFor(uint256 value) internal view returns (Permit memory permit) {
        permit.deadline = T0 + 1 hours;
        bytes32 structHash = Eip712.permit(stranger, address(escrow), value, 0, permit.deadline);
        (permit.v, permit.r, permit.s) = vm.sign(STRANGER, Eip712.digest(tokenDomain(address(euro)), structHash));
    }

    function test_WithPermit() public {
        Permit memory permit = permitFor(10 * EURO);
        vm.prank(stranger);
        escrow.depositWithPermit(address(euro), 10 * EURO, owner, permit);
        vm.assertEq(creditOf(owner), 10 * EURO);
        vm.assertEq(euro.allowance(stranger, address(escrow)), 0);
    }

    function test_WithAFailingPermit() public {
        Permit memory permit = permitFor(11 * EURO);
        vm.prank(stranger);
        vm.expectRevert();
        escrow.depositWithPermit(address(euro), 10 * EURO, owner, permit);
        approve(10 * EURO);
        vm.prank(stranger);
        escrow.depositWithPermit(address(euro), 10 * EURO, owner, permit);
        vm.assertEq(creditOf(owner), 10 * EURO);
    }

    function test_WithPermit_OnlyOfTheSender() public {
        Permit memory permit = permitFor(10 * EURO);
        vm.expectRevert();
        escrow.depositWithPermit(address(euro), 10 * EURO, owner, permit);
    }

    // ---- With an authorisation

    function order() internal view returns (Deposit memory) {
        return Deposit(stranger, owner, address(euro), 10 * EURO, "salt");
    }

    function authorizes(Deposit memory d, uint256 validBefore) internal view returns (bytes memory) {
        bytes32 nonce = Eip712.digest(Eip712.domain(address(escrow)), d.hash());
        bytes32 structHash = Eip712.authorization(d.from, address(escrow), d.amount, validBefore, nonce);
        return rawSigned(STRANGER, Eip712.digest(tokenDomain(d.token), structHash));
    }

    function test_WithAuthorization() public {
        bytes memory signature = authorizes(order(), T0 + 60);
        vm.expectEmit(address(escrow));
        emit CreditLedger.CreditDeposited(owner, address(euro), stranger, 10 * EURO);
        escrow.depositWithAuthorization(order(), T0 + 60, signature);
        vm.assertEq(creditOf(owner), 10 * EURO);
        vm.assertEq(euro.balanceOf(stranger), 90 * EURO);
        vm.expectRevert();
        escrow.depositWithAuthorization(order(), T0 + 60, signature);
    }

    function test_WithAuthorization_RevertWhen_TheTokenDeliversLess() public {
        HostileToken token = new HostileToken();
        escrow = deployEscrow(address(token));
        token.mint(stranger, 100 * EURO);
        Deposit memory d = Deposit(stranger, owner, address(token), 100 * EURO, "salt");
        token.setMood(HostileToken.Mood.FeeIn);
        vm.expectRevert(abi.encodeWithSelector(ReceivedAmountMismatch.selector, 100 * EURO, 99 * EURO));
        escrow.depositWithAuthorization(d, T0 + 60, "contract wallet");
        token.setMood(HostileToken.Mood.Honest);
        escrow.depositWithAuthorization(d, T0 + 60, "contract wallet");
        vm.assertEq(escrow.creditOf(owner, address(token)), 100 * EURO);
    }

    function test_WithAuthorization_RevertWhen_AFieldDiffers() public {
        bytes memory signature = authorizes(order(), T0 + 60);
        bytes memory reason = abi.encodeWithSelector(ERC3009.ERC3009InvalidSignature.selector);
        Deposit memory d = order();
        d.beneficiary = driver;
        vm.expectRevert(reason);
        escrow.depositWithAuthorization(d, T0 + 60, signature);
        d = order();
        d.amount += 1;
        vm.expectRevert(reason);
        escrow.depositWithAuthorization(d, T0 + 60, signature);
        d = order();
        d.salt = "other";
        vm.expectRevert(reason);
        escrow.depositWithAuthorization(d, T0 + 60, signature);
        vm.expectRevert(reason);
        escrow.depositWithAuthorization(order(), T0 + 61, signature);
    }

    function test_WithAuthorization_RevertWhen_TooLate() public {
        bytes memory signature = authorizes(order(), T0 + 60);
        vm.warp(T0 + 60);
        vm.expectRevert(
            abi.encodeWithSelector(ERC3009.ERC3009InvalidAuthorizationTime.selector, 0, T0 + 60)
        );
        escrow.depositWithAuthorization(order(), T0 + 60, signature);
    }

    function test_WithAuthorization_RevertWhen_TheOrderIsEmpty() public {
        Deposit memory d = order();
        d.amount = 0;
        vm.expectRevert(abi.encodeWithSelector(ZeroAmount.selector));
        escrow.depositWithAuthorization(d, T0 + 60, "");
        d = order();
        d.beneficiary = address(0);
        vm.expectRevert(abi.encodeWithSelector(ZeroAddress.selector));
        escrow.depositWithAuthorization(d, T0 + 60, "");
        d = order();
        d.amount = uint256(1) << 64;
        vm.expectRevert(abi.encodeWithSelector(AmountTooLarge.selector, d.amount));
        escrow.depositWithAuthorization(d, T0 + 60, "");
        d = order();
        d.token = address(0xbad);
        vm.expectRevert(abi.encodeWithSelector(TokenNotAccepted.selector, address(0xbad)));
        escrow.depositWithAuthorization(d, T0 + 60, "");
    }

    /// @dev Anyone may give tokens to the escrow; they are nobody's credit and are never swept (R35).
    function test_ADonationIsNobodysCredit() public {
        vm.prank(stranger);
        vm.assertTrue(euro.transfer(address(escrow), 5 * EURO));
        fund(owner, 10 * EURO);
        vm.assertEq(creditOf(owner), 10 * EURO);
        vm.assertEq(euro.balanceOf(address(escrow)), 1015 * EURO);
    }
}
