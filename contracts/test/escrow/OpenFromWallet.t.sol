// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {
    BadSignature,
    NotAuthorised,
    NotDriver,
    QuoteExpired,
    ReceivedAmountMismatch,
    SourceMismatch,
    TokenNotAccepted,
    WrongStatus
} from "../../src/ChargeErrors.sol";
import {ChargeTerms, OperatorConsent, Permit, Source, Status} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {HostileToken} from "../tokens/HostileToken.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract OpenFromWalletTest is World {
    using Eip712 for *;

    function setUp() public override {
        super.setUp();
        euro.mint(driver, 100 * EURO);
    }

    function approve(uint256 amount) internal {
        vm.prank(driver);
        euro.approve(address(escrow), amount);
    }

    function permitFor(uint256 value) internal view returns (Permit memory permit) {
        permit.deadline = T0 + 1 hours;
        bytes32 structHash =
            Eip712.permit(driver, address(escrow), value, euro.nonces(driver), permit.deadline);
        (permit.v, permit.r, permit.s) = vm.sign(DRIVER, Eip712.digest(tokenDomain(address(euro)), structHash));
    }

    // ---- openWithPermit

    function test_Permit_RevertGiven_AnotherSource() public {
        for (uint8 i = 0; i < 3; i += 2) {
            ChargeTerms memory t = terms(Source(i));
            bytes memory signature = agreed(t);
            OperatorConsent memory consent = quote(t);
            vm.expectRevert(abi.encodeWithSelector(SourceMismatch.selector, Source(i)));
            escrow.openWithPermit(t, noPermit(), signature, consent);
        }
    }

    function test_Permit_RevertWhen_TheDriverDidNotSign() public {
        approve(type(uint256).max);
        ChargeTerms memory t = terms(Source.Allowance);
        OperatorConsent memory consent = quote(t);
        bytes memory signature = signed(STRANGER, t.hash());
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.openWithPermit(t, noPermit(), signature, consent);
    }

    function test_Permit_GivenAPermit() public {
        ChargeTerms memory t = terms(Source.Allowance);
        bytes32 id = escrow.openWithPermit(t, permitFor(t.maxAmount), agreed(t), quote(t));
        vm.assertEq(heldOf(id), 25 * EURO);
        vm.assertEq(euro.balanceOf(driver), 75 * EURO);
        vm.assertEq(euro.allowance(driver, address(escrow)), 0);
        vm.assertEq(uint256(escrow.sessionOf(id).source), uint256(Source.Allowance));
    }

    function test_Permit_GivenSomeoneUsedThePermit() public {
        ChargeTerms memory t = terms(Source.Allowance);
        Permit memory p = permitFor(t.maxAmount);
        euro.permit(driver, address(escrow), t.maxAmount, p.deadline, p.v, p.r, p.s);
        assertStatus(escrow.openWithPermit(t, p, agreed(t), quote(t)), Status.Open);
    }

    function test_Permit_RevertGiven_ABadPermit() public {
        ChargeTerms memory t = terms(Source.Allowance);
        Permit memory p = permitFor(t.maxAmount - 1);
        bytes memory signature = agreed(t);
        OperatorConsent memory consent = quote(t);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(escrow), 0, t.maxAmount
            )
        );
        escrow.openWithPermit(t, p, signature, consent);
    }

    function test_Permit_GivenAnAllowance() public {
        approve(25 * EURO);
        ChargeTerms memory t = terms(Source.Allowance);
        vm.expectCall(address(euro), abi.encodeWithSelector(euro.permit.selector), 0);
        assertStatus(escrow.openWithPermit(t, noPermit(), agreed(t), quote(t)), Status.Open);
    }

    function test_Permit_GivenTheDriverSends() public {
        approve(25 * EURO);
        ChargeTerms memory t = terms(Source.Allowance);
        OperatorConsent memory consent = quote(t);
        vm.prank(driver);
        escrow.openWithPermit(t, noPermit(), "", consent);
    }

    function test_Permit_RevertWhen_TheTokenIsNotAccepted() public {
        HostileToken other = new HostileToken();
        other.mint(driver, 100 * EURO);
        vm.prank(driver);
        other.approve(address(escrow), 100 * EURO);
        ChargeTerms memory t = terms(Source.Allowance);
        t.token = address(other);
        bytes memory signature = agreed(t);
        OperatorConsent memory consent = quote(t);
        vm.expectRevert(abi.encodeWithSelector(TokenNotAccepted.selector, address(other)));
        escrow.openWithPermit(t, noPermit(), signature, consent);
    }

    function test_Permit_RevertWhen_TheTokenDeliversLess() public {
        HostileToken token = new HostileToken();
        escrow = deployEscrow(address(token));
        token.mint(driver, 100 * EURO);
        vm.prank(driver);
        token.approve(address(escrow), 100 * EURO);
        token.setMood(HostileToken.Mood.FeeIn);
        ChargeTerms memory t = terms(Source.Allowance);
        t.token = address(token);
        bytes memory signature = agreed(t);
        OperatorConsent memory consent = quote(t);
        vm.expectRevert(
            abi.encodeWithSelector(ReceivedAmountMismatch.selector, 25 * EURO, 25 * EURO - EURO / 4)
        );
        escrow.openWithPermit(t, noPermit(), signature, consent);
    }

    // ---- openWithAuthorization

    function test_Authorization_RevertGiven_AnotherSource() public {
        for (uint8 i = 0; i < 2; ++i) {
            ChargeTerms memory t = terms(Source(i));
            bytes memory signature = authorizationFor(t, DRIVER);
            OperatorConsent memory consent = quote(t);
            vm.expectRevert(abi.encodeWithSelector(SourceMismatch.selector, Source(i)));
            escrow.openWithAuthorization(t, signature, consent);
        }
    }

    function test_Authorization_GivenOneSignature() public {
        ChargeTerms memory t = terms(Source.Authorization);
        bytes memory signature = authorizationFor(t, DRIVER);
        OperatorConsent memory consent = quote(t);
        vm.prank(stranger);
        bytes32 id = escrow.openWithAuthorization(t, signature, consent);
        vm.assertEq(id, idOf(t));
        vm.assertEq(heldOf(id), 25 * EURO);
        vm.assertEq(euro.balanceOf(driver), 75 * EURO);
        vm.assertEq(euro.authorizationState(driver, id), true);
        vm.assertEq(uint256(escrow.sessionOf(id).source), uint256(Source.Authorization));
    }

    function refusesAuthorization(ChargeTerms memory t, bytes memory signature, bytes memory reason) internal {
        OperatorConsent memory consent = quote(t);
        vm.expectRevert(reason);
        escrow.openWithAuthorization(t, signature, consent);
    }

    function otherwise(address from, address to, uint256 value, uint256 validBefore, bytes32 nonce)
        internal
        view
        returns (bytes memory)
    {
        return rawSigned(
            DRIVER,
            Eip712.digest(tokenDomain(address(euro)), Eip712.authorization(from, to, value, validBefore, nonce))
        );
    }

    function test_Authorization_RevertWhen_ItIsForSomethingElse() public {
        ChargeTerms memory t = terms(Source.Authorization);
        bytes memory reason = abi.encodeWithSelector(ERC3009.ERC3009InvalidSignature.selector);
        refusesAuthorization(t, authorizationFor(t, STRANGER), reason);
        ChargeTerms memory other = terms(Source.Authorization);
        other.payee = stranger;
        refusesAuthorization(t, authorizationFor(other, DRIVER), reason);
    }

    function test_Authorization_RevertWhen_OneFieldDiffers() public {
        ChargeTerms memory t = terms(Source.Authorization);
        bytes32 id = idOf(t);
        uint256 validBefore = uint256(t.openBy) + 1;
        bytes memory reason = abi.encodeWithSelector(ERC3009.ERC3009InvalidSignature.selector);
        address to = address(escrow);
        refusesAuthorization(t, otherwise(stranger, to, t.maxAmount, validBefore, id), reason);
        refusesAuthorization(t, otherwise(driver, stranger, t.maxAmount, validBefore, id), reason);
        refusesAuthorization(t, otherwise(driver, to, t.maxAmount + 1, validBefore, id), reason);
        refusesAuthorization(t, otherwise(driver, to, t.maxAmount, validBefore - 1, id), reason);
        refusesAuthorization(t, otherwise(driver, to, t.maxAmount, validBefore, bytes32(uint256(1))), reason);
    }

    function test_Authorization_GivenTheLastSecond() public {
        ChargeTerms memory t = terms(Source.Authorization);
        vm.warp(t.openBy);
        escrow.openWithAuthorization(t, authorizationFor(t, DRIVER), quote(t));
    }

    function test_Authorization_RevertWhen_TooLate() public {
        ChargeTerms memory t = terms(Source.Authorization);
        vm.warp(t.openBy + 1);
        refusesAuthorization(
            t, authorizationFor(t, DRIVER), abi.encodeWithSelector(QuoteExpired.selector, t.openBy)
        );
    }

    function test_Authorization_RevertWhen_Cancelled() public {
        ChargeTerms memory t = terms(Source.Authorization);
        bytes32 id = idOf(t);
        bytes32 structHash =
            keccak256(abi.encode(keccak256("CancelAuthorization(address authorizer,bytes32 nonce)"), driver, id));
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(DRIVER, Eip712.digest(tokenDomain(address(euro)), structHash));
        euro.cancelAuthorization(driver, id, v, r, s);
        refusesAuthorization(
            t,
            authorizationFor(t, DRIVER),
            abi.encodeWithSelector(ERC3009.ERC3009UsedAuthorization.selector, driver, id)
        );
    }

    function test_Authorization_RevertWhen_Used() public {
        ChargeTerms memory t = terms(Source.Authorization);
        opened(t);
        refusesAuthorization(
            t, authorizationFor(t, DRIVER), abi.encodeWithSelector(WrongStatus.selector, Status.Open)
        );
    }

    function test_Authorization_WhenTheSignatureIsAContractWallets() public {
        HostileToken token = new HostileToken();
        escrow = deployEscrow(address(token));
        token.mint(driver, 100 * EURO);
        ChargeTerms memory t = terms(Source.Authorization);
        t.token = address(token);
        bytes32 id = escrow.openWithAuthorization(t, "contract wallet", quote(t));
        vm.assertEq(heldOf(id), 25 * EURO);
        t.connector = 2;
        OperatorConsent memory consent = quote(t);
        vm.expectRevert("authorization refused");
        escrow.openWithAuthorization(t, "another", consent);
    }

    function test_Authorization_RevertWhen_TheTokenIsNotAccepted() public {
        HostileToken other = new HostileToken();
        ChargeTerms memory t = terms(Source.Authorization);
        t.token = address(other);
        refusesAuthorization(
            t, authorizationFor(t, DRIVER), abi.encodeWithSelector(TokenNotAccepted.selector, address(other))
        );
    }

    function test_Authorization_RevertWithout_TheOperatorsConsent() public {
        ChargeTerms memory t = terms(Source.Authorization);
        OperatorConsent memory consent = quoteBy(STRANGER, t);
        bytes memory signature = authorizationFor(t, DRIVER);
        vm.expectRevert(abi.encodeWithSelector(NotAuthorised.selector, operatorId, stranger, Scopes.QUOTE));
        escrow.openWithAuthorization(t, signature, consent);
    }

    // ---- openDirect

    function test_Direct_RevertWhen_TheSenderIsNotTheDriver() public {
        ChargeTerms memory t = credit();
        OperatorConsent memory consent = quote(t);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(NotDriver.selector, stranger));
        escrow.openDirect(t, consent);
    }

    function test_Direct_RevertGiven_Authorization() public {
        ChargeTerms memory t = terms(Source.Authorization);
        OperatorConsent memory consent = quote(t);
        approve(type(uint256).max);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(SourceMismatch.selector, Source.Authorization));
        escrow.openDirect(t, consent);
    }

    function test_Direct_GivenCredit() public {
        ChargeTerms memory t = credit();
        OperatorConsent memory consent = quote(t);
        vm.prank(driver);
        bytes32 id = escrow.openDirect(t, consent);
        vm.assertEq(id, idOf(t));
        vm.assertEq(heldOf(id), 25 * EURO);
        vm.assertEq(creditOf(driver), 975 * EURO);
        vm.assertEq(euro.balanceOf(driver), 100 * EURO);
    }

    function test_Direct_GivenAllowance() public {
        approve(25 * EURO);
        ChargeTerms memory t = terms(Source.Allowance);
        OperatorConsent memory consent = quote(t);
        vm.prank(driver);
        bytes32 id = escrow.openDirect(t, consent);
        vm.assertEq(heldOf(id), 25 * EURO);
        vm.assertEq(creditOf(driver), 1000 * EURO);
        vm.assertEq(euro.balanceOf(driver), 75 * EURO);
    }
}
