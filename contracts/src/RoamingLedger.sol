// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RoamingStatement} from "./ChargeTypes.sol";
import {
    DailyCapExceeded,
    NotAuthorised,
    OperatorUnknown,
    PeriodOutOfOrder,
    SignatureExpired,
    StatementOutOfOrder,
    ZeroAmount
} from "./ChargeErrors.sol";
import {CreditLedger} from "./CreditLedger.sol";
import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";
import {ChargeHashes} from "./libraries/ChargeHashes.sol";
import {Scopes} from "./libraries/Scopes.sol";
import {Signatures} from "./libraries/Signatures.sol";

/// @title RoamingLedger
/// @notice Operators pay each other for roaming in numbered statements (R42). The payer's owner's credit pays the
/// payee's payout account; corrections are the next statement, never negative.
abstract contract RoamingLedger is CreditLedger {
    using ChargeHashes for RoamingStatement;

    /// @notice The operator registry this escrow obeys.
    IOperatorRegistry public immutable OPERATORS;

    /// @dev The last statement between two operators in one token.
    struct Book {
        uint64 number;
        uint48 periodEnd; // Unix seconds
    }

    /// @dev What a PAY delegate moved on one UTC day.
    struct Spending {
        uint48 day; // days since 1970
        uint128 amount; // smallest units
    }

    mapping(bytes32 payerId => mapping(bytes32 payeeId => mapping(address token => Book))) private _books;
    mapping(bytes32 payerId => mapping(address signer => mapping(address token => Spending))) private _spendings;

    /// @notice Statement `number` was paid: `total` smallest units for the CDRs under `root`.
    event StatementPaid(
        bytes32 indexed payerId,
        bytes32 indexed payeeId,
        address indexed token,
        uint64 number,
        uint48 periodStart,
        uint48 periodEnd,
        uint256 total,
        bytes32 root,
        address from,
        address to
    );

    constructor(IOperatorRegistry operators) {
        OPERATORS = operators;
    }

    /// @notice Pays a roaming statement; anyone may send it.
    /// @param statement Total in smallest units, period and deadline in Unix seconds.
    /// @param signer The payer's owner, or a PAY delegate within its daily cap.
    /// @param signature By `signer` over the statement; empty when the signer is the sender.
    function payStatement(RoamingStatement calldata statement, address signer, bytes calldata signature)
        external
        nonReentrant
    {
        if (block.timestamp > statement.deadline) revert SignatureExpired(statement.deadline);
        if (statement.total == 0) revert ZeroAmount();
        Signatures.requireSigned(signer, msg.sender, _hashTypedDataV4(statement.hash()), signature);
        address from = _authorise(statement, signer);
        address to = OPERATORS.payoutOf(statement.payeeId);
        if (to == address(0)) revert OperatorUnknown(statement.payeeId);
        _advance(statement);
        _debit(from, statement.token, statement.total);
        _credit(to, statement.token, statement.total);
        _announce(statement, from, to);
    }

    /// @notice The last statement's number and period end (Unix seconds); zero if there was none.
    function lastStatementOf(bytes32 payerId, bytes32 payeeId, address token)
        external
        view
        returns (uint64 number, uint48 periodEnd)
    {
        Book storage book = _books[payerId][payeeId][token];
        return (book.number, book.periodEnd);
    }

    /// @dev Whose credit pays, once the signer's right and cap are clear.
    function _authorise(RoamingStatement calldata statement, address signer) private returns (address owner) {
        uint256 cap;
        (owner, cap) = OPERATORS.payAuthority(statement.payerId, signer);
        if (signer == owner) return owner;
        if (cap == 0) revert NotAuthorised(statement.payerId, signer, Scopes.PAY);
        Spending storage spending = _spendings[statement.payerId][signer][statement.token];
        uint48 today = uint48(block.timestamp / 1 days);
        uint256 spent = spending.day == today ? spending.amount : 0;
        if (statement.total > cap || spent > cap - statement.total) revert DailyCapExceeded(cap, spent);
        spending.day = today;
        spending.amount = uint128(spent + statement.total);
    }

    function _advance(RoamingStatement calldata statement) private {
        Book storage book = _books[statement.payerId][statement.payeeId][statement.token];
        if (statement.number != uint256(book.number) + 1) {
            revert StatementOutOfOrder(uint256(book.number) + 1, statement.number);
        }
        if (statement.periodStart < book.periodEnd || statement.periodEnd < statement.periodStart) {
            revert PeriodOutOfOrder(book.periodEnd, statement.periodStart);
        }
        book.number = statement.number;
        book.periodEnd = statement.periodEnd;
    }

    function _announce(RoamingStatement calldata statement, address from, address to) private {
        emit StatementPaid(
            statement.payerId,
            statement.payeeId,
            statement.token,
            statement.number,
            statement.periodStart,
            statement.periodEnd,
            statement.total,
            statement.root,
            from,
            to
        );
    }
}
