// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {TransientSlot} from "@openzeppelin/contracts/utils/TransientSlot.sol";

import {
    BatchItem,
    ChargeReceipt,
    ChargeTerms,
    MeterEvidence,
    MeterRecord,
    OperatorConsent,
    Permit,
    ReceiptFigures,
    Session,
    Settlement,
    Source,
    Status,
    TermsCore
} from "./ChargeTypes.sol";
import {
    AmountAboveLimit,
    AmountAboveTariff,
    AmountBelowUndisputed,
    AmountTooLarge,
    BadBatchSize,
    BadSignature,
    ConnectorLocked,
    ConsentMissing,
    GasTooLow,
    NotAnIncrease,
    NotAuthorised,
    NotDriver,
    NotTheProposal,
    SignatureExpired,
    SourceMismatch,
    TooEarly,
    TooLate,
    WrongSession,
    WrongStatus
} from "./ChargeErrors.sol";
import {CreditLedger} from "./CreditLedger.sol";
import {RoamingLedger} from "./RoamingLedger.sol";
import {IEvidenceRules} from "./interfaces/IEvidenceRules.sol";
import {IEvseRegistry} from "./interfaces/IEvseRegistry.sol";
import {ChargeHashes} from "./libraries/ChargeHashes.sol";
import {Layout, TermsWords} from "./libraries/Layout.sol";
import {Plausibility} from "./libraries/Plausibility.sol";
import {PriceBound} from "./libraries/PriceBound.sol";
import {Scopes} from "./libraries/Scopes.sol";
import {Signatures} from "./libraries/Signatures.sol";
import {TermsLimits} from "./libraries/TermsLimits.sol";

