// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    BadSignature,
    ConsentMissing,
    EvseInactive,
    NotAuthorised,
    OperatorUnknown,
    PayeeMismatch,
    SessionKeyNotAllowed
} from "../../src/ChargeErrors.sol";
import {ChargeTerms, OperatorConsent, StandingOffer, Status} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {Eip712} from "../support/Eip712.sol";
import {SmartWallet} from "../support/Wallets.sol";
import {World} from "../support/World.sol";

contract ConsentTest is World {
    using Eip712 for *;

    function refuses(ChargeTerms memory t, OperatorConsent memory consent, bytes memory reason) internal {
        bytes memory signature = agreed(t);
        vm.expectRevert(reason);
        escrow.open(t, signature, consent);
    }

    function opens(ChargeTerms memory t, OperatorConsent memory consent) internal {
        assertStatus(escrow.open(t, agreed(t), consent), Status.Open);
    }

    // ---- A signed quote

    function test_GivenTheOwnersQuote() public {
        opens(credit(), quoteBy(OWNER, credit()));
    }

    function test_GivenTheSignerIsTheSender() public {
        ChargeTerms memory t = credit();
        OperatorConsent memory consent = OperatorConsent(quoter, "", new StandingOffer[](0));
        refuses(t, consent, abi.encodeWithSelector(BadSignature.selector, quoter));
        bytes memory signature = agreed(t);
        vm.prank(quoter);
        escrow.open(t, signature, consent);
    }

    function test_GivenAContractOwner() public {
        SmartWallet wallet = new SmartWallet(owner);
        vm.prank(owner);
        operators.transferOwnership(operatorId, address(wallet));
        // forge-lint: disable-next-line(unchecked-call)
        wallet.call(address(operators), abi.encodeCall(operators.acceptOwnership, (operatorId)));
        ChargeTerms memory t = credit();
        OperatorConsent memory consent = quoteBy(OWNER, t);
        consent.signer = address(wallet);
        opens(t, consent);
    }

    function test_GivenAnUnknownEvse() public {
        ChargeTerms memory t = credit();
        t.evseIdHash = "nowhere";
        opens(t, quote(t));
    }

    function test_GivenAClosedEvse() public {
        bytes32[] memory list = new bytes32[](1);
        list[0] = evseIdHash;
        vm.prank(keeper);
        evses.setActive(operatorId, list, false);
        opens(credit(), quote(credit()));
    }

    function test_RevertWhen_TheSignerMayNotQuote() public {
        ChargeTerms memory t = credit();
        uint256[6] memory others = [STRANGER, RECEIPTER, CANCELLER, KEEPER, PAYER, DRIVER];
        for (uint256 i = 0; i < others.length; ++i) {
            bytes memory reason =
                abi.encodeWithSelector(NotAuthorised.selector, operatorId, vm.addr(others[i]), Scopes.QUOTE);
            refuses(t, quoteBy(others[i], t), reason);
        }
        OperatorConsent memory nobody;
        refuses(t, nobody, abi.encodeWithSelector(ConsentMissing.selector));
    }

    function test_RevertWhen_TheDelegationIsOver() public {
        ChargeTerms memory t = credit();
        bytes memory reason = abi.encodeWithSelector(NotAuthorised.selector, operatorId, quoter, Scopes.QUOTE);
        vm.warp(T0 + 365 days);
        t = credit();
        OperatorConsent memory consent = quote(t);
        opens(t, consent);
        vm.warp(T0 + 365 days + 1);
        ChargeTerms memory late = credit();
        late.connector = 2;
        refuses(late, quote(late), reason);
    }

    function test_RevertWhen_TheDelegateWasRemoved() public {
        ChargeTerms memory t = credit();
        vm.prank(owner);
        operators.removeDelegate(operatorId, quoter);
        refuses(t, quote(t), abi.encodeWithSelector(NotAuthorised.selector, operatorId, quoter, Scopes.QUOTE));
    }

    function test_RevertWhen_TheQuoteIsForSomethingElse() public {
        ChargeTerms memory t = credit();
        ChargeTerms memory other = credit();
        other.pricePerKWh += 1;
        bytes memory reason = abi.encodeWithSelector(BadSignature.selector, quoter);
        refuses(t, quote(other), reason);
        OperatorConsent memory asDriver = quote(t);
        asDriver.signature = signed(QUOTER, t.hash());
        refuses(t, asDriver, reason);
        asDriver.signature = "";
        refuses(t, asDriver, reason);
    }

    function test_RevertWhen_TheOperatorIsUnknown() public {
        ChargeTerms memory t = credit();
        t.operatorId = "nobody";
        refuses(t, quote(t), abi.encodeWithSelector(OperatorUnknown.selector, t.operatorId));
    }

    function test_RevertWhen_ThePayeeIsAnother() public {
        ChargeTerms memory t = credit();
        t.payee = stranger;
        refuses(t, quote(t), abi.encodeWithSelector(PayeeMismatch.selector, payout, stranger));
    }

    function test_GivenAPayoutChange() public {
        vm.prank(owner);
        operators.proposePayout(operatorId, stranger);
        vm.warp(T0 + 48 hours - 1);
        ChargeTerms memory t = credit();
        opens(t, quote(t));
        vm.warp(T0 + 48 hours);
        t = credit();
        t.connector = 2;
        refuses(t, quote(t), abi.encodeWithSelector(PayeeMismatch.selector, stranger, payout));
        t.payee = stranger;
        opens(t, quote(t));
    }

    function test_RevertWhen_TheSessionKeyIsTheOperators() public {
        address[4] memory keys = [payout, owner, quoter, payer];
        for (uint256 i = 0; i < keys.length; ++i) {
            ChargeTerms memory t = credit();
            t.sessionKey = keys[i];
            refuses(t, quote(t), abi.encodeWithSelector(SessionKeyNotAllowed.selector, keys[i]));
        }
    }

    function test_RevertWhen_TheSessionKeyWasADelegate() public {
        vm.warp(T0 + 366 days);
        ChargeTerms memory t = credit();
        t.sessionKey = canceller; // its delegation has expired
        refuses(t, quoteBy(OWNER, t), abi.encodeWithSelector(SessionKeyNotAllowed.selector, canceller));
    }

    function test_GivenNoSessionKey() public {
        ChargeTerms memory t = credit();
        t.sessionKey = address(0);
        opens(t, quote(t));
    }

    // ---- A standing offer

    function test_GivenAStandingOffer() public {
        setOffer(defaultOffer(), T0 + 1 days);
        opens(credit(), standing(defaultOffer()));
    }

    function test_RevertWhen_NotExactlyOneOfferIsGiven() public {
        setOffer(defaultOffer(), T0 + 1 days);
        OperatorConsent memory two;
        two.offer = new StandingOffer[](2);
        two.offer[0] = defaultOffer();
        two.offer[1] = defaultOffer();
        refuses(credit(), two, abi.encodeWithSelector(ConsentMissing.selector));
    }

    function test_RevertWhen_TheOfferDoesNotStand() public {
        setOffer(defaultOffer(), T0 + 1 days);
        bytes32[] memory list = new bytes32[](1);
        list[0] = evseIdHash;
        vm.prank(keeper);
        evses.setActive(operatorId, list, false);
        refuses(
            credit(),
            standing(defaultOffer()),
            abi.encodeWithSelector(EvseInactive.selector, operatorId, evseIdHash)
        );
    }

    function test_RevertWhen_AStandingSessionKeyIsTheOperators() public {
        setOffer(defaultOffer(), T0 + 1 days);
        ChargeTerms memory t = credit();
        t.sessionKey = owner;
        refuses(t, standing(defaultOffer()), abi.encodeWithSelector(SessionKeyNotAllowed.selector, owner));
    }

    function test_RevertWhen_AStandingPayeeIsNoLongerThePayout() public {
        StandingOffer memory offer = defaultOffer();
        offer.payee = stranger;
        setOffer(offer, T0 + 1 days);
        ChargeTerms memory t = credit();
        t.payee = stranger;
        refuses(t, standing(offer), abi.encodeWithSelector(PayeeMismatch.selector, payout, stranger));
    }
}
