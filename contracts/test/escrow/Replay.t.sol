// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {BadSignature, NotAuthorised, SourceMismatch, WrongSession} from "../../src/ChargeErrors.sol";
import {
    BatchItem,
    ChargeReceipt,
    ChargeTerms,
    OperatorConsent,
    Settlement,
    Source,
    Status,
    Withdraw
} from "../../src/ChargeTypes.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract ReplayTest is World {
    using Eip712 for *;

    function fails(address to, bytes memory call) internal {
        (bool ok,) = to.call(call);
        vm.assertFalse(ok);
    }

    function test_GivenAnotherEscrow() public {
        ChargeTerms memory t = credit();
        bytes memory signature = agreed(t);
        OperatorConsent memory consent = quote(t);
        opened(t);
        afterCharge();
        Settlement memory item = settlement(t, receiptFor(t));
        ChargeEscrow first = escrow;
        vm.warp(T0);
        escrow = deployEscrow(address(euro));
        fund(driver, 1000 * EURO);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.open(t, signature, consent);
        bytes memory own = agreed(t);
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, quoter));
        escrow.open(t, own, consent);
        opened(t);
        afterCharge();
        bytes32 id = idOf(t);
        vm.expectRevert(abi.encodeWithSelector(WrongSession.selector, id, item.receipt.sessionId));
        escrow.settle(item);
        first.settle(item);
    }

    function test_GivenAnotherChain() public {
        ChargeTerms memory t = credit();
        bytes memory signature = agreed(t);
        OperatorConsent memory consent = quote(t);
        ChargeTerms memory live = credit();
        live.connector = 2;
        bytes32 liveId = opened(live);
        afterCharge();
        Settlement memory old = settlement(live, receiptFor(live));
        BatchItem[] memory batch = new BatchItem[](1);
        batch[0] = batchItem(live, receiptFor(live));
        bytes memory stop = signed(DRIVER, Eip712.requestStop(liveId, uint48(block.timestamp)));
        bytes memory topUp = signed(DRIVER, Eip712.topUp(liveId, 40 * EURO, uint48(block.timestamp)));
        Withdraw memory order = Withdraw(driver, address(euro), EURO, stranger, 0, uint48(block.timestamp));
        bytes memory withdrawal = signed(DRIVER, order.hash());

        vm.chainId(4711);
        vm.assertEq(escrow.sessionIdOf(live), liveId);
        fails(address(escrow), abi.encodeCall(escrow.open, (t, signature, consent)));
        fails(address(escrow), abi.encodeCall(escrow.settle, (old)));
        vm.assertEq(escrow.settleBatch(batch), 0);
        fails(address(escrow), abi.encodeCall(escrow.requestStop, (live, uint48(block.timestamp), stop)));
        fails(address(escrow), abi.encodeCall(escrow.topUp, (live, 40 * EURO, uint48(block.timestamp), topUp)));
        fails(address(escrow), abi.encodeCall(escrow.withdrawSigned, (order, withdrawal)));

        // Signed anew, under the new domain but about the old id, the session ends as it should (R39).
        ChargeReceipt memory r = old.receipt;
        r.sessionId = liveId;
        escrow.settle(Settlement(live, r, receipter, signed(RECEIPTER, r.hash()), signed(SESSION_KEY, r.hash())));
        assertStatus(liveId, Status.Settled);
    }

    function test_GivenAnotherChain_OpensWithFreshSignatures() public {
        ChargeTerms memory t = credit();
        bytes32 id = escrow.sessionIdOf(t);
        vm.chainId(4711);
        OperatorConsent memory consent = quote(t);
        consent.signature = signed(QUOTER, Eip712.quote(id));
        vm.assertEq(escrow.open(t, agreed(t), consent), id);
        assertStatus(id, Status.Open);
    }

    function test_AsAnotherMessage() public {
        // One key in two roles: the operator's QUOTE key drives a car.
        ChargeTerms memory t = credit();
        t.driver = quoter;
        fund(quoter, 100 * EURO);
        OperatorConsent memory consent = quote(t);
        bytes memory asQuote = consent.signature;
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, quoter));
        escrow.open(t, asQuote, consent);
        bytes memory asTerms = signed(QUOTER, t.hash());
        consent.signature = asTerms;
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, quoter));
        escrow.open(t, asTerms, consent);
        consent.signature = asQuote;
        escrow.open(t, asTerms, consent);
    }

    function test_WithAnotherSource() public {
        ChargeTerms memory t = terms(Source.Allowance);
        bytes memory signature = agreed(t);
        OperatorConsent memory consent = quote(t);
        vm.expectRevert(abi.encodeWithSelector(SourceMismatch.selector, Source.Allowance));
        escrow.open(t, signature, consent);
        t.source = Source.Credit; // other terms, other id: the signature is worthless
        vm.expectRevert(abi.encodeWithSelector(BadSignature.selector, driver));
        escrow.open(t, signature, consent);
    }

    function test_OfARevokedKey() public {
        ChargeTerms memory t = credit();
        opened(t);
        afterCharge();
        Settlement memory item = settlement(t, receiptFor(t));
        vm.prank(owner);
        operators.removeDelegate(operatorId, receipter);
        vm.expectRevert(abi.encodeWithSelector(NotAuthorised.selector, operatorId, receipter, 2));
        escrow.settle(item);
        // R18: a new key can settle old sessions.
        vm.prank(owner);
        delegate(stranger, 2);
        item.operatorSigner = stranger;
        item.operatorSignature = signed(STRANGER, item.receipt.hash());
        escrow.settle(item);
    }
}
