// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {BatchItem, ChargeReceipt, ChargeTerms, Source} from "../../src/ChargeTypes.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

contract LayoutTest is World {
    using Eip712 for *;

    function testFuzz_TermsHashAsTheirType(uint256 seed) public view {
        ChargeTerms memory t = anyTerms(seed);
        vm.assertEq(escrow.sessionIdOf(t), idOf(t));
    }

    function testFuzz_ABatchItemHasTheSameId(uint256 seed, ChargeReceipt memory r) public {
        ChargeTerms memory t = anyTerms(seed);
        r.sessionId = idOf(t);
        BatchItem[] memory items = new BatchItem[](1);
        items[0] = batchItem(t, r);
        vm.expectEmit(true, false, false, false, address(escrow));
        emit ChargeEscrow.ItemSkipped(idOf(t), 0);
        vm.assertEq(escrow.settleBatch(items), 0);
    }

    /// @dev Every field another value, drawn from the seed.
    function anyTerms(uint256 seed) internal pure returns (ChargeTerms memory t) {
        bytes32[22] memory words;
        for (uint256 i = 0; i < 22; ++i) words[i] = keccak256(abi.encode(seed, i));
        t.driver = address(uint160(uint256(words[0])));
        t.operatorId = words[1];
        t.payee = address(uint160(uint256(words[2])));
        t.token = address(uint160(uint256(words[3])));
        t.source = Source(uint256(words[4]) % 3);
        t.startFee = uint64(uint256(words[5]));
        t.pricePerKWh = uint64(uint256(words[6]));
        t.pricePerMinute = uint64(uint256(words[7]));
        t.idlePerMinute = uint64(uint256(words[8]));
        t.maxPowerW = uint32(uint256(words[9]));
        t.sessionKey = address(uint160(uint256(words[10])));
        t.evseIdHash = words[11];
        t.connector = uint16(uint256(words[12]));
        t.maxAmount = uint256(words[13]);
        t.tariffHash = words[14];
        t.meterKeyHash = words[15];
        t.disputeBond = uint64(uint256(words[16]));
        t.disputeWindow = uint32(uint256(words[17]));
        t.openBy = uint48(uint256(words[18]));
        t.startBy = uint48(uint256(words[19]));
        t.settleBy = uint48(uint256(words[20]));
        t.salt = words[21];
    }

    function test_TheIdIsUnderTheEscrowsDomain() public view {
        (, string memory name, string memory version, uint256 chainId, address verifying,,) = escrow.eip712Domain();
        vm.assertEq(name, "Werenode Charge Escrow");
        vm.assertEq(version, "1");
        vm.assertEq(chainId, block.chainid);
        vm.assertEq(verifying, address(escrow));
    }
}
