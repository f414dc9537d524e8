import '@werenode/design/tokens.css'
import './ui/style.css'
import { createRoot } from 'react-dom/client'
import { App } from './ui/App.tsx'

createRoot(document.getElementById('app')!).render(<App />)
