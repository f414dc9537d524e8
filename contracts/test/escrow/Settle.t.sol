// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {
    AmountAboveLimit,
    AmountAboveTariff,
    AmountBelowUndisputed,
    BadSignature,
    Implausible,
    NotAuthorised,
    WrongSession,
    WrongStatus
} from "../../src/ChargeErrors.sol";
import {ChargeReceipt, ChargeTerms, Session, Settlement, Source, Status} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {Eip712} from "../support/Eip712.sol";
import {SmartWallet} from "../support/Wallets.sol";
import {World} from "../support/World.sol";

contract SettleTest is World {
    using Eip712 for *;

    ChargeTerms private t;
    bytes32 private id;

    function setUp() public override {
        super.setUp();
        t = credit();
        id = opened(t);
        afterCharge();
    }

    function refuses(Settlement memory item, bytes memory reason) internal {
        vm.expectRevert(reason);
        escrow.settle(item);
    }

    // ---- Who agrees

    function test_WhenBothSigned() public {
        vm.expectEmit(address(escrow));
        ChargeReceipt memory r = receiptFor(t);
        emit ChargeEscrow.SessionSettled(id, r.hash(), r.amount, 25 * EURO - r.amount);
        Settlement memory item = settlement(t, r);
        vm.prank(stranger);
        escrow.settle(item);
        vm.assertEq(creditOf(payout), r.amount);
        vm.assertEq(creditOf(driver), 1000 * EURO - r.amount);
        Session memory session = escrow.sessionOf(id);
        vm.assertEq(uint256(session.status), uint256(Status.Settled));
        vm.assertEq(uint256(session.source), 0);
        vm.assertEq(uint256(session.openedAt) + session.deadline + session.bond + session.amount + session.held, 0);
    }

    function test_WhenTheOperatorSends() public {
        Settlement memory item = settlement(t, receiptFor(t));
        item.operatorSignature = "";
        refuses(item, abi.encodeWithSelector(BadSignature.selector, receipter));
        vm.prank(receipter);
        escrow.settle(item);
    }

    function test_WhenTheOwnerSigned() public {
        Settlement memory item = settlement(t, receiptFor(t));
        item.operatorSigner = owner;
        item.operatorSignature = signed(OWNER, item.receipt.hash());
        escrow.settle(item);
    }

    function test_WhenAContractDelegateSigned() public {
        SmartWallet wallet = new SmartWallet(stranger);
        vm.prank(owner);
        delegate(address(wallet), Scopes.RECEIPT);
        Settlement memory item = settlement(t, receiptFor(t));
        item.operatorSigner = address(wallet);
        item.operatorSignature = signed(STRANGER, item.receipt.hash());
        escrow.settle(item);
    }

    function test_WhenTheDriverSends() public {
        Settlement memory item = settlement(t, receiptFor(t));
        item.sessionSignature = "";
        refuses(item, abi.encodeWithSelector(BadSignature.selector, sessionKey));
        vm.prank(driver);
        escrow.settle(item);
    }

    function test_WhenTheSessionKeySends() public {
        Settlement memory item = settlement(t, receiptFor(t));
        item.sessionSignature = "";
        vm.prank(sessionKey);
        escrow.settle(item);
    }

    function test_RevertWhen_TheOperatorDidNotAgree() public {
        Settlement memory item = settlement(t, receiptFor(t));
        item.operatorSignature = item.sessionSignature;
        refuses(item, abi.encodeWithSelector(BadSignature.selector, receipter));
        uint256[4] memory others = [QUOTER, CANCELLER, STRANGER, SESSION_KEY];
        for (uint256 i = 0; i < others.length; ++i) {
            item.operatorSigner = vm.addr(others[i]);
            item.operatorSignature = signed(others[i], item.receipt.hash());
            refuses(
                item,
                abi.encodeWithSelector(
                    NotAuthorised.selector, operatorId, item.operatorSigner, Scopes.RECEIPT
                )
            );
        }
    }

    function test_RevertWhen_TheDriversSideDidNotAgree() public {
        Settlement memory item = settlement(t, receiptFor(t));
        bytes memory reason = abi.encodeWithSelector(BadSignature.selector, sessionKey);
        item.sessionSignature = signed(STRANGER, item.receipt.hash());
        refuses(item, reason);
        // R20: the driver's own signature is no co-signature, only its transaction is.
        item.sessionSignature = signed(DRIVER, item.receipt.hash());
        refuses(item, reason);
        ChargeReceipt memory other = receiptFor(t);
        other.amount -= 1;
        item.sessionSignature = signed(SESSION_KEY, other.hash());
        refuses(item, reason);
    }

    function test_RevertGiven_NoSessionKey() public {
        ChargeTerms memory none = credit();
        none.openBy = uint48(block.timestamp);
        none.startBy = none.openBy;
        none.settleBy = none.openBy + 1 days;
        none.connector = 2;
        none.sessionKey = address(0);
        opened(none);
        ChargeReceipt memory r = receiptFor(none);
        r.startedAt = uint48(block.timestamp);
        r.endedAt = uint48(block.timestamp);
        r.endWh = r.startWh;
        r.chargingSeconds = 0;
        r.idleSeconds = 0;
        r.amount = 0;
        Settlement memory item = settlement(none, r);
        item.sessionSignature = new bytes(65);
        refuses(item, abi.encodeWithSelector(BadSignature.selector, address(0)));
        vm.prank(driver);
        escrow.settle(item);
    }

    // ---- What may be agreed

    function test_RevertWhen_TheReceiptIsForAnotherSession() public {
        ChargeReceipt memory r = receiptFor(t);
        r.sessionId = "another";
        refuses(settlement(t, r), abi.encodeWithSelector(WrongSession.selector, id, bytes32("another")));
    }

    function test_RevertWhen_TheAmountIsAboveTheBound() public {
        ChargeReceipt memory r = receiptFor(t);
        r.amount += 1;
        refuses(
            settlement(t, r), abi.encodeWithSelector(AmountAboveTariff.selector, r.amount, r.amount - 1)
        );
    }

    function test_RevertWhen_TheAmountIsAboveWhatIsHeld() public {
        ChargeReceipt memory r = receiptFor(t);
        r.endWh = r.startWh + 25_000;
        r.amount = 25 * EURO + 1;
        Settlement memory item = settlement(t, r);
        refuses(item, abi.encodeWithSelector(AmountAboveLimit.selector, 25 * EURO + 1, 25 * EURO));
    }

    function test_GivenEverythingIsUsed() public {
        ChargeTerms memory small = credit();
        small.maxAmount = 8_850_000;
        small.disputeBond = 0;
        small.connector = 2;
        vm.warp(T0);
        bytes32 other = opened(small);
        afterCharge();
        ChargeReceipt memory r = receiptFor(small);
        escrow.settle(settlement(small, r));
        assertStatus(other, Status.Settled);
        vm.assertEq(creditOf(payout), small.maxAmount);
    }

    function test_GivenNothingIsDue() public {
        ChargeReceipt memory r = receiptFor(t);
        r.amount = 0;
        escrow.settle(settlement(t, r));
        vm.assertEq(creditOf(driver), 1000 * EURO);
    }

    function implausible(ChargeReceipt memory r) internal {
        r.amount = 0;
        refuses(settlement(t, r), abi.encodeWithSelector(Implausible.selector));
    }

    function plausible(ChargeReceipt memory r) internal {
        uint256 snapshot = vm.snapshotState();
        r.amount = 0;
        escrow.settle(settlement(t, r));
        vm.revertToState(snapshot);
    }

    function test_Plausibility_OfTimes() public {
        ChargeReceipt memory r = receiptFor(t);
        r.startedAt = uint48(T0 - 5 minutes);
        plausible(r);
        r.startedAt -= 1;
        implausible(r);
        r = receiptFor(t);
        r.endedAt = uint48(block.timestamp + 5 minutes);
        plausible(r);
        r.endedAt += 1;
        implausible(r);
        r = receiptFor(t);
        r.idleSeconds = 601;
        implausible(r);
        r.idleSeconds = 600;
        plausible(r);
        r.endedAt = r.startedAt;
        r.chargingSeconds = 0;
        r.idleSeconds = 0;
        r.endWh = r.startWh;
        plausible(r);
        r.endedAt = r.startedAt - 1;
        implausible(r);
    }

    function test_Plausibility_OfEnergy() public {
        ChargeReceipt memory r = receiptFor(t);
        // 22 kW x 4200 s = 25,666 Wh and a fraction, and 100 Wh of slack.
        r.endWh = r.startWh + 25_766;
        plausible(r);
        r.endWh += 1;
        implausible(r);
        r.endWh = r.startWh;
        plausible(r);
        r.endWh = r.startWh - 1;
        implausible(r);
        r.startWh = type(uint64).max;
        r.endWh = 0;
        implausible(r);
    }

    // ---- In each status

    function test_GivenProposed() public {
        ChargeReceipt memory r = receiptFor(t);
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
        ChargeReceipt memory more = receiptFor(t);
        more.amount = r.amount;
        r.amount = r.amount - 1;
        escrow.settle(settlement(t, r));
        assertStatus(id, Status.Settled);
        vm.assertEq(creditOf(payout), r.amount);
        vm.assertEq(creditOf(driver), 1000 * EURO - r.amount);
        refuses(settlement(t, more), abi.encodeWithSelector(WrongStatus.selector, Status.Settled));
    }

    function test_RevertGiven_Proposed_WhenTheAmountRises() public {
        ChargeReceipt memory r = receiptFor(t);
        r.amount -= 1;
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
        r.amount += 1;
        refuses(settlement(t, r), abi.encodeWithSelector(AmountAboveLimit.selector, r.amount, r.amount - 1));
        r.amount -= 1;
        escrow.settle(settlement(t, r));
    }

    function test_GivenDisputed() public {
        ChargeReceipt memory r = receiptFor(t);
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
        vm.prank(driver);
        escrow.dispute(t, 3 * EURO, 0, "");
        ChargeReceipt memory agreedOn = receiptFor(t);
        agreedOn.amount = 3 * EURO - 1;
        refuses(
            settlement(t, agreedOn),
            abi.encodeWithSelector(AmountBelowUndisputed.selector, 3 * EURO - 1, 3 * EURO)
        );
        agreedOn = receiptFor(t);
        agreedOn.endWh += 1000;
        agreedOn.amount = r.amount + 1;
        refuses(
            settlement(t, agreedOn), abi.encodeWithSelector(AmountAboveLimit.selector, r.amount + 1, r.amount)
        );
        uint256 snapshot = vm.snapshotState();
        agreedOn.amount = 3 * EURO;
        escrow.settle(settlement(t, agreedOn));
        vm.assertEq(creditOf(payout), 3 * EURO);
        vm.assertEq(creditOf(driver), 997 * EURO);
        vm.revertToState(snapshot);
        agreedOn.amount = 5 * EURO;
        vm.expectEmit(address(escrow));
        emit ChargeEscrow.SessionSettled(id, agreedOn.hash(), 2 * EURO, r.amount + EURO - 5 * EURO);
        escrow.settle(settlement(t, agreedOn));
        vm.assertEq(creditOf(payout), 5 * EURO);
        vm.assertEq(creditOf(driver), 995 * EURO);
    }

    function test_GivenStartedOrCancelRequested_EvenLate() public {
        vm.prank(receipter);
        escrow.acknowledgeStart(t);
        vm.warp(t.settleBy + 10 days);
        escrow.settle(settlement(t, receiptFor(t)));
        assertStatus(id, Status.Settled);
    }

    function test_GivenCancelRequested() public {
        vm.prank(driver);
        escrow.requestCancel(t, 0, "");
        vm.warp(block.timestamp + 3 hours);
        escrow.settle(settlement(t, receiptFor(t)));
        assertStatus(id, Status.Settled);
    }

    function test_RevertGiven_NeverOpened() public {
        ChargeTerms memory other = credit();
        other.salt = "other";
        refuses(
            settlement(other, receiptFor(other)), abi.encodeWithSelector(WrongStatus.selector, Status.None)
        );
    }

    function test_GivenAWalletsMoney() public {
        vm.warp(T0);
        ChargeTerms memory wallet = terms(Source.Authorization);
        wallet.connector = 2;
        bytes32 other = opened(wallet);
        afterCharge();
        ChargeReceipt memory r = receiptFor(wallet);
        escrow.settle(settlement(wallet, r));
        assertStatus(other, Status.Settled);
        vm.assertEq(euro.balanceOf(driver), 25 * EURO - r.amount);
        vm.assertEq(creditOf(payout), r.amount);
    }

    function testFuzz_PaysWhatWasAgreed(uint64 wh, uint32 charging, uint32 idle, uint64 amount) public {
        ChargeReceipt memory r = receiptFor(t);
        r.endWh = r.startWh + uint64(bound(wh, 0, 25_766));
        r.chargingSeconds = uint32(bound(charging, 0, 4200));
        r.idleSeconds = uint32(bound(idle, 0, 4200 - r.chargingSeconds));
        uint256 price = t.startFee
            + ((r.endWh - r.startWh) * uint256(t.pricePerKWh) * 60 + uint256(r.chargingSeconds) * t.pricePerMinute
                    * 1000 + uint256(r.idleSeconds) * t.idlePerMinute * 1000) / 60_000;
        r.amount = bound(amount, 0, 30 * EURO);
        Settlement memory item = settlement(t, r);
        (bool ok,) = address(escrow).call(abi.encodeCall(escrow.settle, (item)));
        vm.assertEq(ok, r.amount <= price && r.amount <= 25 * EURO);
        if (!ok) return;
        vm.assertEq(creditOf(payout), r.amount);
        vm.assertEq(creditOf(driver), 1000 * EURO - r.amount);
    }
}
