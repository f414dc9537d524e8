// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BatchItem, ChargeReceipt, ChargeTerms, OperatorConsent, Settlement, Source} from "../../src/ChargeTypes.sol";
import {World} from "../support/World.sol";
import {Eip712} from "../support/Eip712.sol";

contract GasProbe is World {
    using Eip712 for *;
    event Gas(string what, uint256 total, uint256 execution, uint256 calldataGas);
    function cdGas(bytes memory data) internal pure returns (uint256 gas) {
        for (uint256 i = 0; i < data.length; ++i) gas += data[i] == 0 ? 4 : 16;
    }
    function measure(string memory what, bytes memory data) internal returns (uint256 gas) {
        (bool ok,) = address(escrow).call(data);
        require(ok);
        gas = vm.snapshotGasLastCall(what);
        emit Gas(what, gas, gas - 21000 - cdGas(data), cdGas(data));
    }
    function test_open() public {
        ChargeTerms memory t = credit();
        measure("open", abi.encodeCall(escrow.open, (t, agreed(t), quote(t))));
    }
    function test_authorization() public {
        ChargeTerms memory t = terms(Source.Authorization);
        euro.mint(driver, 100 * EURO);
        measure("authorization", abi.encodeCall(escrow.openWithAuthorization, (t, authorizationFor(t, DRIVER), quote(t))));
    }
    function test_settle() public {
        ChargeTerms memory t = credit();
        opened(t);
        afterCharge();
        measure("settle", abi.encodeCall(escrow.settle, (settlement(t, receiptFor(t)))));
    }
    function test_batch() public {
        BatchItem[] memory items = new BatchItem[](30);
        for (uint256 i = 0; i < 30; ++i) {
            ChargeTerms memory t = credit();
            uint256 key = uint256(keccak256(abi.encode("d", i)));
            t.driver = vm.addr(key);
            fund(t.driver, 100 * EURO);
            escrow.open(t, signed(key, t.hash()), quote(t));
            items[i] = batchItem(t, receiptFor(t));
        }
        afterCharge();
        emit Gas("each", measure("batch", abi.encodeCall(escrow.settleBatch, (items))) / 30, 0, 0);
    }
}
// x
// y