/// @title ChargeEscrow
/// @notice Holds a driver's deposit from the agreement to the receipt, so that a driver can pay a stranger's plug
/// without trusting anybody. The session id is the EIP-712 hash of the agreement. Every session ends, with anyone's
/// help, by settleBy + disputeWindow + 72 h. Nobody owns, pauses or upgrades this contract.
/// @dev Transitions are numbered as in docs/contracts. Every later call takes the terms again and checks their hash
/// (R38). All state is written before any token moves (R35).
contract ChargeEscrow is RoamingLedger {
    using ChargeHashes for ChargeTerms;
    using ChargeHashes for ChargeReceipt;
    using ChargeHashes for TermsCore;
    using Layout for ChargeReceipt;
    using Layout for ChargeTerms;
    using Layout for TermsCore;
    using PriceBound for TermsWords;
    using TransientSlot for *;

    /// @notice How long the operator has to answer a cancellation request (R1).
    uint48 public constant CANCEL_ANSWER = 2 hours;
    /// @notice How long a disputed receipt may be proven.
    uint48 public constant PROVE_WINDOW = 72 hours;
    /// @notice Most items in one batch (R40).
    uint256 public constant MAX_BATCH = 100;
    /// @notice Gas one item of a batch may use (R40).
    uint256 public constant ITEM_GAS = 400_000;
    /// @dev What must be left before an item: the call passes on at most 63/64 of it, and a skipped item is still reported.
    uint256 private constant ITEM_FLOOR = 430_000;

    // Sets of statuses, one bit each.
    uint256 private constant NONE = 1 << uint8(Status.None);
    uint256 private constant OPEN = 1 << uint8(Status.Open);
    uint256 private constant CANCEL_REQUESTED = 1 << uint8(Status.CancelRequested);
    uint256 private constant STARTED = 1 << uint8(Status.Started);
    uint256 private constant LIVE = OPEN | CANCEL_REQUESTED | STARTED;
    uint256 private constant PROPOSED = 1 << uint8(Status.Proposed);
    uint256 private constant DISPUTED = 1 << uint8(Status.Disputed);

    /// @dev Sizes in calldata of what a batch holds.
    uint256 private constant TERMS_WORDS = 22;
    uint256 private constant BATCH_ITEM_WORDS = 24;
    /// @dev Transient: keccak256(operatorId, signer) of the last receipt signer the registry confirmed in this batch.
    bytes32 private constant AUTHORISED_SLOT = keccak256("werenode.ChargeEscrow.authorised");

    /// @notice What meter records prove.
    IEvidenceRules public immutable EVIDENCE;
    /// @notice The EVSE registry standing offers are read from.
    IEvseRegistry public immutable EVSES;
    /// @dev Session ids keep the domain of deployment, so they are found after a chain id change too (R39).
    bytes32 private immutable ID_DOMAIN;

    mapping(bytes32 sessionId => Session) private _sessions;
    mapping(bytes32 sessionId => bytes32 receiptHash) private _proposals;
    /// @dev The last session per (operator, EVSE, connector, driver). It locks while that session is live, so the lock
    /// is released by the very write that ends it (R43).
    mapping(bytes32 lockKey => bytes32 sessionId) private _lastSession;

    /// @notice #1, #2: terms.maxAmount is held. Carries all later calls need (R38).
    event SessionOpened(
        bytes32 indexed sessionId, bytes32 indexed operatorId, address indexed driver, ChargeTerms terms
    );
    /// @notice #3: these terms can never be opened.
    event SessionVoided(bytes32 indexed sessionId);
    /// @notice #4: the session now holds `newMax` smallest units.
    event SessionToppedUp(bytes32 indexed sessionId, uint256 newMax);
    /// @notice #5: the operator acknowledged the start.
    event SessionStarted(bytes32 indexed sessionId);
    /// @notice #6: without an answer by `cancelAt` (Unix seconds) the deposit goes back.
    event CancelRequested(bytes32 indexed sessionId, uint48 cancelAt);
    /// @notice R9: driver or session key asks the manager to stop.
    event StopRequested(bytes32 indexed sessionId);
    /// @notice #7, #8: `returned` smallest units went back to the driver.
    event SessionCancelled(bytes32 indexed sessionId, uint256 returned);
    /// @notice #10: the receipt stands unless disputed by `disputeUntil` (Unix seconds).
    event SessionProposed(
        bytes32 indexed sessionId,
        bytes32 receiptHash,
        uint256 amount,
        uint256 bond,
        uint256 returned,
        uint48 disputeUntil
    );
    /// @notice #13: the undisputed part was paid; the rest waits for proof by `proveUntil` (Unix seconds).
    event SessionDisputed(bytes32 indexed sessionId, uint256 undisputedAmount, uint48 proveUntil);
    /// @notice #14: meter records prove `proven` smallest units of the proposed amount.
    event SessionProven(bytes32 indexed sessionId, uint256 proven);
    /// @notice #16: the operator gave a dispute up.
    event SessionConceded(bytes32 indexed sessionId);
    /// @notice The end: `paid` went to the payee's credit and `returned` to the driver by this call, smallest units.
    event SessionSettled(bytes32 indexed sessionId, bytes32 receiptHash, uint256 paid, uint256 returned);
    /// @notice #18: the operator let settleBy pass.
    event SessionReclaimed(bytes32 indexed sessionId, uint256 returned);
    /// @notice An item of a batch was left out; `reason` is the error's selector (R40).
    event ItemSkipped(bytes32 indexed sessionId, bytes4 reason);

    /// @param evidence Judges meter records; it names the registries and the P-256 verifier.
    /// @param accepted The tokens this escrow will ever accept, 6 decimals each (R35).
    constructor(IEvidenceRules evidence, address[] memory accepted)
        CreditLedger(accepted)
        RoamingLedger(evidence.EVSES().OPERATORS())
    {
        EVIDENCE = evidence;
        EVSES = evidence.EVSES();
        ID_DOMAIN = _domainSeparatorV4();
    }

    // ---- Opening (#1, #2, #3)

    /// @notice #1: opens from the driver's credit. Anyone may send it.
    /// @param terms The agreement, `source` = Credit.
    /// @param driverSignature By the driver over the terms; empty when the driver is the sender.
    /// @param consent The operator's quote or standing offer.
    function open(ChargeTerms calldata terms, bytes calldata driverSignature, OperatorConsent calldata consent)
        external
        nonReentrant
        returns (bytes32 sessionId)
    {
        bytes32 termsHash = _checkSource(terms, Source.Credit);
        Signatures.requireSigned(terms.driver, msg.sender, _hashTypedDataV4(termsHash), driverSignature);
        sessionId = _enter(terms, termsHash, consent);
        _debit(terms.driver, terms.token, terms.maxAmount);
    }

    /// @notice #1: opens from the driver's wallet by allowance, first set by `permit` if one is given (R37).
    /// @param terms The agreement, `source` = Allowance.
    /// @param permit EIP-2612 permit of terms.maxAmount; deadline 0 = none. A failing permit is ignored.
    function openWithPermit(
        ChargeTerms calldata terms,
        Permit calldata permit,
        bytes calldata driverSignature,
        OperatorConsent calldata consent
    ) external nonReentrant returns (bytes32 sessionId) {
        bytes32 termsHash = _checkSource(terms, Source.Allowance);
        Signatures.requireSigned(terms.driver, msg.sender, _hashTypedDataV4(termsHash), driverSignature);
        sessionId = _enter(terms, termsHash, consent);
        _tryPermit(terms.token, terms.driver, terms.maxAmount, permit);
        _pullAllowed(terms.token, terms.driver, terms.maxAmount);
    }

    /// @notice #1: opens from the driver's wallet by ERC-3009, with one signature: the authorisation's nonce is the
    /// session id, so signing it is signing the terms (R14). Its validAfter is 0, its validBefore openBy + 1 (R4).
    /// @param terms The agreement, `source` = Authorization.
    /// @param authorization By the driver over ReceiveWithAuthorization(driver, escrow, maxAmount, 0, openBy + 1, id).
    function openWithAuthorization(
        ChargeTerms calldata terms,
        bytes calldata authorization,
        OperatorConsent calldata consent
    ) external nonReentrant returns (bytes32 sessionId) {
        bytes32 termsHash = _checkSource(terms, Source.Authorization);
        sessionId = _enter(terms, termsHash, consent);
        _pullAuthorized(
            terms.token, terms.driver, terms.maxAmount, uint256(terms.openBy) + 1, sessionId, authorization
        );
    }

    /// @notice #2: opens as the driver itself, from credit or by allowance.
    /// @param terms The agreement, `source` = Credit or Allowance, `driver` = the sender.
    function openDirect(ChargeTerms calldata terms, OperatorConsent calldata consent)
        external
        nonReentrant
        returns (bytes32 sessionId)
    {
        if (msg.sender != terms.driver) revert NotDriver(msg.sender);
        if (terms.source == Source.Authorization) revert SourceMismatch(terms.source);
        sessionId = _enter(terms, terms.hash(), consent);
        _take(terms, terms.maxAmount);
    }

    /// @notice #3: makes terms that were never opened unusable. By the driver (sender or signature) or the operator's
    /// owner or QUOTE delegate (sender).
    /// @param deadline Of the signature, Unix seconds.
    function voidTerms(ChargeTerms calldata terms, uint48 deadline, bytes calldata signature) external nonReentrant {
        bytes32 sessionId = sessionIdOf(terms);
        Session storage session = _sessions[sessionId];
        _expect(session.status, NONE);
        if (!OPERATORS.isAuthorised(terms.operatorId, msg.sender, Scopes.QUOTE)) {
            _requireDriver(terms, ChargeHashes.request(ChargeHashes.VOID, sessionId, deadline), deadline, signature);
        }
        session.status = Status.Voided;
        emit SessionVoided(sessionId);
    }

    // ---- While it runs (#4 to #8, R9)

    /// @notice #4: raises what the session holds to `newMax` (smallest units), from the same source. Driver only.
    /// @param deadline Of the signature, Unix seconds.
    /// @param signature By the driver over TopUp{sessionId, newMax, deadline}; for source Authorization, over the
    /// ERC-3009 authorisation of newMax - held whose nonce is that message's digest and validBefore deadline + 1 (R14).
    function topUp(ChargeTerms calldata terms, uint256 newMax, uint48 deadline, bytes calldata signature)
        external
        nonReentrant
    {
        (bytes32 sessionId, Session storage session) = _find(terms);
        _expect(session.status, OPEN | STARTED);
        _notAfter(terms.settleBy);
        if (newMax > type(uint64).max) revert AmountTooLarge(newMax);
        uint256 held = session.held;
        if (newMax <= held) revert NotAnIncrease(held, newMax);
        session.held = uint64(newMax);
        emit SessionToppedUp(sessionId, newMax);
        bytes32 message = ChargeHashes.request(ChargeHashes.TOP_UP, sessionId, newMax, deadline);
        if (terms.source == Source.Authorization) {
            bytes32 nonce = _hashTypedDataV4(message);
            _pullAuthorized(terms.token, terms.driver, newMax - held, uint256(deadline) + 1, nonce, signature);
        } else {
            _requireDriver(terms, message, deadline, signature);
            _take(terms, newMax - held);
        }
    }

    /// @notice #5: the operator's owner or RECEIPT delegate confirms that power flows.
    function acknowledgeStart(ChargeTerms calldata terms) external nonReentrant {
        _acknowledge(terms, msg.sender);
    }

    /// @notice #5 for 1 to 100 sessions; those that cannot be acknowledged are skipped by event.
    function acknowledgeStartBatch(ChargeTerms[] calldata batch) external nonReentrant {
        _checkBatch(batch.length);
        for (uint256 i = 0; i < batch.length; ++i) {
            ChargeTerms calldata terms = batch[i];
            uint256 from;
            assembly ("memory-safe") {
                from := terms
            }
            bytes4 reason = _attempt(this.acknowledgeItem.selector, from, TERMS_WORDS);
            if (reason != 0) emit ItemSkipped(sessionIdOf(terms), reason);
        }
    }

    /// @notice One item of `acknowledgeStartBatch`; only the escrow calls it.
    function acknowledgeItem(ChargeTerms calldata terms, address sender) external onlySelf {
        _acknowledge(terms, sender);
    }

    /// @notice #5: anyone confirms the start with a START record of the pinned meter key.
    /// @param record Reading in Wh, time in Unix seconds.
    /// @param meterKey 20 or 84 bytes, hashing to terms.meterKeyHash.
    function acknowledgeStartWithRecord(
        ChargeTerms calldata terms,
        MeterRecord calldata record,
        bytes calldata meterKey,
        bytes calldata signature
    ) external nonReentrant {
        (bytes32 sessionId, Session storage session) = _find(terms);
        EVIDENCE.requireStart(terms, record, meterKey, signature, sessionId, _domainSeparatorV4(), session.openedAt);
        _start(sessionId, session, terms);
    }

    /// @notice #6: after startBy, driver or session key asks for the deposit; the operator has 2 h to answer (R1).
    /// @param deadline Of the signature, Unix seconds.
    /// @param signature Over RequestCancel{sessionId, deadline}; empty when driver or session key is the sender.
    function requestCancel(ChargeTerms calldata terms, uint48 deadline, bytes calldata signature)
        external
        nonReentrant
    {
        (bytes32 sessionId, Session storage session) = _find(terms);
        _expect(session.status, OPEN);
        _onlyAfter(terms.startBy);
        _notAfter(terms.settleBy);
        _requireSession(
            terms, ChargeHashes.request(ChargeHashes.REQUEST_CANCEL, sessionId, deadline), deadline, signature
        );
        uint48 cancelAt = uint48(block.timestamp) + CANCEL_ANSWER;
        session.status = Status.CancelRequested;
        session.deadline = uint40(cancelAt);
        emit CancelRequested(sessionId, cancelAt);
    }

    /// @notice R9: driver or session key asks the manager to stop the charge. Moves no money.
    /// @param signature Over RequestStop{sessionId, deadline}; empty when driver or session key is the sender.
    function requestStop(ChargeTerms calldata terms, uint48 deadline, bytes calldata signature) external nonReentrant {
        (bytes32 sessionId, Session storage session) = _find(terms);
        _expect(session.status, LIVE);
        _requireSession(
            terms, ChargeHashes.request(ChargeHashes.REQUEST_STOP, sessionId, deadline), deadline, signature
        );
        emit StopRequested(sessionId);
    }

    /// @notice #7: the operator did not answer a cancellation request; the deposit goes back. Anyone.
    function finaliseCancel(ChargeTerms calldata terms) external nonReentrant {
        (bytes32 sessionId, Session storage session) = _find(terms);
        _expect(session.status, CANCEL_REQUESTED);
        _onlyAfter(session.deadline);
        _cancel(sessionId, session, terms);
    }

    /// @notice #8: the operator's owner or CANCEL delegate gives everything held back, at any time.
    function cancel(ChargeTerms calldata terms) external nonReentrant {
        (bytes32 sessionId, Session storage session) = _find(terms);
        _expect(session.status, LIVE | PROPOSED);
        _requireScope(terms.operatorId, msg.sender, Scopes.CANCEL);
        _cancel(sessionId, session, terms);
    }

    // ---- Settling (#9 to #12, #15, #18)

    /// @notice #9, #12, #15: settles on a receipt both sides signed. Anyone may send it.
    function settle(Settlement calldata item) external nonReentrant {
        bytes32 sessionId = _ownReceipt(item.terms, item.receipt);
        bytes32 receiptHash = ChargeHashes.hash(sessionId, item.receipt.figures());
        bytes32 digest = _hashTypedDataV4(receiptHash);
        TermsCore calldata terms = item.terms.core();
        address signer = item.operatorSigner;
        Signatures.requireSigned(signer, msg.sender, digest, item.operatorSignature);
        _requireScope(terms.operatorId, signer, Scopes.RECEIPT);
        address sessionKey = terms.sessionKey;
        if (msg.sender != sessionKey && msg.sender != terms.driver) {
            if (!Signatures.isEcdsa(sessionKey, digest, item.sessionSignature)) revert BadSignature(sessionKey);
        }
        _settle(sessionId, terms.words(), item.receipt.figures(), receiptHash);
    }

    /// @notice #9, #12, #15 for 1 to 100 receipts signed by ECDSA keys; what cannot be settled is skipped by event (R40).
    /// @return settled How many were settled.
    function settleBatch(BatchItem[] calldata items) external nonReentrant returns (uint256 settled) {
        _checkBatch(items.length);
        for (uint256 i = 0; i < items.length; ++i) {
            BatchItem calldata item = items[i];
            uint256 from;
            assembly ("memory-safe") {
                from := item
            }
            bytes4 reason = _attempt(this.settleItem.selector, from, BATCH_ITEM_WORDS);
            if (reason == 0) ++settled;
            else emit ItemSkipped(_batchId(item), reason);
        }
        _authorised(0);
    }

    /// @notice One item of `settleBatch`; only the escrow calls it.
    function settleItem(BatchItem calldata item) external onlySelf {
        TermsCore calldata terms = item.terms;
        bytes32 sessionId = _batchId(item);
        bytes32 receiptHash = ChargeHashes.hash(sessionId, item.receipt);
        bytes32 digest = _hashTypedDataV4(receiptHash);
        (address signer,,) = ECDSA.tryRecover(digest, item.operatorR, item.operatorVs);
        _requireReceiptScope(terms.operatorId, signer);
        (address sessionKey,,) = ECDSA.tryRecover(digest, item.sessionR, item.sessionVs);
        if (sessionKey != terms.sessionKey || sessionKey == address(0)) revert BadSignature(terms.sessionKey);
        _settle(sessionId, terms.words(), item.receipt, receiptHash);
    }

    /// @notice #10: the operator proposes its receipt; the surplus above amount and bond goes back at once (R6, R7).
    /// @param signer The operator's owner or RECEIPT delegate.
    /// @param signature By `signer` over the receipt; empty when the signer is the sender.
    function propose(
        ChargeTerms calldata terms,
        ChargeReceipt calldata receipt,
        address signer,
        bytes calldata signature
    ) external nonReentrant {
        bytes32 sessionId = _ownReceipt(terms, receipt);
        Session storage session = _sessions[sessionId];
        _checkAnswerable(session, terms, LIVE);
        bytes32 receiptHash = ChargeHashes.hash(sessionId, receipt.figures());
        Signatures.requireSigned(signer, msg.sender, _hashTypedDataV4(receiptHash), signature);
        _requireScope(terms.operatorId, signer, Scopes.RECEIPT);
        uint256 held = session.held;
        uint256 amount = _checkReceipt(terms.words(), receipt.figures(), session.openedAt, held);
        uint256 bond = Math.min(terms.disputeBond, held - amount);
        uint256 returned = held - amount - bond;
        uint48 disputeUntil = uint48(block.timestamp) + terms.disputeWindow;
        session.status = Status.Proposed;
        session.deadline = uint40(disputeUntil);
        session.bond = uint32(bond);
        session.amount = uint64(amount);
        session.held = uint64(amount + bond);
        _proposals[sessionId] = receiptHash;
        emit SessionProposed(sessionId, receiptHash, amount, bond, returned, disputeUntil);
        _giveBack(terms.words(), returned);
    }

    /// @notice #11, #17: closes a session whose dispute or proof window has passed. Anyone.
    function finalise(ChargeTerms calldata terms) external nonReentrant {
        (bytes32 sessionId, Session storage session) = _find(terms);
        Status status = session.status;
        _expect(status, PROPOSED | DISPUTED);
        _onlyAfter(session.deadline);
        if (status == Status.Proposed) {
            _finish(sessionId, session, terms.words(), _proposals[sessionId], session.held, session.amount);
        } else {
            _finish(sessionId, session, terms.words(), 0, session.held, 0);
        }
    }

    /// @notice #18: after settleBy anyone sends a live session's deposit back to the driver.
    function reclaim(ChargeTerms calldata terms) external nonReentrant {
        (bytes32 sessionId, Session storage session) = _find(terms);
        _expect(session.status, LIVE);
        _onlyAfter(terms.settleBy);
        uint256 returned = session.held;
        _end(session, Status.Reclaimed);
        emit SessionReclaimed(sessionId, returned);
        _giveBack(terms.words(), returned);
    }

    // ---- Disputes (#13, #14, #16)

    /// @notice #13: driver or session key pays the undisputed part and asks for proof of the rest (R28).
    /// @param undisputedAmount Smallest units, below the proposed amount.
    /// @param signature Over Dispute{sessionId, undisputedAmount, deadline}; empty when driver or session key sends.
    function dispute(ChargeTerms calldata terms, uint256 undisputedAmount, uint48 deadline, bytes calldata signature)
        external
        nonReentrant
    {
        (bytes32 sessionId, Session storage session) = _find(terms);
        _expect(session.status, PROPOSED);
        _notAfter(session.deadline);
        if (undisputedAmount >= session.amount) revert AmountAboveLimit(undisputedAmount, session.amount);
        _requireSession(
            terms,
            ChargeHashes.request(ChargeHashes.DISPUTE, sessionId, undisputedAmount, deadline),
            deadline,
            signature
        );
        uint48 proveUntil = uint48(block.timestamp) + PROVE_WINDOW;
        session.status = Status.Disputed;
        session.deadline = uint40(proveUntil);
        session.held -= uint64(undisputedAmount);
        emit SessionDisputed(sessionId, undisputedAmount, proveUntil);
        _credit(terms.payee, terms.token, undisputedAmount);
    }

    /// @notice #14: anyone proves a disputed receipt with two records of the pinned meter key (R25). What they prove is
    /// paid; the bond goes to the payee if they prove the whole amount, else back to the driver (R27).
    /// @param receipt The proposed receipt.
    function prove(ChargeTerms calldata terms, ChargeReceipt calldata receipt, MeterEvidence calldata evidence)
        external
        nonReentrant
    {
        (bytes32 sessionId, Session storage session) = _find(terms);
        _expect(session.status, DISPUTED);
        _notAfter(session.deadline);
        bytes32 receiptHash = receipt.hash();
        if (receiptHash != _proposals[sessionId]) revert NotTheProposal(_proposals[sessionId], receiptHash);
        uint256 bound = EVIDENCE.provenBound(terms, receipt, evidence, _domainSeparatorV4(), session.openedAt);
        uint256 proven = Math.min(session.amount, bound);
        emit SessionProven(sessionId, proven);
        uint256 paid = Math.saturatingSub(proven, _undisputed(session));
        if (proven == session.amount) paid += session.bond;
        _finish(sessionId, session, terms.words(), receiptHash, session.held, paid);
    }

    /// @notice #16: the operator's owner or CANCEL delegate gives a dispute up; what is held goes back (R8).
    function concede(ChargeTerms calldata terms) external nonReentrant {
        (bytes32 sessionId, Session storage session) = _find(terms);
        _expect(session.status, DISPUTED);
        _requireScope(terms.operatorId, msg.sender, Scopes.CANCEL);
        emit SessionConceded(sessionId);
        _finish(sessionId, session, terms.words(), 0, session.held, 0);
    }

    // ---- Views

    /// @notice The id of an agreement: its EIP-712 hash under the deployment's domain (R39).
    function sessionIdOf(ChargeTerms calldata terms) public view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(ID_DOMAIN, terms.hash());
    }

    /// @notice A session's record: status, source, times in Unix seconds, money in smallest units.
    function sessionOf(bytes32 sessionId) external view returns (Session memory) {
        return _sessions[sessionId];
    }

    /// @notice The hash of the receipt that was proposed, if one was; it stays when the session has ended.
    function proposalOf(bytes32 sessionId) external view returns (bytes32) {
        return _proposals[sessionId];
    }

    /// @notice The driver's live session on a connector, or 0 (R43).
    function liveSessionOf(bytes32 operatorId, bytes32 evseIdHash, uint16 connector, address driver)
        external
        view
        returns (bytes32 sessionId)
    {
        sessionId = _lastSession[_lockKey(operatorId, evseIdHash, connector, driver)];
        if (!_isLive(_sessions[sessionId].status)) sessionId = 0;
    }

    /// @notice The most the signed prices allow for a delivery, smallest units (R31).
    function boundOf(ChargeTerms calldata terms, uint64 energyWh, uint32 chargingSeconds, uint32 idleSeconds)
        external
        pure
        returns (uint256)
    {
        return terms.words().bound(energyWh, chargingSeconds, idleSeconds);
    }

    // ---- Inside: entering

    function _checkSource(ChargeTerms calldata terms, Source source) private pure returns (bytes32 termsHash) {
        if (terms.source != source) revert SourceMismatch(terms.source);
        return terms.hash();
    }

    function _enter(ChargeTerms calldata terms, bytes32 termsHash, OperatorConsent calldata consent)
        private
        returns (bytes32 sessionId)
    {
        sessionId = MessageHashUtils.toTypedDataHash(ID_DOMAIN, termsHash);
        Session storage session = _sessions[sessionId];
        _expect(session.status, NONE);
        TermsLimits.check(terms);
        _requireConsent(sessionId, terms, consent);
        _lock(sessionId, terms);
        session.status = Status.Open;
        session.source = terms.source;
        session.openedAt = uint40(block.timestamp);
        session.held = uint64(terms.maxAmount);
        emit SessionOpened(sessionId, terms.operatorId, terms.driver, terms);
    }

    /// @dev R10, R12, R16, R18, R22: the registries know whether the operator agreed.
    function _requireConsent(bytes32 sessionId, ChargeTerms calldata terms, OperatorConsent calldata consent)
        private
        view
    {
        if (consent.signer == address(0)) {
            if (consent.offer.length != 1) revert ConsentMissing();
            EVSES.requireCovered(terms, consent.offer[0]);
        } else {
            OPERATORS.requireQuoted(
                terms.operatorId,
                terms.payee,
                terms.sessionKey,
                consent.signer,
                _hashTypedDataV4(ChargeHashes.quote(sessionId)),
                consent.signature,
                msg.sender
            );
        }
    }

    /// @dev R43.
    function _lock(bytes32 sessionId, ChargeTerms calldata terms) private {
        bytes32 key = _lockKey(terms.operatorId, terms.evseIdHash, terms.connector, terms.driver);
        bytes32 last = _lastSession[key];
        if (last != 0 && _isLive(_sessions[last].status)) revert ConnectorLocked(last);
        _lastSession[key] = sessionId;
    }

    function _lockKey(bytes32 operatorId, bytes32 evseIdHash, uint16 connector, address driver)
        private
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(operatorId, evseIdHash, connector, driver));
    }

    /// @dev From credit or by allowance, by the terms' source (R13).
    function _take(ChargeTerms calldata terms, uint256 amount) private {
        if (terms.source == Source.Credit) _debit(terms.driver, terms.token, amount);
        else _pullAllowed(terms.token, terms.driver, amount);
    }

    // ---- Inside: running

    function _find(ChargeTerms calldata terms) private view returns (bytes32 sessionId, Session storage session) {
        sessionId = sessionIdOf(terms);
        session = _sessions[sessionId];
    }

    function _isLive(Status status) private pure returns (bool) {
        return _isIn(status, LIVE);
    }

    function _isIn(Status status, uint256 set) private pure returns (bool) {
        return (1 << uint256(uint8(status))) & set != 0;
    }

    function _expect(Status status, uint256 allowed) private pure {
        if (!_isIn(status, allowed)) revert WrongStatus(status);
    }

    /// @dev "By T": T itself still counts.
    function _notAfter(uint256 deadline) private view {
        if (block.timestamp > deadline) revert TooLate(deadline);
    }

    /// @dev "After T": from T + 1.
    function _onlyAfter(uint256 deadline) private view {
        if (block.timestamp <= deadline) revert TooEarly(deadline + 1);
    }

    function _acknowledge(ChargeTerms calldata terms, address sender) private {
        (bytes32 sessionId, Session storage session) = _find(terms);
        _requireScope(terms.operatorId, sender, Scopes.RECEIPT);
        _start(sessionId, session, terms);
    }

    function _start(bytes32 sessionId, Session storage session, ChargeTerms calldata terms) private {
        _checkAnswerable(session, terms, OPEN | CANCEL_REQUESTED);
        session.status = Status.Started;
        session.deadline = 0;
        emit SessionStarted(sessionId);
    }

    /// @dev Live, by settleBy, and by cancelAt if the driver asked to cancel.
    function _checkAnswerable(Session storage session, ChargeTerms calldata terms, uint256 allowed) private view {
        Status status = session.status;
        _expect(status, allowed);
        _notAfter(terms.settleBy);
        if (status == Status.CancelRequested) _notAfter(session.deadline);
    }

    // ---- Inside: receipts and evidence

    /// @dev The session's id, once the receipt is known to be about it.
    function _ownReceipt(ChargeTerms calldata terms, ChargeReceipt calldata receipt) private view returns (bytes32 id) {
        id = sessionIdOf(terms);
        if (receipt.sessionId != id) revert WrongSession(id, receipt.sessionId);
    }

    function _batchId(BatchItem calldata item) private view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(ID_DOMAIN, item.terms.hash(item.detailsHash));
    }

    /// @dev Once both sides' signatures are known to be theirs.
    function _settle(
        bytes32 sessionId,
        TermsWords calldata terms,
        ReceiptFigures calldata receipt,
        bytes32 receiptHash
    ) private {
        Session storage session = _sessions[sessionId];
        Status status = session.status;
        _expect(status, LIVE | PROPOSED | DISPUTED);
        uint256 held = session.held;
        uint256 amount = _checkReceipt(terms, receipt, session.openedAt, _isLive(status) ? held : session.amount);
        if (status == Status.Disputed) {
            uint256 undisputed = _undisputed(session);
            if (amount < undisputed) revert AmountBelowUndisputed(amount, undisputed);
            amount -= undisputed;
        }
        _finish(sessionId, session, terms, receiptHash, held, amount);
    }

    /// @dev R29, R31.
    function _checkReceipt(
        TermsWords calldata terms,
        ReceiptFigures calldata receipt,
        uint256 openedAt,
        uint256 limit
    ) private view returns (uint256 amount) {
        amount = receipt.amount;
        if (amount > limit) revert AmountAboveLimit(amount, limit);
        uint256 bound = _boundOf(terms, receipt, openedAt);
        if (amount > bound) revert AmountAboveTariff(amount, bound);
    }

    function _boundOf(TermsWords calldata terms, ReceiptFigures calldata receipt, uint256 openedAt)
        private
        view
        returns (uint256)
    {
        uint256 startedAt = receipt.startedAt;
        uint256 endedAt = receipt.endedAt;
        uint256 chargingSeconds = receipt.chargingSeconds;
        uint256 idleSeconds = receipt.idleSeconds;
        // Times have 48 bits, durations 32; endedAt was found not to lie before startedAt.
        unchecked {
            Plausibility.checkTimes(openedAt, startedAt, endedAt, chargingSeconds + idleSeconds);
            uint256 energyWh =
                Plausibility.checkEnergy(receipt.startWh, receipt.endWh, terms.maxPowerW, endedAt - startedAt);
            return terms.bound(energyWh, chargingSeconds, idleSeconds);
        }
    }

    /// @dev The part already paid in a dispute: held = amount + bond - undisputed.
    function _undisputed(Session storage session) private view returns (uint256) {
        return uint256(session.amount) + session.bond - session.held;
    }

    // ---- Inside: ending

    function _cancel(bytes32 sessionId, Session storage session, ChargeTerms calldata terms) private {
        uint256 returned = session.held;
        _end(session, Status.Cancelled);
        emit SessionCancelled(sessionId, returned);
        _giveBack(terms.words(), returned);
    }

    /// @dev `paid` of `held` to the payee's credit, the rest to the driver.
    function _finish(
        bytes32 sessionId,
        Session storage session,
        TermsWords calldata terms,
        bytes32 receiptHash,
        uint256 held,
        uint256 paid
    ) private {
        uint256 returned = held - paid;
        _end(session, Status.Settled);
        emit SessionSettled(sessionId, receiptHash, paid, returned);
        _credit(address(uint160(terms.payee)), address(uint160(terms.token)), paid);
        _giveBack(terms, returned);
    }

    /// @dev Leaves the terminal status and nothing else (R5): status is the slot's lowest byte.
    function _end(Session storage session, Status status) private {
        assembly ("memory-safe") {
            sstore(session.slot, status)
        }
    }

    /// @dev Back to where it came from (R13).
    function _giveBack(TermsWords calldata terms, uint256 amount) private {
        address token = address(uint160(terms.token));
        address driver = address(uint160(terms.driver));
        if (terms.source == uint256(Source.Credit)) _credit(driver, token, amount);
        else _refundToWallet(token, driver, amount);
    }

    // ---- Inside: who may act

    function _requireScope(bytes32 operatorId, address account, uint8 scope) private view {
        if (!OPERATORS.isAuthorised(operatorId, account, scope)) revert NotAuthorised(operatorId, account, scope);
    }

    /// @dev DRIVER: as sender, or by a fresh signature.
    function _requireDriver(ChargeTerms calldata terms, bytes32 message, uint48 deadline, bytes calldata signature)
        private
        view
    {
        if (msg.sender == terms.driver) return;
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        Signatures.requireSigned(terms.driver, msg.sender, _hashTypedDataV4(message), signature);
    }

    /// @dev SESSION: the session key, as sender or by ECDSA, or DRIVER (R22).
    function _requireSession(ChargeTerms calldata terms, bytes32 message, uint48 deadline, bytes calldata signature)
        private
        view
    {
        if (msg.sender == terms.sessionKey) return;
        if (Signatures.isEcdsa(terms.sessionKey, _hashTypedDataV4(message), signature)) {
            if (block.timestamp > deadline) revert SignatureExpired(deadline);
            return;
        }
        _requireDriver(terms, message, deadline, signature);
    }

    // ---- Inside: batches

    function _checkBatch(uint256 size) private pure {
        if (size == 0 || size > MAX_BATCH) revert BadBatchSize(size);
    }

    /// @dev R40: one item under its gas cap; 0 on success, else the error's selector. Its arguments are `words` words of
    /// calldata from `from`, and the sender. Too little gas for the cap reverts the batch, so that nobody can have items
    /// skipped by starving them.
    function _attempt(bytes4 selector, uint256 from, uint256 words) private returns (bytes4 reason) {
        if (gasleft() < ITEM_FLOOR) revert GasTooLow();
        assembly ("memory-safe") {
            let data := mload(0x40)
            let size := mul(words, 0x20)
            mstore(data, selector)
            calldatacopy(add(data, 0x04), from, size)
            mstore(add(add(data, 0x04), size), caller())
            mstore(0x00, 0)
            if iszero(call(ITEM_GAS, address(), 0, data, add(size, 0x24), 0x00, 0x04)) {
                reason := mload(0x00)
                if iszero(reason) { reason := shl(224, 0xffffffff) }
            }
        }
    }

    /// @dev Asks the registry once for each run of items by the same signer within a batch.
    function _requireReceiptScope(bytes32 operatorId, address signer) private {
        bytes32 key = keccak256(abi.encode(operatorId, signer));
        if (AUTHORISED_SLOT.asBytes32().tload() == key) return;
        _requireScope(operatorId, signer, Scopes.RECEIPT);
        _authorised(key);
    }

    function _authorised(bytes32 key) private {
        AUTHORISED_SLOT.asBytes32().tstore(key);
    }
}
