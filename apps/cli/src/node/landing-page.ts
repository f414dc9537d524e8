import { markSvg, wordmarkSvg } from '@werenode/design/brand'
import { tokensCss } from '@werenode/design/tokens'

export interface PageFacts {
  readonly origin: string
  readonly ocppUrl: string
  readonly mqttUrl: string
  readonly rpcUrl: string
}

const inHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const style = `
body { margin: 0; font: var(--wn-font-body); background: var(--wn-surface-page); color: var(--wn-text-primary) }
main { max-width: 44rem; margin: 0 auto; padding: var(--wn-space-section) var(--wn-space-l) }
h1 { font: var(--wn-font-title); margin: var(--wn-space-xl) 0 var(--wn-space-m) }
h2 { font: var(--wn-font-subheading); margin: var(--wn-space-xl) 0 var(--wn-space-s) }
code, pre { font-family: var(--wn-family-code) }
pre { overflow-x: auto; padding: var(--wn-space-l); border-radius: var(--wn-radius-m); background: var(--wn-surface-sunken) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: var(--wn-space-s) var(--wn-space-xl); margin: 0 }
dd { margin: 0; overflow-wrap: anywhere }
a { color: var(--wn-text-link) }
`

/** The node's own page at `/`: what this is, what to do next, where everything is. It asks nobody who they are and says nothing of anyone. */
export const landingPage = ({ origin, ocppUrl, mqttUrl, rpcUrl }: PageFacts): string => {
  const row = (name: string, address: string, link = false): string =>
    `<dt>${inHtml(name)}</dt><dd>${link ? `<a href="${inHtml(address)}">${inHtml(address)}</a>` : `<code>${inHtml(address)}</code>`}</dd>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>Werenode</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(markSvg({ size: 32 }))}">
<style>${tokensCss()}${style}</style>
</head>
<body>
<main>
${wordmarkSvg()}
<h1>This Werenode is running</h1>
<p>The portal is being built behind it; this page looks for it again by itself.</p>
<p>An open charging network on one machine: chain, contracts, charging stations and services. Charge a car from the folder of the clone:</p>
<pre>./werenode stations
./werenode charge
./werenode sessions</pre>
<h2>Addresses</h2>
<dl>
${row('REST API', `${origin}/v1`, true)}
${row('API description', `${origin}/openapi.json`, true)}
${row('Charging stations', `${ocppUrl}<identity>`)}
${row('Smart plugs (MQTT)', mqttUrl)}
${row('Chain (JSON-RPC)', rpcUrl)}
</dl>
</main>
</body>
</html>
`
}
