// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    BatchItem,
    ChargeReceipt,
    ChargeTerms,
    Deposit,
    EvseRegistration,
    MeterEvidence,
    MeterRecord,
    OfferUpdate,
    OperatorConsent,
    Permit,
    RoamingStatement,
    Settlement,
    Source,
    Withdraw
} from "../../src/ChargeTypes.sol";
import {Eip712} from "../support/Eip712.sol";
import {World} from "../support/World.sol";

/// @dev What each operation costs as a transaction of its own: 21,000, calldata and refunds included. Run with --isolate;
/// tools/gas.ts holds the figures against snapshots/Gas.json and the bars.
contract GasTest is World {
    using Eip712 for *;

    uint256 private constant BATCH = 30;

    function took(string memory name) internal {
        vm.snapshotGasLastCall("Gas", name);
    }

    function tookEach(string memory name, uint256 count) internal {
        vm.snapshotValue("Gas", name, vm.lastCallGas().gasTotalUsed / count);
    }

    // ---- Opening

    function test_open() public {
        ChargeTerms memory t = credit();
        escrow.open(t, agreed(t), quote(t));
        took("open from credit");
        vm.prank(canceller);
        escrow.cancel(t);
        took("cancel");
        t.salt = "again";
        escrow.open(t, agreed(t), quote(t));
        took("open from credit, same driver and connector again");
    }

    function test_openStanding() public {
        setOffer(defaultOffer(), T0 + 1 days);
        ChargeTerms memory t = credit();
        escrow.open(t, agreed(t), standing(defaultOffer()));
        took("open from credit by standing offer");
    }

    function test_openWithAuthorization() public {
        ChargeTerms memory t = terms(Source.Authorization);
        euro.mint(driver, 100 * EURO);
        escrow.openWithAuthorization(t, authorizationFor(t, DRIVER), quote(t));
        took("open with authorization");
    }

    function test_openWithPermit() public {
        ChargeTerms memory t = terms(Source.Allowance);
        euro.mint(driver, 100 * EURO);
        Permit memory permit;
        permit.deadline = T0 + 1 hours;
        bytes32 structHash = Eip712.permit(driver, address(escrow), t.maxAmount, 0, permit.deadline);
        (permit.v, permit.r, permit.s) = vm.sign(DRIVER, Eip712.digest(tokenDomain(address(euro)), structHash));
        escrow.openWithPermit(t, permit, agreed(t), quote(t));
        took("open with permit");
    }

    function test_openDirect() public {
        ChargeTerms memory t = credit();
        OperatorConsent memory consent = quote(t);
        vm.prank(driver);
        escrow.openDirect(t, consent);
        took("open as driver from credit");
    }

    function test_voidTerms() public {
        vm.prank(driver);
        escrow.voidTerms(credit(), 0, "");
        took("void terms");
    }

    // ---- Running

    function test_running() public {
        ChargeTerms memory t = credit();
        bytes32 id = opened(t);
        bytes memory signature = signed(DRIVER, Eip712.topUp(id, 40 * EURO, uint48(T0)));
        escrow.topUp(t, 40 * EURO, uint48(T0), signature);
        took("top up from credit");
        vm.warp(t.startBy + 1);
        vm.prank(driver);
        escrow.requestCancel(t, 0, "");
        took("request cancel");
        vm.warp(block.timestamp + 2 hours + 1);
        escrow.finaliseCancel(t);
        took("finalise cancel");
    }

    function test_acknowledge() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.prank(receipter);
        escrow.acknowledgeStart(t);
        took("acknowledge start");
        ChargeTerms[] memory batch = new ChargeTerms[](BATCH);
        for (uint256 i = 0; i < BATCH; ++i) {
            batch[i] = credit();
            batch[i].connector = uint16(i + 2);
            opened(batch[i]);
        }
        vm.prank(receipter);
        escrow.acknowledgeStartBatch(batch);
        tookEach("acknowledge start, each of 30 in a batch", BATCH);
    }

    function test_reclaim() public {
        ChargeTerms memory t = credit();
        opened(t);
        vm.warp(t.settleBy + 1);
        escrow.reclaim(t);
        took("reclaim");
    }

    // ---- Settling

    function test_settle() public {
        ChargeTerms memory t = credit();
        opened(t);
        ChargeTerms memory second = credit();
        second.connector = 2;
        opened(second);
        ChargeTerms memory third = terms(Source.Authorization);
        third.connector = 3;
        opened(third);
        afterCharge();
        escrow.settle(settlement(t, receiptFor(t)));
        took("settle co-signed, the payee's first ever");
        escrow.settle(settlement(second, receiptFor(second)));
        took("settle co-signed");
        escrow.settle(settlement(third, receiptFor(third)));
        took("settle co-signed, refund to a wallet");
    }

    function batch(Source source) internal returns (BatchItem[] memory items) {
        items = new BatchItem[](BATCH);
        for (uint256 i = 0; i < BATCH; ++i) {
            vm.warp(T0);
            ChargeTerms memory t = terms(source);
            uint256 key = uint256(keccak256(abi.encode("driver of a batch", i)));
            t.driver = vm.addr(key);
            if (source == Source.Credit) {
                fund(t.driver, 100 * EURO);
                escrow.open(t, signed(key, t.hash()), quote(t));
            } else {
                euro.mint(t.driver, 100 * EURO);
                escrow.openWithAuthorization(t, authorizationFor(t, key), quote(t));
            }
            afterCharge();
            items[i] = batchItem(t, receiptFor(t));
        }
    }

    function test_settleBatch() public {
        BatchItem[] memory items = batch(Source.Credit);
        escrow.settleBatch(items);
        tookEach("settle, each of 30 credit-funded in a batch", BATCH);
    }

    function test_settleBatchOfWallets() public {
        BatchItem[] memory items = batch(Source.Authorization);
        escrow.settleBatch(items);
        tookEach("settle, each of 30 wallet-funded in a batch", BATCH);
    }

    function test_proposeAndFinalise() public {
        ChargeTerms memory t = credit();
        opened(t);
        afterCharge();
        ChargeReceipt memory r = receiptFor(t);
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
        took("propose");
        vm.warp(block.timestamp + 24 hours + 1);
        escrow.finalise(t);
        took("finalise");
    }

    function test_disputeAndProve() public {
        ChargeTerms memory t = credit();
        (, ChargeReceipt memory r) = proposed(t);
        vm.prank(sessionKey);
        escrow.dispute(t, 2 * EURO, 0, "");
        took("dispute");
        escrow.prove(t, r, evidence(t));
        took("prove, secp256k1 meter");
    }

    function test_concede() public {
        ChargeTerms memory t = credit();
        disputed(t, 2 * EURO);
        vm.prank(canceller);
        escrow.concede(t);
        took("concede");
    }

    function test_proveP256() public {
        (uint256 x, uint256 y) = vm.publicKeyP256(P256_METER);
        ChargeTerms memory t = credit();
        bytes memory key = abi.encodePacked(address(verifier), x, y);
        t.meterKeyHash = keccak256(key);
        (, ChargeReceipt memory r) = disputed(t, 2 * EURO);
        MeterEvidence memory e = evidence(t);
        e.meterKey = key;
        e.start.signature = p256Signed(P256_METER, recordDigest(e.start.record));
        e.end.signature = p256Signed(P256_METER, recordDigest(e.end.record));
        escrow.prove(t, r, e);
        took("prove, P-256 meter, chain without the precompile");
    }

    // ---- Credit

    function test_credit() public {
        euro.mint(stranger, 100 * EURO);
        vm.startPrank(stranger);
        euro.approve(address(escrow), 100 * EURO);
        escrow.deposit(address(euro), 10 * EURO, stranger);
        took("deposit, the account's first");
        escrow.deposit(address(euro), 10 * EURO, stranger);
        took("deposit");
        escrow.withdraw(address(euro), 5 * EURO, stranger);
        took("withdraw");
        vm.stopPrank();
        Withdraw memory w = Withdraw(stranger, address(euro), EURO, stranger, 0, uint48(T0));
        escrow.withdrawSigned(w, signed(STRANGER, w.hash()));
        took("withdraw, signed");
        Deposit memory d = Deposit(stranger, stranger, address(euro), EURO, "salt");
        bytes32 nonce = Eip712.digest(Eip712.domain(address(escrow)), d.hash());
        bytes32 structHash = Eip712.authorization(stranger, address(escrow), EURO, T0 + 60, nonce);
        bytes memory signature = rawSigned(STRANGER, Eip712.digest(tokenDomain(address(euro)), structHash));
        escrow.depositWithAuthorization(d, T0 + 60, signature);
        took("deposit with authorization");
    }

    function test_payStatement() public {
        fund(owner, 100 * EURO);
        RoamingStatement memory s = RoamingStatement(
            operatorId, operatorId, address(euro), 1, uint48(T0 - 1 days), uint48(T0), EURO, "root", uint48(T0)
        );
        escrow.payStatement(s, owner, signed(OWNER, s.hash()));
        took("pay a roaming statement, a pair's first");
        s.number = 2;
        s.periodStart = s.periodEnd;
        escrow.payStatement(s, owner, signed(OWNER, s.hash()));
        took("pay a roaming statement");
    }

    // ---- Registries

    function test_registries() public {
        vm.prank(stranger);
        operators.register("DEABC", stranger, "https://example.org/abc.json");
        took("register an operator");
        EvseRegistration[] memory items = new EvseRegistration[](BATCH);
        OfferUpdate[] memory updates = new OfferUpdate[](BATCH);
        bytes32[] memory hashes = new bytes32[](BATCH);
        for (uint256 i = 0; i < BATCH; ++i) {
            string memory id = string.concat("FR*WRN*E10", vm.toString(100 + i));
            items[i] = registration(id, abi.encodePacked(meter));
            hashes[i] = evses.evseIdHashOf(operatorId, id);
            updates[i] = OfferUpdate(hashes[i], defaultOffer(), uint48(T0 + 1 days));
        }
        vm.prank(keeper);
        evses.registerBatch(operatorId, items);
        tookEach("register an EVSE, each of 30", BATCH);
        vm.prank(quoter);
        evses.setOffers(operatorId, updates);
        tookEach("set a standing offer, each of 30", BATCH);
        vm.prank(quoter);
        evses.renewOffers(operatorId, hashes, uint48(T0 + 2 days));
        tookEach("renew a standing offer, each of 30", BATCH);
    }
}
