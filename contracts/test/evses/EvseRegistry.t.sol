// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EvseRegistry} from "../../src/EvseRegistry.sol";
import {
    BadBatchSize,
    BadEvseId,
    BadMeterKey,
    BadPosition,
    BadValidity,
    EvseExists,
    EvseUnknown,
    ForeignEvse,
    MeterKeyTooSoon,
    NotAuthorised,
    OfferMissing,
    OperatorUnknown,
    ZeroAddress
} from "../../src/ChargeErrors.sol";
import {EvseListing, EvseRegistration, KeyClass, OfferUpdate, StandingOffer} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {Code} from "../support/Code.sol";
import {World} from "../support/World.sol";

contract EvseRegistryTest is World {
    string private constant ID2 = "FR*WRN*E000002";
    bytes32 private hash2 = keccak256("FRWRNE000002");

    function one(EvseRegistration memory item) internal pure returns (EvseRegistration[] memory items) {
        items = new EvseRegistration[](1);
        items[0] = item;
    }

    function one(bytes32 item) internal pure returns (bytes32[] memory items) {
        items = new bytes32[](1);
        items[0] = item;
    }

    function one(EvseListing memory item) internal pure returns (EvseListing[] memory items) {
        items = new EvseListing[](1);
        items[0] = item;
    }

    function registers(EvseRegistration memory item) internal {
        vm.prank(keeper);
        evses.registerBatch(operatorId, one(item));
    }

    function refuses(EvseRegistration memory item, bytes memory reason) internal {
        vm.prank(keeper);
        vm.expectRevert(reason);
        evses.registerBatch(operatorId, one(item));
    }

    function second() internal view returns (EvseRegistration memory) {
        return registration(ID2, abi.encodePacked(stranger));
    }

    function mayNot(address account, uint8 scopes) internal view returns (bytes memory) {
        return abi.encodeWithSelector(NotAuthorised.selector, operatorId, account, scopes);
    }

    // ---- registerBatch

    function test_Registers() public {
        EvseRegistration memory item = second();
        bytes32 keyHash = keccak256(abi.encodePacked(stranger));
        vm.expectEmit(address(evses));
        emit EvseRegistry.EvseListed(operatorId, hash2, item.listing);
        vm.expectEmit(address(evses));
        emit EvseRegistry.EvseActive(operatorId, hash2, true);
        vm.expectEmit(address(evses));
        emit EvseRegistry.MeterKeySet(operatorId, hash2, keyHash, item.meterKey, KeyClass.Gateway, uint48(T0));
        registers(item);
        EvseRegistry.Evse memory stored = evses.evseOf(operatorId, hash2);
        vm.assertTrue(stored.registered && stored.active);
        vm.assertEq(stored.meterKeyHash, keyHash);
        vm.assertEq(stored.offerHash | stored.nextMeterKeyHash, 0);
        vm.assertEq(uint256(stored.nextMeterKeyFrom) + stored.offerValidUntil, 0);
        vm.assertEq(evses.meterKeyHashOf(operatorId, hash2), keyHash);
    }

    function test_Registers_Closed() public {
        EvseRegistration memory item = second();
        item.active = false;
        registers(item);
        vm.assertFalse(evses.evseOf(operatorId, hash2).active);
    }

    function test_Registers_Several() public {
        EvseRegistration[] memory items = new EvseRegistration[](100);
        for (uint256 i = 0; i < 100; ++i) {
            items[i] = registration(string.concat("FRWRNE1", vm.toString(i)), abi.encodePacked(meter));
        }
        vm.prank(owner);
        evses.registerBatch(operatorId, items);
        vm.assertTrue(evses.evseOf(operatorId, keccak256("FRWRNE199")).registered);
        vm.assertTrue(evses.evseOf(operatorId, keccak256("FRWRNE10")).registered);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(BadBatchSize.selector, 101));
        evses.registerBatch(operatorId, new EvseRegistration[](101));
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(BadBatchSize.selector, 0));
        evses.registerBatch(operatorId, new EvseRegistration[](0));
    }

    function test_Registers_RevertWhen_TheSenderMayNot() public {
        vm.prank(owner);
        delegate(driver, Scopes.EVSE);
        vm.prank(owner);
        delegate(stranger, Scopes.METER);
        address[3] memory others = [driver, stranger, quoter];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(mayNot(others[i], Scopes.EVSE | Scopes.METER));
            evses.registerBatch(operatorId, one(second()));
        }
    }

    function test_Registers_RevertGiven_ItExists() public {
        EvseRegistration memory item = registration("frwrne000001", abi.encodePacked(meter));
        refuses(item, abi.encodeWithSelector(EvseExists.selector, operatorId, evseIdHash));
    }

    function test_Registers_TheSameIdOfAnotherOperator() public {
        vm.startPrank(stranger);
        bytes32 other = operators.register("FRWRN", payout, "");
        evses.registerBatch(other, one(registration(EVSE_ID, abi.encodePacked(meter))));
        vm.stopPrank();
        vm.assertTrue(evses.evseOf(other, evseIdHash).registered);
    }

    function test_Registers_RevertWhen_TheIdIsWrong() public {
        EvseRegistration memory item = second();
        item.listing.evseId = "DE*ABC*E1";
        refuses(item, abi.encodeWithSelector(ForeignEvse.selector, "DE*ABC*E1", bytes5("FRWRN")));
        item.listing.evseId = "FR*WRN*X1";
        refuses(item, abi.encodeWithSelector(BadEvseId.selector, "FR*WRN*X1"));
    }

    function test_Registers_RevertWhen_ThePositionIsNotOnEarth() public {
        EvseRegistration memory item = second();
        int32[2][4] memory wrong = [
            [int32(900_000_001), 0],
            [int32(-900_000_001), 0],
            [int32(0), 1_800_000_001],
            [int32(0), -1_800_000_001]
        ];
        for (uint256 i = 0; i < wrong.length; ++i) {
            (item.listing.latitudeE7, item.listing.longitudeE7) = (wrong[i][0], wrong[i][1]);
            refuses(item, abi.encodeWithSelector(BadPosition.selector, wrong[i][0], wrong[i][1]));
        }
        (item.listing.latitudeE7, item.listing.longitudeE7) = (900_000_000, 1_800_000_000);
        registers(item);
        item.listing.evseId = "FR*WRN*E000003";
        (item.listing.latitudeE7, item.listing.longitudeE7) = (-900_000_000, -1_800_000_000);
        registers(item);
    }

    function test_Registers_MeterKeys() public {
        EvseRegistration memory item = second();
        bytes memory reason = abi.encodeWithSelector(BadMeterKey.selector);
        item.meterKey = "";
        refuses(item, reason);
        item.meterKey = abi.encodePacked(address(0));
        refuses(item, reason);
        item.meterKey = abi.encodePacked(address(euro));
        refuses(item, reason);
        item.meterKey = new bytes(21);
        refuses(item, reason);
        (uint256 x, uint256 y) = vm.publicKeyP256(P256_METER);
        item.meterKey = abi.encodePacked(address(euro), x, y);
        refuses(item, reason);
        item.meterKey = abi.encodePacked(address(verifier), x, y + 1);
        refuses(item, reason);
        item.meterKey = abi.encodePacked(address(verifier), x, y, uint8(0));
        refuses(item, reason);
        item.meterKey = abi.encodePacked(address(verifier), x, y);
        registers(item);
        vm.assertEq(evses.meterKeyHashOf(operatorId, hash2), keccak256(item.meterKey));
    }

    // ---- Listing and activity

    function test_Listings() public {
        EvseListing memory changed = listing(EVSE_ID);
        changed.name = "Moved";
        vm.expectEmit(address(evses));
        emit EvseRegistry.EvseListed(operatorId, evseIdHash, changed);
        vm.prank(keeper);
        evses.setListings(operatorId, one(changed));
        vm.prank(keeper);
        vm.expectRevert(abi.encodeWithSelector(EvseUnknown.selector, operatorId, hash2));
        evses.setListings(operatorId, one(listing(ID2)));
        vm.prank(quoter);
        vm.expectRevert(mayNot(quoter, Scopes.EVSE));
        evses.setListings(operatorId, one(changed));
        vm.prank(keeper);
        vm.expectRevert(abi.encodeWithSelector(BadBatchSize.selector, 0));
        evses.setListings(operatorId, new EvseListing[](0));
        changed.latitudeE7 = 900_000_001;
        vm.prank(keeper);
        vm.expectRevert(abi.encodeWithSelector(BadPosition.selector, 900_000_001, changed.longitudeE7));
        evses.setListings(operatorId, one(changed));
    }

    function test_Listings_AllOfThem() public {
        registers(second());
        EvseListing[] memory both = new EvseListing[](2);
        both[0] = listing(EVSE_ID);
        both[1] = listing(ID2);
        vm.expectEmit(address(evses));
        emit EvseRegistry.EvseListed(operatorId, evseIdHash, both[0]);
        vm.expectEmit(address(evses));
        emit EvseRegistry.EvseListed(operatorId, hash2, both[1]);
        vm.prank(keeper);
        evses.setListings(operatorId, both);
    }

    function test_Active() public {
        registers(second());
        bytes32[] memory both = new bytes32[](2);
        both[0] = evseIdHash;
        both[1] = hash2;
        vm.expectEmit(address(evses));
        emit EvseRegistry.EvseActive(operatorId, evseIdHash, false);
        vm.expectEmit(address(evses));
        emit EvseRegistry.EvseActive(operatorId, hash2, false);
        vm.prank(keeper);
        evses.setActive(operatorId, both, false);
        vm.assertFalse(evses.evseOf(operatorId, evseIdHash).active);
        vm.assertFalse(evses.evseOf(operatorId, hash2).active);
        vm.prank(keeper);
        evses.setActive(operatorId, both, true);
        vm.assertTrue(evses.evseOf(operatorId, hash2).active);
        vm.prank(quoter);
        vm.expectRevert(mayNot(quoter, Scopes.EVSE));
        evses.setActive(operatorId, both, true);
        vm.prank(keeper);
        vm.expectRevert(abi.encodeWithSelector(EvseUnknown.selector, operatorId, bytes32("x")));
        evses.setActive(operatorId, one("x"), true);
        vm.prank(keeper);
        vm.expectRevert(abi.encodeWithSelector(BadBatchSize.selector, 101));
        evses.setActive(operatorId, new bytes32[](101), true);
    }

    // ---- Meter keys

    function test_MeterKey() public {
        bytes32 old = keccak256(abi.encodePacked(meter));
        bytes memory next = abi.encodePacked(stranger);
        uint48 from = uint48(T0 + 24 hours);
        vm.prank(keeper);
        vm.expectRevert(abi.encodeWithSelector(MeterKeyTooSoon.selector, from));
        evses.setMeterKey(operatorId, evseIdHash, next, KeyClass.Station, from - 1);
        vm.expectEmit(address(evses));
        emit EvseRegistry.MeterKeySet(operatorId, evseIdHash, keccak256(next), next, KeyClass.Station, from);
        vm.prank(keeper);
        evses.setMeterKey(operatorId, evseIdHash, next, KeyClass.Station, from);
        vm.warp(from - 1);
        vm.assertEq(evses.meterKeyHashOf(operatorId, evseIdHash), old);
        vm.warp(from);
        vm.assertEq(evses.meterKeyHashOf(operatorId, evseIdHash), keccak256(next));
    }

    function test_MeterKey_AnotherReplacement() public {
        bytes32 old = keccak256(abi.encodePacked(meter));
        vm.startPrank(keeper);
        evses.setMeterKey(operatorId, evseIdHash, abi.encodePacked(stranger), KeyClass.Station, uint48(T0 + 2 days));
        evses.setMeterKey(operatorId, evseIdHash, abi.encodePacked(driver), KeyClass.Station, uint48(T0 + 3 days));
        vm.warp(T0 + 2 days);
        vm.assertEq(evses.meterKeyHashOf(operatorId, evseIdHash), old);
        vm.warp(T0 + 3 days);
        vm.assertEq(evses.meterKeyHashOf(operatorId, evseIdHash), keccak256(abi.encodePacked(driver)));
        evses.setMeterKey(operatorId, evseIdHash, abi.encodePacked(stranger), KeyClass.Station, uint48(T0 + 5 days));
        vm.assertEq(evses.meterKeyHashOf(operatorId, evseIdHash), keccak256(abi.encodePacked(driver)));
        vm.warp(T0 + 5 days);
        vm.assertEq(evses.meterKeyHashOf(operatorId, evseIdHash), keccak256(abi.encodePacked(stranger)));
        vm.stopPrank();
    }

    function test_MeterKey_RevertWhen_TheOrderIsWrong() public {
        bytes memory next = abi.encodePacked(stranger);
        vm.prank(quoter);
        vm.expectRevert(mayNot(quoter, Scopes.METER));
        evses.setMeterKey(operatorId, evseIdHash, next, KeyClass.Station, uint48(T0 + 2 days));
        vm.startPrank(keeper);
        vm.expectRevert(abi.encodeWithSelector(EvseUnknown.selector, operatorId, hash2));
        evses.setMeterKey(operatorId, hash2, next, KeyClass.Station, uint48(T0 + 2 days));
        vm.expectRevert(abi.encodeWithSelector(BadMeterKey.selector));
        evses.setMeterKey(operatorId, evseIdHash, "", KeyClass.Station, uint48(T0 + 2 days));
        vm.stopPrank();
    }

    function test_Flag() public {
        bytes32 hash = keccak256(abi.encodePacked(meter));
        vm.assertFalse(evses.isCompromised(operatorId, hash));
        vm.prank(quoter);
        vm.expectRevert(mayNot(quoter, Scopes.METER));
        evses.flagMeterKey(operatorId, hash);
        vm.expectEmit(address(evses));
        emit EvseRegistry.MeterKeyFlagged(operatorId, hash);
        vm.prank(keeper);
        evses.flagMeterKey(operatorId, hash);
        vm.assertTrue(evses.isCompromised(operatorId, hash));
        vm.assertFalse(evses.isCompromised("other", hash));
    }

    // ---- Standing offers

    function update(bytes32 hash, uint256 validUntil) internal view returns (OfferUpdate[] memory updates) {
        updates = new OfferUpdate[](1);
        updates[0] = OfferUpdate(hash, defaultOffer(), uint48(validUntil));
    }

    function test_Offers() public {
        StandingOffer memory offer = defaultOffer();
        bytes32 offerHash = keccak256(abi.encode(offer));
        vm.expectEmit(address(evses));
        emit EvseRegistry.OfferSet(operatorId, evseIdHash, offerHash, offer, uint48(T0 + 30 days));
        vm.prank(quoter);
        evses.setOffers(operatorId, update(evseIdHash, T0 + 30 days));
        EvseRegistry.Evse memory stored = evses.evseOf(operatorId, evseIdHash);
        vm.assertEq(stored.offerHash, offerHash);
        vm.assertEq(stored.offerValidUntil, T0 + 30 days);
        vm.assertTrue(stored.active && stored.registered);
        vm.assertEq(stored.meterKeyHash, keccak256(abi.encodePacked(meter)));
    }

    function test_Offers_Several() public {
        registers(second());
        OfferUpdate[] memory updates = new OfferUpdate[](2);
        updates[0] = update(evseIdHash, T0 + 1 days)[0];
        updates[1] = update(hash2, T0 + 2 days)[0];
        vm.prank(quoter);
        evses.setOffers(operatorId, updates);
        vm.assertEq(evses.evseOf(operatorId, evseIdHash).offerValidUntil, T0 + 1 days);
        vm.assertEq(evses.evseOf(operatorId, hash2).offerValidUntil, T0 + 2 days);
    }

    function test_Offers_RevertWhen_TheOrderIsWrong() public {
        vm.prank(keeper);
        vm.expectRevert(mayNot(keeper, Scopes.QUOTE));
        evses.setOffers(operatorId, update(evseIdHash, T0));
        vm.startPrank(quoter);
        vm.expectRevert(abi.encodeWithSelector(EvseUnknown.selector, operatorId, hash2));
        evses.setOffers(operatorId, update(hash2, T0));
        vm.expectRevert(abi.encodeWithSelector(BadValidity.selector, T0 - 1));
        evses.setOffers(operatorId, update(evseIdHash, T0 - 1));
        vm.expectRevert(abi.encodeWithSelector(BadValidity.selector, T0 + 30 days + 1));
        evses.setOffers(operatorId, update(evseIdHash, T0 + 30 days + 1));
        evses.setOffers(operatorId, update(evseIdHash, T0));
        vm.expectRevert(abi.encodeWithSelector(BadBatchSize.selector, 0));
        evses.setOffers(operatorId, new OfferUpdate[](0));
        vm.stopPrank();
    }

    function test_Offers_AreRenewed() public {
        registers(second());
        vm.startPrank(quoter);
        evses.setOffers(operatorId, update(evseIdHash, T0 + 1 days));
        bytes32[] memory both = new bytes32[](2);
        both[0] = evseIdHash;
        both[1] = hash2;
        vm.expectRevert(abi.encodeWithSelector(OfferMissing.selector, operatorId, hash2));
        evses.renewOffers(operatorId, both, uint48(T0 + 2 days));
        evses.setOffers(operatorId, update(hash2, T0 + 1 days));
        vm.expectEmit(address(evses));
        emit EvseRegistry.OfferRenewed(operatorId, evseIdHash, uint48(T0 + 2 days));
        vm.expectEmit(address(evses));
        emit EvseRegistry.OfferRenewed(operatorId, hash2, uint48(T0 + 2 days));
        evses.renewOffers(operatorId, both, uint48(T0 + 2 days));
        vm.assertEq(evses.evseOf(operatorId, hash2).offerValidUntil, T0 + 2 days);
        vm.assertEq(evses.evseOf(operatorId, hash2).offerHash, keccak256(abi.encode(defaultOffer())));
        vm.expectRevert(abi.encodeWithSelector(BadValidity.selector, T0 + 31 days));
        evses.renewOffers(operatorId, both, uint48(T0 + 31 days));
        vm.expectRevert(abi.encodeWithSelector(EvseUnknown.selector, operatorId, bytes32("x")));
        evses.renewOffers(operatorId, one("x"), uint48(T0 + 1 days));
        vm.expectRevert(abi.encodeWithSelector(BadBatchSize.selector, 0));
        evses.renewOffers(operatorId, new bytes32[](0), uint48(T0 + 1 days));
        vm.stopPrank();
        vm.prank(keeper);
        vm.expectRevert(mayNot(keeper, Scopes.QUOTE));
        evses.renewOffers(operatorId, both, uint48(T0 + 1 days));
    }

    function test_Offers_AreWithdrawn() public {
        registers(second());
        bytes32[] memory both = new bytes32[](2);
        both[0] = evseIdHash;
        both[1] = hash2;
        vm.startPrank(quoter);
        evses.setOffers(operatorId, update(evseIdHash, T0 + 1 days));
        evses.setOffers(operatorId, update(hash2, T0 + 1 days));
        vm.expectEmit(address(evses));
        emit EvseRegistry.OfferWithdrawn(operatorId, evseIdHash);
        vm.expectEmit(address(evses));
        emit EvseRegistry.OfferWithdrawn(operatorId, hash2);
        evses.withdrawOffers(operatorId, both);
        EvseRegistry.Evse memory stored = evses.evseOf(operatorId, hash2);
        vm.assertEq(stored.offerHash, 0);
        vm.assertEq(stored.offerValidUntil, 0);
        vm.expectRevert(abi.encodeWithSelector(OfferMissing.selector, operatorId, evseIdHash));
        evses.renewOffers(operatorId, both, uint48(T0 + 1 days));
        vm.expectRevert(abi.encodeWithSelector(EvseUnknown.selector, operatorId, bytes32("x")));
        evses.withdrawOffers(operatorId, one("x"));
        vm.expectRevert(abi.encodeWithSelector(BadBatchSize.selector, 0));
        evses.withdrawOffers(operatorId, new bytes32[](0));
        vm.stopPrank();
        vm.prank(keeper);
        vm.expectRevert(mayNot(keeper, Scopes.QUOTE));
        evses.withdrawOffers(operatorId, both);
    }

    // ---- Views and making

    function test_EvseIdHashOf() public {
        vm.assertEq(evses.evseIdHashOf(operatorId, "fr*wrn-e000001"), evseIdHash);
        vm.expectRevert(abi.encodeWithSelector(OperatorUnknown.selector, bytes32("x")));
        evses.evseIdHashOf("x", EVSE_ID);
        vm.assertEq(evses.meterKeyHashOf(operatorId, hash2), 0);
        vm.assertEq(address(evses.OPERATORS()), address(operators));
        vm.assertEq(evses.VERIFIER(), address(verifier));
    }

    function make(address registry, address checker) external {
        Code.deploy("EvseRegistry", abi.encode(registry, checker));
    }

    function test_RevertWhen_APartIsMissing() public {
        vm.expectRevert(abi.encodeWithSelector(ZeroAddress.selector));
        this.make(address(0), address(verifier));
        vm.expectRevert(abi.encodeWithSelector(ZeroAddress.selector));
        this.make(address(operators), address(0));
    }
}
