/** OCPP 2.0.1 §2.37 OCSPRequestDataType. */
export interface OcspRequest {
  readonly hashAlgorithm?: string
  readonly issuerNameHash?: string
  readonly issuerKeyHash?: string
  readonly serialNumber?: string
  readonly responderURL?: string
}

/** Where ISO 15118 contract certificates come from: a mobility operator's certificate pool, through a plug-in. */
export interface ContractCertificates {
  evCertificate(request: {
    stationId: string
    schemaVersion: string
    action: 'Install' | 'Update'
    exiRequest: string
  }): Promise<{ status: 'Accepted' | 'Failed'; exiResponse: string }>
  /** DER of the OCSP response, base64; undefined when the status cannot be had. */
  certificateStatus(request: OcspRequest): Promise<string | undefined>
  /** The same in a word (2.1); undefined when it cannot be had. */
  standing(request: OcspRequest): Promise<'Good' | 'Revoked' | 'Unknown' | undefined>
}

/** No pool is connected: cars are told so, and charge with another means of identification. */
export const noContracts: ContractCertificates = {
  evCertificate: async () => ({ status: 'Failed', exiResponse: '' }),
  certificateStatus: async () => undefined,
  standing: async () => undefined,
}
