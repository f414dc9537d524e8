/** Members whose value must never be kept, compared without case. */
const secretMembers = /^(authorizationkey|basicauthpassword|password|apnpassword|vpnpassword|privatekey|key|pin)$/i
/** Members that hold an address a file can be fetched from or put to: whoever reads it can use it. */
const addressMembers = /^(location|locationurl|remotelocation|responderurl)$/i
const secretSettings = /authorizationkey|password|(^|\.)pin$/i

/** Actions whose frames may hold a secret; all others are kept as they are. */
const sensitiveActions = [
  'ChangeConfiguration',
  'GetConfiguration',
  'SetVariables',
  'GetVariables',
  'SetNetworkProfile',
  'UpdateFirmware',
  'SignedUpdateFirmware',
  'GetDiagnostics',
  'GetLog',
  'PublishFirmware',
  'NotifyReport',
  'DataTransfer',
]
const sensitive = new Set(sensitiveActions)
const namesSensitive = new RegExp(`"(${sensitiveActions.join('|')})"`)

/** A frame as it may be kept and shown. `action` names what it asks or answers, where that is known. */
export const redactFrame = (text: string, action?: string): string => {
  if (action === undefined ? !namesSensitive.test(text.slice(0, 200)) : !sensitive.has(action)) return text
  try {
    return JSON.stringify(redacted(JSON.parse(text)))
  } catch {
    // No JSON, or nested deeper than can be looked through.
    return '(a frame that cannot be read, not kept because it may hold a secret)'
  }
}

const hidden = '•••'

const redacted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(redacted)
  if (typeof value !== 'object' || value === null) return value
  const owner = value as Record<string, unknown>
  const setting = String(owner.key ?? (owner.variable as { name?: unknown } | undefined)?.name ?? '')
  const namesSecret = secretSettings.test(setting)
  return Object.fromEntries(
    Object.entries(owner).map(([key, member]) => {
      if (namesSecret && (key === 'value' || key === 'attributeValue' || key === 'variableAttribute'))
        return [key, hidden]
      if (key === 'key' && setting !== '') return [key, member]
      if (secretMembers.test(key) || addressMembers.test(key)) return [key, hidden]
      return [key, redacted(member)]
    }),
  )
}
