/** One way to break the contracts so that one numbered invariant no longer holds. */
export interface Break {
  /** Its number in docs/contracts/invariants.md. */
  readonly invariant: number
  /** What the broken contract does, after "when". */
  readonly when: string
  readonly file: string
  readonly from: string
  readonly to: string
}

const escrow = 'src/ChargeEscrow.sol'
const credit = 'src/CreditLedger.sol'

export const breaks: readonly Break[] = [
  {
    invariant: 1,
    when: 'credit is spent without being written off',
    file: credit,
    from: 'words[token] = word.minus(amount);',
    to: 'words[token] = word.minus(0);',
  },
  {
    invariant: 2,
    when: 'the driver gets back what the payee was paid, too',
    file: escrow,
    from: 'uint256 returned = held - paid;',
    to: 'uint256 returned = held;',
  },
  {
    invariant: 3,
    when: 'nobody compares the receipt with the signed tariff',
    file: escrow,
    from: 'if (amount > bound) revert AmountAboveTariff(amount, bound);',
    to: '',
  },
  {
    invariant: 4,
    when: 'reclaiming waits 30 days longer than agreed',
    file: escrow,
    from: '_onlyAfter(terms.settleBy);',
    to: '_onlyAfter(terms.settleBy + 30 days);',
  },
  {
    invariant: 5,
    when: 'an ended session can be cancelled',
    file: escrow,
    from: '_expect(session.status, LIVE | PROPOSED);',
    to: '_expect(session.status, type(uint256).max);',
  },
  {
    invariant: 6,
    when: 'a signed withdrawal does not use its nonce up',
    file: credit,
    from: '_accounts[order.account][order.token] = word.nextNonce();',
    to: '',
  },
  {
    invariant: 7,
    when: 'nobody asks for the scope',
    file: escrow,
    from: 'if (!OPERATORS.isAuthorised(operatorId, account, scope)) revert NotAuthorised(operatorId, account, scope);',
    to: '',
  },
  {
    invariant: 8,
    when: 'a wallet that refuses its refund stops the settlement',
    file: credit,
    from: 'emit RefundKeptAsCredit(to, token, amount);',
    to: 'revert GasTooLow();',
  },
  {
    invariant: 9,
    when: 'a connector is not locked',
    file: escrow,
    from: 'if (last != 0 && _isLive(_sessions[last].status)) revert ConnectorLocked(last);',
    to: '',
  },
  {
    invariant: 10,
    when: 'the operator may propose again',
    file: escrow,
    from: '_checkAnswerable(session, terms, LIVE);',
    to: '_checkAnswerable(session, terms, LIVE | PROPOSED);',
  },
  {
    invariant: 11,
    when: 'an ended session leaves nothing behind',
    file: escrow,
    from: 'sstore(session.slot, status)',
    to: 'sstore(session.slot, 0)',
  },
]
