// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {
    BatchItem,
    ChargeReceipt,
    ChargeTerms,
    Deposit,
    OperatorConsent,
    RoamingStatement,
    Source,
    Withdraw
} from "../../src/ChargeTypes.sol";
import {HostileToken} from "../tokens/HostileToken.sol";
import {World} from "../support/World.sol";

/// @dev R35: no function of the escrow may be entered while another one moves tokens. The token calls each of them back
/// from inside its `transfer`; each must answer with the guard's own error and nothing else.
contract ReentrancyTest is World {
    HostileToken private token;

    function setUp() public override {
        super.setUp();
        token = new HostileToken();
        escrow = deployEscrow(address(token));
        token.mint(stranger, 10 * EURO);
        vm.startPrank(stranger);
        token.approve(address(escrow), 10 * EURO);
        escrow.deposit(address(token), 10 * EURO, stranger);
        vm.stopPrank();
    }

    /// @dev Every function of the escrow that changes anything, with arguments that can be decoded.
    function calls() internal view returns (bytes[] memory list) {
        ChargeTerms memory t = terms(Source.Credit);
        t.token = address(token);
        ChargeReceipt memory r = receiptFor(t);
        OperatorConsent memory consent = quote(t);
        BatchItem[] memory items = new BatchItem[](1);
        items[0] = batchItem(t, r);
        ChargeTerms[] memory batch = new ChargeTerms[](1);
        batch[0] = t;
        list = new bytes[](26);
        list[0] = abi.encodeCall(escrow.open, (t, "", consent));
        list[1] = abi.encodeCall(escrow.openWithPermit, (t, noPermit(), "", consent));
        list[2] = abi.encodeCall(escrow.openWithAuthorization, (t, "", consent));
        list[3] = abi.encodeCall(escrow.openDirect, (t, consent));
        list[4] = abi.encodeCall(escrow.voidTerms, (t, 0, ""));
        list[5] = abi.encodeCall(escrow.topUp, (t, 1, 0, ""));
        list[6] = abi.encodeCall(escrow.acknowledgeStart, (t));
        list[7] = abi.encodeCall(escrow.acknowledgeStartBatch, (batch));
        list[8] = abi.encodeCall(escrow.acknowledgeStartWithRecord, (t, startRecord(t), "", ""));
        list[9] = abi.encodeCall(escrow.requestCancel, (t, 0, ""));
        list[10] = abi.encodeCall(escrow.requestStop, (t, 0, ""));
        list[11] = abi.encodeCall(escrow.finaliseCancel, (t));
        list[12] = abi.encodeCall(escrow.cancel, (t));
        list[13] = abi.encodeCall(escrow.settle, (settlement(t, r)));
        list[14] = abi.encodeCall(escrow.settleBatch, (items));
        list[15] = abi.encodeCall(escrow.propose, (t, r, receipter, ""));
        list[16] = abi.encodeCall(escrow.finalise, (t));
        list[17] = abi.encodeCall(escrow.reclaim, (t));
        list[18] = abi.encodeCall(escrow.dispute, (t, 0, 0, ""));
        list[19] = abi.encodeCall(escrow.prove, (t, r, evidence(t)));
        list[20] = abi.encodeCall(escrow.concede, (t));
        list[21] = abi.encodeCall(escrow.deposit, (address(token), 1, stranger));
        list[22] = abi.encodeCall(escrow.depositWithPermit, (address(token), 1, stranger, noPermit()));
        list[23] = abi.encodeCall(
            escrow.depositWithAuthorization, (Deposit(stranger, stranger, address(token), 1, 0), 0, "")
        );
        list[24] = abi.encodeCall(escrow.withdraw, (address(token), 1, stranger));
        list[25] =
            abi.encodeCall(escrow.withdrawSigned, (Withdraw(stranger, address(token), 1, stranger, 0, 0), ""));
    }

    function test_RevertWhen_ATokenCallsBack() public {
        bytes[] memory list = calls();
        for (uint256 i = 0; i < list.length; ++i) assertShut(list[i]);
        RoamingStatement memory statement;
        assertShut(abi.encodeCall(escrow.payStatement, (statement, stranger, "")));
    }

    function assertShut(bytes memory call) private {
        uint256 snapshot = vm.snapshotState();
        token.setPayload(address(escrow), call);
        vm.prank(stranger);
        escrow.withdraw(address(token), EURO, stranger);
        vm.assertFalse(token.entered());
        vm.assertEq(
            token.answer(), abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector)
        );
        vm.revertToState(snapshot);
    }

    /// @dev The list above is whole: nothing that changes state was forgotten.
    function test_TheListIsWhole() public view {
        string memory abiJson = vm.readFile("artifacts/ChargeEscrow.json");
        uint256 changing = 0;
        for (uint256 i = 0; vm.keyExistsJson(abiJson, key(i, "")); ++i) {
            if (!vm.keyExistsJson(abiJson, key(i, ".stateMutability"))) continue;
            if (keccak256(bytes(vm.parseJsonString(abiJson, key(i, ".type")))) != keccak256("function")) continue;
            bytes32 mutability = keccak256(bytes(vm.parseJsonString(abiJson, key(i, ".stateMutability"))));
            if (mutability == keccak256("nonpayable")) ++changing;
        }
        // All of calls(), payStatement, and the three functions only the escrow itself may call.
        vm.assertEq(changing, calls().length + 4);
    }

    function key(uint256 place, string memory field) private pure returns (string memory) {
        return string.concat(".abi[", vm.toString(place), "]", field);
    }
}
