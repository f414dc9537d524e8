// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    BadMeterSignature,
    Implausible,
    MeterKeyCompromised,
    NotUnderRoot,
    WrongMeterKey,
    WrongRecordKind,
    WrongSession
} from "../../src/ChargeErrors.sol";
import {ChargeReceipt, ChargeTerms, MeterEvidence, MeterRecord, RecordKind} from "../../src/ChargeTypes.sol";
import {P256MeterVerifier} from "../../src/P256MeterVerifier.sol";
import {Eip712} from "../support/Eip712.sol";
import {SmartWallet} from "../support/Wallets.sol";
import {World} from "../support/World.sol";

contract EvidenceTest is World {
    using Eip712 for *;

    /// @dev Proposes and disputes a receipt over these two records, then proves with `e`.
    function proves(ChargeTerms memory t, MeterRecord memory start, MeterRecord memory end, MeterEvidence memory e)
        internal
    {
        proves(t, receiptFor(t), start, end, e, "");
    }

    function proves(
        ChargeTerms memory t,
        ChargeReceipt memory r,
        MeterRecord memory start,
        MeterRecord memory end,
        MeterEvidence memory e,
        bytes memory reason
    ) internal {
        uint256 snapshot = vm.snapshotState();
        opened(t);
        afterCharge();
        (r.meterRoot,,) = tree(start, end);
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
        vm.prank(driver);
        escrow.dispute(t, 0, 0, "");
        if (reason.length != 0) vm.expectRevert(reason);
        escrow.prove(t, r, e);
        vm.revertToState(snapshot);
    }

    function refuses(MeterRecord memory start, MeterRecord memory end, bytes memory reason) internal {
        proves(credit(), receiptFor(credit()), start, end, evidenceOf(start, end), reason);
    }

    function refuses(MeterEvidence memory e, bytes memory reason) internal {
        ChargeTerms memory t = credit();
        proves(t, receiptFor(t), startRecord(t), endRecord(t), e, reason);
    }

    function test_RevertWhen_TheKeyIsAnother() public {
        MeterEvidence memory e = evidence(credit());
        e.meterKey = abi.encodePacked(stranger);
        refuses(
            e,
            abi.encodeWithSelector(
                WrongMeterKey.selector, credit().meterKeyHash, keccak256(abi.encodePacked(stranger))
            )
        );
    }

    function test_RevertWhen_TheKeyIsFlagged() public {
        bytes32 hash = credit().meterKeyHash;
        vm.prank(keeper);
        evses.flagMeterKey(operatorId, hash);
        refuses(evidence(credit()), abi.encodeWithSelector(MeterKeyCompromised.selector, hash));
    }

    function test_RevertWhen_TheKeyIsAContract() public {
        SmartWallet wallet = new SmartWallet(meter);
        ChargeTerms memory t = credit();
        t.meterKeyHash = keccak256(abi.encodePacked(address(wallet)));
        MeterEvidence memory e = evidence(t);
        e.meterKey = abi.encodePacked(address(wallet));
        proves(
            t, receiptFor(t), startRecord(t), endRecord(t), e, abi.encodeWithSelector(BadMeterSignature.selector)
        );
    }

    function p256Key(address checker) internal pure returns (bytes memory) {
        (uint256 x, uint256 y) = vm.publicKeyP256(P256_METER);
        return abi.encodePacked(checker, x, y);
    }

    function p256Evidence(ChargeTerms memory t, bytes memory key) internal view returns (MeterEvidence memory e) {
        e = evidence(t);
        e.meterKey = key;
        e.start.signature = p256Signed(P256_METER, recordDigest(e.start.record));
        e.end.signature = p256Signed(P256_METER, recordDigest(e.end.record));
    }

    function test_GivenAP256Key() public {
        ChargeTerms memory t = credit();
        bytes memory key = p256Key(address(verifier));
        t.meterKeyHash = keccak256(key);
        proves(t, startRecord(t), endRecord(t), p256Evidence(t, key));
    }

    function test_RevertWhen_TheP256KeyOrSignatureIsWrong() public {
        bytes memory reason = abi.encodeWithSelector(BadMeterSignature.selector);
        ChargeTerms memory t = credit();
        bytes memory key = p256Key(address(new P256MeterVerifier()));
        t.meterKeyHash = keccak256(key);
        proves(t, receiptFor(t), startRecord(t), endRecord(t), p256Evidence(t, key), reason);
        key = bytes.concat(p256Key(address(verifier)), hex"00");
        t.meterKeyHash = keccak256(key);
        proves(t, receiptFor(t), startRecord(t), endRecord(t), p256Evidence(t, key), reason);
        key = p256Key(address(verifier));
        t.meterKeyHash = keccak256(key);
        MeterEvidence memory e = p256Evidence(t, key);
        e.end.signature = e.start.signature;
        proves(t, receiptFor(t), startRecord(t), endRecord(t), e, reason);
        e = p256Evidence(t, key);
        e.end.signature = bytes.concat(e.end.signature, hex"00");
        proves(t, receiptFor(t), startRecord(t), endRecord(t), e, reason);
    }

    function test_RevertWhen_ARecordIsAnothers() public {
        ChargeTerms memory t = credit();
        bytes32 id = idOf(t);
        MeterRecord memory start = startRecord(t);
        MeterRecord memory end = endRecord(t);
        bytes memory wrongSession = abi.encodeWithSelector(WrongSession.selector, id, bytes32("other"));
        start.sessionId = "other";
        refuses(start, end, wrongSession);
        start = startRecord(t);
        end.sessionId = "other";
        refuses(start, end, wrongSession);
        end = endRecord(t);
        start.kind = RecordKind.End;
        refuses(start, end, abi.encodeWithSelector(WrongRecordKind.selector));
        start = startRecord(t);
        end.kind = RecordKind.Interim;
        refuses(start, end, abi.encodeWithSelector(WrongRecordKind.selector));
    }

    function test_RevertWhen_ARecordIsUnsigned() public {
        bytes memory reason = abi.encodeWithSelector(BadMeterSignature.selector);
        MeterEvidence memory e = evidence(credit());
        e.start.signature = signed(STRANGER, e.start.record.hash());
        refuses(e, reason);
        e = evidence(credit());
        e.end.signature = "";
        refuses(e, reason);
    }

    function test_RevertWhen_ARecordIsNotUnderTheRoot() public {
        MeterEvidence memory e = evidence(credit());
        e.start.proof[1] = 0;
        refuses(e, abi.encodeWithSelector(NotUnderRoot.selector, recordDigest(e.start.record)));
        e = evidence(credit());
        e.end.proof = new bytes32[](0);
        refuses(e, abi.encodeWithSelector(NotUnderRoot.selector, recordDigest(e.end.record)));
        e = evidence(credit());
        MeterRecord memory other = endRecord(credit());
        other.wh += 1;
        e.end.record = other;
        e.end.signature = signed(METER, other.hash());
        refuses(e, abi.encodeWithSelector(NotUnderRoot.selector, recordDigest(other)));
    }

    function test_RevertWhen_TheCounterDoesNotRise() public {
        MeterRecord memory end = endRecord(credit());
        end.counter = 7;
        refuses(startRecord(credit()), end, abi.encodeWithSelector(Implausible.selector));
        end.counter = 8;
        refuses(startRecord(credit()), end, "");
    }

    function test_Plausibility_OfTimes() public {
        bytes memory reason = abi.encodeWithSelector(Implausible.selector);
        ChargeTerms memory t = credit();
        MeterRecord memory start = startRecord(t);
        MeterRecord memory end = endRecord(t);
        start.time = uint48(T0 - 5 minutes);
        refuses(start, end, "");
        start.time -= 1;
        refuses(start, end, reason);
        start = startRecord(t);
        end.time = start.time - 1;
        refuses(start, end, reason);
        end = endRecord(t);
        end.idleSeconds = 601;
        refuses(start, end, reason);
        end.idleSeconds = type(uint32).max;
        end.chargingSeconds = type(uint32).max;
        refuses(start, end, reason);
    }

    function test_Plausibility_OfEnergy() public {
        bytes memory reason = abi.encodeWithSelector(Implausible.selector);
        ChargeTerms memory t = credit();
        MeterRecord memory start = startRecord(t);
        MeterRecord memory end = endRecord(t);
        end.wh = start.wh - 1;
        refuses(start, end, reason);
        end.wh = start.wh + 25_767;
        refuses(start, end, reason);
        end.wh = start.wh + 25_766;
        refuses(start, end, "");
    }

    /// @dev What is proven, after records that exceed the receipt in one dimension and fall short in another.
    function test_CountsNoMoreThanTheReceipt() public {
        ChargeTerms memory t = credit();
        MeterRecord memory start = startRecord(t);
        MeterRecord memory end = endRecord(t);
        end.wh += 5000;
        end.chargingSeconds = 3000;
        end.idleSeconds = 1200;
        ChargeReceipt memory r = receiptFor(t);
        opened(t);
        afterCharge();
        (r.meterRoot,,) = tree(start, end);
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
        vm.prank(driver);
        escrow.dispute(t, 0, 0, "");
        escrow.prove(t, r, evidenceOf(start, end));
        vm.assertEq(creditOf(payout), 350_000 + 4_500_000 + 2_500_000 + 1_000_000);
    }

    function test_GivenASingleLeafPair() public {
        // A root over the two records alone: proofs of length one.
        ChargeTerms memory t = credit();
        opened(t);
        afterCharge();
        ChargeReceipt memory r = receiptFor(t);
        MeterEvidence memory e = evidence(t);
        bytes32 a = leafOf(e.start.record);
        bytes32 b = leafOf(e.end.record);
        r.meterRoot = pairHash(a, b);
        e.start.proof = new bytes32[](1);
        e.start.proof[0] = b;
        e.end.proof = new bytes32[](1);
        e.end.proof[0] = a;
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
        vm.prank(driver);
        escrow.dispute(t, 0, 0, "");
        escrow.prove(t, r, e);
        vm.assertEq(creditOf(payout), r.amount + EURO);
    }

    /// @dev A leaf is hashed twice, so an inner node never passes for a record.
    function test_RevertWhen_AnInnerNodeIsGivenAsLeaf() public {
        ChargeTerms memory t = credit();
        opened(t);
        afterCharge();
        ChargeReceipt memory r = receiptFor(t);
        MeterEvidence memory e = evidence(t);
        bytes32 once = keccak256(abi.encode(recordDigest(e.start.record)));
        r.meterRoot = once;
        e.start.proof = new bytes32[](0);
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
        vm.prank(driver);
        escrow.dispute(t, 0, 0, "");
        vm.expectRevert(abi.encodeWithSelector(NotUnderRoot.selector, recordDigest(e.start.record)));
        escrow.prove(t, r, e);
    }
}
