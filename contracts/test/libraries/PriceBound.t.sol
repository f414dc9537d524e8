// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeTerms} from "../../src/ChargeTypes.sol";
import {World} from "../support/World.sol";

contract PriceBoundTest is World {
    string private constant VECTORS = "../packages/core/vectors/bound.json";

    function test_AgreesWithTheSharedVectors() public view {
        string memory json = vm.readFile(VECTORS);
        uint256 count = 0;
        while (vm.keyExistsJson(json, string.concat(".vectors[", vm.toString(count), "]"))) {
            checkVector(json, string.concat(".vectors[", vm.toString(count), "]"));
            ++count;
        }
        vm.assertGe(count, 50, "vectors");
    }

    function checkVector(string memory json, string memory place) internal view {
        ChargeTerms memory t;
        t.startFee = uint64(text(json, place, ".startFee"));
        t.pricePerKWh = uint64(text(json, place, ".pricePerKWh"));
        t.pricePerMinute = uint64(text(json, place, ".pricePerMinute"));
        t.idlePerMinute = uint64(text(json, place, ".idlePerMinute"));
        uint256 found = escrow.boundOf(
            t,
            uint64(text(json, place, ".energyWh")),
            uint32(vm.parseJsonUint(json, string.concat(place, ".chargingSeconds"))),
            uint32(vm.parseJsonUint(json, string.concat(place, ".idleSeconds")))
        );
        vm.assertEq(found, text(json, place, ".bound"), vm.parseJsonString(json, string.concat(place, ".name")));
    }

    function text(string memory json, string memory place, string memory field) internal pure returns (uint256) {
        return vm.parseUint(vm.parseJsonString(json, string.concat(place, field)));
    }

    function testFuzz_IsTheExactPriceRoundedDown(
        uint64[4] memory prices,
        uint64 wh,
        uint32 charging,
        uint32 idle
    ) public view {
        uint256 exact = uint256(prices[0]) * 60_000 + uint256(wh) * prices[1] * 60
            + uint256(charging) * prices[2] * 1000 + uint256(idle) * prices[3] * 1000;
        uint256 found = escrow.boundOf(priced(prices), wh, charging, idle);
        vm.assertTrue(found * 60_000 <= exact && exact < (found + 1) * 60_000);
    }

    function testFuzz_NeverFalls(uint64[4] memory prices, uint32 wh, uint32 more, uint16 charging, uint16 idle)
        public
        view
    {
        ChargeTerms memory t = priced(prices);
        uint256 less = escrow.boundOf(t, wh, charging, idle);
        vm.assertLe(less, escrow.boundOf(t, uint64(wh) + more, charging, idle));
        vm.assertLe(less, escrow.boundOf(t, wh, uint32(charging) + 1, idle));
        vm.assertLe(less, escrow.boundOf(t, wh, charging, uint32(idle) + 1));
    }

    function priced(uint64[4] memory prices) internal pure returns (ChargeTerms memory t) {
        (t.startFee, t.pricePerKWh, t.pricePerMinute, t.idlePerMinute) =
        (prices[0], prices[1], prices[2], prices[3]);
    }
}
