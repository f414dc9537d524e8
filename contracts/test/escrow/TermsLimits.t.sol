// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    AmountTooLarge,
    BondTooLarge,
    DisputeWindowOutOfRange,
    InsufficientCredit,
    MeterKeyMissing,
    QuoteExpired,
    SessionKeyNotAllowed,
    SettleByOutOfRange,
    StartByOutOfRange,
    ZeroAmount
} from "../../src/ChargeErrors.sol";
import {ChargeTerms, OperatorConsent} from "../../src/ChargeTypes.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract TermsLimitsTest is World {
    using Eip712 for *;

    uint256 private nextSalt;

    function refuses(ChargeTerms memory t, bytes memory reason) internal {
        bytes memory signature = agreed(t);
        OperatorConsent memory consent = quote(t);
        vm.expectRevert(reason);
        escrow.open(t, signature, consent);
    }

    function accepts(ChargeTerms memory t) internal {
        t.salt = bytes32(++nextSalt);
        t.connector = uint16(nextSalt);
        opened(t);
    }

    function test_OpenBy() public {
        ChargeTerms memory t = credit();
        t.openBy = uint48(T0 - 1);
        t.startBy = uint48(T0);
        refuses(t, abi.encodeWithSelector(QuoteExpired.selector, T0 - 1));
        t.openBy = uint48(T0);
        accepts(t);
    }

    function test_StartBy() public {
        ChargeTerms memory t = credit();
        t.startBy = t.openBy - 1;
        refuses(t, abi.encodeWithSelector(StartByOutOfRange.selector, t.startBy));
        t.startBy = t.openBy;
        accepts(t);
        t.startBy = t.openBy + 24 hours;
        accepts(t);
        t.startBy = t.openBy + 24 hours + 1;
        refuses(t, abi.encodeWithSelector(StartByOutOfRange.selector, t.startBy));
    }

    function test_SettleBy() public {
        ChargeTerms memory t = credit();
        t.settleBy = t.startBy + 24 hours - 1;
        refuses(t, abi.encodeWithSelector(SettleByOutOfRange.selector, t.settleBy));
        t.settleBy = t.startBy + 24 hours;
        accepts(t);
        t.settleBy = uint48(T0 + 30 days);
        accepts(t);
        t.settleBy = uint48(T0 + 30 days + 1);
        refuses(t, abi.encodeWithSelector(SettleByOutOfRange.selector, t.settleBy));
    }

    function test_DisputeWindow() public {
        ChargeTerms memory t = credit();
        t.disputeWindow = 1 hours - 1;
        refuses(t, abi.encodeWithSelector(DisputeWindowOutOfRange.selector, 1 hours - 1));
        t.disputeWindow = 1 hours;
        accepts(t);
        t.disputeWindow = 7 days;
        accepts(t);
        t.disputeWindow = 7 days + 1;
        refuses(t, abi.encodeWithSelector(DisputeWindowOutOfRange.selector, 7 days + 1));
    }

    function test_MaxAmount() public {
        ChargeTerms memory t = credit();
        t.maxAmount = 0;
        t.disputeBond = 0;
        refuses(t, abi.encodeWithSelector(ZeroAmount.selector));
        t.maxAmount = 1;
        accepts(t);
        t.maxAmount = uint256(type(uint64).max) + 1;
        refuses(t, abi.encodeWithSelector(AmountTooLarge.selector, t.maxAmount));
        t.maxAmount = type(uint64).max;
        t.connector = 99;
        refuses(t, abi.encodeWithSelector(InsufficientCredit.selector, 1000 * EURO - 1, t.maxAmount));
        t.maxAmount = type(uint256).max;
        refuses(t, abi.encodeWithSelector(AmountTooLarge.selector, t.maxAmount));
    }

    function test_LargestAmount() public {
        fund(driver, type(uint64).max - 1000 * EURO);
        ChargeTerms memory t = credit();
        t.maxAmount = type(uint64).max;
        vm.assertEq(heldOf(opened(t)), type(uint64).max);
    }

    function test_DisputeBond() public {
        ChargeTerms memory t = credit();
        t.maxAmount = 100 * EURO;
        t.disputeBond = uint64(2 * EURO);
        accepts(t);
        t.disputeBond = uint64(2 * EURO + 1);
        refuses(t, abi.encodeWithSelector(BondTooLarge.selector, t.disputeBond));
        t.maxAmount = 20 * EURO;
        t.disputeBond = uint64(EURO);
        accepts(t);
        t.disputeBond = uint64(EURO + 1);
        refuses(t, abi.encodeWithSelector(BondTooLarge.selector, t.disputeBond));
        t.maxAmount = 20 * EURO - 1;
        t.disputeBond = uint64(EURO);
        refuses(t, abi.encodeWithSelector(BondTooLarge.selector, t.disputeBond));
    }

    function test_MeterKey() public {
        ChargeTerms memory t = credit();
        t.meterKeyHash = 0;
        refuses(t, abi.encodeWithSelector(MeterKeyMissing.selector));
        t = credit();
        t.sessionKey = meter;
        refuses(t, abi.encodeWithSelector(SessionKeyNotAllowed.selector, meter));
    }

    function testFuzz_OnlyTermsInsideTheLimitsOpen(
        uint48 openBy,
        uint48 startDelay,
        uint48 settlePeriod,
        uint32 window,
        uint64 maxAmount,
        uint64 bond
    ) public {
        ChargeTerms memory t = credit();
        t.openBy = uint48(bound(openBy, T0 - 2, T0 + 31 days));
        t.startBy = t.openBy + uint48(bound(startDelay, 0, 25 hours));
        t.settleBy = t.startBy + uint48(bound(settlePeriod, 23 hours, 31 days));
        t.disputeWindow = uint32(bound(window, 0, 8 days));
        t.maxAmount = bound(maxAmount, 0, 1000 * EURO);
        t.disputeBond = uint64(bound(bond, 0, 3 * EURO));
        bool fine = T0 <= t.openBy && t.startBy <= t.openBy + 24 hours && t.startBy + 24 hours <= t.settleBy
            && t.settleBy <= T0 + 30 days && 1 hours <= t.disputeWindow && t.disputeWindow <= 7 days && t.maxAmount > 0
            && uint256(t.disputeBond) * 20 <= t.maxAmount && t.disputeBond <= 2 * EURO;
        (bool ok,) = address(escrow).call(abi.encodeCall(escrow.open, (t, agreed(t), quote(t))));
        vm.assertEq(ok, fine);
    }
}
