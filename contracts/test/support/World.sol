// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChargeEscrow} from "../../src/ChargeEscrow.sol";
import {EvidenceRules} from "../../src/EvidenceRules.sol";
import {EvseRegistry} from "../../src/EvseRegistry.sol";
import {OperatorRegistry} from "../../src/OperatorRegistry.sol";
import {P256MeterVerifier} from "../../src/P256MeterVerifier.sol";
import {TestEuro} from "../../src/TestEuro.sol";
import {
    BatchItem,
    ChargeReceipt,
    ChargeTerms,
    ConnectorListing,
    Delegation,
    EvseListing,
    EvseRegistration,
    KeyClass,
    MeterEvidence,
    MeterRecord,
    OfferUpdate,
    OperatorConsent,
    Permit,
    ProvenRecord,
    ReceiptFigures,
    RecordKind,
    Session,
    Settlement,
    Source,
    StandingOffer,
    Status,
    TermsCore
} from "../../src/ChargeTypes.sol";
import {Scopes} from "../../src/libraries/Scopes.sol";
import {Code} from "./Code.sol";
import {Eip712} from "./Eip712.sol";
import {Test} from "./Test.sol";

/// @dev A small world in which one driver charges at one operator's plug; tests change one thing in it at a time.
abstract contract World is Test {
    using Eip712 for *;

    uint256 internal constant T0 = 1_800_000_000;
    uint256 internal constant EURO = 1e6;

    uint256 internal constant DRIVER = uint256(keccak256("driver"));
    uint256 internal constant SESSION_KEY = uint256(keccak256("session key"));
    uint256 internal constant OWNER = uint256(keccak256("owner"));
    uint256 internal constant QUOTER = uint256(keccak256("quoter"));
    uint256 internal constant RECEIPTER = uint256(keccak256("receipter"));
    uint256 internal constant CANCELLER = uint256(keccak256("canceller"));
    uint256 internal constant KEEPER = uint256(keccak256("keeper"));
    uint256 internal constant PAYER = uint256(keccak256("payer"));
    uint256 internal constant METER = uint256(keccak256("meter"));
    uint256 internal constant STRANGER = uint256(keccak256("stranger"));
    /// @dev Below the order of secp256r1 with certainty.
    uint256 internal constant P256_METER = uint256(keccak256("p256 meter")) >> 8;

    address internal driver = vm.addr(DRIVER);
    address internal sessionKey = vm.addr(SESSION_KEY);
    address internal owner = vm.addr(OWNER);
    address internal quoter = vm.addr(QUOTER);
    address internal receipter = vm.addr(RECEIPTER);
    address internal canceller = vm.addr(CANCELLER);
    address internal keeper = vm.addr(KEEPER);
    address internal payer = vm.addr(PAYER);
    address internal meter = vm.addr(METER);
    address internal stranger = vm.addr(STRANGER);
    address internal payout = address(uint160(uint256(keccak256("payout"))));

    OperatorRegistry internal operators;
    P256MeterVerifier internal verifier;
    EvseRegistry internal evses;
    EvidenceRules internal evidenceRules;
    TestEuro internal euro;
    ChargeEscrow internal escrow;

    bytes32 internal operatorId;
    string internal constant EVSE_ID = "FR*WRN*E000001";
    bytes32 internal evseIdHash = keccak256("FRWRNE000001");

    function setUp() public virtual {
        vm.warp(T0);
        deployAll();
        foundOperator();
        fund(driver, 1000 * EURO);
    }

    // ---- Setting up

    function deployAll() internal {
        operators = OperatorRegistry(Code.deploy("OperatorRegistry", ""));
        verifier = P256MeterVerifier(Code.deploy("P256MeterVerifier", ""));
        evses = EvseRegistry(
            Code.deploy("EvseRegistry", abi.encode(operators, verifier))
        );
        evidenceRules = EvidenceRules(Code.deploy("EvidenceRules", abi.encode(evses)));
        euro = TestEuro(Code.deploy("TestEuro", ""));
        escrow = deployEscrow(address(euro));
    }

    function deployEscrow(address token) internal returns (ChargeEscrow) {
        address[] memory accepted = new address[](1);
        accepted[0] = token;
        return deployEscrow(accepted);
    }

    function deployEscrow(address[] memory accepted) internal returns (ChargeEscrow) {
        return
            ChargeEscrow(Code.deploy("ChargeEscrow", abi.encode(evidenceRules, accepted)));
    }

    function foundOperator() internal {
        vm.startPrank(owner);
        operatorId = operators.register("FRWRN", payout, "https://example.org/wrn.json");
        delegate(quoter, Scopes.QUOTE);
        delegate(receipter, Scopes.RECEIPT);
        delegate(canceller, Scopes.CANCEL);
        delegate(keeper, Scopes.EVSE | Scopes.METER);
        operators.setDelegate(
            operatorId, payer, Delegation(Scopes.PAY, uint48(T0 + 365 days), uint64(100 * EURO))
        );
        vm.stopPrank();
        EvseRegistration[] memory items = new EvseRegistration[](1);
        items[0] = registration(EVSE_ID, abi.encodePacked(meter));
        vm.prank(keeper);
        evses.registerBatch(operatorId, items);
    }

    function delegate(address account, uint8 scopes) internal {
        operators.setDelegate(operatorId, account, Delegation(scopes, uint48(T0 + 365 days), 0));
    }

    function registration(string memory evseId, bytes memory meterKey) internal pure returns (EvseRegistration memory) {
        return EvseRegistration(listing(evseId), meterKey, KeyClass.Gateway, true);
    }

    function listing(string memory evseId) internal pure returns (EvseListing memory) {
        ConnectorListing[] memory connectors = new ConnectorListing[](1);
        connectors[0] = ConnectorListing(1, "IEC_62196_T2", 22_000);
        return EvseListing(evseId, "Market square", 488_566_000, 23_522_000, connectors);
    }

    function fund(address account, uint256 amount) internal {
        euro.mint(address(this), amount);
        euro.approve(address(escrow), amount);
        escrow.deposit(address(euro), amount, account);
    }

    // ---- Terms and consent

    function credit() internal view returns (ChargeTerms memory) {
        return terms(Source.Credit);
    }

    function terms(Source source) internal view returns (ChargeTerms memory) {
        return ChargeTerms({
            driver: driver,
            operatorId: operatorId,
            payee: payout,
            evseIdHash: evseIdHash,
            connector: 1,
            token: address(euro),
            source: source,
            maxAmount: 25 * EURO,
            startFee: 350_000,
            pricePerKWh: 450_000,
            pricePerMinute: 50_000,
            idlePerMinute: 100_000,
            tariffHash: keccak256("tariff"),
            maxPowerW: 22_000,
            meterKeyHash: keccak256(abi.encodePacked(meter)),
            disputeBond: uint64(EURO),
            disputeWindow: 24 hours,
            openBy: uint48(block.timestamp + 10 minutes),
            startBy: uint48(block.timestamp + 40 minutes),
            settleBy: uint48(block.timestamp + 40 minutes + 72 hours),
            sessionKey: sessionKey,
            salt: keccak256("salt")
        });
    }

    function idOf(ChargeTerms memory t) internal view returns (bytes32) {
        return Eip712.digest(Eip712.domain(address(escrow)), t.hash());
    }

    /// @dev `key`'s signature over a struct, under the escrow's domain.
    function signed(uint256 key, bytes32 structHash) internal view returns (bytes memory) {
        return rawSigned(key, Eip712.digest(Eip712.domain(address(escrow)), structHash));
    }

    function rawSigned(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function agreed(ChargeTerms memory t) internal view returns (bytes memory) {
        return signed(DRIVER, t.hash());
    }

    function quote(ChargeTerms memory t) internal view returns (OperatorConsent memory) {
        return quoteBy(QUOTER, t);
    }

    function quoteBy(uint256 key, ChargeTerms memory t) internal view returns (OperatorConsent memory) {
        return OperatorConsent(vm.addr(key), signed(key, Eip712.quote(idOf(t))), new StandingOffer[](0));
    }

    function standing(StandingOffer memory offer) internal pure returns (OperatorConsent memory consent) {
        consent.offer = new StandingOffer[](1);
        consent.offer[0] = offer;
    }

    /// @dev The offer that `credit()` terms take.
    function defaultOffer() internal view returns (StandingOffer memory) {
        return StandingOffer({
            token: address(euro),
            payee: payout,
            startFee: 350_000,
            pricePerKWh: 450_000,
            pricePerMinute: 50_000,
            idlePerMinute: 100_000,
            tariffHash: keccak256("tariff"),
            meterKeyHash: keccak256(abi.encodePacked(meter)),
            maxPowerW: 22_000,
            disputeWindow: 24 hours,
            disputeBond: uint64(EURO),
            minAmount: 20 * EURO,
            maxAmount: 50 * EURO,
            startDelay: 30 minutes,
            settlePeriod: 72 hours,
            connectors: 1 << 1
        });
    }

    function setOffer(StandingOffer memory offer, uint256 validUntil) internal {
        OfferUpdate[] memory updates = new OfferUpdate[](1);
        updates[0] = OfferUpdate(evseIdHash, offer, uint48(validUntil));
        vm.prank(quoter);
        evses.setOffers(operatorId, updates);
    }

    function authorizationFor(ChargeTerms memory t, uint256 key) internal view returns (bytes memory) {
        bytes32 structHash =
            Eip712.authorization(t.driver, address(escrow), t.maxAmount, uint256(t.openBy) + 1, idOf(t));
        return rawSigned(key, Eip712.digest(tokenDomain(t.token), structHash));
    }

    function tokenDomain(address token) internal view returns (bytes32) {
        return Eip712.separator("Test Euro", "1", token);
    }

    function noPermit() internal pure returns (Permit memory permit) {}

    // ---- Opening

    function opened(ChargeTerms memory t) internal returns (bytes32 id) {
        if (t.source == Source.Credit) return escrow.open(t, agreed(t), quote(t));
        euro.mint(t.driver, t.maxAmount);
        if (t.source == Source.Authorization) {
            return escrow.openWithAuthorization(t, authorizationFor(t, DRIVER), quote(t));
        }
        vm.prank(t.driver);
        euro.approve(address(escrow), type(uint256).max);
        return escrow.openWithPermit(t, noPermit(), agreed(t), quote(t));
    }

    // ---- Receipts and evidence

    /// @dev One hour at 10 kW: 10 kWh, 3600 s charging, 600 s idle.
    function receiptFor(ChargeTerms memory t) internal view returns (ChargeReceipt memory r) {
        r.sessionId = idOf(t);
        r.startWh = 1_000_000;
        r.endWh = 1_010_000;
        r.startedAt = uint48(T0 + 60);
        r.endedAt = uint48(T0 + 60 + 4200);
        r.chargingSeconds = 3600;
        r.idleSeconds = 600;
        r.amount = 8_850_000; // 0.35 + 4.50 + 3.00 + 1.00
        (r.meterRoot,,) = tree(t);
    }

    /// @dev A time at which `receiptFor` has happened.
    function afterCharge() internal {
        vm.warp(T0 + 60 + 4200);
    }

    function settlement(ChargeTerms memory t, ChargeReceipt memory r) internal view returns (Settlement memory) {
        return Settlement(t, r, receipter, signed(RECEIPTER, r.hash()), signed(SESSION_KEY, r.hash()));
    }

    function batchItem(ChargeTerms memory t, ChargeReceipt memory r) internal view returns (BatchItem memory) {
        (bytes32 operatorR, bytes32 operatorVs) = shortSigned(RECEIPTER, r.hash());
        (bytes32 sessionR, bytes32 sessionVs) = shortSigned(SESSION_KEY, r.hash());
        TermsCore memory core = TermsCore({
            driver: t.driver,
            operatorId: t.operatorId,
            payee: t.payee,
            token: t.token,
            source: t.source,
            startFee: t.startFee,
            pricePerKWh: t.pricePerKWh,
            pricePerMinute: t.pricePerMinute,
            idlePerMinute: t.idlePerMinute,
            maxPowerW: t.maxPowerW,
            sessionKey: t.sessionKey
        });
        ReceiptFigures memory figures = ReceiptFigures({
            startWh: r.startWh,
            endWh: r.endWh,
            startedAt: r.startedAt,
            endedAt: r.endedAt,
            chargingSeconds: r.chargingSeconds,
            idleSeconds: r.idleSeconds,
            amount: r.amount,
            meterRoot: r.meterRoot
        });
        return BatchItem(core, t.detailsHash(), figures, operatorR, operatorVs, sessionR, sessionVs);
    }

    /// @dev EIP-2098.
    function shortSigned(uint256 key, bytes32 structHash) internal view returns (bytes32 r, bytes32 vs) {
        uint8 v;
        (v, r, vs) = vm.sign(key, Eip712.digest(Eip712.domain(address(escrow)), structHash));
        if (v == 28) vs |= bytes32(uint256(1) << 255);
    }

    function proposed(ChargeTerms memory t) internal returns (bytes32 id, ChargeReceipt memory r) {
        id = opened(t);
        afterCharge();
        r = receiptFor(t);
        escrow.propose(t, r, receipter, signed(RECEIPTER, r.hash()));
    }

    function disputed(ChargeTerms memory t, uint256 undisputed) internal returns (bytes32 id, ChargeReceipt memory r) {
        (id, r) = proposed(t);
        vm.prank(t.driver);
        escrow.dispute(t, undisputed, 0, "");
    }

    function startRecord(ChargeTerms memory t) internal view returns (MeterRecord memory) {
        return MeterRecord(idOf(t), RecordKind.Start, 1_000_000, uint48(T0 + 60), 0, 0, 7);
    }

    function endRecord(ChargeTerms memory t) internal view returns (MeterRecord memory) {
        return MeterRecord(idOf(t), RecordKind.End, 1_010_000, uint48(T0 + 60 + 4200), 3600, 600, 12);
    }

    function recordDigest(MeterRecord memory record) internal view returns (bytes32) {
        return Eip712.digest(Eip712.domain(address(escrow)), record.hash());
    }

    function leafOf(MeterRecord memory record) internal view returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(recordDigest(record)))));
    }

    /// @dev r || s with s in the lower half, as meters' signatures are normalised.
    function p256Signed(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = vm.signP256(key, digest);
        uint256 n = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;
        if (uint256(s) > n / 2) s = bytes32(n - uint256(s));
        return abi.encodePacked(r, s);
    }

    function pairHash(bytes32 a, bytes32 b) internal pure returns (bytes32) {
        return a < b ? keccak256(abi.encodePacked(a, b)) : keccak256(abi.encodePacked(b, a));
    }

    /// @dev Three leaves: start, end, and an OCMF original nobody opens on chain.
    function tree(MeterRecord memory start, MeterRecord memory end)
        internal
        view
        returns (bytes32 root, bytes32[] memory startProof, bytes32[] memory endProof)
    {
        bytes32 other = keccak256("OCMF original");
        bytes32 a = leafOf(start);
        bytes32 b = leafOf(end);
        startProof = new bytes32[](2);
        startProof[0] = b;
        startProof[1] = other;
        endProof = new bytes32[](2);
        endProof[0] = a;
        endProof[1] = other;
        root = pairHash(pairHash(a, b), other);
    }

    function tree(ChargeTerms memory t)
        internal
        view
        returns (bytes32 root, bytes32[] memory startProof, bytes32[] memory endProof)
    {
        return tree(startRecord(t), endRecord(t));
    }

    function evidence(ChargeTerms memory t) internal view returns (MeterEvidence memory) {
        return evidenceOf(startRecord(t), endRecord(t));
    }

    function evidenceOf(MeterRecord memory start, MeterRecord memory end)
        internal
        view
        returns (MeterEvidence memory)
    {
        (, bytes32[] memory startProof, bytes32[] memory endProof) = tree(start, end);
        return MeterEvidence(
            abi.encodePacked(meter),
            ProvenRecord(start, signed(METER, start.hash()), startProof),
            ProvenRecord(end, signed(METER, end.hash()), endProof)
        );
    }

    // ---- Looking

    function statusOf(bytes32 id) internal view returns (Status) {
        return escrow.sessionOf(id).status;
    }

    function heldOf(bytes32 id) internal view returns (uint256) {
        return escrow.sessionOf(id).held;
    }

    function creditOf(address account) internal view returns (uint256) {
        return escrow.creditOf(account, address(euro));
    }

    /// @dev How many slots of the escrow were written since `vm.record()`.
    function slotsWritten() internal returns (uint256 count) {
        (, bytes32[] memory writes) = vm.accesses(address(escrow));
        for (uint256 i = 0; i < writes.length; ++i) {
            bool seen = false;
            for (uint256 j = 0; j < i; ++j) if (writes[j] == writes[i]) seen = true;
            if (!seen) ++count;
        }
    }

    function assertStatus(bytes32 id, Status status) internal view {
        vm.assertEq(uint256(statusOf(id)), uint256(status), "status");
    }
}
