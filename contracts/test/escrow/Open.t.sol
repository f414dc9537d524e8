// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {BadSignature, ConnectorLocked, InsufficientCredit, SourceMismatch, WrongStatus} from "../../src/ChargeErrors.sol";
import {ChargeTerms, OperatorConsent, Session, Source, Status} from "../../src/ChargeTypes.sol";
import {Eip712} from "../support/Eip712.sol";
import {PlainDelegate, SmartWallet} from "../support/Wallets.sol";
import {World} from "../support/World.sol";

contract OpenTest is World {
    using Eip712 for *;

    function test_RevertGiven_AnotherSource() public {
        for (uint8 i = 1; i < 3; ++i) {
            ChargeTerms memory t = terms(Source(i));
            bytes memory signature = agreed(t);
            OperatorConsent memory consent = quote(t);
            vm.expectRevert(abi.encodeWithSelector(SourceMismatch.selector, Source(i)));
            escrow.open(t, signature, consent);
        }
    }

    function refusesSignature(ChargeTerms memory t, bytes memory signature) internal {
        OperatorConsent memory consent = quote(t);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, t.driver));
        escrow.open(t, signature, consent);
    }

    function test_RevertWhen_TheDriverDidNotSign() public {
        ChargeTerms memory t = credit();
        refusesSignature(t, "");
        refusesSignature(t, signed(STRANGER, t.hash()));
        refusesSignature(t, signed(SESSION_KEY, t.hash()));
        ChargeTerms memory other = credit();
        other.maxAmount += 1;
        refusesSignature(t, agreed(other));
    }

    function test_RevertWhen_TheSignatureIsMalformed() public {
        ChargeTerms memory t = credit();
        bytes memory good = agreed(t);
        bytes memory cut = new bytes(64);
        for (uint256 i = 0; i < 64; ++i) cut[i] = good[i];
        refusesSignature(t, cut);
        refusesSignature(t, bytes.concat(good, hex"00"));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(DRIVER, idOf(t));
        uint256 n = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        refusesSignature(t, abi.encodePacked(r, bytes32(n - uint256(s)), v == 27 ? uint8(28) : uint8(27)));
        refusesSignature(t, new bytes(65));
    }

    function test_WhenTheDriverIsTheSender() public {
        ChargeTerms memory t = credit();
        OperatorConsent memory consent = quote(t);
        vm.prank(driver);
        assertStatus(escrow.open(t, "", consent), Status.Open);
    }

    function test_WhenAContractWalletSigned() public {
        ChargeTerms memory t = credit();
        SmartWallet wallet = new SmartWallet(driver);
        t.driver = address(wallet);
        fund(t.driver, 100 * EURO);
        assertStatus(escrow.open(t, agreed(t), quote(t)), Status.Open);
    }

    function test_RevertWhen_AContractWalletRefuses() public {
        ChargeTerms memory t = credit();
        SmartWallet wallet = new SmartWallet(driver);
        t.driver = address(wallet);
        fund(t.driver, 100 * EURO);
        refusesSignature(t, signed(STRANGER, t.hash()));
        wallet.refuse();
        refusesSignature(t, agreed(t));
    }

    function test_WhenADelegatedAccountSigned() public {
        ChargeTerms memory t = credit();
        vm.etch(driver, abi.encodePacked(hex"ef0100", address(new PlainDelegate())));
        assertStatus(escrow.open(t, agreed(t), quote(t)), Status.Open);
    }

    function refusesAgain(ChargeTerms memory t, Status status) internal {
        bytes memory signature = agreed(t);
        OperatorConsent memory consent = quote(t);
        vm.expectRevert(abi.encodeWithSelector(WrongStatus.selector, status));
        escrow.open(t, signature, consent);
    }

    function test_RevertGiven_OpenedBefore() public {
        ChargeTerms memory t = credit();
        opened(t);
        refusesAgain(t, Status.Open);
        vm.prank(canceller);
        escrow.cancel(t);
        refusesAgain(t, Status.Cancelled);
        ChargeTerms memory second = credit();
        second.salt = "2";
        vm.prank(driver);
        escrow.voidTerms(second, 0, "");
        refusesAgain(second, Status.Voided);
    }

    function test_RevertGiven_AnotherLiveSession() public {
        bytes32 first = opened(credit());
        ChargeTerms memory t = credit();
        t.salt = "another";
        bytes memory signature = agreed(t);
        OperatorConsent memory consent = quote(t);
        vm.expectRevert(abi.encodeWithSelector(ConnectorLocked.selector, first));
        escrow.open(t, signature, consent);
        vm.assertEq(escrow.liveSessionOf(operatorId, evseIdHash, 1, driver), first);
    }

    function test_GivenALiveSessionElsewhere() public {
        opened(credit());
        ChargeTerms memory t = credit();
        t.connector = 2;
        opened(t);
        t = credit();
        t.evseIdHash = keccak256("another");
        opened(t);
        t = credit();
        t.driver = stranger;
        fund(stranger, 100 * EURO);
        escrow.open(t, signed(STRANGER, t.hash()), quote(t));
        vm.prank(stranger);
        bytes32 otherOperator = operators.register("FRWRN", payout, "");
        t = credit();
        t.operatorId = otherOperator;
        escrow.open(t, agreed(t), quoteBy(STRANGER, t));
    }

    function test_GivenTheOtherSessionIsProposed() public {
        ChargeTerms memory t = credit();
        (bytes32 first,) = proposed(t);
        vm.assertEq(escrow.liveSessionOf(operatorId, evseIdHash, 1, driver), 0);
        ChargeTerms memory next = credit();
        next.salt = "next";
        bytes32 second = opened(next);
        assertStatus(first, Status.Proposed);
        vm.assertEq(escrow.liveSessionOf(operatorId, evseIdHash, 1, driver), second);
    }

    function test_RevertGiven_TooLittleCredit() public {
        ChargeTerms memory t = credit();
        t.maxAmount = 1000 * EURO + 1;
        bytes memory signature = agreed(t);
        OperatorConsent memory consent = quote(t);
        vm.expectRevert(abi.encodeWithSelector(InsufficientCredit.selector, 1000 * EURO, 1000 * EURO + 1));
        escrow.open(t, signature, consent);
        t = credit();
        t.token = address(0xbad);
        signature = agreed(t);
        consent = quote(t);
        vm.expectRevert(abi.encodeWithSelector(InsufficientCredit.selector, 0, 25 * EURO));
        escrow.open(t, signature, consent);
    }

    function test_GivenAllTheCredit() public {
        ChargeTerms memory t = credit();
        t.maxAmount = 1000 * EURO;
        opened(t);
        vm.assertEq(creditOf(driver), 0);
    }

    function test_GivenAllIsWell() public {
        ChargeTerms memory t = credit();
        bytes32 id = idOf(t);
        bytes memory signature = agreed(t);
        OperatorConsent memory consent = quote(t);
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionOpened(id, operatorId, driver, t);
        vm.prank(stranger);
        vm.assertEq(escrow.open(t, signature, consent), id);
        vm.assertEq(creditOf(driver), 975 * EURO);
        Session memory session = escrow.sessionOf(id);
        vm.assertEq(uint256(session.status), uint256(Status.Open));
        vm.assertEq(uint256(session.source), uint256(Source.Credit));
        vm.assertEq(session.openedAt, T0);
        vm.assertEq(session.held, 25 * EURO);
        vm.assertEq(uint256(session.deadline) + session.bond + session.amount, 0);
        vm.assertEq(euro.balanceOf(address(escrow)), 1000 * EURO);
    }

    /// @dev What `Layout` and the raw hashing rest on: a field with dirty high bits never becomes a session.
    function test_RevertWhen_AWordIsDirty() public {
        ChargeTerms memory t = credit();
        bytes memory call = abi.encodeCall(escrow.open, (t, "", quote(t)));
        // Fields narrower than a word, by their place in the terms; the terms start after the selector.
        uint8[15] memory narrow = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 17, 18, 19];
        for (uint256 i = 0; i < narrow.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            bytes memory dirty = bytes.concat(call);
            dirty[4 + uint256(narrow[i]) * 32] = 0x80;
            vm.prank(driver);
            (bool ok,) = address(escrow).call(dirty);
            vm.assertFalse(ok, vm.toString(narrow[i]));
            vm.revertToState(snapshot);
        }
        vm.prank(driver);
        (bool clean,) = address(escrow).call(call);
        vm.assertTrue(clean);
    }
}
