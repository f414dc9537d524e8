// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Deposit, Permit, Withdraw} from "./ChargeTypes.sol";
import {
    AmountTooLarge,
    BadNonce,
    GasTooLow,
    InsufficientCredit,
    InvalidRecipient,
    OnlySelf,
    ReceivedAmountMismatch,
    SignatureExpired,
    TokenNotAccepted,
    UnsupportedToken,
    ZeroAddress,
    ZeroAmount
} from "./ChargeErrors.sol";
import {IERC3009Bytes} from "./interfaces/IERC3009Bytes.sol";
import {ChargeHashes} from "./libraries/ChargeHashes.sol";
import {CreditWord, CreditWords} from "./libraries/CreditWords.sol";
import {Signatures} from "./libraries/Signatures.sol";

/// @title CreditLedger
/// @notice The escrow's purse: energy credit per account and token, and the only code that moves tokens in or out.
/// Credit belongs to its account alone and leaves by that account's own word, to any address it names.
abstract contract CreditLedger is EIP712, ReentrancyGuardTransient {
    using ChargeHashes for Deposit;
    using ChargeHashes for Withdraw;
    using CreditWords for CreditWord;
    using SafeERC20 for IERC20;

    /// @notice Gas a token is given at least to deliver a refund to a wallet; what costs more falls back to credit (R36).
    uint256 public constant REFUND_GAS = 150_000;
    /// @dev What `deliverRefund` is given: it passes on 63/64 of what its own work, 3 to 5 thousand with a token not yet
    /// touched, leaves of it. That is REFUND_GAS at the least.
    uint256 private constant DELIVERY_GAS = 160_000;
    /// @dev What must be left before a refund: 64/63 of DELIVERY_GAS for the call to pass all of that on, and beyond it the
    /// 25 thousand that booking a refund costs whose delivery used up everything.
    uint256 private constant REFUND_FLOOR = 215_000;
    /// @notice Decimals of every accepted token, so that an amount means the same everywhere (micro-euro).
    uint8 public constant TOKEN_DECIMALS = 6;

    address[] private _tokenList;
    mapping(address token => bool) private _accepted;
    mapping(address account => mapping(address token => CreditWord)) private _accounts;

    /// @notice `amount` smallest units came in from `from` as credit of `account`.
    event CreditDeposited(address indexed account, address indexed token, address from, uint256 amount);
    /// @notice `amount` smallest units of the account's credit left to `to`.
    event CreditWithdrawn(address indexed account, address indexed token, address to, uint256 amount);
    /// @notice A refund could not be delivered to the wallet and waits as credit (R36).
    event RefundKeptAsCredit(address indexed account, address indexed token, uint256 amount);

    modifier onlySelf() {
        if (msg.sender != address(this)) revert OnlySelf();
        _;
    }

    /// @param accepted The tokens this escrow will ever accept (R35).
    constructor(address[] memory accepted) EIP712("Werenode Charge Escrow", "1") {
        for (uint256 i = 0; i < accepted.length; ++i) {
            address token = accepted[i];
            if (_accepted[token] || token.code.length == 0) revert UnsupportedToken(token);
            if (IERC20Metadata(token).decimals() != TOKEN_DECIMALS) revert UnsupportedToken(token);
            _accepted[token] = true;
            _tokenList.push(token);
        }
    }

    // ---- Deposits

    /// @notice Turns `amount` (smallest units) of the sender's tokens into credit, by allowance.
    /// @param beneficiary Whose credit grows.
    function deposit(address token, uint256 amount, address beneficiary) external nonReentrant {
        _deposit(token, amount, beneficiary);
    }

    /// @notice As `deposit`, with an EIP-2612 permit of the sender. A failing permit is ignored: an allowance may exist.
    function depositWithPermit(address token, uint256 amount, address beneficiary, Permit calldata permit)
        external
        nonReentrant
    {
        _tryPermit(token, msg.sender, amount, permit);
        _deposit(token, amount, beneficiary);
    }

    /// @notice Turns tokens of `order.from` into credit by ERC-3009; anyone may send it.
    /// @param order Who, for whom, how much (smallest units). Its EIP-712 digest is the authorisation's nonce (R14).
    /// @param validBefore The authorisation's validBefore, Unix seconds; its validAfter is 0.
    /// @param signature The authorisation by `order.from`.
    function depositWithAuthorization(Deposit calldata order, uint256 validBefore, bytes calldata signature)
        external
        nonReentrant
    {
        _checkDeposit(order.amount, order.beneficiary);
        _credit(order.beneficiary, order.token, order.amount);
        emit CreditDeposited(order.beneficiary, order.token, order.from, order.amount);
        bytes32 nonce = _hashTypedDataV4(order.hash());
        _pullAuthorized(order.token, order.from, order.amount, validBefore, nonce, signature);
    }

    // ---- Withdrawals

    /// @notice Sends `amount` (smallest units) of the sender's credit to `to`.
    function withdraw(address token, uint256 amount, address to) external nonReentrant {
        _withdraw(msg.sender, token, amount, to);
    }

    /// @notice Sends credit as its account signed; anyone may send it (R36).
    /// @param order Account, token, amount (smallest units), destination, nonce, deadline (Unix seconds).
    function withdrawSigned(Withdraw calldata order, bytes calldata signature) external nonReentrant {
        if (block.timestamp > order.deadline) revert SignatureExpired(order.deadline);
        CreditWord word = _accounts[order.account][order.token];
        if (order.nonce != word.nonce()) revert BadNonce(word.nonce(), order.nonce);
        Signatures.requireSigned(order.account, msg.sender, _hashTypedDataV4(order.hash()), signature);
        _accounts[order.account][order.token] = word.nextNonce();
        _withdraw(order.account, order.token, order.amount, order.to);
    }

    // ---- Views

    /// @notice The tokens this escrow accepts.
    function tokens() external view returns (address[] memory) {
        return _tokenList;
    }

    /// @notice Whether this escrow accepts `token`.
    function isAccepted(address token) public view returns (bool) {
        return _accepted[token];
    }

    /// @notice Credit in smallest units.
    function creditOf(address account, address token) external view returns (uint256) {
        return _accounts[account][token].balance();
    }

    /// @notice The nonce of the account's next signed withdrawal of `token`.
    function withdrawNonceOf(address account, address token) external view returns (uint256) {
        return _accounts[account][token].nonce();
    }

    // ---- Credit

    function _credit(address account, address token, uint256 amount) internal {
        if (amount == 0) return;
        mapping(address token => CreditWord) storage words = _accounts[account];
        words[token] = words[token].plus(amount);
    }

    function _debit(address account, address token, uint256 amount) internal {
        mapping(address token => CreditWord) storage words = _accounts[account];
        CreditWord word = words[token];
        uint256 available = word.balance();
        if (amount > available) revert InsufficientCredit(available, amount);
        words[token] = word.minus(amount);
    }

    function _deposit(address token, uint256 amount, address beneficiary) private {
        _checkDeposit(amount, beneficiary);
        _credit(beneficiary, token, amount);
        emit CreditDeposited(beneficiary, token, msg.sender, amount);
        _pullAllowed(token, msg.sender, amount);
    }

    function _checkDeposit(uint256 amount, address beneficiary) private pure {
        if (amount == 0) revert ZeroAmount();
        if (amount > type(uint64).max) revert AmountTooLarge(amount);
        if (beneficiary == address(0)) revert ZeroAddress();
    }

    function _withdraw(address account, address token, uint256 amount, address to) private {
        if (amount == 0) revert ZeroAmount();
        if (to == address(0)) revert ZeroAddress();
        if (to == address(this)) revert InvalidRecipient(to);
        _debit(account, token, amount);
        emit CreditWithdrawn(account, token, to, amount);
        IERC20(token).safeTransfer(to, amount);
    }

    // ---- Tokens in: only accepted ones, and each pull raises the balance by exactly the amount (R35)

    function _pullAllowed(address token, address from, uint256 amount) internal {
        uint256 before = _balanceOfAccepted(token);
        IERC20(token).safeTransferFrom(from, address(this), amount);
        _checkReceived(token, before, amount);
    }

    /// @dev The caller computed `nonce` from what was signed; nobody passes one in (R14). A signature of 65 bytes goes
    /// through the v,r,s form every ERC-3009 token has, any other through the `bytes` form for contract wallets (R20).
    function _pullAuthorized(
        address token,
        address from,
        uint256 amount,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) internal {
        uint256 before = _balanceOfAccepted(token);
        if (signature.length == 65) {
            _receiveSplit(token, from, amount, validBefore, nonce, signature);
        } else {
            IERC3009Bytes(token).receiveWithAuthorization(from, address(this), amount, 0, validBefore, nonce, signature);
        }
        _checkReceived(token, before, amount);
    }

    function _receiveSplit(
        address token,
        address from,
        uint256 amount,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) private {
        IERC3009(token).receiveWithAuthorization(
            from,
            address(this),
            amount,
            0,
            validBefore,
            nonce,
            uint8(signature[64]),
            bytes32(signature[:32]),
            bytes32(signature[32:64])
        );
    }

    /// @dev R37: someone may have used the permit already; what counts is the allowance afterwards.
    function _tryPermit(address token, address owner, uint256 value, Permit calldata permit) internal {
        if (permit.deadline == 0) return;
        try IERC20Permit(token).permit(owner, address(this), value, permit.deadline, permit.v, permit.r, permit.s) {}
            catch {}
    }

    function _balanceOfAccepted(address token) private view returns (uint256) {
        if (!_accepted[token]) revert TokenNotAccepted(token);
        return IERC20(token).balanceOf(address(this));
    }

    function _checkReceived(address token, uint256 before, uint256 amount) private view {
        uint256 received = IERC20(token).balanceOf(address(this)) - before;
        if (received != amount) revert ReceivedAmountMismatch(amount, received);
    }

    // ---- Tokens out

    /// @dev R36: a wallet that cannot receive is credited instead. Never both: a delivery that the token did not say yes to
    /// is undone with all the token did meanwhile, and only then booked. What a token answers is never copied here.
    function _refundToWallet(address token, address to, uint256 amount) internal {
        if (amount == 0) return;
        if (gasleft() < REFUND_FLOOR) revert GasTooLow();
        try this.deliverRefund{gas: DELIVERY_GAS}(token, to, amount) {
            return;
        } catch {
            _credit(to, token, amount);
            emit RefundKeptAsCredit(to, token, amount);
        }
    }

    /// @notice One refund to a wallet; only the escrow calls it, from functions that are shut to everyone meanwhile. It
    /// reverts unless the token says yes: `true`, or nothing from an address with code.
    /// @param token An accepted token.
    /// @param amount Smallest units.
    function deliverRefund(address token, address to, uint256 amount) external onlySelf {
        IERC20(token).safeTransfer(to, amount);
    }
}
