// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    EvseInactive,
    EvseUnknown,
    OfferExpired,
    OfferMismatch,
    OfferMissing,
    OpenByTooFar,
    PayeeMismatch,
    SessionKeyNotAllowed,
    TermsOutsideOffer
} from "../../src/ChargeErrors.sol";
import {ChargeTerms, KeyClass, Source, StandingOffer} from "../../src/ChargeTypes.sol";
import {World} from "../support/World.sol";

contract RequireCoveredTest is World {
    ChargeTerms private t;
    StandingOffer private offer;

    function setUp() public override {
        super.setUp();
        t = credit();
        offer = defaultOffer();
        setOffer(offer, T0 + 1 days);
    }

    function covered() internal view {
        evses.requireCovered(t, offer);
    }

    function refuses(bytes memory reason) internal {
        vm.expectRevert(reason);
        evses.requireCovered(t, offer);
    }

    function test_Covered() public view {
        covered();
    }

    function test_RevertWhen_TheOperatorsRulesFail() public {
        t.payee = stranger;
        refuses(abi.encodeWithSelector(PayeeMismatch.selector, payout, stranger));
        t.payee = payout;
        t.sessionKey = quoter;
        refuses(abi.encodeWithSelector(SessionKeyNotAllowed.selector, quoter));
    }

    function test_RevertWhen_TheEvseIsUnknownOrClosed() public {
        t.evseIdHash = "x";
        refuses(abi.encodeWithSelector(EvseUnknown.selector, operatorId, bytes32("x")));
        t.evseIdHash = evseIdHash;
        bytes32[] memory list = new bytes32[](1);
        list[0] = evseIdHash;
        vm.prank(keeper);
        evses.setActive(operatorId, list, false);
        refuses(abi.encodeWithSelector(EvseInactive.selector, operatorId, evseIdHash));
    }

    function test_RevertWhen_TheOfferIsAnother() public {
        bytes32 stored = keccak256(abi.encode(offer));
        offer.pricePerKWh -= 1;
        t.pricePerKWh -= 1;
        refuses(abi.encodeWithSelector(OfferMismatch.selector, stored, keccak256(abi.encode(offer))));
    }

    function test_RevertWhen_ThereIsNoOffer() public {
        bytes32[] memory list = new bytes32[](1);
        list[0] = evseIdHash;
        vm.prank(quoter);
        evses.withdrawOffers(operatorId, list);
        refuses(abi.encodeWithSelector(OfferMissing.selector, operatorId, evseIdHash));
    }

    function shift(uint256 to) internal {
        vm.warp(to);
        t.openBy = uint48(to + 10 minutes);
        t.startBy = t.openBy + 30 minutes;
        t.settleBy = t.startBy + 72 hours;
    }

    function test_RevertWhen_TheOfferHasExpired() public {
        shift(T0 + 1 days);
        covered();
        shift(T0 + 1 days + 1);
        refuses(abi.encodeWithSelector(OfferExpired.selector, T0 + 1 days));
    }

    function test_RevertWhen_OpenByIsTooFar() public {
        t.openBy = uint48(T0 + 15 minutes);
        t.startBy = t.openBy + 30 minutes;
        t.settleBy = t.startBy + 72 hours;
        covered();
        t.openBy += 1;
        t.startBy += 1;
        t.settleBy += 1;
        refuses(abi.encodeWithSelector(OpenByTooFar.selector, t.openBy));
    }

    function test_RevertWhen_TheMeterKeyIsReplaced() public {
        vm.prank(keeper);
        evses.setMeterKey(
            operatorId, evseIdHash, abi.encodePacked(stranger), KeyClass.Station, uint48(T0 + 24 hours)
        );
        setOffer(offer, T0 + 20 days);
        shift(T0 + 24 hours - 1);
        covered();
        shift(T0 + 24 hours);
        refuses(abi.encodeWithSelector(TermsOutsideOffer.selector));
    }

    function test_RevertWhen_ATermDiffers() public {
        bytes memory reason = abi.encodeWithSelector(TermsOutsideOffer.selector);
        ChargeTerms memory good = t;
        t.token = stranger;
        refuses(reason);
        t = good;
        t.startFee += 1;
        refuses(reason);
        t.startFee -= 2;
        refuses(reason);
        t = good;
        t.pricePerKWh -= 1;
        refuses(reason);
        t = good;
        t.pricePerMinute -= 1;
        refuses(reason);
        t = good;
        t.idlePerMinute -= 1;
        refuses(reason);
        t = good;
        t.tariffHash = "x";
        refuses(reason);
        t = good;
        t.maxPowerW += 1;
        refuses(reason);
        t = good;
        t.disputeBond += 1;
        refuses(reason);
        t = good;
        t.disputeWindow += 1;
        refuses(reason);
        t = good;
        t.startBy += 1;
        t.settleBy += 1;
        refuses(reason);
        t = good;
        t.settleBy += 1;
        refuses(reason);
        t.settleBy -= 2;
        refuses(reason);
        t = good;
        covered();
    }

    function test_RevertWhen_TheMeterKeyDiffers() public {
        bytes memory reason = abi.encodeWithSelector(TermsOutsideOffer.selector);
        t.meterKeyHash = "x";
        refuses(reason);
        // An offer that names another key than the plug's cannot be taken, even by terms that agree with it.
        offer.meterKeyHash = "x";
        setOffer(offer, T0 + 1 days);
        refuses(reason);
        t.meterKeyHash = keccak256(abi.encodePacked(meter));
        refuses(reason);
    }

    function test_RevertWhen_ThePayeeOfTheOfferIsOld() public {
        offer.payee = stranger;
        setOffer(offer, T0 + 1 days);
        refuses(abi.encodeWithSelector(TermsOutsideOffer.selector));
    }

    function test_Amounts() public {
        bytes memory reason = abi.encodeWithSelector(TermsOutsideOffer.selector);
        t.maxAmount = 20 * EURO - 1;
        refuses(reason);
        t.maxAmount = 20 * EURO;
        covered();
        t.maxAmount = 50 * EURO;
        covered();
        t.maxAmount = 50 * EURO + 1;
        refuses(reason);
    }

    function test_Connectors() public {
        bytes memory reason = abi.encodeWithSelector(TermsOutsideOffer.selector);
        t.connector = 0;
        refuses(reason);
        t.connector = 2;
        refuses(reason);
        offer.connectors = (1 << 2) | (1 << 255);
        setOffer(offer, T0 + 1 days);
        covered();
        t.connector = 255;
        covered();
        t.connector = 1;
        refuses(reason);
        t.connector = 256;
        refuses(reason);
        t.connector = 258;
        refuses(reason);
    }

    function test_TheDriversChoicesAreFree() public {
        t.driver = stranger;
        t.sessionKey = address(0);
        t.salt = "other";
        t.source = Source.Authorization;
        covered();
    }
}
