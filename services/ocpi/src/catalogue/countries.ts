/** ISO 3166-1 alpha-2 to alpha-3 (Location.country is alpha-3) of Europe and its neighbours. */
const pairs =
  'AD AND AL ALB AM ARM AT AUT AZ AZE BA BIH BE BEL BG BGR BL BLM BY BLR CA CAN CH CHE CY CYP CZ CZE DE DEU DK DNK DZ DZA EE EST ES ESP FI FIN FO FRO FR FRA GB GBR GE GEO GF GUF GG GGY GI GIB GP GLP GR GRC HR HRV HU HUN IE IRL IL ISR IM IMN IS ISL IT ITA JE JEY LI LIE LT LTU LU LUX LV LVA MA MAR MC MCO MD MDA ME MNE MF MAF MK MKD MQ MTQ MT MLT NC NCL NL NLD NO NOR PF PYF PL POL PM SPM PT PRT RE REU RO ROU RS SRB RU RUS SE SWE SI SVN SJ SJM SK SVK SM SMR TN TUN TR TUR UA UKR US USA VA VAT XK XKX YT MYT'.split(
    ' ',
  )
const toThree = new Map<string, string>()
const toTwo = new Map<string, string>()
for (let i = 0; i < pairs.length; i += 2) {
  toThree.set(pairs[i]!, pairs[i + 1]!)
  toTwo.set(pairs[i + 1]!, pairs[i]!)
}

export const alpha3 = (alpha2: string): string | undefined => toThree.get(alpha2.toUpperCase())
export const alpha2 = (code: string): string | undefined =>
  code.length === 2 ? code.toUpperCase() : toTwo.get(code.toUpperCase())
