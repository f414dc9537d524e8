// Stands where the theme would load the colours of code on every page; `src/theme/CodeBlock.tsx` loads them where there is code.
export {}
