import type { BillingParty } from './billing.ts'
import type { Invoice, InvoiceLine } from './invoice.ts'
import { decimalOf } from './vat.ts'

/** Text for XML: escaped, and without what XML cannot hold. */
export const xmlText = (text: string): string =>
  text
    // XML 1.0 knows no other control characters.
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const element = (name: string, ...inside: readonly (string | undefined)[]): string => {
  const text = inside.filter((part) => part !== undefined && part !== '').join('')
  return text === '' ? '' : `<${name}>${text}</${name}>`
}
const value = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}>${xmlText(text)}</${name}>`
const date = (iso: string): string => `<udt:DateTimeString format="102">${iso.replaceAll('-', '')}</udt:DateTimeString>`

/** UNCL5305: `S` standard rate, `Z` zero, `O` outside the scope of VAT. */
const category = (rate: string | null): 'S' | 'Z' | 'O' => (rate === null ? 'O' : Number(rate) === 0 ? 'Z' : 'S')
const tax = (rate: string | null, totals = ''): string =>
  element(
    'ram:ApplicableTradeTax',
    totals.split('|')[0],
    '<ram:TypeCode>VAT</ram:TypeCode>',
    rate === null && totals !== '' ? '<ram:ExemptionReason>Not subject to VAT</ram:ExemptionReason>' : undefined,
    totals.split('|')[1],
    `<ram:CategoryCode>${category(rate)}</ram:CategoryCode>`,
    rate === null ? undefined : value('ram:RateApplicablePercent', rate),
  )

const tradeParty = (name: string, party: BillingParty, outsideVat: boolean): string =>
  element(
    name,
    value('ram:Name', party.name),
    party.registrationId === undefined
      ? undefined
      : element('ram:SpecifiedLegalOrganization', value('ram:ID', party.registrationId)),
    element(
      'ram:PostalTradeAddress',
      value('ram:PostcodeCode', party.postalCode),
      value('ram:LineOne', party.address),
      value('ram:CityName', party.city),
      value('ram:CountryID', party.countryCode),
    ),
    party.email === undefined
      ? undefined
      : `<ram:URIUniversalCommunication><ram:URIID schemeID="EM">${xmlText(party.email)}</ram:URIID></ram:URIUniversalCommunication>`,
    party.vatId === undefined || outsideVat
      ? undefined
      : `<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">${xmlText(party.vatId)}</ram:ID></ram:SpecifiedTaxRegistration>`,
  )

const line = ({ id, view, rate, netCents }: InvoiceLine): string => {
  const kwh = view.energyWh / 1000
  // BT-146 is per unit; a charge is one, since its price is more than energy times a rate.
  return element(
    'ram:IncludedSupplyChainTradeLineItem',
    element('ram:AssociatedDocumentLineDocument', value('ram:LineID', id)),
    element(
      'ram:SpecifiedTradeProduct',
      value('ram:SellerAssignedID', view.id),
      value('ram:Name', `${view.locationName}, ${view.evseId}`),
      value('ram:Description', `${kwh.toFixed(3)} kWh, ${(view.startedAt ?? view.createdAt).slice(0, 16)}Z`),
    ),
    element(
      'ram:SpecifiedLineTradeAgreement',
      element('ram:NetPriceProductTradePrice', value('ram:ChargeAmount', decimalOf(netCents))),
    ),
    element('ram:SpecifiedLineTradeDelivery', '<ram:BilledQuantity unitCode="C62">1</ram:BilledQuantity>'),
    element(
      'ram:SpecifiedLineTradeSettlement',
      tax(rate),
      element('ram:SpecifiedTradeSettlementLineMonetarySummation', value('ram:LineTotalAmount', decimalOf(netCents))),
    ),
  )
}

/**
 * The invoice as Cross Industry Invoice (UN/CEFACT D16B) of the European norm EN 16931, as Factur-X 1.0 carries it. Paid from energy credit
 * before it was issued, so nothing is due.
 */
export const facturX = (invoice: Invoice): string => {
  const outside = invoice.vat.every(({ rate }) => rate === null)
  const totals = invoice.vat
    .map(({ rate, basisCents, vatCents }) =>
      tax(
        rate,
        `${value('ram:CalculatedAmount', decimalOf(vatCents))}|${value('ram:BasisAmount', decimalOf(basisCents))}`,
      ),
    )
    .join('')
  return `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">${element(
    'rsm:ExchangedDocumentContext',
    element('ram:GuidelineSpecifiedDocumentContextParameter', value('ram:ID', 'urn:cen.eu:en16931:2017')),
  )}${element(
    'rsm:ExchangedDocument',
    value('ram:ID', invoice.number),
    '<ram:TypeCode>380</ram:TypeCode>',
    element('ram:IssueDateTime', date(invoice.issuedOn)),
  )}${element(
    'rsm:SupplyChainTradeTransaction',
    ...invoice.lines.map(line),
    element(
      'ram:ApplicableHeaderTradeAgreement',
      tradeParty('ram:SellerTradeParty', invoice.seller, outside),
      tradeParty('ram:BuyerTradeParty', invoice.buyer, outside),
    ),
    `<ram:ApplicableHeaderTradeDelivery>${element(
      'ram:ActualDeliverySupplyChainEvent',
      element('ram:OccurrenceDateTime', date(invoice.to)),
    )}</ram:ApplicableHeaderTradeDelivery>`,
    element(
      'ram:ApplicableHeaderTradeSettlement',
      '<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>',
      element('ram:SpecifiedTradeSettlementPaymentMeans', '<ram:TypeCode>68</ram:TypeCode>'),
      totals,
      element(
        'ram:BillingSpecifiedPeriod',
        element('ram:StartDateTime', date(invoice.from)),
        element('ram:EndDateTime', date(invoice.to)),
      ),
      element(
        'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
        value('ram:LineTotalAmount', decimalOf(invoice.netCents)),
        value('ram:TaxBasisTotalAmount', decimalOf(invoice.netCents)),
        `<ram:TaxTotalAmount currencyID="EUR">${decimalOf(invoice.vatCents)}</ram:TaxTotalAmount>`,
        invoice.roundingCents === 0n ? undefined : value('ram:RoundingAmount', decimalOf(invoice.roundingCents)),
        value('ram:GrandTotalAmount', decimalOf(invoice.grossCents)),
        value('ram:TotalPrepaidAmount', decimalOf(invoice.paidCents)),
        value('ram:DuePayableAmount', '0.00'),
      ),
    ),
  )}</rsm:CrossIndustryInvoice>
`
}

/** Tells readers of the PDF that the XML is inside (Factur-X 1.0 §6.2), with the extension schema that PDF/A-3 asks for. */
export const facturXMetadata = `
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
${['DocumentFileName', 'DocumentType', 'Version', 'ConformanceLevel']
  .map(
    (name) =>
      `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>${name} of the embedded invoice</pdfaProperty:description></rdf:li>`,
  )
  .join('\n')}
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"><fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>factur-x.xml</fx:DocumentFileName><fx:Version>1.0</fx:Version><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>
`
