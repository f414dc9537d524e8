export { DeleteCertificate } from '../v16/DeleteCertificate.ts'
