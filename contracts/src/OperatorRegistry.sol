// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Delegation} from "./ChargeTypes.sol";
import {
    BadDelegate,
    BadExpiry,
    BadScopes,
    NoPayoutPending,
    NotAuthorised,
    NotOwner,
    NotPendingOwner,
    OperatorExists,
    OperatorUnknown,
    PayeeMismatch,
    SessionKeyNotAllowed,
    ZeroAddress
} from "./ChargeErrors.sol";
import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";
import {EvseIds} from "./libraries/EvseIds.sol";
import {Scopes} from "./libraries/Scopes.sol";
import {Signatures} from "./libraries/Signatures.sol";

/// @title OperatorRegistry
/// @notice Who stands behind a plug: owner, OCPI party, payout account, delegates. Anyone may found an operator; the
/// id contains the founder, so no name can be squatted (R44), and says nothing about who is trustworthy: clients pin or
/// accredit the ids they list. Nobody owns or upgrades this contract.
contract OperatorRegistry is IOperatorRegistry {
    /// @notice How long a new payout account waits before it takes over (R16).
    uint48 public constant PAYOUT_DELAY = 48 hours;

    /// @dev The owner's mark in a power's scopes, beside all of them.
    uint8 private constant OWNER = 64;

    struct Operator {
        address owner;
        bytes5 party;
        address payout;
        uint48 nextPayoutFrom; // when nextPayout takes over, Unix seconds; 0 = no change pending
        uint32 epoch; // counts owners; powers belong to one epoch (R48)
        address nextPayout;
        address nextOwner;
        string metadataUri;
    }

    mapping(bytes32 operatorId => Operator) private _operators;
    /// @dev By (operator, epoch, account); the owner has one too, so that one read tells what an account may do.
    mapping(bytes32 powerKey => Delegation) private _powers;

    /// @notice An operator was founded.
    event OperatorRegistered(
        bytes32 indexed operatorId, address indexed owner, bytes5 indexed party, address payout, string metadataUri
    );
    /// @notice The owner offered the operator to another account.
    event OwnershipOffered(bytes32 indexed operatorId, address indexed newOwner);
    /// @notice The operator changed hands; all delegates and any pending payout change are gone (R48).
    event OwnershipTransferred(bytes32 indexed operatorId, address indexed newOwner);
    /// @notice A delegate was set, or removed when `delegation.scopes` is 0.
    event DelegateSet(bytes32 indexed operatorId, address indexed account, Delegation delegation);
    /// @notice From `effectiveAt` (Unix seconds) new sessions pay `payout`.
    event PayoutChangeProposed(bytes32 indexed operatorId, address payout, uint48 effectiveAt);
    /// @notice The pending payout change was called off.
    event PayoutChangeCancelled(bytes32 indexed operatorId);
    /// @notice The operator's description moved.
    event MetadataSet(bytes32 indexed operatorId, string metadataUri);

    modifier onlyOwner(bytes32 operatorId) {
        if (_operators[operatorId].owner != msg.sender) revert NotOwner(operatorId, msg.sender);
        _;
    }

    // ---- Founding and ownership

    /// @notice Founds an operator owned by the sender.
    /// @param party OCPI country code and party id, ASCII upper case, e.g. "FRWRN".
    /// @param payout The account credited by sessions.
    /// @param metadataUri Where clients find name, logo and accreditation.
    /// @return operatorId keccak256(chain id, this registry, founder, party) (R44).
    function register(bytes5 party, address payout, string calldata metadataUri) external returns (bytes32 operatorId) {
        EvseIds.requireParty(party);
        if (payout == address(0)) revert ZeroAddress();
        operatorId = operatorIdOf(msg.sender, party);
        Operator storage operator = _operators[operatorId];
        if (operator.owner != address(0)) revert OperatorExists(operatorId);
        operator.owner = msg.sender;
        operator.party = party;
        operator.payout = payout;
        operator.metadataUri = metadataUri;
        _empower(operatorId, 0, msg.sender);
        emit OperatorRegistered(operatorId, msg.sender, party, payout, metadataUri);
    }

    /// @notice Offers the operator to `newOwner`, who must accept; 0 withdraws the offer.
    function transferOwnership(bytes32 operatorId, address newOwner) external onlyOwner(operatorId) {
        _operators[operatorId].nextOwner = newOwner;
        emit OwnershipOffered(operatorId, newOwner);
    }

    /// @notice Takes over an offered operator. Clears all delegates and any pending payout change (R48).
    function acceptOwnership(bytes32 operatorId) external {
        Operator storage operator = _operators[operatorId];
        if (operator.nextOwner != msg.sender) revert NotPendingOwner(operatorId, msg.sender);
        operator.payout = payoutOf(operatorId); // a change that has come into force stays
        operator.nextPayoutFrom = 0;
        operator.nextPayout = address(0);
        operator.nextOwner = address(0);
        operator.owner = msg.sender;
        operator.epoch += 1;
        _empower(operatorId, operator.epoch, msg.sender);
        emit OwnershipTransferred(operatorId, msg.sender);
    }

    // ---- Delegates

    /// @notice Lets `account` act for the operator (R17).
    /// @param account The delegate: EOA or contract.
    /// @param delegation Scopes, expiry (Unix seconds), daily cap of a PAY delegate (smallest units).
    function setDelegate(bytes32 operatorId, address account, Delegation calldata delegation)
        external
        onlyOwner(operatorId)
    {
        if (account == address(0) || account == msg.sender) revert BadDelegate(account);
        if (delegation.scopes == 0 || delegation.scopes > Scopes.ALL) revert BadScopes(delegation.scopes);
        if (delegation.expiresAt < block.timestamp) revert BadExpiry(delegation.expiresAt);
        _powers[_powerKey(operatorId, _operators[operatorId].epoch, account)] = delegation;
        emit DelegateSet(operatorId, account, delegation);
    }

    /// @notice Ends a delegation at once (R18).
    function removeDelegate(bytes32 operatorId, address account) external onlyOwner(operatorId) {
        if (account == msg.sender) revert BadDelegate(account);
        delete _powers[_powerKey(operatorId, _operators[operatorId].epoch, account)];
        emit DelegateSet(operatorId, account, Delegation(0, 0, 0));
    }

    // ---- Payout and description

    /// @notice Announces a new payout account; it takes over 48 h later (R16). Open sessions keep theirs.
    function proposePayout(bytes32 operatorId, address payout) external onlyOwner(operatorId) {
        if (payout == address(0)) revert ZeroAddress();
        Operator storage operator = _operators[operatorId];
        operator.payout = payoutOf(operatorId);
        operator.nextPayout = payout;
        operator.nextPayoutFrom = uint48(block.timestamp) + PAYOUT_DELAY;
        emit PayoutChangeProposed(operatorId, payout, operator.nextPayoutFrom);
    }

    /// @notice Calls off a payout change that has not come into force.
    function cancelPayoutChange(bytes32 operatorId) external onlyOwner(operatorId) {
        Operator storage operator = _operators[operatorId];
        if (operator.nextPayoutFrom <= block.timestamp) revert NoPayoutPending(operatorId);
        operator.nextPayoutFrom = 0;
        operator.nextPayout = address(0);
        emit PayoutChangeCancelled(operatorId);
    }

    /// @notice Moves the operator's description.
    function setMetadata(bytes32 operatorId, string calldata metadataUri) external onlyOwner(operatorId) {
        _operators[operatorId].metadataUri = metadataUri;
        emit MetadataSet(operatorId, metadataUri);
    }

    // ---- Views

    /// @notice The id a founder gets for a party.
    function operatorIdOf(address founder, bytes5 party) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), founder, party));
    }

    /// @notice The stored operator. `payout` is the stored one; `payoutOf` says which is in force.
    function operatorOf(bytes32 operatorId) external view returns (Operator memory operator) {
        operator = _operators[operatorId];
        if (operator.owner == address(0)) revert OperatorUnknown(operatorId);
    }

    /// @inheritdoc IOperatorRegistry
    function payoutOf(bytes32 operatorId) public view returns (address) {
        Operator storage operator = _operators[operatorId];
        uint48 from = operator.nextPayoutFrom;
        return from != 0 && block.timestamp >= from ? operator.nextPayout : operator.payout;
    }

    /// @inheritdoc IOperatorRegistry
    function partyOf(bytes32 operatorId) external view returns (bytes5) {
        return _operators[operatorId].party;
    }

    /// @notice A delegate's stored powers in the present epoch, expired or not; the owner has every scope and the mark 64.
    function delegationOf(bytes32 operatorId, address account) external view returns (Delegation memory) {
        return _power(operatorId, account);
    }

    /// @inheritdoc IOperatorRegistry
    function isAuthorised(bytes32 operatorId, address account, uint8 scopes) public view returns (bool) {
        return _may(_power(operatorId, account), scopes);
    }

    /// @inheritdoc IOperatorRegistry
    function requireQuoted(
        bytes32 operatorId,
        address payee,
        address sessionKey,
        address signer,
        bytes32 digest,
        bytes calldata signature,
        address sender
    ) external view {
        requireOurs(operatorId, payee, sessionKey);
        if (!isAuthorised(operatorId, signer, Scopes.QUOTE)) revert NotAuthorised(operatorId, signer, Scopes.QUOTE);
        Signatures.requireSigned(signer, sender, digest, signature);
    }

    /// @inheritdoc IOperatorRegistry
    function requireOurs(bytes32 operatorId, address payee, address sessionKey) public view {
        address payout = payoutOf(operatorId);
        if (payout == address(0)) revert OperatorUnknown(operatorId);
        if (payee != payout) revert PayeeMismatch(payout, payee); // R16
        if (sessionKey == address(0)) return;
        // R22: a key the operator holds cannot co-sign for the driver.
        if (sessionKey == payout || _power(operatorId, sessionKey).scopes != 0) revert SessionKeyNotAllowed(sessionKey);
    }

    /// @inheritdoc IOperatorRegistry
    function payAuthority(bytes32 operatorId, address signer) external view returns (address owner, uint256 capPerDay) {
        owner = _operators[operatorId].owner;
        if (owner == address(0)) revert OperatorUnknown(operatorId);
        Delegation storage power = _power(operatorId, signer);
        if (signer == owner) capPerDay = type(uint256).max;
        else if (_may(power, Scopes.PAY)) capPerDay = power.payCapPerDay;
    }

    // ---- Inside

    function _empower(bytes32 operatorId, uint32 epoch, address owner) private {
        _powers[_powerKey(operatorId, epoch, owner)] = Delegation(Scopes.ALL | OWNER, type(uint48).max, 0);
    }

    function _power(bytes32 operatorId, address account) private view returns (Delegation storage) {
        return _powers[_powerKey(operatorId, _operators[operatorId].epoch, account)];
    }

    function _powerKey(bytes32 operatorId, uint32 epoch, address account) private pure returns (bytes32) {
        return keccak256(abi.encode(operatorId, epoch, account));
    }

    function _may(Delegation storage power, uint8 scopes) private view returns (bool) {
        return power.scopes & scopes == scopes && block.timestamp <= power.expiresAt;
    }
}
