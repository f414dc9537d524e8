export { createSignCertificate as createSignCertificate201 } from '../v16/SignCertificate.ts'
